"""The replayer: what it accepts, what it rejects and why, and that it agrees with the kernel."""

from __future__ import annotations

import ast
import copy
import json
import random
from collections.abc import Callable
from functools import partial
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from proofs import base, growth, kernel, profile, replay, search
from proofs.axes import AXES, Axis
from proofs.checkers.rejection import Rejected
from proofs.derivation import to_plain
from proofs.encode import Tables
from proofs.kernel import RuleError, Theorem
from proofs.profile import Box
from proofs.replay import order, regions, rules, shipped
from proofs.replay.words import sentence
from proofs.statements import In, Language, Lower, Open, Upper
from proofs.theorems.named_languages import PARITY
from tests.proofs import derivations
from tests.proofs.derivations import Json

GOOD: Json = derivations.plain_good()
GOOD_TEXT = json.dumps(GOOD)
SMALL: Json = to_plain([derivations.parity_impossible()])


def step_of(value: Json, rule: str, form: str | None = None) -> Json:
    """The first step by a rule (with a conclusion of a form)."""
    return next(s for s in value["steps"]
                if s["rule"] == rule and form in (None, s["statement"]["is"]))


def box_of(value: Json) -> Json:
    """A box of the region that the conclusion of SMALL speaks of."""
    return value["regions"][value["steps"][-1]["statement"]["region"]][0]


# ---- good derivations -----------------------------------------------------------------------


def test_the_good_derivation_uses_every_rule() -> None:
    used = {step["rule"] for step in GOOD["steps"]}
    assert used == {*rules.RULES, "axiom", "assume", "regular", "certificate", "split"}


def test_a_good_derivation_is_accepted_with_all_it_rests_on() -> None:
    result = replay.replay(json.loads(json.dumps(GOOD)))
    assert [dict(c.statement) for c in result.conclusions] == [
        GOOD["steps"][c["step"]]["statement"] for c in GOOD["conclusions"]]
    assert result.conclusions[3].hypotheses == ("TC0 != NC1:holds",)
    assert result.conclusions[0].hypotheses == ()
    assert result.conjectures == ("P != NP:fails", "TC0 != NC1:holds")
    assert set(result.axioms) == {s["axiom"] for s in GOOD["steps"] if s["rule"] == "axiom"}
    assert result.assumed == {}
    assert {(c.kind, c.algebraic_class, c.member) for c in result.certificates} == {
        ("same-length-counting", "quasi-aperiodic", False),
        ("partial-order", "R-trivial", True), ("perfect-group", "solvable", False)}
    assert set(result.languages) == {"parity", "first", "tracking:A5"}
    assert result.regions == GOOD["regions"]


def test_every_conclusion_alone_is_accepted() -> None:
    for theorem in derivations.good():
        result = replay.replay(to_plain([theorem]))
        assert set(result.conjectures) == theorem.hypotheses


def test_the_kernel_derives_the_good_derivation_again() -> None:
    assert len(derivations.rebuild(GOOD)) == len(GOOD["steps"])


def test_conclusions_in_words() -> None:
    words = [sentence(c.statement) for c in replay.replay(GOOD).conclusions]
    assert words[0] == "no model of region 2 recognises parity"
    assert "some model of region 4 recognises parity" in words
    assert words[-1] == "every language in NP is in P"


# ---- bad derivations ------------------------------------------------------------------------

Change = Callable[[Json], Any]
BAD: list[tuple[str, str, Change]] = []


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


def in_box(axis: str, text: object) -> Change:
    """The change of one axis of a box of the conclusion's region in SMALL."""
    return lambda value: setting(axis, to=text)(box_of(value))


BAD += [
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


def code_of(value: object, **options: Any) -> str:
    """The code with which a derivation is rejected."""
    with pytest.raises(Rejected) as caught:
        replay.replay(value, **options)
    assert caught.value.message and "\n" not in str(caught.value)
    return caught.value.code


@pytest.mark.parametrize(("said", "code", "change"), BAD, ids=[b[0] for b in BAD])
def test_rejected(said: str, code: str, change: Change) -> None:
    value = copy.deepcopy(GOOD)
    changed = change(value)
    assert code_of(changed if isinstance(changed, list) else value) == code


@pytest.mark.parametrize(("said", "code", "change"), BAD_REGIONS, ids=[b[0] for b in BAD_REGIONS])
def test_region_rejected(said: str, code: str, change: Change) -> None:
    value = copy.deepcopy(SMALL)
    replay.replay(value)
    change(value)
    assert code_of(value) == code


def test_a_misfit_names_the_forms_of_the_premises() -> None:
    value = copy.deepcopy(SMALL)
    for premises, forms in ((value["steps"][-1]["premises"][:1], "'upper'"), ([], "'none'")):
        value["steps"][-1]["premises"] = premises
        with pytest.raises(Rejected, match=f"impossible gives a statement like this, got {forms}"):
            replay.replay(value)


def test_every_code_has_a_bad_example() -> None:
    codes = set()
    for file in Path(replay.__file__).parent.glob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Raise):
                pytest.fail(f"{file.name}:{node.lineno} raises without `reject`")
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "reject":
                assert isinstance(node.args[0], ast.Constant), f"{file.name}:{node.lineno}"
                codes.add(node.args[0].value)
    shown = {code for _, code, _ in BAD + BAD_REGIONS}
    assert codes <= shown
    # What remains are the codes of the readers shared with the checkers of certificates.
    helpers = Path(replay.__file__).parent.parent / "checkers"
    text = (helpers / "rejection.py").read_text("utf-8") + (helpers / "automaton.py").read_text(
        "utf-8")
    assert all(f'"{code}"' in text for code in shown - codes)


@pytest.mark.parametrize("rule", [*rules.RULES, "split"])
def test_every_rule_minds_its_premises(rule: str) -> None:
    """Without one premise, with one too many, in another order or with another one: rejected."""
    place = next(k for k, s in enumerate(GOOD["steps"]) if s["rule"] == rule)
    premises = GOOD["steps"][place]["premises"]
    variants = [premises[:k] + premises[k + 1:] for k in range(len(premises))]
    if rule != "split":  # cases may come in any order, and twice
        variants += [[*premises, premises[0]], [*premises, premises[-1]], [*premises, place - 1]]
        variants += [premises[::-1]] if len(premises) > 1 else []
    others = [k for k in range(place) if GOOD["steps"][k]["rule"] in ("axiom", "regular", "assume")
              and GOOD["steps"][k]["statement"] not in
              [GOOD["steps"][p]["statement"] for p in premises]]
    variants += [[*premises[:k], other, *premises[k + 1:]] for k in range(len(premises))
                 for other in others]
    for changed in variants:
        value = copy.deepcopy(GOOD)
        value["steps"][place]["premises"] = changed
        code = code_of(value)
        assert code in ("premises-do-not-fit", "does-not-follow")


def test_scopes_may_not_differ() -> None:
    """A inside B within W, B inside C within X says nothing about A and C."""
    value = {
        "format": replay.FORMAT, "version": 1, "languages": {}, "regions": {}, "steps": [
            {"rule": "axiom", "axiom": "mine", "index": 0, "premises": [],
             "statement": {"is": "sub", "lower": "A", "upper": "B", "within": "W"}},
            {"rule": "axiom", "axiom": "mine", "index": 1, "premises": [],
             "statement": {"is": "sub", "lower": "B", "upper": "C", "within": "X"}},
            {"rule": "chain", "premises": [0, 1],
             "statement": {"is": "sub", "lower": "A", "upper": "C", "within": "W"}},
        ], "conclusions": [{"step": 2, "hypotheses": []}],
    }
    assert code_of(value, assume_axioms=["mine"]) == "premises-do-not-fit"
    value["steps"][1]["statement"]["within"] = "W"  # type: ignore[index]
    assert replay.replay(value, assume_axioms=["mine"]).assumed.keys() == {"mine"}


# ---- axioms of the caller -------------------------------------------------------------------


def test_an_axiom_of_the_caller_is_accepted_by_name_only_and_reported() -> None:
    value = copy.deepcopy(SMALL)
    axiom = step_of(value, "axiom", "upper")
    axiom["axiom"] = "mine"
    assert code_of(value) == code_of(value, assume_axioms=["yours"]) == "unknown-axiom"
    result = replay.replay(value, assume_axioms=["mine"])
    assert result.assumed == {"mine": (axiom["statement"],)}
    assert "mine" not in result.axioms


def test_an_altered_axiom_of_the_base_counts_as_assumed() -> None:
    value = copy.deepcopy(SMALL)
    for step in value["steps"]:
        if step["statement"].get("class") == "AC0":
            step["statement"]["class"] = "NC0"
        if step["statement"].get("lower") == "AC0":
            step["statement"]["lower"] = "NC0"
    names = ["uhat-in-ac0", "regular-circuits"]
    assert code_of(value) == code_of(value, assume_axioms=names[:1]) == "another-axiom"
    result = replay.replay(value, assume_axioms=names)
    assert set(result.assumed) == set(names)
    assert result.axioms == ()
    # Where the base agrees, nothing needs to be assumed.
    assert replay.replay(SMALL, assume_axioms=names).assumed == {}


def test_names_decide_nothing() -> None:
    """Keys can be renamed at will; the definitions stay what they are."""
    text = json.dumps(SMALL).replace('"parity"', '"majority"').replace("region 2", "uhat")
    result = replay.replay(json.loads(text))
    assert sentence(result.conclusions[0].statement) == "no model of uhat recognises majority"
    assert not isinstance(result.languages["majority"], str)
    assert result.languages["majority"].delta == ((0, 1), (1, 0))


# ---- against the kernel ---------------------------------------------------------------------


def _mutate(value: Json, draw: random.Random) -> None:
    """Change one thing: another value from elsewhere, a little off, dropped, or exchanged."""
    paths = list(derivations.places(value))
    path = draw.choice(paths)
    if path[0] in ("languages", "regions") and draw.random() < 0.5:
        path = draw.choice([p for p in paths if p[0] in ("steps", "conclusions")])
    parent = value
    for key in path[:-1]:
        parent = parent[key]
    old = parent[path[-1]]
    kind = draw.randrange(4)
    if kind == 0 or isinstance(old, str):
        same = []
        for other in paths:
            found = value
            for key in other:
                found = found[key]
            if type(found) is type(old) and other[-1:] == path[-1:] and found != old:
                same.append(found)
        if same:
            parent[path[-1]] = copy.deepcopy(draw.choice(same))
    elif kind == 1 and type(old) is int:
        parent[path[-1]] = old + draw.choice([-1, 1])
    elif kind == 1 and type(old) is bool:
        parent[path[-1]] = not old
    elif kind == 2 and isinstance(parent, list):
        other_place = draw.randrange(len(parent))
        parent[path[-1]], parent[other_place] = parent[other_place], old
    elif kind == 3:
        del parent[path[-1]]


@pytest.mark.parametrize("seed", range(8))
def test_changed_derivations_are_rejected_unless_the_kernel_derives_them(seed: int) -> None:
    draw = random.Random(seed)
    accepted = 0
    for _ in range(80):
        value = json.loads(GOOD_TEXT)
        _mutate(value, draw)
        try:
            replay.replay(value)
        except Rejected:
            continue
        accepted += 1
        derivations.rebuild(value)
    assert accepted < 40


def test_no_widening_of_a_box_goes_unnoticed() -> None:
    """Each axis of each box of each region, changed: accepted only where the kernel agrees."""
    values = {axis.name: list(axis.values) or ["0", "1..O(1)", "0..n", "log(n)..poly(n)",
                                               "each 1..n", "0..unbounded"] for axis in AXES}
    survived = 0
    value = to_plain([derivations.parity_possible(), derivations.by_cases()])
    for boxes in value["regions"].values():
        for axis in AXES:
            old = boxes[-1][axis.name]
            for text in {*values[axis.name], " ".join(sorted(axis.values))} - {old}:
                boxes[-1][axis.name] = text
                try:
                    replay.replay(value)
                except Rejected:
                    continue
                survived += 1
                derivations.rebuild(value)
            boxes[-1][axis.name] = old
    assert survived > 10  # narrower boxes are as good


def _random_derivation(draw: random.Random, tries: int) -> list[Theorem]:
    """Theorems made by trying rules on what there is."""
    pool = [*search.base_theorems(), *(kernel.assume(c, draw.random() < 0.5)
                                       for c in base.conjectures()), *derivations.good()]
    leaves = len(pool)
    two: list[Callable[..., Theorem]] = [
        kernel.chain, kernel.raise_membership, kernel.lower_exclusion, kernel.separate,
        kernel.widen_separation, kernel.raise_upper, kernel.lower_lower, kernel.possible,
        kernel.impossible]
    three: list[Callable[..., Theorem]] = [
        kernel.raise_membership, kernel.lower_exclusion, kernel.impossible,
        kernel.hard_outside, kernel.hard_excludes]
    for _ in range(tries):
        a, b, c = (draw.choice(pool[-300:] if draw.random() < 0.5 else pool) for _ in range(3))
        attempts: list[Callable[[], Theorem]] = [partial(rule, a, b) for rule in two]
        attempts += [partial(rule, a, b, c) for rule in three]
        region = getattr(b.statement, "region", None)
        if region is not None:
            attempts += [partial(kernel.restrict, a, region), partial(kernel.extend, a, region)]
        for attempt in attempts:
            try:
                pool.append(attempt())
            except RuleError:
                continue
    return pool[leaves:]


def test_random_derivations_of_the_kernel_are_accepted() -> None:
    made = _random_derivation(random.Random(1), 4000)
    assert len({t.rule for t in made}) >= 8
    result = replay.replay(to_plain(made))
    assert [set(c.hypotheses) for c in result.conclusions] == [set(t.hypotheses) for t in made]


def test_what_the_search_finds_is_accepted() -> None:
    """Every language of the base against every region of the base."""
    languages = {s.language for t in search.base_theorems()
                 if isinstance(s := t.statement, In)} | {PARITY}
    facts: dict[Language, list[Theorem]] = {PARITY: [
        kernel.certified(PARITY, derivations.PARITY_CERTIFICATE)]}
    found = []
    for language in languages:
        for assumptions in (frozenset(), search.every_conjecture()):
            knowledge = search.Knowledge(language, facts.get(language, ()),
                                         assumptions=assumptions)
            for theorem in search.base_theorems():
                s = theorem.statement
                if isinstance(s, Upper | Lower) and not any(box.each for box in s.region):
                    found += [search.possibility(knowledge, s.region),
                              search.impossibility(knowledge, s.region)]
    theorems = [t for t in found if t is not None]
    assert len(theorems) > 100
    replay.replay(to_plain(theorems))


def test_the_base_reads_as_it_was_meant() -> None:
    for identifier, entry in base.axioms().items():
        statements = shipped.axiom(identifier)
        assert statements is not None and len(statements) == len(entry.statements)
        for term, statement in zip(entry.statements, statements, strict=True):
            inner, form = (term.statement, statement[1]) if isinstance(term, Open) else (
                term, statement)
            if isinstance(inner, Upper | Lower):
                read = form[1] if isinstance(inner, Upper) else form[2]
                for box, values in zip(inner.region, read, strict=True):
                    _same_box(box, values)


def _same_box(box: Box, read: regions.Box) -> None:
    for axis, value, values in zip(AXES, box.values, read, strict=True):
        assert values.each == (axis.name in box.each)
        if isinstance(value, growth.Interval):
            assert isinstance(values.chosen, tuple)
            (low, _), (high, closed) = values.chosen
            assert growth.parse_interval(str(value)) == value
            assert order.read_point(str(value.low), "") == low
            assert order.read_point(str(value.high), "") == high
            assert closed == (0 if value.high_open else 1)
        else:
            assert values.chosen == value


# ---- growth and containment against the other implementation --------------------------------

_exponents = st.fractions(0, 3, max_denominator=3)
_points = st.one_of(
    st.integers(0, 4).map(growth.constant),
    st.sampled_from([growth.O_1, growth.POLYLOG, growth.POLY, growth.QUASIPOLY, growth.EXP,
                     growth.UNBOUNDED]),
    st.tuples(_exponents, _exponents, _exponents).filter(any).map(lambda e: growth.theta(*e)),
    _exponents.filter(bool).map(lambda a: growth.parse(f"n^{a}*polylog(n)")),
)


@st.composite
def _intervals(draw: st.DrawFn) -> growth.Interval:
    low, high = sorted((draw(_points), draw(_points)))
    if low == high and low.is_supremum:
        high = growth.UNBOUNDED
    return growth.Interval(low, high, low < high and draw(st.booleans()))


def test_the_order_of_all_levels() -> None:
    points = [order.read_point(text, "") for text in (
        "0", "1", "10", "O(1)", "loglog(n)^1/2", "loglog(n)", "log(n)", "log(n)*loglog(n)",
        "log(n)^3/2", "polylog(n)", "n^1/2", "n", "n*log(n)", "n*polylog(n)", "n^2", "poly(n)",
        "quasipoly(n)", "exp(n)", "unbounded")]
    assert all(points[i] < points[j] for j in range(len(points)) for i in range(j))


@given(_points, _points)
def test_points_are_ordered_alike(left: growth.Growth, right: growth.Growth) -> None:
    a, b = order.read_point(str(left), ""), order.read_point(str(right), "")
    assert (a < b, a == b) == (left < right, left == right)
    assert order.is_supremum(a) == left.is_supremum


@given(_intervals(), _intervals())
@settings(max_examples=300, deadline=None)
def test_intervals_relate_alike(left: growth.Interval, right: growth.Interval) -> None:
    a, b = (order.read_interval(str(x), "") for x in (left, right))
    assert order.includes(a, b) == left.includes(right)
    assert order.meet(a, b) == order.meet(b, a) == left.meets(right) == right.meets(left)
    assert order.includes(a, a) and order.meet(a, a)


WIDE = profile.box(**{axis.name.replace("-", "_"): "any" for axis in AXES})


def test_all_intervals_between_some_ends_relate_alike() -> None:
    ends = [growth.parse(x) for x in ("0", "1", "3", "const", "log", "polylog", "n", "poly",
                                      "unbounded")]
    both = [(interval, order.read_interval(str(interval), "")) for interval in (
        growth.Interval(low, high, is_open) for low in ends for high in ends
        for is_open in (False, True)
        if low < high or (low == high and not is_open and not low.is_supremum))]
    for (left, a), (right, b) in product(both, repeat=2):
        assert order.includes(a, b) == left.includes(right), (str(left), str(right))
        assert order.meet(a, b) == left.meets(right), (str(left), str(right))


@st.composite
def _values(draw: st.DrawFn, axis: Axis) -> profile.Value:
    """A value set of the axis, often a large one."""
    if axis.kind == "growth":
        return draw(_intervals())
    size = 1 if axis.kind == "alternatives" else 0
    return draw(st.frozensets(st.sampled_from(sorted(axis.values)), min_size=size))


SOME = [axis for axis in AXES if axis.name in ("attention", "readout", "markers", "depth", "cot")]


@st.composite
def _boxes(draw: st.DrawFn) -> Box:
    """Boxes that say something of few axes only, so that they often lie inside each other."""
    box = WIDE
    for axis in draw(st.lists(st.sampled_from(SOME), max_size=3)):
        box = box.replace(axis.name, draw(_values(axis)))
    return box


def _read(box: Box) -> regions.Region:
    return regions.read_region([box.to_plain()], "region")


@given(_boxes(), _boxes(), st.sets(st.sampled_from([axis.name for axis in SOME])))
@settings(deadline=None)
def test_boxes_relate_alike(box: Box, other: Box, each: set[str]) -> None:
    for a, b in ((box, other), (other, box), (box, box), (box, WIDE)):
        assert regions.contained(_read(a), _read(b)) == profile.inside(a, b)
    need = Box(other.values, frozenset(axis for axis in each if other[axis]))
    for have in (box, other, WIDE):
        assert regions.offered(_read(have), _read(need)) == profile.offers(have, need)
        assert regions.contained(_read(need), _read(have)) == profile.inside(need, have)
        assert regions.contained(_read(have), _read(need)) == profile.inside(have, need)
        assert regions.offered(_read(need), _read(have)) == profile.offers(need, have)


@given(_boxes(), st.sampled_from(AXES), st.data())
@settings(deadline=None)
def test_boxes_are_divided_alike(whole: Box, axis: Axis, data: st.DataObject) -> None:
    pieces = [whole.replace(axis.name, value)
              for value in data.draw(st.lists(_values(axis), min_size=1, max_size=4))]
    if data.draw(st.booleans()):
        other = data.draw(st.sampled_from(SOME))
        pieces[-1] = pieces[-1].replace(other.name, data.draw(_values(other)))
    assert regions.divided(_read(whole)[0], [_read(p)[0] for p in pieces],
                           axis.name) == profile.covers(pieces, whole, axis.name)


# ---- random values --------------------------------------------------------------------------

_json = st.recursive(st.one_of(st.none(), st.booleans(), st.integers(-3, 3), st.text(max_size=3)),
                     lambda inner: st.lists(inner, max_size=3) | st.dictionaries(
                         st.sampled_from(["is", "rule", "statement", "step", "axiom", "task"]),
                         inner, max_size=3), max_leaves=8)


@given(st.data())
def test_random_values_never_crash_it(data: st.DataObject) -> None:
    value = copy.deepcopy(SMALL)
    paths = list(derivations.places(value))
    path = data.draw(st.sampled_from(paths))
    parent = value
    for key in path[:-1]:
        parent = parent[key]
    parent[path[-1]] = data.draw(_json)
    for candidate in (value, parent[path[-1]]):
        try:
            replay.replay(candidate)
        except Rejected as error:
            assert error.code
        else:
            derivations.rebuild(candidate)


def test_the_plain_form_of_the_kernel_is_the_normal_form() -> None:
    """What `encode` writes of the base is read back, and written the same."""
    for entry in base.axioms().values():
        for term in entry.statements:
            tables = Tables()
            tables.statement(term)
            for boxes in tables.regions.values():
                assert regions.read_region(boxes, "")
