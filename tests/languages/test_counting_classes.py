"""LTL[P,MOD], 2-groups and C-RASP: deciders against definitions, containments, known languages."""

from __future__ import annotations

import random
import re
from collections import Counter
from itertools import islice
from math import lcm, prod

import numpy as np
import pytest

from languages.algebra.perfect import Element
from languages.algebra.permutations import compose, identity, order
from languages.algebra.potentials import Echelon
from languages.algebra.words import flat
from languages.algebra.work import Work, WorkLimit
from languages.classes import deciders, two_groups
from languages.classes.analysis import Analysis, Budget
from languages.dfa import DFA
from languages.evidence import Evidence
from tests import small_automata
from tests.c_rasp_oracle import c_rasp_eos, c_rasp_last
from tests.oracles import Automaton, Syntactic, minimal, nerode, omega, product, reachable, words

KEYS = ("ltl_p_mod", "two_groups", "c_rasp_eos", "c_rasp_last")
SMALL = [a for n in (1, 2, 3) for a in small_automata.all_minimal(n, 2)]


def as_dfa(automaton: Automaton) -> DFA:
    letters, delta, start, accept = automaton
    return DFA.from_lists(list("abcdefgh"[:letters]), delta, start, sorted(accept))


def answers(automaton: Automaton, budget: Budget | None = None) -> dict[str, str]:
    analysis = Analysis(as_dfa(automaton), budget)
    return {key: deciders()[key].decide(analysis).value for key in KEYS}


def drawn(shape: str, count: int) -> list[Automaton]:
    rng = random.Random(shape)
    return [small_automata.SHAPES[shape](rng) for _ in range(count)]


def random_ring(rng: random.Random) -> Automaton:
    """A ring with few other transitions, all else to a sink: often a language of C-RASP."""
    n, letters = rng.randint(3, 7), rng.randint(2, 3)
    table = [[n] * letters for _ in range(n + 1)]
    for q in range(n):
        table[q][rng.randrange(letters)] = (q + 1) % n
    for _ in range(rng.randint(0, 2)):
        table[rng.randrange(n)][rng.randrange(letters)] = rng.randrange(n)
    accept = frozenset(rng.sample(range(n), rng.randint(1, n)))
    return letters, tuple(map(tuple, table)), 0, accept


RINGS = [random_ring(random.Random(seed)) for seed in range(300)]


def stably_r_trivial(monoid: Syntactic) -> bool:
    """(xy)^omega x = (xy)^omega in the stable semigroup."""
    powers = ((omega(product(x, y)), x) for x in monoid.stable for y in monoid.stable)
    return all(product(e, x) == e for e, x in powers)


def power_partially_ordered(automaton: Automaton) -> bool:
    """For some k, words of length k lead along a partial order of the states."""
    _, delta, _, _ = minimal(automaton)
    states = range(len(delta))
    after = [{q} for q in states]
    for _ in range(lcm(*range(1, len(delta) + 1))):
        after = [{r for p in after[q] for r in delta[p]} for q in states]
        table = tuple(tuple(sorted(found)) for found in after)
        reach = [reachable(table, {q}) for q in states]
        if not any(q in reach[p] and p in reach[q] for q in states for p in range(q)):
            return True
    return False


def compare(automaton: Automaton) -> tuple[bool, ...]:
    """Ask the deciders and the definitions; check what contains what."""
    monoid = Syntactic(automaton)
    expected = {
        "ltl_p_mod": stably_r_trivial(monoid),
        "two_groups": all(len(group).bit_count() == 1 for group in monoid.groups.values()),
        "c_rasp_eos": c_rasp_eos(automaton),
        "c_rasp_last": c_rasp_last(automaton),
    }
    assert answers(automaton) == {k: "yes" if v else "no" for k, v in expected.items()}, automaton
    if len(monoid.automaton[1]) <= 5:
        assert power_partially_ordered(automaton) == expected["ltl_p_mod"]
    right = monoid.r_trivial()
    assert right <= expected["ltl_p_mod"] <= monoid.ac0()
    assert monoid.star_free() <= expected["two_groups"] <= monoid.solvable()
    # Yang, Veseli, Barloy et al. (2026), Theorem 14, and the transfer between the readouts.
    assert right <= expected["c_rasp_eos"] <= monoid.one_idempotent_per_r_class()
    assert expected["c_rasp_eos"] <= expected["c_rasp_last"] <= monoid.star_free()
    return right, *expected.values(), monoid.one_idempotent_per_r_class(), monoid.star_free()


def test_all_small_automata_and_rings() -> None:
    seen = Counter(compare(a) for a in [*SMALL, *RINGS])
    for column in range(7):
        assert len({key[column] for key in seen}) == 2
    right, _, _, eos, last, one, aperiodic = range(7)
    for smaller, larger in ((right, eos), (eos, last), (eos, one), (last, aperiodic)):
        assert sum(n for key, n in seen.items() if key[larger] > key[smaller]) >= 5
    assert any(key[one] > key[last] for key in seen)


@pytest.mark.parametrize("shape", small_automata.SHAPES)
def test_random_automata(shape: str) -> None:
    for automaton in drawn(shape, 30):
        compare(automaton)


@pytest.mark.slow
@pytest.mark.parametrize("shape", small_automata.SHAPES)
def test_many_random_automata(shape: str) -> None:
    for automaton in drawn(shape, 400)[30:]:
        compare(automaton)


# --- known languages -----------------------------------------------------------------------

KNOWN = [
    # expression, letters, states at most, LTL[P,MOD], 2-groups, C-RASP after the word, at its end
    ("(aa)*", "a", 4, "yynn"),
    ("(aaa)*", "a", 4, "ynnn"),
    ("(ab)*", "ab", 4, "yyyy"),
    ("a.*", "ab", 4, "yyyy"),
    (".*a", "ab", 4, "nyny"),
    ("(0|10*1)*", "01", 4, "nynn"),
    (".*ab.*", "ab", 4, "yyyy"),
    (".*ab.*", "abc", 4, "nynn"),
    (".*be*", "be", 4, "yyyy"),
    (".*be*", "abe", 4, "nynn"),
    ("(ab|ba)*", "ab", 5, "nyyy"),
    ("(ab|bbaa)*", "ab", 7, "nyyy"),
    ("(a(ab)*b)*", "ab", 5, "nyyy"),
    ("(a(a(ab)*b)*b)*", "ab", 6, "nyyy"),
    ("a+b+a+", "ab", 6, "yyyy"),
    ("(ab|aabb)*", "ab", 6, "nynn"),
    ("(ab|bba)*", "ab", 6, "nynn"),
    (".*b.", "ab", 5, "nynn"),
]


@pytest.mark.parametrize(("pattern", "letters", "states", "expected"), KNOWN)
def test_known_languages(pattern: str, letters: str, states: int, expected: str) -> None:
    compiled = re.compile(pattern)
    automaton = nerode(
        len(letters),
        lambda word: compiled.fullmatch("".join(letters[a] for a in word)) is not None,
        states,
    )
    found = answers(automaton)
    assert "".join(found[key][0] for key in KEYS) == expected


def bounded_dyck(depth: int) -> DFA:
    """One kind of brackets, at most `depth` open at any time."""
    rows = [[q + 1 if q < depth else None, q - 1 if q else None] for q in range(depth + 1)]
    return DFA.from_lists(["(", ")"], rows, 0, [0])


@pytest.mark.parametrize("depth", [1, 2, 5, 200])
def test_bounded_dyck_languages(depth: int) -> None:
    analysis = Analysis(bounded_dyck(depth))
    answer = deciders()["c_rasp_eos"].decide(analysis)
    assert answer.value == "yes"
    assert answer.reason.startswith("1 rounds of counts ")
    found = deciders()["c_rasp_eos"].evidence(analysis)
    assert found is not None
    (values,) = found.data["values"]
    gain = values[1] - values[0]
    assert gain != 0
    assert [values[q] for q in _chain(analysis.dfa)] == [gain * q for q in range(depth + 1)]


def _chain(dfa: DFA) -> list[int]:
    states = [dfa.start]
    while (q := dfa.run([0], states[-1])) != states[-1] and dfa.run([1], q) == states[-1]:
        states.append(q)
    return states


# --- reading with counts only --------------------------------------------------------------


class Counts:
    """The program in a certificate, run with nothing but counts of earlier positions.

    `labels` counts letters with the class of each round that the counts showed, since the block
    was entered, also after it was left; `entries` the positions at which a block was entered in a
    state; `exits` those at which the counts showed that a block was left.
    """

    def __init__(self, dfa: DFA, rank: list[int], values: list[list[int]]) -> None:
        self.dfa, self.rank, self.values = dfa, rank, values
        self.classes = [(rank[q], *(v[q] for v in values)) for q in range(dfa.states)]
        self.target: dict[tuple[tuple[int, ...], int], int] = {}
        self.gain: dict[tuple[tuple[int, ...], int], int] = {}
        for q, row in enumerate(dfa.delta.tolist()):
            for a, r in enumerate(row):
                self.target[self.classes[q], a] = r
                if rank[r] == rank[q]:
                    for i, v in enumerate(values):
                        self.gain[self.classes[q][: i + 1], a] = v[r] - v[q]
        self.labels: Counter[tuple[tuple[int, ...], int]] = Counter()
        self.entries: Counter[int] = Counter({dfa.start: 1})
        self.exits: Counter[int] = Counter()

    def shown(self) -> list[tuple[int, ...]]:
        """For each block that has been entered the class that the counts show."""
        result = []
        for p in self.entries:
            found: tuple[int, ...] = (self.rank[p],)
            for i, v in enumerate(self.values):
                gained = sum(
                    self.gain.get((prefix, a), 0) * n
                    for (prefix, a), n in self.labels.items()
                    if len(prefix) == i + 1 and prefix[0] == self.rank[p]
                )
                found = (*found, v[p] + gained)
            result.append(found)
        return result

    def current(self) -> tuple[int, ...]:
        """The class in the block that has not been left."""
        (found,) = (c for c in self.shown() if not self.exits[c[0]])
        return found

    def read(self, a: int) -> None:
        """Go to the next position."""
        for found in self.shown():
            target = self.target.get((found, a))
            leaves = target is not None and self.rank[target] != found[0]
            if target is not None and leaves and not self.exits[found[0]]:
                self.entries[target] += 1
            self.exits[found[0]] += leaves
            for i in range(len(self.values)):
                self.labels[found[: i + 1], a] += 1


def follow(counts: Counts, word: tuple[int, ...], last: bool) -> None:
    """Compare with the automaton at each position of a word."""
    dfa, q = counts.dfa, counts.dfa.start
    for a in word:
        found = counts.current()
        assert found == counts.classes[q]
        r = dfa.run([a], q)
        assert dfa.accept[counts.target[found, a]] == dfa.accept[r]
        if not last:
            assert counts.classes.index(found) == q
        counts.read(a)
        q = r


@pytest.mark.parametrize("key", ["c_rasp_eos", "c_rasp_last"])
def test_counts_know_the_state(key: str) -> None:
    rng = random.Random(key)
    programs = deep = 0
    for automaton in [*SMALL[::9], *RINGS[::3]]:
        analysis = Analysis(as_dfa(automaton))
        found = deciders()[key].evidence(analysis)
        if found is None or not found.member:
            continue
        programs += 1
        deep += len(found.data["values"]) > 1
        letters = automaton[0]
        long = [tuple(rng.randrange(letters) for _ in range(30)) for _ in range(5)]
        for word in [*words(letters, 5), *long]:
            counts = Counts(analysis.dfa, found.data["rank"], found.data["values"])
            follow(counts, word, key == "c_rasp_last")
    assert programs >= 30
    assert deep >= 3


# --- evidence at the limits ----------------------------------------------------------------


def evidence(key: str, dfa: DFA) -> Evidence:
    found = deciders()[key].evidence(Analysis(dfa))
    assert found is not None
    return found


def rings(*lengths: int) -> DFA:
    """Rings of one letter, one after the other: b leads from the start of one to the next."""
    rows: list[list[int | None]] = []
    starts = [sum(lengths[:i]) for i in range(len(lengths))]
    for start, length in zip(starts, lengths, strict=True):
        rows += [[start + (i + 1) % length, None] for i in range(length)]
        rows[start][1] = start + length if start != starts[-1] else None
    return DFA.from_lists(["a", "b"], rows, 0, starts)


def test_long_periods() -> None:
    primes = [2, 3, 5, 7, 11, 13, 17, 19, 23]
    assert evidence("ltl_p_mod", rings(*primes)).data["k"] == prod(primes)


def test_periods_beyond_forty_digits_are_not_certified() -> None:
    primes = [p for p in range(2, 110) if all(p % d for d in range(2, p))]
    analysis = Analysis(rings(*primes))
    assert deciders()["ltl_p_mod"].decide(analysis).value == "yes"
    assert deciders()["ltl_p_mod"].evidence(analysis) is None


@pytest.mark.parametrize("key", ["c_rasp_eos", "c_rasp_last"])
def test_undetermined_when_the_linear_algebra_is_too_long(key: str) -> None:
    analysis = Analysis(bounded_dyck(9), Budget(max_pairs=3))
    answer = deciders()[key].decide(analysis)
    assert (answer.value, "--max-pairs" in answer.reason) == ("undetermined", True)
    assert deciders()[key].evidence(analysis) is None


def test_undetermined_when_the_orbit_is_too_large() -> None:
    budget = Budget(max_image_sets=1, max_pairs=1)
    assert answers(small_automata.tracking([(1, 2, 3, 0)], {0}), budget)["two_groups"] == "yes"
    slow = as_dfa(small_automata.tracking([(1, 0, 2, 2), (0, 2, 1, 1), (3, 3, 0, 1)], {0}))
    assert deciders()["two_groups"].decide(Analysis(slow, budget)).value == "undetermined"
    assert deciders()["two_groups"].decide(Analysis(slow)).value == "no"


# --- parts ---------------------------------------------------------------------------------


@pytest.mark.parametrize("seed", range(20))
def test_odd_elements_of_groups_of_involutions(seed: int) -> None:
    """Letters of order two: an odd cycle, if there is one, needs a product."""
    rng = random.Random(seed)
    n = rng.choice([4, 6, 8])
    generators = []
    for _ in range(rng.randint(2, 3)):
        points = rng.sample(range(n), n)
        image = list(range(n))
        for x, y in zip(points[::2], points[1::2], strict=True):
            image[x], image[y] = y, x
        generators.append(tuple(image))
    automaton = small_automata.tracking(generators, {0})
    compare(automaton)
    found = deciders()["two_groups"].evidence(Analysis(as_dfa(automaton)))
    assert found is not None
    assert found.member or found.data["k"] % 2 == 1


def test_odd_element_is_what_its_word_does() -> None:
    automaton = small_automata.tracking([(1, 0, 2, 3), (0, 2, 1, 3), (0, 1, 3, 2)], {0})
    analysis = Analysis(as_dfa(automaton))
    (component,) = (c for c in analysis.components() if c.degree == 4)
    found = two_groups.odd_element(component)
    assert isinstance(found, Element)
    assert two_groups.odd_part(order(found.action)) > 1
    loops = dict(islice(component.loops(), 10))
    done = identity(4)
    for a in flat(found.word):
        done = compose(done, loops[a,])
    assert done == found.action


def test_echelon_form_and_origins() -> None:
    rng = np.random.default_rng(3)
    for _ in range(50):
        rows = rng.integers(-3, 4, size=(6, 5)).tolist()
        rows.append([2 * x - 3 * y for x, y in zip(rows[0], rows[1], strict=True)])
        echelon = Echelon(Work(10**6))
        for name, row in enumerate(rows):
            echelon.insert({i: x for i, x in enumerate(row) if x}, name)
        assert len(echelon.rows) == np.linalg.matrix_rank(np.asarray(rows))
        for column, row in echelon.rows.items():
            assert row[column] == 1
            assert not set(row) & (set(echelon.rows) - {column})
            spelled = [sum(x * rows[n][i] for n, x in echelon.origin[column].items())
                       for i in range(5)]
            assert spelled == [row.get(i, 0) for i in range(5)]
        rest, combination = echelon.reduced({i: x for i, x in enumerate(rows[-1]) if x})
        assert rest == {}
        assert [sum(x * rows[n][i] for n, x in combination.items()) for i in range(5)] == rows[-1]


def test_work_is_limited() -> None:
    work = Work(5)
    work.spend(5)
    with pytest.raises(WorkLimit):
        work.spend(1)
