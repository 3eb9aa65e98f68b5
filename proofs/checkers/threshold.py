"""Certificates of kind "threshold-identity" and "threshold-pattern": locally threshold testable?

A language is locally threshold testable if for some k and t the first k - 1 letters of a word, its
last k - 1 letters and the numbers of occurrences of its factors of length k, counted up to t,
decide, for words of k or more letters. These are the languages of FO[+1]. A language is one iff for
the syntactic image S of the words that are not empty x^n = x^(n+1) for all x and some n, and

    pqr = rqp    for all idempotents e and f, p, r in eSf and q in fSe

(Therien and Weiss 1985; Beauquier and Pin 1989).

"threshold-identity", data: a bound `elements` on the transition semigroup. In it powers x^n do not
change for large n, and the identity holds for all pairs of idempotents of
`proofs.checkers.semigroup`.

"threshold-pattern", data: words u, e, f, p, q, r, v, e and f not empty. With s = start.u: e fixes
s, s.pq and s.rq; f fixes s.p, s.r, s.pqr and s.rqp; and exactly one of s.pqr.v and s.rqp.v accepts.

Soundness. Let E and F be the idempotent powers of the images of e and f in S, P = EpF, Q = FqE,
R = ErF. These lead from the states above where p, q and r do. So u PQR v leads to s.pqr.v, and
u RQP v to s.rqp.v. QED

The kind "local-order" shows more: factors need to be counted up to one only. Such a language is
star-free, and "counting" shows that it is not.
"""

from __future__ import annotations

from proofs.checkers.automaton import parse_word
from proofs.checkers.claim import Claim
from proofs.checkers.ends import check_loop
from proofs.checkers.rejection import record, reject
from proofs.checkers.semigroup import parse_semigroup


def check_identity(claim: Claim, data: object) -> None:
    """Accept a certificate that the language is locally threshold testable, or reject."""
    semigroup = parse_semigroup(claim.automaton, data)
    semigroup.powers()
    chosen = semigroup.representatives()
    for e in chosen:
        for f in chosen:
            there, back = semigroup.between(e, f), semigroup.between(f, e)
            semigroup.spend(len(there) ** 2 * len(back))
            for q in back:
                middle = [(semigroup.row(p)[q], p) for p in there]
                for pq, p in middle:
                    row = semigroup.row(pq)
                    for rq, r in middle:
                        if row[r] != semigroup.row(rq)[p]:
                            reject("identity-fails", (e, f), "data", "pqr = rqp for all p, r in "
                                   "eSf and q in fSe, e and f idempotent")


def check_pattern(claim: Claim, data: object) -> None:
    """Accept a certificate that the language is not locally threshold testable, or reject."""
    fields = record(data, "data", tuple("uefpqrv"))
    automaton = claim.automaton
    u, e, f, p, q, r, v = (parse_word(fields[w], f"data.{w}", automaton) for w in "uefpqrv")
    run = automaton.run
    s = run(automaton.start, u)
    one, two = run(s, p), run(s, r)
    one_back, two_back = run(one, q), run(two, q)
    pqr, rqp = run(one_back, r), run(two_back, p)
    check_loop(automaton, "e", e, (s, one_back, two_back))
    check_loop(automaton, "f", f, (one, two, pqr, rqp))
    if not automaton.separates(pqr, rqp, v):
        reject("not-separated", len(v), "data.v", "a word that separates s.pqr from s.rqp")
