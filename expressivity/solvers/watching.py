"""Unit propagation with two watched literals (Moskewicz et al. 2001), and reasons for conflicts.

What follows from the unit clauses alone is kept from one question to the next; it is computed
anew only when a clause that it rests on is taken away.
"""

from __future__ import annotations

from collections.abc import Sequence

Clause = list[int]
"""A clause: its number, or 0 when it was taken away, then its literals, the watched ones first.

Watched are the first two, unless they are false for good.
"""


class Watching:
    """Clauses over the variables 1..variables, of which some may be attached and detached.

    Lists are indexed by literals; a negative index counts from the end, so -x has a place of its
    own.
    """

    def __init__(self, variables: int) -> None:
        self._value = [0] * (2 * variables + 1)  # 1 true, -1 false
        self._reason: list[Clause | None] = [None] * (2 * variables + 1)
        self._watches: list[list[Clause]] = [[] for _ in range(2 * variables + 1)]
        self._trail: list[int] = []
        self._short: dict[int, Clause] = {}  # of at most one literal
        self._conflict: Clause | None = None
        self._stale = False

    def attach(self, number: int, literals: Sequence[int]) -> Clause:
        """Add a clause under a number that is not 0; literals are distinct."""
        value = self._value
        clause = [number, *sorted(literals, key=lambda x: -value[x])]
        if len(clause) > 2:
            self._watches[clause[1]].append(clause)
            self._watches[clause[2]].append(clause)
        else:
            self._short[number] = clause
        if self._conflict is not None or self._stale:
            return clause  # while there is a conflict, nothing else needs to follow
        if len(clause) == 1 or value[clause[1]] < 0:
            self._stale = True
        elif value[clause[1]] == 0 and (len(clause) == 2 or value[clause[2]] < 0):
            self._assign(clause[1], clause)
            self._conflict = self._propagate(len(self._trail) - 1)
        return clause

    def detach(self, clause: Clause) -> None:
        """Take a clause away."""
        self._short.pop(clause[0], None)
        if clause is self._conflict or (len(clause) > 1 and self._reason[clause[1]] is clause):
            self._stale = True
        clause[0] = 0

    def explain(self, lemma: Sequence[int]) -> list[int] | None:
        """The numbers of clauses that lead, in this order, from the falsity of `lemma` to a
        conflict by unit propagation; None if there is no conflict."""
        if self._stale:
            self._restart()
        base = len(self._trail)
        conflict = self._conflict
        for literal in lemma:
            if conflict is None:
                if self._value[literal] > 0:
                    conflict = self._reason[literal]
                elif self._value[literal] == 0:
                    self._assign(-literal, None)
        if conflict is None:
            conflict = self._propagate(base)
        found = None if conflict is None else self._reasons(conflict, lemma)
        self._undo(base)
        return found

    def _restart(self) -> None:
        """Propagate the unit clauses from nothing."""
        self._undo(0)
        self._stale = False
        self._conflict = None
        for clause in self._short.values():
            if len(clause) == 1 or self._value[clause[1]] < 0:
                self._conflict = clause
            elif self._value[clause[1]] == 0:
                self._assign(clause[1], clause)
                self._conflict = self._propagate(len(self._trail) - 1)
            if self._conflict is not None:
                return

    def _assign(self, literal: int, reason: Clause | None) -> None:
        self._value[literal] = 1
        self._value[-literal] = -1
        self._reason[literal] = reason
        self._trail.append(literal)

    def _undo(self, base: int) -> None:
        for literal in self._trail[base:]:
            self._value[literal] = self._value[-literal] = 0
            self._reason[literal] = None
        del self._trail[base:]

    def _propagate(self, head: int) -> Clause | None:
        """Assign what follows from the trail from `head` on; a clause that is false, if one is.

        The inner loop of everything: written out, without calls.
        """
        value, watches, trail, reason = self._value, self._watches, self._trail, self._reason
        while head < len(trail):
            false = -trail[head]
            head += 1
            kept: list[Clause] = []
            watching = watches[false]
            for place, clause in enumerate(watching):
                if not clause[0]:
                    continue  # taken away; its watch goes now
                other = clause[1]
                if other == false:
                    other = clause[1] = clause[2]
                    clause[2] = false
                if value[other] > 0:
                    kept.append(clause)
                    continue
                for k in range(3, len(clause)):
                    literal = clause[k]
                    if value[literal] >= 0:
                        clause[2] = literal
                        clause[k] = false
                        watches[literal].append(clause)
                        break
                else:
                    kept.append(clause)
                    if value[other] < 0:
                        kept += watching[place + 1:]
                        watches[false] = kept
                        return clause
                    value[other] = 1
                    value[-other] = -1
                    reason[other] = clause
                    trail.append(other)
            watches[false] = kept
        return None

    def _reasons(self, conflict: Clause, lemma: Sequence[int]) -> list[int]:
        """What a conflict rests on besides the falsity of the lemma, first reasons first."""
        false = set(lemma)
        found = [conflict[0]]
        wanted = {-literal for literal in conflict[1:]} - {-literal for literal in false}
        for literal in reversed(self._trail):
            reason = self._reason[literal]
            if reason is None or literal not in wanted:
                continue
            if literal in false:  # supposed to be false: its reason is a conflict already
                found.clear()
                wanted.clear()
            found.append(reason[0])
            wanted.update(-other for other in reason[1:] if other not in false)
        found.reverse()
        return found
