"""Finite groups given by generators: permutations in cycle notation, or matrices modulo m.

    (1 2 3),(1 2)                    the letters a, b
    turn=(1 2 3 4),flip=(1 3)        letters with names
    [1 1;0 1],[1 0;1 1] mod 5        rows of matrices, with units modulo 5 as determinants
    (1 2),identity                   and the letter e for the identity

Both act from the right: on points, and on row vectors.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import gcd
from typing import NoReturn

from languages.catalogue._groups import LETTERS, show_perm
from languages.errors import InputError
from languages.limits import Limits
from languages.tables import shown

Element = tuple[int, ...]
MAX_CELLS = 10_000_000  # elements times their numbers: elements are written out
MAX_POINTS = 10_000
MAX_DIMENSION = 16
MAX_MODULUS = 10**6


@dataclass(frozen=True)
class Generated:
    """A group: its letters, what they stand for, and how elements are multiplied."""

    letters: tuple[str, ...]
    generators: tuple[Element, ...]
    legend: str
    one: Element
    times: Callable[[Element, Element], Element]

    def table(self, what: str, limits: Limits) -> list[list[int]]:
        """Row per element, column per letter: the element times the generator. 0 is 1.

        Raises `LimitError` when the group has too many elements.
        """
        number = {self.one: 0}
        rows = []
        for element in (queue := [self.one]):  # grows while it is walked
            row = []
            for generator in self.generators:
                after = self.times(element, generator)
                if after not in number:
                    number[after] = len(queue)
                    queue.append(after)
                row.append(number[after])
            rows.append(row)
            if len(queue) > limits.max_states:
                limits.check_states(what, f"more than {limits.max_states}")
            if len(queue) * len(self.one) > MAX_CELLS:
                raise InputError(f"{what}: more than {len(queue)} elements of {len(self.one)} "
                                 f"numbers each, expected at most {MAX_CELLS} numbers in all")
        limits.check_states(what, len(rows), len(self.letters))
        return rows


def is_generated(text: str) -> bool:
    """Is the text about generators rather than a name?"""
    return "(" in text or "[" in text


def parse_generators(what: str, text: str) -> Generated:
    """The group; `InputError` with the place for anything unclear."""
    return _Parser(what, text).group()


class _Parser:
    def __init__(self, what: str, text: str) -> None:
        self.what = what
        self.text = text

    def fail(self, message: str, at: int) -> NoReturn:
        raise InputError(f"{self.what}: {message}", f"character {at + 1}")

    def group(self) -> Generated:
        text = self.text
        identity = re.search(r"\s*,\s*identity\s*$", text)
        end = identity.start() if identity else len(text)
        modulus = re.compile(r"(?<=\])\s*mod\s*(\d*)\s*$").search(text[:end])
        names: list[str] = []
        values: list[tuple[str, int]] = []
        for item, at in self._items(modulus.start() if modulus else end):
            name, equals, value = item.partition("=")
            if equals:
                names.append(name.strip())
                at += len(name) + 1
            values.append((value if equals else item, at))
        if names and len(names) < len(values):
            self.fail("some generators have names, expected names for all or for none", 0)
        matrices = [value.lstrip().startswith("[") for value, _ in values]
        if any(matrices) != all(matrices):
            self.fail("permutations and matrices, expected generators of one kind",
                      values[matrices.index(not matrices[0])][1])
        if not names and len(values) > len(LETTERS):
            self.fail(f"{len(values)} generators, expected names for more than {len(LETTERS)}", 0)
        letters = names or list(LETTERS[:len(values)])
        if matrices[0]:
            if modulus is None:
                self.fail("matrices without a modulus, expected `mod 5` after them", end)
            made = self._matrices(values, self._modulus(modulus))
        else:
            made = self._permutations(values)
        one, generators, times, legend = made
        legend = [f"{letter} = {text}" for letter, text in zip(letters, legend, strict=True)]
        if identity:
            letters.append("e")
            generators.append(one)
            legend.append("e = identity")
        self._check_names(letters)
        return Generated(tuple(letters), tuple(generators), ", ".join(legend), one, times)

    def _items(self, end: int) -> list[tuple[str, int]]:
        """The parts between commas outside brackets, and where they begin."""
        found = []
        begin = depth = 0
        for i, char in enumerate(self.text[:end] + ","):
            if char in "([":
                depth += 1
            elif char in ")]":
                depth -= 1
            if char == "," and (depth <= 0 or i == end):
                found.append((self.text[begin:i], begin))
                begin, depth = i + 1, 0
        return found

    def _check_names(self, letters: Sequence[str]) -> None:
        for i, letter in enumerate(letters):
            if not re.fullmatch(r"\w+", letter):
                self.fail(f"got the name {shown(letter)}, expected letters and digits", 0)
            if letter in letters[:i]:
                self.fail(f"the letter {shown(letter)} comes twice, expected distinct ones", 0)

    # -- permutations -----------------------------------------------------------------------

    def _permutations(self, values: list[tuple[str, int]]) -> _Made:
        cycles = [self._cycles(text, at) for text, at in values]
        points = sorted({point for perm in cycles for cycle in perm for point in cycle})
        place = {point: i for i, point in enumerate(points)}  # only points that are named count
        generators, legend = [], []
        for perm in cycles:
            image = {point: point for point in range(1, points[-1] + 1)}
            for cycle in perm:
                image |= zip(cycle, [*cycle[1:], cycle[0]], strict=True)
            generators.append(tuple(place[image[point]] for point in points))
            legend.append(show_perm(tuple(there - 1 for there in image.values())))
        return (tuple(range(len(points))), generators,
                lambda x, g: tuple([g[i] for i in x]), legend)

    def _cycles(self, text: str, at: int) -> list[list[int]]:
        """Disjoint cycles such as (1 2 3)(4 5), with points from 1; () is the identity."""
        found: list[list[int]] = []
        seen: set[int] = set()
        place = 0
        while place < len(text) or not found:
            match = re.compile(r"\s*\(([^()]*)\)\s*").match(text, place)
            if match is None:
                self.fail(f"got {shown(text[place:].strip())}, expected a permutation such as "
                          "(1 2 3)(4 5)", at + place)
            points = []
            for part in re.finditer(r"[^\s,]+", match[1]):
                where = at + match.start(1) + part.start()
                point = self._number("the point", part[0], where, 1, MAX_POINTS)
                if point in seen:
                    self.fail(f"the point {point} comes twice, expected disjoint cycles", where)
                seen.add(point)
                points.append(point)
            found.append(points or [1])
            place = match.end()
        return found

    # -- matrices ---------------------------------------------------------------------------

    def _modulus(self, match: re.Match[str]) -> int:
        return self._number("the modulus", match[1], match.start(1), 2, MAX_MODULUS)

    def _matrices(self, values: list[tuple[str, int]], m: int) -> _Made:
        found = [self._matrix(text, at, m) for text, at in values]
        d = len(found[0])
        for rows, (_, at) in zip(found, values, strict=True):
            if len(rows) != d:
                self.fail(f"a matrix of {len(rows)} rows after one of {d}, expected one size", at)
            determinant = _determinant(rows) % m
            if gcd(determinant, m) != 1:
                self.fail(f"the determinant is {determinant} modulo {m}, expected a unit", at)

        def times(x: Element, g: Element) -> Element:
            columns = [g[j::d] for j in range(d)]
            return tuple([sum(map(int.__mul__, x[i:i + d], column)) % m
                          for i in range(0, d * d, d) for column in columns])

        one = tuple(int(i == j) for i in range(d) for j in range(d))
        legend = ["[" + "; ".join(" ".join(map(str, row)) for row in rows) + f"] mod {m}"
                  for rows in found]
        return one, [tuple(x for row in rows for x in row) for rows in found], times, legend

    def _matrix(self, text: str, at: int, m: int) -> list[list[int]]:
        match = re.fullmatch(r"\s*\[([^\[\]]*)\]\s*", text)
        if match is None:
            self.fail(f"got {shown(text.strip())}, expected a matrix such as [1 1;0 1]", at)
        rows = []
        start = match.start(1)
        for row in match[1].split(";"):
            rows.append([self._number("the entry", part[0], at + start + part.start(),
                                      -MAX_MODULUS, MAX_MODULUS) % m
                         for part in re.finditer(r"[^\s,]+", row)])
            start += len(row) + 1
        if len(rows) > MAX_DIMENSION or any(len(row) != len(rows) for row in rows):
            sizes = " ".join(str(len(row)) for row in rows[:MAX_DIMENSION])
            self.fail(f"{len(rows)} rows of {sizes} entries, expected as many entries as rows, at "
                      f"most {MAX_DIMENSION}", at)
        return rows

    def _number(self, what: str, text: str, at: int, low: int, high: int) -> int:
        if not re.fullmatch(r"-?[0-9]{1,9}", text) or not low <= int(text) <= high:
            self.fail(f"got {what} {shown(text)}, expected a number from {low} to {high}", at)
        return int(text)


_Made = tuple[Element, list[Element], Callable[[Element, Element], Element], list[str]]
"""The identity, the generators, the product, and how generators are shown."""


def _determinant(rows: list[list[int]]) -> int:
    """Over the integers, without fractions (Bareiss 1968)."""
    rows = [list(row) for row in rows]
    n, sign, before = len(rows), 1, 1
    for k in range(n - 1):
        pivot = next((i for i in range(k, n) if rows[i][k]), None)
        if pivot is None:
            return 0
        if pivot != k:
            rows[k], rows[pivot] = rows[pivot], rows[k]
            sign = -sign
        for i in range(k + 1, n):
            for j in range(k + 1, n):
                rows[i][j] = (rows[i][j] * rows[k][k] - rows[i][k] * rows[k][j]) // before
        before = rows[k][k]
    return sign * rows[-1][-1]
