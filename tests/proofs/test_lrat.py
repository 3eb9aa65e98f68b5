"""The LRAT checker: good proofs, each reason to reject, and changes of good proofs."""

from __future__ import annotations

import ast
import random
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from proofs import lrat
from proofs.checkers.rejection import Rejected
from proofs.lrat import check_refutation
from tests.solvers.instances import pigeon_proof
from tests.solvers.slow_rup import is_proof

SQUARE = [(1, 2), (1, -2), (-1, 2), (-1, -2)]
GOOD = "5 1 0 1 2 0\n5 d 1 2 0\n6 0 5 3 4 0\n"


def rejection(proof: str, clauses: list[tuple[int, ...]] = SQUARE, **limits: int) -> Rejected:
    """How the checker says no."""
    with pytest.raises(Rejected) as caught:
        check_refutation(clauses, 2, proof, "proof", **limits)
    return caught.value


def test_a_good_proof() -> None:
    found = check_refutation(SQUARE, 2, GOOD, "proof")
    assert (found.steps, found.reasons) == (2, 5)
    check_refutation(SQUARE, 2, GOOD.removesuffix("\n"), "proof")
    check_refutation([(), (1,)], 1, "3 0 1 0\n", "proof")
    check_refutation([(1, 1), (-1,)], 1, "3 0 1 2 0\n", "proof")


BAD = {
    "number-not-new": [("5 1 0 1 2 0\n5 0 5 3 4 0\n", 2), ("4 1 0 1 2 0\n", 1),
                       ("-7 1 0 1 2 0\n", 1), ("0 1 0 1 2 0\n", 1),
                       (f"{10**12} 1 0 1 2 0\n", 1)],
    "truncated": [("5 1 0 1 2", 1), ("5 1 0", 1), ("5 1", 1), ("5", 1), ("5 0\n", 1),
                  ("5 1 0 1 2 0\n5 d 1 2\n", 2), ("5 d", 1)],
    "not-a-number": [("5 x 0\n", 1), ("5 1 0 1 2 0 \n", 1), ("5  1 0\n", 1), ("\n", 1),
                     ("5 1- 0\n", 1), ("5 --1 0\n", 1), ("5 -0 1 0\n", 1), ("5 1 0 01 2 0\n", 1),
                     ("5 1 0 ١ 2 0\n", 1), ("5 1 0 1_0 2 0\n", 1), ("5 +1 0 1 2 0\n", 1),
                     ("5 1 0 1 2 0\r\n", 1), ("5 1 0 1 2 0\n\n", 2), ("d 5 0\n", 1),
                     ("5 d d 0\n", 1),
                     ("5 1 0 1 2 0\nc end\n", 2), ("p cnf 2 4\n", 1),
                     ("9" * 5000 + " 1 0 1 2 0\n", 1)],
    "literal-out-of-range": [("5 3 0 1 2 0\n", 1), ("5 -3 0 1 2 0\n", 1),
                             ("5 1 -99999999999999999999 0 1 2 0\n", 1)],
    "unknown-clause": [("5 1 0 1 2 0\n5 d 9999999999999999 0\n", 2),
                       ("5 1 0 1 9 0\n", 1), ("5 1 0 5 0\n", 1), ("5 1 0 1 2 0\n5 d 9 0\n", 2),
                       ("5 1 0 1 2 0\n5 d 1 1 0\n", 2), ("4 d 1 0\n5 1 0 1 2 0\n", 2)],
    "two-clauses": [("5 1 0 1 0 2 0\n", 1), ("4 d 1 0 2 0\n", 1)],
    "rat-step": [("5 1 0 -1 2 0\n", 1), ("5 1 0 1 -2 3 0\n", 1), ("4 d -1 0\n", 1)],
    "reason-not-unit": [("5 0 1 0\n", 1), ("5 1 0 4 0\n", 1)],
    "reason-satisfied": [("5 1 0 1 1 2 0\n", 1), ("5 -1 -2 0 2 0\n", 1)],
    "reason-after-conflict": [("5 1 0 1 2 3 0\n", 1)],
    "no-conflict": [("5 1 0 1 0\n", 1), ("5 1 0 0\n", 1)],
    "after-empty-clause": [(GOOD + "7 1 0 1 0\n", 4), (GOOD + "6 d 5 0\n", 4)],
    "no-empty-clause": [("", 0), ("5 1 0 1 2 0\n", 1), ("5 1 0 1 2 0\n5 d 1 0\n", 2)],
}


@pytest.mark.parametrize(("code", "proof", "line"),
                         [(code, proof, line) for code, bad in BAD.items() for proof, line in bad])
def test_bad_proofs(code: str, proof: str, line: int) -> None:
    error = rejection(proof)
    assert error.code == code, error
    assert error.path.startswith(f"proof, line {line}, step ")
    assert "\n" not in str(error) and len(str(error)) < 300


def test_limits() -> None:
    assert rejection(GOOD, max_bytes=10).code == "proof-too-long"
    assert rejection(GOOD, max_work=5).code == "too-much-work"
    check_refutation(SQUARE, 2, GOOD, "proof", max_bytes=len(GOOD), max_work=10)


def test_every_code_has_a_bad_proof() -> None:
    source = Path(lrat.__file__).read_text(encoding="utf-8")
    used = {call.args[0].value for call in ast.walk(ast.parse(source))
            if isinstance(call, ast.Call) and isinstance(call.func, ast.Attribute)
            and call.func.attr == "_reject" and isinstance(call.args[0], ast.Constant)}
    assert used | {"not-a-number"} == set(BAD) | {"proof-too-long", "too-much-work"}


def test_the_step_is_named() -> None:
    assert rejection("5 1 0 1 2 0\n17 2 0 5 0\n").path == "proof, line 2, step 17"


@pytest.mark.parametrize("holes", [2, 3, 4, 5])
def test_proofs_of_a_solver(holes: int) -> None:
    clauses, variables, proof = pigeon_proof(holes)
    assert check_refutation(clauses, variables, proof, "proof").steps == len(
        [line for line in proof.splitlines() if " d " not in line])
    if holes <= 4:
        assert is_proof(clauses, variables, proof)


def test_no_beginning_is_a_proof() -> None:
    clauses, variables, proof = pigeon_proof(3)
    for length in range(len(proof) - 1):
        if proof[:length] == proof.removesuffix("\n"):
            continue
        with pytest.raises(Rejected):
            check_refutation(clauses, variables, proof[:length], "proof")


def test_changed_proofs() -> None:
    """200 changes in one place: rejected, or still a proof by unit propagation alone."""
    clauses, variables, proof = pigeon_proof(4)
    rng = random.Random(7)
    rejected = 0
    for _ in range(200):
        changed = mutated(rng, proof, variables)
        try:
            check_refutation(clauses, variables, changed, "proof")
        except Rejected:
            rejected += 1
        else:
            assert changed == proof or is_proof(clauses, variables, changed), changed
    assert rejected >= 150


def mutated(rng: random.Random, proof: str, variables: int) -> str:
    """The proof with one number changed, dropped or doubled, or a line dropped or moved."""
    lines = proof.splitlines()
    at = rng.randrange(len(lines))
    parts = lines[at].split(" ")
    place = rng.randrange(len(parts))
    what = rng.randrange(6)
    if what == 0:
        del lines[at]
    elif what == 1:
        lines.insert(rng.randrange(len(lines)), lines.pop(at))
    else:
        if what == 2:
            del parts[place]
        elif what == 3:
            parts.insert(place, parts[place])
        elif parts[place] != "d":
            number = int(parts[place])
            parts[place] = str(rng.choice([-number, number + 1, number - 1, 0, variables,
                                           rng.randrange(200)]))
        lines[at] = " ".join(parts)
    return "\n".join(lines) + "\n"


@given(st.text(alphabet="0123456789- d\n", max_size=60))
def test_any_text_is_rejected_or_a_proof(text: str) -> None:
    try:
        check_refutation(SQUARE, 2, text, "proof")
    except Rejected as error:
        assert re.fullmatch(r"proof, line \d+, step -?\d+", error.path)
    else:
        assert is_proof(SQUARE, 2, text)


@given(st.text(max_size=40))
def test_strange_text_is_rejected(text: str) -> None:
    with pytest.raises(Rejected):
        check_refutation([(1,)], 1, text, "proof")
