"""The verdict on a claim, from what the kernel derives about its parts.

A part is judged as it stands; where the text leaves axes open, for every value that they may have.

- `entailed`: derived, for every reading. `outdated`: so is a strictly stronger bound.
- `refuted`: the contrary is derived for some reading, and the part for none; or the part is about
  all models, and the contrary is derived for some reading.
- `needs-hypotheses`: derived for some readings only, or under a conjecture; says which.
- `open`: the base records that nobody knows. `undetermined`: nothing of this can be derived.
- `not-expressivity`: about something else than recognition; nothing is derived.

Of several parts the worst verdict counts, in the order of `ORDER`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import product
from typing import Any, Final

from expressivity.audit.claims import KINDS, Claim, Part
from expressivity.audit.relations import (
    Finding,
    class_finding,
    language_finding,
    membership_finding,
    stronger,
)
from expressivity.queries.ask import rests_on
from expressivity.queries.explain import Wording, shown_class
from expressivity.queries.facts import Facts
from expressivity.variants import Variant, parse_variant
from languages.classes.analysis import Budget
from languages.errors import InputError, LimitError
from languages.parse import parse_language
from proofs import base
from proofs.kernel import Theorem

ORDER: Final = ("refuted", "undetermined", "open", "needs-hypotheses", "outdated", "entailed")
UNIVERSAL: Final = ("inside", "cannot")
"""What is said of all models of a kind, so that one reading can refute it."""
MAX_READINGS: Final = 500
Progress = Callable[[str, int], None]


@dataclass(frozen=True)
class Reading:
    """One kind of models that the text may mean, and what was found for it.

    `values` are those on the open axes.
    """

    variant: Variant | None
    finding: Finding
    values: tuple[str, ...] = ()


@dataclass(frozen=True)
class Opinion:
    """The verdict on one part; `theorems` are the derivations behind `why`, about `about`."""

    part: Part
    verdict: str
    why: str
    theorems: tuple[Theorem, ...] = ()
    about: Variant | None = None
    hypotheses: tuple[str, ...] = ()


@dataclass(frozen=True)
class Judgement:
    """The verdict on a claim, and those on its parts; `texts` are results of the base near it."""

    claim: Claim
    verdict: str
    opinions: tuple[Opinion, ...]
    texts: tuple[tuple[str, str], ...] = ()

    @property
    def theorems(self) -> tuple[Theorem, ...]:
        """All derivations."""
        return tuple(t for opinion in self.opinions for t in opinion.theorems)

    def to_json(self) -> dict[str, Any]:
        """The judgement as plain data, as `audit --json` writes it."""
        parts = []
        for opinion in self.opinions:
            about = opinion.about
            words = Wording(about.name, about.profile) if about is not None else Wording("", ())
            parts.append({
                "relation": opinion.part.relation, "variant": opinion.part.variant or None,
                "class": opinion.part.cls or None, "language": opinion.part.language or None,
                "verdict": opinion.verdict, "why": opinion.why,
                "hypotheses": list(opinion.hypotheses),
                "because": [words.tree(t) for t in opinion.theorems]})
        return {"id": self.claim.id, "verdict": self.verdict, "text": self.claim.text,
                "source": self.claim.source or None, "kind": self.claim.kind or "recognition",
                "parts": parts, "texts": [{"id": k, "text": t} for k, t in self.texts],
                "rests_on": rests_on(self.theorems)}


def audit(claims: Sequence[Claim], budget: Budget | None = None,
          progress: Progress | None = None) -> Iterator[Judgement]:
    """Judge claims one by one.

    Raises:
        InputError: a claim leaves an axis open that its variant fixes; names the claim.
        LimitError: there are too many readings.
    """
    for k, claim in enumerate(claims):
        if progress is not None:
            progress(claim.id, k)
        try:
            yield judge(claim, budget)
        except InputError as error:
            raise InputError(f"claim {claim.id!r}: {error}") from None


def judge(claim: Claim, budget: Budget | None = None) -> Judgement:
    """The verdict on one claim."""
    if claim.kind:
        near = tuple((name, base.remarks()[name].text if name in base.remarks()
                      else base.axioms()[name].text) for name in claim.see)
        return Judgement(claim, "not-expressivity", (), near)
    opinions = tuple(_opinion(part, budget or Budget()) for part in claim.parts)
    return Judgement(claim, min((o.verdict for o in opinions), key=ORDER.index), opinions)


def _opinion(part: Part, budget: Budget) -> Opinion:
    if not part.variant:
        facts = Facts(parse_language(part.language), budget)
        finding = membership_finding(facts, part.cls, inside=part.relation == "in")
        return _single(part, Reading(None, finding))
    readings = [Reading(variant, _finding(part, variant, budget), values)
                for variant, values in _variants(part)]
    if len(readings) == 1:
        return _single(part, readings[0])
    return _several(part, readings)


def _variants(part: Part) -> list[tuple[Variant, tuple[str, ...]]]:
    """Every kind that the text may mean, with its values on the open axes."""
    fixed = {piece.partition("=")[0].strip() for piece in part.variant.split(",") if "=" in piece}
    axes = [axis for axis, _ in part.open]
    for axis in axes:
        if axis in fixed:
            raise InputError(f"the axis {axis!r} is open and given in {part.variant!r}: expected "
                             "one of both")
    grid = list(product(*(values for _, values in part.open)))
    if len(grid) > MAX_READINGS:
        raise LimitError("readings", len(grid), MAX_READINGS, "fewer open axes")
    found = []
    for values in grid:
        name = ",".join([part.variant, *(f"{a}={v}" for a, v in zip(axes, values, strict=True))])
        try:
            found.append((parse_variant(name), values))
        except InputError:  # values that do not go together denote no models
            continue
    return found


def _finding(part: Part, variant: Variant, budget: Budget) -> Finding:
    if part.cls:
        return class_finding(part.relation, variant, part.cls)
    return language_finding(part.relation, parse_language(part.language), variant, budget)


def _single(part: Part, reading: Reading) -> Opinion:
    finding, about = reading.finding, reading.variant
    if finding.truth == "true":
        better = stronger(part.relation, about, part.cls) if about is not None else None
        if better is not None:
            return Opinion(part, "outdated", f"{finding.why}; more is known: {better.why}",
                           better.theorems, about)
        return Opinion(part, "entailed", finding.why, finding.theorems, about)
    if finding.truth == "conditional":
        return Opinion(part, "needs-hypotheses", finding.why, finding.theorems, about,
                       finding.conditions)
    verdict = {"false": "refuted", "open": "open"}.get(finding.truth, "undetermined")
    return Opinion(part, verdict, finding.why, finding.theorems, about, finding.conditions)


def _several(part: Part, readings: Sequence[Reading]) -> Opinion:
    """The opinion on a part that may be read in several ways."""
    true = [r for r in readings if r.finding.truth == "true"]
    if true and len(true) == len(readings):
        return replace(_single(part, true[0]), why=f"in all {len(true)} readings: "
                       f"{true[0].finding.why}")
    false = [r for r in readings if r.finding.truth == "false"]
    if part.relation in UNIVERSAL and false:
        opinion = _single(part, false[0])
        near = f"; it holds with {_hypotheses(part, true)}" if true else ""
        return replace(opinion, why=f"in {len(false)} of {len(readings)} readings, such as "
                       f"{_name(false[0])}: {opinion.why}{near}")
    telling = true or [r for r in readings if r.finding.truth == "conditional"]
    if telling:
        first = telling[0]
        hypotheses = (_hypotheses(part, true),) if true else first.finding.conditions
        why = (f"in {len(telling)} of {len(readings)} readings, such as {_name(first)}: "
               f"{first.finding.why}" + (f"; refuted in {len(false)}" if false else ""))
        return Opinion(part, "needs-hypotheses", why, first.finding.theorems, first.variant,
                       hypotheses)
    for truth in ("false", "open", "unknown"):
        found = [r for r in readings if r.finding.truth == truth]
        if found:
            opinion = _single(part, found[0])
            return replace(opinion, why=f"in {len(found)} of {len(readings)} readings, and it "
                           f"holds in none: {opinion.why}")
    raise InputError(f"{part.variant!r} denotes no models, whatever is open")


def _hypotheses(part: Part, readings: Sequence[Reading]) -> str:
    """The values of open axes among these readings, in order."""
    return ", ".join(
        f"{axis}={' or '.join(dict.fromkeys(r.values[k] for r in readings))}"
        for k, (axis, _) in enumerate(part.open))


def _name(reading: Reading) -> str:
    return reading.variant.name if reading.variant is not None else ""


def meaning(claim: Claim) -> str:
    """What a claim says, as it was encoded, in one line."""
    if claim.kind:
        return f"about {claim.kind}: {KINDS[claim.kind]}"
    return "; ".join(says(part) for part in claim.parts)


def says(part: Part) -> str:
    """What a part says, as it was encoded."""
    axes = ", ".join(axis for axis, _ in part.open)
    models = f"L({part.variant})" + (f" with {axes} open" if axes else "")
    cls = shown_class(part.cls) if part.cls else ""
    return {"inside": f"{models} ⊆ {cls}", "not-inside": f"{models} ⊄ {cls}",
            "contains": f"{cls} ⊆ {models}", "equals": f"{models} = {cls}",
            "recognises": f"{part.language} ∈ {models}", "cannot": f"{part.language} ∉ {models}",
            "in": f"{part.language} ∈ {cls}", "not-in": f"{part.language} ∉ {cls}",
            }[part.relation]
