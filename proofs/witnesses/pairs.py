"""Following two machines on all words at once, pair of states by pair of states."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import Any

from proofs.checkers.automaton import Automaton
from proofs.checkers.rejection import reject
from proofs.models.architecture import Model
from proofs.models.linear import State, affine
from proofs.models.numbers import NotANumber
from proofs.witnesses.budget import Budget
from proofs.witnesses.machines import BEFORE, Machine
from proofs.witnesses.transducer import Transducer


def check_stream(below: Transducer, machine: Machine, forget: Callable[[State], State],
                 after: Transducer, path: str, budget: Budget) -> None:
    """Reject unless `after` emits on every word what the machine makes of what `below` emits.

    `forget` is applied to the vectors that the machine computes. Soundness: by induction on the
    length of a word, the state of `below`, the memory of the machine and the state of `after`
    that the word leads to are among the triples below; and the outputs at each of its positions
    were compared at one of them.

    Raises:
        Rejected: an output differs, or there are too many triples.
        NotANumber: the machine computes NaN on some word.
    """
    names = {vector: k for k, vector in enumerate(after.vectors)}
    known: dict[Hashable, int] = {}

    def compare(key: Hashable, claimed: int, where: str) -> None:
        if key not in known:
            known[key] = names.get(forget(machine.vector(key)), -1)
        if known[key] != claimed:
            reject("wrong-output", claimed, f"{path}.{where}", "the vector that the model computes")

    memory: Any
    if below.begin is None or after.begin is None:
        memory = machine.start(0)
    else:
        memory = machine.start(BEFORE)
        compare(machine.emit(memory, BEFORE, below.begin), after.begin, "begin")
        memory = machine.step(memory, BEFORE, below.begin, 0)
    found = [(0, memory, 0)]
    seen = set(found)
    for p, memory, q in found:  # grows while it is walked
        if below.end is not None and after.end is not None:
            compare(machine.emit(memory, p, below.end[p]), after.end[q], f"end[{q}]")
        for a, (to, symbol) in enumerate(zip(below.next[p], below.out[p], strict=True)):
            compare(machine.emit(memory, p, symbol), after.out[q][a], f"out[{q}][{a}]")
            triple = to, machine.step(memory, p, symbol, to), after.next[q][a]
            if triple not in seen:
                seen.add(triple)
                found.append(triple)
                budget.spend(path)


def check_language(model: Model, stream: Transducer, automaton: Automaton, budget: Budget) -> None:
    """Reject unless the answers read off the stream are those of the automaton.

    The readout is the end marker, or the last letter; a begin marker answers the empty word then.
    Pairs of states as in `check_stream`.
    """
    functional = ((*model.output_weights, model.output_bias),)
    answers: dict[int, bool] = {}

    def compare(vector: int, state: int) -> None:
        if vector not in answers:
            try:
                value = affine(model.contract, functional, stream.vectors[vector])[0]
            except NotANumber as error:
                reject("not-a-number", error.what, "data", "a value of the output functional")
            answers[vector] = value > 0
        if answers[vector] != (state in automaton.accept):
            verb = "rejects" if state in automaton.accept else "accepts"
            reject("another-language", verb, "claim.language",
                   f"an automaton that answers as the model does in its state {state}")

    letter = [model.alphabet.index(name) for name in automaton.alphabet]
    if model.readout == "last" and stream.begin is not None:
        compare(stream.begin, automaton.start)
    found = [(0, automaton.start)]
    seen = set(found)
    for q, state in found:  # grows while it is walked
        if model.readout == "eos" and stream.end is not None:
            compare(stream.end[q], state)
        for a, to in zip(letter, automaton.delta[state], strict=True):
            if model.readout == "last":
                compare(stream.out[q][a], to)
            pair = stream.next[q][a], to
            if pair not in seen:
                seen.add(pair)
                found.append(pair)
                budget.spend("claim.language")
