"""The ASCII AIGER format (`.aag`): and-inverter graphs without latches.

    aag M I L O A              header: largest variable, inputs, latches, outputs, AND gates
    I lines: literal           O lines: literal           A lines: literal literal literal
    symbols: i0 NAME, o0 NAME  c, then comments

Biere, "The AIGER And-Inverter Graph (AIG) Format" (2007). Reading is strict: numbers are decimal
without leading zeros, separated by one space; gates may come in any order, as the format allows.
Latches, and the properties of version 1.9 (B C J F), are refused by name.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Final, NoReturn

import numpy as np

from expressivity.circuits.builder import CircuitLimits
from expressivity.circuits.circuit import Circuit, Gate
from expressivity.circuits.expand import and_inverter
from languages.errors import InputError, LimitError
from languages.tables import shown

MAX_VARIABLES: Final = 5_000_000
MAX_BYTES: Final = 256_000_000
_HEADER: Final = ("M (largest variable)", "I (inputs)", "L (latches)", "O (outputs)",
                  "A (AND gates)")
_PROPERTIES: Final = ("bad states", "constraints", "justice properties", "fairness constraints")
_NUMBER = re.compile(r"0|[1-9][0-9]{0,9}")
_SYMBOL = re.compile(r"([ilobcjf])(0|[1-9][0-9]{0,9}) (.+)")


def aiger_text(circuit: Circuit, limits: CircuitLimits | None = None,
               comments: Sequence[str] = ()) -> str:
    """The circuit as `.aag`, its gates expanded into ANDs of fan-in two and negations.

    Names become symbols; what cannot stand on a line is escaped, in comments as well. Raises
    `LimitError`.
    """
    graph = and_inverter(circuit, limits)
    lines = [f"aag {graph.nodes - 1} {len(graph.inputs)} 0 {len(graph.outputs)} {graph.size}"]
    lines += [str(2 * (1 + i)) for i in range(len(graph.inputs))]
    lines += map(str, graph.outputs)
    pairs = graph.wires.reshape(graph.size, 2)
    left, right = pairs.max(axis=1).tolist(), pairs.min(axis=1).tolist()
    lines += [f"{2 * (graph.first + g)} {x} {y}"
              for g, (x, y) in enumerate(zip(left, right, strict=True))]
    lines += [f"i{i} {printable(name)}" for i, name in enumerate(graph.inputs)]
    lines += [f"o{i} {printable(name)}" for i, name in enumerate(graph.names)]
    if comments:
        lines += ["c", *map(printable, comments)]
    return "\n".join([*lines, ""])


def printable(name: str) -> str:
    """The name with characters that do not print escaped as in Python; never empty."""
    return "".join(c if c.isprintable() else ascii(c)[1:-1] for c in name) or "''"


def read_aiger(path: str | Path) -> Circuit:
    """The circuit in a file.

    Raises:
        InputError: the file cannot be read, or as `parse_aiger`, with the name of the file.
    """
    try:
        with open(path, "rb") as file:
            raw = file.read(MAX_BYTES + 1)
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else str(error)
        raise InputError(f"{path}: cannot be read: {reason}") from None
    if len(raw) > MAX_BYTES:
        raise InputError(f"{path}: more than {MAX_BYTES} bytes")
    try:
        return parse_aiger(raw.decode("utf-8"))
    except UnicodeDecodeError as error:
        raise InputError(f"{path}: byte {error.start + 1} is not UTF-8; expected ASCII AIGER "
                         "(aag)") from None
    except InputError as error:
        raise InputError(f"{path}: {error.message}", error.position) from None


def parse_aiger(text: str, max_variables: int = MAX_VARIABLES) -> Circuit:
    """The circuit that the text describes; inputs and outputs without a symbol are i0, o0 ...

    Raises:
        InputError: with the line and column, what was expected and what was found.
        LimitError: more variables, or more lines of outputs, than `max_variables`.
    """
    return _Reader(text, max_variables).circuit()


class _Reader:
    def __init__(self, text: str, max_variables: int) -> None:
        self.lines = text.split("\n")
        self.number = 0  # of the line that was read last, from 1
        self.max_variables = max_variables
        self.line = ""

    def circuit(self) -> Circuit:
        top, inputs, outputs, ands = self._header()
        node = np.full(top + 1, -1, dtype=np.int64)  # variable -> node
        node[0] = 0
        for i in range(inputs):
            (literal,) = self._literals(1, "an input", top)
            self._define(node, literal, 1 + i, "an input")
        wanted = []
        for _ in range(outputs):
            (literal,) = self._literals(1, "an output", top)
            wanted.append((literal, self.number))
        operands = []
        for g in range(ands):
            left, *right = self._literals(3, "an AND gate", top)
            self._define(node, left, 1 + inputs + g, "an AND gate")
            operands.append((right, self.number))
        names = self._symbols({"i": inputs, "o": outputs})

        def known(literal: int, line: int) -> int:
            if node[literal >> 1] < 0:
                self._fail(f"literal {literal}: no input and no AND gate defines variable "
                           f"{literal >> 1}", line=line)
            return 2 * int(node[literal >> 1]) + (literal & 1)

        gates = [Gate("AND", tuple(known(x, line) for x in pair)) for pair, line in operands]
        literals = [known(x, line) for x, line in wanted]
        return Circuit.from_gates([names.get(f"i{i}", f"i{i}") for i in range(inputs)], gates,
                                  _named([names.get(f"o{i}", f"o{i}") for i in range(outputs)],
                                         literals))

    def _header(self) -> tuple[int, int, int, int]:
        self._next("the header aag M I L O A")
        word, *fields = self.line.split(" ")
        if word != "aag":
            binary = "; the binary format is not read" if word == "aig" else ""
            self._fail(f"got {shown(word)}, expected aag{binary}")
        if not 5 <= len(fields) <= 9:
            self._fail(f"got {len(fields)} numbers after aag, expected M I L O A")
        counts = [self._number(k, (*_HEADER, *_PROPERTIES)[k - 1])
                  for k in range(1, 1 + len(fields))]
        if counts[2]:
            self._fail(f"{counts[2]} latches: only circuits without latches are read", 3)
        for k, name in enumerate(_PROPERTIES, start=5):
            if len(counts) > k and counts[k]:
                self._fail(f"{counts[k]} {name}: only inputs, outputs and AND gates are read",
                           k + 1)
        top, inputs, _, outputs, ands = counts[:5]
        for what, size in (("variables", top), ("outputs", outputs)):
            if size > self.max_variables:
                raise LimitError(f"AIGER {what}", size, self.max_variables, "max_variables")
        if inputs + ands > top:
            self._fail(f"M is {top}, expected at least I + L + A = {inputs + ands}", 1)
        if inputs + outputs + ands > len(self.lines) - 1:
            self._fail(f"{inputs + outputs + ands} lines were announced, the text has "
                       f"{len(self.lines) - 1} more")
        return top, inputs, outputs, ands

    def _literals(self, size: int, what: str, top: int) -> list[int]:
        self._next(what)
        if self.line.count(" ") != size - 1:
            self._fail(f"got {shown(self.line)}, expected {what}: {size} literal"
                       f"{'s' if size > 1 else ''} separated by one space")
        literals = [self._number(k, "a literal") for k in range(size)]
        for k, literal in enumerate(literals):
            if literal > 2 * top + 1:
                self._fail(f"literal {literal}: expected at most 2 M + 1 = {2 * top + 1}", k)
        return literals

    def _define(self, node: np.ndarray[tuple[int], np.dtype[np.int64]], literal: int, number: int,
                what: str) -> None:
        if literal & 1 or literal == 0:
            self._fail(f"literal {literal}: expected an even literal from 2 on, for {what}", 0)
        if node[literal >> 1] >= 0:
            self._fail(f"literal {literal}: variable {literal >> 1} is defined twice", 0)
        node[literal >> 1] = number

    def _symbols(self, counts: dict[str, int]) -> dict[str, str]:
        names: dict[str, str] = {}
        while self.number < len(self.lines):
            self._next("a symbol")
            if self.line == "c" or (self.line == "" and self.number == len(self.lines)):
                break
            match = _SYMBOL.fullmatch(self.line)
            if match is None:
                self._fail(f"got {shown(self.line)}, expected a symbol such as i0 NAME, or c")
            kind, place, name = match.groups()
            if kind not in counts or int(place) >= counts[kind]:
                self._fail(f"{kind}{place}: there is no such input or output")
            if kind + place in names:
                self._fail(f"{kind}{place} has two symbols")
            names[kind + place] = name
        return names

    def _next(self, what: str) -> None:
        if self.number >= len(self.lines):
            self._fail(f"the text ends, expected {what}")
        self.line = self.lines[self.number]
        self.number += 1

    def _number(self, field: int, what: str) -> int:
        """A number of the current line; fields are counted from 0."""
        text = self.line.split(" ")[field]
        if not _NUMBER.fullmatch(text):
            self._fail(f"got {shown(text)}, expected a decimal number for {what}", field)
        return int(text)

    def _fail(self, message: str, field: int = 0, line: int | None = None) -> NoReturn:
        column = 1
        if line is None:
            column += sum(len(part) + 1 for part in self.line.split(" ")[:field])
        number = line or max(1, self.number)
        raise InputError(f"AIGER: {message}", f"line {number}, column {column}")


def _named(names: list[str], literals: list[int]) -> dict[str, int]:
    """Outputs by name; a name that was used before gets its number."""
    found: dict[str, int] = {}
    for k, (name, literal) in enumerate(zip(names, literals, strict=True)):
        if name in found:
            name = f"{name} (output {k})"
        while name in found:
            name += "'"
        found[name] = literal
    return found
