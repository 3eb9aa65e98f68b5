"""Blocks of states from which the same words are accepted, as a certificate gives them.

Data: a number `block[q]` for each state. States of one block both accept or both reject, and a
letter leads them to states of one block. Then they accept the same words, by induction on the
length; and the blocks are the states of another automaton for the same language.
"""

from __future__ import annotations

from proofs.checkers.automaton import Automaton
from proofs.checkers.rejection import integers, reject


def parse_blocks(automaton: Automaton, value: object, path: str) -> Automaton:
    """The automaton of the blocks, numbered in the order of their first states, or rejected."""
    block = integers(value, path, 0, length=automaton.states)
    first: dict[int, int] = {}
    for q in range(automaton.states):
        p = first.setdefault(block[q], q)
        if (p in automaton.accept) != (q in automaton.accept):
            reject("mixed-block", block[q], f"{path}[{q}]", f"another block than that of {p}, "
                   "as one of the two accepts")
        for r, s in zip(automaton.delta[p], automaton.delta[q], strict=True):
            if block[r] != block[s]:
                reject("split-block", block[q], f"{path}[{q}]", f"another block than that of "
                       f"{p}, as a letter leads to states of different blocks")
    number = {name: i for i, name in enumerate(first)}
    accept = frozenset(number[block[q]] for q in automaton.accept)
    delta = tuple(tuple(number[block[r]] for r in automaton.delta[q]) for q in first.values())
    return Automaton(automaton.alphabet, number[block[automaton.start]], accept, delta)
