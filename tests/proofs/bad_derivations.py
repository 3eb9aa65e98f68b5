"""Bad derivations: each is a good one with one change; with a sentence and the rejection's code."""

from __future__ import annotations

import copy
from collections.abc import Callable
from typing import Any

import pytest

from proofs import replay
from proofs.checkers.rejection import Rejected
from proofs.derivation import to_plain
from tests.proofs import derivations
from tests.proofs.derivations import Json
from tests.witnesses.bad_witnesses import good, two_kinds_of_model

GOOD: Json = derivations.plain_good()
SMALL: Json = to_plain([derivations.parity_impossible()])


def step_of(value: Json, rule: str, form: str | None = None) -> Json:
    """The first step by a rule (with a conclusion of a form)."""
    return next(s for s in value["steps"]
                if s["rule"] == rule and form in (None, s["statement"]["is"]))


def box_of(value: Json) -> Json:
    """A box of the region that the conclusion of SMALL speaks of."""
    return value["regions"][value["steps"][-1]["statement"]["region"]][0]


def code_of(value: object, **options: Any) -> str:
    """The code with which a derivation is rejected."""
    with pytest.raises(Rejected) as caught:
        replay.replay(value, **options)
    assert caught.value.message and "\n" not in str(caught.value)
    return caught.value.code


Change = Callable[[Json], Any]


def setting(*path: Any, to: object) -> Change:
    """The change that puts a value at a path."""
    def change(value: Json) -> None:
        for key in path[:-1]:
            value = value[key]
        value[path[-1]] = to
    return change


def in_step(rule: str, *path: Any, to: object) -> Change:
    """The change that puts a value at a path of the first step by a rule."""
    return lambda value: setting(*path, to=to)(step_of(value, rule))


def as_witness(certificate: object) -> Change:
    """The change of the first certified step into a witness with this certificate."""
    def change(value: Json) -> None:
        step = step_of(value, "certificate")
        step["rule"], step["certificate"] = "witness", certificate
    return change


def in_box(axis: str, text: object) -> Change:
    """The change of one axis of a box of the conclusion's region in SMALL."""
    return lambda value: setting(axis, to=text)(box_of(value))


BAD: list[tuple[str, str, Change]] = [
    ("it is not an object", "not-an-object", lambda v: [v]),
    ("another format", "wrong-format", setting("format", to="expressivity certificate")),
    ("another version", "wrong-version", setting("version", to=2)),
    ("the version is true, which Python thinks equals 1", "not-an-integer",
     setting("version", to=True)),
    ("a key of our own", "unknown-key", setting("trusted", to=True)),
    ("no conclusions key", "missing-key", lambda v: v.pop("conclusions") and None),
    ("the languages are a list", "not-an-object", setting("languages", to=[])),
    ("the steps are an object", "not-a-list", setting("steps", to={})),
    ("a step is a string", "unknown-rule", setting("steps", 0, to="axiom")),
    ("a rule is unknown", "unknown-rule", setting("steps", 0, "rule", to="believe")),
    ("a rule is a list", "unknown-rule", setting("steps", 0, "rule", to=["axiom"])),
    ("a step has a key that its rule does not have", "unknown-key",
     in_step("impossible", "axis", to="readout")),
    ("a split without its axis", "missing-key",
     lambda v: step_of(v, "split").pop("axis") and None),
    # statements
    ("an unknown form of statement", "unknown-statement",
     setting("steps", 0, "statement", "is", to="holds")),
    ("a statement without a form", "unknown-statement", setting("steps", 0, "statement", to={})),
    ("a statement that is a string", "unknown-statement",
     setting("steps", 0, "statement", to="sub")),
    ("a form that is a number", "unknown-statement",
     setting("steps", 0, "statement", "is", to=0)),
    ("a statement without its class", "missing-key",
     lambda v: step_of(v, "regular")["statement"].pop("class") and None),
    ("a class that is a number", "not-a-string",
     in_step("regular", "statement", "class", to=3)),
    ("a class that is null", "not-a-string", in_step("regular", "statement", "class", to=None)),
    ("a language without definition", "unknown-language",
     in_step("regular", "statement", "language", to="majority")),
    ("a region without definition", "unknown-region",
     in_step("restrict", "statement", "region", to="region 0")),
    ("an open question about an open question", "open-open",
     setting("steps", 0, "statement", to={"is": "open", "statement": {
         "is": "open", "statement": {"is": "not-sub", "left": "P", "right": "L"}}})),
    ("a language with a task and an automaton", "unknown-key",
     setting("languages", "parity", "task", to="parity")),
    ("an automaton with a missing transition", "wrong-length",
     setting("languages", "parity", "automaton", "delta", 0, to=[0])),
    ("an automaton with a transition to nowhere", "out-of-range",
     setting("languages", "parity", "automaton", "delta", 0, to=[0, 2])),
    ("an automaton with a transition to state -1", "out-of-range",
     setting("languages", "parity", "automaton", "delta", 0, to=[0, -1])),
    ("an automaton whose acceptance is given twice", "repeated-element",
     setting("languages", "parity", "automaton", "accept", to=[0, 0])),
    ("a language under two keys", "repeated-definition",
     lambda v: setting("languages", "odd", to=v["languages"]["parity"])(v)),
    ("a region under two keys", "repeated-definition",
     lambda v: setting("regions", "mine", to=v["regions"]["region 1"])(v)),
    ("a language that nothing speaks of", "unused-definition",
     setting("languages", "majority", to={"task": "majority"})),
    ("a region that nothing speaks of", "unused-definition",
     lambda v: setting("regions", "mine", to=v["regions"]["region 1"] * 2)(v)),
    ("reductions that are a string", "not-a-list",
     lambda v: step_of(v, "axiom", "closed")["statement"].update(under="AC0")),
    # leaves
    ("an axiom that nobody knows", "unknown-axiom", in_step("axiom", "axiom", to="p-is-np")),
    ("a statement that the axiom does not have", "unknown-axiom-index",
     in_step("axiom", "index", to=99)),
    ("a negative index", "out-of-range", in_step("axiom", "index", to=-1)),
    ("the index is true", "not-an-integer", in_step("axiom", "index", to=True)),
    ("an axiom with another class", "another-axiom",
     in_step("axiom", "statement", "class", to="NC0")),
    ("an axiom that was cited for the statement of another one", "another-axiom",
     in_step("axiom", "axiom", to="cot-upper-bounds")),
    ("an axiom with premises", "premises-of-a-leaf",
     lambda v: step_of(v, "axiom", "closed").update(premises=[0])),
    ("an unknown conjecture", "unknown-conjecture",
     in_step("assume", "conjecture", to="P != ACC0")),
    ("the negation of a conjecture for the conjecture", "another-conjecture",
     in_step("assume", "holds", to=False)),
    ("a conjecture that holds once", "not-a-boolean", in_step("assume", "holds", to=1)),
    ("a language that is regular and more", "not-regular",
     in_step("regular", "statement", "class", to="star-free")),
    ("a certificate that does not hold", "certificate-rejected",
     in_step("certificate", "certificate", "data", "e", to=[[1, [1]]])),
    ("a witness without an exact profile", "no-profile", as_witness(two_kinds_of_model())),
    ("a witness for another statement", "another-claim", as_witness(good("parity"))),
    ("a certificate of an unknown kind", "certificate-rejected",
     in_step("certificate", "certificate", "kind", to="oracle")),
    ("a certificate for another class", "another-claim",
     in_step("certificate", "statement", "class", to="solvable")),
    ("a certificate for the contrary", "another-claim",
     in_step("certificate", "statement", "is", to="in")),
    ("a certificate for another automaton", "another-claim",
     in_step("certificate", "statement", "language", to="first")),
    # premises and conclusions
    ("a step that is its own premise", "not-earlier",
     lambda v: v["steps"][-2].update(premises=[len(v["steps"]) - 2])),
    ("a step whose premise comes later", "not-earlier",
     lambda v: step_of(v, "restrict").update(premises=[len(v["steps"]) - 1])),
    ("a negative premise, which Python would count from the end", "out-of-range",
     lambda v: step_of(v, "restrict").update(premises=[-1])),
    ("a premise that is true", "not-an-integer",
     lambda v: step_of(v, "restrict").update(premises=[True])),
    ("premises that do not fit", "premises-do-not-fit",
     lambda v: step_of(v, "impossible").update(premises=[])),
    ("another class than the rule gives", "does-not-follow",
     in_step("lower-exclusion", "statement", "class", to="TC0")),
    ("another scope than the rule gives", "does-not-follow",
     lambda v: v["steps"][GOOD["conclusions"][8]["step"]]["statement"].update(within=None)),
    ("a split along an axis that does not exist", "premises-do-not-fit",
     in_step("split", "axis", to="colour")),
    ("a split along a menu", "premises-do-not-fit", in_step("split", "axis", to="attention")),
    ("a split along another axis", "premises-do-not-fit", in_step("split", "axis", to="markers")),
    ("a split without premises", "premises-do-not-fit", in_step("split", "premises", to=[])),
    ("an axis that is a number", "not-a-string", in_step("split", "axis", to=7)),
    ("a step that nothing needs", "unused-step",
     lambda v: v["steps"].append(copy.deepcopy(v["steps"][0]))),
    ("a conclusion that is no step", "unknown-step",
     lambda v: setting("conclusions", 0, "step", to=len(v["steps"]))(v)),
    ("a conclusion counted from the end", "out-of-range", setting("conclusions", 0, "step", to=-1)),
    ("a conclusion that hides what it is conditional on", "wrong-hypotheses",
     setting("conclusions", 3, "hypotheses", to=[])),
    ("a conclusion that claims to be conditional", "wrong-hypotheses",
     setting("conclusions", 0, "hypotheses", to=["P != NP:holds"])),
    ("a hypothesis twice", "wrong-hypotheses",
     setting("conclusions", 3, "hypotheses", to=["TC0 != NC1:holds"] * 2)),
    ("a hypothesis that is null", "not-a-string",
     setting("conclusions", 3, "hypotheses", to=[None])),
    ("nothing is concluded", "no-conclusion", setting("conclusions", to=[])),
]

"""Changes of GOOD; a change that returns a list returns what stands instead."""

BAD_REGIONS: list[tuple[str, str, Change]] = [
    ("a silent axis", "missing-key", lambda v: box_of(v).pop("markers") and None),
    ("an unknown axis", "unknown-key", in_box("colour", "red")),
    ("an axis that is a number", "not-a-string", in_box("depth", 1)),
    ("an unknown value", "unknown-value", in_box("format", "fixed floating")),
    ("`any` is not written in files", "unknown-value", in_box("format", "any")),
    ("a value twice", "unordered-values", in_box("format", "fixed fixed")),
    ("values out of order", "unordered-values", in_box("format", "float fixed")),
    ("two spaces between values", "unordered-values", in_box("format", "fixed  float")),
    ("alternatives without a value", "no-value", in_box("format", "")),
    ("each of no value", "no-value", in_box("masking", "each ")),
    ("`each` in an upper bound", "each-in-bound", in_box("format", "each fixed float")),
    ("a region without boxes", "number-of-boxes",
     lambda v: setting("regions", v["steps"][-1]["statement"]["region"], to=[])(v)),
    ("a region with too many boxes", "number-of-boxes", lambda v: setting(
        "regions", v["steps"][-1]["statement"]["region"], to=[box_of(v)] * 257)(v)),
    ("a wider box", "premises-do-not-fit", in_box("loops", "1..2")),
    ("a box with models that exceed every constant depth", "premises-do-not-fit",
     in_box("depth", "1..log(n)")),
    ("a growth rate that is a call", "bad-growth", in_box("depth", "__import__('os')")),
    ("an empty growth rate", "bad-growth", in_box("depth", "")),
    ("three points", "bad-growth", in_box("depth", "1..2..3")),
    ("a negative number", "bad-growth", in_box("depth", "-1")),
    ("a number with a leading zero", "bad-growth", in_box("depth", "01")),
    ("a number in other digits", "bad-growth", in_box("depth", "١")),
    ("a number of 41 digits", "bad-growth", in_box("depth", "1" * 41)),
    ("an exponent that is 0", "bad-growth", in_box("depth", "n^0")),
    ("a denominator that is 0", "bad-growth", in_box("depth", "n^1/0")),
    ("a tower", "bad-growth", in_box("depth", "n^n^n")),
    ("a trailing newline", "bad-growth", in_box("depth", "1\n")),
    ("a factor twice", "repeated-factor", in_box("depth", "1..n*n")),
    ("a power of polylog", "repeated-factor", in_box("depth", "1..polylog(n)^2")),
    ("a factor that is drowned", "absorbed-factor", in_box("depth", "polylog(n)*log(n)")),
    ("a lesser factor that is drowned", "absorbed-factor",
     in_box("depth", "polylog(n)*loglog(n)")),
    ("a supremum alone, which may mean two things", "supremum-alone", in_box("depth", "O(1)")),
    ("an interval upside down", "empty-interval", in_box("depth", "2..1")),
    ("an interval below its own low end", "empty-interval", in_box("depth", "1..<1")),
    ("what no growth rate attains", "empty-interval", in_box("depth", "O(1)..O(1)")),
]
"""Changes of SMALL."""
