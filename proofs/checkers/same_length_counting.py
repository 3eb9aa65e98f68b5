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

"two-primes", data: `first` and `second`, such data with two different primes. The groups that words
of one length form in the syntactic monoid are not p-groups for one prime p.

Soundness. Words act on classes of states from which the same words are accepted. Those of r_0 and
r_1 differ, so that x moves k classes in a cycle, k being prime. The powers of x end in a group, and
x^(n+1) acts on those classes as x does for a multiple n of k with x^n idempotent: the order of this
group, which lies in S, the image of the words of length s, is a multiple of k. QED
"""

from __future__ import annotations

from proofs.checkers.automaton import Automaton, length, parse_word
from proofs.checkers.claim import Claim
from proofs.checkers.rejection import integer, record, reject


def check(claim: Claim, data: object) -> None:
    """Accept by returning, or reject."""
    prime_counted(claim.automaton, data, "data")


def check_two_primes(claim: Claim, data: object) -> None:
    """Accept a certificate that the language is in no AC0[p] by returning, or reject."""
    fields = record(data, "data", ("first", "second"))
    k, m = (prime_counted(claim.automaton, fields[x], f"data.{x}") for x in ("first", "second"))
    if k == m:
        reject("same-prime", m, "data.second.k", f"another prime than {k}")


def prime_counted(automaton: Automaton, data: object, path: str) -> int:
    """k, if the words u, e, g, v show what is said above; else rejected."""
    fields = record(data, path, ("u", "e", "g", "v", "k"))
    u, e, g, v = (parse_word(fields[x], f"{path}.{x}", automaton) for x in ("u", "e", "g", "v"))
    # A cycle of distinct states is no longer than their number.
    k = integer(fields["k"], f"{path}.k", 2, automaton.states + 1)
    if any(k % d == 0 for d in range(2, k)):
        reject("not-prime", k, f"{path}.k", "a prime")
    if length(e) != length(g):
        reject("unequal-lengths", length(e), f"{path}.e", f"the length of g, {length(g)}")
    if length(g) == 0:
        reject("empty-word", fields["g"], f"{path}.g", "a word that is not empty")
    states = [automaton.run(automaton.start, u)]
    for i in range(k):
        fixed = automaton.run(states[i], e)
        if fixed != states[i]:
            reject("not-fixed", fixed, f"{path}.e", f"a word that fixes the state {states[i]}")
        states.append(automaton.run(states[i], g))
    if states[k] != states[0]:
        reject("not-a-cycle", states[k], f"{path}.g",
               f"the state {states[0]} again after {k} steps")
    if not automaton.separates(states[0], states[1], v):
        reject("not-separated", fields["v"], f"{path}.v", "a word that separates r_0 from r_1")
    return k
