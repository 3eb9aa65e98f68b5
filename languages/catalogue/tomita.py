"""The seven languages of Tomita (1982), over {0, 1}."""

from __future__ import annotations

from languages.catalogue._arguments import needed, number
from languages.dfa import DFA
from languages.language import Language
from languages.limits import Limits

NAME = "tomita"
SYNTAX = "tomita:k"
SUMMARY = "the seven languages of Tomita (1982), over {0, 1}"
EXAMPLES = tuple(f"tomita:{k}" for k in range(1, 8))

# Per language: what it is, rows (successor under 0, under 1), accepting states. State 0 starts.
LANGUAGES: tuple[tuple[str, list[list[int]], list[int]], ...] = (
    ("only ones: 1*", [[1, 0], [1, 1]], [0]),
    ("(10)*", [[2, 1], [0, 2], [2, 2]], [0]),
    (
        "no block of ones of odd length is followed by a block of zeros of odd length",
        # 0: no open obligation, 1: odd ones, 2: odd ones then odd zeros, 3: odd ones then even
        # zeros, 4: refused (an odd block of zeros was closed by a one)
        [[0, 1], [2, 0], [3, 4], [2, 1], [4, 4]],
        [0, 1, 3],
    ),
    ("no three zeros in a row", [[1, 0], [2, 0], [3, 0], [3, 3]], [0, 1, 2]),
    (
        "an even number of zeros and an even number of ones",
        [[1, 2], [0, 3], [3, 0], [2, 1]],
        [0],
    ),
    (
        "the numbers of zeros and of ones are congruent modulo 3",
        [[2, 1], [0, 2], [1, 0]],
        [0],
    ),
    ("0*1*0*1*", [[0, 1], [2, 1], [2, 3], [4, 3], [4, 4]], [0, 1, 2, 3]),
)


def build(argument: str | None, limits: Limits) -> Language:
    """The k-th language, k from 1 to 7."""
    k = number(SYNTAX, needed(SYNTAX, argument), 1, len(LANGUAGES))
    description, rows, accept = LANGUAGES[k - 1]
    dfa = DFA.from_lists(("0", "1"), rows, 0, accept)
    return Language.regular(f"tomita:{k}", dfa, description)
