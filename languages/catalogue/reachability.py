"""Reachability in directed graphs, complete for NL (Jones 1975).

A word lists edges `i>j`, each ended by a semicolon, vertices in binary without leading zeros.
Members: the well-formed words whose edges contain a path from vertex 0 to vertex 1.
"""

from __future__ import annotations

from collections.abc import Sequence

from languages.catalogue._arguments import no_argument
from languages.catalogue._encodings import binary, items
from languages.language import Language
from languages.limits import Limits

NAME = "reachability"
SYNTAX = "reachability"
SUMMARY = "directed graphs (edges such as 0>10;10>1;) with a path from vertex 0 to vertex 1"
EXAMPLES = ("reachability",)


def member(word: Sequence[str]) -> bool:
    """Search from vertex 0."""
    after: dict[int, list[int]] = {}
    for edge in items(word) or []:
        ends = [binary(part) for part in edge.split(">")]
        if len(ends) != 2 or ends[0] is None or ends[1] is None:
            return False
        after.setdefault(ends[0], []).append(ends[1])
    seen = {0}
    queue = [0]
    for i in queue:
        for j in after.get(i, []):
            if j not in seen:
                seen.add(j)
                queue.append(j)
    return 1 in seen


def build(argument: str | None, limits: Limits) -> Language:
    """The graphs with a path, in the encoding of this file."""
    no_argument(NAME, argument)
    return Language(NAME, tuple("01>;"), None, SUMMARY, "reachability", member)
