"""Checkers accept good certificates and reject each bad one for its own reason."""

from __future__ import annotations

import ast
import random
import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from languages.classes import certifiers, deciders
from languages.classes.analysis import Analysis
from languages.dfa import DFA
from proofs import checkers, strict_json
from proofs.checkers import CHECKERS, CLASSES, PROVES, Rejected, check_certificate, describe
from proofs.checkers.automaton import length, repeat
from proofs.checkers.rejection import shown
from proofs.classes import CLASSES as BASE_CLASSES
from tests.oracles import Automaton, minimal
from tests.proofs.bad_certificates import BAD
from tests.proofs.certificate_edits import GOOD, Bad, edited, good
from tests.proofs.certificate_makers import MAKERS, certificate, make
from tests.proofs.class_truth import TESTS, in_class, is_true
from tests.proofs.sample_languages import LANGUAGES, blurred, doubled, untrimmed
from tests.small_automata import all_automata, random_automaton

GOOD_NAMES = sorted(path.stem for path in GOOD.glob("*.json"))
CLAIMS = [(kind, name, member) for kind, proved in PROVES.items() for name, member in proved]


def accepted(kind: str, algebraic_class: str, member: bool, automaton: Automaton) -> bool:
    """Whether the brute-force maker finds a certificate for this claim, and it is accepted.

    Acceptance of a false claim fails on the spot.
    """
    data = make(kind, algebraic_class, automaton)
    if data is None:
        return False
    value = certificate(kind, algebraic_class, member, automaton, data)
    try:
        claim = check_certificate(value)
    except Rejected:
        return False
    assert is_true(claim), value
    return True


# --- good certificates ---------------------------------------------------------------------


@pytest.mark.parametrize("name", GOOD_NAMES)
def test_good_file_is_accepted_and_true(name: str) -> None:
    value = strict_json.loads((GOOD / f"{name}.json").read_bytes())
    claim = check_certificate(value)
    kind, _, algebraic_class = name.split("--")
    assert claim.kind == kind
    assert re.sub(r"\W+", "-", claim.algebraic_class).strip("-") == algebraic_class
    assert is_true(claim)
    assert f"{'is' if claim.member else 'is not'} {claim.algebraic_class}." in describe(claim)


def test_every_kind_has_good_files_and_a_maker() -> None:
    assert set(CHECKERS) == set(PROVES) == set(MAKERS)
    kinds = [name.split("--")[0] for name in GOOD_NAMES]
    assert all(kinds.count(kind) >= 2 for kind in CHECKERS)
    proved = {(name, member) for _, name, member in CLAIMS}
    assert proved == {(name, member) for name in CLASSES for member in (True, False)}
    assert set(TESTS) == set(CLASSES)


@pytest.mark.parametrize("name", LANGUAGES)
def test_every_true_claim_has_a_certificate(name: str) -> None:
    for algebraic_class in CLASSES:
        member = in_class(LANGUAGES[name], algebraic_class)
        kinds = [k for k, c, m in CLAIMS if (c, m) == (algebraic_class, member)]
        assert any(accepted(k, algebraic_class, member, LANGUAGES[name]) for k in kinds)


@pytest.mark.parametrize("name", LANGUAGES)
def test_automata_that_are_not_minimal(name: str) -> None:
    rng = random.Random(name)
    small = LANGUAGES[name]
    for kind, algebraic_class, member in CLAIMS:
        claim = (kind, algebraic_class, member)
        plainly = accepted(*claim, small)
        if len(small[1]) <= 4:
            twice = accepted(*claim, doubled(small))
            assert twice == plainly, claim
            accepted(*claim, blurred(small, rng))
            around = accepted(*claim, untrimmed(small, rng))
            if not member:
                assert around == plainly, claim


def test_all_automata_with_two_states_are_decided() -> None:
    for automaton in all_automata(2, 2):
        least = minimal(automaton)
        for algebraic_class in CLASSES:
            member = in_class(least, algebraic_class)
            kinds = [k for k, c, m in CLAIMS if (c, m) == (algebraic_class, member)]
            assert any(accepted(k, algebraic_class, member, least) for k in kinds)
            for kind, c, m in CLAIMS:
                if c == algebraic_class:
                    accepted(kind, c, m, automaton)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(10))
def test_random_automata(seed: int) -> None:
    rng = random.Random(seed)
    for _ in range(200):
        automaton = random_automaton(rng, rng.randint(1, 4), rng.randint(1, 3))
        for claim in CLAIMS:
            accepted(*claim, automaton)


def evidence_is_accepted(automaton: Automaton) -> int:
    """Checks the evidence of all deciders of CLASSES; returns how much there was."""
    letters, delta, start, accept = automaton
    names = [chr(ord("a") + i) for i in range(letters)]
    analysis = Analysis(DFA.from_lists(names, [list(row) for row in delta], start, sorted(accept)))
    dfa = analysis.dfa
    table = tuple(tuple(int(r) for r in row) for row in dfa.delta)
    final = frozenset(q for q in range(dfa.states) if dfa.accept[q])
    given_by = 0
    for decider in deciders().values():
        found = decider.evidence(analysis)
        if found is None or found.algebraic_class not in CLASSES:
            continue
        given_by += 1
        if hasattr(decider, "ALGEBRAIC_CLASS"):
            assert found.algebraic_class == decider.ALGEBRAIC_CLASS
        subject = letters, table, dfa.start, final
        claimed = found.kind, found.algebraic_class, found.member
        claim = check_certificate(certificate(*claimed, subject, found.data))
        assert is_true(claim)
    return given_by


def test_every_class_of_the_checkers_has_a_decider() -> None:
    assert set(certifiers()) == set(CLASSES)


def test_classes_that_depend_on_the_empty_word_are_not_in_the_base() -> None:
    outside = {"group-language", "strictly-piecewise", "tier-strictly-local"}
    assert set(CLASSES) - set(BASE_CLASSES) == outside
    assert all("the empty word counts" in CLASSES[name] for name in outside)


@pytest.mark.parametrize("name", LANGUAGES)
def test_evidence_of_the_deciders_is_accepted(name: str) -> None:
    assert evidence_is_accepted(LANGUAGES[name]) >= len(CLASSES)


def test_evidence_of_the_deciders_on_random_automata_is_accepted() -> None:
    rng = random.Random(5)
    for _ in range(100):
        automaton = random_automaton(rng, rng.randint(1, 4), rng.randint(1, 3))
        assert evidence_is_accepted(automaton) >= len(CLASSES)


# --- bad certificates ----------------------------------------------------------------------


@pytest.mark.parametrize("bad", BAD, ids=lambda bad: f"{bad.code}: {bad.sentence}")
def test_bad_certificate_is_rejected(bad: Bad) -> None:
    check_certificate(good(bad.base))
    with pytest.raises(Rejected) as caught:
        check_certificate(bad.certificate())
    assert (caught.value.code, caught.value.path) == (bad.code, bad.path)
    assert "\n" not in str(caught.value)


def rejections() -> list[ast.Call]:
    """All calls of `reject` in the checkers."""
    sources = sorted(Path(checkers.__file__).parent.glob("*.py"))
    nodes = [node for path in sources for node in ast.walk(ast.parse(path.read_text("utf-8")))]
    calls = [node for node in nodes if isinstance(node, ast.Call)]
    return [c for c in calls if isinstance(c.func, ast.Name) and c.func.id == "reject"]


def test_every_code_has_a_bad_example() -> None:
    codes: set[str] = set()
    for call in rejections():
        code = call.args[0]
        assert isinstance(code, ast.Constant) and isinstance(code.value, str), ast.unparse(call)
        codes.add(code.value)
    assert codes == {bad.code for bad in BAD}
    assert all(code == code.lower() and code.replace("-", "").isalpha() for code in codes)


def test_nothing_but_reject_raises() -> None:
    for path in Path(checkers.__file__).parent.glob("*.py"):
        tree = ast.parse(path.read_text("utf-8"))
        raised = sum(isinstance(node, ast.Raise) for node in ast.walk(tree))
        assert raised == (path.stem == "rejection"), path.stem
        assert not any(isinstance(node, ast.Assert) for node in ast.walk(tree)), path.stem


@pytest.mark.parametrize("first", LANGUAGES)
def test_certificates_of_one_language_for_another(first: str) -> None:
    for kind, algebraic_class, member in CLAIMS:
        data = make(kind, algebraic_class, LANGUAGES[first])
        for other in LANGUAGES.values():
            if data is None:
                continue
            value = certificate(kind, algebraic_class, member, other, data)
            try:
                claim = check_certificate(value)
            except Rejected:
                continue
            assert is_true(claim), value


# --- anything else -------------------------------------------------------------------------

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=3)
    | st.sampled_from([*CHECKERS, *CLASSES, "0", "*", "-", 10**50]),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=3), inner),
    max_leaves=12,
)


@settings(deadline=None)
@given(JSON)
def test_any_value_is_rejected(value: object) -> None:
    with pytest.raises(Rejected) as caught:
        check_certificate(value)
    assert str(caught.value).isascii()


@settings(max_examples=400, deadline=None)
@given(st.sampled_from(GOOD_NAMES), st.data())
def test_any_value_in_place_of_a_part(name: str, draw: st.DataObject) -> None:
    value = good(name)
    path: list[str | int] = []
    part: Any = value
    while isinstance(part, (dict, list)) and part and draw.draw(st.integers(0, 5)):
        keys = list(part) if isinstance(part, dict) else list(range(len(part)))
        key = draw.draw(st.sampled_from(keys))
        path.append(key)
        part = part[key]
    try:
        claim = check_certificate(edited(value, (tuple(path), draw.draw(JSON))))
    except Rejected:
        return
    assert is_true(claim)


# --- parts ---------------------------------------------------------------------------------


def test_words_longer_than_anything_written_out() -> None:
    value = good("counting--parity--star-free")
    odd = 10**39 + 1
    huge = edited(value, (("data", "w", 0, 0), odd), (("data", "u"), [[odd, [0, 1]], [2, [1]]]))
    assert check_certificate(huge).kind == "counting"
    with pytest.raises(Rejected, match="not-separated"):
        check_certificate(edited(value, (("data", "w", 0, 0), odd + 1)))
    assert length([(odd, [0, 1]), (2, [1])]) == 2 * odd + 2


def test_repeat_follows_tails_and_cycles() -> None:
    steps = [1, 2, 3, 4, 2, 5]  # 0 -> 1 -> 2 -> 3 -> 4 -> 2, and 5 -> 5
    for start in range(6):
        state = start
        for times in range(20):
            assert repeat(steps.__getitem__, start, times) == state
            state = steps[state]
    assert repeat(steps.__getitem__, 0, 3 * 10**30 + 1) == 3 * 10**30 % 3 + 4


def test_large_automata_are_described_in_short() -> None:
    n = 500
    ring = (2, tuple(((q + 1) % n, q) for q in range(n)), 0, frozenset(range(n)))
    data = MAKERS["nc0-block"](LANGUAGES["all words"])
    assert data is not None
    value = certificate("nc0-block", "nc0-regular", True, LANGUAGES["all words"], data)
    claim = check_certificate(value)
    lines = describe(claim).splitlines()
    assert lines[0] == "Claim: the language of this automaton is nc0-regular."
    assert lines[-1] == '    0: "a" -> 0, "b" -> 0'
    large = checkers.read_certificate(certificate("cycle", "R-trivial", False, ring, {}))[0]
    text = describe(large, entries=10)
    assert "... 490 more states" in text
    assert "... 490 more\n" in text
    assert len(text) < 1000


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (True, "true"),
        (None, "null"),
        (-3, "-3"),
        (-(10**5000), "an integer of more than 40 digits"),
        ("\u2028x" * 100, "'" + r"\u2028x" * 30 + "...'"),
        ([1, 2], "a list of length 2"),
        ({"a": 1}, "a value of type dict"),
        (1.5, "a value of type float"),
    ],
    ids=lambda value: type(value).__name__,
)
def test_shown_is_short_and_plain(value: object, expected: str) -> None:
    assert shown(value) == expected
