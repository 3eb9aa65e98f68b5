"""Membership in a context-free language, the grammar being part of the input: complete for P.

A word lists rules, each ended by a semicolon, then a colon, then a word over a, b. A rule `i>...`
has a nonterminal on the left, a number in binary without leading zeros, and on the right symbols
separated by commas, letters or nonterminals; `i>` has an empty right side. Members: the words for
which nonterminal 0 derives the word behind the colon.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from languages.catalogue._arguments import no_argument
from languages.catalogue._encodings import binary, items
from languages.language import Language
from languages.limits import Limits

NAME = "cfg-membership"
SYNTAX = "cfg-membership"
SUMMARY = "a context-free grammar that derives the word behind it (0>a,0,b;0>;:aabb)"
EXAMPLES = ("cfg-membership",)
Symbol = int | str | tuple[Sequence[int | str], ...]
Rule = tuple[Symbol, Symbol, Symbol]  # a left side and two symbols on the right
EMPTY: Symbol = ""  # derives the empty word, and fills up short right sides


def member(word: Sequence[str]) -> bool:
    """Cocke, Younger, Kasami, with empty and unit rules closed off at each span."""
    rules, colon, text = "".join(word).partition(":")
    grammar = _grammar(rules)
    if not colon or grammar is None or set(text) - {"a", "b"}:
        return False
    derives: dict[tuple[int, int], set[Symbol]] = {}
    for length in range(len(text) + 1):
        for i in range(len(text) - length + 1):
            j = i + length
            here: set[Symbol] = {EMPTY} if length == 0 else set(text[i:j] if length == 1 else ())
            here |= {left for left, x, y in grammar for k in range(i + 1, j)
                     if x in derives[i, k] and y in derives[k, j]}
            derives[i, j] = here
            while more := {left for left, x, y in grammar if left not in here and (
                    (x in derives[i, i] and y in here) or (x in here and y in derives[j, j]))}:
                here |= more
    return 0 in derives[0, len(text)]


def _grammar(text: str) -> list[Rule] | None:
    """The rules with right sides of two symbols; None if the text does not list rules."""
    listed = items(text)
    if listed is None:
        return None
    rules: list[Rule] = []
    for rule in listed:
        head, arrow, right = rule.partition(">")
        left = binary(head)
        body = [_symbol(part) for part in right.split(",")] if right else []
        known = [symbol for symbol in body if symbol is not None]
        if left is None or not arrow or len(known) < len(body):
            return None
        rules += _split(left, known)
    return rules


def _symbol(text: str) -> int | str | None:
    return text if text in ("a", "b") else binary(text)


def _split(left: Symbol, body: list[int | str]) -> Iterable[Rule]:
    """Two symbols at a time; what is left of a long right side is a symbol of its own."""
    while len(body) > 2:
        rest: Symbol = (tuple(body[1:]),)
        yield left, body[0], rest
        left, body = rest, body[1:]
    first: Symbol = body[0] if body else EMPTY
    yield left, first, body[1] if len(body) > 1 else EMPTY


def build(argument: str | None, limits: Limits) -> Language:
    """The grammars with words they derive, in the encoding of this file."""
    no_argument(NAME, argument)
    return Language(NAME, tuple("01ab>,;:"), None, SUMMARY, NAME, member)
