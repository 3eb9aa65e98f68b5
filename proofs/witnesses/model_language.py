"""Certificates of kind "model-language": this model recognises this language, at all lengths.

    {"format": "expressivity certificate", "version": 1, "kind": "model-language",
     "claim": {"model": MODEL, "language": AUTOMATON, "empty-word": true | false},
     "data": {"stages": [STAGE ...]}}
    STAGE: {"forgotten": [dimension ...], "stream": TRANSDUCER, "heads": HEADS | null}

The claim: on every word, the model (see `architecture`) computes no NaN and accepts iff the
complete automaton does. The empty word is meant iff the model answers it: "empty-word" says so.
Letters are matched by name.

Stage 0 is the residual stream before the first sublayer, stage l that after sublayer l; "heads"
are given for attention sublayers. The dimensions "forgotten" are set to 0 (see `forgetting`).

Soundness. Masks look back only, and positions are periodic, so that the stream at a position
depends on the letters up to there; the end marker comes last. By induction on l, stage l is the
true stream after sublayer l on every word, but for forgotten coordinates: its transducer is
followed beside the machine of the sublayer (`machines`, `attention`) fed with stage l - 1, whose
outputs are computed with the functions of `reference`. In the end the answers that are read off
the last stage are compared with the automaton's. Whatever the reference computes at a position is
computed here for the same vectors, so a NaN on any word shows up as one here. QED

Nothing is searched for: the pairs of states that words lead to are walked through, up to a bound.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from typing import Final

from proofs.checkers.automaton import Automaton, parse_automaton
from proofs.checkers.rejection import (
    boolean,
    distinct,
    integer,
    integers,
    items,
    record,
    reject,
    string,
)
from proofs.models.architecture import Model, parse_model, plain_model
from proofs.models.layers import Attention, Layer, Nonlinear, Recurrence
from proofs.models.linear import State
from proofs.models.numbers import ZERO, NotANumber
from proofs.models.positions import Periodic
from proofs.models.reference import NoReadout, readout_position
from proofs.witnesses.attention import Heads
from proofs.witnesses.budget import Budget
from proofs.witnesses.forgetting import unread
from proofs.witnesses.machines import Machine, Recurrent, network, unchanged
from proofs.witnesses.pairs import check_language, check_stream
from proofs.witnesses.transducer import Transducer, embedding, parse_transducer

FORMAT: Final = "expressivity certificate"
VERSION: Final = 1
KIND: Final = "model-language"
MASKS: Final = ("future", "strict-future", "window:")


@dataclass(frozen=True)
class Witness:
    """A checked claim: `model` recognises the language of `automaton`, at all lengths.

    `empty_word`: does it answer the empty word? Otherwise the claim is about the others only.
    """

    model: Model
    automaton: Automaton
    empty_word: bool
    kind: str = KIND

    @property
    def digest(self) -> str:
        """SHA-256 of the model's canonical JSON text."""
        return model_digest(self.model)


def model_digest(model: Model) -> str:
    """SHA-256 of the canonical JSON text of a model: sorted keys, no spaces."""
    text = json.dumps(plain_model(model), sort_keys=True, separators=(",", ":"),
                      ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def check_witness(value: object, budget: Budget | None = None) -> Witness:
    """The claim that a certificate proves. Raises Rejected if it does not prove its claim."""
    fields = record(value, "certificate", ("format", "version", "kind", "claim", "data"))
    if string(fields["format"], "format") != FORMAT:
        reject("wrong-format", fields["format"], "format", f'"{FORMAT}"')
    if string(fields["kind"], "kind") != KIND:
        reject("wrong-kind", fields["kind"], "kind", f'"{KIND}"')
    integer(fields["version"], "version", VERSION, VERSION + 1)
    claim = record(fields["claim"], "claim", ("model", "language", "empty-word"))
    model = parse_model(claim["model"])
    automaton = parse_automaton(claim["language"], "claim.language")
    if set(automaton.alphabet) != set(model.alphabet):
        reject("another-alphabet", automaton.alphabet, "claim.language.alphabet",
               "the letters of the model")
    _check_covered(model)
    answers = _answers_empty_word(model)
    if boolean(claim["empty-word"], "claim.empty-word") != answers:
        reject("empty-word", claim["empty-word"], "claim.empty-word",
               "whether the model answers the empty word")
    budget = budget or Budget()
    check_language(model, _last_stage(model, fields["data"], budget), automaton, budget)
    return Witness(model, automaton, answers)


def _answers_empty_word(model: Model) -> bool:
    try:
        readout_position(model, 0)
    except NoReadout:
        return False
    return True


def _check_covered(model: Model) -> None:
    """Reject models that need not be finite-state from left to right."""
    if model.loop is not None:
        reject("looped", "a loop", "claim.model.loop", "a model that runs each sublayer once")
    if model.readout == "first":
        reject("readout-first", model.readout, "claim.model.readout", '"last" or "eos"')
    if not isinstance(model.positions, Periodic) or model.formulas:
        reject("not-periodic", None, "claim.model.positions", "periodic positions, no formulas")
    for k, layer in enumerate(model.layers):
        for h, head in enumerate(layer.heads if isinstance(layer, Attention) else ()):
            if not head.mask.startswith(MASKS):
                reject("looks-ahead", head.mask, f"claim.model.layers[{k}].heads[{h}].mask",
                       "a mask that looks back: future, strict-future or a window")


def _last_stage(model: Model, data: object, budget: Budget) -> Transducer:
    """The residual stream after the last sublayer, every stage checked."""
    listed = items(record(data, "data", ("stages",))["stages"], "data.stages",
                   len(model.layers) + 1)
    stream = embedding(model)
    layers: list[Layer | None] = [None, *model.layers]
    for k, (layer, value) in enumerate(zip(layers, listed, strict=True)):
        path = f"data.stages[{k}]"
        fields = record(value, path, ("forgotten", "stream", "heads"))
        forgotten = _forgotten(fields["forgotten"], f"{path}.forgotten", model, k)
        after = parse_transducer(fields["stream"], f"{path}.stream", model)
        if fields["heads"] is not None and not isinstance(layer, Attention):
            reject("no-heads", fields["heads"], f"{path}.heads", "null: no attention sublayer")

        def forget(state: State, forgotten: set[int] = forgotten, path: str = path) -> State:
            for d in forgotten:
                if isinstance(state[d], float):
                    reject("forgotten-infinity", state[d], f"{path}.forgotten",
                           f"finite numbers in dimension {d}")
            return tuple(ZERO if d in forgotten else x for d, x in enumerate(state))

        try:
            machine = _machine(model, layer, stream, fields["heads"], f"{path}.heads", budget)
            check_stream(stream, machine, forget, after, f"{path}.stream", budget)
        except NotANumber as error:
            reject("not-a-number", error.what, path, "no NaN on any word")
        stream = after
    return stream


def _forgotten(value: object, path: str, model: Model, layer: int) -> set[int]:
    """The dimensions to forget before sublayer `layer`."""
    found = set(distinct(integers(value, path, 0, len(model.residual)), path))
    for d in sorted(found - unread(model, layer)):
        reject("not-forgettable", d, path, "dimensions that no later sublayer reads")
    return found


def _machine(model: Model, layer: Layer | None, below: Transducer, heads: object, path: str,
             budget: Budget) -> Machine:
    if layer is None:
        return unchanged(below.vectors)
    if isinstance(layer, Attention):
        return Heads(model.contract, layer, below, heads, path, budget)
    if isinstance(layer, Recurrence | Nonlinear):
        return Recurrent(model.contract, layer, below.vectors)
    return network(model.contract, layer, below.vectors)
