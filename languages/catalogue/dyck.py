"""Dyck languages: well-nested brackets of k types, with bounded depth if wanted.

With a bound on the depth the language is regular (the bounded Dyck languages of Hewitt,
Hahn, Ganguli, Liang and Manning 2020); without, it is not.
"""

from __future__ import annotations

from collections.abc import Sequence

from languages.catalogue._arguments import needed, number
from languages.dfa import DFA
from languages.errors import InputError
from languages.language import Language, Member
from languages.limits import Limits
from languages.tables import shown

NAME = "dyck"
SYNTAX = "dyck:k or dyck:k,depth=d"
SUMMARY = "well-nested brackets of k types, at most d deep if a depth is given"
EXAMPLES = ("dyck:1", "dyck:2", "dyck:1,depth=3", "dyck:2,depth=3", "dyck:5,depth=2")

BRACKETS = ("()", "[]", "{}", "<>")
MAX_TYPES = 1000


def letters(k: int) -> tuple[str, ...]:
    """Opening and closing letter per type: ( ) [ ] { } < >, beyond four types (1 )1 (2 )2 ..."""
    if k <= len(BRACKETS):
        return tuple(letter for pair in BRACKETS[:k] for letter in pair)
    return tuple(f"{bracket}{i}" for i in range(1, k + 1) for bracket in "()")


def member_of(k: int) -> Member:
    """The membership test of unbounded depth: a stack of open types."""
    index = {letter: i for i, letter in enumerate(letters(k))}

    def member(word: Sequence[str]) -> bool:
        stack: list[int] = []
        for letter in word:
            kind, closing = divmod(index[letter], 2)
            if not closing:
                stack.append(kind)
            elif not stack or stack.pop() != kind:
                return False
        return not stack

    return member


def bounded(k: int, depth: int, limits: Limits) -> DFA:
    """One state per stack of at most `depth` open types, and a sink."""
    name = f"dyck:{k},depth={depth}"
    states, level = 2, 1
    for _ in range(depth):
        level *= k
        states += level
        if states > limits.max_states:
            limits.check_states(name, f"more than {limits.max_states}")
    limits.check_states(name, states, 2 * k)
    # Stacks are numbered level by level; the stack s with type i pushed on it is 1 + k s + i.
    sink = states - 1
    inner = sink - level
    rows = []
    for s in range(sink):
        below, top = divmod(s - 1, k)
        row = []
        for kind in range(k):
            row.append(1 + k * s + kind if s < inner else sink)
            row.append(below if s > 0 and top == kind else sink)
        rows.append(row)
    rows.append([sink] * (2 * k))
    return DFA.from_lists(letters(k), rows, 0, [0])


def build(argument: str | None, limits: Limits) -> Language:
    """Dyck-k; the empty word is a member. k from 1 to 1000, depth at least 1."""
    types, comma, option = needed(SYNTAX, argument).partition(",")
    k = number("dyck:k", types, 1, MAX_TYPES)
    if not comma:
        return Language(
            f"dyck:{k}",
            letters(k),
            None,
            f"well-nested brackets of {k} type{'s' if k > 1 else ''}",
            f"dyck:{k}",
            member_of(k),
        )
    key, equals, value = option.partition("=")
    if key != "depth" or not equals:
        raise InputError(f"dyck: got {shown(option)}, expected depth=d")
    depth = number("dyck depth", value, 1)
    return Language.regular(
        f"dyck:{k},depth={depth}",
        bounded(k, depth, limits),
        f"well-nested brackets of {k} type{'s' if k > 1 else ''}, at most {depth} deep",
    )
