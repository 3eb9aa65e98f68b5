"""Small languages on all sides of the classes that certificates speak of, and larger automata
for the same languages. Plain automata as in `tests.oracles`; none is over more than 3 letters."""

from __future__ import annotations

import random

from tests.oracles import Automaton, minimal, nerode


def _from_letters(*images: tuple[int, ...], accept: set[int]) -> Automaton:
    """Each letter as the list of images of the states; the start is 0."""
    return len(images), tuple(zip(*images, strict=True)), 0, frozenset(accept)


def _s3(word: tuple[int, ...]) -> tuple[int, ...]:
    points: tuple[int, ...] = (0, 1, 2)
    for a in word:
        image = ((1, 0, 2), (1, 2, 0))[a]
        points = tuple(image[x] for x in points)
    return points


LANGUAGES: dict[str, Automaton] = {
    "all words": _from_letters((0,), (0,), accept={0}),
    "no word": _from_letters((0,), (0,), accept=set()),
    "even length, one letter": _from_letters((1, 0), accept={0}),
    "even length": _from_letters((1, 0), (1, 0), accept={0}),
    "parity": _from_letters((0, 1), (1, 0), accept={0}),
    "number of b's divisible by 3": _from_letters((0, 1, 2), (1, 2, 0), accept={0}),
    "(ab)*": _from_letters((1, 2, 2), (2, 0, 2), accept={0}),
    "(ab|bba)*": _from_letters((1, 4, 4, 0, 4), (2, 0, 3, 4, 4), accept={0}),
    "(ab|ba)*": _from_letters((1, 3, 0, 3), (2, 0, 3, 3), accept={0}),
    "begins with a": _from_letters((1, 1, 2), (2, 1, 2), accept={1}),
    "ends with a": _from_letters((1, 1), (0, 0), accept={1}),
    "contains a": _from_letters((1, 1), (0, 1), accept={1}),
    "contains ab": _from_letters((1, 1, 2), (0, 2, 2), accept={2}),
    "contains ab, three letters": _from_letters((1, 1, 2), (0, 2, 2), (0, 0, 2), accept={2}),
    "one a": _from_letters((1, 2, 2), (0, 1, 2), accept={1}),
    "at most one a": _from_letters((1, 2, 2), (0, 1, 2), accept={0, 1}),
    "last write was b": _from_letters((0, 0), (1, 1), (0, 1), accept={1}),
    "second to last is a": nerode(2, lambda w: len(w) > 1 and w[-2] == 0, 4),
    "even length, begins with a": nerode(2, lambda w: len(w) % 2 == 0 and w[:1] == (0,), 4),
    "parity of b's at even places": nerode(2, lambda w: sum(w[::2]) % 2 == 0, 4),
    "a's minus b's divisible by 3": _from_letters((1, 2, 0), (2, 0, 1), accept={0}),
    "(abab)*": _from_letters((1, 4, 3, 4, 4), (4, 2, 4, 0, 4), accept={0}),
    "(ab|ac)* with evenly many c's": _from_letters(
        (1, 4, 3, 4, 4), (4, 0, 4, 2, 4), (4, 2, 4, 0, 4), accept={0}
    ),
    "product in S3 is 1": nerode(2, lambda w: _s3(w) == (0, 1, 2), 6),
    "tracking in S3": _from_letters((1, 0, 2), (1, 2, 0), accept={0}),
    "tracking in S4": _from_letters((1, 0, 2, 3), (1, 2, 3, 0), accept={0}),
    "tracking in A5": _from_letters((1, 2, 0, 3, 4), (1, 2, 3, 4, 0), accept={0}),
    "tracking in S5": _from_letters((1, 0, 2, 3, 4), (1, 2, 3, 4, 0), accept={0, 1}),
}


def doubled(automaton: Automaton) -> Automaton:
    """Two copies of each state; transitions from both lead to the first, but the start is the
    second copy. The copies of the other states cannot be reached."""
    letters, delta, start, accept = automaton
    n = len(delta)
    return letters, delta + delta, start + n, accept | {q + n for q in accept}


def blurred(automaton: Automaton, rng: random.Random) -> Automaton:
    """Two copies of each state; each transition leads to one of them, whichever."""
    letters, delta, start, accept = automaton
    n = len(delta)
    table = tuple(tuple(r + n * rng.randrange(2) for r in row) for row in delta + delta)
    return letters, table, start, accept | {q + n for q in accept}


def untrimmed(automaton: Automaton, rng: random.Random) -> Automaton:
    """The same automaton with two states that cannot be reached, with any transitions."""
    letters, delta, start, accept = automaton
    n = len(delta)
    extra = tuple(tuple(rng.randrange(n + 2) for _ in range(letters)) for _ in range(2))
    return letters, delta + extra, start, accept | {n}


def is_minimal(automaton: Automaton) -> bool:
    """Whether no automaton for the language has fewer states."""
    return len(minimal(automaton)[1]) == len(automaton[1])
