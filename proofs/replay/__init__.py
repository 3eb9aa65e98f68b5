"""Re-checking derivations: an implementation of the rules that shares no code with the kernel.

A derivation is a list of steps; each names a rule, earlier steps as premises, and the statement
it claims to follow. `replay` derives the statement of each step again and compares. Axioms and
conjectures have to be those of the shipped base, certificates have to pass their checkers, and
what is not needed for the conclusions may not be there, so that what they rest on is exact.

Growth, regions, statements and rules are read and applied by the modules of this folder. They
use the standard library, the checkers, the list of axes, and the base in its plain form.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, cast

from proofs.checkers import CheckedClaim, Rejected, check_certificate
from proofs.checkers.automaton import Automaton
from proofs.checkers.rejection import boolean, integer, integers, items, record, reject, string
from proofs.models.profile import NoProfile, exact_profile
from proofs.replay import rules, shipped
from proofs.replay.regions import read_region
from proofs.replay.terms import FORMS, Definitions, Language, Statement, read_definitions
from proofs.witnesses import Witness, check_witness

FORMAT = "expressivity derivation"
VERSION = 1

__all__ = ["FORMAT", "VERSION", "Conclusion", "Replayed", "replay"]

_KEYS = ("rule", "statement", "premises")
_MORE_KEYS = {
    "axiom": ("axiom", "index"), "assume": ("conjecture", "holds"), "regular": (),
    "certificate": ("certificate",), "witness": ("certificate",), "split": ("axis",),
    **dict.fromkeys(rules.RULES, ()),
}


@dataclass(frozen=True)
class Conclusion:
    """A conclusion, as its file writes it, and the conjectures that it is conditional on."""

    statement: Mapping[str, Any]
    hypotheses: tuple[str, ...]  # "id:holds" or "id:fails", sorted


@dataclass(frozen=True)
class Replayed:
    """An accepted derivation: what it concludes and everything that the conclusions rest on.

    `axioms` are ids of the shipped base, `assumed` those that only the caller vouches for, each
    with its statements as the file writes them. `conjectures` are all hypotheses together.
    `witnesses` are the models that recognise languages, as their certificates show.
    `languages` and `regions` say what the keys in statements mean; of a language without an
    automaton the id of its task.
    """

    conclusions: tuple[Conclusion, ...]
    axioms: tuple[str, ...]
    assumed: Mapping[str, tuple[Mapping[str, Any], ...]]
    conjectures: tuple[str, ...]
    certificates: tuple[CheckedClaim, ...]
    witnesses: tuple[Witness, ...]
    languages: Mapping[str, Language]
    regions: Mapping[str, Sequence[Mapping[str, str]]]


def replay(value: object, *, assume_axioms: Collection[str] = ()) -> Replayed:
    """Check a derivation, given as a parsed JSON value.

    Axioms whose ids are in `assume_axioms` may be unknown to the base or differ from it: their
    statements are taken as the file gives them and reported as `assumed`.

    Raises:
        Rejected: with the code of the check that failed and the place in the file.
    """
    fields = record(value, "derivation", ("format", "version", "languages", "regions", "steps",
                                          "conclusions"))
    if string(fields["format"], "format") != FORMAT:
        reject("wrong-format", fields["format"], "format", f'"{FORMAT}"')
    if integer(fields["version"], "version", 0) != VERSION:
        reject("wrong-version", fields["version"], "version", str(VERSION))
    definitions = read_definitions(fields["languages"], fields["regions"])
    run = _Run(definitions, frozenset(assume_axioms))
    for k, step in enumerate(items(fields["steps"], "steps")):
        run.step(step, f"steps[{k}]")
    conclusions = run.conclusions(fields["conclusions"])
    run.check_use()
    return Replayed(
        conclusions, tuple(sorted(run.axioms)),
        {key: tuple(found) for key, found in sorted(run.assumed.items())},
        tuple(sorted({h for c in conclusions for h in c.hypotheses})), tuple(run.certificates),
        tuple(run.witnesses), definitions.languages,
        cast("dict[str, list[dict[str, str]]]", fields["regions"]),
    )


@dataclass
class _Run:
    """The state while steps are checked one after the other."""

    definitions: Definitions
    may_assume: frozenset[str]
    statements: list[Statement] = field(default_factory=list)
    written: list[Mapping[str, Any]] = field(default_factory=list)
    hypotheses: list[frozenset[str]] = field(default_factory=list)
    used: set[int] = field(default_factory=set)
    axioms: set[str] = field(default_factory=set)
    assumed: dict[str, list[Mapping[str, Any]]] = field(default_factory=dict)
    certificates: list[CheckedClaim] = field(default_factory=list)
    witnesses: list[Witness] = field(default_factory=list)

    def step(self, value: object, path: str) -> None:
        """Check one step and keep its statement."""
        rule = value.get("rule") if type(value) is dict else None
        if type(rule) is not str or rule not in _MORE_KEYS:
            reject("unknown-rule", rule, path, 'an object with "rule": ' + ", ".join(_MORE_KEYS))
        fields = record(value, path, _KEYS + _MORE_KEYS[rule])
        places = integers(fields["premises"], f"{path}.premises", 0)
        for place in places:
            if place >= len(self.statements):
                reject("not-earlier", place, f"{path}.premises", "earlier steps")
        self.used.update(places)
        stated = self.definitions.statement(fields["statement"], f"{path}.statement")
        hypotheses = frozenset().union(*(self.hypotheses[p] for p in places))
        premises = [self.statements[p] for p in places]
        if rule in rules.RULES:
            follows = rules.RULES[rule](premises, stated)
        elif rule == "split":
            follows = rules.split(premises, stated, string(fields["axis"], f"{path}.axis"))
        else:
            if places:
                reject("premises-of-a-leaf", places, f"{path}.premises", "no premises")
            follows = stated
            if rule == "axiom":
                self._axiom(fields, stated, path)
            elif rule == "assume":
                hypotheses = self._assume(fields, stated, path)
            elif rule == "regular":
                _regular(stated, path)
            elif rule == "witness":
                self._witness(fields["certificate"], stated, path)
            else:
                self._certificate(fields["certificate"], stated, path)
        if follows is None:
            forms = ", ".join(p[0] for p in premises) or "none"
            reject("premises-do-not-fit", forms, f"{path}.premises",
                   f"premises from which {rule} gives a statement like this")
        if follows != stated:
            name = "is" if follows[0] != stated[0] else next(
                n for n, x, y in zip(FORMS[stated[0]], follows[1:], stated[1:], strict=True)
                if x != y)
            written = cast("dict[str, object]", fields["statement"])[name]
            reject("does-not-follow", written, f"{path}.statement.{name}", f"what {rule} gives")
        self.statements.append(stated)
        self.hypotheses.append(hypotheses)
        self.written.append(cast("dict[str, Any]", fields["statement"]))

    def _axiom(self, fields: dict[str, object], stated: Statement, path: str) -> None:
        name = string(fields["axiom"], f"{path}.axiom")
        index = integer(fields["index"], f"{path}.index", 0)
        known = shipped.axiom(name)
        if known is not None and index < len(known) and known[index] == stated:
            self.axioms.add(name)
        elif name in self.may_assume:
            written = cast("dict[str, Any]", fields["statement"])
            self.assumed.setdefault(name, []).append(written)
        elif known is None:
            reject("unknown-axiom", name, f"{path}.axiom", "an axiom of the base")
        elif index >= len(known):
            reject("unknown-axiom-index", index, f"{path}.index",
                   f"less than {len(known)}, the number of statements of this axiom")
        else:
            reject("another-axiom", name, f"{path}.statement", "the statement of the base's axiom")

    def _assume(self, fields: dict[str, object], stated: Statement, path: str) -> frozenset[str]:
        name = string(fields["conjecture"], f"{path}.conjecture")
        holds = boolean(fields["holds"], f"{path}.holds")
        known = shipped.conjecture(name, holds)
        if known is None:
            reject("unknown-conjecture", name, f"{path}.conjecture", "a conjecture of the base")
        if known != stated:
            reject("another-conjecture", name, f"{path}.statement",
                   "the statement of the base's conjecture")
        return frozenset([f"{name}:{'holds' if holds else 'fails'}"])

    def _certificate(self, certificate: object, stated: Statement, path: str) -> None:
        try:
            claim = check_certificate(certificate)
        except Rejected as error:
            reject("certificate-rejected", error.code, f"{path}.certificate.{error.path}",
                   f"a certificate that is accepted ({error.message})")
        form = "in" if claim.member else "not-in"
        if stated != (form, claim.automaton, claim.algebraic_class):
            reject("another-claim", stated[0], f"{path}.statement", "what the certificate claims, "
                   "about the same automaton")
        self.certificates.append(claim)

    def _witness(self, certificate: object, stated: Statement, path: str) -> None:
        try:
            found = check_witness(certificate)
            profile = exact_profile(found.model)
        except Rejected as error:
            reject("certificate-rejected", error.code, f"{path}.certificate.{error.path}",
                   f"a certificate that is accepted ({error.message})")
        except NoProfile as error:
            reject("no-profile", str(error), f"{path}.certificate", "a model with a profile")
        region = read_region([profile], f"{path}.statement.region")
        if stated != ("can", found.automaton, region):
            reject("another-claim", stated[0], f"{path}.statement", "that a model of the witness's "
                   "exact profile recognises the language of its certificate")
        self.witnesses.append(found)

    def conclusions(self, value: object) -> tuple[Conclusion, ...]:
        """The conclusions, whose hypotheses have to be those of their derivation."""
        found = []
        for i, item in enumerate(items(value, "conclusions")):
            path = f"conclusions[{i}]"
            fields = record(item, path, ("step", "hypotheses"))
            step = integer(fields["step"], f"{path}.step", 0)
            if step >= len(self.statements):
                reject("unknown-step", step, f"{path}.step", "a step of this derivation")
            self.used.add(step)
            listed = [string(x, f"{path}.hypotheses[{j}]")
                      for j, x in enumerate(items(fields["hypotheses"], f"{path}.hypotheses"))]
            if listed != sorted(self.hypotheses[step]):
                needed = ", ".join(sorted(self.hypotheses[step])) or "none"
                reject("wrong-hypotheses", ", ".join(listed) or "none", f"{path}.hypotheses",
                       f"{needed}, as an ascending list")
            found.append(Conclusion(self.written[step], tuple(listed)))
        if not found:
            reject("no-conclusion", value, "conclusions", "at least one conclusion")
        return tuple(found)

    def check_use(self) -> None:
        """Reject what no conclusion needs."""
        for k in range(len(self.statements)):
            # A step that only unused steps use is not found here, but the last of those is.
            if k not in self.used:
                reject("unused-step", k, f"steps[{k}]", "steps that a conclusion needs")
        for table, keys in (("languages", self.definitions.languages),
                            ("regions", self.definitions.regions)):
            for key in keys:
                if (table, key) not in self.definitions.used:
                    reject("unused-definition", key, table, "definitions that a step needs")


def _regular(stated: Statement, path: str) -> None:
    match stated:
        case ("in", Automaton(), "REG"):
            return
    reject("not-regular", stated[0], f"{path}.statement",
           "that a language defined by an automaton is in REG")
