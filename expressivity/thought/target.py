"""What the tokens of a decoder are compared with: an automaton, a circuit or a Turing machine."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final, TypeAlias

from expressivity.circuits.aiger import read_aiger
from expressivity.thought.assembly import fresh
from expressivity.thought.circuits import Straight, straight, values
from expressivity.thought.machines import action_name, named_actions
from expressivity.thought.thinker import Thinker
from languages.errors import InputError
from languages.language import Language
from languages.machines.machine import Machine, run
from languages.machines.text import read_machine
from languages.parse import parse_language

CIRCUIT: Final = "aiger:"
MACHINE: Final = "tm:"
BITS: Final = ("0", "1")


@dataclass(frozen=True)
class CircuitTarget:
    """The circuit of a file, over the letters 0 and 1."""

    name: str
    program: Straight


@dataclass(frozen=True)
class MachineTarget:
    """The Turing machine of a file."""

    name: str
    machine: Machine


Target: TypeAlias = Language | CircuitTarget | MachineTarget


def read_circuit(text: str) -> CircuitTarget:
    """The circuit of "aiger:FILE"; raises InputError."""
    path = text.removeprefix(CIRCUIT)
    circuit = read_aiger(path)
    try:
        return CircuitTarget(text, straight(circuit))
    except InputError as error:
        raise InputError(f"{path}: {error.message}") from None


def read_turing_machine(text: str) -> MachineTarget:
    """The machine of "tm:FILE"; raises InputError with file, line and column."""
    path = text.removeprefix(MACHINE)
    if not path:
        raise InputError(f"{MACHINE} nothing after the colon, expected {MACHINE}FILE")
    return MachineTarget(text, read_machine(path))


def parse_target(text: str, alphabet: Sequence[str] | None = None) -> Target:
    """The circuit of "aiger:FILE", the machine of "tm:FILE", or a language.

    Raises:
        InputError: it cannot be read; for circuits also if it has not one output, or has gates of
            more than two operands.
    """
    if text.startswith(CIRCUIT):
        return read_circuit(text)
    if text.startswith(MACHINE):
        return read_turing_machine(text)
    return parse_language(text, alphabet=None if alphabet is None else tuple(alphabet))


def over(target: Target, thinker: Thinker) -> Target:
    """The target with the letters in the order of the decoder's; InputError if they differ."""
    letters = _letters(target)
    if set(letters) != set(thinker.alphabet):
        raise InputError(f"alphabet: the model's is {' '.join(thinker.alphabet)}, that of "
                         f"{target.name} is {' '.join(letters)}; expected the same")
    answers = [thinker.tokens[m] for m in (thinker.definition.accept, thinker.definition.reject)]
    if isinstance(target, MachineTarget) and named_actions(thinker.tokens, answers) is None:
        raise InputError(f"the tokens {' '.join(thinker.tokens[:6])} ... are not named after what "
                         f"machines do: nothing to compare with {target.name}")
    if isinstance(target, CircuitTarget) and thinker.definition.length != target.program.inputs:
        raise InputError(f"{target.name} has {target.program.inputs} inputs, the model is made for "
                         + ("words of any length" if thinker.definition.length is None
                            else f"words of length {thinker.definition.length}"))
    return target


def _letters(target: Target) -> tuple[str, ...]:
    if isinstance(target, CircuitTarget):
        return BITS
    return target.machine.letters if isinstance(target, MachineTarget) else target.alphabet


def step_names(target: Target, thinker: Thinker) -> dict[str, int] | None:
    """The state, bit or action that each token stands for, by its name.

    None if tokens have other names; those of a machine may be others than the model's.
    """
    if isinstance(target, CircuitTarget):
        known = fresh(["0", "1", "accept", "reject"], BITS)[:2]
    elif isinstance(target, MachineTarget):
        return {name: m for m, name in enumerate(step_tokens(target))}
    elif target.dfa is None:
        return None
    else:
        known = fresh([*(f"q{s}" for s in range(target.dfa.states)), "accept", "reject"],
                      target.alphabet)[:-2]
    return dict(zip(known, range(len(known)), strict=True)) if set(known) <= set(thinker.tokens) \
        else None


def step_tokens(target: MachineTarget) -> list[str]:
    """The tokens of a machine's actions, in the order of their numbers."""
    names = [action_name(action) for action in target.machine.actions]
    return fresh([*names, "accept", "reject"], target.machine.letters)[:-2]


def expected(target: Target, word: Sequence[str],
             most: int) -> tuple[list[int] | None, bool | None]:
    """What each token should stand for, by number, but for the last; and the answer.

    The states after each letter, the values of all gates but the last, or the actions of a machine,
    whose run is followed for `most` steps, without an answer if it does not stop within them. Of a
    language without an automaton the answer alone.
    """
    if isinstance(target, MachineTarget):
        number = {action: m for m, action in enumerate(target.machine.actions)}
        found = run(target.machine, word, most)
        return [number[action] for action in found.actions], found.accepted
    if isinstance(target, CircuitTarget):
        bits = values(target.program, [int(letter) for letter in word])
        return bits[1 + target.program.inputs:-1], bool(bits[-1])
    if target.dfa is None:
        return None, target.contains(word)
    dfa = target.dfa
    column = {letter: k for k, letter in enumerate(dfa.alphabet)}
    rows = dfa.table
    state, states = dfa.start, []
    for letter in word:
        state = rows[state][column[letter]]
        states.append(state)
    return states, bool(dfa.accept[state])


def follows(target: Target, thinker: Thinker) -> dict[str, Any]:
    """The part of a trace that says what its tokens follow.

    Raises:
        InputError: the tokens have no names of states, or there is no automaton.
    """
    names = step_names(target, thinker)
    if names is None:
        raise InputError(f"no trace: the tokens {' '.join(thinker.tokens[:6])} ... are not named "
                         f"after the states of {target.name}")
    if isinstance(target, CircuitTarget):
        return {"kind": "circuit", "inputs": target.program.inputs, "bits": list(names),
                "gates": [[g.left, g.right, list(g.table)] for g in target.program.gates]}
    if isinstance(target, MachineTarget):
        actions = target.machine.actions
        return {"kind": "machine", "machine": target.machine.to_plain(), "actions": {
            token: [actions[m].state, list(actions[m].written), list(actions[m].moves)]
            for token, m in names.items()}}
    dfa = target.dfa
    if dfa is None:
        raise InputError(f"{target.name}: it has no automaton")
    return {"kind": "automaton", "states": names, "language": {
        "alphabet": list(dfa.alphabet), "states": dfa.states, "start": dfa.start,
        "accept": [q for q in range(dfa.states) if dfa.accept[q]],
        "delta": [list(row) for row in dfa.table]}}
