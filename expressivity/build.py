"""Weights for a language inside a variant, and what was verified about them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from expressivity.constructions import constructions
from expressivity.extraction.budget import Progress
from expressivity.models.model import Model
from expressivity.models.profile import depth, model_profile
from expressivity.programs.brasp_to_model import RATIONAL
from expressivity.variants import Variant
from expressivity.verify import Verification, verify
from languages.errors import InputError, LimitError
from languages.language import Language
from proofs.profile import inside, outside_on

FIXED_POINT: Mapping[str, Any] = {
    "format": "fixed", "bits": 8, "fraction": 2, "rounding": "nearest", "overflow": "infinity",
    "arithmetic": "left-to-right", "softmax": "max-subtracted"}


@dataclass(frozen=True)
class Built:
    """A model of the variant for the language, its construction and its verification."""

    model: Model
    construction: str
    citation: str
    verification: Verification

    def summary(self) -> dict[str, Any]:
        """Sizes of the model and what was verified, as plain data."""
        (box,) = model_profile(self.model)
        return {"construction": self.construction, "citation": self.citation,
                "layers": depth(self.model), "sublayers": len(self.model.definition.layers),
                "heads": str(box["heads"]), "residual": self.model.width,
                "width": str(box["width"]), "profile": box.to_plain(),
                "verified": self.verification.scope, "how": self.verification.how,
                "notes": list(self.verification.notes)}


class NoConstruction(InputError):
    """No construction here gives a model of this variant for this language."""


def build(language: Language, variant: Variant, progress: Progress | None = None) -> Built:
    """Weights, verified, for the first construction whose model lies in the variant.

    Raises:
        NoConstruction: says for each construction why not.
        RuntimeError: the model built does not recognise the language (a defect).
    """
    reasons: list[str] = []
    for name, citation, model in _candidates(language, reasons):
        (box,) = model_profile(model)
        if not any(inside(box, wanted) for wanted in variant.profile):
            axes = min((outside_on(box, wanted) for wanted in variant.profile), key=len)
            plain = box.to_plain()
            reasons.append(f"{name} ({plain['format']}): outside the variant on "
                           + ", ".join(f"{a}={plain[a].replace(' ', '+')}" for a in axes))
            continue
        checked = verify(model, language, progress=progress)
        if not checked.agrees:
            raise RuntimeError(f"construction {name} is wrong for {language.name} on "
                               f"{checked.counterexample}")
        return Built(model, name, citation, checked)
    raise NoConstruction("no construction: " + "; ".join(reasons))


def _candidates(language: Language,
                reasons: list[str]) -> Iterator[tuple[str, str, Model]]:
    if language.dfa is None:
        reasons.append(f"{language.name} is not regular")
        return
    for name, construction in constructions().items():
        if not construction.applies(language.dfa):
            reasons.append(f"{name}: does not cover {language.name}")
            continue
        for contract in (FIXED_POINT, RATIONAL):
            try:
                plain = construction.build(language.dfa, contract)
            except LimitError as error:
                reasons.append(f"{name}: {error}")
                break
            yield name, construction.CITATION, Model.from_plain(plain)
