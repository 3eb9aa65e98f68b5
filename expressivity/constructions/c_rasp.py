"""C-RASP languages by future-masked averages: softmax in mixed precision, or average-hard heads.

From a program for a task of the catalogue, or from the potentials of a regular language, to
weights; one level of nested counts becomes one layer of uniform attention. Over the rationals a
second layer reads the signs of the averages.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from expressivity.constructions import Witness
from expressivity.models.contracts import RATIONAL
from expressivity.programs.crasp import Program, Readout
from expressivity.programs.crasp_library import has_program, program_for
from expressivity.programs.crasp_text import crasp_text
from expressivity.programs.crasp_to_model import crasp_to_model, resources
from languages.classes import c_rasp_eos, c_rasp_last
from languages.classes.analysis import Analysis
from languages.language import Language

NAME: Final = "C-RASP"
CITATION: Final = (
    "Yang, Chiang, Counting Like Transformers: Compiling Temporal Counting Logic Into Softmax "
    "Transformers, COLM 2024, arXiv 2404.04393; in mixed precision by Yang, Cadilhac, Chiang, "
    "Knee-Deep in C-RASP, NeurIPS 2025, arXiv 2506.16055; potentials of automata by Yang, Veseli, "
    "Barloy et al. 2026, arXiv 2608.13433"
)


def applies(language: Language) -> bool:
    """Is there a program here for the language, read at the last letter at least?"""
    return "last" in readouts(language)


def readouts(language: Language) -> tuple[Readout, ...]:
    """The readouts for which there is a program."""
    if language.dfa is None:
        return ("last", "eos") if has_program(language) else ()
    analysis = Analysis(language.dfa)
    deciders: tuple[tuple[Readout, str], ...] = (
        ("last", c_rasp_last.decide(analysis).value), ("eos", c_rasp_eos.decide(analysis).value))
    return tuple(readout for readout, answer in deciders if answer == "yes")


def witnesses(language: Language, length: int) -> Iterator[Witness]:
    """Models for all lengths, in mixed precision and then over the rationals.

    Of each kind one that is read at the last letter, with a begin marker, and, if the language can
    be read after it, one with an end marker too.
    """
    programs = [program_for(language, readout) for readout in readouts(language) or ("last",)]
    for rational in (False, True):
        for program in programs:
            yield witness(program, rational=rational)


def witness(program: Program, *, rational: bool = False) -> Witness:
    """The model of a program, in the smallest mixed precision or over the rationals."""
    counts = resources(program, rational=rational)
    return Witness(
        crasp_to_model(program, RATIONAL if rational else None),
        {"layers": max(1, counts.attention_layers), "attention_layers": counts.attention_layers,
         "networks": counts.ffn_layers, "heads": counts.heads, "hidden": counts.hidden,
         "width": counts.width},
        crasp_text(program))
