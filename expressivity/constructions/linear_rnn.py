"""Every regular language by one linear recurrence whose transitions are arbitrary matrices.

The state is a row of 0 and one 1 at the state of the automaton; each letter multiplies by its own
0/1 matrix, the end symbol by the identity. Exact in any format that has 0 and 1.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from expressivity.constructions import Witness
from expressivity.constructions.from_brasp import regular
from expressivity.constructions.stream import Recurrence, Row, Stream, check_weights
from expressivity.models.contracts import FIXED_8, RATIONAL
from languages.dfa import DFA
from languages.language import Language

NAME: Final = "general linear RNN"
CITATION: Final = (
    "Merrill, Petty, Sabharwal, The Illusion of State in State-Space Models, ICML 2024, arXiv "
    "2404.08819, Section 5 (input-dependent transition matrices)"
)


def applies(language: Language) -> bool:
    """Is the language regular?"""
    return language.dfa is not None


def witnesses(language: Language, length: int) -> Iterator[Witness]:
    """Models for all lengths, read at an end symbol."""
    dfa = regular(language, NAME).minimal()
    for contract in (FIXED_8, RATIONAL):
        yield Witness(linear_rnn(dfa, contract), claimed(dfa))


def claimed(dfa: DFA) -> dict[str, int]:
    """The size of the model of a DFA."""
    return {"layers": 1, "recurrent_layers": 1, "networks": 0, "attention_layers": 0,
            "state": dfa.states, "width": dfa.letters + 2}


def linear_rnn(dfa: DFA, contract: Mapping[str, Any] = RATIONAL) -> dict[str, Any]:
    """Plain data of the model. Raises `LimitError` when its tensors would be too large."""
    stream = Stream(dfa.alphabet, "eos")
    letters = [stream.dimension(f"letter {letter}") for letter in dfa.alphabet]
    end = stream.dimension("end")
    accepted = stream.dimension("accepted")
    for symbol, dimension in enumerate(letters):
        stream.embed(dimension, symbol, 1)
    stream.embed(end, stream.end, 1)
    check_weights(dfa.states**2 * (dfa.letters + 3))
    rows: list[list[dict[int, int]]] = [[{} for _ in range(dfa.states)] for _ in range(dfa.states)]
    for q, row in enumerate(dfa.table):
        for dimension, r in [*zip(letters, row, strict=True), (end, q)]:
            rows[r][q][dimension] = 1
    nothing: list[Row] = [{}] * dfa.states
    stream.layers.append(Recurrence(
        [int(q == dfa.start) for q in range(dfa.states)], {"kind": "general", "rows": rows},
        nothing, {accepted: {q: 1 for q in range(dfa.states) if dfa.accept[q]}}))
    return stream.model(contract, "eos", {accepted: 1})
