"""Decoders with continuous thought, as plain loops: what they feed back is a vector, not a token.

A file of a model (see `architecture`) in which "readout" is missing and

    "decoder": {"thought": "continuous", "steps": D}

is added. The model runs on the marked input; D times, the residual stream that it leaves at the
last position becomes the stream before the first sublayer at the next position (position formulas
add to it as they do to embeddings), and the model runs on what is there then. In the end the output
functional is applied at the last position; the word is accepted iff its value is > 0. With D = 0
that is the last position of the marked input.

No position may depend on what comes after it, as for other decoders (see `decoder`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from proofs.checkers.rejection import integer, mapping, record, reject
from proofs.models.architecture import Model, parse_model, plain_model
from proofs.models.decoder import check_causal
from proofs.models.linear import State, affine
from proofs.models.numbers import NotANumber, Value
from proofs.models.positions import Bounded, OutOfRange, offsets
from proofs.models.reference import NoReadout, embedded, marked, through
from proofs.models.tensors import one_of

CONTINUOUS: Final = "continuous"
MAX_STEPS: Final = 100_000


@dataclass(frozen=True)
class LatentDecoder:
    """A model and how many latent steps it makes; the model's readout means nothing."""

    model: Model
    steps: int


@dataclass(frozen=True)
class Thought:
    """`streams[t]` is the stream before the first sublayer at the last position after t steps.

    The first is that of the last position of the marked input. `value` is the output.
    """

    streams: tuple[State, ...]
    value: Value
    accepted: bool


def think(decoder: LatentDecoder, word: Sequence[int]) -> Thought:
    """Run the decoder on a word, given as indices of letters.

    Raises:
        ValueError: an index is not that of a letter.
        NoReadout: nothing is there to start from: the empty word without markers.
        OutOfRange: there are more positions than the encodings reach.
        NotANumber: some quantity has no value; says where.
    """
    model = decoder.model
    stream = embedded(model, start(decoder, word))
    for _ in range(decoder.steps):
        left = through(model, stream)[0][-1][-1]
        stream = (*stream, next_state(decoder, left, len(stream)))
    last = through(model, stream)[0][-1][-1]
    try:
        (value,) = affine(model.contract, ((*model.output_weights, model.output_bias),), last)
    except NotANumber as error:
        raise NotANumber(error.what, "the output") from None
    return Thought(stream[-decoder.steps - 1:], value, value > 0)


def start(decoder: LatentDecoder, word: Sequence[int]) -> tuple[int, ...]:
    """The marked input; raises as `think`."""
    symbols = marked(decoder.model, word)
    if not symbols:
        raise NoReadout('with markers "none" thought cannot start from the empty word')
    return symbols


def next_state(decoder: LatentDecoder, left: State, position: int) -> State:
    """The stream before the first sublayer at `position`, which follows what was left before it.

    Raises:
        OutOfRange, NotANumber: as `think`.
    """
    model = decoder.model
    if isinstance(model.positions, Bounded) and position >= model.period:
        raise OutOfRange(f"{position + 1} positions, markers and thoughts included: the position "
                         f"encodings of the model reach {model.period}")
    state = list(left)
    # Formulas do not depend on N here.
    for dimension, value in offsets(model.formulas, model.contract, position + 1)[position]:
        state[dimension] = model.contract.add(state[dimension], value)
    return tuple(state)


def is_latent(data: object) -> bool:
    """Do plain data describe a decoder with continuous thought (or try to)?"""
    decoder = data.get("decoder") if isinstance(data, dict) else None
    return isinstance(decoder, dict) and "thought" in decoder


def parse_latent(data: object) -> LatentDecoder:
    """The decoder that `data`, parsed JSON, describes.

    Raises:
        Rejected: with the path of the field, what was expected and what was found.
    """
    given = dict(mapping(data, "model"))
    for key in ("readout", "sequence", "loop"):
        if key in given:
            reject("unknown-key", key, "model", 'no such key beside "decoder"')
    fields = record(given.pop("decoder", None), "model.decoder", ("thought", "steps"))
    one_of(fields["thought"], "model.decoder.thought", (CONTINUOUS,))
    steps = integer(fields["steps"], "model.decoder.steps", 0, MAX_STEPS + 1)
    model = parse_model({**given, "readout": "last"})
    check_causal(model)
    return LatentDecoder(model, steps)


def plain_latent(decoder: LatentDecoder) -> dict[str, Any]:
    """The plain data from which `parse_latent` makes an equal decoder."""
    made = plain_model(decoder.model)
    del made["readout"]
    return made | {"decoder": {"thought": CONTINUOUS, "steps": decoder.steps}}
