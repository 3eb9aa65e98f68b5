"""A checker of proofs by definition, slow, that looks at no reasons: an oracle for the fast one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence


def has_rup(clauses: Iterable[Sequence[int]], lemma: Sequence[int]) -> bool:
    """Does unit propagation from the falsity of the lemma reach a conflict?"""
    known = [set(clause) for clause in clauses]
    false = set(lemma)
    if any(-x in false for x in false):
        return True
    changed = True
    while changed:
        changed = False
        for clause in known:
            rest = clause - false
            if not rest:
                return True
            if len(rest) == 1:
                (unit,) = rest
                if -unit not in false:
                    false.add(-unit)
                    changed = True
    return False


def is_proof(clauses: Sequence[Sequence[int]], variables: int, proof: str) -> bool:
    """Is this, its reasons aside, a proof that the clauses cannot all be true?

    Numbers must increase, clauses that are deleted must be there, literals in range.
    """
    known: dict[int, Sequence[int]] = dict(enumerate(clauses, start=1))
    last = len(clauses)
    for line in proof.splitlines():
        parts = line.split(" ")
        if parts[1:2] == ["d"]:
            for name in map(int, parts[2:-1]):
                if known.pop(name, None) is None:
                    return False
            continue
        numbers = list(map(int, parts))
        if numbers[0] <= last:
            return False
        last = numbers[0]
        lemma = numbers[1:numbers.index(0, 1)]
        if any(not 1 <= abs(x) <= variables for x in lemma) or not has_rup(known.values(), lemma):
            return False
        if not lemma:
            return True
        known[last] = lemma
    return False


def satisfiable(clauses: Sequence[Sequence[int]], variables: int) -> bool:
    """Try all assignments."""
    masks = [(sum(1 << x for x in clause if x > 0), sum(1 << -x for x in clause if x < 0))
             for clause in clauses]
    return any(all(a & yes or ~a & no for yes, no in masks)
               for a in range(0, 2 << variables, 2))
