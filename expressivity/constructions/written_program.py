"""A program that the user wrote, compiled: B-RASP to hard attention, C-RASP to averages."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from expressivity.constructions import Witness, c_rasp
from expressivity.constructions.from_brasp import brasp_witnesses
from expressivity.programs import brasp
from expressivity.programs.source import ProgramLanguage
from languages.errors import InputError
from languages.language import Language

NAME: Final = "program"
CITATION: Final = (
    "Yang, Chiang, Angluin, NeurIPS 2024, arXiv 2310.13897 (B-RASP); Yang, Chiang, COLM 2024, "
    "arXiv 2404.04393 (C-RASP)"
)


def applies(language: Language) -> bool:
    """Is it the language of a program?"""
    return isinstance(language, ProgramLanguage)


def witnesses(language: Language, length: int) -> Iterator[Witness]:
    """The program's models, one for each number contract, for all lengths."""
    if not isinstance(language, ProgramLanguage) or language.program is None:
        raise InputError(f"{NAME}: {language.name} is not a program")
    if isinstance(language.program, brasp.Program):
        yield from brasp_witnesses(language.program)
    else:
        for rational in (False, True):
            yield c_rasp.witness(language.program, rational=rational)
