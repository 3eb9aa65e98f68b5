"""Reachability where at most one edge leaves each vertex, complete for L.

A word lists edges `i>j`, each ended by a semicolon, vertices in binary without leading zeros, no i
twice. Members: the words whose edges lead from vertex 0 to vertex 1.
"""

from __future__ import annotations

from collections.abc import Sequence

from languages.catalogue._arguments import no_argument
from languages.catalogue._encodings import table
from languages.language import Language
from languages.limits import Limits

NAME = "deterministic-reachability"
SYNTAX = "deterministic-reachability"
SUMMARY = "graphs with at most one edge from each vertex and a path from 0 to 1 (0>10;10>1;)"
EXAMPLES = ("deterministic-reachability",)


def member(word: Sequence[str]) -> bool:
    """Walk from vertex 0; a walk longer than the list is on a cycle."""
    after = table("".join(word))
    vertex = 0
    for _ in after or ():
        if after is None or vertex not in after:
            return False
        vertex = after[vertex]
        if vertex == 1:
            return True
    return False


def build(argument: str | None, limits: Limits) -> Language:
    """The graphs with a path, in the encoding of this file."""
    no_argument(NAME, argument)
    return Language(NAME, tuple("01>;"), None, SUMMARY, NAME, member)
