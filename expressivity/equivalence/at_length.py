"""Is a model equal to a regular language on the words of one length? See `proofs.bounds`."""

from __future__ import annotations

from collections.abc import Callable

from expressivity.equivalence.outcome import Clock, Outcome, TimeUp, Undecided, settled
from expressivity.models.model import Model
from languages.dfa import DFA
from languages.formats import dfa_to_mapping
from proofs.bounds import equal_at_length as checker
from proofs.checkers.automaton import parse_automaton
from proofs.checkers.rejection import Rejected
from proofs.cnf import Cnf
from proofs.models.architecture import plain_model
from proofs.models.numbers import NotANumber
from proofs.models.reference import run

Progress = Callable[[str, int], None]
MAX_LENGTH = checker.MAX_LENGTH


def equal_at_length(model: Model, language: DFA, length: int, clock: Clock | None = None,
                    progress: Progress | None = None) -> Outcome:
    """Compare a model with an automaton over the same letters on all words of a length.

    A difference is a word, in letters, on which the reference evaluator and the automaton were
    asked again; the model may also compute no value on it. Never raises because of the solver.

    Raises:
        RuntimeError: solver, clauses and evaluator do not fit together (a defect).
    """
    clock = Clock() if clock is None else clock
    if length > MAX_LENGTH:
        return Undecided(f"length: certificates reach {MAX_LENGTH}")
    claim = {"model": plain_model(model.definition), "language": dfa_to_mapping(language),
             "length": length}
    if progress is not None:
        progress(f"length {length}: clauses", 0)
    try:
        cnf = checker.encode(model.definition, parse_automaton(claim["language"], "language"),
                             length, clock.tick)
    except TimeUp:
        return clock.over()
    except Rejected as error:
        return Undecided(f"{error.code.replace('-', ' ')}: {error.message}")
    if progress is not None:
        progress(f"length {length}: solving, clauses", len(cnf.clauses))

    def decode(true: frozenset[int]) -> tuple[str, ...]:
        word = _word(cnf, true, len(model.alphabet), length)
        spelled = tuple(model.alphabet[a] for a in word)
        try:
            accepted: bool | None = run(model.definition, word).accepted
        except NotANumber:
            accepted = None
        if accepted == language.accepts(spelled):
            raise RuntimeError(f"a difference that is none, on {spelled}")
        return spelled

    return settled(cnf, clock, decode, checker.KIND, claim, checker.check)


def _word(cnf: Cnf, true: frozenset[int], letters: int, length: int) -> list[int]:
    if letters == 1:
        return [0] * length
    return [next(a for a in range(letters) if cnf.names["letter", i, a] in true)
            for i in range(length)]
