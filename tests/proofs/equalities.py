"""Truth about models and automata at one length, by trying all words."""

from __future__ import annotations

import itertools
import random
from collections.abc import Collection
from typing import Any

from pysat.solvers import Solver

from expressivity.solvers.elaborate import elaborate
from proofs.bounds import equal_at_length
from proofs.bounds.bound import FORMAT, VERSION
from proofs.checkers.automaton import Automaton, parse_automaton
from proofs.cnf import Cnf
from proofs.models.architecture import Model, parse_model
from proofs.models.numbers import NotANumber
from proofs.models.reference import run
from tests.solvers.instances import drat

Word = tuple[int, ...]


def answers(model: Model, length: int) -> dict[Word, bool | None]:
    """Each word of the length: is it accepted? None where something has no value."""
    found: dict[Word, bool | None] = {}
    for word in itertools.product(range(len(model.alphabet)), repeat=length):
        try:
            found[word] = run(model, word).accepted
        except NotANumber:
            found[word] = None
    return found


def tree(alphabet: tuple[str, ...], length: int, words: Collection[Word]) -> dict[str, Any]:
    """The automaton of these words of the length: a tree and a sink."""
    known = [w for k in range(length + 1)
             for w in itertools.product(range(len(alphabet)), repeat=k)]
    number = {word: q for q, word in enumerate(known)}
    sink = len(known)
    delta = [[number.get((*word, a), sink) for a in range(len(alphabet))] for word in known]
    return {"alphabet": list(alphabet), "states": sink + 1, "start": 0,
            "accept": sorted(number[word] for word in words),
            "delta": [*delta, [sink] * len(alphabet)]}


def difference(cnf: Cnf, letters: int, length: int) -> Word | None:
    """The word of an assignment that makes the clauses true, None if there is none."""
    with Solver("cadical195", bootstrap_with=cnf.clauses) as engine:
        if not engine.solve():
            return None
        true = {x for x in engine.get_model() if x > 0}
    return tuple(next(a for a in range(letters) if cnf.names["letter", i, a] in true)
                 for i in range(length)) if letters > 1 else (0,) * length


def certificate(model: dict[str, Any], language: dict[str, Any], length: int) -> dict[str, Any]:
    """A certificate for a claim that is true."""
    cnf = equal_at_length.encode(parse_model(model), parse_automaton(language, "language"), length)
    steps = drat(cnf.clauses)
    assert steps is not None
    return {"format": FORMAT, "version": VERSION, "kind": equal_at_length.KIND,
            "claim": {"model": model, "language": language, "length": length},
            "data": {"proof": elaborate(cnf.clauses, steps)}}


def is_equal(model: Model, automaton: Automaton, length: int) -> bool:
    """The claim of a certificate, word by word."""
    for word, accepted in answers(model, length).items():
        letters = [automaton.alphabet.index(model.alphabet[a]) for a in word]
        if accepted != (automaton.run(automaton.start, [(1, letters)]) in automaton.accept):
            return False
    return True


def changed_weight(rng: random.Random, plain: dict[str, Any]) -> None:
    """Change one number of the embedding, a matrix or the output, in place."""
    places: list[tuple[list[Any], int]] = []

    def walk(value: Any) -> None:
        for key, inner in value.items() if isinstance(value, dict) else enumerate(value):
            if isinstance(inner, dict | list):
                walk(inner)
            elif isinstance(value, list):
                places.append((value, key))

    for name in ("embedding", "layers"):
        walk(plain[name])
    walk(plain["output"])
    numbers = [(row, k) for row, k in places if not isinstance(row[k], str) or "x" not in row[k]]
    row, k = rng.choice(numbers)
    row[k] = 0 if row[k] not in (0, "0") else 1
