"""Certificates of kind "equal-at-length": on the words of one length, a model is an automaton.

    {"format": "expressivity certificate", "version": 1, "kind": "equal-at-length",
     "claim": {"model": MODEL, "language": AUTOMATON, "length": n},
     "data": {"proof": TEXT}}

The claim: on every word of n letters, the model (see `proofs.models.architecture`) computes no NaN
and accepts iff the complete automaton does. Letters are matched by name. Nothing is said about
other lengths.

The proof, in the format of `proofs.lrat`, shows that the clauses of `encode` cannot all be true.
They are made here, from the claim.

Soundness. Take a word of n letters on which the claim fails. Make true the variables of the values
that the quantities of `unrolled` and the states of the automaton have on this word. Then the
clauses that define quantities hold (see `choices`), and so do the last ones: if the model computes
a value, it accepts and the automaton does not, or the other way round; if not, a quantity without
a value was met, and the variable "undefined" may be true. So where not all clauses can be true,
there is no such word. QED
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from proofs.bounds.bound import CheckedBound, outer
from proofs.bounds.choices import Choices, Table
from proofs.bounds.unrolled import unroll
from proofs.checkers.automaton import Automaton, parse_automaton
from proofs.checkers.claim import describe_automaton
from proofs.checkers.rejection import integer, record, reject, string
from proofs.cnf import Cnf
from proofs.lrat import check_refutation
from proofs.models.architecture import Model, parse_model
from proofs.witnesses.model_language import model_digest
from proofs.witnesses.wording import describe_model

KIND: Final = "equal-at-length"
MAX_LENGTH: Final = 512


@dataclass(frozen=True)
class CheckedEquality(CheckedBound):
    """What was proved: `model` is equal to `automaton` on the words of `length` letters."""

    kind = KIND
    model: Model
    automaton: Automaton
    length: int
    steps: int

    def describe(self) -> list[str]:
        """The claim, in words."""
        return [f"Claim: this model recognises the words of length {self.length} of the language "
                "of this automaton;",
                "  nothing is said about other lengths.",
                f"  a proof of {self.steps} steps",
                *(f"  {line}" for line in describe_model(self.model)), "  the automaton:",
                *(f"  {line}" for line in describe_automaton(self.automaton))]

    def plain(self) -> dict[str, Any]:
        """The claim as JSON."""
        return {"model_sha256": model_digest(self.model), "length": self.length,
                "language": {"alphabet": list(self.automaton.alphabet),
                             "states": self.automaton.states, "start": self.automaton.start,
                             "accept": sorted(self.automaton.accept),
                             "delta": [list(row) for row in self.automaton.delta]},
                "steps": self.steps, "kind": self.kind}


def check(value: object) -> CheckedEquality:
    """What a certificate of this kind proves; `value` is parsed JSON.

    Raises:
        Rejected: it does not prove its claim; says where.
    """
    claimed, found = outer(value, KIND)
    claim = record(claimed, "claim", ("model", "language", "length"))
    length = integer(claim["length"], "claim.length", 0, MAX_LENGTH + 1)
    model = parse_model(claim["model"])
    automaton = parse_automaton(claim["language"], "claim.language")
    proof = string(record(found, "data", ("proof",))["proof"], "data.proof")
    cnf = encode(model, automaton, length)
    checked = check_refutation(cnf.clauses, cnf.variables, proof, "data.proof")
    return CheckedEquality(model, automaton, length, checked.steps)


def encode(model: Model, automaton: Automaton, length: int,
           tick: Callable[[], None] | None = None) -> Cnf:
    """Clauses that can all be true iff model and automaton differ on some word of the length.

    The variable ("letter", i, a) says that letter i, from 0, is the model's letter a (where there
    are at least two letters).

    Raises:
        Rejected: the alphabets differ, the model answers no word of this length or is not
            covered, or there are too many values or clauses.
    """
    if set(automaton.alphabet) != set(model.alphabet):
        reject("another-alphabet", automaton.alphabet, "claim.language.alphabet",
               "the letters of the model")
    table = Table(tick)
    letters: list[Choices[int]] = [table.free(range(len(model.alphabet)), "letter", i)
                                   for i in range(length)]
    found = unroll(table, model, letters)
    column = [automaton.alphabet.index(letter) for letter in model.alphabet]
    states: Choices[int] = {automaton.start: table.true}
    for choices in letters:
        states = table.joined(((x, y), automaton.delta[q][column[a]])
                              for q, x in states.items() for a, y in choices.items())
    member = table.mapped(states, automaton.accept.__contains__)
    undefined = table.cnf.variable("undefined")
    table.add(-undefined, *found.undefined)
    for value in (False, True):
        if value in found.accepted and value in member:
            table.add(undefined, -found.accepted[value], -member[value])
    return table.cnf
