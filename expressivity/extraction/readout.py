"""From the final residual stream to the automaton: what the readout position says."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from expressivity.extraction.numbers import Numbers, Vector
from expressivity.extraction.transducer import UNEXPLORED, Transducer
from expressivity.extraction.undefined import refusal
from languages.dfa import DFA
from proofs.models.architecture import Model

MAX_PARTIAL = 200_000

def answers(stream: Transducer[Vector], model: Model, numbers: Numbers) -> Transducer[bool]:
    """Per position whether the output functional is positive, at positions that may be read.

    Raises:
        Refused: the value of the functional is NaN at one of them.
    """
    places, read = _read(stream, model)
    positive: dict[Vector, bool] = {}
    for number, symbol in enumerate(stream.symbols):
        if number in read:
            value = numbers.affine([(*model.output_weights, model.output_bias)], symbol)
            if value is None:
                raise refusal(stream, number, model.alphabet, "the output", places)
            positive[symbol] = value[0] > 0
    return stream.map(lambda symbol: positive.get(symbol, False))


def _read(stream: Transducer[Vector], model: Model) -> tuple[Sequence[str], set[int | None]]:
    """Where the answer may be read, and the symbols that are emitted there."""
    if model.readout == "eos":
        return ("end",), set(stream.end or ())
    if model.readout == "last":
        return ("begin", "letter"), {o for row in stream.out for o in row} | {stream.begin}
    if stream.begin is not None:
        return ("begin",), {stream.begin}
    return ("letter", "end"), {*stream.out[0], *(stream.end or ())[:1]}


def short_enough(found: Transducer[bool]) -> Transducer[bool]:
    """A truncated transducer, up to a length for which its automaton is not too large.

    The automaton must know the length of the word: it has a state for every length and every state
    here that words of this length lead to.
    """
    if found.covered is None:
        return found
    size, level = 1, {0}
    for length in range(found.covered):
        level = {r for q in level for r in found.next[q]}
        size += len(level)
        if size > MAX_PARTIAL:
            return found.up_to(length)
    return found


def automaton(found: Transducer[bool], model: Model) -> DFA:
    """Accept what the answer at the readout position says; words up to `found.covered` only."""
    if model.readout == "eos":
        dfa = _at_end(found, model.alphabet)
    elif model.readout == "last":
        dfa = _at_last(found, model.alphabet)
    else:
        dfa = _at_first(found, model.alphabet)
    return dfa if found.covered is None else _up_to(dfa, found.covered)


def _at_end(found: Transducer[bool], alphabet: tuple[str, ...]) -> DFA:
    sink = found.states
    delta = [[r if r != UNEXPLORED else sink for r in row] for row in found.next]
    accept = [found.symbols[o] for o in found.end or ()]
    return DFA(alphabet, np.asarray([*delta, [sink] * len(alphabet)], dtype=np.int32), 0,
               np.asarray([*accept, False]))


def _at_last(found: Transducer[bool], alphabet: tuple[str, ...]) -> DFA:
    """States are doubled: 2 q + 1 was entered with a positive answer, 2 q was not."""
    sink = 2 * found.states
    delta = []
    for row, out in zip(found.next, found.out, strict=True):
        after = [sink if r == UNEXPLORED else 2 * r + found.symbols[o]
                 for r, o in zip(row, out, strict=True)]
        delta += [after, after]
    start = int(found.begin is not None and found.symbols[found.begin])
    accept = [bool(q % 2) for q in range(len(delta))]
    return DFA(alphabet, np.asarray([*delta, [sink] * len(alphabet)], dtype=np.int32), start,
               np.asarray([*accept, False]))


def _at_first(found: Transducer[bool], alphabet: tuple[str, ...]) -> DFA:
    """Nothing that looks back depends on what follows: the first position settles the answer.

    State 0 is the start, 1 rejects and 2 accepts for good.
    """
    if found.begin is not None:
        empty = found.symbols[found.begin]
        first = [empty] * len(alphabet)
    else:
        empty = found.end is not None and found.symbols[found.end[0]]
        first = [o != UNEXPLORED and found.symbols[o] for o in found.out[0]]
    delta = [[1 + yes for yes in first], [1] * len(alphabet), [2] * len(alphabet)]
    return DFA(alphabet, np.asarray(delta, dtype=np.int32), 0, np.asarray([empty, False, True]))


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
    if model.readout == "first" and model.markers == "none":
        return ('read at the first symbol, without markers: the model gives no answer on the '
                'empty word, which counts as rejected',)
    return ()
