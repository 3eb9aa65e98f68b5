"""Text acceptors in the AT&T format of OpenFst (Allauzen et al. 2007).

A line `source target label` is a transition, a line `state` makes a state accepting; the
first state named is the start. States are integers. Labels are letters; `<eps>` reads
nothing. `fstprint` without `--acceptor` writes every label twice, which is accepted when all
transitions do; a weight is accepted when it is 0 (the "one" of the tropical semiring).

A label `0` means epsilon in OpenFst when no symbol table is used, and may well be a letter
when one is. So it is only accepted with an explicit alphabet, which decides.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from languages.dfa import DFA
from languages.errors import InputError
from languages.limits import Limits
from languages.nfa import NFA, determinise
from languages.tables import checked_alphabet, shown

EPSILON = frozenset({"<eps>", "<epsilon>", "ε"})
MAX_DIGITS = 18


@dataclass(frozen=True)
class _Arc:
    line: int
    source: int
    target: int
    label: str
    rest: tuple[str, ...]


def att_to_dfa(
    text: str, alphabet: tuple[str, ...] | None = None, limits: Limits | None = None
) -> DFA:
    """The DFA of an AT&T text acceptor, by the subset construction if it needs one.

    Without `alphabet` the letters are the labels that occur, sorted. `InputError` names line
    and value; `LimitError` when the automaton gets too large.
    """
    limits = limits or Limits()
    number: dict[int, int] = {}
    accept: list[int] = []
    arcs: list[_Arc] = []
    for i, line in enumerate(text.split("\n"), start=1):
        fields = line.split()
        if not fields:
            continue
        ends = [_state(field, i) for field in fields[: 1 if len(fields) <= 2 else 2]]
        numbers = [number.setdefault(q, len(number)) for q in ends]
        if len(fields) <= 2:
            accept.append(numbers[0])
            for weight in fields[1:]:
                _check_weight(weight, i)
        elif len(fields) <= 5:
            arcs.append(_Arc(i, numbers[0], numbers[1], fields[2], tuple(fields[3:])))
        else:
            raise InputError(f"got {len(fields)} fields, expected at most 5", f"line {i}")
        if len(number) > limits.max_states:
            limits.check_states("the automaton", f"more than {limits.max_states}")
    if not number:
        raise InputError("the text is empty, expected an automaton")
    _check_columns(arcs)
    letters = _letters(arcs, alphabet)
    index = {letter: a for a, letter in enumerate(letters)}
    nfa = NFA(len(number), 0, accept)
    for arc in arcs:
        if arc.label in index:
            nfa.moves.append((arc.source, index[arc.label], arc.target))
        else:
            nfa.empty.append((arc.source, arc.target))
    return _deterministic(nfa, letters, limits) or determinise(nfa, letters, limits)


def _deterministic(nfa: NFA, letters: tuple[str, ...], limits: Limits) -> DFA | None:
    """The DFA itself if no state has two ways to go, None otherwise."""
    if nfa.empty:
        return None
    limits.check_states("the automaton", nfa.states, len(letters))
    rows: list[list[int | None]] = [[None] * len(letters) for _ in range(nfa.states)]
    for p, a, q in nfa.moves:
        if rows[p][a] not in (None, q):
            return None
        rows[p][a] = q
    return DFA.from_lists(letters, rows, nfa.start, sorted(set(nfa.accept)))


def _state(field: str, line: int) -> int:
    if not (field.isascii() and field.isdigit() and len(field) <= MAX_DIGITS):
        raise InputError(
            f"got {shown(field)}, expected a state number (AT&T text; a JSON automaton "
            "starts with '{')",
            f"line {line}",
        )
    return int(field)


def _check_weight(field: str, line: int) -> None:
    try:
        zero = float(field) == 0
    except ValueError:
        zero = False
    if not zero:
        raise InputError(f"got {shown(field)}, expected no weight or the weight 0", f"line {line}")


def _check_columns(arcs: list[_Arc]) -> None:
    """Two label columns everywhere, or one everywhere; then at most a weight."""
    doubled = all(arc.rest[:1] == (arc.label,) for arc in arcs)
    for arc in arcs:
        weights = arc.rest[1:] if doubled else arc.rest
        if len(weights) > 1:
            raise InputError(
                f"got the output label {shown(arc.rest[0])} for {shown(arc.label)}, expected "
                "an acceptor (one label per transition)",
                f"line {arc.line}",
            )
        for weight in weights:
            _check_weight(weight, arc.line)


def _letters(arcs: list[_Arc], alphabet: tuple[str, ...] | None) -> tuple[str, ...]:
    labels = {arc.label: arc.line for arc in reversed(arcs)}
    if alphabet is None:
        if "0" in labels:
            raise InputError(
                "label 0 is epsilon or a letter: expected --alphabet with the letters, or "
                "<eps> for epsilon",
                f"line {labels['0']}",
            )
        letters = sorted(set(labels) - EPSILON)
        if not letters:
            raise InputError("no label is a letter: expected --alphabet")
        return checked_alphabet(letters)
    known = set(checked_alphabet(alphabet))
    for label, line in sorted(labels.items(), key=lambda item: item[1]):
        if label not in known and label not in EPSILON and label != "0":
            raise InputError(
                f"label {shown(label)} is not in the alphabet: expected one of "
                f"{' '.join(alphabet)}",
                f"line {line}",
            )
    return alphabet


def to_att(dfa: DFA) -> str:
    """The DFA as AT&T text, one label per transition, unweighted; the start comes first.

    `InputError` if a letter has white space in it or reads as epsilon. Accepting states
    stand at the end; a start without transitions cannot occur in a complete DFA.
    """
    for letter in dfa.alphabet:
        if letter in EPSILON or len(letter.split()) != 1 or letter.split()[0] != letter:
            raise InputError(f"letter {letter!r} cannot be written as an AT&T label")
    order = [dfa.start, *(q for q in range(dfa.states) if q != dfa.start)]
    lines = [
        f"{q}\t{r}\t{letter}"
        for q in order
        for letter, r in zip(dfa.alphabet, dfa.table[q], strict=True)
    ]
    lines += [str(q) for q in np.flatnonzero(dfa.accept)]
    return "\n".join(lines) + "\n"
