"""C-RASP for regular languages, literally and slowly; nothing here imports the project.

No program can try out all formulas. What stands here is the refinement of Yang, Veseli, Barloy et
al. (2026, appendix J): in each component of the minimal automaton solve V(q) - V(p) = X(a, class
of p) over the rationals, and split the classes by all solutions V, until nothing changes. For the
last letter it is asked about the quotients by each letter, as these are what the formula before
the letter has to know.
"""

from __future__ import annotations

from fractions import Fraction

from tests.oracles import Automaton, minimal, reachable

Row = list[Fraction]
Edge = tuple[int, int, int]


def c_rasp_eos(automaton: Automaton) -> bool:
    """In each component of the minimal automaton, all classes end up as single states."""
    least = minimal(automaton)
    parts = components(least)
    return all(len(set(rounds(least, part)[-1][0])) == len(part) for part in parts)


def c_rasp_last(automaton: Automaton) -> bool:
    """For each letter a, C-RASP@eos has the language of the words w with wa in L."""
    letters, delta, start, accept = automaton
    states = range(len(delta))
    before = [frozenset(q for q in states if delta[q][a] in accept) for a in range(letters)]
    return all(c_rasp_eos((letters, delta, start, final)) for final in before)


def components(automaton: Automaton) -> list[list[int]]:
    """The strongly connected components, as sorted lists of states."""
    _, delta, _, _ = automaton
    reach = [reachable(delta, {q}) for q in range(len(delta))]
    parts = {frozenset({q, *(p for p in reach[q] if q in reach[p])}) for q in range(len(delta))}
    return sorted(sorted(part) for part in parts)


def rounds(automaton: Automaton, part: list[int]) -> list[tuple[list[int], list[Row]]]:
    """Per round the classes of the states of a component, and a basis of the solutions V.

    The first state has the value 0. In the last round the solutions are constant on classes.
    """
    classes = [0] * len(part)
    result = []
    while True:
        rows, width = equations(automaton, part, classes)
        first = [Fraction(int(i == 0)) for i in range(width)]
        basis = [row[: len(part)] for row in null_space([first, *rows], width)]
        result.append((classes, basis))
        keys = [(c, *(row[i] for row in basis)) for i, c in enumerate(classes)]
        names = {key: i for i, key in enumerate(dict.fromkeys(keys))}
        if len(names) == len(set(classes)):
            return result
        classes = [names[key] for key in keys]


def edges(automaton: Automaton, part: list[int]) -> list[Edge]:
    """The transitions inside a component, states by their places in it."""
    letters, delta, _, _ = automaton
    place = {q: i for i, q in enumerate(part)}
    return [
        (place[q], a, place[delta[q][a]])
        for q in part
        for a in range(letters)
        if delta[q][a] in place
    ]


def equations(
    automaton: Automaton, part: list[int], classes: list[int]
) -> tuple[list[Row], int]:
    """V(q) - V(p) - X(a, class of p) for each edge, the V first; and the number of unknowns."""
    inside = edges(automaton, part)
    labels = list(dict.fromkeys((a, classes[p]) for p, a, _ in inside))
    width = len(part) + len(labels)
    rows = []
    for p, a, q in inside:
        row = [Fraction(0)] * width
        row[q] += 1
        row[p] -= 1
        row[len(part) + labels.index((a, classes[p]))] -= 1
        rows.append(row)
    return rows, width


def null_space(rows: list[Row], width: int) -> list[Row]:
    """A basis of the vectors that all rows annihilate (Gauss, Jordan)."""
    pivots = echelon(rows, width)
    return [
        [Fraction(int(i == free)) if i not in pivots else -pivots[i][free] for i in range(width)]
        for free in range(width)
        if free not in pivots
    ]


def echelon(rows: list[Row], width: int) -> dict[int, Row]:
    """The reduced echelon form of the first `width` columns, by pivot column."""
    pivots: dict[int, Row] = {}
    for row in rows:
        row = reduced(row, pivots)
        column = next((i for i in range(width) if row[i]), None)
        if column is None:
            continue
        row = [x / row[column] for x in row]
        pivots = {i: reduced(pivot, {column: row}) for i, pivot in pivots.items()}
        pivots[column] = row
    return pivots


def reduced(row: Row, pivots: dict[int, Row]) -> Row:
    """The row minus multiples of the pivot rows, with zeros in the pivot columns."""
    for column, pivot in pivots.items():
        factor = row[column]
        if factor:
            row = [x - factor * y for x, y in zip(row, pivot, strict=True)]
    return row


def combination(rows: list[Row], wanted: Row) -> list[Fraction] | None:
    """Factors with which the rows add up to the wanted row, or None."""
    width, n = len(wanted), len(rows)
    named = [[*row, *(Fraction(int(i == j)) for j in range(n))] for i, row in enumerate(rows)]
    rest = reduced([*wanted, *[Fraction(0)] * n], echelon(named, width))
    return None if any(rest[:width]) else [-x for x in rest[width:]]
