"""From weights to the minimal automaton of the language, at all lengths.

Sublayer by sublayer the residual stream is a finite transducer (see `explore`): exact, with no
bound on the length of words. It is minimised after each sublayer, which changes nothing that it
emits. At the end, a state accepts what the output functional says at the readout position.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from expressivity.extraction import position_wise
from expressivity.extraction.attention import attend, few_symbols
from expressivity.extraction.budget import Budget, Clock, Progress, Refused
from expressivity.extraction.explore import explore
from expressivity.extraction.forgetting import forget
from expressivity.extraction.mirror import looks_forward, mirrored, reversal
from expressivity.extraction.numbers import Numbers, Vector
from expressivity.extraction.positions import embed
from expressivity.extraction.readout import answers, automaton, notes, short_enough
from expressivity.extraction.recurrence import Recurrent
from expressivity.extraction.support import OFFER, check_supported
from expressivity.extraction.transducer import Transducer
from expressivity.extraction.undefined import ComputesNaN, Undefined, refusal
from expressivity.models import model as models
from languages.dfa import DFA
from languages.errors import LimitError
from proofs.models.architecture import Model
from proofs.models.layers import (
    Attention,
    FeedForward,
    GatedFeedForward,
    Layer,
    Nonlinear,
    Normalisation,
    Recurrence,
)

KINDS: dict[type[Layer], str] = {
    Attention: "attention", FeedForward: "feed-forward", GatedFeedForward: "gated feed-forward",
    Normalisation: "normalisation", Recurrence: "linear recurrence",
    Nonlinear: "non-linear recurrence"}


@dataclass(frozen=True)
class Sublayer:
    """How large the extraction became at a sublayer.

    `explored`: states before minimisation; `states`: after it; `vectors`: residual vectors that
    occur after the sublayer, coordinates that nothing reads any more left out.
    """

    name: str
    explored: int
    states: int
    vectors: int


@dataclass(frozen=True)
class Extraction:
    """What a model recognises.

    `dfa` is the minimal automaton of the language, at all lengths (`covered` is None). When the
    budget was exceeded, `dfa` is None, `reason` says so, and `partial` is an automaton that agrees
    with the model on all words up to length `covered` and rejects all longer words.
    `states_explored` counts the states of all sublayers; `notes` are conventions that were applied.
    `streams` are the residual streams before the first sublayer and after each (see `certificate`);
    none where the model was read as its mirror image.
    """

    dfa: DFA | None
    reason: str
    states_explored: int
    covered: int | None
    partial: DFA | None
    sublayers: tuple[Sublayer, ...]
    notes: tuple[str, ...]
    streams: tuple[Transducer[Vector], ...] = ()


def extract(model: models.Model, budget: Budget | None = None,
            progress: Progress | None = None) -> Extraction:
    """The minimal automaton of the language of a model.

    Words where the model gives no answer, the empty word without a begin symbol when the answer is
    read at the last symbol, count as rejected; `notes` says so.

    Raises:
        Refused: the model is not finite-state in the way used here, or computes NaN on some word.
    """
    limits = budget or Budget()
    if not looks_forward(model.definition):
        return _extract(model.definition, limits, progress)
    try:
        found = _extract(mirrored(model.definition), limits, progress)
        return replace(found, dfa=_reversed(found.dfa, limits), notes=notes(model.definition),
                       partial=_reversed(found.partial, limits), streams=())
    except ComputesNaN as error:
        raise error.mirrored() from None


def _reversed(dfa: DFA | None, limits: Budget) -> DFA | None:
    try:
        return None if dfa is None else reversal(dfa, limits.max_states)
    except LimitError as error:
        raise Refused(f"read from right to left, as masks that look forward need it: {error}"
                      + OFFER) from None


def _extract(model: Model, limits: Budget, progress: Progress | None) -> Extraction:
    check_supported(model)
    numbers = Numbers(model.contract)
    clock = Clock(limits, progress)
    stream = forget(embed(model), model, 0).minimal()
    streams = [stream]
    sublayers = []
    for k, layer in enumerate(model.layers):
        name = f"sublayer {k + 1} of {len(model.layers)} ({KINDS[type(layer)]})"
        clock.restart()
        if isinstance(layer, Attention) and stream.covered is not None:
            stream = few_symbols(stream)
        try:
            raw = _apply(stream, layer, numbers, clock, name)
        except Undefined as error:
            raise refusal(stream, error.symbol, model.alphabet, name) from None
        after = forget(_defined(raw, model, name), model, k + 1)
        stream = after.minimal()
        streams.append(stream)
        sublayers.append(Sublayer(name, after.states, stream.states, len(stream.symbols)))
    read = short_enough(answers(stream, model, numbers))
    explored = sum(part.explored for part in sublayers)
    dfa = automaton(read, model).minimal()
    if read.covered is None:
        return Extraction(dfa, "", explored, None, None, tuple(sublayers), notes(model),
                          tuple(streams))
    reason = f"{clock.reason} in one sublayer: only words up to length {read.covered} are covered"
    return Extraction(None, reason, explored, read.covered, dfa, tuple(sublayers), notes(model))


def _apply(stream: Transducer[Vector], layer: Layer, numbers: Numbers, clock: Clock,
           name: str) -> Transducer[Vector | None]:
    """The residual stream after a sublayer; raises Undefined."""
    if isinstance(layer, FeedForward | GatedFeedForward | Normalisation):
        return position_wise.apply(stream, layer, numbers)
    if isinstance(layer, Attention):
        return attend(stream, layer, numbers, clock, name)
    return explore(Recurrent(stream, layer, numbers), clock, name)


def _defined(raw: Transducer[Vector | None], model: Model, where: str) -> Transducer[Vector]:
    """The stream, if no output is NaN."""
    def vector(symbol: Vector | None) -> Vector:
        if symbol is None:
            raise refusal(raw, raw.symbols.index(None), model.alphabet, where)
        return symbol

    return raw.map(vector)
