"""Certificates of kind "knast-identity" and "knast-pattern": of dot-depth at most one, or not.

The languages of dot-depth at most one are the Boolean combinations of the u0 A* u1 A* ... A* uk;
the empty word may be in such a language or not, whatever the other words are. A language is one of
them iff the syntactic image S of the words that are not empty satisfies, for some n,

    (xy)^n xt (zt)^n = (xy)^n (zt)^n    for all idempotents e and f, x, z in eSf and y, t in fSe

(Knast 1983). Then it does for all larger n, by multiplication with powers of xy and zt.

"knast-identity", data: a bound `elements` on the transition semigroup. In it powers x^n do not
change for large n, and for all pairs of idempotents of `proofs.checkers.semigroup` the identity
holds for all x, y, z, t: of (xy)^n only itself and its product with x matter, of (zt)^n only itself
and the product of t with it.

"knast-pattern", data: words u, e, f, x, y, z, t, v, e and f not empty. With p = start.u and
s = p.xt: p.xy = p; with q = p.zt and r = s.zt: q.zt = q and r.zt = r; e fixes p, q, r and s; f
fixes p.x, p.z, s.z, q.z and r.z; and exactly one of q.v and r.v accepts.

Soundness. Let E and F be the idempotent powers of the images of e and f in S, X = ExF, Y = FyE,
Z = EzF, T = FtE. As E fixes p, q, r, s and F fixes the others, X, Y, Z, T lead from these states
where x, y, z, t do. So u (XY)^n XT (ZT)^n v leads to r.v and u (XY)^n (ZT)^n v to q.v. QED

The kinds "piecewise-testable" and "local-order" show more: the language is a Boolean combination
of languages A* a1 A* ... ak A*, or of languages uA*, A*uA* and A*u. Such a language is star-free,
and "counting" shows that it is not.
"""

from __future__ import annotations

from proofs.checkers.automaton import parse_word
from proofs.checkers.claim import Claim
from proofs.checkers.ends import check_loop
from proofs.checkers.rejection import record, reject
from proofs.checkers.semigroup import Semigroup, parse_semigroup


def check_identity(claim: Claim, data: object) -> None:
    """Accept a certificate that the language is of dot-depth one by returning, or reject."""
    semigroup = parse_semigroup(claim.automaton, data)
    powers = semigroup.powers()
    chosen = semigroup.representatives()
    for e in chosen:
        for f in chosen:
            _check_between(semigroup, powers, e, f)


def _check_between(semigroup: Semigroup, powers: list[int], e: int, f: int) -> None:
    there, back = semigroup.between(e, f), semigroup.between(f, e)
    semigroup.spend(3 * len(there) * len(back))
    left, right = set(), set()
    for x in there:
        for y in back:
            power = powers[semigroup.row(x)[y]]
            left.add((power, semigroup.row(power)[x]))
            right.add((power, semigroup.row(y)[power]))
    for g, gx in left:
        semigroup.spend(2 * len(right))
        row, plain = semigroup.row(gx), semigroup.row(g)
        for h, th in right:
            if row[th] != plain[h]:
                reject("identity-fails", (e, f), "data", "Knast's identity for all idempotents")


def check_pattern(claim: Claim, data: object) -> None:
    """Accept a certificate that the language is not of dot-depth one by returning, or reject."""
    fields = record(data, "data", tuple("uefxyztv"))
    automaton = claim.automaton
    u, e, f, x, y, z, t, v = (parse_word(fields[w], f"data.{w}", automaton) for w in "uefxyztv")
    run = automaton.run
    p = run(automaton.start, u)
    s = run(run(p, x), t)
    q, r = (run(run(state, z), t) for state in (p, s))
    check_loop(automaton, "e", e, (p, q, r, s))
    check_loop(automaton, "f", f, (run(p, x), *(run(state, z) for state in (p, s, q, r))))
    for name, state, first, last in (("y", p, x, y), ("z", q, z, t), ("z", r, z, t)):
        end = run(run(state, first), last)
        if end != state:
            reject("not-a-cycle", end, f"data.{name}", f"the state {state} again")
    if not automaton.separates(q, r, v):
        reject("not-separated", len(v), "data.v", "a word that separates p.zt from p.xtzt")
