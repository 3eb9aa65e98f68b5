"""Models that look forward only: mirror images of models that look back only.

With unique hard attention the direction of reading matters to ties alone. So a model whose masks
are past or strict past, without positions, recurrences or windows, read at the first position, does
on a word what its mirror image does on the reversed word. (Sums are rounded from left to right: a
head that averages has no such mirror image.)
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from languages.dfa import DFA
from languages.limits import Limits
from languages.nfa import NFA, determinise
from proofs.models.architecture import Markers, Model
from proofs.models.layers import Attention, Head, Nonlinear, Recurrence, Selection
from proofs.models.positions import Periodic

_MASKS: Final = {"past": "future", "strict-past": "strict-future"}
_SELECTIONS: Final[dict[Selection, Selection]] = {"uhat-left": "uhat-right",
                                                  "uhat-right": "uhat-left"}
_MARKERS: Final[dict[Markers, Markers]] = {"none": "none", "bos": "eos", "eos": "bos",
                                           "both": "both"}


def looks_forward(model: Model) -> bool:
    """Is the model read at the first position the mirror image of one that looks back?"""
    heads = [head for layer in model.layers if isinstance(layer, Attention)
             for head in layer.heads]
    return (model.readout == "first" and bool(heads)
            and isinstance(model.positions, Periodic) and model.period == 1
            and not any(isinstance(layer, Recurrence | Nonlinear) for layer in model.layers)
            and all(head.mask in _MASKS and head.selection in _SELECTIONS for head in heads))


def mirrored(model: Model) -> Model:
    """The model that answers reversed words as this one, for which `looks_forward`, answers words.

    The symbols of the markers change places, and so do leftmost and rightmost.
    """
    def head(given: Head) -> Head:
        return replace(given, mask=_MASKS[given.mask], selection=_SELECTIONS[given.selection])

    *letters, begin, end = model.embedding
    return replace(
        model, markers=_MARKERS[model.markers], embedding=(*letters, end, begin),
        readout="eos" if model.markers in ("bos", "both") else "last",
        layers=tuple(replace(layer, heads=tuple(map(head, layer.heads)))
                     if isinstance(layer, Attention) else layer for layer in model.layers))


def reversal(dfa: DFA, max_states: int) -> DFA:
    """The minimal automaton of the reversed words.

    Raises:
        LimitError: the subset construction needs more states.
    """
    start = dfa.states
    nfa = NFA(dfa.states + 1, start, [dfa.start],
              [(int(r), a, q) for q, row in enumerate(dfa.table) for a, r in enumerate(row)],
              [(start, q) for q in range(dfa.states) if dfa.accept[q]])
    return determinise(nfa, dfa.alphabet, Limits(max_states=max_states)).minimal()
