"""What a model computes, as plain loops. This file is the definition.

The marked input is the word with its markers; i is a 0-based position in it. Under a rounded
contract every sum below starts from 0 and runs from left to right, each product and each partial
sum rounded; the contract says where attention departs from that. Sublayer by sublayer, at all
positions (those of a loop as often as it says for this number of letters, see `loops`):

- attention: a head at i sees the positions j that its mask admits. score(i, j) is the dot product
  of query(i) and key(j). Unique hard selection copies the value of the first or last visible j of
  maximal score. Average-hard and softmax selection average values with weights (see `attention`). A
  head that sees no position contributes nothing.
- ffn, gated-ffn: networks, position by position (`linear`).
- recurrence, rnn: from left to right (`recurrence`); what is read of the state is mapped and added.
- norm: replaces coordinates by their layer normalisation (`linear`).

The heads' outputs are added up in order; the sum is added to the residual stream. A sublayer with
a norm of its own reads normalised coordinates instead of the stream. In the end the output
functional is applied at the readout position; the word is accepted iff its value is > 0.

A quantity without a value, wherever it occurs, is an error (NotANumber), even where nothing
depends on it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from proofs.models.architecture import Model, unrolled
from proofs.models.attention import attend, visible
from proofs.models.layers import (
    Attention,
    FeedForward,
    GatedFeedForward,
    Head,
    Layer,
    Nonlinear,
    Normalisation,
    Recurrence,
)
from proofs.models.linear import (
    State,
    add_states,
    affine,
    dot,
    feed_forward,
    linear,
    normalise,
    reads,
)
from proofs.models.numbers import Contract, NotANumber, Value
from proofs.models.positions import offsets, phases
from proofs.models.recurrence import step

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

    `heads[l]` are the heads of sublayer l, `hidden[l]` its states before the first position and
    after each; none for sublayers of other kinds. `layers` are the sublayers that ran; those of a
    loop are there once for each time.
    """

    symbols: tuple[int, ...]
    residual: tuple[tuple[State, ...], ...]
    heads: tuple[tuple[HeadTrace, ...], ...]
    hidden: tuple[tuple[State, ...], ...]
    readout: int
    value: Value
    accepted: bool
    layers: tuple[Layer, ...]


def run(model: Model, word: Sequence[int]) -> Trace:
    """Run the model on a word, given as indices of letters.

    Raises:
        ValueError: an index is not that of a letter.
        NoReadout: the word is empty and the readout needs a symbol.
        NotANumber: some quantity has no value; says where.
    """
    symbols = marked(model, word)
    position = readout_position(model, len(word))
    model = unrolled(model, len(word))
    residual, heads, hidden = sublayers(model, symbols)
    value = _at("the output", affine, model.contract,
                ((*model.output_weights, model.output_bias),), residual[-1][position])[0]
    return Trace(symbols, residual, heads, hidden, position, value, value > 0,
                 model.layers)


def sublayers(model: Model, symbols: Sequence[int]) -> tuple[
        tuple[tuple[State, ...], ...], tuple[tuple[HeadTrace, ...], ...],
        tuple[tuple[State, ...], ...]]:
    """`residual`, `heads` and `hidden` of a run (see Trace) on a marked input.

    Raises:
        ValueError: the model has a loop; see `unrolled`.
        OutOfRange, NotANumber: as `run`.
    """
    return through(model, embedded(model, symbols))


def through(model: Model, stream: tuple[State, ...]) -> tuple[
        tuple[tuple[State, ...], ...], tuple[tuple[HeadTrace, ...], ...],
        tuple[tuple[State, ...], ...]]:
    """As `sublayers`, from the stream before the first of them. Raises ValueError, NotANumber."""
    if model.loop is not None:
        raise ValueError("a loop runs as often as the number of letters says: unroll it first")
    residual = [stream]
    heads: list[tuple[HeadTrace, ...]] = []
    hidden: list[tuple[State, ...]] = []
    for number, layer in enumerate(model.layers):
        place = f"layers[{number}]"
        traces: tuple[HeadTrace, ...] = ()
        states: tuple[State, ...] = ()
        if isinstance(layer, Normalisation):
            stream = tuple(_at(f"{place}, position {i}", replaced, model.contract, layer, state)
                           for i, state in enumerate(stream))
        else:
            change, traces, states = _change(model.contract, layer, stream, place)
            stream = tuple(
                _at(f"{place}, position {i}, sum with the residual stream", add_states,
                    model.contract, state, change[i])
                for i, state in enumerate(stream))
        heads.append(traces)
        hidden.append(states)
        residual.append(stream)
    return tuple(residual), tuple(heads), tuple(hidden)


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


def embedded(model: Model, symbols: Sequence[int]) -> tuple[State, ...]:
    """The residual stream before the first sublayer, at every position of the marked input.

    Raises:
        OutOfRange: the position encodings do not reach so far.
        NotANumber: a position formula has no value.
    """
    rows = phases(model.positions, model.period, len(symbols))
    added = offsets(model.formulas, model.contract, len(symbols))
    stream = []
    for i, symbol in enumerate(symbols):
        state: list[Value] = list(model.embedding[symbol][rows[i]])
        for dimension, value in added[i]:
            state[dimension] = _at(f"the embedding of position {i}", model.contract.add,
                                   state[dimension], value)
        stream.append(tuple(state))
    return tuple(stream)


def replaced(contract: Contract, layer: Normalisation, state: State) -> State:
    """The state with the layer's coordinates normalised."""
    made = list(state)
    values = normalise(contract, layer.epsilon, tuple(state[k] for k in layer.coordinates))
    for k, value in zip(layer.coordinates, values, strict=True):
        made[k] = value
    return tuple(made)


def _change(contract: Contract, layer: Layer, stream: tuple[State, ...], place: str) -> tuple[
        list[State | None], tuple[HeadTrace, ...], tuple[State, ...]]:
    """What a sublayer adds at each position; what its heads did; its recurrent states."""
    if isinstance(layer, Normalisation):
        raise TypeError("a normalisation replaces, it does not add")
    seen = tuple(_at(f"{place}, position {i}, norm", reads, contract, layer.norm, state)
                 for i, state in enumerate(stream))
    if isinstance(layer, Attention):
        change, traces = _attention(contract, layer, seen, place)
        return change, traces, ()
    if isinstance(layer, FeedForward | GatedFeedForward):
        return [_at(f"{place}, position {i}", feed_forward, contract, layer, state)
                for i, state in enumerate(seen)], (), ()
    states = _states(contract, layer, seen, place)
    read = states[1:] if layer.reads == "after" else states[:-1]
    return [_at(f"{place}, position {i}, output", linear, contract, layer.output, state)
            for i, state in enumerate(read)], (), states


def _states(contract: Contract, layer: Recurrence | Nonlinear, seen: tuple[State, ...],
            place: str) -> tuple[State, ...]:
    """The recurrent states before the first position and after each."""
    states: list[State] = [layer.initial]
    for i, state in enumerate(seen):
        states.append(_at(f"{place}, position {i}", step, contract, layer, states[-1], state))
    return tuple(states)


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


