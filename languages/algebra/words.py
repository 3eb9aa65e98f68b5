"""Words as lists of blocks (count, letters), so that high powers stay short."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

Block = tuple[int, tuple[int, ...]]
Word = list[Block]


def plain(letters: Iterable[int]) -> Word:
    """The word with exactly these letters."""
    letters = tuple(letters)
    return [(1, letters)] if letters else []


def length(word: Word) -> int:
    """The number of letters."""
    return sum(count * len(letters) for count, letters in word)


def written_length(word: Word) -> int:
    """The number of letters that are written down, each block counted once."""
    return sum(len(letters) for _, letters in word)


def concat(*words: Word) -> Word:
    """The concatenation; neighbouring blocks are joined where that loses nothing."""
    result: Word = []
    for word in words:
        for count, letters in word:
            if result and result[-1][1] == letters:
                result[-1] = (result[-1][0] + count, letters)
            elif result and result[-1][0] == 1 and count == 1:
                result[-1] = (1, result[-1][1] + letters)
            else:
                result.append((count, letters))
    return result


def flat(word: Word) -> tuple[int, ...]:
    """All letters, powers written out."""
    return tuple(a for count, letters in word for _ in range(count) for a in letters)


def power(word: Word, exponent: int) -> Word:
    """word^exponent for exponent >= 0, in whichever form writes fewer letters."""
    if exponent == 0 or not word:
        return []
    if len(word) == 1:
        count, letters = word[0]
        return [(count * exponent, letters)]
    if written_length(word) * exponent <= length(word):
        return concat(*([word] * exponent))
    return [(exponent, flat(word))]


def action(word: Word, delta: NDArray[np.int32]) -> NDArray[np.int64]:
    """The map of states, shape (states,), that the word induces; blocks by fast powering."""
    result: NDArray[np.integer] = np.arange(delta.shape[0])
    for count, letters in word:
        step: NDArray[np.integer] = np.arange(delta.shape[0])
        for a in letters:
            step = delta[step, a]
        result = map_power(step, count)[result]
    return result.astype(np.int64)


def map_power(step: NDArray[np.integer], exponent: int) -> NDArray[np.integer]:
    """The exponent-th power of a map, exponent >= 0."""
    result: NDArray[np.integer] = np.arange(len(step), dtype=np.int64)
    while exponent:
        if exponent & 1:
            result = step[result]
        step = step[step]
        exponent >>= 1
    return result


def eventual(step: NDArray[np.integer]) -> NDArray[np.integer]:
    """A power of the map whose image is the states on cycles, that is, at least the n-th."""
    reach, n = 1, len(step)
    while reach < n:
        twice = step[step]
        if np.array_equal(twice, step):  # idempotent, as are all its powers
            return step
        step, reach = twice, 2 * reach
    return step


def cycle_lengths(step: NDArray[np.int32]) -> dict[int, int]:
    """For each state on a cycle of the map the length of the cycle."""
    image = np.unique(eventual(step))
    inside = {int(q): int(step[q]) for q in image}
    result: dict[int, int] = {}
    for start in inside:
        if start not in result:
            cycle, q = [start], inside[start]
            while q != start:
                cycle.append(q)
                q = inside[q]
            result.update(dict.fromkeys(cycle, len(cycle)))
    return result


def as_json(word: Word, letters: Sequence[int]) -> list[list[object]]:
    """The word as certificates write it, letter a replaced by letters[a]."""
    return [[count, [letters[a] for a in block]] for count, block in word]
