"""Every regular language in n + 1 decoded tokens: the states of the automaton, then the answer.

The begin marker is position 0, letters have positions 1..n, and the token written k-th, the state
q_k after k letters, has position n + k. At each position i

- one head averages 2j over the begin marker and the letters, j <= i: that is n (before the end of
  the word, i);
- the score 2 c j - j^2 = c^2 - (j - c)^2 with c = i - n + 1 is largest at j = c alone, so a second
  head finds the letter that follows; when the word is used up, c = n + 1 is the place of the first
  token, or not there, and no letter is found;
- a network applies the transition to the state (the initial one at letters and at the begin marker)
  and the letter; without a letter it answers.

Merrill and Sabharwal find letters by layer normalisation, without position encodings, in n + 2
tokens; here i and i^2 are encoded, so rationals suffice, and the initial state is not written. All
numbers are integers of size O(n^2).
"""

from __future__ import annotations

from typing import Any, Final

from expressivity.constructions.stream import BIAS, Attention, Head, Network, Row
from expressivity.models.contracts import RATIONAL
from expressivity.thought.assembly import TokenStream
from languages.dfa import DFA

CITATION: Final = (
    "Merrill, Sabharwal, The Expressive Power of Transformers with Chain of Thought, ICLR 2024, "
    "arXiv 2310.07923, Theorem 1 (positions i, i^2 instead of layer normalisation)"
)
LIMIT: Final = [[1, 1], [1, 0]]


def automaton_decoder(dfa: DFA) -> dict[str, Any]:
    """Plain data of a decoder of the DFA's language; token "<qs>" is state s.

    Raises:
        LimitError: its tensors would be too large.
    """
    states = range(dfa.states)
    stream = TokenStream(dfa.alphabet, "bos", [f"q{s}" for s in states])
    letters = [stream.dimension(f"letter {a}") for a in dfa.alphabet]
    found = [stream.dimension(f"next letter {a}") for a in dfa.alphabet]
    state = [stream.dimension(f"state {s}") for s in states]
    after = [stream.dimension(f"next state {s}") for s in states]
    prompt, j, square, n, yes, no = map(stream.dimension, (
        "marker or letter", "i", "i^2", "n", "accept", "reject"))
    for symbol in range(stream.begin + 1):
        stream.embed(prompt, symbol, 1)
        stream.embed(state[dfa.start], symbol, 1)
    for a, dimension in enumerate(letters):
        stream.embed(dimension, a, 1)
    for s in states:
        stream.embed(state[s], stream.token(s), 1)
    stream.formula(j, [[1, 1, 0]], [[1, 0, 0]])
    stream.formula(square, [[1, 2, 0]], [[1, 0, 0]])
    stream.layers.append(Attention([Head(
        "average-hard", "future", [{BIAS: 1}], [{prompt: 1}], [{j: 2}], {n: {0: 1}})]))
    stream.layers.append(Attention([Head(
        "average-hard", "future", [{j: 1, n: -1, BIAS: 1}, {BIAS: 1}], [{j: 2}, {square: -1}],
        [{d: 1} for d in letters], {d: {a: 1} for a, d in enumerate(found)})]))
    units: list[Row] = []
    output: dict[int, dict[int, int]] = {}
    for s in states:
        for a, r in enumerate(dfa.table[s]):
            output.setdefault(after[r], {})[len(units)] = 1
            units.append({state[s]: 1, found[a]: 1, BIAS: -1})
    for answer, member in ((yes, True), (no, False)):
        output[answer] = {len(units): 1}
        units.append({**{state[s]: 1 for s in states if bool(dfa.accept[s]) == member},
                      **dict.fromkeys(found, -1)})
    stream.layers.append(Network(units, output))
    emit: dict[int, Row] = {s: {after[s]: 1} for s in states}
    emit |= {stream.accept: {yes: 1}, stream.reject: {no: 1}}
    return stream.decoder(RATIONAL, emit, LIMIT)


def claimed(dfa: DFA) -> dict[str, int]:
    """The size of the decoder of a DFA."""
    k, states = dfa.letters, dfa.states
    return {"layers": 2, "attention_layers": 2, "recurrent_layers": 0, "networks": 1, "heads": 1,
            "rank": 2, "hidden": k * states + 2, "width": 2 * k + 2 * states + 6,
            "tokens": states + 2}
