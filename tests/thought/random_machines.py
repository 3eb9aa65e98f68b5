"""Random Turing machines for tests, and an interpreter that shares no code with the package's."""

from __future__ import annotations

import random
from collections.abc import Sequence
from itertools import product

from languages.machines.machine import Action, Machine


def random_machine(rng: random.Random) -> Machine:
    """One or two work tapes, two to four states that go on; some cases without a transition."""
    letters = ("a", "b")[:rng.randint(1, 2)]
    work = ("x", "y")[:rng.randint(0, 2)]
    tapes = rng.randint(1, 2)
    going = tuple(f"q{k}" for k in range(rng.randint(2, 4)))
    # Moves to the right on the input make machines stop more often.
    moves = rng.choice(["LSR", "LRR", "LSRRR"])
    rules = {}
    for state in going:
        for read in product(("_", *letters), *([("_", *work)] * tapes)):
            if rng.random() < 0.93:
                following = rng.choice(going) if rng.random() < 0.85 else rng.choice(("yes", "no"))
                rules[state, read] = Action(
                    following, tuple(rng.choice(("_", *work)) for _ in range(tapes)),
                    (rng.choice(moves), *(rng.choice("LSR") for _ in range(tapes))))
    if not rules:
        return random_machine(rng)
    return Machine(letters, work, "_", tapes, (*going, "yes", "no"), going[0], "yes", "no", rules)


def by_hand(machine: Machine, word: Sequence[str],
            most: int) -> tuple[list[Action], bool | None]:
    """The actions and the answer, None if the machine goes on after `most` steps.

    Tapes are lists long enough for heads that start in the middle.
    """
    middle = most + len(word) + 1
    tapes = [["_"] * (2 * middle + 1) for _ in range(machine.tapes + 1)]
    tapes[0][middle:middle + len(word)] = word
    heads = [middle] * len(tapes)
    state = machine.start
    done: list[Action] = []
    while state not in (machine.accept, machine.reject):
        read = tuple(tape[head] for tape, head in zip(tapes, heads, strict=True))
        if (state, read) not in machine.rules:
            return done, False
        if len(done) == most:
            return done, None
        action = machine.rules[state, read]
        done.append(action)
        for t in range(machine.tapes):
            tapes[t + 1][heads[t + 1]] = action.written[t]
        for t, move in enumerate(action.moves):
            if move != "S":
                heads[t] += 1 if move == "R" else -1
        state = action.state
    return done, state == machine.accept
