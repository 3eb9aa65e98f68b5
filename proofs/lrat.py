"""LRAT proofs that clauses cannot all be true (Cruz-Filipe, Heule, Hunt, Kaufmann, Schneider-Kamp
2017).

A proof is ASCII text, one step a line, numbers separated by single spaces:

    17 3 -4 0 5 9 2 0       step 17 adds the clause {3, -4}, because of the clauses 5, 9 and 2
    17 d 5 9 0              the clauses 5 and 9 are not needed any more

The given clauses have the numbers 1, 2, 3 ...; the number of an added clause is greater than all
numbers before. A clause is added if reverse unit propagation shows it: suppose that its literals
are false; in each clause named, in this order, all literals are false but one, which is therefore
true; and in the last clause named all literals are false. The proof is complete with the empty
clause, and ends there.

LRAT has a second kind of step, resolution asymmetric tautologies (RAT), with negative numbers among
the reasons. Such clauses do not follow, they are only harmless; they are refused, by name, and
so are literals of variables that the given clauses do not have.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final, NoReturn

from proofs.checkers.rejection import reject

MAX_BYTES: Final = 64_000_000
MAX_WORK: Final = 5_000_000_000
"""Reasons times the length of the longest clause so far, over all steps: so many literals are
looked at in the worst case. An honest proof of MAX_BYTES needs a part of it."""

MAX_NUMBER: Final = 10**12

_TEXT = re.compile(r"[-0-9 d\n]*")
_NOT_CANONICAL = ("-0", *(f" 0{digit}" for digit in range(10)))


@dataclass(frozen=True)
class Refutation:
    """What was checked: how many clauses were added, how many times a clause was a reason."""

    steps: int
    reasons: int


def check_refutation(clauses: Iterable[Iterable[int]], variables: int, proof: str, path: str, *,
                     max_bytes: int = MAX_BYTES, max_work: int = MAX_WORK) -> Refutation:
    """The proof shows that no assignment makes all clauses true.

    Clauses hold non-zero literals from -variables to variables; the caller vouches for that.

    Raises:
        Rejected: it does not; the path ends with the line and the number of the step.
    """
    return _Check(clauses, variables, path, max_work).run(proof, max_bytes)


class _Check:
    def __init__(self, clauses: Iterable[Iterable[int]], variables: int, path: str,
                 max_work: int) -> None:
        self.clauses = dict(enumerate((tuple(dict.fromkeys(c)) for c in clauses), start=1))
        self.variables = variables
        self.path = path
        self.work = max_work
        self.longest = max(map(len, self.clauses.values()), default=0)
        self.line = 0
        self.step = 0
        self.reasons = 0

    def run(self, proof: str, max_bytes: int) -> Refutation:
        self._check_text(proof, max_bytes)
        last = len(self.clauses)
        steps = 0
        ended = False
        for self.line, text in enumerate(proof.splitlines(), start=1):
            if ended:
                self._reject("after-empty-clause", text, "no step after the empty clause")
            parts = text.split(" ")
            deletion = parts[1:2] == ["d"]
            if deletion:
                del parts[1]
            try:
                numbers = list(map(int, parts))
            except ValueError:
                numbers = [self._number(part) for part in parts]
            if deletion:
                self._delete(numbers)
                continue
            self.step = numbers[0]
            if not last < self.step < MAX_NUMBER:
                self._reject("number-not-new", self.step,
                             f"the number of a step, over {last} and below {MAX_NUMBER}")
            last = self.step
            clause, reasons = self._parse(numbers)
            self._derive(clause, reasons)
            self.clauses[last] = tuple(clause)
            steps += 1
            ended = not clause
        if not ended:
            self._reject("no-empty-clause", "the end of the proof", "a step that adds the empty "
                         "clause")
        return Refutation(steps, self.reasons)

    def _check_text(self, proof: str, max_bytes: int) -> None:
        """Everything about single characters, before any number is read."""
        if len(proof) > max_bytes:
            self._reject("proof-too-long", len(proof), f"at most {max_bytes} characters")
        good = _TEXT.match(proof)
        end = good.end() if good is not None else 0
        if end < len(proof):
            self._reject_at(proof, end, proof[end])
        for odd in _NOT_CANONICAL:
            if odd in proof:
                self._reject_at(proof, proof.index(odd), odd)

    def _reject_at(self, proof: str, at: int, got: str) -> NoReturn:
        self.line = proof.count("\n", 0, at) + 1
        self._reject("not-a-number", got, 'numbers in digits, without leading zeros, "-", "d", '
                     "single spaces and new lines")

    def _parse(self, numbers: list[int]) -> tuple[list[int], list[int]]:
        """The literals of the clause that a step adds, and the reasons."""
        try:
            middle = numbers.index(0, 1)
        except ValueError:
            self._reject("truncated", numbers[-1], "a clause, closed by 0, and its reasons")
        if numbers[-1] != 0 or middle == len(numbers) - 1:
            self._reject("truncated", numbers[-1], "reasons, closed by 0")
        literals = numbers[1:middle]
        if literals and max(*literals, -min(literals)) > self.variables:
            self._reject("literal-out-of-range", max(literals, key=abs),
                         f"literals of the variables 1 to {self.variables}")
        return literals, numbers[middle + 1:-1]

    def _derive(self, clause: list[int], reasons: list[int]) -> None:
        """The reasons, in this order, lead from the falsity of the clause to a conflict."""
        false = set(clause)
        known = self.clauses
        self.reasons += len(reasons)
        self.longest = max(self.longest, len(clause))
        self.work -= len(reasons) * self.longest
        if self.work < 0:
            self._reject("too-much-work", reasons, "fewer or shorter reasons")
        for place, name in enumerate(reasons, start=1):
            reason = known.get(name)
            if reason is None:
                self._refuse_reason(name)
            rest = [literal for literal in reason if literal not in false]
            if not rest:
                if place < len(reasons):
                    self._reject("reason-after-conflict", reasons[place], "no further reason: "
                                 f"clause {name} is false already")
                return
            if len(rest) > 1:
                self._reject("reason-not-unit", name, "a clause with one literal that is not "
                             f"false; this one has {len(rest)}")
            literal = rest[0]
            if -literal in false:
                self._reject("reason-satisfied", name, "a clause with no true literal")
            false.add(-literal)
        self._reject("no-conflict", reasons[-1:], "a last reason that is false")

    def _refuse_reason(self, name: int) -> NoReturn:
        if name < 0:
            self._reject("rat-step", name, "reasons of reverse unit propagation (RUP); negative "
                         "numbers belong to RAT steps, which are not accepted")
        if name == 0:
            self._reject("two-clauses", name, "the end of the line after the second 0")
        self._reject("unknown-clause", name, "the number of a clause that was not deleted")

    def _delete(self, numbers: list[int]) -> None:
        """Forget clauses. The step's own number is a remark of the producer, and not used."""
        if numbers[-1] != 0 or len(numbers) == 1:
            self._reject("truncated", numbers[-1], "clauses to delete, closed by 0")
        for name in numbers[1:-1]:
            if self.clauses.pop(name, None) is None:
                self._refuse_reason(name)

    def _number(self, part: str) -> int:
        if not part.removeprefix("-").isdigit() or len(part) > len(str(MAX_NUMBER)):
            self._reject("not-a-number", part, f"an integer of at most {MAX_NUMBER}")
        return int(part)

    def _reject(self, code: str, got: object, expected: str) -> NoReturn:
        reject(code, got, f"{self.path}, line {self.line}, step {self.step}", expected)
