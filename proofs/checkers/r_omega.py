"""Certificates of kind "reversible-components" and "merged-component": in R^omega, or not.

R^omega: the syntactic monoid is aperiodic and no R-class of it has two idempotents; equivalently
(x y^n)^n x = (x y^n)^n for all x, y and all large n that make n-th powers idempotent (Yang et al.
2026, Theorem 13). All regular languages of C-RASP@eos are in it (Theorem 14).

"reversible-components", data: the fields of a certificate of kind "group-levels" that the language
is star-free; and a number `rank[q]` for each state. No transition leads to a state of
lower rank, and no letter leads two states of one rank to one state of the same rank.

Soundness, for any complete automaton of L. Its transition monoid is aperiodic
(`proofs.checkers.group_levels`, which shows this of the transition monoid and not only of the
syntactic one, as the groups found there embed into trivial ones). Let q = p.(x y^n)^n, r = q.x.
Then q.x y^n = q by aperiodicity, so r.y^n = q; and q is in the image of the idempotent y^n, so
q.y^n = q. On the way from q by x to r and by y^n to q the rank stays the same, and on the way from
q by y^n to q as well. Letters that lead to one state of one rank come from one state of that rank;
going backwards along y^n from q, we find r = q. The identity passes to the syntactic monoid. QED

"merged-component", data: words u, x, w, v. With q = start.u and r = q.x: q.w = q, r.w = q, and
exactly one of q.v and r.v accepts.

Soundness. All powers of w, and all powers of x w^n, lead from q to q. So u (x w^n)^n v leads to q.v
and u (x w^n)^n x v to r.v, and the identity fails. QED
"""

from __future__ import annotations

from proofs.checkers import group_levels
from proofs.checkers.automaton import parse_word
from proofs.checkers.claim import Claim
from proofs.checkers.rejection import integers, record, reject


def check_reversible(claim: Claim, data: object) -> None:
    """Accept a certificate that the language is in R^omega by returning, or reject."""
    fields = record(data, "data", (*group_levels.FIELDS, "rank"))
    automaton = claim.automaton
    rank = integers(fields["rank"], "data.rank", 0, length=automaton.states)
    came: dict[tuple[int, int], int] = {}
    for q, row in enumerate(automaton.delta):
        for a, r in enumerate(row):
            if rank[r] < rank[q]:
                expected = f"at least rank[{q}] = {rank[q]}, as letter {a} leads there"
                reject("rank-falls", rank[r], f"data.rank[{r}]", expected)
            p = came.setdefault((r, a), q) if rank[r] == rank[q] else q
            if p != q:
                reject("merged-states", rank[r], f"data.rank[{r}]", f"more than the rank of {p} or "
                       f"{q}, as letter {a} leads from both there")
    orbit = {name: fields[name] for name in group_levels.FIELDS}
    group_levels.check(Claim(automaton, "star-free", True), orbit)


def check_merged(claim: Claim, data: object) -> None:
    """Accept a certificate that the language is not in R^omega by returning, or reject."""
    fields = record(data, "data", ("u", "x", "w", "v"))
    automaton = claim.automaton
    u, x, w, v = (parse_word(fields[z], f"data.{z}", automaton) for z in "uxwv")
    q = automaton.run(automaton.start, u)
    r = automaton.run(q, x)
    for state in (q, r):
        end = automaton.run(state, w)
        if end != q:
            reject("not-merged", end, "data.w", f"a word that leads from {state} to {q}")
    if not automaton.separates(q, r, v):
        reject("not-separated", len(v), "data.v", "a word that separates q from q.x")
