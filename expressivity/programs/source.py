"""What can be built or compared with: a language, or a program in a file.

    SOURCE := LANGUAGE | "brasp:" FILE | "crasp:" FILE
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

from expressivity.programs import brasp, crasp
from expressivity.programs.brasp_text import parse_brasp
from expressivity.programs.crasp_text import parse_crasp
from languages.errors import InputError
from languages.formats import read_text
from languages.language import Language
from languages.limits import Limits
from languages.parse import parse_language

Program: TypeAlias = brasp.Program | crasp.Program

READERS: dict[str, tuple[str, Callable[[str], Program]]] = {
    "brasp": ("B-RASP", parse_brasp),
    "crasp": ("C-RASP", parse_crasp),
}


@dataclass(frozen=True, eq=False)
class ProgramLanguage(Language):
    """The language of a program; its interpreter is the membership test."""

    program: Program | None = None


def parse_source(text: str, *, alphabet: tuple[str, ...] | None = None,
                 limits: Limits | None = None) -> Language:
    """The language that the text names, or that of the program in the file.

    Raises:
        InputError: as `parse_language`; for files, with the name and the position.
    """
    head, colon, path = text.strip().partition(":")
    if not colon or head not in READERS:
        return parse_language(text, alphabet=alphabet, limits=limits)
    if not path:
        raise InputError(f"{head}: nothing after the colon, expected {head}:FILE")
    name, read = READERS[head]
    source = read_text(path, limits or Limits(), f"a {name} program")
    try:
        program = read(source)
    except InputError as error:
        raise InputError(f"{path}: {error.message}", error.position) from None
    if alphabet is not None and set(alphabet) != set(program.alphabet):
        raise InputError(f"alphabet {' '.join(alphabet)}: {text} has the alphabet "
                         f"{' '.join(program.alphabet)}, expected the same letters")
    return ProgramLanguage(text, program.alphabet, None, f"what the {name} program in {path} "
                           "accepts", None, program.accepts, program)
