"""From weights to the minimal automaton of the language, at all lengths.

Sublayer by sublayer the residual stream is a finite transducer (see `product`): exact, with no
bound on the length of words. It is minimised after each sublayer, which changes nothing that it
emits. At the end, a state accepts what the output functional says at the readout position.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from expressivity.extraction import feed_forward
from expressivity.extraction.attention import attend
from expressivity.extraction.budget import Budget, Clock, Progress, Refused
from expressivity.extraction.forgetting import forget
from expressivity.extraction.numbers import Numbers, Vector
from expressivity.extraction.positions import embed
from expressivity.extraction.support import check_supported
from expressivity.extraction.transducer import UNEXPLORED, Transducer
from expressivity.extraction.undefined import Undefined, refusal
from expressivity.models import model as models
from languages.dfa import DFA
from proofs.models.architecture import Model
from proofs.models.layers import Attention, FeedForward


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
    """

    dfa: DFA | None
    reason: str
    states_explored: int
    covered: int | None
    partial: DFA | None
    sublayers: tuple[Sublayer, ...]
    notes: tuple[str, ...]


def extract(model: models.Model, budget: Budget | None = None,
            progress: Progress | None = None) -> Extraction:
    """The minimal automaton of the language of a model.

    Words where the model gives no answer, the empty word without a begin symbol when the answer is
    read at the last symbol, count as rejected; `notes` says so.

    Raises:
        Refused: the model is not finite-state in the way used here, or computes NaN on some word.
    """
    return _extract(model.definition, budget or Budget(), progress)


def _extract(model: Model, limits: Budget, progress: Progress | None) -> Extraction:
    check_supported(model)
    numbers = Numbers(model.contract)
    stream = forget(embed(model), model, 0).minimal()
    sublayers = []
    for k, layer in enumerate(model.layers):
        kind = "feed-forward" if isinstance(layer, FeedForward) else "attention"
        name = f"sublayer {k + 1} of {len(model.layers)} ({kind})"
        raw: Transducer[Vector | None]
        try:
            if isinstance(layer, FeedForward):
                raw = feed_forward.apply(stream, layer, numbers)
            elif not isinstance(layer, Attention):
                raise Refused(f"{name}: of a kind that is not covered")
            else:
                raw = attend(stream, layer, numbers, Clock(limits, progress), name)
        except Undefined as error:
            raise refusal(stream, error.symbol, model.alphabet, name) from None
        after = forget(_defined(raw, model, name), model, k + 1)
        stream = after.minimal()
        sublayers.append(Sublayer(name, after.states, stream.states, len(stream.symbols)))
    answers = _answers(stream, model, numbers)
    explored = sum(part.explored for part in sublayers)
    remarks = notes(model)
    if answers.covered is None:
        dfa = _automaton(answers, model).minimal()
        return Extraction(dfa, "", explored, None, None, tuple(sublayers), remarks)
    reason = (f"more than {limits.max_states} states"
              + ("" if limits.seconds is None else f" or {limits.seconds} seconds")
              + f" in one sublayer: only words up to length {answers.covered} are covered")
    return Extraction(None, reason, explored, answers.covered,
                      _automaton(answers, model).minimal(), tuple(sublayers), remarks)


def _defined(raw: Transducer[Vector | None], model: Model, where: str) -> Transducer[Vector]:
    """The stream, if no output is NaN."""
    def vector(symbol: Vector | None) -> Vector:
        if symbol is None:
            raise refusal(raw, raw.symbols.index(None), model.alphabet, where)
        return symbol

    return raw.map(vector)


def _answers(stream: Transducer[Vector], model: Model, numbers: Numbers) -> Transducer[bool]:
    """Per position whether the output functional is positive there."""
    places = ("end",) if model.readout == "eos" else ("begin", "letter")
    read = set(stream.end or ()) if model.readout == "eos" else {
        o for row in stream.out for o in row} | {stream.begin}
    positive: dict[Vector, bool] = {}
    for number, symbol in enumerate(stream.symbols):
        if number in read:
            value = numbers.affine([(*model.output_weights, model.output_bias)], symbol)
            if value is None:
                raise refusal(stream, number, model.alphabet, "the output", places)
            positive[symbol] = value[0] > 0
    return stream.map(lambda symbol: positive.get(symbol, False))


def _automaton(answers: Transducer[bool], model: Model) -> DFA:
    """Accept what the answer at the readout position says."""
    if model.readout == "eos":
        return _read_at_end(answers, model.alphabet)
    return _read_at_last(answers, model.alphabet)


def _read_at_end(answers: Transducer[bool], alphabet: tuple[str, ...]) -> DFA:
    sink = answers.states
    delta = [[r if r != UNEXPLORED else sink for r in row] for row in answers.next]
    accept = [answers.symbols[o] for o in answers.end or ()]
    if answers.covered is not None:
        return _up_to(DFA(alphabet, np.asarray([*delta, [sink] * len(alphabet)], dtype=np.int32),
                          0, np.asarray([*accept, False])), answers.covered)
    return DFA(alphabet, np.asarray(delta, dtype=np.int32), 0, np.asarray(accept))


def _read_at_last(answers: Transducer[bool], alphabet: tuple[str, ...]) -> DFA:
    """States are doubled: 2 q + 1 was entered with a positive answer, 2 q was not."""
    sink = 2 * answers.states
    delta = []
    for row, out in zip(answers.next, answers.out, strict=True):
        after = [sink if r == UNEXPLORED else 2 * r + answers.symbols[o]
                 for r, o in zip(row, out, strict=True)]
        delta += [after, after]
    start = int(answers.begin is not None and answers.symbols[answers.begin])
    accept = [bool(q % 2) for q in range(len(delta))]
    whole = DFA(alphabet, np.asarray([*delta, [sink] * len(alphabet)], dtype=np.int32), start,
                np.asarray([*accept, False]))
    return whole if answers.covered is None else _up_to(whole, answers.covered)


def _up_to(dfa: DFA, length: int) -> DFA:
    """The words of the language up to a length."""
    letters = dfa.letters
    delta = np.minimum(np.arange(length + 2) + 1, length + 1).astype(np.int32)
    short = DFA(dfa.alphabet, np.repeat(delta[:, None], letters, axis=1), 0,
                np.arange(length + 2) <= length)
    return dfa.intersection(short, max_states=dfa.states * (length + 2))


def notes(model: Model) -> tuple[str, ...]:
    """Conventions that apply to a model."""
    if model.readout == "last" and model.markers in ("none", "eos"):
        return ('read at the last symbol, without a begin symbol: the model gives no answer on '
                'the empty word, which counts as rejected',)
    return ()
