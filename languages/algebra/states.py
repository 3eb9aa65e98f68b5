"""The graph of states: components, periods, phases, reachability with lengths."""

from __future__ import annotations

from functools import cached_property
from math import gcd

import numpy as np
from numpy.typing import NDArray

from languages.algebra.graphs import tarjan

Ints = NDArray[np.int64]


class StateGraph:
    """The graph with an edge q -> q.a for each letter a; `delta` has shape (states, letters)."""

    def __init__(self, delta: NDArray[np.int32]) -> None:
        self.delta = delta
        self.n: int = delta.shape[0]
        self.m: int = delta.shape[1]
        self.table: list[list[int]] = delta.tolist()
        # No edge goes to a component with a higher number.
        self.component: list[int] = tarjan(self.table)
        self.count = max(self.component) + 1

    @cached_property
    def labels(self) -> Ints:
        """The component of each state, shape (states,)."""
        return np.asarray(self.component, dtype=np.int64)

    @cached_property
    def partially_ordered(self) -> bool:
        """Is every component a single state?"""
        return self.count == self.n

    @cached_property
    def members(self) -> list[list[int]]:
        """The states of each component."""
        result: list[list[int]] = [[] for _ in range(self.count)]
        for q, c in enumerate(self.component):
            result[c].append(q)
        return result

    @cached_property
    def internal(self) -> NDArray[np.bool_]:
        """Shape (states, letters): does the edge stay in its component?"""
        inside: NDArray[np.bool_] = self.labels[self.delta] == self.labels[:, None]
        return inside

    @cached_property
    def _periods(self) -> tuple[list[int], list[int]]:
        period = [0] * self.count
        phase = [0] * self.n
        component, table = self.component, self.table
        for c, states in enumerate(self.members):
            depth = {states[0]: 0}
            queue = [states[0]]
            d = 0
            for q in queue:
                here = depth[q] + 1
                for r in table[q]:
                    if component[r] != c:
                        continue
                    if r in depth:
                        d = gcd(d, here - depth[r])
                    else:
                        depth[r] = here
                        queue.append(r)
            period[c] = d
            for q in states:
                phase[q] = depth[q] % d if d else 0
        return period, phase

    @property
    def period(self) -> list[int]:
        """The gcd of the lengths of the closed walks in each component; 0 if there is none."""
        return self._periods[0]

    @property
    def phase(self) -> list[int]:
        """Walks inside a component from p to q have length phase[q] - phase[p] mod its period."""
        return self._periods[1]

    @cached_property
    def reach(self) -> list[int]:
        """For each component the bit set of the components that it reaches, itself included."""
        result = [1 << c for c in range(self.count)]
        for c, states in enumerate(self.members):  # successors have lower numbers
            below = {self.component[r] for q in states for r in self.table[q]} - {c}
            for b in below:
                result[c] |= result[b]
        return result

    @cached_property
    def reach_matrix(self) -> NDArray[np.bool_]:
        """`reach` as a matrix of shape (components, components)."""
        width = (self.count + 7) // 8
        rows = [np.frombuffer(r.to_bytes(width, "little"), dtype=np.uint8) for r in self.reach]
        bits = np.unpackbits(np.stack(rows), axis=1, bitorder="little")[:, : self.count]
        return bits.astype(np.bool_)

    def walk_lengths(self, component: int) -> list[int]:
        """Per state r, the bit set of the lengths mod d of walks to r from the phase-0 states.

        d is the period of `component` (not 0); only walks from that component count.
        """
        d = self.period[component]
        full = (1 << d) - 1

        def turned(bits: int, by: int) -> int:
            by %= d
            return ((bits << by) | (bits >> (d - by))) & full

        lengths = [0] * self.n
        first = self.members[component][0]
        lengths[first] = 1 << self.phase[first]
        for c in range(component, -1, -1):  # a component comes before all that it reaches
            states = self.members[c]
            bits = 0
            for q in states:
                bits |= turned(lengths[q], -self.phase[q])
            if not bits:
                continue
            step = gcd(self.period[c], d)
            while step < d:  # all multiples of the period, by doubling
                bits |= turned(bits, step)
                step *= 2
            for q in states:
                here = lengths[q] = turned(bits, self.phase[q])
                here = turned(here, 1)
                for r in self.table[q]:
                    if self.component[r] != c:
                        lengths[r] |= here
        return lengths
