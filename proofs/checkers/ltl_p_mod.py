"""Certificates of kind "periodic-order" and "same-length-cycle": in LTL[P,MOD], or not.

LTL[P,MOD] is the temporal logic with P ("at some earlier position") and the tests i = r mod m of a
position i. A regular language is in it iff its stable semigroup S is R-trivial, where
S = eta(Sigma^s) for the syntactic morphism eta and an s > 0 with eta(Sigma^s) = eta(Sigma^2s); then
also S = eta(Sigma^ms) for all m > 0 (Jerad, Svete, Li and Cotterell 2026, Theorem 3.1).

"periodic-order", data: k >= 1 and a number `rank[q]` for each state. Every word of length k stays
at its state or leads to a state of higher rank.

Soundness, for any complete automaton of L with n states. Let x and y be words whose lengths are
multiples of k. Along q, q.xy, q.(xy)^2, ... the rank rises until, for some m <= n, the state
p = q.(xy)^m has p.xy = p. It cannot rise on the way from p by x to p.x and by y back to p, so that
p.x = p. Hence q.(xy)^n x = q.(xy)^n for each q. All elements of S = eta(Sigma^ks) are images of
words of length ks, so S satisfies (xy)^n x = (xy)^n. If x = zt and z = xw for x, z, w, t in S, then
x = x(wt) = x(wt)^n = x(wt)^n w = xw = z. So S is R-trivial. QED

"same-length-cycle", data: words u, x, e, y, v with |x| = |e| = |y| > 0. With q = start.u and
r = q.x: q.e = q, r.y = q, and exactly one of q.v and r.v accepts.

Soundness. With s as above, X = e^(s-1) x and Y = y e^(s-1) have length s|e|, so that their images
are in S. If S were R-trivial, (XY)^n X and (XY)^n would have the same image for large n. But
u (XY)^n v leads to q.v, and u (XY)^n X v to r.v. QED
"""

from __future__ import annotations

from proofs.checkers.automaton import length, parse_word
from proofs.checkers.claim import Claim
from proofs.checkers.nc0 import after_block, elements
from proofs.checkers.rejection import integer, integers, record, reject
from proofs.checkers.work import Work


def check_order(claim: Claim, data: object) -> None:
    """Accept a certificate that the language is in LTL[P,MOD] by returning, or reject."""
    fields = record(data, "data", ("k", "rank"))
    automaton = claim.automaton
    k = integer(fields["k"], "data.k", 1)
    rank = integers(fields["rank"], "data.rank", 0, length=automaton.states)
    actions = list(dict.fromkeys(zip(*automaton.delta, strict=True)))
    for q, reached in enumerate(after_block(actions, automaton.states, k, Work(), "data.k")):
        for r in elements(reached):
            if r != q and rank[r] <= rank[q]:
                expected = f"more than rank[{q}] = {rank[q]}, as {k} letters lead there"
                reject("rank-not-rising", rank[r], f"data.rank[{r}]", expected)


def check_cycle(claim: Claim, data: object) -> None:
    """Accept a certificate that the language is not in LTL[P,MOD] by returning, or reject."""
    fields = record(data, "data", ("u", "x", "e", "y", "v"))
    automaton = claim.automaton
    u, x, e, y, v = (parse_word(fields[z], f"data.{z}", automaton) for z in "uxeyv")
    for name, word in (("e", e), ("y", y)):
        if length(word) != length(x):
            reject("unequal-lengths", length(word), f"data.{name}", f"the length of x, {length(x)}")
    if length(x) == 0:
        reject("empty-word", fields["x"], "data.x", "a word that is not empty")
    q = automaton.run(automaton.start, u)
    r = automaton.run(q, x)
    fixed = automaton.run(q, e)
    if fixed != q:
        reject("not-fixed", fixed, "data.e", f"a word that fixes the state {q}")
    back = automaton.run(r, y)
    if back != q:
        reject("not-a-cycle", back, "data.y", f"the state {q} again after x and y")
    if not automaton.separates(q, r, v):
        reject("not-separated", fields["v"], "data.v", "a word that separates q from q.x")
