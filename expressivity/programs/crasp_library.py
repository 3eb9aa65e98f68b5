"""C-RASP programs for tasks of the catalogue, and for regular languages.

The same formulas serve both readouts: what is counted at the end position as well cannot make
equal counts unequal, and where counts differ the word is rejected anyway.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise
from types import MappingProxyType
from typing import Final

from expressivity.programs.crasp import Program, Readout
from expressivity.programs.crasp_from_dfa import crasp_from_dfa
from expressivity.programs.crasp_text import parse_crasp
from languages.errors import InputError
from languages.language import Language
from languages.logics.ltl_text import quoted


def program_for(language: Language, readout: Readout) -> Program:
    """A program for the language, with this readout; it decides the empty word too.

    Raises `InputError` for a language that is not regular and has no program here, and for a
    regular one that is not known to be in C-RASP with this readout.
    """
    if language.dfa is not None:
        return crasp_from_dfa(language.dfa, readout)
    if not has_program(language):
        raise InputError(f"{language.name}: no C-RASP program is known here")
    text = TASKS[_task(language)](language.alphabet)
    letters = " ".join(map(quoted, language.alphabet))
    return parse_crasp(f"alphabet {letters} readout {readout} {text} output accepted")


def has_program(language: Language) -> bool:
    """Is there a program for this language, known by its name and not regular?"""
    return language.dfa is None and _task(language) in TASKS


def _task(language: Language) -> str:
    """The name under which theorems speak of the language; parameters are in its alphabet."""
    name = language.statement_id or ""
    return "shuffle-dyck" if name.startswith("shuffle-dyck:") else name


def _majority(alphabet: Sequence[str]) -> str:
    return 'accepted := #["1"] > #["0"]'


def _blocks(alphabet: Sequence[str]) -> str:
    """The letters in order, each as often as the others: a^n b^n, a^n b^n c^n."""
    counts = [f"#[{quoted(letter)}]" for letter in alphabet]
    late = [f"{quoted(letter)} and {' + '.join(counts[a + 1:])} >= 1"
            for a, letter in enumerate(alphabet[:-1])]
    equal = [f"{x} = {y}" for x, y in pairwise(counts)]
    return f"late := {' or '.join(late)} accepted := {' and '.join(equal)} and #[late] = 0"


def _brackets(alphabet: Sequence[str]) -> str:
    """Pairs of brackets, each pair well nested on its own: Dyck-1, shuffles of Dyck-1."""
    pairs = [(f"#[{quoted(alphabet[k])}]", f"#[{quoted(alphabet[k + 1])}]")
             for k in range(0, len(alphabet), 2)]
    below = " or ".join(f"{closed} > {opened}" for opened, closed in pairs)
    equal = " and ".join(f"{opened} = {closed}" for opened, closed in pairs)
    return f"below := {below} accepted := {equal} and #[below] = 0"


TASKS: Final[Mapping[str, Callable[[Sequence[str]], str]]] = MappingProxyType({
    "majority": _majority,
    "anbn": _blocks,
    "anbncn": _blocks,
    "dyck:1": _brackets,
    "shuffle-dyck": _brackets,
})
"""From the alphabet to the definitions, as text; shuffle-dyck stands for any number of pairs."""
