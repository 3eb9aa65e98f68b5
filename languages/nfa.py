"""Nondeterministic automata with empty moves, and the subset construction (Rabin, Scott 1959).

Sets of states are integers used as bit sets. Only the states that matter - those with a
letter to read, and the accepting ones - get a bit.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

import numpy as np

from languages.dfa import DFA
from languages.limits import Limits


@dataclass
class NFA:
    """States 0..states-1; `moves` are (state, letter index, state), `empty` (state, state)."""

    states: int
    start: int
    accept: list[int]
    moves: list[tuple[int, int, int]] = field(default_factory=list)
    empty: list[tuple[int, int]] = field(default_factory=list)


def determinise(nfa: NFA, alphabet: tuple[str, ...], limits: Limits) -> DFA:
    """A complete DFA of the same language, reachable states only; `LimitError` if too large."""
    letters = len(alphabet)
    final = set(nfa.accept)
    bit: dict[int, int] = {}
    for q in sorted({p for p, _, _ in nfa.moves} | final):
        bit[q] = len(bit)
    closure = _closures(nfa, bit)
    targets: list[list[int]] = [[0] * letters for _ in bit]
    for p, a, q in nfa.moves:
        targets[bit[p]][a] |= closure[q]
    accepting = sum(1 << bit[q] for q in final)
    step = _Step(targets, letters)
    number = {closure[nfa.start]: 0}
    rows: list[list[int]] = []
    for subset in (queue := [closure[nfa.start]]):  # grows while it is walked
        row = []
        for after in step(subset):
            if after not in number:
                if len(number) >= limits.max_states:
                    limits.check_states("the automaton", f"more than {limits.max_states}")
                number[after] = len(number)
                queue.append(after)
            row.append(number[after])
        rows.append(row)
        if len(rows) % 4096 == 0:
            limits.check_states("the automaton", len(rows), letters)
    limits.check_states("the automaton", len(rows), letters)
    accept = np.fromiter((subset & accepting != 0 for subset in queue), dtype=np.bool_)
    return DFA(alphabet, np.asarray(rows, dtype=np.int32).reshape(-1, letters), 0, accept)


class _Step:
    """The successors of a subset under every letter, eight states at a time.

    The union over the states of one byte of the set is computed once and kept.
    """

    def __init__(self, targets: list[list[int]], letters: int) -> None:
        self.targets = targets
        self.letters = letters
        self.bytes = (len(targets) + 7) // 8
        self.known: list[dict[int, list[int]]] = [{} for _ in range(self.bytes)]

    def __call__(self, subset: int) -> list[int]:
        result = [0] * self.letters
        for i, byte in enumerate(subset.to_bytes(self.bytes, "little")):
            if byte:
                union = self.known[i].get(byte)
                if union is None:
                    union = self.known[i][byte] = self._union(i, byte)
                result = [x | y for x, y in zip(result, union, strict=True)]
        return result

    def _union(self, i: int, byte: int) -> list[int]:
        union = [0] * self.letters
        for j in range(8):
            if byte >> j & 1:
                row = self.targets[8 * i + j]
                union = [x | y for x, y in zip(union, row, strict=True)]
        return union


def _closures(nfa: NFA, bit: dict[int, int]) -> list[int]:
    """Per state the set of states that matter and can be reached by empty moves."""
    after: list[list[int]] = [[] for _ in range(nfa.states)]
    for p, q in nfa.empty:
        after[p].append(q)
    result = [0] * nfa.states
    # Components come after everything they reach, so one pass of unions is enough.
    for component in components(after):
        union = 0
        for p in component:
            if p in bit:
                union |= 1 << bit[p]
            for q in after[p]:
                union |= result[q]  # still 0 inside the component: its own bits are added here
        for p in component:
            result[p] = union
    return result


def components(after: list[list[int]]) -> Iterable[list[int]]:
    """Strongly connected components, sinks first (Tarjan 1972), without recursion."""
    n = len(after)
    index = [-1] * n
    low = [0] * n
    on_stack = bytearray(n)
    stack: list[int] = []
    clock = 0
    for root in range(n):
        if index[root] >= 0:
            continue
        path = [(root, iter(after[root]))]
        index[root] = low[root] = clock
        clock += 1
        stack.append(root)
        on_stack[root] = 1
        while path:
            p, rest = path[-1]
            for q in rest:
                if index[q] < 0:
                    index[q] = low[q] = clock
                    clock += 1
                    stack.append(q)
                    on_stack[q] = 1
                    path.append((q, iter(after[q])))
                    break
                if on_stack[q]:
                    low[p] = min(low[p], index[q])
            else:
                path.pop()
                if path:
                    above = path[-1][0]
                    low[above] = min(low[above], low[p])
                if low[p] == index[p]:
                    component = []
                    while True:
                        q = stack.pop()
                        on_stack[q] = 0
                        component.append(q)
                        if q == p:
                            break
                    yield component
