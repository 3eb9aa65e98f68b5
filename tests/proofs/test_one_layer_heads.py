"""Heads of one layer: the clauses against all orders, certificates, each reason to reject."""

from __future__ import annotations

import ast
import copy
import itertools
import random
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from pysat.solvers import Solver

from expressivity.search.heads import decode, least_heads, truth_table
from expressivity.solvers.elaborate import elaborate
from languages.parse import parse_language
from proofs import bounds
from proofs.bounds import bound, one_layer_heads
from proofs.bounds.one_layer_heads import check, encode, find_clash, find_constant_subcube
from proofs.checkers.rejection import Rejected
from proofs.lrat import check_refutation
from proofs.models.architecture import parse_model
from proofs.models.reference import accepts
from tests.solvers.instances import drat

MAJORITY_3 = "00010111"


def tops(order: Sequence[int], n: int) -> tuple[int, ...]:
    """What a head reads on each word, from the definition."""
    words = itertools.product((0, 1), repeat=n)
    return tuple(min((2 * i + b for i, b in enumerate(word)), key=order.index) for word in words)


@cache
def partitions(n: int) -> frozenset[tuple[int, ...]]:
    """How heads can tell words apart: class numbers of words, for every order of the elements."""
    return frozenset(numbered(tops(order, n))
                     for order in itertools.permutations(range(2 * n)))


def numbered(values: Sequence[Any]) -> tuple[int, ...]:
    """Numbers in order of first occurrence."""
    names: dict[Any, int] = {}
    return tuple(names.setdefault(value, len(names)) for value in values)


@cache
def computed(n: int, heads: int) -> frozenset[str]:
    """The functions of n bits that so many heads compute: by trying all orders."""
    joint = {(0,) * 2**n}
    for _ in range(heads):
        joint = {numbered(list(zip(left, right, strict=True)))
                 for left in joint for right in partitions(n)}
    return frozenset("".join(values[c] for c in classes) for classes in joint
                     for values in itertools.product("01", repeat=max(classes) + 1))


def functions(n: int) -> Iterator[str]:
    """All functions of n bits."""
    return map("".join, itertools.product("01", repeat=2**n))


@pytest.mark.parametrize(("n", "heads"), [(1, 0), (1, 1), (2, 0), (2, 1), (2, 2), (3, 0), (3, 1),
                                          (3, 2)])
def test_the_clauses_against_all_orders(n: int, heads: int) -> None:
    for table in functions(n):
        cnf = encode(table, heads)
        with Solver("cadical195", bootstrap_with=cnf.clauses) as engine:
            solvable = engine.solve()
            assert solvable == (table in computed(n, heads)), table
            if solvable:
                true = frozenset(x for x in engine.get_model() if x > 0)
                assert find_clash(table, decode(cnf, true, n, heads)) is None
        if not solvable:
            found = drat(cnf.clauses)
            assert found is not None
            check_refutation(cnf.clauses, cnf.variables, elaborate(cnf.clauses, found), "proof")


@pytest.mark.parametrize("n", [1, 2, 3])
def test_subcubes_bound_the_heads(n: int) -> None:
    for table in functions(n):
        for fixed in range(n + 1):
            cube = find_constant_subcube(table, fixed)
            constant = [w for w in itertools.product("01*", repeat=n)
                        if n - w.count("*") == fixed and len({
                            table[int("".join(v), 2)] for v in itertools.product("01", repeat=n)
                            if all(a in ("*", b) for a, b in zip(w, v, strict=True))}) == 1]
            assert (cube is None) == (not constant)
            if cube is None and fixed < 3:
                assert table not in computed(n, fixed)
            elif cube is not None:
                assert tuple(cube) in constant


def test_a_clash_is_found_if_there_is_one() -> None:
    rng = random.Random(2)
    for _ in range(300):
        n = rng.randint(1, 4)
        orders = [rng.sample(range(2 * n), 2 * n) for _ in range(rng.randint(0, 3))]
        classes = numbered(list(zip(*(tops(order, n) for order in orders), strict=True))
                           or [()] * 2**n)
        table = "".join(rng.choice("01") for _ in range(2**n))
        constant = all(len({table[w] for w in range(2**n) if classes[w] == c}) == 1
                       for c in classes)
        assert (find_clash(table, orders) is None) == constant


@pytest.mark.parametrize("side", [min, max])
@pytest.mark.parametrize("readout", ["cls", "last"])
def test_models_with_scores(side: Any, readout: str) -> None:
    """Scores with ties, leftmost (`min`) or rightmost; with "last" the query knows the last bit."""
    rng = random.Random(5)
    for _ in range(150):
        n, heads = rng.randint(1, 4), rng.randint(0, 2)
        scores = [{(b, i, last): rng.randrange(4) for b in (0, 1) for i in range(n)
                   for last in (0, 1)} for _ in range(heads)]
        values: dict[Any, str] = {}
        table = ""
        for word in itertools.product((0, 1), repeat=n):
            last = word[-1] if readout == "last" else 0
            read: list[Any] = [last]
            for score in scores:
                best = max(score[b, i, last] for i, b in enumerate(word))
                at = side(i for i, b in enumerate(word) if score[b, i, last] == best)
                read.append((word[at], at))
            table += values.setdefault(tuple(read), rng.choice("01"))
        for part in one_layer_heads.parts(table, readout):
            cnf = encode(part, heads)
            with Solver("cadical195", bootstrap_with=cnf.clauses) as engine:
                assert engine.solve(), (table, heads)


@pytest.mark.parametrize(("markers", "readout"), [("eos", "eos"), ("both", "eos"),
                                                  ("none", "last"), ("bos", "last")])
def test_models_with_weights(markers: str, readout: str) -> None:
    """What random models compute, by the reference evaluator, so many heads can compute."""
    rng = random.Random(markers)
    constant = 0
    for _ in range(60):
        n, heads, d = rng.randint(2, 3), rng.randint(1, 2), 3

        def matrix(rows: int, columns: int) -> list[list[int]]:
            return [[rng.randint(-2, 2) for _ in range(columns)] for _ in range(rows)]

        model = parse_model({
            "format": "expressivity model", "version": 1, "alphabet": ["0", "1"],
            "markers": markers, "readout": readout, "contract": {"format": "rational"},
            "residual": ["x", "y", "z"], "period": 5, "embedding": [matrix(5, d) for _ in range(4)],
            "layers": [
                {"kind": "attention", "heads": [
                    {"selection": rng.choice(["uhat-left", "uhat-right"]),
                     "mask": rng.choice(["none", "future", "strict-future"]),
                     "query": matrix(2, d + 1), "key": matrix(2, d + 1),
                     "value": matrix(2, d + 1), "output": matrix(d, 2)} for _ in range(heads)]},
                {"kind": "ffn", "in": matrix(3, d + 1), "out": matrix(d, 4)}],
            "output": {"weights": [1, -1, 1], "bias": rng.randint(-3, 3)}})
        table = "".join(str(int(accepts(model, word)))
                        for word in itertools.product((0, 1), repeat=n))
        constant += len(set(table)) == 1
        for part in one_layer_heads.parts(table, "last" if readout == "last" else "cls"):
            cnf = encode(part, heads)
            with Solver("cadical195", bootstrap_with=cnf.clauses) as engine:
                assert engine.solve(), (table, heads)
    assert constant < 50


LEAST = [("parity", n, "cls", n) for n in range(1, 9)] \
    + [("parity", n, "last", n - 1) for n in range(1, 9)] \
    + [("first", n, "cls", 1) for n in range(1, 6)] \
    + [("first", n, "last", min(n - 1, 1)) for n in range(1, 6)] \
    + [("majority", n, "cls", least) for n, least in enumerate([1, 1, 2, 2, 4], start=1)] \
    + [("majority", n, "last", least) for n, least in enumerate([0, 1, 1, 2, 2], start=1)]


@pytest.mark.parametrize(("name", "n", "readout", "least"), LEAST)
def test_known_languages(name: str, n: int, readout: Any, least: int) -> None:
    found = least_heads(truth_table(parse_language(name), n), readout)
    assert (found.least, found.most, found.reason) == (least, least, "")
    assert check(found.certificate) == found.checked
    if name == "parity" and least:
        assert found.certificate["data"]["impossible"]["kind"] == "subcubes"


@cache
def certified(table: str, readout: Any) -> dict[str, Any]:
    """The certificate of the least number of heads."""
    return least_heads(table, readout).certificate


def majority(n: int) -> str:
    """The words of length n with more ones than zeros."""
    return "".join(str(int(2 * w.bit_count() > n)) for w in range(2**n))


def spoilt(value: dict[str, Any], path: str, new: object) -> dict[str, Any]:
    """A copy with one field changed; the path is "data.orders.0"."""
    result = copy.deepcopy(value)
    *keys, last = (int(k) if k.isdigit() else k for k in path.split("."))
    place: Any = result
    for key in keys:
        place = place[key]
    place[last] = new
    return result


PROOF = "data.impossible.proof"
BAD: list[tuple[str, str, str, object]] = [
    # code, base, path, value
    ("wrong-format", "cls", "format", "other"),
    ("wrong-kind", "cls", "kind", "cycle"),
    ("out-of-range", "cls", "version", 2),
    ("not-an-integer", "cls", "claim.length", True),
    ("out-of-range", "cls", "claim.length", 11),
    ("out-of-range", "cls", "claim.length", 0),
    ("not-a-table", "cls", "claim.function", "01"),
    ("not-a-table", "cls", "claim.function", "0" * 31 + "2"),
    ("not-a-string", "cls", "claim.function", 7),
    ("unknown-readout", "cls", "claim.readout", "eos"),
    ("out-of-range", "cls", "claim.least", 5),
    ("out-of-range", "cls", "claim.most", 3),
    ("out-of-range", "cls", "claim.most", 6),
    ("unknown-key", "cls", "claim.width", 3),
    ("no-orders", "cls", "data.orders", None),
    ("wrong-length", "cls", "data.orders", []),
    ("too-many-heads", "cls", "data.orders", [[list(range(10))] * 5]),
    ("wrong-length", "cls", "data.orders.0.0", [0, 1]),
    ("repeated-element", "cls", "data.orders.0.0", [0] * 10),
    ("out-of-range", "cls", "data.orders.0.0", list(range(1, 11))),
    ("not-separated", "cls", "data.orders", [[list(range(10))] * 4]),
    ("not-separated", "cls", "data.orders", [[]]),
    ("not-separated", "last", "data.orders.1", []),
    ("no-proof", "cls", "data.impossible", None),
    ("unknown-proof", "cls", "data.impossible", {"kind": "trust", "last": None}),
    ("unknown-proof", "cls", "data.impossible", {"kind": [], "last": None}),
    ("missing-key", "cls", "data.impossible", {"kind": "lrat", "last": None}),
    ("unknown-key", "subcubes", "data.impossible.proof", ""),
    ("not-an-object", "cls", "data.impossible", "lrat"),
    ("last-without-last", "cls", "data.impossible.last", 0),
    ("not-an-integer", "last", "data.impossible.last", None),
    ("constant-subcube", "cls", "data.impossible", {"kind": "subcubes", "last": None}),
    ("constant-subcube", "subcubes", "claim.function", "00010110"),
    ("nothing-to-prove", "cls", "claim.least", 0),
    ("not-a-string", "cls", PROOF, None),
    ("no-empty-clause", "cls", PROOF, ""),
    ("truncated", "cls", PROOF, "999999 1 0"),
]


@pytest.mark.parametrize(("code", "base", "path", "new"), BAD)
def test_bad_certificates(code: str, base: str, path: str, new: object) -> None:
    good = {"cls": certified(majority(5), "cls"), "last": certified(majority(6), "last"),
            "subcubes": certified("01101001", "cls")}[base]
    check(good)
    with pytest.raises(Rejected) as caught:
        check(spoilt(good, path, new))
    assert caught.value.code == code, caught.value


def test_every_code_has_a_bad_certificate() -> None:
    codes = {code for code, *_ in BAD}
    for module in (one_layer_heads, bound):
        source = Path(str(module.__file__)).read_text(encoding="utf-8")
        for call in ast.walk(ast.parse(source)):
            if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) \
                    and call.func.id == "reject":
                (code,) = [c.value for c in ast.walk(call.args[0])
                           if isinstance(c, ast.Constant)][:1]
                assert code in codes or code == "wrong-", code


@pytest.mark.parametrize("field", ["least", "most"])
def test_a_number_too_good_is_rejected(field: str) -> None:
    good = certified(majority(5), "cls")
    shifted = copy.deepcopy(good)
    for name in ("least", "most") if field == "least" else ("most", "least"):
        shifted["claim"][name] += 1 if field == "least" else -1
    with pytest.raises(Rejected):
        check(shifted)


def test_bounds_without_data() -> None:
    value = {"format": "expressivity certificate", "version": 1, "kind": "one-layer-heads",
             "claim": {"length": 3, "function": MAJORITY_3, "readout": "cls", "least": 0,
                       "most": 3}, "data": {"orders": None, "impossible": None}}
    assert check(value).most == 3
    value["claim"] |= {"readout": "last", "most": 2}  # type: ignore[operator]
    assert check(value).most == 2


def test_a_proof_is_of_one_function_only() -> None:
    """The clauses come from the claim: another function's proof is no proof."""
    good = certified(majority(5), "cls")
    rng = random.Random(11)
    for _ in range(30):
        table = list(majority(5))
        table[rng.randrange(32)] = rng.choice("01")
        value = spoilt(good, "claim.function", "".join(table))
        if table == list(majority(5)):
            continue
        value["data"]["orders"], value["claim"]["most"] = None, 5
        try:
            check(value)
        except Rejected:
            continue
        cnf = encode("".join(table), 3)
        assert drat(cnf.clauses) is not None


def test_bounds_are_an_island() -> None:
    root = Path(bounds.__file__).parent
    for path in [*root.glob("*.py"), root.parent / "lrat.py", root.parent / "cnf.py"]:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("proofs"):
                assert (node.module or "").startswith(
                    ("proofs.bounds", "proofs.checkers", "proofs.lrat", "proofs.cnf",
                     "proofs.models", "proofs.witnesses"))
