"""Chains of thought for circuits: one token a gate, bit by bit what the circuit computes."""

from __future__ import annotations

import itertools
import random

import numpy as np
import pytest

from expressivity.circuits.circuit import Circuit, Gate
from expressivity.circuits.evaluate import evaluate, pack, unpack
from expressivity.models.sizes import sizes
from expressivity.thought.circuits import (
    Straight,
    TableGate,
    circuit_decoder,
    claimed,
    straight,
    values,
)
from expressivity.thought.session import Session, think
from expressivity.thought.thinker import Thinker
from languages.errors import InputError
from proofs.models.decoder import decode


def random_circuit(rng: random.Random, inputs: int, size: int) -> Circuit:
    """Gates of fan-in one and two of every kind, the output among the last."""
    gates = []
    for g in range(size):
        kind = rng.choice(("AND", "AND", "OR", "OR", "MOD", "THRESHOLD"))
        top = 2 * (1 + inputs + g)
        # Mostly recent nodes, so that the output needs many gates.
        operands = tuple(rng.randrange(max(0, top - 6), top) if rng.random() < 0.7 else
                         rng.randrange(top) for _ in range(rng.choice((1, 2, 2))))
        if kind in ("AND", "OR"):
            gates.append(Gate(kind, operands))
        else:
            gates.append(Gate(kind, operands, rng.randint(1, 3)))
    top = 2 * (1 + inputs + size)
    return Circuit.from_gates([f"x{i}" for i in range(inputs)], gates,
                              {"out": rng.randrange(max(0, top - 4), top)})


def test_random_circuits() -> None:
    """Two hundred, each on random inputs, against the bit-sliced evaluator of circuits."""
    rng = random.Random(3)
    answers, largest = set(), 0
    for _ in range(200):
        n = rng.randint(1, 7)
        circuit = random_circuit(rng, n, rng.randint(0, 36))
        program = straight(circuit)
        thinker = Thinker.from_plain(circuit_decoder(program))
        found = sizes(thinker.definition.model) | {"tokens": thinker.definition.most(n)}
        assert {name: found[name] for name in claimed(program)} == claimed(program)
        assert len(program.gates) <= max(1, circuit.size)
        words = [tuple(rng.randrange(2) for _ in range(n)) for _ in range(4)]
        bits = pack(np.array(words, dtype=bool).T)
        wanted = unpack(evaluate(circuit, bits), len(words))[0].tolist()
        got = Session(thinker, words).run()
        assert list(got.accepted) == wanted
        for word, tokens in zip(words, got.tokens, strict=True):
            assert list(tokens[:-1]) == values(program, list(word))[1 + n:-1]
            assert len(tokens) == len(program.gates)
        answers |= set(wanted)
        largest = max(largest, len(program.gates))
    assert answers == {True, False}
    assert largest > 15


def test_the_definition_agrees() -> None:
    rng = random.Random(9)
    for _ in range(6):
        program = straight(random_circuit(rng, 2, 5))
        thinker = Thinker.from_plain(circuit_decoder(program))
        for word in itertools.product(range(2), repeat=2):
            assert decode(thinker.definition, word) == think(thinker, word)


def chain(size: int) -> Straight:
    """Node 1 negated `size` times: each gate reads the one before."""
    return Straight(1, tuple(TableGate(k, k, (1, 0, 0, 0)) for k in range(1, size + 1)))


@pytest.mark.parametrize("size", [1, 2, 3, 62, 63, 64, 200])
def test_long_chains(size: int) -> None:
    """Codes of up to eight bits: sums of scores saturate on the way."""
    thinker = Thinker.from_plain(circuit_decoder(chain(size)))
    for bit in (0, 1):
        found = think(thinker, (bit,))
        assert found.accepted == bool((bit + size) % 2)
        assert found.tokens[:-1] == tuple((bit + k) % 2 for k in range(1, size))


@pytest.mark.parametrize(("output", "answers"), [(0, [0, 0]), (1, [1, 1]), (2, [0, 1]),
                                                 (3, [1, 0])])
def test_no_gates(output: int, answers: list[int]) -> None:
    program = straight(Circuit.from_gates(["x"], [], {"out": output}))
    thinker = Thinker.from_plain(circuit_decoder(program))
    assert [think(thinker, (bit,)).accepted for bit in (0, 1)] == [bool(x) for x in answers]


def test_no_inputs_and_no_operands() -> None:
    for kind, member in (("AND", True), ("OR", False)):
        program = straight(Circuit.from_gates([], [Gate(kind, ())], {"out": 2}))
        assert think(Thinker.from_plain(circuit_decoder(program)), ()).accepted is member


def test_circuits_that_do_not_fit() -> None:
    three = Gate("OR", (2, 4, 6))
    with pytest.raises(InputError, match=r"gate 0 \(OR\) has 3 operands, expected at most two"):
        straight(Circuit.from_gates(["x", "y", "z"], [three], {"out": 8}))
    for outputs in ({}, {"a": 2, "b": 3}):
        with pytest.raises(InputError, match="outputs, expected one"):
            straight(Circuit.from_gates(["x"], [], outputs))
    with pytest.raises(InputError, match="2 bits, expected 1"):
        values(chain(1), [0, 1])
