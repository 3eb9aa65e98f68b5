"""The arguments behind facts about tasks that are derived here, on small instances.

Many prefixes: for each task whose prefixes are said to be many, words x and endings such that the
language tells all x apart. Reductions: instances of one task and their images in another.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from languages.language import Language
from languages.parse import parse_language
from proofs import base
from proofs.statements import NotIn

# For tasks that give a string of n letters back, or ask for one of them: from a string the prefix,
# and all endings.
Split = tuple[Callable[[str], str], Callable[[int], list[str]]]


def binary(n: int) -> list[str]:
    return ["".join(bits) for bits in product("01", repeat=n)]


def again(prefix: str, ending: str) -> Split:
    """An ending for each string of n bits behind a leading one."""
    return (lambda x: prefix.replace("X", f"1{x}"),
            lambda n: [ending.replace("X", f"1{x}") for x in binary(n)])


def asked(prefix: Callable[[str], str], ending: Callable[[int, int], str]) -> Split:
    """An ending for each place."""
    return prefix, lambda n: [ending(i, n) for i in range(n)]


def letters(x: str) -> str:
    return x.replace("0", "a").replace("1", "b")


def unary_row(i: int, n: int) -> str:
    """x_i = 1 and x_k = 0 for the others."""
    rows = [",".join("1" if k == j else "0" for k in range(n)) + ("=1;" if j == i else "=0;")
            for j in range(n)]
    return "".join(rows)


def identity_without(i: int, n: int) -> str:
    """The rows of an identity matrix, but for row i."""
    return "".join("0" * j + "1" + "0" * (n - 1 - j) + ";" for j in range(n) if j != i)


def high(i: int) -> str:
    return f"1{i:04b}"


# Vertices: 1i for the i-th source, 100000 and 100001 for the two goals, kept apart from 0 and 1.
EDGES = asked(lambda x: "".join(f"{high(i)}>10000{b};" for i, b in enumerate(x)),
              lambda i, n: f"0>{high(i)};100001>1;")
SPLITS: dict[str, Split] = {
    "palindromes": (letters, lambda n: [letters(x)[::-1] for x in binary(n)]),
    "copy": (letters, lambda n: [letters(x) for x in binary(n)]),
    "equality": again("X", "=X"),
    "disjointness": asked(lambda x: x, lambda i, n: "|" + "0" * i + "1" + "0" * (n - 1 - i)),
    "index-lookup": asked(lambda x: x, lambda i, n: f"#{i:b}"),
    "sparse-average": asked(lambda x: x, lambda i, n: f"#{i:b};"),
    "match2": asked(lambda x: "10000000;" + "".join(f"{32 + i:b};" for i, b in enumerate(x)
                                                    if b == "1") + "0;",
                    lambda i, n: f"{96 - i:b};"),
    "match3": asked(lambda x: "10000000;0;" + "".join(f"{8 + i:b};" for i, b in enumerate(x)
                                                      if b == "1"),
                    lambda i, n: f"{120 - i:b};"),
    "addition": again("X", "+0=X"),
    "multiplication": asked(lambda x: f"1{x}", lambda i, n: f"*1;{i:b}"),
    "iterated-addition": asked(lambda x: f"1{x}", lambda i, n: f";{i:b}"),
    "division": asked(lambda x: f"1{x}", lambda i, n: f"/1;{i:b}"),
    "sorting": again("X", ";0;X"),
    "function-composition": asked(lambda x: "".join(f"{i:b}>{b};" for i, b in enumerate(x)),
                                  lambda i, n: f"|0>0;1>1;|{i:b}>1;"),
    "iterated-composition": asked(lambda x: "".join(f"{i:b}>{b};" for i, b in enumerate(x)),
                                  lambda i, n: f"|{i:b}>1;"),
    "reachability": EDGES, "deterministic-reachability": EDGES,
    "undirected-reachability": asked(
        lambda x: "".join(f"{high(i)}-10000{b};" for i, b in enumerate(x)),
        lambda i, n: f"0-{high(i)};100001-1;"),
    "sat": asked(lambda x: "".join(f"~{high(i)},10000{b};" for i, b in enumerate(x)),
                 lambda i, n: f"{high(i)};~100001;"),
    "circuit-value": asked(lambda x: "".join(f"{b};" for b in x), lambda i, n: f"|{i:b},{i:b};"),
    "permanent": asked(lambda x: f"{x};", lambda i, n: f"{identity_without(i, n)}0"),
    "tqbf": asked(lambda x: "".join(f"?{high(i)};" for i in range(len(x))) + "?100000;?100001;:"
                  + "".join(f"~{high(i)},10000{b};" for i, b in enumerate(x)),
                  lambda i, n: f"{high(i)};~100001;"),
    "cfg-membership": asked(
        lambda x: "".join(f"1{i:04b}>{'ab'[int(b)]};" for i, b in enumerate(x)),
        lambda i, n: f"0>{high(i)};:a"),
    # 1: the bracket has its left operand and its connective, 0: it has not.
    "formula-value": (lambda x: "".join("(0|" if b == "1" else "(" for b in x),
                      lambda n: ["1" + "".join(")" if b == "1" else "|0)" for b in reversed(x))
                                 for x in binary(n)]),
    "linear-system": asked(lambda x: ",".join(x) + "=0;", unary_row),
}
SPLITS |= dict.fromkeys(("2-sat", "horn-sat"), SPLITS["sat"])
SPLITS |= dict.fromkeys((*(f"linear-system:{p}" for p in (2, 3, 5, 7)),
                         "nonnegative-linear-system"), SPLITS["linear-system"])
SPLITS |= {f"arithmetic:{p}": (
    lambda x: "".join("(0+" if b == "1" else "(" for b in x),
    lambda n: ["1" + "".join(")" if b == "1" else "+0)" for b in reversed(x)) + "=1"
               for x in binary(n)]) for p in (2, 3, 5, 7)}
SPLITS |= {f"dyck:{k}": (
    lambda x: "".join("(["[int(b)] for b in x),
    lambda n: ["".join(")]"[int(b)] for b in reversed(x)) for x in binary(n)]) for k in (2, 3, 4)}


def stated() -> list[str]:
    """The tasks that the base puts outside C-RASP by counting prefixes."""
    return [s.language.name for entry in ("many-prefixes", "linear-systems-not-regular")
            for s in base.axioms()[entry].statements
            if isinstance(s, NotIn) and s.cls == "C-RASP@last"]


def test_every_task_outside_c_rasp_has_its_endings() -> None:
    assert sorted(stated()) == sorted([*SPLITS, "permutation-inversion"])


@pytest.mark.parametrize("name", SPLITS)
def test_all_prefixes_are_told_apart(name: str) -> None:
    language = parse_language(name)
    prefix, endings = SPLITS[name]
    for n in (2, 4):
        starts = [prefix(x) for x in binary(n)]
        rows = {tuple(language.contains(start + ending) for ending in endings(n))
                for start in starts}
        assert len(rows) == 2**n
        if name not in ("match2", "match3", "formula-value") and not name.startswith("arith"):
            assert len({len(start) for start in starts}) == 1


def test_permutations_are_told_apart() -> None:
    language = parse_language("permutation-inversion")
    orders = [(0, 1, 2), (0, 2, 1), (1, 0, 2), (1, 2, 0), (2, 0, 1), (2, 1, 0)]
    tables = ["".join(f"{i:b}>{j:b};" for i, j in enumerate(p)) for p in orders]
    backs = ["|" + "".join(f"{j:b}>{i:b};" for i, j in enumerate(p)) for p in orders]
    assert all(language.contains(t + b) == (t is tables[k]) for k, b in enumerate(backs)
               for t in tables)


# ---- reductions -----------------------------------------------------------------------------

FEW = settings(max_examples=120, deadline=None)
GATES = st.lists(st.tuples(st.sampled_from("01~&|"), st.integers(0, 99), st.integers(0, 99)),
                 min_size=1, max_size=7)
Gate = tuple[str, int, int]


def circuit(drawn: list[Gate]) -> list[Gate]:
    """Gates that look back only; the first is a constant."""
    return [(kind if k or kind in "01" else "1", a % max(k, 1), b % max(k, 1))
            for k, (kind, a, b) in enumerate(drawn)]


def as_word(gates: list[Gate]) -> str:
    return "".join(kind + (f"{a:b}" if kind == "~" else f"{a:b},{b:b}" if kind in "&|" else "")
                   + ";" for kind, a, b in gates)


def true(gates: list[Gate]) -> bool:
    return parse_language("circuit-value").contains(as_word(gates))


@FEW
@given(GATES)
def test_circuits_as_grammars(drawn: list[Gate]) -> None:
    """Monotone circuits over literals: negations of gates become constants here."""
    gates: list[Gate] = []
    empty = high(15)
    rules = f"{empty}>;"
    for k, (kind, a, b) in enumerate(circuit(drawn)):
        kind = "0" if kind == "~" else kind
        gates.append((kind, a, b))
        g = high(k)
        rules += {"0": f"{g}>{g};", "1": f"{g}>{empty};", "&": f"{g}>{high(a)},{high(b)};",
                  "|": f"{g}>{high(a)};{g}>{high(b)};"}[kind]
    word = f"{rules}0>{high(len(gates) - 1)};:"
    assert parse_language("cfg-membership").contains(word) == true(gates)
    # Places do not depend on the constants.
    assert len(word) == 8 + 8 + sum({"0": 12, "1": 12, "&": 18, "|": 24}[k] for k, _, _ in gates)


@FEW
@given(GATES)
def test_circuits_as_systems_without_negative_solutions(drawn: list[Gate]) -> None:
    gates = [(kind if kind != "|" else "&", a, b) for kind, a, b in circuit(drawn)]
    count = len(gates)
    equations: list[tuple[dict[int, int], int]] = []
    slack = 2 * count
    for g, (kind, a, b) in enumerate(gates):
        equations.append(({2 * g: 1, 2 * g + 1: 1}, 1))
        if kind in "01":
            equations.append(({2 * g: 1}, int(kind)))
        elif kind == "~":
            equations.append(({2 * g: 1, 2 * a: 1}, 1))
        else:
            both = {2 * a: 2} if a == b else {2 * a: 1, 2 * b: 1}
            equations += [({2 * g: 1, 2 * a + 1: 1, slack: 1}, 1),
                          ({2 * g: 1, 2 * b + 1: 1, slack + 1: 1}, 1),
                          (both | {2 * g + 1: 1, slack + 2: 1}, 2)]
            slack += 3
    equations.append(({2 * (count - 1): 1}, 1))
    word = "".join(",".join(f"{row.get(v, 0):b}" for v in range(slack)) + f"={right:b};"
                   for row, right in equations)
    assert parse_language("nonnegative-linear-system").contains(word) == true(gates)


EDGE_LISTS = st.lists(st.tuples(st.integers(0, 5), st.integers(0, 5)), max_size=8)


@FEW
@given(st.sets(st.sampled_from([(u, v) for v in range(4) for u in range(v)])))
def test_connectivity_as_linear_systems(edges: set[tuple[int, int]]) -> None:
    """A row for each pair, with a variable of its own that frees it if there is no edge."""
    pairs = [(u, v) for v in range(4) for u in range(v)]
    rows = [[(x == u) - (x == v) for x in range(4)]
            + [int(other == (u, v) not in edges) for other in pairs] + [0] for u, v in pairs]
    rows += [[int(x == t) for x in range(4)] + [0] * len(pairs) + [1 - t] for t in (0, 1)]
    word = "".join(",".join(("-" if x < 0 else "") + str(abs(x)) for x in row[:-1])
                   + f"={row[-1]};" for row in rows)
    assert len(word) == 8 * 22 + len(pairs), "the same places for all graphs"
    graph = "".join(f"{u:b}-{v:b};" for u, v in edges)
    connected = parse_language("undirected-reachability").contains(graph)
    for name in ("linear-system", "linear-system:2", "linear-system:3", "linear-system:7"):
        assert parse_language(name).contains(word) == (not connected)


@FEW
@given(EDGE_LISTS)
def test_reachability_as_two_sat(edges: list[tuple[int, int]]) -> None:
    graph = "".join(f"{u:b}>{v:b};" for u, v in edges)
    clauses = "".join(f"~{u:b},{v:b};" for u, v in edges) + "0;~1;"
    reached = parse_language("reachability").contains(graph)
    for name in ("2-sat", "horn-sat"):
        assert parse_language(name).contains(clauses) == (not reached)
    prefix = "".join(f"?{v:b};" for v in range(6))
    assert parse_language("tqbf").contains(f"{prefix}:{clauses}") == (not reached)


@given(st.text("01", min_size=1, max_size=9))
def test_majority_by_other_counts(bits: str) -> None:
    n, ones = len(bits), bits.count("1")
    majority = parse_language("majority").contains(bits)
    word = "(" * n + bits.replace("1", "(").replace("0", ")")
    exact = [j for j in range(2 * n + 1) if parse_language("dyck:1").contains(word + ")" * j)]
    assert exact == [2 * ones] and (2 * ones > n) == majority
    assert [j for j in range(2 * n + 1)
            if parse_language("shuffle-dyck:2").contains(word + ")" * j)] == exact
    ahead = 1 << n.bit_length()
    listed = "".join(f"{ahead + i:b};" for i in range(n))
    assert parse_language("sparse-average").contains("0" * ahead + bits + "#" + listed) == majority
    middle = f"{n // 2:b};{'0' if ones < n - n // 2 else '1'}"
    assert parse_language("sorting").contains(",".join(bits) + ";" + middle)


@given(st.integers(1, 500))
def test_squares_by_one_division(x: int) -> None:
    m = (x**3 + x).bit_length()
    language = parse_language("division")
    word = f"{1 << 3 * m:b}/{(1 << m) - x:b}"
    bits = [language.contains(f"{word};{i:b}") for i in range(m)]
    assert sum(1 << i for i, one in enumerate(bits) if one) == x * x


@FEW
@given(GATES, st.sampled_from([2, 3, 5, 7]))
def test_formulas_as_arithmetic(drawn: list[Gate], p: int) -> None:
    """x and y as x*y, not x as 1-x, on circuits written out as formulas."""
    formulas: list[tuple[str, str]] = []
    gates = circuit(drawn)
    for kind, a, b in gates:
        (f, x), (g, y) = (formulas[a], formulas[b]) if formulas else (("", ""), ("", ""))
        formulas.append({"0": ("0", "0"), "1": ("1", "1"), "~": (f"~{f}", f"(1-{x})"),
                         "&": (f"({f}&{g})", f"({x}*{y})"),
                         "|": (f"({f}|{g})", f"(1-((1-{x})*(1-{y})))")}[kind])
    formula, expression = formulas[-1]
    value = parse_language("formula-value").contains(formula)
    assert value == true(gates)
    assert parse_language(f"arithmetic:{p}").contains(f"{expression}={int(value)}")
    assert not parse_language(f"arithmetic:{p}").contains(f"{expression}={int(not value)}")


def test_names_are_those_of_the_catalogue() -> None:
    assert all(isinstance(parse_language(name), Language) for name in stated())
