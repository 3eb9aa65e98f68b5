"""RASP programs by name, as `rasp:NAME` or `rasp:NAME:ARGUMENT` on the command line."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from expressivity.programs.rasp import library, tasks
from expressivity.programs.rasp.language import SOp, tokens
from expressivity.programs.rasp.values import Value
from languages.errors import InputError
from languages.tables import shown

LETTERS = ("a", "b", "c")


@dataclass(frozen=True)
class SequenceProgram:
    """A program that maps sequences over an alphabet to sequences.

    `length` is the only input length that it is meant for, None for all.
    """

    name: str
    sop: SOp
    alphabet: tuple[Value, ...]
    length: int | None = None


@dataclass(frozen=True)
class Named:
    """How a program is written, what it does, and how it is made from argument and alphabet."""

    syntax: str
    meaning: str
    make: Callable[[str, Sequence[Value] | None], tuple[SOp, Sequence[Value], int | None]]


def _of_tokens(make: Callable[[], SOp]) -> Callable[..., tuple[SOp, Sequence[Value], None]]:
    """A program that works over any alphabet and takes no argument."""
    def made(argument: str, alphabet: Sequence[Value] | None) -> tuple[SOp, Sequence[Value], None]:
        if argument:
            raise InputError(f"got the argument {shown(argument)}, expected none")
        return make(), alphabet or LETTERS, None
    return made


def _of_letters(make: Callable[[str], SOp], least: int, most: int | None = None) -> Callable[
        ..., tuple[SOp, Sequence[Value], None]]:
    """A program about the letters of the argument, `least` of them or more."""
    def made(argument: str, alphabet: Sequence[Value] | None) -> tuple[SOp, Sequence[Value], None]:
        if len(argument) < least or (most is not None and len(argument) > most):
            raise InputError(f"got {shown(argument)}, expected {least} letters"
                             + ("" if most == least else " or more"))
        letters = alphabet or tuple(dict.fromkeys([*argument, *LETTERS[:2]]))
        missing = [letter for letter in argument if letter not in letters]
        if missing:
            raise InputError(f"letter {shown(missing[0])} is not in the alphabet")
        return make(argument), letters, None
    return made


def _of_numbers(make: Callable[..., tuple[SOp, Sequence[Value], int | None]], syntax: str,
                count: int) -> Callable[..., tuple[SOp, Sequence[Value], int | None]]:
    """A program made from whole numbers, whose alphabet follows from them."""
    def made(argument: str, alphabet: Sequence[Value] | None) -> tuple[
            SOp, Sequence[Value], int | None]:
        parts = argument.split(",")
        if len(parts) != count or not all(p.isascii() and p.isdigit() and len(p) < 4
                                          for p in parts):
            raise InputError(f"got {shown(argument)}, expected {syntax} with numbers below 1000")
        sop, letters, length = make(*map(int, parts))
        if alphabet is not None:
            raise InputError("its alphabet follows from its numbers, expected no other")
        return sop, letters, length
    return made


def _shifted(argument: str, alphabet: Sequence[Value] | None) -> tuple[SOp, Sequence[Value], None]:
    digits = argument.removeprefix("-")
    if not (digits.isascii() and digits.isdigit() and len(digits) < 4):
        raise InputError(f"got {shown(argument)}, expected a whole number, such as 1 or -2")
    return library.shift(int(argument)), alphabet or LETTERS, None


def _pairs(argument: str) -> SOp:
    if len(argument) % 2:
        raise InputError(f"got {shown(argument)}, expected pairs of brackets")
    return library.shuffle_dyck([argument[k:k + 2] for k in range(0, len(argument), 2)])


NAMED: dict[str, Named] = {
    "length": Named("length", "the number of tokens", _of_tokens(library.length)),
    "reverse": Named("reverse", "the tokens from right to left", _of_tokens(library.reverse)),
    "hist": Named("hist", "how often the token here occurs", _of_tokens(library.hist)),
    "sort": Named("sort", "the tokens in order", _of_tokens(library.sort)),
    "sort-unique": Named("sort-unique", "the tokens in order; they must be distinct",
                         _of_tokens(lambda: library.sort_unique(tokens, tokens))),
    "sort-freq": Named("sort-freq", "the tokens, the most frequent first",
                       _of_tokens(library.sort_freq)),
    "count": Named("count:a", "how often the letter occurs",
                   _of_letters(lambda a: library.count(tokens, a), 1, 1)),
    "frac-prevs": Named("frac-prevs:a", "the share of the letter up to here",
                        _of_letters(lambda a: library.frac_prevs(tokens == a), 1, 1)),
    "pair-balance": Named("pair-balance:()", "the share of ( up to here minus that of )",
                          _of_letters(lambda p: library.pair_balance(tokens, p[0], p[1]), 2, 2)),
    "shuffle-dyck": Named("shuffle-dyck:()[]", "1 if each pair of brackets is balanced by itself",
                          _of_letters(_pairs, 2)),
    "detect-pattern": Named("detect-pattern:ab", "1 where the tokens up to here end with it",
                            _of_letters(lambda p: library.detect_pattern(tokens, p), 1)),
    "shift": Named("shift:1", "the tokens, moved to the right", _shifted),
    "induction": Named("induction", "what followed the last earlier occurrence of the token",
                       _of_tokens(tasks.induction)),
    "match2": Named("match2:m", "1 where some token adds up to 0 with this one, modulo m",
                    _of_numbers(lambda m: (tasks.match2(m), range(m), None), "match2:m", 1)),
    "composition": Named("composition:m", "g(f(x)) at the end of two tables and x, over m values",
                         _of_numbers(lambda m: (tasks.composition(m), range(m), 2 * m + 1),
                                     "composition:m", 1)),
    "sparse-average": Named(
        "sparse-average:n,q", "the average of values at q of n positions that a token names",
        _of_numbers(lambda n, q: (tasks.sparse_average(), tasks.sparse_average_alphabet(n, q), n),
                    "sparse-average:n,q", 2)),
}


def parse_named(text: str, alphabet: Sequence[Value] | None = None) -> SequenceProgram:
    """The program NAME or NAME:ARGUMENT.

    Raises:
        InputError: an unknown name (with the nearest), or an argument of another kind.
    """
    name, _, argument = text.partition(":")
    if name not in NAMED:
        close = difflib.get_close_matches(name, NAMED, 1, 0.5)
        hint = f", did you mean {close[0]!r}?" if close else ""
        raise InputError(f"rasp: unknown program {shown(name)}{hint}; expected one of "
                         + ", ".join(named.syntax for named in NAMED.values()))
    try:
        sop, letters, length = NAMED[name].make(argument, alphabet)
    except InputError as error:
        raise InputError(f"rasp:{name}: {error.message}") from None
    return SequenceProgram(f"rasp:{text}", sop, tuple(letters), length)
