"""From syntax tree to minimal DFA (Thompson 1968, Rabin and Scott 1959).

Pieces are nondeterministic automata with one start and one accepting state. A complement or
an intersection turns its pieces into minimal DFAs and its result into a piece again.
"""

from __future__ import annotations

import numpy as np

from languages.dfa import DFA
from languages.errors import InputError
from languages.limits import Limits
from languages.nfa import NFA, determinise
from languages.regex.parser import parse_regex
from languages.regex.syntax import (
    Complement,
    Concatenation,
    Intersection,
    Letters,
    Node,
    Repeat,
    Union,
    letters_of,
    postorder,
)
from languages.tables import checked_alphabet

Piece = NFA
"""An NFA with start 0, which nothing enters, and accepting state 1, which nothing leaves."""


def regex_to_dfa(
    text: str, alphabet: tuple[str, ...] | None = None, limits: Limits | None = None
) -> DFA:
    """The minimal DFA of a regular expression (grammar: `languages.regex`).

    Without `alphabet` the letters are those written in the expression, sorted. Raises
    `InputError` for text that is not understood or a letter outside the alphabet, and
    `LimitError` when an automaton on the way gets larger than `limits` allow.
    """
    limits = limits or Limits()
    root = parse_regex(text, limits)
    letters = _alphabet(root, alphabet)
    return _Compiler(letters, limits).compile(root)


def _alphabet(root: Node, alphabet: tuple[str, ...] | None) -> tuple[str, ...]:
    written = letters_of(root)
    if alphabet is None:
        if not written:
            raise InputError("regex: no letter is written in it, expected --alphabet")
        return tuple(sorted(written))
    letters = checked_alphabet(alphabet)
    for node in postorder(root):
        if isinstance(node, Letters) and (foreign := node.letters - set(letters)):
            raise InputError(
                f"regex: letter {min(foreign)!r} is not in the alphabet: "
                f"expected one of {' '.join(letters)}",
                f"character {node.position}",
            )
    return letters


class _Compiler:
    def __init__(self, alphabet: tuple[str, ...], limits: Limits) -> None:
        self.alphabet = alphabet
        self.index = {letter: a for a, letter in enumerate(alphabet)}
        self.limits = limits

    def compile(self, root: Node) -> DFA:
        done: list[Piece] = []
        for node in postorder(root):
            first = len(done) - len(node.children)
            parts, done = done[first:], done[:first]
            piece = self.piece(node, parts)
            self.limits.check_positions(piece.states)
            done.append(piece)
        return self.dfa(done[0])

    def dfa(self, piece: Piece) -> DFA:
        return determinise(piece, self.alphabet, self.limits).minimal()

    def piece(self, node: Node, parts: list[Piece]) -> Piece:
        match node:
            case Letters():
                return self.letters(node)
            case Concatenation():
                return self.chain(parts)
            case Union():
                return self.side_by_side(parts)
            case Intersection():
                dfa = self.dfa(parts[0])
                for part in parts[1:]:
                    both = dfa.intersection(self.dfa(part), max_states=self.limits.max_states)
                    dfa = both.minimal()
                return self.embed(dfa)
            case Complement():
                return self.embed(self.dfa(parts[0]).complement())
            case Repeat(low=low, high=high):
                return self.repeat(parts[0], low, high)

    def letters(self, node: Letters) -> Piece:
        chosen = [a for a, x in enumerate(self.alphabet) if (x in node.letters) != node.negated]
        if not chosen:
            raise InputError(
                f"regex: this class leaves no letter of the alphabet {' '.join(self.alphabet)}",
                f"character {node.position}",
            )
        return NFA(2, 0, [1], [(0, a, 1) for a in chosen])

    def chain(self, parts: list[Piece]) -> Piece:
        result = NFA(2, 0, [1])
        end = 0
        for part in parts:
            shift = _add(result, part)
            result.empty.append((end, shift))
            end = shift + 1
        result.empty.append((end, 1))
        return result

    def side_by_side(self, parts: list[Piece]) -> Piece:
        result = NFA(2, 0, [1])
        for part in parts:
            shift = _add(result, part)
            result.empty += [(0, shift), (shift + 1, 1)]
        return result

    def repeat(self, part: Piece, low: int, high: int | None) -> Piece:
        copies = low + 1 if high is None else high
        self.limits.check_positions(copies * part.states)
        result = NFA(2, 0, [1])
        end = 0
        for i in range(copies):
            shift = _add(result, part)
            result.empty.append((end, shift))
            if i >= low:
                result.empty.append((end, 1))
            end = shift + 1
            if high is None and i == low:
                result.empty.append((end, shift))  # the last copy may be read again and again
        result.empty.append((end, 1))
        return result

    def embed(self, dfa: DFA) -> Piece:
        """A DFA as a piece, without the states from which no word is accepted."""
        live = _live(dfa)
        number = {int(q): i + 2 for i, q in enumerate(np.flatnonzero(live))}
        result = NFA(2 + len(number), 0, [1])
        for q, i in number.items():
            for a, r in enumerate(dfa.table[q]):
                if r in number:
                    result.moves.append((i, a, number[r]))
            if dfa.accept[q]:
                result.empty.append((i, 1))
        if dfa.start in number:
            result.empty.append((0, number[dfa.start]))
        return result


def _add(whole: Piece, part: Piece) -> int:
    """Copy `part` into `whole`; its start and end are the result and the result + 1."""
    shift = whole.states
    whole.states += part.states
    whole.moves += [(p + shift, a, q + shift) for p, a, q in part.moves]
    whole.empty += [(p + shift, q + shift) for p, q in part.empty]
    return shift


def _live(dfa: DFA) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    """Which states accept some word."""
    before: list[list[int]] = [[] for _ in range(dfa.states)]
    for q, row in enumerate(dfa.table):
        for r in row:
            before[r].append(q)
    live = dfa.accept.copy()
    queue = [int(q) for q in np.flatnonzero(live)]
    for r in queue:
        for q in before[r]:
            if not live[q]:
                live[q] = True
                queue.append(q)
    return live
