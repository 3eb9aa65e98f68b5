"""What the tokens of a Turing machine's trace must be: the machine is run again.

    MACHINE: {"letters": [name ...], "work": [name ...], "blank": name, "tapes": k,
              "states": [name ...], "start": name, "accept": name, "reject": name,
              "rules": [[state, [symbol read on each tape], state, [symbol written on each work
                         tape], [move of each head]] ...]}
    ACTIONS: {token: [state, [symbol written ...], [move ...]] ...}

Tape 0 is the input tape: the word stands on cells 0..n-1 and is never written. All tapes are
infinite both ways, blank elsewhere, and all heads start on cell 0. A step writes on each work tape,
then moves heads: "L" by -1, "S" not, "R" by 1. The machine stops in "accept" and in "reject", which
no rule leaves; where no rule fits it stops, too, and rejects. There is one rule a case at the most.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any, Final, TypeAlias

from proofs.checkers.rejection import integer, items, mapping, record, reject, string

MOVES: Final = {"L": -1, "S": 0, "R": 1}
MAX_TAPES: Final = 8
_FIELDS: Final = ("letters", "work", "blank", "tapes", "states", "start", "accept", "reject",
                  "rules")

Names: TypeAlias = tuple[str, ...]
Action: TypeAlias = tuple[str, Names, Names]
"""The next state, what is written, and the moves."""


@dataclass(frozen=True)
class Machine:
    """A machine; `rules` maps a state and what is read to an action."""

    letters: frozenset[str]
    blank: str
    tapes: int
    start: str
    accept: str
    rules: dict[tuple[str, Names], Action]


def parse_machine(data: object, path: str) -> Machine:
    """The machine that `data` describes; raises Rejected."""
    fields = record(data, path, _FIELDS)
    tapes = integer(fields["tapes"], f"{path}.tapes", 1, MAX_TAPES + 1)
    letters, work, states = (_distinct(fields[key], f"{path}.{key}")
                             for key in ("letters", "work", "states"))
    blank = string(fields["blank"], f"{path}.blank")
    if blank in letters or blank in work:
        reject("repeated-element", blank, f"{path}.blank", "a symbol of its own")
    start, accept, refuse = (_member(fields[key], f"{path}.{key}", states)
                             for key in ("start", "accept", "reject"))
    if accept == refuse:
        reject("repeated-element", refuse, f"{path}.reject", 'another state than "accept"')
    known, symbols = frozenset(states), frozenset((blank, *work))
    readable = frozenset((blank, *letters))
    rules: dict[tuple[str, Names], Action] = {}
    for r, rule in enumerate(items(fields["rules"], f"{path}.rules")):
        where = f"{path}.rules[{r}]"
        state, read, *action = items(rule, where, 5)
        case = (_member(state, f"{where}[0]", known),
                tuple(_member(x, f"{where}[1][{t}]", symbols if t else readable)
                      for t, x in enumerate(items(read, f"{where}[1]", 1 + tapes))))
        if case[0] in (accept, refuse):
            reject("goes-on", case[0], f"{where}[0]", "a state in which the machine does not stop")
        if case in rules:
            reject("repeated-element", state, where, "one rule a case")
        rules[case] = _action(action, where, 2, tapes, known, symbols)
    return Machine(frozenset(letters), blank, tapes, start, accept, rules)


def machine_steps(data: dict[str, object], word: Sequence[str],
                  most: int) -> tuple[list[tuple[str, set[str]]], bool]:
    """What each token but the last must be, in words and as tokens, and the answer.

    Raises Rejected also where the machine does not stop within `most` steps.
    """
    fields = record(data, "follows", ("kind", "machine", "actions"))
    machine = parse_machine(fields["machine"], "follows.machine")
    known = {*(a[0] for a in machine.rules.values())}
    symbols = {machine.blank, *(x for a in machine.rules.values() for x in a[1])}
    tokens: dict[Action, set[str]] = {}
    for token, listed in mapping(fields["actions"], "follows.actions").items():
        where = f"follows.actions[{token!r}]"
        action = _action(items(listed, where, 3), where, 0, machine.tapes, known, symbols)
        tokens.setdefault(action, set()).add(token)
    for i, a in enumerate(word):
        if a not in machine.letters:
            reject("unknown-letter", a, f"word[{i}]", "a letter of the machine")
    cells: list[dict[int, str]] = [dict(enumerate(word)), *({} for _ in range(machine.tapes))]
    heads = [0] * (1 + machine.tapes)
    state = machine.start
    # One text for each action: names may be long, and steps many.
    said: dict[Action, str] = {}
    steps: list[tuple[str, set[str]]] = []
    while True:
        read = tuple(tape.get(head, machine.blank)
                     for tape, head in zip(cells, heads, strict=True))
        if (state, read) not in machine.rules:
            return steps, state == machine.accept
        if len(steps) == most:
            reject("does-not-stop", most, "tokens", f"a machine that stops within {most} steps")
        action = machine.rules[state, read]
        state, written, moves = action
        for tape, head, symbol in zip(cells[1:], heads[1:], written, strict=True):
            tape[head] = symbol
        heads = [head + MOVES[move] for head, move in zip(heads, moves, strict=True)]
        if action not in said:
            said[action] = (f"state {state}, writes {' '.join(written)}, moves "
                            f"{' '.join(moves)}")
        steps.append((said[action], tokens.get(action, set())))


def describe_machine(follows: dict[str, Any]) -> tuple[list[str], list[str]]:
    """A checked machine in words: its head, and a line for each rule and each token."""
    machine = follows["machine"]
    head = [f"letters {' '.join(map(json.dumps, machine['letters']))}; {machine['tapes']} work "
            f"tapes; blank {json.dumps(machine['blank'])}; start {json.dumps(machine['start'])}, "
            f"accept {json.dumps(machine['accept'])}, reject {json.dumps(machine['reject'])}",
            "  rules (state, read, next state, written, moves), then what tokens stand for:"]
    return head, [*(f"  {json.dumps(rule)}" for rule in machine["rules"]),
                  *(f"  {json.dumps(token)} = {json.dumps(action)}"
                    for token, action in follows["actions"].items())]


def _action(parts: Sequence[object], path: str, first: int, tapes: int, states: Collection[str],
            symbols: Collection[str]) -> Action:
    """State, symbols and moves, which are the entries from `first` on of the list at `path`."""
    state, written, moves = parts
    return (_member(state, f"{path}[{first}]", states),
            tuple(_member(x, f"{path}[{first + 1}][{t}]", symbols)
                  for t, x in enumerate(items(written, f"{path}[{first + 1}]", tapes))),
            tuple(_member(x, f"{path}[{first + 2}][{t}]", MOVES)
                  for t, x in enumerate(items(moves, f"{path}[{first + 2}]", 1 + tapes))))


def _member(value: object, path: str, known: Collection[str]) -> str:
    name = string(value, path)
    if name not in known:
        reject("unknown-name", name, path, "a name that the machine has")
    return name


def _distinct(data: object, path: str) -> Names:
    found = tuple(string(x, f"{path}[{k}]") for k, x in enumerate(items(data, path)))
    if len(set(found)) != len(found):
        reject("repeated-element", found, path, "distinct names")
    return found
