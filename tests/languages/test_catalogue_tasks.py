"""Tasks of the catalogue against second implementations that share no code with them.

All short words are tried, so that malformed ones are too; longer members and non-members are made
from the problem that they encode.
"""

import re
from collections.abc import Callable
from math import comb

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from languages.errors import InputError, LimitError
from languages.parse import parse_language
from languages.words import words_up_to
from tests.languages.task_oracles import (
    addition,
    arithmetic,
    composition,
    derives,
    deterministic,
    division,
    feasible,
    formula,
    hop,
    index_lookup,
    inversion,
    iterated_addition,
    match,
    multiplication,
    quantified,
    satisfiable,
    solvable,
    solvable_modulo,
    sorting,
    sparse_average,
    undirected,
)

DEFINITIONS: dict[str, tuple[Callable[[str], bool], int]] = {
    "formula-value": (formula, 6),
    "arithmetic:2": (lambda w: arithmetic(w, 2), 5),
    "arithmetic:3": (lambda w: arithmetic(w, 3), 5),
    "addition": (addition, 8),
    "multiplication": (multiplication, 8),
    "iterated-addition": (iterated_addition, 8),
    "division": (division, 8),
    "sorting": (sorting, 8),
    "palindromes": (lambda w: all(w[i] == w[-1 - i] for i in range(len(w))), 10),
    "copy": (lambda w: re.fullmatch(r"(.*)\1", w) is not None, 10),
    "equality": (lambda w: re.fullmatch(r"([01]*)=\1", w) is not None, 8),
    "disjointness": (lambda w: w.count("|") == 1 and len(w) % 2 == 1 and w[len(w) // 2] == "|"
                     and all(w[i] + w[i + len(w) // 2 + 1] != "11" for i in range(len(w) // 2)),
                     9),
    "index-lookup": (index_lookup, 9),
    "sparse-average": (sparse_average, 8),
    "match2": (lambda w: match(w, 1), 10),
    "match3": (lambda w: match(w, 2), 10),
    "function-composition": (lambda w: composition(w, 2), 6),
    "iterated-composition": (lambda w: composition(w, None), 6),
    "permutation-inversion": (inversion, 6),
    "deterministic-reachability": (deterministic, 8),
    "undirected-reachability": (undirected, 8),
    "horn-sat": (lambda w: satisfiable(w, lambda c: sum(x > 0 for x in c) < 2), 6),
    "2-sat": (lambda w: satisfiable(w, lambda c: len(c) < 3), 6),
    "tqbf": (quantified, 5),
    "linear-system": (solvable, 6),
    "linear-system:2": (lambda w: solvable_modulo(w, 2), 6),
    "linear-system:3": (lambda w: solvable_modulo(w, 3), 6),
    "nonnegative-linear-system": (feasible, 6),
    "cfg-membership": (derives, 6),
    "hop:1": (lambda w: hop(w, 1), 10),
    "hop:2": (lambda w: hop(w, 2), 10),
    "hop:3": (lambda w: hop(w, 3), 10),
    "hop:2,letters=3": (lambda w: hop(w, 2), 8),
}


@pytest.mark.parametrize("text", DEFINITIONS)
def test_definition_on_all_short_words(text: str) -> None:
    language = parse_language(text)
    definition, length = DEFINITIONS[text]
    for word in words_up_to(language.alphabet, length):
        assert language.contains(word) == definition("".join(word)), "".join(word)


def agree(text: str, word: str) -> None:
    assert parse_language(text).contains(tuple(word)) == DEFINITIONS[text][0](word), word


MADE = settings(max_examples=150, deadline=None)
SMALL = st.integers(0, 40)


def spelled(values: list[int]) -> list[str]:
    return [f"{'-' if x < 0 else ''}{abs(x):b}" for x in values]


@MADE
@given(st.lists(SMALL, min_size=1, max_size=5), st.integers(0, 7), st.booleans())
def test_numbers(values: list[int], k: int, right: bool) -> None:
    listed = spelled(values)
    x, y = listed[0], listed[-1]
    total = values[0] + values[-1] + (0 if right else k)
    agree("addition", f"{x}+{y}={total:b}")
    agree("multiplication", f"{x}*{y};{k:b}")
    agree("division", f"{x}/{y};{k:b}")
    agree("iterated-addition", f"{'+'.join(listed)};{k:b}")
    place = min(k, len(values) - 1) if right else k
    agree("sorting", f"{','.join(listed)};{place:b};{sorted(values)[place % len(values)]:b}")
    for text in ("match2", "match3"):
        modulus = 1 + max([k, *values]) if right else k
        agree(text, f"{modulus:b};" + "".join(f"{v};" for v in listed))


@MADE
@given(st.text("01", max_size=12), st.lists(st.integers(0, 12), min_size=1, max_size=6))
def test_positions(bits: str, places: list[int]) -> None:
    agree("index-lookup", f"{bits}#{places[0]:b}")
    for chosen in (places, list(dict.fromkeys(i % max(1, len(bits)) for i in places))):
        agree("sparse-average", f"{bits}#" + "".join(f"{i:b};" for i in chosen))


def listing(entries: dict[int, int]) -> str:
    return "".join(f"{i:b}>{j:b};" for i, j in entries.items())


@MADE
@given(st.lists(st.dictionaries(st.integers(0, 3), st.integers(0, 3), min_size=2), max_size=5),
       st.integers(0, 3), st.integers(0, 3))
def test_tables(tables: list[dict[int, int]], x: int, y: int) -> None:
    word = "".join(listing(entries) + "|" for entries in tables) + f"{x:b}>{y:b};"
    agree("iterated-composition", word)
    agree("function-composition", word)
    for entries in tables:
        agree("deterministic-reachability", listing(entries))
        agree("undirected-reachability", listing(entries).replace(">", "-"))


@MADE
@given(st.permutations(range(4)), st.permutations(range(4)), st.booleans())
def test_permutations(p: list[int], order: list[int], right: bool) -> None:
    inverse = {p[i]: i for i in order}
    if not right:
        inverse[0], inverse[1] = inverse[1], inverse[0]
    word = listing(dict(enumerate(p))) + "|" + listing(inverse)
    agree("permutation-inversion", word)
    assert parse_language("permutation-inversion").contains(word) == right


CLAUSES = st.lists(st.lists(st.integers(-4, 4).filter(bool), max_size=3), max_size=9)


def cnf(clauses: list[list[int]]) -> str:
    return "".join(",".join(("~" if x < 0 else "") + f"{abs(x) - 1:b}" for x in clause) + ";"
                   for clause in clauses)


@MADE
@given(CLAUSES, st.permutations(range(4)), st.text("?!", min_size=4, max_size=4))
def test_clauses(clauses: list[list[int]], order: list[int], marks: str) -> None:
    agree("2-sat", cnf([clause[:2] or [1, 2] for clause in clauses]))
    horn = [[x for x in clause if x < 0] + [x for x in clause if x > 0][:1] for clause in clauses]
    agree("horn-sat", cnf([clause or [-1] for clause in horn]))
    agree("horn-sat", cnf(clauses))
    prefix = "".join(f"{mark}{v:b};" for mark, v in zip(marks, order, strict=True))
    agree("tqbf", f"{prefix}:{cnf(clauses)}")
    agree("tqbf", f"{prefix}:{cnf(clauses[:2])}")


@MADE
@given(st.integers(1, 4).flatmap(lambda width: st.lists(
    st.lists(st.integers(-3, 3), min_size=width + 1, max_size=width + 1), max_size=4)))
def test_linear_systems(rows: list[list[int]]) -> None:
    word = "".join(",".join(spelled(row[:-1])) + "=" + spelled(row[-1:])[0] + ";" for row in rows)
    for text in ("linear-system", "linear-system:2", "linear-system:3",
                 "nonnegative-linear-system"):
        agree(text, word)


@MADE
@given(st.lists(st.tuples(st.integers(0, 2), st.lists(
    st.sampled_from(["a", "b", "0", "1", "10"]), max_size=4)), max_size=6), st.text("ab",
                                                                                   max_size=4))
def test_grammars(rules: list[tuple[int, list[str]]], goal: str) -> None:
    listed = "".join(f"{head:b}>{','.join(body)};" for head, body in rules)
    agree("cfg-membership", f"{listed}:{goal}")


TREES = st.recursive(st.sampled_from("01"), lambda inner: st.one_of(
    inner.map(lambda x: f"~{x}"),
    st.tuples(inner, st.sampled_from("&|"), inner).map(lambda t: f"({t[0]}{t[1]}{t[2]})")))


@MADE
@given(TREES, st.integers(0, 40), st.sampled_from("01~&|()"))
def test_formulas(tree: str, place: int, letter: str) -> None:
    agree("formula-value", tree)
    agree("formula-value", f"({tree}|~{tree})")
    agree("formula-value", tree[:place] + letter + tree[place + 1:])
    sums = tree.replace("~", "").replace("&", "*").replace("|", "-")
    for text in ("arithmetic:2", "arithmetic:3"):
        agree(text, sums + "=0")
        agree(text, sums + "=1")


def test_deep_inputs_do_not_recurse() -> None:
    depth = 5000
    assert parse_language("formula-value").contains("(1&" * depth + "1" + ")" * depth)
    prefix = "".join(f"?{i:b};" for i in range(1200))
    assert parse_language("tqbf").contains(prefix + ":" + "".join(f"{i:b};" for i in range(1200)))


@pytest.mark.parametrize("letters", [2, 3])
def test_one_hop_is_induction(letters: int) -> None:
    one = parse_language(f"hop:1,letters={letters}").dfa
    other = parse_language(f"induction:{letters}").dfa
    assert one is not None and other is not None
    assert one.difference(other) is None


def test_majority_is_inside_iterated_addition() -> None:
    """Bit k of a sum of ones, as a second look at what is summed: Lucas on 1 + ... + 1."""
    language = parse_language("iterated-addition")
    for n in range(1, 20):
        word = "+".join("1" * n)
        bits = [language.contains(f"{word};{k:b}") for k in range(5)]
        assert bits == [comb(n, 2**k) % 2 == 1 for k in range(5)]


@pytest.mark.parametrize(("text", "message"), [
    ("hop", "no argument, expected hop:k"),
    ("hop:0", "hop:k: got 0, expected a number from 1 to 20"),
    ("hop:21", "hop:k: got 21, expected a number from 1 to 20"),
    ("hop:2,depth=3", "got 'depth=3', expected letters=m"),
    ("hop:2,letters=5", "hop letters: got 5, expected a number from 2 to 4"),
    ("hop:2,letters", "hop letters: got ''"),
    ("arithmetic", "no argument, expected arithmetic:p"),
    ("arithmetic:4", "arithmetic:p: got 4, expected one of 2, 3, 5, 7"),
    ("arithmetic:11", "arithmetic:p: got 11, expected a number from 2 to 7"),
    ("linear-system:6", "linear-system:p: got 6, expected one of 2, 3, 5, 7"),
    ("linear-system:", "linear-system: no argument"),
    ("tqbf:3", "tqbf: got the argument '3', expected none"),
])
def test_wrong_arguments(text: str, message: str) -> None:
    with pytest.raises(InputError) as caught:
        parse_language(text)
    assert message in str(caught.value)


def test_too_many_hops_name_the_option() -> None:
    with pytest.raises(LimitError, match=r"states of hop:3,letters=4.*--max-states"):
        parse_language("hop:3,letters=4")
