"""Every regular language by one layer of threshold units with |Q| |Sigma| + 2 of them.

The unit (q, a) is 1 after a letter iff the letter was a and the state before it was q; so the
state is known from the one unit that is 1, and the next units follow from it and the next letter:
a sum over the units that lead to q, minus 1 if the letter is not a. One more unit stands for the
start; the last one asks at the end symbol whether the state is accepting. Sums of numbers -1, 0, 1
that stay among them: exact in any format that has these.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from expressivity.constructions import Witness
from expressivity.constructions.from_brasp import regular
from expressivity.constructions.stream import Row, Stream, Threshold, check_weights
from expressivity.models.contracts import FIXED_8, RATIONAL
from languages.dfa import DFA
from languages.language import Language

NAME: Final = "simple RNN"
CITATION: Final = (
    "Minsky, Computation: Finite and Infinite Machines (1967); for recurrent networks at finite "
    "precision see Merrill et al., A Formal Hierarchy of RNN Architectures, ACL 2020, arXiv "
    "2004.08500"
)


def applies(language: Language) -> bool:
    """Is the language regular?"""
    return language.dfa is not None


def witnesses(language: Language, length: int) -> Iterator[Witness]:
    """Models for all lengths, read at an end symbol."""
    dfa = regular(language, NAME).minimal()
    for contract in (FIXED_8, RATIONAL):
        yield Witness(simple_rnn(dfa, contract), claimed(dfa))


def claimed(dfa: DFA) -> dict[str, int]:
    """The size of the model of a DFA."""
    return {"layers": 1, "recurrent_layers": 1, "networks": 0, "attention_layers": 0,
            "state": dfa.states * dfa.letters + 2, "width": dfa.letters + 2}


def simple_rnn(dfa: DFA, contract: Mapping[str, Any] = RATIONAL) -> dict[str, Any]:
    """Plain data of the model. Raises `LimitError` when its tensors would be too large."""
    check_weights((dfa.states * dfa.letters)**2)
    stream = Stream(dfa.alphabet, "eos")
    absent = [stream.dimension(f"not {letter}") for letter in dfa.alphabet]
    absent.append(stream.dimension("not the end"))
    accepted = stream.dimension("accepted")
    symbols = [*range(dfa.letters), stream.end]
    for symbol in symbols:
        for other, dimension in zip(symbols, absent, strict=True):
            stream.embed(dimension, symbol, int(other != symbol))
    unit = {(q, a): q * dfa.letters + a for q in range(dfa.states) for a in range(dfa.letters)}
    first = len(unit)
    leading: list[list[int]] = [[] for _ in range(dfa.states)]
    for (q, a), number in unit.items():
        leading[dfa.table[q][a]].append(number)
    leading[dfa.start].append(first)
    rows: list[tuple[Row, Row]] = [(dict.fromkeys(leading[q], 1), {absent[a]: -1})
                                   for q, a in unit]
    rows.append(({}, {}))
    final = [number for q in range(dfa.states) if dfa.accept[q] for number in leading[q]]
    rows.append((dict.fromkeys(final, 1), {absent[-1]: -1}))
    initial = [0] * len(rows)
    initial[first] = 1
    stream.layers.append(Threshold(initial, rows, {accepted: {first + 1: 1}}))
    return stream.model(contract, "eos", {accepted: 1})
