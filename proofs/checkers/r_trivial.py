"""Certificates of kind "partial-order" and "cycle": the language is, or is not, R-trivial.

"partial-order", data: a number `rank[q]` for each state. Every transition stays at its state or
leads to a state of higher rank.

Soundness, for any complete automaton of L. In its transition monoid M let m and m' generate the
same right ideal: m' = mx and m = m'y. For each state q there is a path from q.m by x to q.m' and
by y back to q.m; the rank cannot have risen on the way, so that no state was left and
q.m = q.m'. So m = m' and M is R-trivial. Finite R-trivial monoids are closed under quotients,
being those with (xy)^n x = (xy)^n for large n; so the syntactic monoid is one. QED

"cycle", data: words u, x, y, v. With q = start.u and r = q.x: r.y = q, and exactly one of q.v and
r.v accepts. The language is not R-trivial, and all the less J-trivial.

Soundness. In an R-trivial monoid (xy)^n x = (xy)^n for large n. So u (xy)^n v would be in L iff
u (xy)^n x v is; but they lead to q.v and to r.v. QED

R-trivial languages: Brzozowski and Fich (1980), Eilenberg (1976).
"""

from __future__ import annotations

from proofs.checkers.automaton import Automaton, parse_word
from proofs.checkers.claim import Claim
from proofs.checkers.rejection import integers, record, reject


def check_partial_order(claim: Claim, data: object) -> None:
    """Accept a certificate that the language is R-trivial by returning, or reject."""
    check_ranks(claim.automaton, record(data, "data", ("rank",))["rank"])


def check_ranks(automaton: Automaton, value: object) -> None:
    """Reject unless the ranks rise along each transition that is no self-loop."""
    rank = integers(value, "data.rank", 0, length=automaton.states)
    for q, row in enumerate(automaton.delta):
        for a, r in enumerate(row):
            if r != q and rank[r] <= rank[q]:
                expected = f"more than rank[{q}] = {rank[q]}, as letter {a} leads there"
                reject("rank-not-rising", rank[r], f"data.rank[{r}]", expected)


def check_cycle(claim: Claim, data: object) -> None:
    """Accept a certificate that the language is not R-trivial by returning, or reject."""
    fields = record(data, "data", ("u", "x", "y", "v"))
    automaton = claim.automaton
    u, x, y, v = (parse_word(fields[z], f"data.{z}", automaton) for z in ("u", "x", "y", "v"))
    q = automaton.run(automaton.start, u)
    r = automaton.run(q, x)
    back = automaton.run(r, y)
    if back != q:
        reject("not-a-cycle", back, "data.y", f"the state {q} again after x and y")
    if not automaton.separates(q, r, v):
        reject("not-separated", fields["v"], "data.v", "a word that separates q from q.x")
