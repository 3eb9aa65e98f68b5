"""Certificates of kind "same-length-counting": the language is not quasi-aperiodic.

So it is not in FO2[<,MOD], which lies inside FO[<,MOD].

Data: words u, e, g, v and a prime k, with |e| = |g| > 0. With r_0 = start.u and r_(i+1) = r_i.g:
r_i.e = r_i for i < k, r_k = r_0, and exactly one of r_0.v and r_1.v accepts.

Soundness, for any complete automaton of L. Let eta be the syntactic morphism and s > 0 with
eta(Sigma^s) = eta(Sigma^2s) =: S, a semigroup. If L is quasi-aperiodic then S contains no
non-trivial group, so that x^n = x^(n+1) for all x in S and all large n. Let x be the image of
g e^(s-1), a word of length s|g|; so x is in S. For a large multiple n of k, the word
u (g e^(s-1))^n v is in L iff the one with n+1 is; but they lead to r_0.v and to r_1.v. QED

(More is true: on the words of u {e, g}* v, membership is a function of the number of g's modulo
the prime k that is not constant. So L is not in AC0[p] for any prime p != k: Smolensky 1987.)
"""

from __future__ import annotations

from proofs.checkers.automaton import length, parse_word
from proofs.checkers.claim import Claim
from proofs.checkers.rejection import integer, record, reject


def check(claim: Claim, data: object) -> None:
    """Accept by returning, or reject."""
    fields = record(data, "data", ("u", "e", "g", "v", "k"))
    automaton = claim.automaton
    u, e, g, v = (parse_word(fields[x], f"data.{x}", automaton) for x in ("u", "e", "g", "v"))
    # A cycle of distinct states is no longer than their number.
    k = integer(fields["k"], "data.k", 2, automaton.states + 1)
    if any(k % d == 0 for d in range(2, k)):
        reject("not-prime", k, "data.k", "a prime")
    if length(e) != length(g):
        reject("unequal-lengths", length(e), "data.e", f"the length of g, {length(g)}")
    if length(g) == 0:
        reject("empty-word", fields["g"], "data.g", "a word that is not empty")
    states = [automaton.run(automaton.start, u)]
    for i in range(k):
        fixed = automaton.run(states[i], e)
        if fixed != states[i]:
            reject("not-fixed", fixed, "data.e", f"a word that fixes the state {states[i]}")
        states.append(automaton.run(states[i], g))
    if states[k] != states[0]:
        reject("not-a-cycle", states[k], "data.g", f"the state {states[0]} again after {k} steps")
    if not automaton.separates(states[0], states[1], v):
        reject("not-separated", fields["v"], "data.v", "a word that separates r_0 from r_1")
