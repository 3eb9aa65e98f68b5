"""What the model of a C-RASP program computes: its dimensions, and affine functions of them.

A *test* compares a form of counts with a bound, a *gate* is a Boolean combination that is no
affine function of letters and tests. Each has a dimension of the residual stream that is written
once, in the level that is its depth. A gate is 0 or 1; a test is 0 if it holds, else minus a unit.
"""

from __future__ import annotations

from fractions import Fraction
from functools import cached_property
from typing import Final, TypeAlias

from expressivity.programs.crasp import Program
from expressivity.programs.crasp_diagrams import Diagrams, Leaf, Node, Test
from languages.errors import LimitError
from languages.logics.ltl_text import quoted

MAX_CASES: Final = 20_000
BIAS: Final = -1

Row: TypeAlias = dict[int, Fraction]
"""A sparse row of a matrix: entries by column; the bias is column BIAS."""


def add(row: Row, other: Row, factor: Fraction | int = 1) -> None:
    """row += factor * other, in place, without zeros."""
    for k, x in other.items():
        total = row.get(k, Fraction(0)) + factor * x
        if total:
            row[k] = total
        else:
            row.pop(k, None)


class Plan:
    """The needed tests and gates of a program, level by level, and their dimensions.

    Dimensions: the letters, the begin marker, tests and gates, and if `averages` is given, one
    more per test for its average. `tests[k]` and `gates[k]` are those of level k, from 1 to
    `levels`; gates are numbers of diagrams. A test that fails is -1 / `scale`; at the begin marker
    all tests seem to hold if `averages` is given, else those with 0 >= bound. Raises `LimitError`
    for a gate with too many cases.
    """

    def __init__(self, program: Program, scale: int, averages: bool) -> None:
        self.program = program
        self.scale = scale
        self.diagrams = Diagrams(program)
        self.output = self.diagrams.of[program.output]
        self.begin = len(program.alphabet)
        tests, gates = self._needed()
        depths = self.diagrams.depths
        self.levels = max((depths[t.form] for t in tests), default=0)
        numbers = range(1, self.levels + 1)
        self.tests = {k: [t for t in tests if depths[t.form] == k] for k in numbers}
        self.gates = {k: [g for g in gates if self.diagrams.depth(g) == k] for k in numbers}
        keys: list[Test | int] = [*tests, *gates]
        self.place = {key: self.begin + 1 + k for k, key in enumerate(keys)}
        self.width = self.begin + 1 + len(self.place)
        self.averages: dict[Test, int] = {}
        if averages:
            self.averages = {t: self.width + k for k, t in enumerate(tests)}
            self.width += len(tests)

    def _needed(self) -> tuple[list[Test], list[int]]:
        diagrams = self.diagrams
        tests: set[Test] = set()
        gates: set[int] = set()
        seen: set[int] = set()
        todo = [self.output]
        while todo:
            diagram = todo.pop()
            if diagram in seen:
                continue
            seen.add(diagram)
            if not isinstance(diagrams.nodes[diagram], Leaf) and self._steps(diagram) is None:
                gates.add(self._gate(diagram))
            for test in diagrams.tests(diagram):
                tests.add(test)
                todo += [body for body, _ in diagrams.forms[test.form]]
        return sorted(tests), sorted(gates)

    def _gate(self, diagram: int) -> int:
        """Of a diagram and its complement, the one that has the dimension."""
        return min(diagram, self.diagrams.negated(diagram))

    def _steps(self, diagram: int) -> list[tuple[Test | None, int]] | None:
        """The diagram as a sum of tests of one form with factors 1 and -1, and a constant.

        None if it is none: it looks at two forms, or at letters and counts.
        """
        constants = {self.diagrams.false: 0, self.diagrams.true: 1}
        steps: list[tuple[Test | None, int]] = []
        last: Test | None = None
        value = 0
        while True:
            node = self.diagrams.nodes[diagram]
            if isinstance(node, Node) and last is not None and node.test.form != last.form:
                return None
            constant = constants.get(node.low if isinstance(node, Node) else diagram)
            if constant is None:
                return None
            steps.append((last, constant - value))
            if isinstance(node, Leaf):
                return steps
            value, last, diagram = constant, node.test, node.high

    # -- rows ---------------------------------------------------------------------------------

    def affine(self, diagram: int) -> Row:
        """1 where the formula holds, 0 elsewhere; from the level of its depth on."""
        node = self.diagrams.nodes[diagram]
        if isinstance(node, Leaf):
            return self._symbols(node.symbols)
        steps = self._steps(diagram)
        row: Row = {}
        if steps is None:
            gate = self._gate(diagram)
            row = {self.place[gate]: Fraction(1 if gate == diagram else -1)}
            return row if gate == diagram else {BIAS: Fraction(1), **row}
        for test, change in steps:
            one = {BIAS: Fraction(1)}
            add(row, one if test is None else self._holds(test), change)
        return row

    def _symbols(self, symbols: int) -> Row:
        """1 at these symbols, 0 at the others."""
        letters = range(self.begin)
        if symbols >> self.begin & 1:
            others = {a: Fraction(-1) for a in letters if not symbols >> a & 1}
            return {BIAS: Fraction(1), **others}
        return {a: Fraction(1) for a in letters if symbols >> a & 1}

    def _holds(self, test: Test) -> Row:
        return {BIAS: Fraction(1), self.place[test]: Fraction(self.scale)}

    def value(self, test: Test, at_marker: Fraction) -> Row:
        """The gain of the test's form at each position, divided by the scale.

        At the begin marker it is `at_marker`, undivided.
        """
        row: Row = {}
        for body, factor in self.diagrams.forms[test.form]:
            add(row, self.affine(body), Fraction(factor, self.scale))
        return self.but_at_marker(row, at_marker)

    @cached_property
    def answer(self) -> Row:
        """1 where the output holds, 0 elsewhere, at the end of the model."""
        return self.but_at_marker(self.affine(self.output),
                                  Fraction(self._at_marker(self.output, averages=False)))

    def cases(self, gate: int) -> tuple[bool, list[Row]]:
        """Inputs of hidden units: where the gate is true, one of them is 1, else all are <= 0.

        Or this for its complement, if that has fewer; the first component says so.
        """
        found: list[list[Row]] = []
        for diagram in (gate, self.diagrams.negated(gate)):
            rows = []
            for symbols, literals in self.diagrams.cubes(diagram):
                row = self._symbols(symbols)
                for test, positive in literals:  # -1 if the literal fails
                    add(row, self._holds(test), 1 if positive else -1)
                    if positive:
                        add(row, {BIAS: Fraction(-1)})
                rows.append(row)
                if len(rows) > MAX_CASES:
                    break
            found.append(rows)
        complement = len(found[1]) < len(found[0])
        if len(found[complement]) > MAX_CASES:
            raise LimitError("cases of a Boolean combination", f"more than {MAX_CASES}", MAX_CASES,
                             "MAX_CASES")
        return complement, found[complement]

    # -- the begin marker ---------------------------------------------------------------------

    def but_at_marker(self, row: Row, wanted: Fraction) -> Row:
        """The same at all positions but that of the begin marker; there, `wanted`."""
        known = sum((x * (1 if k == BIAS else self._marker[k]) for k, x in row.items()),
                    Fraction(0))
        changed = dict(row)
        add(changed, {self.begin: wanted - known})
        return changed

    @cached_property
    def _marker(self) -> list[Fraction]:
        """What letters, tests and gates are at the begin marker.

        It sees only itself, so this does not depend on the word.
        """
        values = [Fraction(0)] * self.begin + [Fraction(1)]
        for key in self.place:
            if isinstance(key, Test):
                holds = bool(self.averages) or key.bound <= 0
                values.append(Fraction(0 if holds else -1, self.scale))
            else:
                values.append(Fraction(self._at_marker(key, bool(self.averages))))
        return values

    def _at_marker(self, diagram: int, averages: bool) -> bool:
        """The diagram at the start, where counts are 0; with `averages`, where all tests hold."""
        node = self.diagrams.nodes[diagram]
        while isinstance(node, Node):
            holds = averages or node.test.bound <= 0
            node = self.diagrams.nodes[node.high if holds else node.low]
        return bool(node.symbols >> self.begin & 1)

    # -- names --------------------------------------------------------------------------------

    def names(self) -> list[str]:
        """A distinct name for every dimension."""
        known: dict[int, str] = {}
        for name, diagram in self.diagrams.of.items():
            known.setdefault(diagram, name)
        names = [*map(quoted, self.program.alphabet), "begin"]
        for key in self.place:
            if isinstance(key, Test):
                names.append(f"form {key.form} >= {key.bound}")
            else:
                names.append(f"gate {known.get(key, key)}")
        return names + [f"average of {names[self.place[test]]}" for test in self.averages]
