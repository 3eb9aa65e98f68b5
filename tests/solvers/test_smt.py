"""z3 in a process of its own: answers, values, limits."""

from __future__ import annotations

import itertools
import time

import pytest

from expressivity.solvers.smt import Limits, NoModel, Solution, Unknown, solve_smt


def test_a_model_of_every_sort() -> None:
    found = solve_smt("""(declare-const p Bool) (declare-const q Bool) (declare-const k Int)
        (declare-const r Real) (declare-const b (_ BitVec 4))
        (assert (and p (not q) (= k (- 7)) (= (* 4 r) 3.0) (= (bvadd b #x1) #x0)))""")
    assert found == Solution({"p": "true", "q": "false", "k": "-7", "r": "3/4", "b": "15"})


def test_no_model() -> None:
    assert solve_smt("(declare-const k Int) (assert (= (* k k) 2))") == NoModel()
    assert solve_smt("(declare-const b (_ BitVec 3)) (assert (bvult b b))",
                     logic="QF_BV") == NoModel()
    assert isinstance(solve_smt(""), Solution)


def pigeons(holes: int) -> str:
    """One pigeon more than there are holes."""
    place = "p{}_{}".format
    script = [f"(declare-const {place(i, j)} Bool)"
              for i in range(holes + 1) for j in range(holes)]
    script += [f"(assert (or {' '.join(place(i, j) for j in range(holes))}))"
               for i in range(holes + 1)]
    script += [f"(assert (not (and {place(i, k)} {place(j, k)})))" for k in range(holes)
               for i, j in itertools.combinations(range(holes + 1), 2)]
    return "\n".join(script)


def test_pigeons() -> None:
    assert solve_smt(pigeons(4)) == NoModel()


def test_time() -> None:
    start = time.monotonic()
    found = solve_smt(pigeons(14), Limits(seconds=2))
    assert found == Unknown("time: 2 s")
    assert time.monotonic() - start < 20
    assert solve_smt("", Limits(seconds=-1)) == Unknown("time: none was left")


def test_memory() -> None:
    """A product of two numbers of many bits has more gates than the memory holds."""
    script = """(declare-const a (_ BitVec 700)) (declare-const b (_ BitVec 700))
        (assert (= (bvmul a b) (_ bv91 700))) (assert (bvugt a (_ bv1 700)))
        (assert (bvugt b (_ bv1 700)))"""
    found = solve_smt(script, Limits(seconds=120, megabytes=400))
    assert found == Unknown("memory: 400 MB")


@pytest.mark.parametrize("script", ["(assert", "(assert (= x 1))", "(declare-const p Blob)"])
def test_a_script_that_is_not_one(script: str) -> None:
    found = solve_smt(script)
    assert isinstance(found, Unknown) and "status 1" in found.reason, found


def test_z3_gives_up() -> None:
    found = solve_smt("""(declare-fun f (Int) Int)
        (assert (forall ((x Int)) (= (f (* x x x)) (+ 1 (* 2 (f (+ x 1)))))))
        (assert (forall ((x Int)) (> (f x) (f (- x 1)))))""", Limits(seconds=1.5))
    assert isinstance(found, Unknown)
