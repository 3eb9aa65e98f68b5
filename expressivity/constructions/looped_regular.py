"""Regular languages by a block that is repeated ceil(log2 n) times: prefix doubling.

Every position holds a map of the states of the automaton to themselves, that of its letter at
first; the begin marker, position 0, holds the identity. In round l, position i replaces its map by
the map of position max(i - 2^(l-1), 0) followed by its own. After round l it is the map of the last
min(2^l, i) letters up to i, so after ceil(log2 n) rounds the map of the word stands at the last
letter, where it is read: is the image of the start state accepting? A round is one head that copies
a map, and one network that composes two.

No position encodings. A head that averages the indicator of the begin marker gives 1/(i + 1) = 1/m
at position i = m - 1, one that does not see position i itself gives 1/i. Keys are the pairs

    A_m = 1/m - 1/(m-1),   B_m = 3/2 1/(m-1) + 1/2 1/m   for m >= 2,   A_1 = -3/2,   B_1 = 13/4,

with A_{m+1} > A_m and B_{m+1} - B_m = -(m + 1/2) (A_{m+1} - A_m): for an integer c >= 1 the score
c A_m + B_m rises up to m = c and falls from there, so it finds the position c - 1 and no other. The
query is (c, 1)/i with c = 1 + max(i - s, 0) and s = 2^(l-1): it needs s/i, which is doubled in each
round, 1/i, and a ReLU. (At the begin marker it is (1, 0), and nothing else is visible.)

Merrill and Sabharwal compose in a tree, with layer normalisation in the place of these keys, O(|Q|
log |Q|) dimensions, and a network of size 2^(|Q|^2 log^2 |Q|); a block has eight layers there. Here
maps are unary, |Q|^2 dimensions, the network has O(|Q|^3) units, and all numbers are rationals of
O(log n) bits.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product
from typing import Any, Final

from expressivity.constructions import Witness
from expressivity.constructions.stream import (
    BIAS,
    Attention,
    Head,
    Network,
    Row,
    Stream,
    check_weights,
)
from expressivity.models.contracts import RATIONAL
from languages.dfa import DFA
from languages.errors import InputError
from languages.language import Language

NAME: Final = "looped prefix doubling"
CITATION: Final = (
    "Merrill, Sabharwal, A Little Depth Goes a Long Way: The Expressive Power of Log-Depth "
    "Transformers, NeurIPS 2025, arXiv 2503.03961, Theorem 1 (prefix doubling instead of a tree, "
    "rationals without layer normalisation)"
)


def applies(language: Language) -> bool:
    """Every regular language is covered."""
    return language.dfa is not None


def witnesses(language: Language, length: int) -> Iterator[Witness]:
    """One model over exact rationals, for all lengths. Raises LimitError, InputError."""
    del length
    if language.dfa is None:
        raise InputError(f"{language.name}: not given as a regular language")
    dfa = language.dfa.minimal()
    yield Witness(looped_model(dfa), claimed(dfa))


def looped_model(dfa: DFA) -> dict[str, Any]:
    """Plain data of a looped model of the DFA's language.

    Raises:
        LimitError: its tensors would be too large.
    """
    size = claimed(dfa)
    check_weights(size["hidden"] * (2 * size["width"] + 1))  # before so many rows are made
    states = range(dfa.states)
    stream = Stream(dfa.alphabet, "bos")
    begin, below, before, step, reach = map(stream.dimension, (
        "begin", "1/(i+1)", "1/i", "s/i", "max(i-s,0)/i"))
    own = {(p, q): stream.dimension(f"{p} to {q}") for p, q in product(states, states)}
    left = {(p, q): stream.dimension(f"left {p} to {q}") for p, q in product(states, states)}
    stream.embed(begin, stream.begin, 1)
    for p in states:
        stream.embed(own[p, p], stream.begin, 1)
        for a, q in enumerate(dfa.table[p]):
            stream.embed(own[p, q], a, 1)
    stream.layers.append(Attention([
        Head("average-hard", "future", [{}], [{}], [{begin: 1}], {below: {0: 1}}),
        Head("average-hard", "strict-future", [{}], [{}], [{begin: 1}],
             {before: {0: 1}, step: {0: 1}})]))
    stream.layers.append(Network([{step: -1, BIAS: 1}], {reach: {0: 1}}))
    # The corrections at the begin marker, where 1/(i+1) is 1 and 1/i reads 0.
    stream.layers.append(Attention([Head(
        "average-hard", "future", [{reach: 1, before: 1}, {before: 1}],
        [{below: 1, before: -1, begin: "-5/2"}, {below: "1/2", before: "3/2", begin: "11/4"}],
        [{d: 1} for d in own.values()], {d: {k: 1} for k, d in enumerate(left.values())})]))
    stream.layers.append(_round(dfa.states, step, reach, own, left))
    made = stream.model(RATIONAL, "last", {BIAS: "-1/2"} | {
        own[dfa.start, q]: 1 for q in states if dfa.accept[q]})
    return made | {"loop": {"first": 2, "last": 3, "times": "ceil-log2"}}


def _round(states: int, step: int, reach: int, own: dict[tuple[int, int], int],
           left: dict[tuple[int, int], int]) -> Network:
    """Compose the maps, forget the one that was fetched, and double the distance."""
    units: list[Row] = [{step: 1}, {step: -2, BIAS: 1}, {reach: 1}]
    output: dict[int, dict[int, int]] = {step: {0: 1}, reach: {1: 1, 2: -1}}
    for d in (*own.values(), *left.values()):
        output[d] = {len(units): -1}
        units.append({d: 1})
    for p, q, r in product(range(states), repeat=3):
        output[own[p, r]][len(units)] = 1
        units.append({left[p, q]: 1, own[q, r]: 1, BIAS: -1})
    return Network(units, output)


def claimed(dfa: DFA) -> dict[str, int]:
    """The size of the model of a DFA; one of the two layers is repeated."""
    q = dfa.states
    return {"layers": 2, "looped_layers": 1, "attention_layers": 2, "recurrent_layers": 0,
            "networks": 2, "heads": 2, "rank": 2, "hidden": q**3 + 2 * q**2 + 3,
            "width": 2 * q**2 + 5}
