"""Tasks of the catalogue against second implementations that share no code with them.

All short words are tried, so that malformed ones are too; longer members and non-members are made
from the problem that they encode.
"""

import re
from collections.abc import Callable
from fractions import Fraction
from itertools import combinations, product
from math import comb

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from languages.errors import InputError, LimitError
from languages.parse import parse_language
from languages.words import words_up_to

NUMBER = "(0|1[01]*)"


def numbers(text: str) -> list[int]:
    return [int(digits, 2) for digits in re.findall("[01]+", text)]


def formula(word: str) -> bool:
    """Rewrite innermost brackets and negations until a constant is left."""
    rules = {"~0": "1", "~1": "0"}
    for x, y in product("01", repeat=2):
        rules[f"({x}&{y})"] = str(int(x) * int(y))
        rules[f"({x}|{y})"] = "1" if "1" in (x, y) else "0"
    while True:
        after = word
        for old, new in rules.items():
            after = after.replace(old, new)
        if after == word:
            return word == "1"
        word = after


def arithmetic(word: str, p: int) -> bool:
    left, sign, right = word.rpartition("=")
    if not sign or "=" in left or right not in [str(d) for d in range(p)]:
        return False
    digit = f"[0-{p - 1}]"
    while match := re.search(rf"\(({digit})([-+*])({digit})\)", left):
        x, y = int(match[1]), int(match[3])
        value = {"+": x + y, "-": x - y + p, "*": x * y}[match[2]] % p
        left = left[: match.start()] + str(value) + left[match.end():]
    return left == right


def pattern(text: str) -> re.Pattern[str]:
    return re.compile(text.replace("N", NUMBER))


def addition(word: str) -> bool:
    if not pattern(r"N\+N=N").fullmatch(word):
        return False
    x, y, z = numbers(word)
    return x + y == z


def multiplication(word: str) -> bool:
    if not pattern(r"N\*N;N").fullmatch(word):
        return False
    x, y, i = numbers(word)
    return i < 100 and (x * y // 2**i) % 2 == 1


def iterated_addition(word: str) -> bool:
    if not pattern(r"N(\+N)*;N").fullmatch(word):
        return False
    *summands, i = numbers(word)
    return i < 100 and (sum(summands) // 2**i) % 2 == 1


def division(word: str) -> bool:
    if not pattern("N/N;N").fullmatch(word):
        return False
    x, y, i = numbers(word)
    quotient = 0
    while y and (quotient + 1) * y <= x:
        quotient += 1
    return i < 100 and (quotient // 2**i) % 2 == 1


def sorting(word: str) -> bool:
    """v is listed, at most k items are smaller, and more than k are at most v."""
    if not pattern("N(,N)*;N;N").fullmatch(word):
        return False
    *values, k, v = numbers(word)
    return sum(x < v for x in values) <= k < sum(x <= v for x in values)


def index_lookup(word: str) -> bool:
    return bool(pattern("[01]*#N").fullmatch(word)) and any(
        word.startswith("1", i) and word.endswith(f"#{i:b}") for i in range(word.index("#")))


def sparse_average(word: str) -> bool:
    if not pattern("[01]*#(N;)+").fullmatch(word):
        return False
    bits, listed = word.split("#")
    places = numbers(listed)
    if len(set(places)) < len(places) or max(places) >= len(bits):
        return False
    return Fraction(sum(int(bits[i]) for i in places), len(places)) > Fraction(1, 2)


def match(word: str, partners: int) -> bool:
    if not pattern("N;(N;)+").fullmatch(word):
        return False
    modulus, *values = numbers(word)
    if any(x >= modulus for x in values):
        return False
    return any((sum(chosen) + values[-1]) % modulus == 0
               for chosen in product(values, repeat=partners))


def relations(word: str) -> list[list[tuple[int, int]]] | None:
    """The tables of a word as lists of pairs, if each is a function."""
    if not pattern(r"((N>N;)*\|)*(N>N;)*").fullmatch(word):
        return None
    found = [[(int(x, 2), int(y, 2)) for x, y in re.findall("([01]+)>([01]+)", part)]
             for part in word.split("|")]
    one_value = all(len({x for x, _ in part}) == len(part) for part in found)
    return found if one_value else None


def composition(word: str, how_many: int | None) -> bool:
    found = relations(word)
    if found is None or len(found[-1]) != 1 or how_many not in (None, len(found) - 1):
        return False
    *tables, question = found
    pairs = {(x, x) for x in [question[0][0]]}
    for entries in tables:
        pairs = {(x, z) for x, y in pairs for y2, z in entries if y == y2}
    return question[0] in pairs


def inversion(word: str) -> bool:
    found = relations(word)
    if found is None or len(found) != 2:
        return False
    p, q = found
    return sorted(x for x, _ in p) == sorted(y for _, y in p) and sorted(p) == sorted(
        (x, y) for y, x in q)


def reaches(edges: set[tuple[int, int]]) -> bool:
    """Transitive closure by repeated composition."""
    while more := {(x, z) for x, y in edges for y2, z in edges if y == y2} - edges:
        edges = edges | more
    return (0, 1) in edges


def deterministic(word: str) -> bool:
    found = relations(word)
    return found is not None and len(found) == 1 and reaches(set(found[0]))


def undirected(word: str) -> bool:
    if not pattern("(N-N;)*").fullmatch(word):
        return False
    edges = {(int(x, 2), int(y, 2)) for x, y in re.findall("([01]+)-([01]+)", word)}
    return reaches(edges | {(y, x) for x, y in edges})


def literals(text: str) -> list[list[int]] | None:
    """Clauses of numbers v + 1 and -(v + 1)."""
    if not pattern("((~?N(,~?N)*)?;)*").fullmatch(text):
        return None
    return [[(-1 if sign else 1) * (int(digits, 2) + 1)
             for sign, digits in re.findall("(~?)([01]+)", clause)]
            for clause in text.split(";")[:-1]]


def holds(clauses: list[list[int]], values: dict[int, bool]) -> bool:
    return all(any(values[abs(x)] == (x > 0) for x in clause) for clause in clauses)


def satisfiable(word: str, fits: Callable[[set[int]], bool]) -> bool:
    clauses = literals(word)
    if clauses is None or not all(fits(set(clause)) for clause in clauses):
        return False
    variables = sorted({abs(x) for clause in clauses for x in clause})
    return any(holds(clauses, dict(zip(variables, values, strict=True)))
               for values in product((False, True), repeat=len(variables)))


def quantified(word: str) -> bool:
    match = pattern("(([?!]N;)*):(.*)").fullmatch(word)
    clauses = literals(match.groups()[-1]) if match else None
    if match is None or clauses is None:
        return False
    prefix = [(mark, int(digits, 2) + 1) for mark, digits in
              re.findall("([?!])([01]+)", match[1])]
    names = [variable for _, variable in prefix]
    if len(set(names)) < len(names) or not {abs(x) for c in clauses for x in c} <= set(names):
        return False

    def true(values: dict[int, bool]) -> bool:
        if len(values) == len(prefix):
            return holds(clauses, values)
        mark, variable = prefix[len(values)]
        both = [true({**values, variable: value}) for value in (False, True)]
        return all(both) if mark == "!" else any(both)

    return true({})


def system(word: str) -> list[list[int]] | None:
    integer = "(0|-?1[01]*)"
    if not re.fullmatch(f"({integer}(,{integer})*={integer};)*", word):
        return None
    rows = [[int(x, 2) for x in re.findall("-?[01]+", row)] for row in word.split(";")[:-1]]
    return rows if len({len(row) for row in rows}) < 2 else None


def determinant(rows: list[list[Fraction]]) -> Fraction:
    if not rows:
        return Fraction(1)
    return sum(((-1) ** k * x * determinant([row[:k] + row[k + 1:] for row in rows[1:]])
                for k, x in enumerate(rows[0])), Fraction(0))


def rank(rows: list[list[Fraction]]) -> int:
    """The size of the largest square part with a determinant that is not 0."""
    width = len(rows[0]) if rows else 0
    return next(r for r in range(min(len(rows), width), -1, -1) if any(
        determinant([[rows[i][j] for j in columns] for i in chosen])
        for chosen in combinations(range(len(rows)), r)
        for columns in combinations(range(width), r)))


def solvable(word: str) -> bool:
    rows = system(word)
    if rows is None:
        return False
    exact = [[Fraction(x) for x in row] for row in rows]
    return rank(exact) == rank([row[:-1] for row in exact])


def solvable_modulo(word: str, p: int) -> bool:
    rows = system(word)
    return rows is not None and any(
        all((sum(a * x for a, x in zip(row, point, strict=False)) - row[-1]) % p == 0
            for row in rows)
        for point in product(range(p), repeat=len(rows[0]) - 1 if rows else 0))


def feasible(word: str) -> bool:
    """Some linearly independent columns have b as a combination without negative factors."""
    rows = system(word)
    if rows is None:
        return False
    exact = [[Fraction(x) for x in row] for row in rows]
    for size in range(len(exact) + 1):
        for columns in combinations(range(len(exact[0]) - 1 if exact else 0), size):
            for chosen in combinations(range(len(exact)), size):
                square = [[exact[i][j] for j in columns] for i in chosen]
                if det := determinant(square):
                    point = [determinant([[*row[:k], exact[i][-1], *row[k + 1:]]
                                          for row, i in zip(square, chosen, strict=True)]) / det
                             for k in range(size)]
                    if min(point, default=0) >= 0 and all(
                            sum(row[j] * x for j, x in zip(columns, point, strict=True)) == row[-1]
                            for row in exact):
                        return True
    return False


def derives(word: str) -> bool:
    """For each nonterminal the words of bounded length, until nothing is new."""
    match = pattern("((N>((a|b|N)(,(a|b|N))*)?;)*):([ab]*)").fullmatch(word)
    if match is None:
        return False
    goal = word.split(":")[1]
    rules = [(head, body.split(",") if body else []) for head, body in
             (rule.split(">") for rule in match[1].split(";")[:-1])]
    known: dict[str, set[str]] = {"a": {"a"}, "b": {"b"}}
    while True:
        before = sum(map(len, known.values()))
        for head, body in rules:
            for parts in product(*(sorted(known.get(part, ())) for part in body)):
                if len("".join(parts)) <= len(goal):
                    known.setdefault(head, set()).add("".join(parts))
        if sum(map(len, known.values())) == before:
            return goal in known.get("0", ())


def hop(word: str, k: int) -> bool:
    place = len(word)
    for _ in range(k):
        back = [j for j in range(2, place + 1) if word[j - 2] == word[place - 1]]
        if not back:
            return False
        place = back[-1]
    return word[place - 1: place] == "a"


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
