"""From what a user writes to a language: `parity`, `regex:(ab)*`, `and(parity; dfa:FILE)`."""

from __future__ import annotations

from collections.abc import Callable
from difflib import get_close_matches

from languages.catalogue import entries
from languages.errors import InputError
from languages.formats import read_dfa
from languages.language import Language
from languages.limits import Limits
from languages.operations import OPERATIONS, SYNTAXES, parse_combination
from languages.regex import regex_to_dfa
from languages.tables import checked_alphabet, shown

Alphabet = tuple[str, ...] | None
MAX_NESTING = 50


def _regex(text: str, alphabet: Alphabet, limits: Limits) -> Language:
    dfa = regex_to_dfa(text, alphabet, limits)
    letters = " ".join(dfa.alphabet)
    return Language.regular(text, dfa, f"the words over {letters} that match {text}")


def _dfa(text: str, alphabet: Alphabet, limits: Limits) -> Language:
    dfa = read_dfa(text, alphabet, limits)
    return Language.regular(text, dfa, f"the automaton in {text}")


def _ltl(text: str, alphabet: Alphabet, limits: Limits) -> Language:
    from languages.logics.ltl_text import parse_sentence
    from languages.logics.two_way import sentence_to_dfa

    sentence = parse_sentence(text, alphabet)
    dfa = sentence_to_dfa(sentence, limits)
    where = {"end": "after which", "first": "at whose first letter",
             "last": "at whose last letter"}[sentence.point]
    return Language.regular(text, dfa, f"the words over {' '.join(dfa.alphabet)} {where} "
                            f"{text} holds")


def _fo(text: str, alphabet: Alphabet, limits: Limits) -> Language:
    from languages.logics.fo_automaton import first_order_to_dfa
    from languages.logics.fo_text import parse_fo

    dfa = first_order_to_dfa(parse_fo(text, alphabet, limits), limits)
    return Language.regular(text, dfa, f"the words over {' '.join(dfa.alphabet)} in which "
                            f"{text} is true")


FORMS: dict[str, tuple[str, Callable[[str, Alphabet, Limits], Language]]] = {
    "regex": ("regex:EXPRESSION", _regex),
    "ltl": ("ltl:FORMULA", _ltl),
    "fo": ("fo:SENTENCE", _fo),
    "dfa": ("dfa:FILE", _dfa),
}
"""Ways to describe a language besides the catalogue: the prefix, its syntax, and its reader."""


def parse_language(
    text: str, *, alphabet: tuple[str, ...] | None = None, limits: Limits | None = None
) -> Language:
    """The language that the text names; its `name` is the text.

    `alphabet` is what the user asked for: it extends the letters of a regular expression or
    an AT&T file, and has to agree with the letters of everything else. Raises `InputError`,
    with near names for an unknown one, and `LimitError`.
    """
    if alphabet is not None:
        alphabet = checked_alphabet(alphabet)
    return _parse(text.strip(), alphabet, limits or Limits(), 0)


def _parse(text: str, alphabet: Alphabet, limits: Limits, depth: int) -> Language:
    if depth > MAX_NESTING:
        raise InputError(f"language: operations nested deeper than {MAX_NESTING}")
    made = parse_combination(text, lambda part: _parse(part.strip(), alphabet, limits, depth + 1),
                             limits)
    if made is not None:
        return made.named(text)
    head, colon, rest = text.partition(":")
    if colon and head in FORMS:
        syntax, read = FORMS[head]
        if not rest:
            raise InputError(f"{head}: nothing after the colon, expected {syntax}")
        return read(rest, alphabet, limits).named(text)
    entry = entries().get(head)
    if entry is None:
        raise InputError(_unknown(head))
    language = entry.build(rest if colon else None, limits).named(text)
    if alphabet is not None and set(alphabet) != set(language.alphabet):
        raise InputError(
            f"alphabet {' '.join(alphabet)}: {text} has the alphabet "
            f"{' '.join(language.alphabet)}, expected the same letters"
        )
    return language


def names_language(text: str) -> bool:
    """Does the text begin as a language does, right or wrong, rather than as a file's name?"""
    head = text.strip().partition(":")[0]
    operation, bracket, _ = head.partition("(")
    return head in FORMS or head in entries() or bool(
        bracket and operation.strip() in OPERATIONS)


def syntaxes() -> list[str]:
    """How each form and each catalogue entry is written, for help texts."""
    return [*(syntax for syntax, _ in FORMS.values()), *(e.syntax for e in entries().values()),
            *SYNTAXES]


def _unknown(name: str) -> str:
    if not name:
        return "language: got nothing, expected a name such as parity or regex:(ab)*"
    known = [*entries(), *FORMS]
    near = get_close_matches(name.lower(), known, n=3, cutoff=0.6)
    hint = f"did you mean {' or '.join(near)}?" if near else f"expected one of {', '.join(known)}"
    return f"language: got {shown(name)}, {hint}"
