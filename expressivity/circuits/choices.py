"""Quantities that have finitely many values: for each value the literal that says it has it.

On the code of a word exactly one of the literals is true (none, where the quantity is undefined).
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from typing import Final, TypeAlias, TypeVar

from expressivity.circuits.builder import CircuitBuilder
from expressivity.circuits.circuit import FALSE
from languages.errors import LimitError
from proofs.models.numbers import NotANumber

V = TypeVar("V", bound=Hashable)
W = TypeVar("W", bound=Hashable)
Choices: TypeAlias = dict[V, int]

VALUES_OPTION: Final = "--max-values"
CASES: Final = 100


class Chooser:
    """Makes choices over one builder; `undefined` collects the literals of "has no value".

    `max_values` bounds the values of one quantity and, times CASES, all cases from which values
    come. Methods raise LimitError past it.
    """

    def __init__(self, builder: CircuitBuilder, max_values: int) -> None:
        self.builder = builder
        self.max_values = max_values
        self.cases = 0
        self.undefined: dict[int, None] = {}  # an ordered set

    def spend(self, cases: int = 1) -> None:
        """Account for cases that are looked at; raises LimitError when they are too many."""
        self.cases += cases
        if self.cases > CASES * self.max_values:
            raise LimitError("combinations of values", f"more than {CASES * self.max_values}",
                             self.max_values, VALUES_OPTION)

    def attempt(self, literals: Sequence[int], function: Callable[..., W],
                *arguments: object) -> W | None:
        """The value of the function; where it has none, None, and all literals: undefined."""
        try:
            return function(*arguments)
        except NotANumber:
            self.undefined[self.builder.conj(literals)] = None
            return None

    def joined(self, cases: Iterable[tuple[W, int]]) -> Choices[W]:
        """The quantity that has this value in each of these cases."""
        found: dict[W, list[int]] = {}
        for value, literal in cases:
            self.spend()
            if literal != FALSE:
                found.setdefault(value, []).append(literal)
                if len(found) > self.max_values:
                    raise LimitError("values of one activation", f"more than {self.max_values}",
                                     self.max_values, VALUES_OPTION)
        return {value: self.builder.disj(some) for value, some in found.items()}

    def mapped(self, choices: Choices[V], function: Callable[[V], W]) -> Choices[W]:
        """The function of the quantity; NotANumber makes a value undefined."""
        made = ((self.attempt([literal], function, value), literal)
                for value, literal in choices.items())
        return self.joined((value, literal) for value, literal in made if value is not None)

    def counts(self, occurrences: Sequence[Sequence[int]], total: int | None,
               ) -> Iterator[tuple[tuple[int, ...], list[int]]]:
        """How many literals of each list are true: every possible tuple of numbers, at least 1.

        With each comes the conjunction that says so, as a list of literals: thresholds and negated
        thresholds. `total` is the sum of the numbers, if it is known.
        """
        bounds = [(sum(x == 1 for x in some), sum(x != FALSE for x in some))
                  for some in occurrences]

        def extend(k: int, chosen: tuple[int, ...], parts: list[int],
                   ) -> Iterator[tuple[tuple[int, ...], list[int]]]:
            if k == len(occurrences):
                if sum(chosen) and (total is None or sum(chosen) == total):
                    self.spend()
                    yield chosen, parts
                return
            low, high = bounds[k]
            if total is not None:
                low = max(low, total - sum(chosen) - sum(top for _, top in bounds[k + 1:]))
                high = min(high, total - sum(chosen) - sum(base for base, _ in bounds[k + 1:]))
            for c in range(low, high + 1):
                exactly = [self.builder.threshold(c, occurrences[k]),
                           self.builder.threshold(c + 1, occurrences[k]) ^ 1]
                yield from extend(k + 1, (*chosen, c), [*parts, *exactly])

        yield from extend(0, (), [])

