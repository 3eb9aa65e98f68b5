"""What a model computes, as plain loops. This file is the definition.

The marked input is the word with its markers; i is a 0-based position in it. Under a rounded
contract every sum below starts from 0 and runs from left to right, each product and each partial
sum rounded; the contract says where attention departs from that. Sublayer by sublayer, at all
positions:

- attention: a head at i sees the positions j that its mask admits. score(i, j) is the dot product
  of query(i) and key(j). Unique hard selection copies the value of the first or last visible j of
  maximal score. Average-hard and softmax selection average values with weights (see `weights`). A
  head that sees no position contributes nothing.
- ffn: ReLU between two affine maps.

The heads' outputs are added up in order; the sum is added to the residual stream. In the end the
output functional is applied at the readout position; the word is accepted iff its value is > 0.

A quantity without a value, wherever it occurs, is an error (NotANumber), even where nothing
depends on it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeAlias, TypeVar

from proofs.models.architecture import Attention, FeedForward, Head, Mask, Matrix, Model
from proofs.models.numbers import (
    ONE,
    ZERO,
    Contract,
    NotANumber,
    Value,
    exact_divide,
    exact_multiply,
    exact_sum,
)

State: TypeAlias = tuple[Value, ...]
T = TypeVar("T")


class NoReadout(ValueError):
    """The readout position does not exist: the model says nothing about the empty word."""


@dataclass(frozen=True)
class HeadTrace:
    """What one head did; lists over positions i, then over the visible j (None elsewhere).

    `weights` are those before division: 1 on what a hard head selects, rounded exponentials for
    softmax. `outputs[i]` is the head's result at i, of size s; None where it sees nothing.
    """

    scores: tuple[tuple[Value | None, ...], ...]
    weights: tuple[tuple[Value | None, ...], ...]
    outputs: tuple[State | None, ...]


@dataclass(frozen=True)
class Trace:
    """A run. `residual[l][i]` is the stream at position i before sublayer l (the last: at the end).

    `heads[l]` are the heads of sublayer l, none for a position-wise network.
    """

    symbols: tuple[int, ...]
    residual: tuple[tuple[State, ...], ...]
    heads: tuple[tuple[HeadTrace, ...], ...]
    readout: int
    value: Value
    accepted: bool


def run(model: Model, word: Sequence[int]) -> Trace:
    """Run the model on a word, given as indices of letters.

    Raises:
        ValueError: an index is not that of a letter.
        NoReadout: the word is empty and the readout needs a symbol.
        NotANumber: some quantity has no value; says where.
    """
    symbols = marked(model, word)
    position = readout_position(model, len(word))
    stream: tuple[State, ...] = tuple(model.embedding[symbol][i % model.period]
                                      for i, symbol in enumerate(symbols))
    residual = [stream]
    heads: list[tuple[HeadTrace, ...]] = []
    for number, layer in enumerate(model.layers):
        place = f"layers[{number}]"
        if isinstance(layer, FeedForward):
            change: list[State | None] = [
                _at(f"{place}, position {i}", feed_forward, model.contract, layer, state)
                for i, state in enumerate(stream)]
            heads.append(())
        else:
            change, traces = _attention(model.contract, layer, stream, place)
            heads.append(traces)
        stream = tuple(
            _at(f"{place}, position {i}, sum with the residual stream", add_states,
                model.contract, state, change[i])
            for i, state in enumerate(stream))
        residual.append(stream)
    value = _at("the output", affine, model.contract,
                ((*model.output_weights, model.output_bias),), stream[position])[0]
    return Trace(symbols, tuple(residual), tuple(heads), position, value, value > 0)


def accepts(model: Model, word: Sequence[int]) -> bool:
    """Is the word accepted? Raises as `run`."""
    return run(model, word).accepted


def marked(model: Model, word: Sequence[int]) -> tuple[int, ...]:
    """The symbols of the word with its markers."""
    letters = len(model.alphabet)
    for letter in word:
        if not 0 <= letter < letters:
            raise ValueError(f"letter {letter}: expected an index from 0 to {letters - 1}")
    before = (model.begin,) if model.markers in ("bos", "both") else ()
    after = (model.end,) if model.markers in ("eos", "both") else ()
    return (*before, *word, *after)


def readout_position(model: Model, length: int) -> int:
    """The position where the answer to words of this length is read; raises NoReadout."""
    begin = model.markers in ("bos", "both")
    end = model.markers in ("eos", "both")
    total = length + begin + end
    if model.readout == "eos":
        position = total - 1
    elif model.readout == "first":
        position = 0 if total else -1
    else:
        position = length + begin - 1
    if position < 0:
        raise NoReadout(f'readout "{model.readout}" with markers "{model.markers}" says nothing '
                        "about the empty word")
    return position


def visible(mask: Mask, i: int, j: int) -> bool:
    """Does a head with this mask at position i see position j?"""
    if mask == "none":
        return True
    if mask == "future":
        return j <= i
    if mask == "strict-future":
        return j < i
    if mask == "past":
        return j >= i
    return j > i


def dot(contract: Contract, left: Sequence[Value], right: Sequence[Value]) -> Value:
    """The dot product from left to right, starting from 0, each operation rounded."""
    total: Value = ZERO
    for x, y in zip(left, right, strict=True):
        total = contract.add(total, contract.multiply(x, y))
    return total


def affine(contract: Contract, rows: Matrix, state: State) -> State:
    """The affine map whose last column is the bias: the dot product with (state, 1)."""
    return tuple(contract.add(dot(contract, row[:-1], state), row[-1]) for row in rows)


def feed_forward(contract: Contract, layer: FeedForward, state: State) -> State:
    """ReLU between two affine maps."""
    hidden = tuple(max(x, ZERO) for x in affine(contract, layer.inner, state))
    return affine(contract, layer.outer, hidden)


def add_states(contract: Contract, left: State, right: State | None) -> State:
    """Coordinate by coordinate, rounded; None adds nothing."""
    if right is None:
        return left
    return tuple(contract.add(x, y) for x, y in zip(left, right, strict=True))


def weights(contract: Contract, head: Head, scores: Sequence[Value]) -> list[Value | None]:
    """The weights, before division, of visible positions with these scores (at least one).

    Hard heads: 1 for what they select, None for positions that take no part. Average-hard
    selection takes all maximal scores, unique hard selection the first or the last.
    Softmax: the exponential of the score, or of the rounded difference to the maximal score; with
    "uniform-if-zero", 1 everywhere when the sum of the exponentials is 0.
    """
    best = max(scores)
    one = contract.round(ONE)
    if head.selection == "average-hard":
        return [one if score == best else None for score in scores]
    if head.selection != "softmax":
        maximal = [j for j, score in enumerate(scores) if score == best]
        chosen = maximal[0] if head.selection == "uhat-left" else maximal[-1]
        return [ONE if j == chosen else None for j in range(len(scores))]
    if contract.softmax == "max-subtracted":
        exponentials = [contract.exp(contract.add(score, -best)) for score in scores]
    else:
        exponentials = [contract.exp(score) for score in scores]
        if contract.softmax == "uniform-if-zero" and not any(exponentials):
            exponentials = [one] * len(scores)
    return list(exponentials)


def average(contract: Contract, weighted: Sequence[Value], values: Sequence[State]) -> State:
    """The average of `values` (of one size), as `Contract` says; at least one value."""
    if contract.grid is None or contract.arithmetic == "exact-attention":
        whole = exact_sum(weighted)
        return tuple(
            contract.round(exact_divide(
                exact_sum(exact_multiply(e, v) for e, v in zip(weighted, column, strict=True)),
                whole))
            for column in zip(*values, strict=True))
    whole = _rounded_sum(contract, weighted)
    if contract.division == "weights":
        shares = [contract.divide(e, whole) for e in weighted]
        return tuple(_rounded_sum(contract, [contract.multiply(w, v)
                                             for w, v in zip(shares, column, strict=True)])
                     for column in zip(*values, strict=True))
    return tuple(
        contract.divide(_rounded_sum(contract, [contract.multiply(e, v)
                                                for e, v in zip(weighted, column, strict=True)]),
                        whole)
        for column in zip(*values, strict=True))


def _rounded_sum(contract: Contract, terms: Sequence[Value]) -> Value:
    """A sum over positions under "left-to-right" or "exact-sums"."""
    if contract.arithmetic == "exact-sums":
        return contract.round(exact_sum(terms))
    total: Value = ZERO
    for term in terms:
        total = contract.add(total, term)
    return total


def attend(contract: Contract, head: Head, scores: Sequence[Value],
           values: Sequence[State]) -> tuple[list[Value | None], State]:
    """Weights and result of a head that sees these scores and values (at least one)."""
    weighted = weights(contract, head, scores)
    taking_part = [(e, v) for e, v in zip(weighted, values, strict=True) if e is not None]
    if head.selection in ("uhat-left", "uhat-right"):
        return weighted, taking_part[0][1]
    return weighted, average(contract, [e for e, _ in taking_part], [v for _, v in taking_part])


def _attention(contract: Contract, layer: Attention, stream: tuple[State, ...],
               place: str) -> tuple[list[State | None], tuple[HeadTrace, ...]]:
    """The sum of the heads' outputs at each position, and what each head did."""
    change: list[State | None] = [None] * len(stream)
    traces = []
    for number, head in enumerate(layer.heads):
        where = f"{place}.heads[{number}]"
        trace = _head(contract, head, stream, where)
        traces.append(trace)
        for i, found in enumerate(trace.outputs):
            if found is None:
                continue
            made = _at(f"{where}, position {i}, output", linear, contract, head.output, found)
            so_far = change[i]
            change[i] = made if so_far is None else _at(
                f"{where}, position {i}, sum of heads", add_states, contract, so_far, made)
    return change, tuple(traces)


def linear(contract: Contract, rows: Matrix, state: State) -> State:
    """The linear map with these rows."""
    return tuple(dot(contract, row, state) for row in rows)


def _head(contract: Contract, head: Head, stream: tuple[State, ...], place: str) -> HeadTrace:
    queries, keys, values = ([
        _at(f"{place}, position {i}, {name}", affine, contract, rows, state)
        for i, state in enumerate(stream)]
        for name, rows in (("query", head.query), ("key", head.key), ("value", head.value)))
    all_scores: list[tuple[Value | None, ...]] = []
    all_weights: list[tuple[Value | None, ...]] = []
    outputs: list[State | None] = []
    for i, query in enumerate(queries):
        seen = [j for j in range(len(stream)) if visible(head.mask, i, j)]
        scores = [_at(f"{place}, position {i}, score of position {j}", dot, contract, query,
                      keys[j]) for j in seen]
        weighted: list[Value | None] = []
        output = None
        if seen:
            weighted, output = _at(f"{place}, position {i}, average", attend, contract, head,
                                   scores, [values[j] for j in seen])
        all_scores.append(_spread(seen, scores, len(stream)))
        all_weights.append(_spread(seen, weighted, len(stream)))
        outputs.append(output)
    return HeadTrace(tuple(all_scores), tuple(all_weights), tuple(outputs))


def _spread(seen: list[int], values: Sequence[Value | None],
            length: int) -> tuple[Value | None, ...]:
    """The values at the positions `seen`, None elsewhere."""
    spread: list[Value | None] = [None] * length
    for j, value in zip(seen, values, strict=True):
        spread[j] = value
    return tuple(spread)


def _at(place: str, operation: Callable[..., T], *arguments: object) -> T:
    """The result of the operation; if it has none, the error names the place."""
    try:
        return operation(*arguments)
    except NotANumber as error:
        raise NotANumber(error.what, place) from None


