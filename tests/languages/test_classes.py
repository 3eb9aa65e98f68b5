"""Deciders and their evidence: every certificate must be accepted, every answer has one."""

from __future__ import annotations

import json
import random
from typing import Any

import pytest

from languages.classes import deciders
from languages.classes.analysis import Analysis, Budget
from languages.classify import ORDER, classify, classify_analysis
from languages.dfa import DFA
from languages.evidence import Evidence
from proofs.checkers import check_certificate
from tests import small_automata
from tests.oracles import Automaton

CLASS_OF = {
    "piecewise_testable": "J-trivial",
    "r_trivial": "R-trivial",
    "l_trivial": "L-trivial",
    "star_free": "star-free",
    "nc0": "nc0-regular",
    "ac0": "quasi-aperiodic",
    "solvable": "solvable",
}
Columns = list[tuple[int, ...]]


def build(automaton: Automaton) -> DFA:
    """The plain automaton as a DFA over a, b, c, ..."""
    letters, delta, start, accept = automaton
    alphabet = [chr(97 + a) for a in range(letters)]
    return DFA.from_lists(alphabet, delta, start, sorted(accept))


def tracking(columns: Columns) -> DFA:
    """Follow point 0 under these maps of points; accept when it stands at 0."""
    alphabet = [f"x{i}" for i in range(len(columns))]
    return DFA.from_lists(alphabet, [list(row) for row in zip(*columns, strict=True)], 0, [0])


def cyclic(degree: int, *orbits: tuple[int, ...]) -> tuple[int, ...]:
    """The permutation with these cycles."""
    image = list(range(degree))
    for orbit in orbits:
        for i, x in enumerate(orbit):
            image[x] = orbit[(i + 1) % len(orbit)]
    return tuple(image)


def symmetric(degree: int) -> Columns:
    """Two generators of the symmetric group."""
    return [cyclic(degree, (0, 1)), cyclic(degree, tuple(range(degree)))]


def transformations(degree: int) -> Columns:
    """Three generators of all maps."""
    return [*symmetric(degree), (0, 0, *range(2, degree))]


def word_problem(generators: Columns) -> DFA:
    """The words over the generators whose product is the identity."""
    one = tuple(range(len(generators[0])))
    number = {one: 0}
    queue = [one]
    delta = []
    for g in queue:
        row = []
        for h in generators:
            product = tuple(h[x] for x in g)
            if product not in number:
                number[product] = len(queue)
                queue.append(product)
            row.append(number[product])
        delta.append(row)
    return DFA.from_lists([f"x{i}" for i in range(len(generators))], delta, 0, [0])


def with_reset(dfa: DFA) -> DFA:
    """A further letter that leads back to the start."""
    delta = [[*row, dfa.start] for row in dfa.table]
    accept = [q for q in range(dfa.states) if dfa.accept[q]]
    return DFA.from_lists([*dfa.alphabet, "reset"], delta, dfa.start, accept)


def check(analysis: Analysis, evidence: Evidence) -> None:
    """Write the evidence as a certificate, read it back and check it."""
    dfa = analysis.dfa
    language = {
        "alphabet": list(dfa.alphabet),
        "states": dfa.states,
        "start": dfa.start,
        "accept": [q for q in range(dfa.states) if dfa.accept[q]],
        "delta": dfa.table,
    }
    certificate: dict[str, Any] = {
        "format": "expressivity certificate",
        "version": 1,
        "kind": evidence.kind,
        "claim": {
            "language": language,
            "class": evidence.algebraic_class,
            "member": evidence.member,
        },
        "data": evidence.data,
    }
    check_certificate(json.loads(json.dumps(certificate)))


def check_all(dfa: DFA) -> dict[str, str]:
    """All answers; each of them has evidence that is accepted."""
    analysis = Analysis(dfa)
    found = classify_analysis(analysis).answers
    answers: dict[str, str] = {key: answer.value for key, answer in found.items()}
    for key, name in CLASS_OF.items():
        evidence = deciders()[key].evidence(analysis)
        assert evidence is not None, key
        assert (evidence.algebraic_class, evidence.member) == (name, answers[key] == "yes")
        check(analysis, evidence)
    perfect = deciders()["nc1_complete"].evidence(analysis)
    assert (perfect is not None) == (answers["nc1_complete"] == "yes")
    if perfect is not None:
        assert perfect.kind == "perfect-group"
    return answers


# --- every answer is certified -------------------------------------------------------------


def test_all_small_automata() -> None:
    for states in (1, 2, 3):
        for automaton in small_automata.all_minimal(states, 2):
            check_all(build(automaton))


def test_one_letter() -> None:
    for automaton in small_automata.all_one_letter(6):
        answers = check_all(build(automaton))
        assert answers["nc0"] == "yes"


@pytest.mark.parametrize("shape", small_automata.SHAPES)
def test_random_automata(shape: str) -> None:
    rng = random.Random(shape)
    for _ in range(40):
        check_all(build(small_automata.SHAPES[shape](rng)))


GROUP_CASES: dict[str, tuple[DFA, str, int]] = {
    "S3": (word_problem(symmetric(3)), "ACC0", 6),
    "S4": (word_problem(symmetric(4)), "ACC0", 24),
    "Z6": (word_problem([cyclic(6, tuple(range(6)))]), "NC0", 6),
    "Z6 with reset": (with_reset(word_problem([cyclic(6, tuple(range(6)))])), "AC0", 6),
    "D8 on 8 points": (
        tracking([cyclic(8, tuple(range(8))), cyclic(8, (1, 7), (2, 6), (3, 5))]),
        "ACC0",
        8,
    ),
    "Z2 wr Z2": (tracking([cyclic(4, (0, 1)), cyclic(4, (0, 2), (1, 3))]), "ACC0", 4),
    "A5": (word_problem([cyclic(5, (0, 1, 2)), cyclic(5, (0, 1, 2, 3, 4))]), "NC1-complete", 60),
    "S5": (word_problem(symmetric(5)), "NC1-complete", 120),
    "S5 with reset": (with_reset(word_problem(symmetric(5))), "NC1-complete", 120),
    "A5 x Z2": (
        word_problem([cyclic(7, (0, 1, 2), (5, 6)), cyclic(7, (0, 1, 2, 3, 4))]),
        "NC1-complete",
        120,
    ),
    "A5 wr Z2": (
        tracking(
            [
                cyclic(10, (0, 1, 2)),
                cyclic(10, (0, 1, 2, 3, 4)),
                cyclic(10, *((i, i + 5) for i in range(5))),
            ]
        ),
        "NC1-complete",
        10,
    ),
    "PSL(2,7) on 7 points": (
        tracking([cyclic(7, tuple(range(7))), cyclic(7, (1, 2), (3, 6))]),
        "NC1-complete",
        7,
    ),
    "PSL(2,7) on 8 points": (
        tracking([cyclic(8, tuple(range(7))), cyclic(8, (0, 7), (1, 6), (2, 3), (4, 5))]),
        "NC1-complete",
        8,
    ),
    "M11": (
        tracking([cyclic(11, tuple(range(11))), cyclic(11, (2, 6, 10, 7), (3, 9, 4, 5))]),
        "NC1-complete",
        11,
    ),
    "S20": (tracking(symmetric(20)), "NC1-complete", 20),
    "T4": (tracking(transformations(4)), "ACC0", 4),
    "T5": (tracking(transformations(5)), "NC1-complete", 5),
    "T7": (tracking(transformations(7)), "NC1-complete", 7),
    "T10": (tracking(transformations(10)), "NC1-complete", 10),
}


@pytest.mark.parametrize("name", GROUP_CASES)
def test_groups(name: str) -> None:
    dfa, circuit_class, states = GROUP_CASES[name]
    found = classify(dfa)
    assert found.circuit_class == circuit_class
    assert found.dfa_states == states
    check_all(dfa)


# --- conditions and budgets ----------------------------------------------------------------


def test_no_to_completeness_rests_on_a_conjecture_for_two_primes() -> None:
    assert classify(word_problem(symmetric(3))).conditions == {"nc1_complete": "ACC0 != NC1"}
    parity = classify(DFA.from_lists(["a", "b"], [[1, 0], [0, 1]], 0, [0]))
    assert parity.circuit_class == "ACC0"
    assert parity.conditions == {}
    assert classify(word_problem(symmetric(5))).conditions == {}


def test_answers_come_in_a_fixed_order() -> None:
    assert tuple(classify(tracking(symmetric(3))).answers)[: len(ORDER)] == ORDER


def path_shrinking(degree: int) -> DFA:
    """Aperiodic, with every non-empty set of states as an image set."""
    up = [tuple(j + 1 if j == i else j for j in range(degree)) for i in range(degree - 1)]
    down = [tuple(j - 1 if j == i else j for j in range(degree)) for i in range(1, degree)]
    return tracking(up + down)


def test_over_budget_is_undetermined_and_names_the_option() -> None:
    small = Budget(max_image_sets=100)
    answers = classify(path_shrinking(10), small).answers
    assert answers["star_free"].value == "undetermined"
    assert answers["star_free"].reason == "more than 100 image sets; raise --max-image-sets"
    assert deciders()["star_free"].evidence(Analysis(path_shrinking(10), small)) is None
    assert classify(path_shrinking(10)).answers["star_free"].value == "yes"
    tiny = classify(path_shrinking(10), Budget(max_pairs=10))
    assert tiny.answers["nc0"].reason.endswith("raise --max-pairs")
    assert tiny.circuit_class == "undetermined"


def test_too_much_work_on_permutations_is_undetermined() -> None:
    small = Budget(max_image_cells=500)
    analysis = Analysis(word_problem(symmetric(4)), small)
    answers = classify_analysis(analysis).answers
    reason = "more than 500 cells in permutations of states; raise --max-image-cells"
    for key in ("solvable", "nc1_complete"):
        assert (answers[key].value, answers[key].reason) == ("undetermined", reason)
    assert deciders()["solvable"].evidence(analysis) is None
    assert classify(word_problem(symmetric(4))).answers["solvable"].value == "yes"


def test_evidence_over_budget_is_none() -> None:
    """A group that is found to be abelian needs little work, its presentation more."""
    turn = cyclic(30, tuple(range(30)))
    dfa = tracking([turn, tuple(range(30))])
    assert deciders()["solvable"].evidence(Analysis(dfa)) is not None
    analysis = Analysis(dfa, Budget(max_image_cells=5000))
    assert deciders()["solvable"].decide(analysis).value == "yes"
    assert deciders()["solvable"].evidence(analysis) is None


@pytest.mark.parametrize("key", ["nc0", "l_trivial", "star_free", "ac0", "solvable"])
def test_definite_languages_need_no_pairs(key: str) -> None:
    """The last four letters decide: 16 states that words of length four send to one."""
    delta = [[2 * q % 16, (2 * q + 1) % 16] for q in range(16)]
    dfa = DFA.from_lists(["a", "b"], delta, 0, list(range(8, 16)))
    analysis = Analysis(dfa, Budget(max_pairs=1, max_image_sets=3))
    assert deciders()[key].decide(analysis).value == "yes"


@pytest.mark.parametrize("key", ["nc0", "ac0", "solvable", "l_trivial"])
def test_one_letter_needs_no_budget(key: str) -> None:
    """A tail of three states that leads into a ring of six."""
    delta = [[min(q + 1, 9) if q < 8 else 3] for q in range(9)]
    dfa = DFA.from_lists(["a"], delta, 0, [0, 3])
    full = deciders()[key].decide(Analysis(dfa)).value
    tiny = Analysis(dfa, Budget(max_image_sets=1, max_pairs=1))
    assert deciders()[key].decide(tiny).value == full != "undetermined"
    if key == "nc0":
        evidence = deciders()[key].evidence(tiny)
        assert evidence is not None
        check(tiny, evidence)


def late_automaton(rng: random.Random) -> DFA:
    """Eight states that are left for good, four with cycles, and two that follow one of these."""
    base = [[rng.randrange(4), rng.randrange(4)] for _ in range(4)]
    if rng.random() < 0.4:
        base = [[(q + 1) % 4, q ^ 1] for q in range(4)]
    delta = [[rng.randrange(q + 1, 12), rng.randrange(q + 1, 12)] for q in range(8)]
    delta += [[8 + r for r in row] for row in base]
    delta += [list(delta[rng.randrange(8, 12)]) for _ in range(2)]
    for q in (10, 11):
        delta[q][rng.randrange(2)] = rng.randrange(8, 14)
    accept = [q for q in range(14) if rng.random() < 0.5]
    return DFA.from_lists(["a", "b"], delta, 0, accept)


@pytest.mark.parametrize("seed", range(100))
def test_smaller_automata_have_the_same_answers(seed: int) -> None:
    rng = random.Random(seed)
    analysis = Analysis(late_automaton(rng))
    while analysis.core is None:  # minimisation left too little
        analysis = Analysis(late_automaton(rng))
    for smaller, keys in (
        (analysis.core, ("star_free", "ac0", "solvable", "nc0")),
        (analysis.merged, ("star_free", "ac0", "solvable", "nc0", "l_trivial")),
    ):
        if smaller is not None:
            for key in keys:
                decide = deciders()[key].decide
                assert decide(smaller).value == decide(analysis).value, key


def test_time_limit() -> None:
    answers = classify(path_shrinking(10), Budget(seconds=0.0)).answers
    assert answers["star_free"].reason == "more than 0.0 seconds of image sets; raise --seconds"


def test_progress_is_told_the_number_of_image_sets() -> None:
    told: list[tuple[str, int]] = []
    classify(path_shrinking(10), progress=lambda what, count: told.append((what, count)))
    assert told[-1] == ("image sets", 2**10 - 1 - 10)


@pytest.mark.parametrize("seed", range(3))
def test_random_probes_settle_large_random_automata(seed: int) -> None:
    """Breadth-first search through image sets would not come to the small sets in time."""
    rng = random.Random(seed)
    columns = [tuple(rng.randrange(150) for _ in range(150)) for _ in range(30)]
    analysis = Analysis(tracking(columns))
    assert classify_analysis(analysis).circuit_class == "NC1-complete"
    for key in ("nc0", "ac0", "solvable", "star_free", "l_trivial"):
        evidence = deciders()[key].evidence(analysis)
        assert evidence is not None
        assert not evidence.member
        check(analysis, evidence)
