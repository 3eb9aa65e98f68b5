"""What the tokens of a decoder are compared with: a language with its automaton, or a circuit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final, TypeAlias

from expressivity.circuits.aiger import read_aiger
from expressivity.thought.assembly import fresh
from expressivity.thought.circuits import Straight, straight, values
from expressivity.thought.thinker import Thinker
from languages.errors import InputError
from languages.language import Language
from languages.parse import parse_language

CIRCUIT: Final = "aiger:"
BITS: Final = ("0", "1")


@dataclass(frozen=True)
class CircuitTarget:
    """The circuit of a file, over the letters 0 and 1."""

    name: str
    program: Straight


Target: TypeAlias = Language | CircuitTarget


def read_circuit(text: str) -> CircuitTarget:
    """The circuit of "aiger:FILE"; raises InputError."""
    path = text.removeprefix(CIRCUIT)
    circuit = read_aiger(path)
    try:
        return CircuitTarget(text, straight(circuit))
    except InputError as error:
        raise InputError(f"{path}: {error.message}") from None


def parse_target(text: str, alphabet: Sequence[str] | None = None) -> Target:
    """The circuit of "aiger:FILE", or a language.

    Raises:
        InputError: it cannot be read; for circuits also if it has not one output, or has gates of
            more than two operands.
    """
    if text.startswith(CIRCUIT):
        return read_circuit(text)
    return parse_language(text, alphabet=None if alphabet is None else tuple(alphabet))


def over(target: Target, thinker: Thinker) -> Target:
    """The target with the letters in the order of the decoder's; InputError if they differ."""
    letters = BITS if isinstance(target, CircuitTarget) else target.alphabet
    if set(letters) != set(thinker.alphabet):
        raise InputError(f"alphabet: the model's is {' '.join(thinker.alphabet)}, that of "
                         f"{target.name} is {' '.join(letters)}; expected the same")
    if isinstance(target, CircuitTarget) and thinker.definition.length != target.program.inputs:
        raise InputError(f"{target.name} has {target.program.inputs} inputs, the model is made for "
                         + ("words of any length" if thinker.definition.length is None
                            else f"words of length {thinker.definition.length}"))
    return target


def step_names(target: Target, thinker: Thinker) -> dict[str, int] | None:
    """The state or bit that each token stands for, by its name; None if tokens have other names."""
    if isinstance(target, CircuitTarget):
        known = fresh(["0", "1", "accept", "reject"], BITS)[:2]
    elif target.dfa is None:
        return None
    else:
        known = fresh([*(f"q{s}" for s in range(target.dfa.states)), "accept", "reject"],
                      target.alphabet)[:-2]
    return dict(zip(known, range(len(known)), strict=True)) if set(known) <= set(thinker.tokens) \
        else None


def expected(target: Target, word: Sequence[str]) -> tuple[list[int] | None, bool]:
    """The states after each letter, or the values of all gates but the last; and the answer.

    Of a language without an automaton the answer alone.
    """
    if isinstance(target, CircuitTarget):
        found = values(target.program, [int(letter) for letter in word])
        return found[1 + target.program.inputs:-1], bool(found[-1])
    if target.dfa is None:
        return None, target.contains(word)
    dfa = target.dfa
    number = {letter: k for k, letter in enumerate(dfa.alphabet)}
    rows = dfa.table
    state, states = dfa.start, []
    for letter in word:
        state = rows[state][number[letter]]
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
    dfa = target.dfa
    if dfa is None:
        raise InputError(f"{target.name}: it has no automaton")
    return {"kind": "automaton", "states": names, "language": {
        "alphabet": list(dfa.alphabet), "states": dfa.states, "start": dfa.start,
        "accept": [q for q in range(dfa.states) if dfa.accept[q]],
        "delta": [list(row) for row in dfa.table]}}
