"""What a decoder did: the positions its heads attended to, and traces that the island checks."""

from __future__ import annotations

import copy
from collections.abc import Sequence
from fractions import Fraction
from typing import Any, Final, TypeAlias

import numpy as np

from expressivity.models import dense
from expressivity.models.engine import Array
from expressivity.thought.cache import Caches, after
from expressivity.thought.machines import named_actions
from expressivity.thought.session import Session
from expressivity.thought.target import Target, follows
from expressivity.thought.thinker import Thinker
from languages.errors import LimitError
from languages.machines.machine import Configuration
from proofs.models.attention import weights
from proofs.models.decoder import Decoded
from proofs.models.layers import Attention, Head
from proofs.models.numbers import Value, exact_divide, exact_sum
from proofs.models.reference import marked
from proofs.thought_trace import FORMAT, MAX_WORK, VERSION, run_work

MAX_POSITIONS: Final = 2000
REPEATABLE: Final = 4_000_000
"""Weights times positions up to which a trace carries its model, whose run `check` repeats."""
UNWRITTEN: Final = "."

Share: TypeAlias = tuple[int, Value]
"""A position, and its share of a head's attention before rounding."""
HeadShares: TypeAlias = dict[tuple[int, int], list[Share]]
"""By sublayer and head: the positions whose share is not 0."""


def attended(thinker: Thinker, word: Sequence[int], tokens: Sequence[int]) -> list[HeadShares]:
    """For each token the shares at the position that wrote it.

    Raises:
        LimitError: there are too many positions.
    """
    definition = thinker.definition
    prompt = marked(definition.model, word)
    symbols = [*prompt, *(definition.first + m for m in tokens[:-1])]
    if len(symbols) > MAX_POSITIONS:
        raise LimitError("positions of a run with attention", len(symbols), MAX_POSITIONS,
                         "--limit")
    session = Session(thinker, [list(word)], len(tokens))
    engine = dense.engine_for(thinker.model, 1, len(symbols))
    stream = session.embedded(np.array([symbols], dtype=np.int64))
    asking = np.arange(len(prompt) - 1, len(symbols))
    found: list[HeadShares] = [{} for _ in asking]
    for place, layer in enumerate(thinker.model.layers):
        if isinstance(layer, Attention):
            read = dense.reads(engine, thinker.model, layer, stream)
            for number, head in enumerate(layer.heads):
                query, key = (engine.affine(thinker.model.weights(rows), read)
                              for rows in (head.query, head.key))
                scores = engine.scores(engine.take(query, (slice(None), asking)), key)[0]
                seen = dense.visible(head.mask, asking, len(symbols))
                for step, row in enumerate(scores):
                    found[step][place, number] = _shares(thinker, head, row, seen[step])
        stream = after(engine, thinker.model, place, stream, (1, len(symbols)), 0, Caches())
    return found


def _shares(thinker: Thinker, head: Head, scores: Array, seen: Array) -> list[Share]:
    places = np.flatnonzero(seen).tolist()
    if not places:
        return []
    values: list[Value] = [Fraction(x) if abs(x) < np.inf else float(x)
                           for x in scores[places].tolist()]
    given = weights(thinker.model.contract, head, values)
    whole = exact_sum(e for e in given if e is not None)
    if not whole:
        return []
    return [(j, exact_divide(e, whole)) for j, e in zip(places, given, strict=True)
            if e is not None and e != 0]


def configurations(thinker: Thinker, word: Sequence[str],
                   tokens: Sequence[int]) -> list[Configuration] | None:
    """Of a machine's decoder, where the machine is after each step; None for other decoders.

    Tokens are named after what a step does, so names alone tell. Cells where no step wrote are
    shown as UNWRITTEN, since no name tells the blank.
    """
    definition = thinker.definition
    answers = [thinker.tokens[m] for m in (definition.accept, definition.reject)]
    actions = named_actions(thinker.tokens, answers)
    if actions is None:
        return None
    tapes = len(next(iter(actions.values())).written)
    now = Configuration.initial(word, tapes, UNWRITTEN, "")
    found = []
    for token in tokens:
        if thinker.tokens[token] in actions:
            now.apply(actions[thinker.tokens[token]])
            found.append(copy.deepcopy(now))
    return found


def trace_data(thinker: Thinker, target: Target, word: Sequence[str],
               decoded: Decoded) -> dict[str, Any]:
    """The trace of a run, with the model where repeating its run is not too much.

    Raises:
        InputError: the tokens do not name states.
    """
    definition = thinker.definition
    plain = thinker.to_plain()
    size = sum(len(row) for matrix in definition.model.embedding for row in matrix)
    positions = len(word) + len(decoded.tokens)
    made: dict[str, Any] = {
        "format": FORMAT, "version": VERSION, "word": list(word),
        "tokens": [thinker.tokens[m] for m in decoded.tokens],
        "accept": thinker.tokens[definition.accept], "reject": thinker.tokens[definition.reject],
        "follows": follows(target, thinker)}
    weight = size + sum(_entries(layer) for layer in plain["layers"])
    if weight * positions <= REPEATABLE and positions <= MAX_POSITIONS \
            and run_work(definition, positions + 1) <= MAX_WORK:
        made["model"] = plain
    return made


def _entries(data: Any) -> int:
    """The number of numbers in plain data."""
    if isinstance(data, dict):
        return sum(map(_entries, data.values()))
    return sum(map(_entries, data)) if isinstance(data, list) else 1
