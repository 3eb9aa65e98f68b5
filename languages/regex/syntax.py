"""The syntax tree of a regular expression. Positions count characters from 1."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True, eq=False, repr=False)
class Letters:
    """One letter out of `letters`; all others if `negated`. `.` is "not one of none"."""

    letters: frozenset[str]
    negated: bool
    position: int

    children: tuple[Node, ...] = ()


@dataclass(frozen=True, eq=False, repr=False)
class Concatenation:
    """The children one after the other; the empty word if there are none."""

    children: tuple[Node, ...]


@dataclass(frozen=True, eq=False, repr=False)
class Union:
    """The words of at least one child."""

    children: tuple[Node, ...]


@dataclass(frozen=True, eq=False, repr=False)
class Intersection:
    """The words of every child."""

    children: tuple[Node, ...]


@dataclass(frozen=True, eq=False, repr=False)
class Complement:
    """The words over the alphabet that are not words of the child."""

    children: tuple[Node]


@dataclass(frozen=True, eq=False, repr=False)
class Repeat:
    """At least `low` and at most `high` words of the child; no upper bound if None."""

    children: tuple[Node]
    low: int
    high: int | None


Node = Letters | Concatenation | Union | Intersection | Complement | Repeat


def postorder(root: Node) -> Iterator[Node]:
    """Every node after its children, left to right, without recursion."""
    stack: list[tuple[Node, bool]] = [(root, False)]
    while stack:
        node, done = stack.pop()
        if done or not node.children:
            yield node
            continue
        stack.append((node, True))
        stack.extend((child, False) for child in reversed(node.children))


def letters_of(root: Node) -> frozenset[str]:
    """The letters that are written in the expression, in negated classes too."""
    found: set[str] = set()
    for node in postorder(root):
        if isinstance(node, Letters):
            found |= node.letters
    return frozenset(found)
