"""Patterns: what they say holds on the automaton; their words are in and out of the language."""

from __future__ import annotations

import random
from collections import Counter
from typing import Any

import pytest

from languages.algebra.words import Word, plain
from languages.classes import certifiers
from languages.classes.analysis import Analysis, Budget
from languages.dfa import DFA
from languages.explanation.explain import QUESTION, explain
from languages.explanation.families import Part, length, once, settle, to_the
from languages.explanation.families import spelled as letters_of
from languages.explanation.names import TITLES
from languages.explanation.pattern import Board
from languages.explanation.patterns import BY_EVIDENCE, BY_KEY
from languages.parse import parse_language
from languages.words import words_up_to
from tests.explanation.plain_words import (
    EXPONENTS,
    dfa_of,
    explained,
    member,
    run,
    sample_dfas,
    spelled,
)
from tests.small_automata import SHAPES

COUNT = 5
ONE_SIDED = ("finite", "cofinite")

Found = dict[str, Any]


def patterns() -> list[tuple[DFA, Found, str, Found]]:
    """(automaton, JSON, key, pattern) for all patterns of the sample."""
    return [(dfa, plain_, key, entry["pattern"]) for dfa, _, plain_ in explained(COUNT)
            for key, entry in plain_["classes"].items() if "pattern" in entry]


def word(pattern: Found, name: str) -> tuple[str, ...] | None:
    return spelled(pattern["words"][name])


def members(pattern: Found, n: int) -> list[tuple[str, ...] | None]:
    """The words of the samples for n, whether or not they say something about this n."""
    return [member(s["family"], n) for s in pattern["samples"]]


def test_every_decider_has_a_name() -> None:
    for _, found, _ in explained(1)[:1]:
        assert set(found.classification.answers) <= set(TITLES)


def test_every_no_has_a_pattern() -> None:
    """But for NC1-completeness, where a yes has one."""
    for _, found, _ in explained(COUNT):
        for why in found.classes:
            wanted = "yes" if why.key == QUESTION else "no"
            assert (why.pattern is not None) == (why.answer.value == wanted), why.key


def test_all_kinds_of_patterns_occur() -> None:
    kinds = {p["kind"] for *_, p in patterns()}
    assert set(BY_EVIDENCE) <= kinds
    assert {"loop", "lost-by-deletion", "letter-that-merges", "two-primes", "local-swap", "knast",
            "local-da", "stable-da"} <= kinds
    assert {key for _, _, key, _ in patterns()} >= set(BY_KEY)


def test_words_of_samples_are_in_or_out_for_all_exponents_tried() -> None:
    tried = 0
    for dfa, _, key, pattern in patterns():
        values = set()
        for sample in pattern["samples"]:
            values.add(sample["in_language"])
            for n in range(sample["for_all_n_from"], sample["for_all_n_from"] + EXPONENTS):
                found = member(sample["family"], n)
                if found is not None:
                    tried += 1
                    assert dfa.accepts(found) == sample["in_language"], (key, sample["words"], n)
            if "example" in sample:
                n = sample["example"]["n"]
                found = member(sample["family"], n)
                assert n >= sample["for_all_n_from"] and found is not None
                assert sample["example"]["word"] in ("".join(found), "ε")
        assert len(values) == (1 if key in ONE_SIDED else 2)
    assert tried > 1000


def test_words_lead_where_the_pattern_says() -> None:
    for _, plain_, key, pattern in patterns():
        for step in pattern["runs"]:
            letters = word(pattern, step["word"])
            if letters is not None:
                assert run(plain_, step["from"], letters) == step["to"], (key, step)


def test_residues_of_counting_words() -> None:
    """u w^i v is in the language iff i modulo the period is one of the residues."""
    checked = 0
    for dfa, _, key, pattern in patterns():
        if pattern["kind"] != "counting":
            continue
        u, w, v = (word(pattern, name) for name in "uwv")
        k = pattern["numbers"]["period"]
        assert k >= 2 and (key != "two_groups" or k % 2)
        if u is None or w is None or v is None or len(w) * k > 300:
            continue
        for i in range(2 * k + 3):
            checked += 1
            assert dfa.accepts(u + w * i + v) == (i % k in pattern["numbers"]["residues"])
    assert checked


def test_words_of_one_length_count() -> None:
    """After u, words of e's and g's are told apart only by the number of g's modulo k."""
    rng = random.Random(0)
    checked = 0
    for dfa, plain_, _, pattern in patterns():
        if pattern["kind"] != "same-length-counting":
            continue
        u, e, g, v = (word(pattern, name) for name in "uegv")
        if u is None or e is None or g is None or v is None or len(e) > 100:
            continue
        assert len(e) == len(g) == pattern["numbers"]["length"] > 0
        cycle = pattern["numbers"]["states"]
        for _ in range(8):
            bits = [rng.random() < 0.5 for _ in range(rng.randrange(8))]
            text = u + sum((g if bit else e for bit in bits), ())
            state = cycle[sum(bits) % len(cycle)]
            assert run(plain_, plain_["automaton"]["start"], text) == state
            assert dfa.accepts(text + v) == (run(plain_, state, v) in plain_["automaton"]["accept"])
            checked += 1
    assert checked


def factors(text: tuple[str, ...], k: int) -> Counter[tuple[str, ...]]:
    """How often each factor of k letters occurs; <, > mark the ends."""
    marked = ("<", *text, ">")
    return Counter(marked[i:i + k] for i in range(len(marked) - k + 1))


def test_why_of_local_patterns() -> None:
    """What the reasons say about factors of the words, for small n."""
    seen = Counter[str]()
    for _, _, _, pattern in patterns():
        kind = pattern["kind"]
        for n in (1, 2):
            found = members(pattern, n)
            if any(w is None or len(w) > 400 for w in found):
                continue
            texts = [w for w in found if w is not None]
            if kind == "live-loops":
                x = word(pattern, "x")
                assert x is not None
                allowed, out = texts[:2], texts[2]
                for k in range(1, n * len(x) + 2):
                    union = set(factors(allowed[0], k)) | set(factors(allowed[1], k))
                    assert set(factors(out, k)) <= union
            elif kind in ("local-square", "local-exchange"):
                e = word(pattern, "e")
                assert e is not None
                for k in range(1, n * len(e) + 2):
                    one, two = (factors(t, k) for t in texts)
                    assert set(one) == set(two)
                    assert kind == "local-square" or one == two
            elif kind == "local-swap":
                for k in range(1, n + 1):
                    one, two = (factors(t, k) for t in texts)
                    assert one == two
            else:
                continue
            seen[kind] += 1
    assert set(seen) == {"live-loops", "local-square", "local-exchange", "local-swap"}


def test_why_of_ends_and_letters() -> None:
    seen = Counter[str]()
    for _, _, _, pattern in patterns():
        kind = pattern["kind"]
        for n in range(1, 4):
            found = members(pattern, n)
            if len(found) != 2 or found[0] is None or found[1] is None:
                continue
            one, two = found
            if kind == "parallel-loops":
                x, v = word(pattern, "x"), word(pattern, "v")
                assert x and v is not None
                assert one[len(one) - n * len(x) - len(v):] == two[len(two) - n * len(x) - len(v):]
            elif kind in ("loop-exit", "joined-loops", "nc0-swap"):
                u, v = word(pattern, "u"), word(pattern, "v")
                loop = word(pattern, "x" if kind == "loop-exit" else "e")
                assert loop and u is not None and v is not None
                first = len(u) + n * len(loop)
                assert one[:first] == two[:first]
                if kind != "loop-exit":
                    last = n * len(loop) + len(v)
                    assert one[len(one) - last:] == two[len(two) - last:]
                assert kind != "nc0-swap" or len(one) == len(two)
            elif kind == "order-of-letters":
                assert sorted(one) == sorted(two)
            elif kind == "lost-by-deletion":
                assert len(one) == len(two) + 1
            elif kind == "same-length-cycle":
                x, e, y = (word(pattern, name) for name in "xey")
                assert x is not None and e is not None and y is not None
                assert len(x) == len(e) == len(y) == pattern["numbers"]["length"]
            elif kind == "alphabet-path":
                s, w = word(pattern, "s"), word(pattern, "w")
                assert s is not None and w is not None and set(s) <= set(w)
            elif kind == "left-pattern":
                a, z, f = (word(pattern, name) for name in "azf")
                assert a is not None and z is not None and f is not None
                assert set(a) | set(z) <= set(f)
            else:
                continue
            seen[kind] += 1
    assert len(seen) == 9


def test_elements_of_identities_break_them() -> None:
    """The words are idempotent, inverse and so on as maps of states, as the patterns say."""
    checked = Counter[str]()
    for _, plain_, _, pattern in patterns():
        if pattern["kind"] not in ("local-swap", "knast", "local-da", "stable-da"):
            continue
        n = plain_["automaton"]["states"]
        maps = {name: tuple(run(plain_, q, spelled(blocks) or ()) for q in range(n))
                for name, blocks in pattern["words"].items()}

        def times(*names: str, maps: dict[str, tuple[int, ...]] = maps,
                  n: int = n) -> tuple[int, ...]:
            result = tuple(range(n))
            for name in names:
                result = tuple(maps[name][q] for q in result)
            return result

        kind = pattern["kind"]
        checked[kind] += 1
        if kind == "stable-da":
            x, y = pattern["words"]["x"], pattern["words"]["y"]
            assert len(spelled(x) or ()) == len(spelled(y) or ()) == pattern["numbers"]["length"]
        else:
            assert times("e", "e") == times("e")
        if kind in ("stable-da", "local-da"):
            assert times("x", "y", "x") == times("x") != times("x", "x")
        if kind == "local-swap":
            assert times("p", "q", "r") != times("r", "q", "p")
            for name, path in (("p", "ef"), ("r", "ef"), ("q", "fe")):
                assert times(path[0], name, path[1]) == times(name)
        if kind == "knast":
            for name, path in (("x", "ef"), ("z", "ef"), ("y", "fe"), ("t", "fe")):
                assert times(path[0], name, path[1]) == times(name)
    assert len(checked) == 4


# --- families and boards -------------------------------------------------------------------


def random_family(rng: random.Random, letters: int, depth: int = 2) -> tuple[Part, ...]:
    parts = []
    for _ in range(rng.randint(1, 3)):
        base: Word | tuple[Part, ...]
        if depth and rng.random() < 0.3:
            base = random_family(rng, letters, depth - 1)
        else:
            base = plain(rng.choices(range(letters), k=rng.randint(0, 3)))
            if base and rng.random() < 0.3:
                base = [(rng.randint(1, 3), base[0][1])]
        scale = rng.randint(0, 4)
        parts.append(Part(base, scale, rng.randint(0 if not scale else -2, 4)))
    return tuple(parts)


@pytest.mark.parametrize("shape", list(SHAPES)[:4])
def test_families_lead_where_they_settle(shape: str) -> None:
    rng = random.Random(shape)
    settled = 0
    for _ in range(60):
        dfa = dfa_of(SHAPES[shape](rng))
        family = random_family(rng, dfa.letters)
        found = settle(dfa.table, dfa.start, family)
        if found is None:
            continue
        settled += 1
        for n in range(found[1], found[1] + 5):
            letters = letters_of(family, n, 20_000)
            if letters is not None:
                assert len(letters) == length(family, n)
                assert dfa.run(letters) == found[0]
    assert settled > 10


def test_families_that_do_not_settle() -> None:
    table = [[1], [0]]
    assert settle(table, 0, (to_the(plain([0])),)) is None
    assert settle(table, 0, (to_the(plain([0]), 2, 1),)) == (1, 0)
    assert settle(table, 0, (to_the((to_the(plain([0]), 2),)),)) == (0, 0)
    with pytest.raises(ValueError, match="exponent -1"):
        to_the([], 1, -2).exponent(1)


def test_huge_powers() -> None:
    """Counts and exponents beyond all memory: an end, a length, no word unless it is short."""
    huge = 10**30
    table = [[1], [2], [0]]
    family = (to_the([(huge, (0,))], 3), once(plain([0])))
    assert settle(table, 0, family) == (1, 0)
    assert length(family, 2) == 6 * huge + 1
    assert letters_of(family, 0, 10) == [0] and letters_of(family, 1, 10) is None
    assert settle(table, 0, (Part([(huge, (0,))], 0, huge),)) == (huge % 3 * (huge % 3) % 3, 0)
    empty = (to_the([], 1, huge),)
    assert length(empty, 1) == 0 and letters_of(empty, 1, 10) == []


def board(text: str) -> Board:
    dfa = parse_language(text).dfa
    assert dfa is not None
    return Board(Analysis(dfa))


def test_boards_reject_what_is_not_so() -> None:
    here = board("regex:(ab)*")
    words = {"x": plain([0])}
    good = here.sample(once([])), here.sample(once(plain([0])))
    assert here.pattern("kind", "says", "why", words, [(0, "x", 1)], good).samples[0].accepted
    with pytest.raises(ArithmeticError, match="does not lead"):
        here.pattern("kind", "says", "why", words, [(0, "x", 0)], good)
    with pytest.raises(ArithmeticError, match="all in the language"):
        here.pattern("kind", "says", "why", words, [], [good[0], good[0]])
    with pytest.raises(ArithmeticError, match="settle"):
        board("regex:(aa)*").sample(to_the(plain([0])))


@pytest.mark.parametrize("kind", sorted(BY_EVIDENCE))
def test_evidence_with_a_wrong_last_word_is_refused(kind: str) -> None:
    """The word v tells states apart; some short word does not."""
    for dfa in sample_dfas(COUNT):
        here = Board(Analysis(dfa))
        for module in certifiers().values():
            found = module.evidence(here.analysis)
            if found is None or found.kind != kind or found.member:
                continue
            BY_EVIDENCE[kind](here, found.data, module.KEY)
            refused = 0
            for wrong in words_up_to(here.dfa.alphabet, 3):
                data = found.data | {"v": [[1, here.dfa.encode(wrong)]] if wrong else []}
                if kind == "live-loops":
                    data["y"] = data["v"]
                try:
                    BY_EVIDENCE[kind](Board(here.analysis), data, module.KEY)
                except ArithmeticError:
                    refused += 1
            assert refused
            return
    raise AssertionError("no example")


def test_little_budget_leaves_patterns_out() -> None:
    dfa = parse_language("word-problem:S5").dfa
    assert dfa is not None
    found = explain(dfa, Budget(max_pairs=1, max_elements=1, max_image_sets=1, max_image_cells=1))
    values = {why.key: why.answer.value for why in found.classes}
    assert "undetermined" in values.values()
    assert all(why.pattern is None for why in found.classes if why.answer.value == "undetermined")
