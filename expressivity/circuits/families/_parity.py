"""What the families for parity share."""

from __future__ import annotations

from expressivity.circuits.families.modular_counting import counted
from expressivity.circuits.letters import Letters
from languages.errors import InputError
from languages.language import Language


def is_parity(language: Language) -> bool:
    """Does membership depend on the parity of the number of some letters, and on nothing else?"""
    found = counted(language.dfa)
    return found is not None and found.modulus == 2


def odd_letters(language: Language, letters: Letters, family: str) -> tuple[list[int], bool]:
    """Literals of "the letter at this position counts"; and is an odd number accepted?"""
    found = counted(language.dfa)
    if found is None or found.modulus != 2:
        raise InputError(f"{family}: {language.name} is not a parity of letters")
    some = [a for a, weight in enumerate(found.weights) if weight]
    return [letters.one_of(i, some) for i in range(letters.length)], 1 in found.residues
