"""Hops of an induction head (Sanford, Hsu, Telgarsky 2024): k times back, one forward.

From position i one hops to the last position up to i whose predecessor has the letter of position
i. Members: the words over m letters for which k hops from the end exist and end at a letter a. One
hop is what an induction head does. For fixed k and m the language is regular.
"""

from __future__ import annotations

from languages.catalogue._arguments import needed, number
from languages.dfa import DFA
from languages.errors import InputError
from languages.language import Language
from languages.limits import Limits
from languages.tables import shown

NAME = "hop"
SYNTAX = "hop:k or hop:k,letters=m"
SUMMARY = "k hops of an induction head from the end lead to the letter a, over m letters (2)"
EXAMPLES = ("hop:1", "hop:2", "hop:2,letters=3")
MAX_LETTERS = 4
MAX_HOPS = 20

# The answers of one position for 0 .. k hops; a letter's number, or None where a hop is missing.
Answers = tuple[int | None, ...]
# Per letter the answers of the last position behind it; the last letter; the last answers.
State = tuple[tuple[Answers, ...], int | None, Answers]


def after(state: State, letter: int) -> State:
    """The state after one more letter."""
    behind, last, _ = state
    answers: list[int | None] = [letter]
    for hops in range(1, len(behind[0])):
        # Behind the same letter one hops to where one is.
        answers.append(answers[hops - 1] if last == letter else behind[letter][hops - 1])
    now = tuple(answers)
    if last is not None:
        behind = (*behind[:last], now, *behind[last + 1:])
    return behind, letter, now


def build(argument: str | None, limits: Limits) -> Language:
    """The language of k hops, 1 <= k <= 20, over m letters, 2 <= m <= 4."""
    text = needed("hop:k", argument)
    hops, comma, option = text.partition(",")
    k = number("hop:k", hops, 1, MAX_HOPS)
    key, _, value = option.partition("=")
    if comma and key != "letters":
        raise InputError(f"hop: got {shown(option)}, expected letters=m")
    m = number("hop letters", value, 2, MAX_LETTERS) if comma else 2
    name = f"hop:{text}"
    none: Answers = (None,) * (k + 1)
    queue: list[State] = [((none,) * m, None, none)]
    number_of = {queue[0]: 0}
    rows = []
    for state in queue:  # grows while it is walked
        row = []
        for letter in range(m):
            reached = after(state, letter)
            if reached not in number_of:
                number_of[reached] = len(queue)
                queue.append(reached)
            row.append(number_of[reached])
        rows.append(row)
        limits.check_states(name, len(queue), m)
    accept = [i for i, (_, _, answers) in enumerate(queue) if answers[k] == 0]
    dfa = DFA.from_lists(tuple("abcd"[:m]), rows, 0, accept)
    return Language.regular(name, dfa, f"{k} hops of an induction head from the end lead to the "
                            f"letter a, over {m} letters")
