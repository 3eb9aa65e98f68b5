"""Certificates of kind "counting": the language is not star-free, or not even of 2-groups only.

Data: words u, w, v and k >= 2, odd for 2-groups. With q = start.u: q.w^k = q, and exactly one of
q.v and q.w.v accepts.

Soundness, for any complete automaton of L. The syntactic monoid of a star-free language satisfies
x^n = x^(n+1) for all large n (Schuetzenberger 1965); the other classes have star-free languages
only. Let x be the image of w and n a large multiple of k. Then u w^n v is in L iff u w^(n+1) v is;
but they lead to q.v and to q.w.v.

If the monoid has 2-groups only, then x^n = x^(n+m) for all large n and some power m of two: the
powers of x end in a cyclic group. Let k be odd; then im leaves the rest 1 modulo k for some i. So
u w^n v would be in L iff u w^(n+im) v is; but they lead to q.v and to q.w.v. QED
"""

from __future__ import annotations

from proofs.checkers.automaton import parse_word, repeat
from proofs.checkers.claim import Claim
from proofs.checkers.rejection import integer, record, reject


def check(claim: Claim, data: object) -> None:
    """Accept by returning, or reject."""
    fields = record(data, "data", ("u", "w", "v", "k"))
    automaton = claim.automaton
    u, w, v = (parse_word(fields[name], f"data.{name}", automaton) for name in ("u", "w", "v"))
    k = integer(fields["k"], "data.k", 2)
    if claim.algebraic_class == "2-groups" and k % 2 == 0:
        reject("even-count", k, "data.k", "an odd number")
    q = automaton.run(automaton.start, u)
    back = repeat(lambda state: automaton.run(state, w), q, k)
    if back != q:
        reject("not-a-cycle", back, "data.w", f"the state {q} again after w, {k} times")
    if not automaton.separates(q, automaton.run(q, w), v):
        reject("not-separated", fields["v"], "data.v", "a word that separates q from q.w")
