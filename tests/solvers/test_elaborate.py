"""DRAT proofs of several solvers become LRAT proofs that the checker accepts."""

from __future__ import annotations

import random

import pytest

from expressivity.solvers.elaborate import NotElaborated, elaborate
from proofs.lrat import check_refutation
from tests.solvers.instances import drat, pigeon_proof, pigeons, random_clauses
from tests.solvers.slow_rup import is_proof, satisfiable


@pytest.mark.parametrize("solver", ["cadical153", "cadical195", "glucose4"])
def test_random_clauses(solver: str) -> None:
    rng = random.Random(solver)
    refuted = 0
    for _ in range(120):
        variables = rng.randint(1, 8)
        clauses = random_clauses(rng, variables, rng.randint(1, 7 * variables))
        found = drat(clauses, solver)
        assert (found is None) == satisfiable(clauses, variables)
        if found is not None:
            refuted += 1
            proof = elaborate(clauses, found)
            check_refutation(clauses, variables, proof, "proof")
            assert is_proof(clauses, variables, proof)
    assert refuted >= 40


@pytest.mark.parametrize("solver", ["cadical153", "cadical195", "glucose4"])
def test_pigeons(solver: str) -> None:
    clauses = pigeons(5)
    found = drat(clauses, solver)
    assert found is not None
    check_refutation(clauses, 30, elaborate(clauses, found), "proof")


def test_larger_random_clauses() -> None:
    """Deletions, units that come and go, long backward walks."""
    rng = random.Random(3)
    clauses = [c for c in random_clauses(rng, 60, 900) if len(c) == 3][:290]
    found = drat(clauses)
    assert found is not None and any(line.startswith("d") for line in found)
    proof = elaborate(clauses, found)
    steps = check_refutation(clauses, 60, proof, "proof").steps
    assert steps <= sum(not line.startswith("d") for line in found)


def test_only_needed_lemmas_are_kept() -> None:
    proof = elaborate([(1, 2), (1, -2), (-1, 2), (-1, -2), (3, 4)],
                      ["3 4 1 0", "1 0", "d 3 4 0", "4 3 0", "0"])
    assert proof.splitlines()[0].startswith("6 1 0 ")
    assert "3" not in proof.splitlines()[0].split(" 0 ")[0]


def test_the_last_step_may_be_missing() -> None:
    check_refutation([(1,), (-1,)], 1, elaborate([(1,), (-1,)], []), "proof")
    check_refutation([(), (1,)], 1, elaborate([(), (1,)], []), "proof")


def test_clauses_deleted_and_needed_before() -> None:
    clauses = [(1, 2), (1, -2), (-1, 3), (-1, -3), (1,)]
    proof = elaborate(clauses, ["d 1 0", "1 0", "d 1 2 0", "d 1 -2 0", "0"])
    check_refutation(clauses, 3, proof, "proof")


@pytest.mark.parametrize(("clauses", "lemmas", "message"), [
    ([(1, 2)], ["1 0", "0"], "no RUP"),
    ([(1, 2)], ["0"], "no RUP"),
    ([(1,), (-1,)], ["0 1"], "without an end"),
    ([(1,), (-1,)], ["d 1"], "without an end"),
    # A resolution asymmetric tautology on 3, of a variable that is new: harmless, but no RUP.
    ([(1, 2), (1, -2), (-1, 2), (-1, -2)], ["3 1 0", "d 1 2 0", "-3 1 2 0", "0"], "no RUP"),
])
def test_what_is_not_understood(clauses: list[tuple[int, ...]], lemmas: list[str],
                                message: str) -> None:
    with pytest.raises(NotElaborated, match=message):
        elaborate(clauses, lemmas)


@pytest.mark.slow
def test_a_long_proof() -> None:
    clauses, variables, proof = pigeon_proof(8)
    assert check_refutation(clauses, variables, proof, "proof").steps > 10_000
