"""MONA in a child process: the automaton of a formula of M2L(Str), and sentences written in M2L.

MONA (Klarlund, Moller 2001) reads a formula of monadic second-order logic over the positions of a
word that is not empty. The letter with index i is the bits of i on the tracks T0, T1, ...; sums are
written out by order alone, so that no position outside the word is spoken of.
"""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest

from languages.dfa import DFA
from languages.logics.ltl import Formula

Tree = tuple[Any, ...]
SECONDS = 60
NEXT = "pred next(var1 x, var1 y) = x < y & ~(ex1 w: x < w & w < y);"
CONNECTIVES = {"and": "&", "or": "|", "->": "=>", "<->": "<=>"}


# --- the program ---------------------------------------------------------------------------------


def automaton(formula: str, alphabet: Sequence[str], directory: Path) -> DFA:
    """The automaton that MONA makes; it rejects the empty word. Skips the test without MONA.

    Raises `subprocess.TimeoutExpired` after SECONDS.
    """
    program = shutil.which("mona")
    if program is None:
        pytest.skip("MONA is not installed: see README, Development")
    tracks = max(1, (len(alphabet) - 1).bit_length())
    file = directory / "formula.mona"
    names = ", ".join(f"T{j}" for j in range(tracks))
    file.write_text(f"m2l-str;\nvar2 {names};\n{NEXT}\n{formula};\n", encoding="utf-8")
    run = subprocess.run([program, "-q", "-w", str(file)], capture_output=True, text=True,
                         timeout=SECONDS, check=False)
    assert run.returncode == 0 and "Initial state: 0" in run.stdout, run.stdout + run.stderr
    return _read(run.stdout, alphabet, tracks)


def _read(printed: str, alphabet: Sequence[str], tracks: int) -> DFA:
    """The printed automaton; its first move is before the first letter, for Boolean variables."""
    def states(kind: str) -> set[int]:
        line = re.search(rf"^{kind} states:(.*)$", printed, re.MULTILINE)
        return set(map(int, line[1].split())) if line else set()

    accept = states("Accepting")
    number = len(accept | states("Rejecting") | states("Don't-care"))
    moves: list[list[tuple[str, int]]] = [[] for _ in range(number)]
    for source, bits, end in re.findall(r"^State (\d+): ([01X]+) -> state (\d+)$", printed,
                                        re.MULTILINE):
        assert len(bits) == tracks
        moves[int(source)].append((bits, int(end)))

    def target(state: int, letter: int) -> int:
        found = [end for bits, end in moves[state]
                 if all(bit in ("X", str(letter >> j & 1)) for j, bit in enumerate(bits))]
        assert len(found) == 1
        return found[0]

    delta = [[target(q, a) for a in range(len(alphabet))] for q in range(number)]
    # States are those of MONA, and one that has read nothing: what holds there means nothing.
    start = target(0, 0)
    assert all(target(0, a) == start for a in range(len(alphabet)))
    dfa = DFA.from_lists(list(alphabet), [*delta, delta[start]], number, sorted(accept))
    unclear = states("Don't-care") & {q for row in _reached(dfa) for q in row}
    assert not unclear, "MONA has no opinion on a word"
    return dfa


def _reached(dfa: DFA) -> list[list[int]]:
    """The rows of the states that can be reached, so that each state after a letter is in one."""
    seen, table = [dfa.start], dfa.delta.tolist()
    for q in seen:  # grows while it is walked
        seen += [r for r in dict.fromkeys(table[q]) if r not in seen]
    return [table[q] for q in seen]


def letter(index: int, letters: int, x: str) -> str:
    """The letter at x is the one with this index."""
    tracks = max(1, (letters - 1).bit_length())
    return "(" + " & ".join(f"{x} {'in' if index >> j & 1 else 'notin'} T{j}"
                            for j in range(tracks)) + ")"


# --- first-order sentences -----------------------------------------------------------------------


class FirstOrderText:
    """The trees of `test_first_order` as text; variables are renamed, so that none is hidden."""

    def __init__(self, alphabet: Sequence[str]) -> None:
        self.alphabet = list(alphabet)
        self.made = 0

    def fresh(self) -> str:
        self.made += 1
        return f"v{self.made}"

    def text(self, tree: Tree, names: Mapping[str, str]) -> str:
        op, *args = tree
        if op == "letter":
            return letter(self.alphabet.index(args[0]), len(self.alphabet), names[args[1]])
        if op == "mod":
            return self.mod(names[args[0]], args[1], args[2])
        if op in ("exists", "forall"):
            x = self.fresh()
            body = self.text(args[1], {**names, args[0]: x})
            return f"({'ex1' if op == 'exists' else 'all1'} {x}: {body})"
        if op == "true":
            return "true"
        if op == "not":
            return f"~({self.text(args[0], names)})"
        if op in CONNECTIVES:
            left, right = (self.text(x, names) for x in args)
            return f"({left} {CONNECTIVES[op]} {right})"
        (x, p), (y, q) = args
        return self.compared(op, names[x], names[y], q - p)

    def compared(self, op: str, x: str, y: str, k: int) -> str:
        """x op y + k"""
        return {"<": lambda: self.less(x, y, k), "<=": lambda: self.less(x, y, k + 1),
                ">": lambda: self.less(y, x, -k), ">=": lambda: self.less(y, x, 1 - k),
                "=": lambda: self.equal(x, y, k), "!=": lambda: f"~{self.equal(x, y, k)}"}[op]()

    def equal(self, x: str, y: str, k: int) -> str:
        """x = y + k, by steps from one to the other."""
        if k < 0:
            return self.equal(y, x, -k)
        if k == 0:
            return f"({x} = {y})"
        z = self.fresh()
        return f"(ex1 {z}: next({y}, {z}) & {self.equal(x, z, k - 1)})"

    def less(self, x: str, y: str, k: int) -> str:
        """x < y + k"""
        if k <= 0:
            z = self.fresh()
            return f"(ex1 {z}: {self.equal(z, x, -k)} & {z} < {y})"
        return "(" + " | ".join([f"{x} < {y}", *(self.equal(x, y, j) for j in range(k))]) + ")"

    def mod(self, x: str, m: int, r: int) -> str:
        """x is in the set of the position r and of what follows one of its members by m."""
        known, p, q = f"M{self.fresh()}", self.fresh(), self.fresh()
        return (f"(ex2 {known}: (all1 {p}: {p} in {known} <=> ({self.equal(p, '0', r)} | "
                f"(ex1 {q}: {q} in {known} & {self.equal(p, q, m)}))) & {x} in {known})")


# --- temporal formulas ---------------------------------------------------------------------------


class TemporalText(FirstOrderText):
    """The trees of `test_temporal` as text; None is the end position.

    `one`, `some`, `every` and `strict` are the tables of operators of that file.
    """

    def __init__(self, alphabet: Sequence[str], one: Mapping[str, int],
                 some: Mapping[str, tuple[int, bool]], every: Mapping[str, str],
                 strict: Mapping[str, tuple[int, bool]]) -> None:
        super().__init__(alphabet)
        self.one, self.some, self.every, self.strict = one, some, every, strict

    def at(self, tree: Tree, i: str | None) -> str:
        """The formula holds at i."""
        op, *args = tree
        if op in self.alphabet:
            return "false" if i is None else letter(self.alphabet.index(op), len(self.alphabet), i)
        if op == "true":
            return "true"
        if op == "not":
            return f"~({self.at(args[0], i)})"
        if op in CONNECTIVES:
            return f"({self.at(args[0], i)} {CONNECTIVES[op]} {self.at(args[1], i)})"
        if op in self.every:
            return f"~{self.at((self.every[op], ('not', args[0])), i)}"
        y = self.fresh()
        if op in self.one:
            near = self.side(y, i, self.one[op])
            w = self.fresh()
            between = self.side(w, i, self.one[op]), self.side(w, y, -self.one[op])
            return (f"(ex1 {y}: {near} & ~(ex1 {w}: {' & '.join(between)}) & "
                    f"{self.at(args[0], y)})")
        way, here = self.strict[op] if op in self.strict else self.some[op]
        found = f"(ex1 {y}: {self.side(y, i, way)} & {self.at(args[-1], y)}"
        if op in self.strict:
            z = self.fresh()
            found += (f" & (all1 {z}: {self.side(z, i, way)} & {self.side(z, y, -way)} => "
                      f"{self.at(args[0], z)})")
            found += f" & {self.at(args[0], i)}" if here else ""
        found += ")"
        return f"({self.at(args[-1], i)} | {found})" if here else found

    @staticmethod
    def side(y: str, i: str | None, way: int) -> str:
        """y is before (way -1) or after i; all letters are before the end."""
        if i is None:
            return "true" if way < 0 else "false"
        return f"{y} < {i}" if way < 0 else f"{i} < {y}"


# --- formulas with shared nodes ------------------------------------------------------------------


def shared(formula: Formula) -> str:
    """A past formula read at the end: a set of positions for each node, defined from earlier ones.

    So the text is as short as the formula, where a tree may be exponentially longer.
    """
    parts = [f"(ex2 N{number}: (all1 x: x in N{number} <=> ({_meaning(formula, number)})) & "
             for number in range(len(formula.nodes))]
    return "".join(parts) + _at_end(formula, len(formula.nodes) - 1) + ")" * len(parts)


def _meaning(formula: Formula, number: int) -> str:
    """The node holds at x."""
    op, args = formula.nodes[number]
    if op == "letter":
        return letter(args[0], len(formula.alphabet), "x")
    if op == "true":
        return "true"
    if op == "not":
        return f"x notin N{args[0]}"
    if op in ("and", "or"):
        return f" {CONNECTIVES[op]} ".join(f"x in N{a}" for a in args)
    if op == "Y":
        return f"ex1 y: next(y, x) & y in N{args[0]}"
    between = f" & (all1 z: y < z & z < x => z in N{args[0]})" if op == "S" else ""
    return f"ex1 y: y < x & y in N{args[-1]}{between}"


def _at_end(formula: Formula, number: int) -> str:
    """The node holds at the end position, where no letter is."""
    op, args = formula.nodes[number]
    if op in ("not", "and", "or"):
        inner = [_at_end(formula, a) for a in args]
        return f"~({inner[0]})" if op == "not" else f"({f' {CONNECTIVES[op]} '.join(inner)})"
    if op in ("letter", "true"):
        return "true" if op == "true" else "false"
    if op == "Y":
        return f"(ex1 y: ~(ex1 w: y < w) & y in N{args[0]})"
    if op == "P":
        return f"(ex1 y: y in N{args[0]})"
    return f"(ex1 y: y in N{args[1]} & (all1 z: y < z => z in N{args[0]}))"
