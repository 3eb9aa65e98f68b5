"""Quantities with finitely many values as clauses, one variable for each value.

A quantity is a dictionary from values to literals: the literal says that it has this value. In what
follows a *run* is an assignment of letters to positions, and every quantity is a function of
the run. The clauses hold for every run under the assignment that makes true exactly the literals of
the values that quantities have: that is what `Table.joined` needs, and keeps.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable
from typing import Final, TypeAlias, TypeVar

from proofs.checkers.rejection import reject
from proofs.cnf import Cnf

V = TypeVar("V", bound=Hashable)
W = TypeVar("W", bound=Hashable)
Choices: TypeAlias = dict[V, int]

MAX_VALUES: Final = 1_000
"""Values of one quantity."""
MAX_LITERALS: Final = 12_000_000
"""Literals of all clauses, repetitions counted."""
MAX_CASES: Final = 1_000_000
"""Cases that are looked at, of all quantities together."""
MAX_WORK: Final = 25_000_000
"""Products of numbers, and other operations that take as long: a minute or so."""
_FEW: Final = 7
"""Up to so many values, pairs of them are fewer clauses than codes are."""


class Table:
    """Makes quantities and their clauses. `tick` is called now and then, and may raise."""

    def __init__(self, tick: Callable[[], None] | None = None) -> None:
        self.cnf = Cnf()
        self._made = 0
        self._literals = 0
        self._cases = 0
        self._work = 0
        self._tick = tick
        self.true = self.cnf.variable("true")
        self.add(self.true)

    def add(self, *literals: int) -> None:
        """One clause, without literals that are false in every run."""
        kept = tuple(x for x in literals if x != -self.true)
        self._literals += len(kept) + 1
        if self._literals > MAX_LITERALS:
            reject("too-many-clauses", f"more than {MAX_LITERALS} literals", "claim",
                   "fewer clauses: a smaller length or model")
        self.cnf.add(*kept)

    def spend(self, cases: int = 1) -> None:
        """Account for cases that are looked at, values computed in each."""
        before, self._cases = self._cases, self._cases + cases
        if self._cases > MAX_CASES:
            reject("too-many-cases", f"more than {MAX_CASES}", "claim",
                   "fewer combinations of values: a smaller length or model")
        if self._tick is not None and before // 256 < self._cases // 256:
            self._tick()

    def work(self, products: int) -> None:
        """Account for what is computed in a case."""
        self._work += products
        if self._work > MAX_WORK:
            reject("too-much-work", f"more than {MAX_WORK} products", "claim",
                   "fewer or shorter computations: a smaller length or model")

    def free(self, values: Iterable[V], *name: Hashable) -> Choices[V]:
        """A quantity that nothing determines: in each run it has one of these distinct values.

        The variable of a value has the name `name` and then the value.
        """
        listed = list(values)
        if len(listed) == 1:
            return {listed[0]: self.true}
        found = {value: self.cnf.variable(*name, value) for value in listed}
        self.exactly_one(list(found.values()))
        return found

    def joined(self, cases: Iterable[tuple[tuple[int, ...], W]]) -> Choices[W]:
        """The quantity that has this value wherever all these literals are true.

        In each run there is a case all of whose literals are true, and all such cases have the
        same value. Values that are equal to each other count as one.
        """
        found: Choices[W] = {}
        listed: list[tuple[tuple[int, ...], W]] = []
        for literals, value in cases:
            if value not in found:
                if len(found) == MAX_VALUES:
                    reject("too-many-values", f"more than {MAX_VALUES}", "claim",
                           "quantities with fewer values: a smaller length or model")
                found[value] = 0
            listed.append((literals, value))
            self.spend()
        if len(found) == 1:
            return dict.fromkeys(found, self.true)
        for value in found:
            self._made += 1
            found[value] = self.cnf.variable("value", self._made)
        for literals, value in listed:
            self.add(*(-x for x in literals), found[value])
        self.exactly_one(list(found.values()))
        return found

    def mapped(self, choices: Choices[V], function: Callable[[V], W]) -> Choices[W]:
        """A function of a quantity; the quantity itself where no two values fall together."""
        self.spend(len(choices))
        images = [function(value) for value in choices]
        if len(set(images)) == len(images):
            return dict(zip(images, choices.values(), strict=True))
        return self.joined(((x,), made) for x, made in zip(choices.values(), images, strict=True))

    def exactly_one(self, literals: list[int]) -> None:
        """One of the literals is true and no other.

        With many literals, each is given a number, whose bits are variables.
        """
        self.add(*literals)
        if len(literals) <= _FEW:
            for i, left in enumerate(literals):
                for right in literals[:i]:
                    self.add(-left, -right)
            return
        self._made += 1
        for k in range((len(literals) - 1).bit_length()):
            bit = self.cnf.variable("bit", self._made, k)
            for number, literal in enumerate(literals):
                self.add(-literal, bit if number >> k & 1 else -bit)
