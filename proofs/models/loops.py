"""Sublayers that are repeated: one block with shared weights, applied again and again.

    LOOP: {"first": a, "last": b, "times": TIMES}      sublayers a to b, numbered from 0, both
                                                       included, run TIMES times
    TIMES: an integer from 1 | "ceil-log2"             ceil(log2 n); 0 times for n <= 1

n is the number of letters of the word, without markers. What comes before the block runs once, then
the block as often as TIMES says, then what comes after it. A number of times must not make more
than 100,000 sublayers of the block.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from proofs.checkers.rejection import integer, record, reject

CEIL_LOG2: Final = "ceil-log2"
MAX_SUBLAYERS: Final = 100_000


@dataclass(frozen=True)
class Loop:
    """Sublayers `first` to `last` run `times` times; None is ceil(log2 n)."""

    first: int
    last: int
    times: int | None

    def count(self, letters: int) -> int:
        """How often the block runs on a word with this many letters."""
        if self.times is not None:
            return self.times
        # The least k with 2^k >= n.
        return max(letters - 1, 0).bit_length()


def order(layers: int, loop: Loop | None, letters: int) -> list[int]:
    """The numbers of the sublayers in the order in which they run on a word of this length."""
    if loop is None:
        return list(range(layers))
    return [*range(loop.first), *list(range(loop.first, loop.last + 1)) * loop.count(letters),
            *range(loop.last + 1, layers)]


def parse_loop(data: object, path: str, layers: int) -> Loop:
    """The loop that `data` describes in a model of so many sublayers; raises Rejected."""
    fields = record(data, path, ("first", "last", "times"))
    first = integer(fields["first"], f"{path}.first", 0, layers)
    last = integer(fields["last"], f"{path}.last", first, layers)
    times = fields["times"]
    if type(times) is str:
        if times != CEIL_LOG2:
            reject("unknown-value", times, f"{path}.times", f'an integer or "{CEIL_LOG2}"')
        return Loop(first, last, None)
    most = MAX_SUBLAYERS // (last - first + 1)
    return Loop(first, last, integer(times, f"{path}.times", 1, most + 1))


def describe_loop(loop: Loop) -> str:
    """The loop in words, its sublayers numbered from 1."""
    times = "ceil(log2 n)" if loop.times is None else str(loop.times)
    which = (f"sublayer {loop.first + 1} runs" if loop.first == loop.last else
             f"sublayers {loop.first + 1} to {loop.last + 1} run")
    return f"{which} {times} times, n being the number of letters"


def plain_loop(loop: Loop) -> dict[str, Any]:
    """The plain data of a loop."""
    return {"first": loop.first, "last": loop.last,
            "times": CEIL_LOG2 if loop.times is None else loop.times}
