"""Reachability in undirected graphs, complete for L (Reingold 2008).

A word lists edges `i-j`, each ended by a semicolon, vertices in binary without leading zeros.
Members: the well-formed words whose edges connect vertex 0 with vertex 1.
"""

from __future__ import annotations

from collections.abc import Sequence

from languages.catalogue._arguments import no_argument
from languages.catalogue._encodings import items, numbers
from languages.language import Language
from languages.limits import Limits

NAME = "undirected-reachability"
SYNTAX = "undirected-reachability"
SUMMARY = "undirected graphs (edges such as 0-10;1-10;) that connect vertex 0 with vertex 1"
EXAMPLES = ("undirected-reachability",)


def member(word: Sequence[str]) -> bool:
    """Search from vertex 0."""
    beside: dict[int, list[int]] = {}
    for edge in items(word) or []:
        ends = numbers(edge, "-")
        if ends is None or len(ends) != 2:
            return False
        for here, there in (ends, reversed(ends)):
            beside.setdefault(here, []).append(there)
    seen = {0}
    queue = [0]
    for i in queue:
        for j in beside.get(i, []):
            if j not in seen:
                seen.add(j)
                queue.append(j)
    return 1 in seen


def build(argument: str | None, limits: Limits) -> Language:
    """The graphs with a connection, in the encoding of this file."""
    no_argument(NAME, argument)
    return Language(NAME, tuple("01-;"), None, SUMMARY, NAME, member)
