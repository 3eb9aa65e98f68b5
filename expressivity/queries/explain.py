"""Theorems in words: statements, rules, and the tree of a derivation."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from proofs import base
from proofs.classes import CLASSES
from proofs.kernel import Theorem
from proofs.profile import Profile
from proofs.statements import (
    REDUCTIONS,
    Can,
    Cannot,
    Closed,
    Hard,
    HardOutside,
    In,
    Lower,
    NotIn,
    NotSub,
    Open,
    Statement,
    Sub,
    Upper,
)

RULES = {
    "axiom": "theorem of the literature",
    "assume": "conjecture, assumed",
    "regular": "defined by an automaton",
    "certificate": "certificate, checked",
    "witness": "a model with weights; its certificate, checked",
    "chain": "inclusions compose",
    "raise-membership": "a member of a class is in every larger class",
    "lower-exclusion": "outside a class is outside every smaller class",
    "separate": "a language tells the classes apart",
    "widen-separation": "classes stay apart when the larger grows or the smaller shrinks",
    "hard-outside": "the theorem applies to this language",
    "hard-excludes": "the class is closed under the reduction, so it would contain the other",
    "restrict": "holds for every smaller set of models",
    "extend": "the variant offers what the construction uses",
    "unite": "holds for each box of the variant",
    "split": "holds in each case",
    "raise-upper": "bounds compose",
    "lower-lower": "bounds compose",
    "possible": "every language of the class is recognised",
    "impossible": "only languages of the class are recognised",
}

DERIVED = "derived here"  # where a theorem of the base has no citation


def shown_class(cls: str) -> str:
    """A class as theorists write it."""
    return CLASSES[cls].shown if cls in CLASSES else cls


@dataclass(frozen=True)
class Wording:
    """Statements in words; L(V) is the class of languages that some model of V recognises.

    How regions are called: the variant asked about by its name, others by what they are."""

    variant: str
    region: Profile

    def models(self, region: Profile, source: str | None = None) -> str:
        """Words for a set of models."""
        if region == self.region:
            return self.variant
        if len(self.region) > 1 and len(region) == 1 and region[0] in self.region:
            return f"box {self.region.index(region[0]) + 1} of {self.variant}"
        return f"models of {source}" if source else "models of this case"

    def says(self, statement: Statement, source: str | None = None) -> str:
        """One line for a statement."""
        match statement:
            case Sub(lower, upper, within):
                scope = f" ∩ {shown_class(within)}" if within else ""
                return f"{shown_class(lower)}{scope} ⊆ {shown_class(upper)}"
            case NotSub(left, right):
                return f"{shown_class(left)} ⊄ {shown_class(right)}"
            case In(language, cls):
                return f"{language.name} ∈ {shown_class(cls)}"
            case NotIn(language, cls):
                return f"{language.name} ∉ {shown_class(cls)}"
            case Hard(language, cls, under):
                return f"{language.name} is {shown_class(cls)}-hard under {REDUCTIONS[under]}"
            case HardOutside(within, outside, cls, under):
                return (f"every language in {shown_class(within)} but not in "
                        f"{shown_class(outside)} is {shown_class(cls)}-hard under "
                        f"{REDUCTIONS[under]}")
            case Closed(cls, under):
                return (f"{shown_class(cls)} is closed under "
                        + " and ".join(REDUCTIONS[u] for u in under))
            case Upper(region, cls, within):
                scope = f" ∩ {shown_class(within)}" if within else ""
                return f"L({self.models(region, source)}){scope} ⊆ {shown_class(cls)}"
            case Lower(cls, region):
                return f"{shown_class(cls)} ⊆ L({self.models(region, source)})"
            case Can(language, region):
                return f"{language.name} ∈ L({self.models(region, source)})"
            case Cannot(language, region):
                return f"{language.name} ∉ L({self.models(region, source)})"
            case Open(inner):
                return f"open: {self.says(inner, source)}"

    def tree(self, theorem: Theorem) -> dict[str, Any]:
        """The derivation as nested plain data: says, rule, source, from."""
        node: dict[str, Any] = {"says": self.says(theorem.statement, _source(theorem)),
                                "rule": theorem.rule, "why": RULES[theorem.rule]}
        if theorem.rule == "axiom" and theorem.axiom is not None:
            node |= source(theorem.axiom)
        elif theorem.rule == "assume":
            node |= {"conjecture": theorem.axiom}
        elif theorem.certificate is not None:
            node |= {"certificate": theorem.certificate["kind"]}
        if theorem.premises:
            node["from"] = [self.tree(p) for p in theorem.premises]
        return node


def _source(theorem: Theorem) -> str | None:
    """The axiom that a statement about models comes from."""
    while theorem.rule not in ("axiom", "witness"):
        about = [p for p in theorem.premises
                 if isinstance(p.statement, Upper | Lower | Can | Cannot)]
        if len(about) != 1:
            return None
        theorem = about[0]
    return theorem.axiom if theorem.rule == "axiom" else "the witness's profile"


def source(identifier: str) -> dict[str, Any]:
    """What a reader needs to know of an axiom: text, citation, verification, disputes."""
    entry = base.axioms()[identifier]
    result: dict[str, Any] = {"axiom": identifier, "theorem": entry.text,
                              "citation": str(entry.cite) if entry.cite else DERIVED,
                              "verified": entry.verified}
    if entry.note:
        result["note"] = entry.note
    if entry.disputed:
        result["disputed"] = entry.disputed
    return result
