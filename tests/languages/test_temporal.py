"""Past and future temporal logic: evaluation, text and automata against the definition."""

from __future__ import annotations

import random
from collections.abc import Sequence
from itertools import product
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from expressivity.circuits.builder import CircuitBuilder
from expressivity.circuits.families._temporal import unroll
from expressivity.programs.ltl_to_brasp import ltl_to_brasp
from languages.errors import InputError, LimitError
from languages.limits import Limits
from languages.logics.ltl_text import ltl_text, parse_ltl, parse_sentence, sentence_text
from languages.logics.sentence import POINTS, Sentence
from languages.logics.two_way import sentence_to_dfa
from languages.parse import parse_language
from languages.regex import regex_to_dfa

WORDS = [w for n in range(6) for w in product("ab", repeat=n)]
Tree = tuple[Any, ...]
STRICT = {"S": (-1, False), "since": (-1, True), "U": (1, False), "until": (1, True)}
SOME = {"P": (-1, False), "once": (-1, True), "F": (1, False), "eventually": (1, True)}
ALL = {"H": "P", "historically": "once", "G": "F", "always": "eventually"}
ONE = {"Y": -1, "X": 1}
PREFIX = ("not", *SOME, *ALL, *ONE)
INFIX = ("and", "or", "->", "<->", *STRICT)


def there(i: int, n: int, way: int, here: bool) -> list[int]:
    """The letters on one side of i, the nearest one first; i too if `here`, letter or not."""
    side = range(i - 1, -1, -1) if way < 0 else range(i + 1, n)
    return [i] * here + list(side)


def holds(tree: Tree, word: Sequence[str], i: int) -> bool:
    """The definition, by quantifiers over positions."""
    op, *args = tree
    n = len(word)
    if op in ("a", "b"):
        return i < n and word[i] == op
    if op == "true":
        return True
    if op == "not":
        return not holds(args[0], word, i)
    if op in ("and", "or", "->", "<->"):
        x, y = (holds(arg, word, i) for arg in args)
        return {"and": x and y, "or": x or y, "->": not x or y, "<->": x == y}[op]
    if op in ONE:
        j = i + ONE[op]
        return 0 <= j < n and holds(args[0], word, j)
    if op in SOME:
        return any(holds(args[0], word, j) for j in there(i, n, *SOME[op]))
    if op in ALL:
        return all(holds(args[0], word, j) for j in there(i, n, *SOME[ALL[op]]))
    places = there(i, n, *STRICT[op])
    return any(holds(args[1], word, j) and all(holds(args[0], word, k) for k in places[:m])
               for m, j in enumerate(places))


def text(tree: Tree) -> str:
    op, *args = tree
    if not args:
        return str(op)
    if op in PREFIX:
        return f"{op} ({text(args[0])})"
    return f"(({text(args[0])}) {op} ({text(args[1])}))"


def random_tree(rng: random.Random, size: int, prefix: Sequence[str] = PREFIX,
                infix: Sequence[str] = INFIX) -> Tree:
    if size <= 1:
        return (rng.choice(["a", "b", "a", "b", "true"]),)
    if rng.random() < 0.5:
        return rng.choice(prefix), random_tree(rng, size - 1, prefix, infix)
    left = rng.randint(1, size - 1)
    return (rng.choice(infix), random_tree(rng, left, prefix, infix),
            random_tree(rng, size - left, prefix, infix))


def read_at(point: str, word: Sequence[str]) -> int:
    return {"first": 0, "last": max(0, len(word) - 1), "end": len(word)}[point]


@pytest.mark.parametrize("seed", range(300))
def test_automata_and_evaluation_agree_with_the_definition(seed: int) -> None:
    rng = random.Random(seed)
    tree = random_tree(rng, rng.randint(2, 9))
    point = rng.choice(list(POINTS))
    sentence = parse_sentence(f"at {point}: {text(tree)}", "ab")
    dfa = sentence_to_dfa(sentence)
    again = parse_sentence(sentence_text(sentence), "ab")
    assert again.point == point
    for word in WORDS:
        want = holds(tree, word, read_at(point, word))
        assert sentence.holds(word) == want
        assert dfa.accepts(word) == want
        assert again.holds(word) == want
    for word in (w for w in WORDS if len(w) == 3):
        assert sentence.formula.positions(word) == [holds(tree, word, i) for i in range(4)]


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(1000, 4000))
def test_many_more_automata_agree_with_the_definition(seed: int) -> None:
    test_automata_and_evaluation_agree_with_the_definition(seed)


@given(st.integers(0, 10**9), st.integers(2, 14))
@settings(deadline=None)
def test_future_formulas_are_past_formulas_of_the_reversed_word(seed: int, size: int) -> None:
    """At the last letter, looking back; at the first one, looking forth."""
    rng = random.Random(seed)
    mirror = {"not": "not", "F": "P", "G": "H", "X": "Y", "eventually": "once",
              "always": "historically", "U": "S", "until": "since", "and": "and", "->": "->"}
    tree = random_tree(rng, size, [x for x in mirror if x in PREFIX],
                       [x for x in mirror if x in INFIX])

    def mirrored(part: Tree) -> Tree:
        return mirror.get(part[0], part[0]), *map(mirrored, part[1:])

    forth = sentence_to_dfa(parse_sentence("at first: " + text(tree), "ab"))
    back = sentence_to_dfa(parse_sentence("at last: " + text(mirrored(tree)), "ab"))
    for word in WORDS:
        assert forth.accepts(word) == back.accepts(word[::-1])


@pytest.mark.parametrize(("formula", "regex"), [
    ("ltl:once a", "(a|b)*a(a|b)*"),
    ("ltl:P a", "(a|b)*a(a|b)*"),
    ("ltl:H a", "a*"),
    ("ltl:a", "a&b"),
    ("ltl:at first: a", "a(a|b)*"),
    ("ltl:at last: a", "(a|b)*a"),
    ("ltl:F a", "(a|b)(a|b)*a(a|b)*"),
    ("ltl:eventually a", "(a|b)*a(a|b)*"),
    ("ltl:G a", "()|(a|b)a*"),
    ("ltl:always a", "a+"),
    ("ltl:always (a or not b)", "a*"),
    ("ltl:X X a", "(a|b){2}a(a|b)*"),
    ("ltl:a until b", "a*b(a|b)*"),
    ("ltl:a U b", "(a|b)a*b(a|b)*"),
    ("ltl:at end: a since b", "(a|b)*ba{0}&a"),
    ("ltl:at last: a since b", "(a|b)*ba*"),
    ("ltl:at first: always (a -> X b) and not once b", "()|(ab+)+"),
    ("ltl:at end: H (a -> X b)", "(ab|b)*"),
])
def test_known_formulas(formula: str, regex: str) -> None:
    found = parse_language(formula, alphabet=("a", "b")).dfa
    assert found is not None
    assert found.difference(regex_to_dfa(regex, ("a", "b"))) is None


@pytest.mark.parametrize(("written", "message"), [
    ("P F a", "looks back and forth, expected the point at which it is read before it: at first:, "
     "at last: or at end: (character 3)"),
    ("at start: a", "got 'start', expected first, last or end (character 4)"),
    ("at last: P", "got the end, expected a letter"),
    ("P a or G a", "at last: or at end: (character 8)"),
    ("a S b U a", "S and U in a row need brackets (character 1)"),
    ("a until b until a", "until twice in a row needs brackets"),
    ("a -> b -> a", "-> twice in a row needs brackets"),
    ("F U a", 'a letter of that name is written "U" (character 3)'),
    ("a < b", "got '<', expected a word"),
])
def test_unclear_texts_are_refused_with_the_place(written: str, message: str) -> None:
    with pytest.raises(InputError) as error:
        parse_sentence(written, "ab")
    assert message in str(error.value)


def test_ranks() -> None:
    for written, bracketed in (("a S b and b U a", "(a S b) and (b U a)"),
                               ("a and b -> a or b <-> b", "((a and b) -> (a or b)) <-> b"),
                               ("not a until b", "(not a) until b"),
                               ("always a -> b", "(always a) -> b")):
        at = "at first: "
        assert sentence_to_dfa(parse_sentence(at + written, "ab")).identical(
            sentence_to_dfa(parse_sentence(at + bracketed, "ab")))


def test_letters_named_like_operators_are_quoted() -> None:
    sentence = parse_sentence('at last: P "F" and "until"')
    assert sentence.formula.alphabet == ("F", "until")
    assert parse_sentence(sentence_text(sentence)) == sentence
    assert parse_sentence("P at and P end").formula.alphabet == ("at", "end")


def test_past_formulas_only_where_they_are_expected() -> None:
    assert parse_ltl("P a and not Y b").operators() == {"and", "not", "P", "Y", "letter"}
    for written in ("F a", "at last: P a", "at end: F a"):
        with pytest.raises(InputError, match="expected a past formula, read at the end"):
            parse_ltl(written)
    assert ltl_text(parse_ltl("P a")) == "P a"


def test_limits_are_named() -> None:
    some = " and ".join(f"eventually (a and {'X ' * k}b)" for k in range(1, 12))
    seventeen = " and ".join(f"eventually (a and X b{k})" for k in range(8))
    with pytest.raises(LimitError, match="states of the nondeterministic automaton"):
        parse_language(f"ltl:{seventeen}", limits=Limits(max_states=3000))
    with pytest.raises(LimitError, match="raise it with --max-states"):
        parse_language(f"ltl:{some}", limits=Limits(max_states=300))
    ten = parse_language("ltl:" + " and ".join(f"eventually x{k}" for k in range(10)))
    assert ten.dfa is not None and ten.dfa.states == 2**10


def test_sentences_are_values() -> None:
    assert parse_sentence("F a") == Sentence(parse_sentence("F a").formula, "first")


def test_what_takes_past_formulas_only_refuses_others() -> None:
    formula = parse_sentence("a or F a").formula
    with pytest.raises(InputError, match="expected a past formula"):
        ltl_to_brasp(formula)
    with pytest.raises(InputError, match="expected a past formula"):
        unroll(CircuitBuilder(), formula, 2, lambda i, a: 2)
