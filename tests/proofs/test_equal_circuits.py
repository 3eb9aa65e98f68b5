"""Two circuits: clauses against truth tables, certificates, each reason to reject."""

from __future__ import annotations

import hashlib
import itertools
import json
import random
from typing import Any

import pytest
from pysat.solvers import Solver

from expressivity.solvers.elaborate import elaborate
from proofs.bounds import choices, equal_circuits
from proofs.bounds.bound import FORMAT, VERSION
from proofs.bounds.equal_circuits import CheckedCircuits, Circuit, check, encode, parse_circuit
from proofs.check import check_text
from proofs.check_report import report
from proofs.checkers.rejection import Rejected
from tests.proofs.certificate_edits import edited
from tests.proofs.test_mutation import changes, parts
from tests.solvers.instances import drat

Plain = dict[str, Any]


def outputs(circuit: Circuit, values: tuple[int, ...]) -> list[int]:
    """The outputs by the definition of gates."""
    nodes = [0, *values]

    def literal(x: int) -> int:
        return nodes[x >> 1] ^ (x & 1)

    for gate in circuit.gates:
        number = sum(literal(x) for x in gate.operands)
        if gate.kind in ("AND", "OR"):
            nodes.append(int(number == len(gate.operands) if gate.kind == "AND" else number > 0))
        elif gate.kind == "THRESHOLD":
            nodes.append(int(number >= gate.parameters[0]))
        else:
            nodes.append(int(number % gate.parameters[0] == gate.parameters[1]))
    return [literal(x) for x in circuit.outputs]


def agree(inputs: int, one_hot: int | None, left: Circuit, right: Circuit) -> bool:
    """The claim, by a table of values."""
    return all(outputs(left, values) == outputs(right, values)
               for values in itertools.product((0, 1), repeat=inputs)
               if one_hot is None or all(sum(values[i:i + one_hot]) == 1
                                         for i in range(0, inputs, one_hot)))


def is_true(found: CheckedCircuits) -> bool:
    """The claim of a certificate."""
    return agree(found.inputs, found.one_hot, found.left, found.right)


def random_circuit(rng: random.Random, inputs: int, outs: int) -> Plain:
    """Up to five gates, some with repeated operands, constants and trivial parameters."""
    gates: list[list[Any]] = []
    for k in range(rng.randint(0, 5)):
        operands = [rng.randrange(2 * (1 + inputs + k)) for _ in range(rng.randint(0, 4))]
        modulus = rng.randint(1, 4)
        kind, *parameters = rng.choice([("AND",), ("OR",), ("THRESHOLD", rng.randint(0, 5)),
                                        ("MOD", modulus, rng.randrange(modulus))])
        gates.append([kind, *parameters, *operands])
    return {"gates": gates, "outputs": [rng.randrange(2 * (1 + inputs + len(gates)))
                                        for _ in range(outs)]}


@pytest.mark.parametrize("block", range(4))
def test_random_circuits(block: int) -> None:
    equal = 0
    for seed in range(200 * block, 200 * (block + 1)):
        rng = random.Random(seed)
        inputs, outs = rng.randint(0, 4), rng.randint(1, 2)
        one_hot = rng.choice([None, *(g for g in range(1, inputs + 1) if inputs % g == 0)])
        left, right = (parse_circuit(random_circuit(rng, inputs, outs), "", inputs)
                       for _ in range(2))
        truth = agree(inputs, one_hot, left, right)
        with Solver("cadical195",
                    bootstrap_with=encode(inputs, one_hot, left, right).clauses) as engine:
            assert engine.solve() != truth, seed
        equal += truth
    assert 20 < equal < 180


def certificate(inputs: int, one_hot: int | None, left: Plain, right: Plain) -> Plain:
    """A certificate for a claim that is true."""
    cnf = encode(inputs, one_hot, *(parse_circuit(side, "", inputs) for side in (left, right)))
    steps = drat(cnf.clauses)
    assert steps is not None
    return {"format": FORMAT, "version": VERSION, "kind": equal_circuits.KIND,
            "claim": {"inputs": inputs, "one-hot": one_hot, "left": left, "right": right},
            "data": {"proof": elaborate(cnf.clauses, steps)}}


PARITY: Plain = {"gates": [["MOD", 2, 1, 2, 4, 6]], "outputs": [8]}
XORS: Plain = {"gates": [["AND", 2, 5], ["AND", 3, 4], ["OR", 8, 10], ["AND", 12, 7],
                         ["AND", 13, 6], ["OR", 14, 16]], "outputs": [18]}
MAJORITY: Plain = {"gates": [["THRESHOLD", 2, 2, 4, 6]], "outputs": [8]}
PAIRS: Plain = {"gates": [["AND", 2, 4], ["AND", 2, 6], ["AND", 4, 6], ["OR", 8, 10, 12]],
                "outputs": [14]}


def good() -> Plain:
    """A certificate that is accepted."""
    return certificate(3, None, PARITY, XORS)


@pytest.mark.parametrize(("left", "right"), [(PARITY, XORS), (MAJORITY, PAIRS), (PARITY, PARITY)])
def test_good_certificates(left: Plain, right: Plain) -> None:
    value = certificate(3, None, left, right)
    found = check(value)
    assert is_true(found) and found.plain()["inputs"] == 3
    outcome = check_text(json.dumps(value).encode(), "file")
    assert outcome.status == "accepted" and "for all values of their 3 inputs" in report(outcome)


def test_reports_say_which_circuits() -> None:
    """By a digest of what the certificate has, so that others can compare it with their own."""
    value = good()
    found = check(value)
    for side, shown in (("left", found.plain()["left_sha256"]),
                        ("right", found.plain()["right_sha256"])):
        text = json.dumps(value["claim"][side], sort_keys=True, separators=(",", ":"))
        assert shown == hashlib.sha256(text.encode()).hexdigest()
        assert f"sha256:{shown}" in "\n".join(found.describe())


def test_one_hot_codes() -> None:
    """Exactly one of three is true: parity and the constant true agree there, not elsewhere."""
    true = {"gates": [], "outputs": [1]}
    found = check(certificate(3, 3, PARITY, true))
    assert is_true(found) and "exactly one true of each 3" in "\n".join(found.describe())
    with Solver("cadical195", bootstrap_with=encode(
            3, None, parse_circuit(PARITY, "", 3), parse_circuit(true, "", 3)).clauses) as engine:
        assert engine.solve()


@pytest.mark.parametrize("value", [good(), certificate(3, 3, MAJORITY, PARITY | {"outputs": [0]})])
def test_changed_certificates(value: Plain) -> None:
    """Whatever is changed, the certificate is rejected or its claim is true."""
    accepted = rejected = 0
    for path, inner in parts(value):
        for edit in changes(path, inner):
            try:
                found = check(edited(value, edit))
            except Rejected:
                rejected += 1
                continue
            accepted += 1
            assert found.inputs <= 8 and is_true(found), edit
    assert rejected > 500


@pytest.mark.parametrize(("code", "edit"), [
    ("too-many-nodes", ("gates", [])),
    ("not-a-gate", ("gates", [["XOR", 2, 4]])),
    ("not-a-gate", ("gates", [[]])),
    ("not-a-gate", ("gates", [["THRESHOLD"]])),
    ("not-a-gate", ("gates", [["MOD", 2]])),
    ("not-a-list", ("gates", ["AND"])),
    ("out-of-range", ("gates", [["AND", 8]])),
    ("out-of-range", ("gates", [["MOD", 0, 0]])),
    ("out-of-range", ("gates", [["MOD", 2, 2]])),
    ("out-of-range", ("gates", [["THRESHOLD", equal_circuits.MAX_PARAMETER + 1, 2]])),
    ("not-an-integer", ("gates", [["AND", True]])),
    ("out-of-range", ("outputs", [10])),
    ("other-outputs", ("outputs", [8, 8])),
])
def test_circuits_that_are_refused(code: str, edit: tuple[str, Any],
                                   monkeypatch: pytest.MonkeyPatch) -> None:
    value = good()
    if code == "too-many-nodes":
        monkeypatch.setattr(equal_circuits, "MAX_NODES", 3)
        value["claim"]["inputs"] = 2
        edit = ("gates", [["AND"]])
    value["claim"]["left"] = PARITY | {edit[0]: edit[1]}
    with pytest.raises(Rejected) as raised:
        check(value)
    assert raised.value.code == code


@pytest.mark.parametrize(("code", "path", "new"), [
    ("not-a-multiple", ("claim", "one-hot"), 2), ("out-of-range", ("claim", "one-hot"), 0),
    ("out-of-range", ("claim", "inputs"), -1), ("wrong-kind", ("kind",), "equal"),
    ("not-a-string", ("data", "proof"), 0), ("no-empty-clause", ("data", "proof"), ""),
    ("unknown-key", ("claim", "more"), 0),
])
def test_claims_that_are_refused(code: str, path: tuple[str, ...], new: Any) -> None:
    with pytest.raises(Rejected) as raised:
        check(edited(good(), (path, new)))
    assert raised.value.code == code


@pytest.mark.parametrize(("limit", "code"), [
    ("MAX_CASES", "too-many-cases"), ("MAX_LITERALS", "too-many-clauses"),
    ("MAX_VALUES", "too-many-values")])
def test_sizes_are_bounded(limit: str, code: str, monkeypatch: pytest.MonkeyPatch) -> None:
    value = good()
    monkeypatch.setattr(choices, limit, 1)
    with pytest.raises(Rejected) as raised:
        check(value)
    assert raised.value.code == code
