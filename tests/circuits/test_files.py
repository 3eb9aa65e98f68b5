"""AIGER and DOT: round trips, an independent parser, every error with its place."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given, settings

from expressivity.circuits.aiger import aiger_text, parse_aiger, read_aiger
from expressivity.circuits.builder import CircuitBuilder, CircuitLimits
from expressivity.circuits.circuit import Circuit, Gate
from expressivity.circuits.dot import dot_text
from expressivity.circuits.evaluate import assignments, evaluate, unpack
from expressivity.circuits.expand import and_inverter
from languages.errors import InputError, LimitError
from tests.circuits.circuits import circuits, outputs


def run_aag(text: str, inputs: Sequence[bool]) -> list[bool]:
    """A tiny evaluator of its own, straight from the description of the format."""
    lines = text.splitlines()
    _, i, _, o, a = map(int, lines[0].split()[1:])
    values = {0: False}
    for line, given_ in zip(lines[1:1 + i], inputs, strict=True):
        values[int(line)] = given_
    gates = {x: (y, z) for x, y, z in (map(int, line.split()) for line in
                                       lines[1 + i + o:1 + i + o + a])}

    def look(literal: int) -> bool:
        if literal & 1:
            return not look(literal - 1)
        if literal not in values:
            y, z = gates[literal]
            values[literal] = look(y) and look(z)
        return values[literal]

    return [look(int(line)) for line in lines[1 + i:1 + i + o]]


def table(circuit: Circuit) -> list[list[bool]]:
    n = len(circuit.inputs)
    found: list[list[bool]] = unpack(evaluate(circuit, assignments(n)), 2**n).T.tolist()
    return found


@given(circuits(max_inputs=4))
@settings(max_examples=200, deadline=None)
def test_files_mean_the_circuit(circuit: Circuit) -> None:
    text = aiger_text(circuit)
    again = parse_aiger(text)
    assert (again.inputs, again.names) == (circuit.inputs, circuit.names)
    assert table(again) == table(circuit)
    graph = and_inverter(circuit)
    assert (again.size, again.depth) == (graph.size, graph.depth)
    for row in itertools.product((False, True), repeat=len(circuit.inputs)):
        assert run_aag(text, row) == outputs(circuit, row)


@given(circuits())
@settings(max_examples=100, deadline=None)
def test_expansion_has_ands_of_fan_in_two_only(circuit: Circuit) -> None:
    graph = and_inverter(circuit)
    assert set(graph.census()) <= {"AND"}
    assert set(graph.census().get("AND", {2: 0})) == {2}
    assert table(graph) == table(circuit)


@pytest.mark.parametrize(("kind", "parameter", "residue"), [
    ("THRESHOLD", 7, 0), ("THRESHOLD", 12, 0), ("MOD", 3, 2), ("MOD", 5, 0), ("MOD", 8, 3),
    ("MOD", 6, 1), ("AND", 0, 0), ("OR", 0, 0)])
def test_wide_gates_expand_exactly(kind: str, parameter: int, residue: int) -> None:
    n = 12
    circuit = Circuit.from_gates(
        [f"x{i}" for i in range(n)],
        [Gate(kind, tuple(2 * (1 + i) for i in range(n)), parameter, residue)],
        {"y": 2 * (1 + n) + 1})
    assert table(parse_aiger(aiger_text(circuit))) == table(circuit)


def test_expansion_is_bounded() -> None:
    builder = CircuitBuilder([f"x{i}" for i in range(30)])
    circuit = builder.circuit({"y": builder.threshold(9, [builder.input(i) for i in range(30)])})
    with pytest.raises(LimitError, match="--max-wires"):
        aiger_text(circuit, CircuitLimits(max_wires=100))


HALF_ADDER = """\
aag 7 2 0 2 3
2
4
6
12
6 13 15
12 2 4
14 3 5
i0 x
i1 y
o0 s
o1 c
c
half adder, from the report on the format
"""


def test_the_example_of_the_report() -> None:
    circuit = parse_aiger(HALF_ADDER)
    assert circuit.inputs == ("x", "y")
    assert circuit.names == ("s", "c")
    assert table(circuit) == [[False, False], [True, False], [True, False], [False, True]]


@pytest.mark.parametrize(("text", "rows"), [
    ("aag 0 0 0 0 0\n", [[]]),
    ("aag 0 0 0 1 0\n1", [[True]]),
    ("aag 1 1 0 1 0\n2\n3\n", [[True], [False]]),
    ("aag 1 1 0 2 0 0 0 0 0\n2\n3\n2\no1 o0\n", [[True, False], [False, True]]),
])
def test_small_files(text: str, rows: list[list[bool]]) -> None:
    assert table(parse_aiger(text)) == rows


@pytest.mark.parametrize(("text", "said", "place"), [
    ("", "got '', expected aag", "line 1, column 1"),
    ("aig 1 1 0 0 0\n", "the binary format is not read", "line 1, column 1"),
    ("aag 1 1 0\n", "got 3 numbers after aag", "line 1, column 1"),
    ("aag 1 1 x 0 0\n", "got 'x', expected a decimal number for L", "line 1, column 9"),
    ("aag 1 01 0 0 0\n", "got '01'", "line 1, column 7"),
    ("aag 1 1 0 0 -0\n", "got '-0'", "line 1, column 13"),
    ("aag 2 1 1 0 0\n2\n4 2\n", "1 latches: only circuits without latches", "line 1, column 9"),
    ("aag 1 1 0 0 0 1\n2\n2\n", "1 bad states", "line 1, column 15"),
    ("aag 1 1 0 0 0 0 0 2\n2\n2\n", "2 justice properties", "line 1, column 19"),
    ("aag 1 1 0 0 1\n2\n4 2 2\n", "M is 1, expected at least I + L + A = 2", "line 1, column 5"),
    ("aag 9 9 0 0 0\n2\n", "9 lines were announced, the text has 2 more", "line 1, column 1"),
    ("aag 1 1 0 0 0\n3\n", "literal 3: expected an even literal", "line 2, column 1"),
    ("aag 1 1 0 0 0\n0\n", "literal 0: expected an even literal", "line 2, column 1"),
    ("aag 1 1 0 0 0\n4\n", "literal 4: expected at most 2 M + 1 = 3", "line 2, column 1"),
    ("aag 2 2 0 0 0\n2\n2\n", "variable 1 is defined twice", "line 3, column 1"),
    ("aag 2 1 0 1 0\n2\n4\n", "literal 4: no input and no AND gate defines", "line 3, column 1"),
    ("aag 2 1 0 0 1\n2\n4 2\n", "expected an AND gate: 3 literals", "line 3, column 1"),
    ("aag 2 1 0 0 1\n2\n4 2  2\n", "expected an AND gate: 3 literals", "line 3, column 1"),
    ("aag 2 1 0 0 1\n2\n4 2 9\n", "literal 9: expected at most", "line 3, column 5"),
    ("aag 2 1 0 0 1\n2\n2 2 1\n", "variable 1 is defined twice", "line 3, column 1"),
    ("aag 3 1 0 0 1\n2\n4 2 6\n", "variable 3", "line 3, column 1"),
    ("aag 1 1 0 0 0\n2\nj0 a\n", "j0: there is no such input or output", "line 3, column 1"),
    ("aag 1 1 0 0 0\n2\ni1 a\n", "i1: there is no such input", "line 3, column 1"),
    ("aag 1 1 0 0 0\n2\ni0 a\ni0 b\n", "i0 has two symbols", "line 4, column 1"),
    ("aag 1 1 0 0 0\n2\ni0\n", "expected a symbol such as i0 NAME", "line 3, column 1"),
    ("aag 1 1 0 0 0\n2\n\n\n", "expected a symbol", "line 3, column 1"),
    ("aag 1 1 0 0 0\n2 \n", "expected an input: 1 literal", "line 2, column 1"),
])
def test_errors_say_where(text: str, said: str, place: str) -> None:
    with pytest.raises(InputError, match=re.escape(said)) as caught:
        parse_aiger(text)
    assert caught.value.position == place


def test_outputs_of_one_name_are_told_apart() -> None:
    text = "aag 1 1 0 3 0\n2\n2\n3\n1\no0 a (output 2)\no1 a\no2 a\n"
    circuit = parse_aiger(text)
    assert circuit.names == ("a (output 2)", "a", "a (output 2)'")
    assert table(circuit) == [[False, True, True], [True, False, True]]


def test_cycles_are_refused() -> None:
    with pytest.raises(InputError, match="cycle"):
        parse_aiger("aag 3 1 0 1 2\n2\n4\n4 6 2\n6 4 2\n")


def test_sizes_are_bounded_before_memory_is_spent() -> None:
    with pytest.raises(LimitError, match="9999999999"):
        parse_aiger("aag 9999999999 0 0 0 0\n")
    with pytest.raises(LimitError, match="outputs"):
        parse_aiger("aag 0 0 0 9999999999 0\n")
    with pytest.raises(LimitError, match="limit of 2"):
        parse_aiger("aag 3 3 0 0 0\n2\n4\n6\n", max_variables=2)


def test_files_are_named_in_errors(tmp_path: Path) -> None:
    path = tmp_path / "a.aag"
    with pytest.raises(InputError, match="cannot be read"):
        read_aiger(path)
    path.write_text("aag 1\n")
    with pytest.raises(InputError, match=r"a\.aag: AIGER: got 1 numbers"):
        read_aiger(path)
    path.write_bytes(b"aag 1 1 0 0 0\n2\ni0 \xff\n")
    with pytest.raises(InputError, match="not UTF-8"):
        read_aiger(path)
    path.write_text(HALF_ADDER)
    assert read_aiger(path).size == 3


def test_names_of_any_kind_survive_on_one_line() -> None:
    names = ["a b", "x\ny", "", "ä\u2028", '"\\']
    builder = CircuitBuilder(names)
    circuit = builder.circuit({"o\tut": builder.conj(builder.input(i) for i in range(5))})
    again = parse_aiger(aiger_text(circuit))
    assert again.inputs == ("a b", "x\\ny", "''", "ä\\u2028", '"\\')
    assert again.names == ("o\\tut",)


def test_dot_shows_every_gate_and_escapes_labels() -> None:
    builder = CircuitBuilder(['say "hi"\\N', "b\n"])
    a, b = builder.input(0), builder.input(1)
    gates = [builder.conj([a, b]), builder.disj([a, b ^ 1]), builder.mod(3, 1, [a, b]),
             builder.threshold(2, [a, a, b])]
    text = dot_text(builder.circuit({f"y{k}": x for k, x in enumerate([*gates, 1])}))
    assert 'label="say \\"hi\\"\\\\N"' in text
    assert 'label="b\\\\n"' in text
    for label in ("∧", "∨", "≡ 1 mod 3", "≥ 2", "0"):
        assert f'label="{label}"' in text
    assert text.count("->") == 2 + 2 + 2 + 3 + 5
    assert text.count("arrowhead=odot") == 2
    unquoted = re.sub(r'"(\\.|[^"\\])*"', "", text)
    assert '"' not in unquoted
    with pytest.raises(LimitError, match="picture"):
        dot_text(builder.circuit({"y": gates[0]}), max_wires=1)
