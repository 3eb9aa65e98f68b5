"""The transition semigroup S of an automaton, which checkers of identities enumerate themselves.

S is the set of the actions of words that are not empty. The syntactic image of those words is a
quotient of it, and the classes of semigroups that are asked about here are closed under quotients:
where S is in such a class, so is that image. It does not depend on whether the empty word is in
the language.

The data of a certificate, {"elements": N}, is a bound on the size of S. Elements are numbered,
the letters first; states looked up and products made are counted, and limited, so that a check ends
soon.

Idempotents e and f are *conjugate* if e = ab and f = ba for some a in eSf and b in fSe. Then
x -> axb is an isomorphism from fSf onto eSe, and for any idempotent g, x -> ax leads from fSg onto
eSg and y -> yb from gSf onto gSe, with (ax)(yb) = a(xy)b and (yb)(ax) = yx. So an identity
between products of such elements, which begin and end at the same idempotents on both sides, holds
for all pairs of idempotents if it does for the pairs from a set with a conjugate of each.
"""

from __future__ import annotations

from typing import Final

from proofs.checkers.automaton import Automaton
from proofs.checkers.rejection import integer, record, reject
from proofs.checkers.work import Work

MAX_ELEMENTS: Final = 3_000


class Semigroup:
    """The elements of S, numbered from 0, and products of them.

    `letters` are the elements that letters give, and `right[x][a]` is x times `letters[a]`.
    """

    def __init__(self, automaton: Automaton, limit: int) -> None:
        self._work = Work()
        actions = list(dict.fromkeys(zip(*automaton.delta, strict=True)))
        number = {action: x for x, action in enumerate(actions)}
        elements = list(actions)
        # A shortest word for x is one for parent[x], followed by the letter last[x].
        self._parent = [-1] * len(actions)
        self._last = list(range(len(actions)))
        self.right: list[list[int]] = []
        for x, element in enumerate(elements):
            if len(elements) > limit:
                reject("too-many-elements", len(elements), "data.elements",
                       f"at most {limit} elements of the transition semigroup")
            # The element itself is kept, and takes more memory than time.
            self.spend(len(element) * (len(actions) + 3))
            row = []
            for a, action in enumerate(actions):
                product = tuple([action[q] for q in element])
                if product not in number:
                    number[product] = len(elements)
                    elements.append(product)
                    self._parent.append(x)
                    self._last.append(a)
                row.append(number[product])
            self.right.append(row)
        self.size = len(elements)
        self.letters = list(range(len(actions)))
        self._rows: dict[int, list[int]] = {}

    def spend(self, steps: int) -> None:
        """Account for this many steps; rejected when there are too many."""
        self._work.spend(steps, "data.elements")

    def row(self, x: int) -> list[int]:
        """The products of x with each element."""
        if x not in self._rows:
            self.spend(self.size)
            row: list[int] = []
            for before, a in zip(self._parent, self._last, strict=True):
                row.append(self.right[x if before < 0 else row[before]][a])
            self._rows[x] = row
        return self._rows[x]

    def idempotents(self) -> list[int]:
        """Those e with ee = e."""
        return [x for x in range(self.size) if self.row(x)[x] == x]

    def representatives(self) -> list[int]:
        """Idempotents, one of which is conjugate to e for each idempotent e."""
        chosen: list[int] = []
        known: set[int] = set()
        for e in self.idempotents():
            if e in known:
                continue
            chosen.append(e)
            for a in set(self.row(e)):
                row = self.row(a)
                self.spend(1 + self.size // 16)
                if e not in row:
                    continue
                self.spend(self.size)
                # With ab = e also a(be) = e; then ba for be in the place of b is conjugate to e.
                known.update(self.row(self.row(b)[e])[a] for b, ab in enumerate(row) if ab == e)
        return chosen

    def between(self, e: int, f: int) -> list[int]:
        """The elements of eSf, in order."""
        self.spend(self.size)
        return sorted({self.row(x)[f] for x in set(self.row(e))})

    def powers(self) -> list[int]:
        """The idempotent power of each element. Rejected unless x^n = x^(n+1) for some n."""
        powers = []
        for x in range(self.size):
            power = x
            for _ in range(self.size.bit_length()):
                power = self.row(power)[power]
            # The exponent is no less than the number of elements: powers repeat from there on.
            if self.row(power)[x] != power:
                reject("not-aperiodic", x, "data.elements",
                       "a semigroup without non-trivial groups")
            powers.append(power)
        return powers


def parse_semigroup(automaton: Automaton, data: object) -> Semigroup:
    """The transition semigroup, which has at most `elements` elements, or rejected."""
    limit = integer(record(data, "data", ("elements",))["elements"], "data.elements", 1,
                    MAX_ELEMENTS + 1)
    return Semigroup(automaton, limit)
