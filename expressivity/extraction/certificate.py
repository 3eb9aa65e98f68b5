"""From an extraction to a certificate: what `proofs.witnesses` needs to check it without searching.

The stages are the residual streams that the extraction found. For attention sublayers the
summaries of heads are listed as small automata, minimised over all sequences of keys, where that
is cheap enough; others are left to the checker, state by state. Nothing here is trusted.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import numpy as np

from expressivity.extraction.layers import Extraction
from expressivity.extraction.numbers import Vector
from expressivity.extraction.partition import refine
from expressivity.extraction.transducer import Transducer
from languages.dfa import DFA
from languages.formats import dfa_to_mapping
from proofs.models.architecture import Model, plain_model
from proofs.models.layers import Attention
from proofs.models.linear import reads
from proofs.models.numbers import NotANumber, Value
from proofs.models.reference import NoReadout, readout_position
from proofs.models.running_sums import NotStreaming
from proofs.models.tensors import plain
from proofs.witnesses import FORMAT, KIND, VERSION
from proofs.witnesses.components import Concrete, Keys, Readings
from proofs.witnesses.forgetting import unread

MAX_CELLS = 20_000
"""States times keys up to which a summary is listed."""

Table = tuple[tuple[int | None, ...], tuple[tuple[int, ...], ...], tuple[int | None, ...]]
"""Key by vector, successors by state and key, reading by state; see `proofs.witnesses`."""


class NoCertificate(ValueError):
    """Certificates of this kind do not cover the model; says why."""


def certificate(model: Model, language: DFA, found: Extraction) -> dict[str, Any]:
    """A certificate that the model recognises the language, which `found` agrees with.

    Raises:
        NoCertificate: the extraction is not one from left to right, or covers short words only.
    """
    if not found.streams:
        raise NoCertificate("no certificate: the automaton was not made from left to right at all "
                            "lengths")
    if model.readout == "first" or model.formulas:
        raise NoCertificate("no certificate: checkers cover the readouts last and eos, and "
                            "periodic positions without formulas")
    try:
        stages = _stages(model, found.streams)
    except (NotANumber, NotStreaming) as error:
        raise NoCertificate(f"no certificate: {error}") from None
    return {"format": FORMAT, "version": VERSION, "kind": KIND,
            "claim": {"model": plain_model(model), "language": dfa_to_mapping(language),
                      "empty-word": answers_empty_word(model)},
            "data": {"stages": stages}}


def answers_empty_word(model: Model) -> bool:
    """Does the model answer the empty word?"""
    try:
        readout_position(model, 0)
    except NoReadout:
        return False
    return True


def _stages(model: Model, streams: Sequence[Transducer[Vector]]) -> list[dict[str, Any]]:
    stages = []
    for k, stream in enumerate(streams):
        gone = [d for d in sorted(unread(model, k))
                if all(symbol[d] == 0 for symbol in stream.symbols)]
        layer = model.layers[k - 1] if k else None
        heads = _heads(model, layer, streams[k - 1]) if isinstance(layer, Attention) else None
        stages.append({"forgotten": gone, "stream": _plain_stream(stream), "heads": heads})
    return stages


def _plain_stream(stream: Transducer[Vector]) -> dict[str, Any]:
    return {"vectors": [_plain_vector(symbol) for symbol in stream.symbols], "next": stream.next,
            "out": stream.out, "end": stream.end, "begin": stream.begin}


def _plain_vector(vector: Vector) -> list[int | str]:
    return [_plain_value(x) for x in vector]


def _plain_value(x: Value) -> int | str:
    if isinstance(x, float):
        return "inf" if x == math.inf else "-inf"
    return plain(x)


def _heads(model: Model, layer: Attention, below: Transducer[Vector]) -> dict[str, Any]:
    contract = model.contract
    seen = [reads(contract, layer.norm, symbol) for symbol in below.symbols]
    passed = {o for row in below.out for o in row} | {below.begin}
    readings = Readings([])
    number: dict[object, int] = {}
    components: list[dict[str, Any] | None] = []
    asks = []
    for h, head in enumerate(layer.heads):
        keys = Keys(contract, head, seen)
        # The end symbol is last: under a strict mask it is no key, not even for itself.
        is_key = [head.mask != "strict-future" or r in passed for r in range(len(seen))]
        made: dict[Vector, int] = {}
        for query in keys.queries:
            if query in made:
                continue
            table = _table(keys.answering(query, readings), is_key)
            name = table if table is not None else (h, query)
            if name not in number:
                number[name] = len(components)
                components.append(None if table is None else {
                    "keys": list(table[0]), "next": [list(row) for row in table[1]],
                    "read": list(table[2])})
            made[query] = number[name]
        asks.append([made[query] for query in keys.queries])
    return {"readings": [_plain_vector(vector) for vector in readings.vectors],
            "components": components, "asks": asks, "live": _live(below, asks)}


def _table(component: Concrete, is_key: Sequence[bool]) -> Table | None:
    """The minimal automaton that reads as the summary does; None if it has too many states."""
    used = sorted({c for c, key in zip(component.column, is_key, strict=True) if key})
    place = {c: i for i, c in enumerate(used)}
    rows: list[list[int]] = []
    known = 1
    while len(rows) < known:
        if (len(rows) + 1) * len(used) > MAX_CELLS:
            return None
        rows.append([component.step_key(len(rows), c) for c in used])
        known = max(known, 1 + max(rows[-1], default=0))
    readings = [component.read(q) for q in range(len(rows))]
    delta = np.asarray(rows, dtype=np.int32).reshape(len(rows), len(used))
    colours = np.asarray([-1 if x is None else x for x in readings], dtype=np.int64)
    classes: list[int] = refine(delta, colours).tolist()
    number = {classes[0]: 0}
    sample = [0]
    for q in sample:  # grows while it is walked
        for r in rows[q]:
            if classes[r] not in number:
                number[classes[r]] = len(sample)
                sample.append(r)
    columns = list(zip(*([number[classes[r]] for r in rows[q]] for q in sample), strict=True))
    alike = {column: k for k, column in enumerate(dict.fromkeys(columns))}
    keys = tuple(alike[columns[place[c]]] if key else None
                 for c, key in zip(component.column, is_key, strict=True))
    nexts = tuple(zip(*alike, strict=True)) or ((),)
    return keys, nexts, tuple(readings[q] for q in sample)


def _live(below: Transducer[Vector], asks: Sequence[Sequence[int]]) -> list[list[int]]:
    """By state the components that are asked there or later."""
    live = [{row[symbol] for row in asks
             for symbol in (*outs, *([] if below.end is None else [below.end[q]]))}
            for q, outs in enumerate(below.out)]
    before: list[list[int]] = [[] for _ in below.next]
    for q, row in enumerate(below.next):
        for r in row:
            before[r].append(q)
    waiting = list(range(below.states))
    while waiting:
        r = waiting.pop()
        for q in before[r]:
            if not live[r] <= live[q]:
                live[q] |= live[r]
                waiting.append(q)
    return [sorted(found) for found in live]
