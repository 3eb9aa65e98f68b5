"""The pairs {p, q} of distinct states that lie on cycles of the pair graph.

A letter a sends {p, q} to {p.a, q.a}. Components of unordered pairs are computed; an ordered
component is one of the two lifts of an unordered one, or its double cover when some word takes
(p, q) to (q, p). Each node carries the potential (length, swap) of a walk from the root of its
component, and what the potential misses on an edge generates all that closed walks can do.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cached_property
from math import gcd

import numpy as np
from numpy.typing import NDArray

from languages.algebra.graphs import components, spanning_forest, summed_to_root
from languages.algebra.states import StateGraph

Ints = NDArray[np.int64]
OrderedPair = tuple[int, int]
CELLS = 1 << 22
Step = Callable[[OrderedPair], list[OrderedPair | None]]


class PairGraph:
    """All cyclic components of unordered off-diagonal pairs, with their internal edges.

    Nodes: `low` and `high` are the states (low < high), `label` the component 0..count-1.
    Edges: `source`, `target`, `letter`, and `swap`, true where low goes to high.
    """

    def __init__(self, states: StateGraph) -> None:
        self.states = states
        n = states.n
        internal = states.internal
        recurrent = np.any(internal, axis=1)
        both: NDArray[np.bool_] = np.outer(recurrent, recurrent)
        low, high = np.nonzero(np.triu(both, 1))
        number = np.full(n * n, -1, dtype=np.int32)
        number[low * n + high] = np.arange(len(low), dtype=np.int32)
        parts = []
        block = max(1, CELLS // max(1, len(low)))
        for first in range(0, states.m, block):
            columns = slice(first, first + block)
            # On a cycle of pairs each of the two states stays in its component.
            at, a = np.nonzero(internal[low, columns] & internal[high, columns])
            a += first
            p, q = states.delta[low[at], a], states.delta[high[at], a]
            apart = np.flatnonzero(p != q)
            at, a, p, q = at[apart], a[apart], p[apart], q[apart]
            to = number[np.minimum(p, q).astype(np.int64) * n + np.maximum(p, q)]
            parts.append((at.astype(np.int32), to.astype(np.int32), a.astype(np.int32), p > q))
        del number
        source, target, letter, swap = (np.concatenate(x) for x in zip(*parts, strict=True))
        del parts
        label = components(len(low), source, target)
        keep = np.flatnonzero(label[source] == label[target])
        source, target = source[keep], target[keep]
        self.letter, self.swap = letter[keep], swap[keep]
        cyclic = np.zeros(len(low), dtype=np.bool_)
        cyclic[source] = True
        place = np.cumsum(cyclic) - 1
        self.source, self.target = place[source], place[target]
        self.low, self.high = low[cyclic], high[cyclic]
        names, self.label = np.unique(label[cyclic], return_inverse=True)
        self.count = len(names)

    @cached_property
    def number(self) -> dict[tuple[int, int], int]:
        """The node of each cyclic pair (low, high)."""
        pairs = zip(self.low.tolist(), self.high.tolist(), strict=True)
        return {pair: i for i, pair in enumerate(pairs)}

    def component_of(self, p: int, q: int) -> int:
        """The component of a cyclic pair."""
        return int(self.label[self.number[min(p, q), max(p, q)]])

    def pairs_of(self, wanted: set[int]) -> Iterator[tuple[int, int]]:
        """The pairs (low, high) of some components."""
        for node in np.flatnonzero(np.isin(self.label, list(wanted))).tolist():
            yield int(self.low[node]), int(self.high[node])

    def step_inside(self, p: int, q: int) -> Step:
        """The move by each letter on the ordered pairs of one component, None where it leaves."""
        table, number, label = self.states.table, self.number, self.label
        home = self.component_of(p, q)

        def step(pair: OrderedPair) -> list[OrderedPair | None]:
            result: list[OrderedPair | None] = []
            for x, y in zip(table[pair[0]], table[pair[1]], strict=True):
                node = number.get((x, y) if x < y else (y, x))
                result.append((x, y) if node is not None and label[node] == home else None)
            return result

        return step

    @cached_property
    def gamma(self) -> list[int]:
        """For each component the bit set of the letters on its internal edges."""
        result = [0] * self.count
        codes = np.unique(self.label[self.source] * self.states.m + self.letter)
        for code in codes.tolist():
            c, a = divmod(code, self.states.m)
            result[c] |= 1 << a
        return result

    @cached_property
    def _potential(self) -> tuple[Ints, NDArray[np.bool_]]:
        """Per node the length and the swap of one walk from the root of its component."""
        _, roots = np.unique(self.label, return_index=True)
        edge, depth = spanning_forest(len(self.low), self.source, self.target, roots)
        turns = summed_to_root(edge, self.source, self.swap.astype(np.int64))
        return depth, turns % 2 == 1

    @cached_property
    def _cycles(self) -> tuple[list[int], list[int | None]]:
        """Per component: the period of its ordered lift, and the length of one odd closed walk."""
        depth, turned = self._potential
        excess = depth[self.source] + 1 - depth[self.target]
        odd = turned[self.source] ^ self.swap ^ turned[self.target]
        period = [0] * self.count
        swapping: list[int | None] = [None] * self.count
        stride = 2 * int(np.abs(excess).max(initial=0)) + 3
        middle = stride // 2
        codes = np.unique((self.label[self.source] * 2 + odd) * stride + excess + middle)
        for code in codes.tolist():  # even closed walks come first, component by component
            head, length = divmod(code, stride)
            c, is_odd = divmod(head, 2)
            length -= middle
            first = swapping[c]
            if not is_odd:
                period[c] = gcd(period[c], length)
            elif first is None:
                swapping[c] = length
                period[c] = gcd(period[c], 2 * length)
            else:
                period[c] = gcd(period[c], length - first)
        return period, swapping

    @property
    def period(self) -> list[int]:
        """The period of each component of ordered pairs (both lifts have the same)."""
        return self._cycles[0]

    @cached_property
    def swapping(self) -> list[int]:
        """The components in which (p, q) reaches (q, p)."""
        return [c for c, odd in enumerate(self._cycles[1]) if odd is not None]

    @cached_property
    def swapping_in_phase(self) -> list[int]:
        """The components in which (p, q) reaches (q, p) by a multiple of the period."""
        period, odd = self._cycles
        return [c for c in self.swapping if (odd[c] or 0) % period[c] == 0]

    @cached_property
    def chained(self) -> bool:
        """Does some ordered component hold (p, q) and (q, r)?

        If not, no word permutes any states non-trivially: (p, p.g) reaches (p.g, p.g.g) by g.
        """
        return self._chained(same_phase=False)

    @cached_property
    def chained_in_phase(self) -> bool:
        """Does some ordered component hold (p, q) and (q, r) at the same phase?

        If not, words of the length of an identity permute no states.
        """
        return self.chained and self._chained(same_phase=True)

    def _chained(self, same_phase: bool) -> bool:
        depth, turned = self._potential
        period, odd = self._cycles
        periods = np.asarray(period, dtype=np.int64)[self.label]
        shift = np.asarray([-1 if x is None else x for x in odd], dtype=np.int64)
        both = np.asarray([x is not None for x in odd], dtype=np.bool_)[self.label]
        first = np.where(turned, self.high, self.low)
        second = np.where(turned, self.low, self.high)
        phase = depth % periods if same_phase else np.zeros_like(depth)
        later = (depth + shift[self.label]) % periods if same_phase else phase
        key = (self.label * (int(periods.max(initial=0)) + 1) + phase) * self.states.n
        other = (self.label * (int(periods.max(initial=0)) + 1) + later) * self.states.n
        heads = np.concatenate((key + first, (other + second)[both]))
        tails = np.concatenate((key + second, (other + first)[both]))
        return bool(np.isin(heads, tails).any())

    @cached_property
    def joined_in_phase(self) -> tuple[int, int] | None:
        """Some (q, r) on a cycle of the pair graph with a walk q -> r as in `not_nc0`, or None.

        The walk must have length 0 modulo the period d of the pair's component. Lengths of walks
        q -> r are, from some length on, a union of classes modulo the gcd g of the periods of
        the components of q and r (all lengths of one class if these agree), and g divides d;
        so 0 mod d is met iff 0 mod g is.
        """
        graph = self.states
        period = np.asarray(graph.period, dtype=np.int64)
        phase = np.asarray(graph.phase, dtype=np.int64)
        for q, r in ((self.low, self.high), (self.high, self.low)):
            c, d = graph.labels[q], graph.labels[r]
            g = np.gcd(period[c], period[d])
            sure = (g == 1) | ((c == d) & (phase[q] == phase[r]))
            hit = np.flatnonzero(sure & graph.reach_matrix[c, d])
            if len(hit):
                return int(q[hit[0]]), int(r[hit[0]])
            rest = np.flatnonzero((g > 1) & (c != d) & graph.reach_matrix[c, d])
            rest = rest[np.argsort(c[rest], kind="stable")]
            known, lengths = -1, [0]
            for i in rest.tolist():
                home, step = int(c[i]), int(g[i])
                if home != known:
                    known, lengths = home, graph.walk_lengths(home)
                bits = lengths[int(r[i])] >> (int(phase[q[i]]) % step)
                while bits:
                    if bits & 1:
                        return int(q[i]), int(r[i])
                    bits >>= step
        return None
