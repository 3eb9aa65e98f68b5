"""From C-RASP programs to weights: one layer of uniform attention per level of nested counts.

There is a begin marker, and all heads see j <= i with equal scores. For a test
c_1 #[f_1] + ... >= b a head averages the value c_1 [f_1(j)] + ... over the letters and -b over the
marker. The average (c_1 #[f_1] + ... - b) / (i + 1) is of the sign that is asked for.

- In *mixed precision*, fixed point rounded down outside attention, the average becomes a
  multiple of the least positive number u and stays negative if it was. Values are scaled to lie
  between -1 and 1, so that the output projection, which multiplies by u and rounds down once more,
  gives -u for a negative average and 0 for any other: a bit. Rounding to nearest would lose the
  sign of small averages.
- Over the *rationals*, with average-hard attention, the marker's value is -b + 1/2, so that the
  average is not 0. In a second layer each test has a head whose score is the average at the
  marker and 0 elsewhere: it sees the marker alone where the average is positive, and everything
  else where it is negative.

Boolean combinations are sums of disjoint conjunctions, each a hidden unit of one feed-forward
layer. So a program of depth k becomes k blocks of attention and network; 2 k over the rationals.

Yang, Chiang, "Counting Like Transformers" (2024); for mixed precision, level by level, Yang,
Cadilhac, Chiang, "Knee-Deep in C-RASP" (2025). The bit by rounding twice, and the second layer of
hard attention in place of layer normalisation, are derived.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Final

from expressivity.models.contracts import fixed
from expressivity.programs.crasp import Program
from expressivity.programs.crasp_diagrams import Test
from expressivity.programs.crasp_plan import BIAS, Plan, Row
from languages.errors import InputError, LimitError
from proofs.models.architecture import FORMAT, MAX_ENTRIES, VERSION

MAX_BITS: Final = 129


@dataclass(frozen=True)
class Resources:
    """What a model uses; `heads` and `hidden` are the largest of a layer."""

    attention_layers: int
    ffn_layers: int
    heads: int
    hidden: int
    width: int
    weights: int


def resources(program: Program, *, rational: bool = False) -> Resources:
    """The resources of the program's model, without building it."""
    return (_Averages if rational else _Mixed)(program).resources()


def mixed_precision(program: Program) -> dict[str, Any]:
    """The smallest contract of mixed precision under which `crasp_to_model` works."""
    return _Mixed(program).contract()


def crasp_to_model(program: Program, contract: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """Plain data of a model that accepts the words that the program accepts.

    `contract` is rational, or fixed point, rounded down, with exact attention, and large enough;
    without it, `mixed_precision(program)`. With the readout "last" there is a begin marker, with
    "eos" an end marker too. Raises `InputError` for another contract and `LimitError` for a model
    that would be too large.
    """
    made: _Tensors
    if contract is None:
        made = _Mixed(program)
        contract = made.contract()
    elif contract.get("format") == "rational":
        made = _Averages(program)
    else:
        made = _Mixed(program, contract)
    weights = made.resources().weights
    if weights > MAX_ENTRIES:
        raise LimitError("weights of the model", weights, MAX_ENTRIES, "MAX_ENTRIES")
    *output, bias = made.dense(made.plan.answer)
    return {
        "format": FORMAT,
        "version": VERSION,
        "alphabet": list(program.alphabet),
        "markers": "both" if program.readout == "eos" else "bos",
        "readout": program.readout,
        "contract": dict(contract),
        "residual": made.plan.names(),
        "period": 1,
        "embedding": made.embedding(),
        "layers": made.layers(),
        "output": {"weights": output, "bias": bias},
    }


class _Tensors(ABC):
    """What both kinds of models have in common."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.cases = {gate: plan.cases(gate) for gates in plan.gates.values() for gate in gates}

    @abstractmethod
    def attention(self, tests: list[Test]) -> list[list[dict[str, Any]]]:
        """The heads of each attention layer of a level."""

    @abstractmethod
    def attention_sizes(self, tests: int) -> list[list[int]]:
        """Of each attention layer of a level with so many tests, of each head, rank plus values."""

    def resources(self) -> Resources:
        """Counted from the plan alone."""
        plan = self.plan
        width = plan.width
        heads, hidden = [0], [0]
        attention_layers = ffn_layers = 0
        weights = (len(plan.program.alphabet) + 2) * width + width + 1
        for level in range(1, plan.levels + 1):
            for sizes in self.attention_sizes(len(plan.tests[level])):
                attention_layers += 1
                heads.append(len(sizes))
                # query, key and value have a column for the bias, the output has none
                weights += sum(2 * (width + 1) + values * (2 * width + 1) for values in sizes)
            if plan.gates[level]:
                ffn_layers += 1
                hidden.append(sum(len(self.cases[gate][1]) for gate in plan.gates[level]))
                weights += hidden[-1] * (width + 1) + width * (hidden[-1] + 1)
        return Resources(attention_layers, ffn_layers, max(heads), max(hidden), width, weights)

    def dense(self, row: Row) -> list[int | str]:
        """A row with its bias last, as plain data."""
        return [_plain(row.get(k, Fraction(0))) for k in (*range(self.plan.width), BIAS)]

    def embedding(self) -> list[list[list[int]]]:
        """The letters, and the begin marker, as 0 and 1; the end marker is neither."""
        symbols = range(len(self.plan.program.alphabet) + 2)
        return [[[int(k == symbol and k <= self.plan.begin) for k in range(self.plan.width)]]
                for symbol in symbols]

    def layers(self) -> list[dict[str, Any]]:
        """The attention layers of each level, and the network behind them if there are gates."""
        found: list[dict[str, Any]] = []
        for level in range(1, self.plan.levels + 1):
            found += [{"kind": "attention", "heads": heads}
                      for heads in self.attention(self.plan.tests[level])]
            if self.plan.gates[level]:
                found.append(self._network(self.plan.gates[level]))
        return found

    def head(self, selection: str, query: Row, key: Row, value: list[Row],
             output: dict[int, Fraction]) -> dict[str, Any]:
        """A head; its k-th value goes to the k-th dimension of `output`, times what stands there.
        """
        matrix: list[list[int | str]] = [[0] * len(value) for _ in range(self.plan.width)]
        for column, (dimension, factor) in enumerate(output.items()):
            matrix[dimension][column] = _plain(factor)
        return {"selection": selection, "mask": "future", "query": [self.dense(query)],
                "key": [self.dense(key)], "value": [self.dense(row) for row in value],
                "output": matrix}

    def _network(self, gates: list[int]) -> dict[str, Any]:
        inner = [row for gate in gates for row in self.cases[gate][1]]
        outer = [[0] * (len(inner) + 1) for _ in range(self.plan.width)]
        unit = 0
        for gate in gates:
            complement, rows = self.cases[gate]
            target = outer[self.plan.place[gate]]
            target[-1] = int(complement)
            for _ in rows:
                target[unit] = -1 if complement else 1
                unit += 1
        return {"kind": "ffn", "in": [self.dense(row) for row in inner], "out": outer}


class _Averages(_Tensors):
    """Exact rationals: an average, and then its sign by hard attention."""

    def __init__(self, program: Program) -> None:
        super().__init__(Plan(program, 1, averages=True))

    def attention(self, tests: list[Test]) -> list[list[dict[str, Any]]]:
        plan = self.plan
        one = Fraction(1)
        averages = self.head(
            "average-hard", {}, {}, [plan.value(t, Fraction(1, 2) - t.bound) for t in tests],
            {plan.averages[t]: one for t in tests})
        signs = [self.head("average-hard", {plan.averages[t]: one}, {plan.begin: one},
                           [{plan.begin: one, BIAS: -one}], {plan.place[t]: one}) for t in tests]
        return [[averages], signs]

    def attention_sizes(self, tests: int) -> list[list[int]]:
        return [[tests], [1] * tests]


class _Mixed(_Tensors):
    """Fixed point rounded down, attention exact inside."""

    def __init__(self, program: Program, contract: Mapping[str, Any] | None = None) -> None:
        self.fraction = _least_fraction(program)
        if contract is not None:
            _check(contract, self.fraction)
            self.fraction = contract["fraction"]
        super().__init__(Plan(program, 1 << self.fraction, averages=False))
        self.bits = self._least_bits()
        if self.bits > MAX_BITS:
            raise LimitError("bits of a number", self.bits, MAX_BITS, "smaller factors and bounds")
        if contract is not None and not contract["bits"] >= self.bits:
            raise InputError(f"C-RASP: the contract has {contract['bits']} bits, expected at least "
                             f"{self.bits}")

    def contract(self) -> dict[str, Any]:
        """The smallest one with this fraction."""
        return dict(fixed(self.bits, self.fraction, rounding="floor", overflow="saturate",
                          arithmetic="exact-attention", softmax="uniform-if-zero"))

    def values(self, tests: list[Test]) -> list[Row]:
        """What the head averages for these tests."""
        return [self.plan.value(t, Fraction(-t.bound, self.plan.scale)) for t in tests]

    def attention(self, tests: list[Test]) -> list[list[dict[str, Any]]]:
        unit = Fraction(1, self.plan.scale)
        return [[self.head("softmax", {}, {}, self.values(tests),
                           {self.plan.place[t]: unit for t in tests})]]

    def attention_sizes(self, tests: int) -> list[list[int]]:
        return [[tests]]

    def _least_bits(self) -> int:
        """So many that no weight, product or partial sum saturates."""
        plan = self.plan
        sizes = [Fraction(1)] * plan.width
        for key, dimension in plan.place.items():
            if isinstance(key, Test):
                sizes[dimension] = Fraction(1, plan.scale)
        rows = [plan.answer, *(row for _, rows in self.cases.values() for row in rows)]
        for tests in plan.tests.values():
            rows += self.values(tests)
        needed = Fraction(1)
        for row in rows:
            parts = (abs(x) * (1 if k == BIAS else sizes[k]) for k, x in row.items())
            needed = max([needed, sum(parts, Fraction(0)), *map(abs, row.values())])
        steps = -(-needed.numerator * plan.scale // needed.denominator)
        return steps.bit_length() + 1


def _least_fraction(program: Program) -> int:
    """So many bits behind the point that all scaled values lie between -1 and 1."""
    plan = Plan(program, 1, averages=False)
    largest = 0
    for tests in plan.tests.values():
        for test in tests:
            factors = [factor for _, factor in plan.diagrams.forms[test.form]]
            largest = max(largest, abs(test.bound), sum(c for c in factors if c > 0),
                          -sum(c for c in factors if c < 0))
    return largest.bit_length()


def _check(contract: Mapping[str, Any], fraction: int) -> None:
    for key, wanted in (("format", "fixed"), ("rounding", "floor"),
                        ("arithmetic", "exact-attention")):
        if contract.get(key) != wanted:
            raise InputError(f"C-RASP: the contract has {key} {contract.get(key)!r}, expected "
                             f"{wanted!r}, or the format 'rational'")
    for key, least in (("fraction", fraction), ("bits", 2)):
        if not isinstance(contract.get(key), int) or contract[key] < least:
            raise InputError(f"C-RASP: the contract has {key} {contract.get(key)!r}, expected at "
                             f"least {least}")


def _plain(x: Fraction) -> int | str:
    return x.numerator if x.denominator == 1 else f"{x.numerator}/{x.denominator}"
