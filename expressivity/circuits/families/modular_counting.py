"""Counting letters modulo m: one MOD gate for each remainder that is accepted.

Each letter has a weight, and the word is accepted if the sum of weights has one of some remainders.
"""

from __future__ import annotations

from typing import Final, NamedTuple

from expressivity.circuits.circuit import Circuit
from expressivity.circuits.letters import Letters, Options
from languages.dfa import DFA
from languages.errors import InputError
from languages.language import Language

NAME: Final = "mod"
CITATION: Final = ("Smolensky, Algebraic methods in the theory of lower bounds for Boolean circuit "
                   "complexity, STOC 1987 (MOD gates)")
SHAPE: Final = "a MOD m gate for each accepted remainder, an OR of them: depth 2, size at most m"
CLASS: Final = "ACC0"
RANK: Final = 30


class Weights(NamedTuple):
    """Accepted iff the sum of the letters' weights, modulo `modulus`, is in `residues`."""

    modulus: int
    weights: tuple[int, ...]
    residues: frozenset[int]


def counted(dfa: DFA | None) -> Weights | None:
    """How the language of the automaton counts modulo m > 1, if that is all it does.

    The letters of the minimal automaton then generate a cyclic group that moves any state to any
    other in one way only.
    """
    if dfa is None or dfa.minimal().states == 1:
        return None
    dfa = dfa.minimal()
    m = dfa.states
    columns = [tuple(column) for column in zip(*dfa.table, strict=True)]
    if any(len(set(column)) < m for column in columns):
        return None
    group = [tuple(range(m))]
    known = set(group)
    for g in group:
        for column in columns:
            product = tuple(column[q] for q in g)
            if product not in known:
                if len(group) == m:
                    return None
                known.add(product)
                group.append(product)
    for g in group:
        order = [dfa.start]
        while (q := g[order[-1]]) != dfa.start:
            order.append(q)
        if len(order) == m:
            place = {q: k for k, q in enumerate(order)}
            weights = tuple(place[column[dfa.start]] for column in columns)
            # A transitive group of m maps is regular; being cyclic, it shifts along the cycle.
            return Weights(m, weights, frozenset(place[q] for q in range(m) if dfa.accept[q]))
    return None


def applies(language: Language) -> bool:
    """Does the language count modulo some m, and nothing else?"""
    return counted(language.dfa) is not None


def circuit(language: Language, length: int, options: Options | None = None) -> Circuit:
    """The OR of MOD gates; a letter of weight w is an operand w times."""
    found = counted(language.dfa)
    if found is None:
        raise InputError(f"{NAME}: {language.name} does not count modulo a number")
    letters = Letters(language.alphabet, length, options)
    operands = [letters.letter(i, a) for i in range(length)
                for a, weight in enumerate(found.weights) for _ in range(weight)]
    builder = letters.builder
    return letters.circuit(builder.disj(
        builder.mod(found.modulus, r, operands) for r in sorted(found.residues)))
