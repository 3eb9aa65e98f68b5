"""Complete deterministic finite automata over finite alphabets, as integer tables.

States are 0..n-1 and letters are referred to by their index in the alphabet; only `accepts`,
`encode` and `decode` speak of the letters themselves. Everything acts on the right: `run`
reads a word from left to right.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from languages.equivalence import shortest_difference
from languages.errors import InputError, LimitError
from languages.minimisation import nerode_classes
from languages.tables import checked_alphabet, checked_table, distinct_states, state_number

Bools = NDArray[np.bool_]
BoolOp = Callable[[Bools, Bools], Bools]
DEFAULT_MAX_STATES = 200_000


@dataclass(frozen=True, eq=False)
class DFA:
    """A complete DFA. `delta` has shape (states, letters), `accept` has shape (states,).

    The constructor trusts its arguments (it only makes read-only views of the arrays);
    `from_lists` checks them. Two DFAs are compared by `same_language` or `identical`.
    """

    alphabet: tuple[str, ...]
    delta: NDArray[np.int32]
    start: int
    accept: Bools

    def __post_init__(self) -> None:
        for name, dtype in (("delta", np.int32), ("accept", np.bool_)):
            view = np.ascontiguousarray(getattr(self, name), dtype=dtype).view()
            view.flags.writeable = False
            object.__setattr__(self, name, view)

    @staticmethod
    def from_lists(
        alphabet: Sequence[str],
        delta: Sequence[Sequence[int | None]],
        start: int,
        accept: Sequence[int],
    ) -> DFA:
        """Check the parts and build the DFA; `accept` lists the accepting states.

        `None` in `delta` means "no transition": a rejecting sink is added as the last state.
        Raises `InputError` naming the place (`delta[3][1]`), the value and what was expected.
        """
        letters = checked_alphabet(alphabet)
        table = checked_table(delta, len(letters))
        n = len(delta)
        start = state_number("start", start, n)
        final = np.zeros(len(table), dtype=np.bool_)
        final[distinct_states("accept", accept, n)] = True
        return DFA(letters, table, start, final)

    # -- size and words ---------------------------------------------------------------------

    @property
    def states(self) -> int:
        """The number of states."""
        return int(self.delta.shape[0])

    @property
    def letters(self) -> int:
        """The number of letters."""
        return len(self.alphabet)

    @cached_property
    def table(self) -> list[list[int]]:
        """`delta` as nested lists, faster than the array for walking state by state."""
        rows: list[list[int]] = self.delta.tolist()
        return rows

    @cached_property
    def _letter_index(self) -> dict[str, int]:
        return {letter: i for i, letter in enumerate(self.alphabet)}

    def encode(self, word: Sequence[str]) -> list[int]:
        """The letter indices of a word; `InputError` for a letter outside the alphabet."""
        index = self._letter_index
        result = []
        for place, letter in enumerate(word, start=1):
            if letter not in index:
                known = " ".join(self.alphabet)
                raise InputError(
                    f"letter {letter!r} is not in the alphabet: expected one of {known}",
                    f"letter {place}",
                )
            result.append(index[letter])
        return result

    def decode(self, word: Sequence[int]) -> tuple[str, ...]:
        """The letters of a word given by letter indices."""
        return tuple(self.alphabet[a] for a in word)

    def run(self, word: Sequence[int], state: int | None = None) -> int:
        """The state reached by the letter indices of `word`, from `state` (default: start)."""
        table = self.table
        q = self.start if state is None else state
        for a in word:
            q = table[q][a]
        return q

    def accepts(self, word: Sequence[str]) -> bool:
        """Is the word, a sequence of letters, in the language?"""
        return bool(self.accept[self.run(self.encode(word))])

    # -- reachability -----------------------------------------------------------------------

    @cached_property
    def _tree(self) -> tuple[list[int], list[int], list[int]]:
        """Breadth-first tree from the start: (order, parent, letter); -1 where there is none."""
        table = self.table
        parent = [-1] * self.states
        letter = [-1] * self.states
        seen = bytearray(self.states)
        seen[self.start] = 1
        order = [self.start]
        for q in order:  # grows while it is walked: a queue that keeps its history
            for a, r in enumerate(table[q]):
                if not seen[r]:
                    seen[r] = 1
                    parent[r] = q
                    letter[r] = a
                    order.append(r)
        return order, parent, letter

    def reachable(self) -> list[int]:
        """The reachable states in breadth-first order, letters in alphabet order."""
        return list(self._tree[0])

    def access_word(self, state: int) -> list[int] | None:
        """The first word in length-lexicographic order to `state`; None when unreachable."""
        _, parent, letter = self._tree
        if state != self.start and parent[state] < 0:
            return None
        word = []
        while state != self.start:
            word.append(letter[state])
            state = parent[state]
        word.reverse()
        return word

    def access_words(self) -> list[list[int] | None]:
        """`access_word` of every state (total length up to states^2 / 2)."""
        words: list[list[int] | None] = [None] * self.states
        order, parent, letter = self._tree
        words[self.start] = []
        for q in order[1:]:
            before = words[parent[q]]
            if before is not None:
                words[q] = [*before, letter[q]]
        return words

    def trim(self) -> DFA:
        """The reachable part, numbered breadth first from the start in alphabet order."""
        order = np.asarray(self._tree[0], dtype=np.int64)
        number = np.full(self.states, -1, dtype=np.int32)
        number[order] = np.arange(len(order), dtype=np.int32)
        return DFA(self.alphabet, number[self.delta[order]], 0, self.accept[order])

    # -- the minimal DFA --------------------------------------------------------------------

    @cached_property
    def _minimal(self) -> DFA:
        part = self.trim()
        classes = nerode_classes(part.delta, part.accept)
        _, sample = np.unique(classes, return_index=True)
        quotient = DFA(
            self.alphabet,
            classes[part.delta[sample]].astype(np.int32),
            int(classes[0]),
            part.accept[sample],
        ).trim()
        quotient.__dict__["_minimal"] = quotient
        return quotient

    def minimal(self) -> DFA:
        """The minimal complete DFA of the language (Moore 1956, Hopcroft 1971).

        States are numbered breadth first from the start in alphabet order, so two DFAs over
        one alphabet accept the same language iff their minimal DFAs are `identical`.
        """
        return self._minimal

    def identical(self, other: DFA) -> bool:
        """Same alphabet, transition table, start and accepting states."""
        return (
            self.alphabet == other.alphabet
            and self.start == other.start
            and np.array_equal(self.delta, other.delta)
            and np.array_equal(self.accept, other.accept)
        )

    def is_empty(self) -> bool:
        """Is no word accepted?"""
        return not bool(self.accept[self._tree[0]].any())

    def is_universal(self) -> bool:
        """Is every word accepted?"""
        return bool(self.accept[self._tree[0]].all())

    def distinguish(self, p: int, q: int) -> list[int] | None:
        """A shortest v (letter indices) with accept(p.v) != accept(q.v), or None."""
        table, accept = self.table, self.accept
        return shortest_difference(table, accept, table, accept, p, q)

    def difference(self, other: DFA) -> tuple[str, ...] | None:
        """A shortest word (letters) on which the two disagree, None for the same language."""
        other = other.with_alphabet(self.alphabet)
        word = shortest_difference(
            self.table, self.accept, other.table, other.accept, self.start, other.start
        )
        return None if word is None else self.decode(word)

    def same_language(self, other: DFA) -> bool:
        """Do the two accept the same words?"""
        return self.difference(other) is None

    # -- operations -------------------------------------------------------------------------

    def with_alphabet(self, alphabet: Sequence[str]) -> DFA:
        """The same language with the letters in another order; `InputError` for other letters."""
        letters = tuple(alphabet)
        if letters == self.alphabet:
            return self
        if len(letters) != self.letters or set(letters) != set(self.alphabet):
            raise InputError(
                f"alphabet {' '.join(letters)}: expected the letters {' '.join(self.alphabet)}"
            )
        columns = [self._letter_index[letter] for letter in letters]
        return DFA(letters, self.delta[:, columns], self.start, self.accept)

    def complement(self) -> DFA:
        """The words over the same alphabet that are not accepted."""
        return DFA(self.alphabet, self.delta, self.start, ~self.accept)

    def product(self, other: DFA, op: BoolOp, *, max_states: int = DEFAULT_MAX_STATES) -> DFA:
        """The reachable product, accepting where op(accept, other.accept) is true.

        `op` works on boolean arrays (`np.logical_and`, ...). Raises `LimitError` when more
        than `max_states` pairs are reachable.
        """
        other = other.with_alphabet(self.alphabet)
        left, right, m = self.table, other.table, other.states
        first = self.start * m + other.start
        number = {first: 0}
        queue = deque([first])
        rows: list[list[int]] = []
        while queue:
            p, q = divmod(queue.popleft(), m)
            row = []
            for s, t in zip(left[p], right[q], strict=True):
                pair = s * m + t
                if pair not in number:
                    if len(number) == max_states:
                        raise LimitError(
                            "states of a product",
                            f"more than {max_states}",
                            max_states,
                            "--max-states",
                        )
                    number[pair] = len(number)
                    queue.append(pair)
                row.append(number[pair])
            rows.append(row)
        pairs = np.fromiter(number, dtype=np.int64, count=len(number))
        accept = op(self.accept[pairs // m], other.accept[pairs % m])
        delta = np.asarray(rows, dtype=np.int32).reshape(len(rows), self.letters)
        return DFA(self.alphabet, delta, 0, accept)

    def intersection(self, other: DFA, *, max_states: int = DEFAULT_MAX_STATES) -> DFA:
        """The words accepted by both."""
        return self.product(other, np.logical_and, max_states=max_states)

    def union(self, other: DFA, *, max_states: int = DEFAULT_MAX_STATES) -> DFA:
        """The words accepted by at least one."""
        return self.product(other, np.logical_or, max_states=max_states)

    def symmetric_difference(self, other: DFA, *, max_states: int = DEFAULT_MAX_STATES) -> DFA:
        """The words accepted by exactly one."""
        return self.product(other, np.logical_xor, max_states=max_states)

    def __repr__(self) -> str:
        accepting = int(self.accept.sum())
        return (
            f"DFA({self.states} states, {accepting} accepting, alphabet {' '.join(self.alphabet)})"
        )
