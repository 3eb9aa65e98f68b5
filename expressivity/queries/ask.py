"""Can this kind of model recognise this language?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from expressivity.queries.assumptions import claim, claims, contrary, possible
from expressivity.queries.explain import Wording
from expressivity.queries.facts import Facts, digest
from expressivity.variants import Variant
from languages.classes.analysis import Budget
from languages.language import Language
from proofs import base, derivation, search
from proofs.kernel import REGULAR, Theorem
from proofs.profile import Box, Profile
from proofs.search import Assumptions, Knowledge
from proofs.statements import Can, Lower, Open, Upper

if TYPE_CHECKING:
    from expressivity.thought.demonstration import Demonstration

SCOPE = "all lengths"
REMARK = ("Expressivity is not learnability: the answer is about the existence of weights, not "
          "about what training finds.")


@dataclass(frozen=True)
class Verdict:
    """The answer to one question, and what it rests on.

    `answer` is yes, no, conditional, open or unknown. `theorems` are the kernel's theorems behind
    it: one for yes or no, one or two for a conditional answer, the recorded open question for
    open, none for unknown. `point` is the box of the construction behind a yes. `run` shows a
    decoder at work beside a theorem about decoders. `assumed` are the tags of what the question
    takes for granted.
    """

    language: Language
    variant: Variant
    answer: str
    conditions: tuple[str, ...] = ()
    theorems: tuple[Theorem, ...] = ()
    notes: tuple[str, ...] = ()
    run: Demonstration | None = None
    assumed: frozenset[str] = frozenset()

    def to_json(self) -> dict[str, Any]:
        """The verdict as plain data (see `ask --json`)."""
        wording = Wording(self.variant.name, self.variant.profile)
        result: dict[str, Any] = {
            "language": self.language.name,
            "alphabet": list(self.language.alphabet),
            "variant": {"name": self.variant.name,
                        "boxes": [box.to_plain() for box in self.variant.profile]},
            "answer": self.answer,
            "conditions": list(self.conditions),
            **({"assumed": claims(self.assumed)} if self.assumed else {}),
            "scope": SCOPE,
            "because": [wording.tree(t) for t in self.theorems],
            "rests_on": rests_on(self.theorems),
            "notes": list(self.notes),
        }
        if points := construction_points(self.theorems):
            result["point"] = points
        if self.run is not None:
            result["run"] = self.run.to_json()
        return result


def rests_on(theorems: tuple[Theorem, ...]) -> dict[str, list[str]]:
    """Ids of axioms and conjectures, digests of certificates and models, names of definitions."""
    axioms: dict[str, None] = {}
    conjectures: dict[str, None] = {}
    certificates: dict[str, None] = {}
    definitions: dict[str, None] = {}
    witnesses: dict[str, None] = {}
    for step in derivation.steps_of(theorems):
        if step.rule == "axiom" and step.axiom is not None:
            axioms[step.axiom] = None
        elif step.rule == "assume" and step.axiom is not None:
            conjectures[step.axiom] = None
        elif step.certificate is not None:
            name = f"{step.certificate['kind']} sha256:{digest(step.certificate)}"
            certificates[name] = None
            if step.rule == "witness":
                witnesses[f"model sha256:{digest(step.certificate['claim']['model'])}"] = None
        language = getattr(step.statement, "language", None)
        if language is not None:
            definitions[language.name] = None
    found = {"axioms": list(axioms), "certificates": list(certificates),
             "conjectures": list(conjectures), "definitions": list(definitions)}
    return found | {"witnesses": list(witnesses)} if witnesses else found


def construction_points(theorems: tuple[Theorem, ...]) -> list[dict[str, str]]:
    """The boxes of the constructions that possibilities rest on."""
    points = []
    for step in derivation.steps_of(theorems):
        if step.rule == "extend" and isinstance(step.statement, Lower | Can):
            inner = step.premises[0].statement
            if isinstance(inner, Lower | Can):
                points += [box.to_plain() for box in inner.region]
    return points


def ask(language: Language, variant: Variant, budget: Budget | None = None, *,
        given: frozenset[str] = frozenset(), facts: Facts | None = None) -> Verdict:
    """Decide the question as far as the theorem base and the deciders go.

    `given` are tags of conjectures that are taken for granted (see `assumptions`); `facts` about
    the language are used again from one question to the next.

    Raises:
        InconsistentBase: both answers were derived.
    """
    facts = facts or Facts(language, budget or Budget())
    verdict = _answer(facts, language, variant, given)
    return verdict if not given else replace(verdict, assumed=given)


def _answer(facts: Facts, language: Language, variant: Variant, given: frozenset[str]) -> Verdict:
    region = variant.profile
    notes = [*variant.notes, *readout_notes(region)]
    relevant = sorted(_relevant(facts, region))
    plain, perhaps = Assumptions(given), Assumptions(given, possible(given))
    for assumptions, classes in ((plain, relevant), (plain, facts.classes()),
                                 (perhaps, facts.classes())):
        knowledge = facts.knowledge(classes, assumptions)
        can = search.possibility(knowledge, region)
        cannot = search.impossibility(knowledge, region)
        if can is not None and cannot is not None and not (
                assumptions.cost(can) or assumptions.cost(cannot)):
            raise InconsistentBase(f"both {can.statement} and {cannot.statement} were derived")
        if can is not None and not assumptions.cost(can):
            return Verdict(language, variant, "yes", (), (can,), tuple(notes))
        if cannot is not None and not assumptions.cost(cannot):
            return Verdict(language, variant, "no", (), (cannot,), tuple(notes))
    if cannot is not None and len(shared := _names(cannot, "holds", given)) == 1:
        # The same conjecture on both sides gives an equivalence.
        again = facts.knowledge(facts.classes(), Assumptions(given, frozenset(
            f"{name}:fails" for name in shared) & perhaps.possible))
        can = search.possibility(again, region) or can
    if can is not None or cannot is not None:
        return _conditional(language, variant, can, cannot, notes, given)
    notes += [f"undetermined: {reason}" for reason in facts.undecided()]
    return _open_or_unknown(language, variant, knowledge, notes)


class InconsistentBase(Exception):
    """A statement and its contrary were derived: a defect that must be reported."""


def _relevant(facts: Facts, region: Profile) -> set[str]:
    """Few classes whose certificates are likely to settle the question, with short derivations."""
    relevant = set()
    for box in region:
        for bound in search.smallest_first(search.upper_bounds(box)):
            s = bound.statement
            if isinstance(s, Upper) and (useful := [
                    cls for cls in facts.classes() if search.contains(s.cls, cls, REGULAR)
                    and facts.answer(cls).value == "no"]):
                relevant.update([s.cls] if s.cls in useful else useful)
                break
    for bound in search.lower_bounds(region):
        s = bound.statement
        if isinstance(s, Lower):
            useful = [cls for cls in facts.classes() if search.contains(cls, s.cls)
                      and facts.answer(cls).value == "yes"]
            relevant.update([s.cls] if s.cls in useful else useful)
    return relevant


def _conditional(language: Language, variant: Variant, can: Theorem | None,
                 cannot: Theorem | None, notes: list[str], given: frozenset[str]) -> Verdict:
    conjectures = base.conjectures()
    theorems = tuple(t for t in (cannot, can) if t is not None)
    fails = _names(can, "fails", given)
    holds = _names(cannot, "holds", given)
    if can is not None and cannot is not None and fails == holds and len(fails) == 1 \
            and len(can.hypotheses - given) == len(cannot.hypotheses - given) == 1:
        words = f"yes if and only if {conjectures[fails[0]].refuted}"
        return Verdict(language, variant, "conditional", (words,), theorems, tuple(notes))
    conditions = []
    if cannot is not None:
        conditions.append("no unless " + " or ".join(
            contrary(tag) for tag in sorted(cannot.hypotheses - given)))
    if can is not None:
        conditions.append("yes if " + " and ".join(
            claim(tag) for tag in sorted(can.hypotheses - given)))
    return Verdict(language, variant, "conditional", tuple(conditions), theorems, tuple(notes))


def _names(theorem: Theorem | None, side: str, given: frozenset[str]) -> list[str]:
    tags = theorem.hypotheses - given if theorem is not None else frozenset()
    return sorted(tag.rpartition(":")[0] for tag in tags if tag.endswith(f":{side}"))


def _open_or_unknown(language: Language, variant: Variant, knowledge: Knowledge,
                     notes: list[str]) -> Verdict:
    """Open if a bound that nobody knows would settle the question, else unknown."""
    questions = []
    for box in variant.profile:
        for theorem in search.open_bounds(box):
            inner = theorem.statement
            bound = inner.statement if isinstance(inner, Open) else None
            if isinstance(bound, Upper) and bound.cls in knowledge.excluded:
                questions.append(theorem)
                break
        else:
            return Verdict(language, variant, "unknown", (), (), tuple(notes))
    notes.append("A no would follow from the open statement"
                 + (", under a conjecture" if any(
                     knowledge.excluded[q.statement.statement.cls].hypotheses
                     for q in questions if isinstance(q.statement, Open)
                     and isinstance(q.statement.statement, Upper)) else "")
                 + "; nothing known gives a yes.")
    return Verdict(language, variant, "open", (), tuple(questions), tuple(notes))


def readout_notes(region: Profile) -> Iterator[str]:
    """What the readout and acceptance of the variant mean for the answer."""
    readouts = sorted({r for box in region for r in str(box.to_plain()["readout"]).split()})
    signs = sorted({a for box in region for a in str(box.to_plain()["acceptance"]).split()})
    yield f"Readout: {', '.join(readouts)}; acceptance: {', '.join(signs)}" + (
        " (by sign the margin may shrink as n grows)." if "sign" in signs else ".")
    if all(map(_sees_empty_word, region)):
        yield "The empty word is decided."
    else:
        yield "Models that read at an input symbol are judged on non-empty words only."


def _sees_empty_word(box: Box) -> bool:
    """Is there a position to read at when the input is empty, whatever the model?"""
    readout, markers = box["readout"], box["markers"]
    if not isinstance(readout, frozenset) or not isinstance(markers, frozenset):
        return False
    marked = markers <= {"bos", "both"}
    return readout <= ({"eos", "token", "last"} if marked else {"eos"})
