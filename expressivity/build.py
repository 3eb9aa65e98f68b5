"""Weights for a language inside a variant, and what was verified about them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from expressivity.constructions import Witness, constructions
from expressivity.defaults import LENGTH
from expressivity.extraction.budget import Progress
from expressivity.models.model import Model
from expressivity.models.profile import model_profile
from expressivity.models.sizes import sizes
from expressivity.variants import Variant
from expressivity.verify import Verification, verify
from languages.errors import InputError, LimitError
from languages.language import Language
from proofs import head_lemma
from proofs.checkers.rejection import Rejected
from proofs.profile import inside, outside_on

UNCOVERED: Final = "does not cover"
"""Said of constructions that are for other languages."""


@dataclass(frozen=True)
class Built:
    """A model of the variant for the language, its construction and its verification."""

    model: Model
    construction: str
    citation: str
    witness: Witness
    verification: Verification
    lemmas: tuple[dict[str, Any], ...] = ()

    def summary(self) -> dict[str, Any]:
        """Sizes of the model and what was verified, as plain data."""
        (box,) = model_profile(self.model)
        longest = self.witness.longest
        return {"construction": self.construction, "citation": self.citation,
                "resources": sizes(self.model.definition), "claimed": dict(self.witness.resources),
                "made_for": "all lengths" if longest is None else f"length <= {longest}",
                "profile": box.to_plain(), "verified": self.verification.scope,
                "how": self.verification.how, "notes": list(self.verification.notes),
                "head_lemmas": len(self.lemmas)}


class NoConstruction(InputError):
    """No construction here gives a model of this variant for this language."""


def build(language: Language, variant: Variant, length: int = LENGTH,
          progress: Progress | None = None) -> Built:
    """Weights, verified, for the first construction whose model lies in the variant.

    Constructions whose weights depend on the length cover words up to `length`.

    Raises:
        NoConstruction: says for each construction why not.
        RuntimeError: the model built does not recognise the language, is not as large as its
            construction claims, or a head lemma of it is wrong (a defect).
    """
    reasons: list[str] = []
    for built in builds(language, variant, length, reasons, progress):
        return built
    raise NoConstruction("no construction: " + "; ".join(reasons))


def builds(language: Language, variant: Variant, length: int, reasons: list[str],
           progress: Progress | None = None) -> Iterator[Built]:
    """All models that `build` could return, the best first; appends to `reasons` why not others."""
    for name, citation, witness in _candidates(language, length, reasons):
        model = Model.from_plain(witness.model)
        try:
            (box,) = model_profile(model)
        except InputError as error:
            reasons.append(f"{name}: {error}")
            continue
        if not any(inside(box, wanted) for wanted in variant.profile):
            axes = min((outside_on(box, wanted) for wanted in variant.profile), key=len)
            plain = box.to_plain()
            reasons.append(f"{name} ({plain['format']}): outside the variant on "
                           + ", ".join(f"{a}={plain[a].replace(' ', '+')}" for a in axes))
            continue
        found = sizes(model.definition)
        for size, claimed in witness.resources.items():
            if found[size] != claimed:
                raise RuntimeError(f"construction {name} claims {claimed} for {size} of "
                                   f"{language.name}, its tensors have {found[size]}")
        checked = verify(model, language, longest=witness.longest, progress=progress)
        if not checked.agrees:
            raise RuntimeError(f"construction {name} is wrong for {language.name} on "
                               f"{checked.counterexample}")
        yield Built(model, name, citation, witness, checked, _lemmas(name, witness))


def _lemmas(name: str, witness: Witness) -> tuple[dict[str, Any], ...]:
    """The head lemmas of a witness as files hold them, each checked."""
    found = tuple({"format": head_lemma.FORMAT, "version": head_lemma.VERSION,
                   "model": witness.model, **lemma} for lemma in witness.lemmas)
    for lemma in found:
        try:
            head_lemma.check_head_lemma(lemma)
        except Rejected as error:
            raise RuntimeError(f"construction {name} has a wrong head lemma: {error}") from None
    return found


def _candidates(language: Language, length: int,
                reasons: list[str]) -> Iterator[tuple[str, str, Witness]]:
    for name, construction in constructions().items():
        if not construction.applies(language):
            reasons.append(f"{name}: {UNCOVERED} {language.name}")
            continue
        try:
            for witness in construction.witnesses(language, length):
                yield name, construction.CITATION, witness
        except LimitError as error:
            reasons.append(f"{name}: {error}")
