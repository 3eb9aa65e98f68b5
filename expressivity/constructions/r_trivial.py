"""R-trivial languages by strictly masked leftmost hard attention without positions.

The minimal DFA is partially ordered: once left, a state never comes again. A position is where
state p is left iff p has been entered before it, the letter is not on a loop at p, and it is the
leftmost such position; the letter there tells which state comes next. So one leftmost head per
state follows the run, with one attention layer per step of the order.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from expressivity.constructions import Witness
from expressivity.constructions.from_brasp import brasp_witnesses, regular
from expressivity.programs.brasp import (
    FALSE,
    TRUE,
    And,
    At,
    Attend,
    Definition,
    Expression,
    Letter,
    Local,
    Not,
    Or,
    Program,
    Vector,
)
from languages.algebra.graphs import tarjan
from languages.classes import r_trivial
from languages.classes.analysis import Analysis
from languages.dfa import DFA
from languages.errors import InputError
from languages.language import Language

NAME: Final = "R-trivial"
CITATION: Final = (
    "Jerad, Svete, Li, Cotterell, Unique Hard Attention: A Tale of Two Sides, ACL 2025, "
    "arXiv 2503.14615; partially ordered automata by Brzozowski, Fich (1980)"
)


def applies(language: Language) -> bool:
    """Is the language R-trivial?"""
    return language.dfa is not None and r_trivial.decide(Analysis(language.dfa)).value == "yes"


def program(dfa: DFA) -> Program:
    """The program, with `j < i` and leftmost attention only, read at the end position.

    Its attention depth is the longest path of the partial order. Raises `InputError` when some
    cycle of the minimal DFA is not a self-loop.
    """
    dfa = dfa.minimal()
    table = dfa.table
    component = tarjan(table)  # numbered after all that it reaches
    if len(set(component)) < dfa.states:
        raise InputError("the language is not R-trivial: its minimal DFA has a cycle of states")
    definitions: list[Definition] = []
    entered_from: dict[int, list[int]] = {q: [] for q in range(dfa.states)}
    for q in sorted(range(dfa.states), key=component.__getitem__, reverse=True):
        entered = Or(tuple(Vector(f"from_{p}_to_{q}", "i") for p in entered_from[q]))
        definitions.append(Local(f"entered_{q}", TRUE if q == dfa.start else entered))
        leaving = [a for a, r in enumerate(table[q]) if r != q]
        score = And((Vector(f"entered_{q}", "j"), _one_of(dfa, leaving, "j")))
        for r in sorted(set(table[q]) - {q}):
            letters = _one_of(dfa, [a for a in leaving if table[q][a] == r], "j")
            name = f"from_{q}_to_{r}"
            definitions.append(Attend(name, "leftmost", "j < i", score, letters, FALSE))
            entered_from[r].append(q)
    accepted = Or(tuple(_is_in(dfa, q) for q in range(dfa.states) if dfa.accept[q]))
    definitions.append(Local("accepted", accepted))
    return Program(dfa.alphabet, "eos", tuple(definitions), "accepted").checked()


def _is_in(dfa: DFA, q: int) -> Expression:
    """The run is in q: entered, and not left."""
    left = [Not(Vector(f"from_{q}_to_{r}", "i")) for r in sorted(set(dfa.table[q]) - {q})]
    return And((Vector(f"entered_{q}", "i"), *left))


def _one_of(dfa: DFA, letters: Sequence[int], at: At) -> Expression:
    """One of these letters, at a position before the end: all of them means true."""
    if len(letters) == dfa.letters:
        return TRUE
    return Or(tuple(Letter(dfa.alphabet[a], at) for a in letters))


def witnesses(language: Language, length: int) -> Iterator[Witness]:
    """Models for all lengths, read at an end symbol."""
    yield from brasp_witnesses(program(regular(language, NAME)))
