"""Words: sequences of letters, as text, in order, and as blocks of repetitions."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import product

from languages.errors import InputError
from languages.tables import checked_alphabet, shown

Word = tuple[str, ...]
Block = tuple[int, tuple[int, ...]]
EMPTY = "()"
"""How the empty word is written."""


def parse_alphabet(text: str) -> tuple[str, ...]:
    """Letters from "ab" (one character each) or "a,b,cc" (separated by commas).

    `InputError` for no letters, a repeated or an empty letter, and white space, which is
    more often an accident than a letter.
    """
    letters = text.split(",") if "," in text else list(text)
    if any(char.isspace() for char in text):
        raise InputError(f"alphabet: got {shown(text)}, expected no white space: ab or a,b,cc")
    return checked_alphabet(letters)


def parse_word(text: str, alphabet: Sequence[str], separator: str | None = None) -> Word:
    """The letters of a word.

    With `separator` the text is split there. Without, letters are single characters; if the
    alphabet has longer ones, a separator is asked for. The empty text and `()` are the empty
    word (unless both brackets are letters of the alphabet).
    """
    if text == "" or (text == EMPTY and not {"(", ")"} <= set(alphabet)):
        return ()
    if separator is None and any(len(letter) > 1 for letter in alphabet):
        raise InputError("word: the alphabet has letters of several characters, expected --sep")
    if separator == "":
        raise InputError("word: got an empty separator, expected a character between letters")
    word = tuple(text) if separator is None else tuple(text.split(separator))
    known = set(alphabet)
    for place, letter in enumerate(word, start=1):
        if letter not in known:
            raise InputError(
                f"word: letter {shown(letter)} is not in the alphabet: expected one of "
                f"{' '.join(alphabet)}",
                f"letter {place}",
            )
    return word


def show_word(word: Sequence[str], separator: str | None = None) -> str:
    """The word as text that `parse_word` reads back; long letters are joined by spaces."""
    if not word:
        return EMPTY
    if separator is None:
        separator = "" if all(len(letter) == 1 for letter in word) else " "
    return separator.join(word)


def words_up_to(alphabet: Sequence[str], length: int) -> Iterator[Word]:
    """All words of at most that length: shorter ones first, then in alphabet order."""
    for n in range(length + 1):
        yield from product(tuple(alphabet), repeat=n)


def blocks(word: Sequence[int]) -> list[Block]:
    """A word of letter indices as blocks (count, letters): runs of one letter are counted."""
    result: list[Block] = []
    for a in word:
        if result and result[-1][1] == (a,):
            result[-1] = (result[-1][0] + 1, (a,))
        else:
            result.append((1, (a,)))
    return result
