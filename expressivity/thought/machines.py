"""Turing machines step by step: t steps in t + 1 decoded tokens, the last the answer.

A token is what a step does: the next state, a symbol for each work tape, a move for each head. The
begin marker is position 0, letters have positions 1..n, the token written k-th position n + k. At
each position i, with marker and letters as steps that do not move and write blanks:

- one head averages the moves of the positions j < i, and 1 at the marker: p / i and 1 / i, where p
  is the cell on which the token at i wrote. Another averages over j <= i for the input head, with
  its own move: c / (i + 1) and 1 / (i + 1);
- scores (2 x k - k^2) / i, that is (x^2 - (k - x)^2) / i, are largest at the position k nearest to
  x alone, and |p| <= i. So two heads with x = p and x = -p find p and p^2 as integers: a position
  carries its own number. With x = c + 1 a head finds the letter under the input head; where there
  is none it finds the marker or a token;
- for the work tape, with c = p + (own move) and keys p_j of earlier tokens and the own one, scores
  2 (2 c p_j - p_j^2) + j / i are largest at the latest position that wrote on the cell nearest to
  c: squares of integer distances differ by at least 1, times 2, and j / i is at most 1. It gives
  the symbol, and p_j, so that a network sees whether it was cell c itself. If not, c is blank;
- a network applies the transition. Without one, no unit is active and the answer is no.

One finite set of weights for all lengths. Merrill and Sabharwal find cells by layer normalisation,
without position encodings, with logarithmic precision; here i and i^2 are encoded and numbers are
exact rationals, with denominators up to i + 1 and integers of size O(i^2).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from expressivity.constructions.stream import BIAS, Attention, Head, Network, Row
from expressivity.models.contracts import RATIONAL
from expressivity.thought.assembly import TokenStream
from languages.machines.machine import MOVES, Action, Machine

CITATION: Final = (
    "Merrill, Sabharwal, The Expressive Power of Transformers with Chain of Thought, ICLR 2024, "
    "arXiv 2310.07923, Theorem 2 (positions i, i^2 instead of layer normalisation)"
)


def action_name(action: Action) -> str:
    """The name of a token without its brackets; `parse_action` reads it."""
    return " ".join([action.state, *action.written, "".join(action.moves)])


def parse_action(name: str) -> Action | None:
    """The action that a name denotes; None if it denotes none."""
    state, *written, moves = name.split(" ") if " " in name else (name, "")
    if len(moves) != len(written) + 1 or not set(moves) <= set(MOVES) or not written:
        return None
    return Action(state, tuple(written), tuple(moves))


def named_actions(tokens: Sequence[str], answers: Sequence[str]) -> dict[str, Action] | None:
    """The actions that tokens are named after; None if some other than the answers are not."""
    brackets = len(answers[0]) - len(answers[0].lstrip("<"))
    found: dict[str, Action] = {}
    for token in tokens:
        if token not in answers:
            action = parse_action(token[brackets:len(token) - brackets])
            if action is None:
                return None
            found[token] = action
    same_tapes = len({len(action.written) for action in found.values()}) == 1
    return found if same_tapes else None


def machine_decoder(machine: Machine) -> dict[str, Any]:
    """Plain data of a decoder of the machine's language; tokens are named by `action_name`.

    It may write as many tokens as the machine's claimed time and one more, and without a claim
    any number.

    Raises:
        LimitError: its tensors would be too large.
    """
    stream = TokenStream(machine.letters, "bos", [action_name(a) for a in machine.actions])
    tapes = range(machine.tapes)
    letters = [stream.dimension(f"letter {a}") for a in machine.letters]
    state = {q: stream.dimension(f"state {q}") for q in machine.states}
    input_move = stream.dimension("move of the input head")
    move = [stream.dimension(f"move of head {t + 1}") for t in tapes]
    written = [{s: stream.dimension(f"written on {t + 1}: {s}") for s in machine.work}
               for t in tapes]
    marker, i, square = map(stream.dimension, ("begin marker", "i", "i^2"))
    share = [stream.dimension(f"cell of token on {t + 1} / i") for t in tapes]
    input_share, below, below_next = map(stream.dimension, (
        "input cell / (i + 1)", "1 / i", "1 / (i + 1)"))
    letter = {a: stream.dimension(f"reads letter {a}") for a in machine.letters}
    cell = [stream.dimension(f"cell of token on {t + 1}") for t in tapes]
    cell_square = [stream.dimension(f"cell of token on {t + 1}, squared") for t in tapes]
    last = [{s: stream.dimension(f"latest on {t + 1}: {s}") for s in machine.work} for t in tapes]
    last_cell = [stream.dimension(f"latest on {t + 1}: cell") for t in tapes]
    symbol = [{s: stream.dimension(f"reads on {t + 1}: {s}") for s in machine.work} for t in tapes]
    following = [stream.dimension(f"next {action_name(a)}") for a in machine.actions]

    for a, dimension in enumerate(letters):
        stream.embed(dimension, a, 1)
    for prompt in range(stream.begin + 1):
        stream.embed(state[machine.start], prompt, 1)
    stream.embed(marker, stream.begin, 1)
    for m, action in enumerate(machine.actions):
        token = stream.token(m)
        stream.embed(state[action.state], token, 1)
        for head, text in zip((input_move, *move), action.moves, strict=True):
            stream.embed(head, token, MOVES[text])
        for t in tapes:
            if action.written[t] != machine.blank:
                stream.embed(written[t][action.written[t]], token, 1)
    stream.formula(i, [[1, 1, 0]], [[1, 0, 0]])
    stream.formula(square, [[1, 2, 0]], [[1, 0, 0]])

    stream.layers.append(Attention([
        _average("strict-future", [*move, marker], [*share, below]),
        _average("future", [input_move, marker], [input_share, below_next])]))
    nearest: list[Row] = [{i: 2}, {square: -1}]
    heads = [Head("average-hard", "future", [{input_share: 1, below_next: 1}, {below_next: 1}],
                  nearest, [{a: 1} for a in letters],
                  {d: {a: 1} for a, d in enumerate(letter.values())})]
    for t in tapes:
        heads += [Head("average-hard", "future", [{share[t]: sign}, {below: 1}], nearest,
                       [{i: 1}, {square: 1}], {cell[t]: {0: sign}, cell_square[t]: {1: 1}})
                  for sign in (1, -1)]
    stream.layers.append(Attention(heads))
    stream.layers.append(Attention([
        Head("average-hard", "future", [{cell[t]: 1, move[t]: 1}, {BIAS: 1}, {below: 1}],
             [{cell[t]: 4}, {cell_square[t]: -2}, {i: 1}],
             [*({d: 1} for d in written[t].values()), {cell[t]: 1}],
             {d: {k: 1} for k, d in enumerate((*last[t].values(), last_cell[t]))})
        for t in tapes]))
    stream.layers.append(_matches(machine, last, last_cell, cell, move, symbol))
    number = {action: m for m, action in enumerate(machine.actions)}
    units: list[Row] = []
    output: dict[int, dict[int, int]] = {}
    for (q, read), action in machine.rules.items():
        output.setdefault(following[number[action]], {})[len(units)] = 1
        units.append(_reads(state[q], machine.blank, read, [letter, *symbol]))
    stream.layers.append(Network(units, output))
    # No transition and no accepting state: the answer is no, whose value is always 1.
    emit: dict[int, Row] = {m: {dimension: 2} for m, dimension in enumerate(following)}
    emit |= {stream.accept: {state[machine.accept]: 2}, stream.reject: {BIAS: 1}}
    return stream.decoder(RATIONAL, emit, _limit(machine))


def _average(mask: str, values: Sequence[int], output: Sequence[int]) -> Head:
    """The averages of dimensions over all positions that the mask lets through."""
    return Head("average-hard", mask, [{BIAS: 1}], [{}], [{d: 1} for d in values],
                {d: {k: 1} for k, d in enumerate(output)})


def _matches(machine: Machine, last: list[dict[str, int]], last_cell: list[int], cell: list[int],
             move: list[int], symbol: list[dict[str, int]]) -> Network:
    """The symbols that were found, if they were written on the cell under the head.

    With d the distance of the cells, an integer, and v = 0 or 1: ReLU(d + v) - 2 ReLU(d) +
    ReLU(d - v) is 1 if v = 1 and d = 0, and 0 otherwise.
    """
    units: list[Row] = []
    output: dict[int, dict[int, int]] = {}
    for t in range(machine.tapes):
        distance = {last_cell[t]: 1, cell[t]: -1, move[t]: -1}
        middle = len(units)
        units.append(distance)
        for s in machine.work:
            output[symbol[t][s]] = {middle: -2, len(units): 1, len(units) + 1: 1}
            units += [{**distance, last[t][s]: sign} for sign in (1, -1)]
    return Network(units, output)


def _reads(state: int, blank: str, read: Sequence[str], dimensions: list[dict[str, int]]) -> Row:
    """A unit that is 1 in this state where the heads read these symbols, and at most 0 elsewhere.

    A blank is what no dimension stands for: 1 less all of them.
    """
    row = {state: 1}
    bias = -len(read)
    for a, known in zip(read, dimensions, strict=True):
        if a == blank:
            row |= dict.fromkeys(known.values(), -1)
            bias += 1
        else:
            row[known[a]] = 1
    return {**row, BIAS: bias}


def _limit(machine: Machine) -> list[list[int]] | None:
    """The claimed time and one more."""
    if machine.time is None:
        return None
    terms = {a: c for c, a in machine.time}
    terms[0] = terms.get(0, 0) + 1
    return [[c, a] for a, c in sorted(terms.items(), reverse=True)]


def claimed(machine: Machine) -> dict[str, int]:
    """The size of the decoder of a machine."""
    tapes, symbols, actions = machine.tapes, len(machine.work), len(machine.actions)
    return {"layers": 4, "attention_layers": 3, "recurrent_layers": 0, "networks": 2,
            "heads": 2 * tapes + 1, "rank": 3,
            "hidden": max(tapes * (2 * symbols + 1), len(machine.rules)),
            "width": (2 * len(machine.letters) + len(machine.states) + 3 * tapes * symbols
                      + 5 * tapes + 7 + actions),
            "tokens": actions + 2}
