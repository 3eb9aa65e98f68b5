"""What constructions by way of B-RASP share: the contracts and the claimed resources."""

from __future__ import annotations

from collections.abc import Iterator

from expressivity.constructions import Witness
from expressivity.models.contracts import FIXED_8, RATIONAL
from expressivity.programs.brasp import Program
from expressivity.programs.brasp_text import brasp_text
from expressivity.programs.brasp_to_model import brasp_to_model, resources
from languages.dfa import DFA
from languages.errors import InputError
from languages.language import Language


def brasp_witnesses(program: Program) -> Iterator[Witness]:
    """The program's model, in 8-bit fixed point and in exact rationals."""
    counts = resources(program)
    claimed = {"attention_layers": counts.attention_layers, "networks": counts.ffn_layers,
               "heads": counts.heads, "rank": counts.rank, "hidden": counts.hidden,
               "width": counts.width}
    for contract in (FIXED_8, RATIONAL):
        yield Witness(brasp_to_model(program, contract), claimed, brasp_text(program))


def regular(language: Language, construction: str) -> DFA:
    """The automaton of the language; `InputError` if it has none."""
    if language.dfa is None:
        raise InputError(f"{construction}: {language.name} is not regular")
    return language.dfa
