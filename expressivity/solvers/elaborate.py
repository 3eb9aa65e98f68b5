"""From DRAT proofs, as solvers write them, to LRAT proofs, which are checked without a search.

The proof is walked backwards from the empty clause (Goldberg, Novikov 2003; Heule, Hunt, Wetzler
2013): a lemma is looked at only if a later one needed it, and then unit propagation with two
watched literals finds the clauses that it needs itself. Only lemmas with reverse unit propagation
(RUP) are understood; solvers without preprocessing by extension write no others.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from expressivity.solvers.watching import Clause, Watching


class NotElaborated(Exception):
    """The proof has a step without RUP; one line says which."""


def elaborate(clauses: Sequence[Sequence[int]], drat: Iterable[str]) -> str:
    """The LRAT proof, for the clauses numbered 1, 2, 3 ... `drat` has the lines of the proof.

    Raises:
        NotElaborated: it is not a RUP proof of these clauses.
    """
    lines = list(drat)
    try:
        return _Elaboration(clauses, lines, deletions=True).run()
    except NotElaborated:
        # Some solvers delete clauses that still hold units in place, and readers of their proofs
        # are expected not to. Without any deletion everything that was implied still is.
        return _Elaboration(clauses, lines, deletions=False).run()


class _Elaboration:
    """Clause n of `literals` is the n-th, from 1; the given ones come first, then the lemmas."""

    def __init__(self, clauses: Sequence[Sequence[int]], drat: Iterable[str], *,
                 deletions: bool) -> None:
        self.given = len(clauses)
        self.literals: list[tuple[int, ...]] = [()]
        self.copies: dict[tuple[int, ...], list[int]] = {}
        self.events: list[int] = []
        """Lemma n is added: n. Clause n is deleted: -n. Up to the empty clause."""
        self.reasons: dict[int, list[int]] = {}
        for clause in clauses:
            self._clause(clause)
        self._read(drat, deletions)

    def _clause(self, literals: Sequence[int]) -> int:
        kept = tuple(sorted(set(literals)))
        self.literals.append(kept)
        self.copies.setdefault(kept, []).append(len(self.literals) - 1)
        return len(self.literals) - 1

    def _read(self, drat: Iterable[str], deletions: bool) -> None:
        for line in drat:
            deleted = line.startswith("d")
            numbers = list(map(int, line[1:].split() if deleted else line.split()))
            if not numbers or numbers.pop() != 0:
                raise NotElaborated(f"a step without an end: {line[:60]!r}")
            if not deleted:
                self.events.append(self._clause(numbers))
                if not numbers:
                    return
            elif deletions and (copies := self.copies.get(tuple(sorted(set(numbers))))):
                self.events.append(-copies.pop())
        self.events.append(self._clause(()))  # a solver may leave the last step to the reader

    def run(self) -> str:
        """Backwards through the events, then the lemmas that were needed, forwards."""
        deleted = {-event for event in self.events if event < 0}
        state = Watching(max((abs(x) for clause in self.literals for x in clause), default=0))
        objects: dict[int, Clause] = {}
        for number in range(1, len(self.literals) - 1):
            if number not in deleted:
                objects[number] = state.attach(number, self.literals[number])
        needed = {len(self.literals) - 1}
        for event in reversed(self.events):
            if event < 0:
                objects[-event] = state.attach(-event, self.literals[-event])
                continue
            if event in objects:
                state.detach(objects.pop(event))
            if event in needed:
                found = state.explain(self.literals[event])
                if found is None:
                    raise NotElaborated(f"lemma {event - self.given} of the proof has no RUP; "
                                        "RAT steps are not understood")
                self.reasons[event] = found
                needed.update(found)
        return self._text(sorted(self.reasons))

    def _text(self, lemmas: list[int]) -> str:
        """The proof; each clause is deleted after its last use."""
        last_use = {reason: lemma for lemma in lemmas for reason in self.reasons[lemma]}
        unused: dict[int, list[int]] = {}
        for clause, lemma in last_use.items():
            unused.setdefault(lemma, []).append(clause)
        number = {n: n for n in range(1, self.given + 1)}
        number |= {lemma: self.given + k for k, lemma in enumerate(lemmas, start=1)}
        lines = []
        for lemma in lemmas:
            name = number[lemma]
            reasons = [number[reason] for reason in self.reasons[lemma]]
            lines.append(" ".join(map(str, [name, *self.literals[lemma], 0, *reasons, 0])))
            if lemma in unused and lemma != lemmas[-1]:
                gone = " ".join(str(number[clause]) for clause in unused[lemma])
                lines.append(f"{name} d {gone} 0")
        return "\n".join(lines) + "\n"
