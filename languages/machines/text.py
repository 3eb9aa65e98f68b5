"""Machines as text.

    # the words that end with a
    input: a b              letters
    work: x                 symbols of the work tapes, without the blank; may be none
    blank: _
    tapes: 1                work tapes; 1 where it is left out
    states: last-a last-b yes no
    start: last-b
    accept: yes
    reject: no
    time: n + 1             a bound on the steps for words of n letters; may be left out
    transitions:
      last-b  a *  ->  last-a  *  R S
      last-b  b *  ->  last-b  *  R S
      ...

A transition is: the state; what is read on the input tape and on each work tape; "->"; the next
state; what is written on each work tape; the moves of the input head and of each work head, L, R
or S (stay). Parts are separated by white space. "*" among what is read stands for every symbol,
the blank included, and "*" among what is written for the symbol that was read there. No two
transitions may say what to do in the same case. Where none does, the machine rejects.

Names consist of printable characters; "*", "->" and what begins with # are none. Comments run
from a # at the beginning of a part to the end of the line. "transitions:" comes last.
"""

from __future__ import annotations

import difflib
import itertools
import re
from collections.abc import Collection, Sequence
from typing import Final

from languages.errors import LimitError
from languages.limits import Limits
from languages.machines.machine import MOVES, Action, Machine, Polynomial
from languages.sections import Part, end_of, lines_of, read_file, section
from languages.tables import shown

ANY: Final = "*"
ARROW: Final = "->"
LISTS: Final = ("input", "work", "states")
SINGLE: Final = ("blank", "start", "accept", "reject", "tapes")
KEYS: Final = ("input", "work", "blank", "tapes", "states", "start", "accept", "reject", "time",
               "transitions")
OPTIONAL: Final = ("tapes", "time")
MAX_TAPES: Final = 8
MAX_RULES: Final = 20_000
MAX_POWER: Final = 8
MAX_COEFFICIENT: Final = 10**9
_TERM: Final = re.compile(r"(?P<c>[0-9]+)?(?P<n>n(\^(?P<p>[0-9]+))?)?")


def read_machine(path: str, limits: Limits | None = None) -> Machine:
    """The machine in a file; InputError with the file and the place."""
    return read_file(path, parse_machine, "a Turing machine", limits)


def parse_machine(text: str) -> Machine:
    """The machine that the text describes.

    Raises:
        InputError: with the line and the column.
        LimitError: it has too many transitions, written without "*".
    """
    lines = lines_of(text)
    given: dict[str, tuple[Part, list[Part]]] = {}
    for place, (head, *rest) in enumerate(lines):
        key = section(head, KEYS, given)
        given[key] = (head, rest)
        if key == "transitions":
            if rest:
                rest[0].fail(f"got {shown(rest[0].text)}, expected the end of the line")
            if missing := _missing(given):
                head.fail(f"no section '{missing}:' before the transitions")
            return _machine(given, lines[place + 1:])
    return end_of(text).fail(f"the text ends without a section '{_missing(given)}:'")


def _missing(given: Collection[str]) -> str | None:
    """The first section that is not there."""
    return next((key for key in KEYS if key not in given and key not in OPTIONAL), None)


def _machine(given: dict[str, tuple[Part, list[Part]]], lines: Sequence[Sequence[Part]]) -> Machine:
    for key in SINGLE:
        if key in given and len(given[key][1]) != 1:
            head, rest = given[key]
            (rest[1] if rest else head).fail(f"{key}: got {len(rest)} names, expected one")
    letters, work, states = (_names(key, *given[key]) for key in LISTS)
    blank = given["blank"][1][0]
    _name(blank)
    for key, names in (("input", letters), ("work", work)):
        for part in given[key][1]:
            if part.text == blank.text:
                part.fail(f"{key}: got the blank {shown(part.text)}, which is on every tape: "
                          "expected the other symbols")
        if key == "input" and not names:
            given[key][0].fail("input: got no letters, expected at least one")
    ends = [_state(given[key][1][0], states) for key in ("start", "accept", "reject")]
    if ends[1] == ends[2]:
        given["reject"][1][0].fail(f"reject: got the accepting state {shown(ends[2])}, expected "
                                   "another one")
    tapes = _tapes(given["tapes"][1][0]) if "tapes" in given else 1
    time = _time(*given["time"]) if "time" in given else None
    if not lines:
        given["transitions"][0].fail("no transition follows, expected at least one")
    reader = _Rules(letters, (blank.text, *work), blank.text, tapes, states, ends[1:])
    for line in lines:
        reader.read(line)
    start, accept, refuse = ends
    return Machine(letters, work, blank.text, tapes, states, start, accept, refuse, reader.rules,
                   time)


def _names(key: str, head: Part, parts: Sequence[Part]) -> tuple[str, ...]:
    seen: set[str] = set()
    for part in parts:
        _name(part)
        if part.text in seen:
            part.fail(f"{key}: got {shown(part.text)} again, expected distinct names")
        seen.add(part.text)
    if key == "states" and not parts:
        head.fail("states: got none, expected at least two")
    return tuple(part.text for part in parts)


def _name(part: Part) -> None:
    if part.text in (ANY, ARROW):
        part.fail(f"got {shown(part.text)}, which is no name: it has a meaning in transitions")


def _state(part: Part, states: Sequence[str]) -> str:
    if part.text not in states:
        near = difflib.get_close_matches(part.text, states, 1)
        part.fail(f"unknown state {shown(part.text)}, "
                  + (f"did you mean {near[0]!r}?" if near
                     else "expected one that 'states:' lists"))
    return part.text


def _tapes(part: Part) -> int:
    if not part.text.isascii() or not part.text.isdigit() or len(part.text) > 2 \
            or not 1 <= int(part.text) <= MAX_TAPES:
        part.fail(f"tapes: got {shown(part.text)}, expected a number from 1 to {MAX_TAPES}")
    return int(part.text)


def _time(head: Part, parts: Sequence[Part]) -> Polynomial:
    """Sums of terms such as 3, n, 2n, 2 n^2; a number and its n may stand apart."""
    expected = "expected a polynomial such as 2n^2 + 3n + 1"
    if not parts:
        head.fail(f"time: got nothing, {expected}")
    # White space matters only between digits: there it would join two numbers.
    for one, two in itertools.pairwise(parts):
        if one.text[-1].isdigit() and two.text[0].isdigit():
            two.fail(f"time: got {shown(two.text)} after a number, {expected}")
    text = "".join(part.text for part in parts)
    columns = [part.column + k for part in parts for k in range(len(part.text))]
    found: dict[int, int] = {}
    place = 0
    while True:
        match = _TERM.match(text, place)
        at = Part("", head.line, [*columns, columns[-1] + 1][place])
        if match is None or match.end() == place:
            at.fail(f"time: {expected}")
        coefficient = _number(match["c"], 1, MAX_COEFFICIENT, at)
        power = _number(match["p"], 1, MAX_POWER, at) if match["n"] else 0
        found[power] = found.get(power, 0) + coefficient
        place = match.end()
        if place == len(text):
            return tuple((c, a) for a, c in sorted(found.items(), reverse=True) if c)
        if text[place] != "+":
            Part("", head.line, columns[place]).fail(
                f"time: got {shown(text[place])}, {expected}")
        place += 1


def _number(digits: str | None, default: int, most: int, at: Part) -> int:
    if digits is None:
        return default
    if len(digits) > 10 or int(digits) > most:
        at.fail(f"time: got {shown(digits)}, expected at most {most}")
    return int(digits)


class _Rules:
    """Transitions that have been read."""

    def __init__(self, letters: Sequence[str], symbols: Sequence[str], blank: str, tapes: int,
                 states: Sequence[str], stopping: Sequence[str]) -> None:
        self.rules: dict[tuple[str, tuple[str, ...]], Action] = {}
        self._lines: dict[tuple[str, tuple[str, ...]], int] = {}
        self._tape_symbols = [(blank, *letters), *([tuple(symbols)] * tapes)]
        self._tapes, self._states, self._stopping = tapes, states, stopping

    def read(self, parts: Sequence[Part]) -> None:
        """One more line."""
        k = self._tapes
        self._count(parts)
        state = _state(parts[0], self._states)
        if state in self._stopping:
            parts[0].fail(f"a transition out of the state {shown(state)}, in which the machine "
                          "stops")
        reads = [self._symbol(part, tape) for tape, part in enumerate(parts[1:2 + k])]
        following = _state(parts[3 + k], self._states)
        written = [self._symbol(part, tape)
                   for tape, part in enumerate(parts[4 + k:4 + 2 * k], start=1)]
        moves = tuple(self._move(part) for part in parts[4 + 2 * k:])
        size = 1
        for tape, text in enumerate(reads):
            size *= len(self._tape_symbols[tape]) if text == ANY else 1
        if len(self.rules) + size > MAX_RULES:
            raise LimitError(f"transitions of the machine in line {parts[0].line}, written without "
                             f"'{ANY}'", len(self.rules) + size, MAX_RULES, "MAX_RULES")
        for read in itertools.product(*(self._tape_symbols[tape] if text == ANY else (text,)
                                        for tape, text in enumerate(reads))):
            case = state, read
            if case in self._lines:
                parts[0].fail(f"a second transition for the state {shown(state)} reading "
                              f"{' '.join(read)}, the first is in line {self._lines[case]}")
            self._lines[case] = parts[0].line
            self.rules[case] = Action(following, tuple(
                old if new == ANY else new for old, new in zip(read[1:], written, strict=True)),
                moves)

    def _count(self, parts: Sequence[Part]) -> None:
        k = self._tapes
        expected = (f"expected STATE, {1 + k} symbols read, '{ARROW}', STATE, {k} written, "
                    f"{1 + k} moves")
        for place, part in enumerate(parts):
            if (part.text == ARROW) != (place == 2 + k):
                part.fail(f"got {shown(part.text)}, {expected}")
        if len(parts) != 5 + 3 * k:
            last = parts[min(len(parts), 5 + 3 * k + 1) - 1]
            last.fail(f"got {len(parts)} parts, {expected}")

    def _symbol(self, part: Part, tape: int) -> str:
        if part.text != ANY and part.text not in self._tape_symbols[tape]:
            part.fail(f"unknown symbol {shown(part.text)} on "
                      f"{f'work tape {tape}' if tape else 'the input tape'}, expected one of "
                      f"{' '.join(self._tape_symbols[tape])} {ANY}")
        return part.text

    def _move(self, part: Part) -> str:
        if part.text not in MOVES:
            part.fail(f"got {shown(part.text)}, expected a move: L, R or S")
        return part.text
