"""Boolean operations and reversal of regular languages, as functions and as text.

    and(A; B; ...)   or(A; B; ...)   not(A)   reverse(A)

A, B are languages as users write them, such as `and(parity; not(regex:(01)*))`. The text is cut at
semicolons outside of brackets; brackets have to match, and what follows a backslash counts as no
bracket. A part with a semicolon of its own stands in brackets: `and((ltl:@f := a; P @f); ...)`.
All parts need the same letters, and `not` is about the words over these.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final, Literal, TypeAlias

import numpy as np

from languages.dfa import DFA
from languages.errors import InputError
from languages.language import Language
from languages.limits import Limits
from languages.nfa import NFA, determinise
from languages.tables import shown

Operation: TypeAlias = Literal["and", "or", "not", "reverse"]
OPERATIONS: Final[dict[str, Operation]] = {
    "and": "and", "or": "or", "not": "not", "reverse": "reverse"}
SYNTAXES: Final = ("and(LANGUAGE; LANGUAGE)", "or(LANGUAGE; LANGUAGE)", "not(LANGUAGE)",
                   "reverse(LANGUAGE)")


def reverse(dfa: DFA, limits: Limits | None = None) -> DFA:
    """The minimal DFA of the words whose reversal is accepted; `LimitError` if it is too large.

    It can have 2^n states for n states (Leiss 1981).
    """
    limits = limits or Limits()
    dfa = dfa.minimal()
    limits.check_positions(dfa.states)
    start = dfa.states
    nfa = NFA(dfa.states + 1, start, [dfa.start],
              [(r, a, q) for q, row in enumerate(dfa.table) for a, r in enumerate(row)],
              [(start, q) for q in np.flatnonzero(dfa.accept).tolist()])
    return determinise(nfa, dfa.alphabet, limits).minimal()


def combined(operation: Operation, parts: Sequence[Language],
             limits: Limits | None = None) -> Language:
    """The language that the operation makes of one part, or of one or more for "and" and "or".

    Raises `InputError` for parts that are not regular or have other letters, `LimitError`.
    """
    limits = limits or Limits()
    names = [part.name for part in parts]
    automata = [_automaton(operation, part, parts[0]) for part in parts]
    dfa = automata[0]
    if operation == "not":
        dfa = dfa.complement()
        meaning = f"the words over {' '.join(dfa.alphabet)} that are not in {names[0]}"
    elif operation == "reverse":
        dfa = reverse(dfa, limits)
        meaning = f"the words of {names[0]}, read from right to left"
    else:
        for other in automata[1:]:
            make = dfa.intersection if operation == "and" else dfa.union
            dfa = make(other, max_states=limits.max_states).minimal()
        meaning = f"the words in {f' {operation} in '.join(names)}"
    text = "; ".join(f"({name})" if len(_split(name)) > 1 else name for name in names)
    return Language.regular(f"{operation}({text})", dfa, meaning)


def _automaton(operation: Operation, part: Language, first: Language) -> DFA:
    if part.dfa is None:
        raise InputError(f"{operation}: {part.name} is not regular, expected regular languages")
    if set(part.alphabet) != set(first.alphabet):
        raise InputError(
            f"{operation}: {first.name} has the alphabet {' '.join(first.alphabet)} and "
            f"{part.name} has {' '.join(part.alphabet)}, expected the same letters "
            "(--alphabet extends that of regular expressions, formulas and sentences)")
    return part.dfa.with_alphabet(first.alphabet)


def parse_combination(text: str, read: Callable[[str], Language],
                      limits: Limits) -> Language | None:
    """The language of a text such as `and(A; B)`, None if the text has another form.

    `read` makes languages of the parts.
    """
    head, bracket, rest = text.partition("(")
    operation = OPERATIONS.get(head.strip())
    if operation is None or not bracket:
        return None
    if _closing(text, len(head)) != len(text) - 1:
        raise InputError(f"{operation}: got {shown(text)}, expected a bracket that closes at the "
                         "end: brackets have to match, or stand after a backslash")
    parts = _split(rest[:-1])
    if operation in ("not", "reverse") and len(parts) > 1:
        raise InputError(f"{operation}: got {len(parts)} languages, expected one")
    found = []
    for number, part in enumerate(parts, start=1):
        inner = part.strip()
        if inner.startswith("(") and _closing(inner, 0) == len(inner) - 1:
            inner = inner[1:-1]
        try:
            found.append(read(inner))
        except InputError as error:
            if len(parts) > 1:
                error.message = f"{operation}, part {number}: {error.message}"
                error.args = (f"{operation}, part {number}: {error.args[0]}",)
            raise
    return combined(operation, found, limits)


def _closing(text: str, opening: int) -> int:
    """The place of the bracket that closes the one at `opening`, -1 if there is none."""
    depth = 0
    for i, char in _unescaped(text):
        if i >= opening and char in "()":
            depth += 1 if char == "(" else -1
            if depth == 0:
                return i
    return -1


def _split(text: str) -> list[str]:
    """The parts between semicolons outside of brackets."""
    parts, begin, depth = [], 0, 0
    for i, char in _unescaped(text):
        if char in "()":
            depth += 1 if char == "(" else -1
        elif char == ";" and depth <= 0:
            parts.append(text[begin:i])
            begin = i + 1
    return [*parts, text[begin:]]


def _unescaped(text: str) -> list[tuple[int, str]]:
    """The characters and their places, without those after a backslash."""
    found = []
    i = 0
    while i < len(text):
        if text[i] == "\\":
            i += 2
            continue
        found.append((i, text[i]))
        i += 1
    return found
