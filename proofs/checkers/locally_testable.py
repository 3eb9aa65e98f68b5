"""Certificates about locally testable languages.

A language is locally testable if for some k the first k - 1 letters of a word, its last k - 1
letters and the set of its factors of length k decide, for words of k or more letters. It is iff
the syntactic image S of the words that are not empty is locally a semilattice: xx = x and
xy = yx for x, y in eSe, for each idempotent e in S (Brzozowski and Simon 1973; McNaughton 1974).
S does not depend on whether the empty word is in the language.

"local-order", data: `levels` as in `proofs.checkers.pair_levels`. Let (p, q) be a pair with an
inner edge leaving it, and let q be reachable from p. Then p is not reachable from q; and for any
word s, q is reachable from p.s iff q is reachable from q.s.

Soundness, for any complete automaton of L (Kim, McNaughton and McCloskey 1991; in this form,
Trahtman 2001). Let S be its transition semigroup, e idempotent in S and w in eSe; two different
states that e fixes are a pair with an inner edge leaving it. We write p >= q if q is reachable
from p. Let e fix p, and q = p.w. Then p >= q and p.w >= q, so q = p or, by the second condition,
q.w >= q; as q >= q.w, and e fixes both, the first condition gives q.w = q. So ww = w on the states
that e fixes, and as w = ew, in S. Now let x, y be in eSe, q = p.xy and r = p.yx. Then q.y = q, as
yy = y. As p.xy >= q also q.xy >= q, so that q and q.x are reachable from each other, and
q.x = q. Hence q.yx = q >= q, so p.yx >= q, that is r >= q. In the same way q >= r, so that q = r.
Such semigroups are closed under quotients, so the syntactic one is locally a semilattice. QED
(The two conditions hold for p = q as well.)

"local-square", data: words u, e, x, v, e not empty. With p = start.u: e fixes p, p.x and p.xx, and
exactly one of p.x.v and p.xx.v accepts.

"local-exchange", data: words u, e, x, y, v, e not empty. With p = start.u: e fixes p, p.x, p.y,
p.xy and p.yx, and exactly one of p.xy.v and p.yx.v accepts.

Soundness. Let f be the idempotent power of the image of e in S, and x' = fxf, y' = fyf in fSf. If
L is locally testable, then x' = x'x' and x'y' = y'x'. But u x' v and u x'x' v lead to p.x.v and
p.xx.v, and u x'y' v and u y'x' v lead to p.xy.v and p.yx.v. QED
"""

from __future__ import annotations

from proofs.checkers.automaton import parse_word
from proofs.checkers.claim import Claim
from proofs.checkers.ends import check_loop
from proofs.checkers.pair_levels import Pair, parse_pair_levels, reach
from proofs.checkers.rejection import record, reject
from proofs.checkers.work import Work


def check_order(claim: Claim, data: object) -> None:
    """Accept a certificate that the language is locally testable by returning, or reject."""
    fields = record(data, "data", ("levels",))
    found = parse_pair_levels(claim.automaton, fields["levels"])
    below = reach(found.actions, claim.automaton.states, Work())
    # Pairs (p.s, q.s) as long as q is reachable from both; `home` is one state that is reachable
    # from q and from which q is, the same for all of them.
    home = [min(r for r in below[q] if q in below[r]) for q in range(claim.automaton.states)]
    walk: list[Pair] = []
    for pairs in found.inner.values():
        for p, q in pairs:
            if q not in below[p]:
                continue
            if p in below[q]:
                reject("mutually-reachable", (p, q), "data.levels", f"no inner edge from the pair "
                       f"({p}, {q}), or states that are not reachable from each other")
            walk.append((p, q))
    seen = set(walk)
    for p, q in walk:
        for action in found.actions:
            pair = action[p], action[q]
            stays = home[pair[1]] == home[q]
            if (q in below[pair[0]]) != stays:
                reject("left-alone", pair, "data.levels", f"one letter from ({p}, {q}): that {q} "
                       "is still reachable from both states, or from neither")
            if stays and pair not in seen:
                seen.add(pair)
                walk.append(pair)


def check_square(claim: Claim, data: object) -> None:
    """Accept a certificate that the language is not locally testable by returning, or reject."""
    fields = record(data, "data", ("u", "e", "x", "v"))
    automaton = claim.automaton
    u, e, x, v = (parse_word(fields[z], f"data.{z}", automaton) for z in "uexv")
    p = automaton.run(automaton.start, u)
    once = automaton.run(p, x)
    twice = automaton.run(once, x)
    check_loop(automaton, "e", e, (p, once, twice))
    if not automaton.separates(once, twice, v):
        reject("not-separated", len(v), "data.v", "a word that separates p.x from p.xx")


def check_exchange(claim: Claim, data: object) -> None:
    """Accept a certificate that the language is not locally testable by returning, or reject."""
    fields = record(data, "data", ("u", "e", "x", "y", "v"))
    automaton = claim.automaton
    u, e, x, y, v = (parse_word(fields[z], f"data.{z}", automaton) for z in "uexyv")
    p = automaton.run(automaton.start, u)
    one, two = automaton.run(p, x), automaton.run(p, y)
    xy, yx = automaton.run(one, y), automaton.run(two, x)
    check_loop(automaton, "e", e, (p, one, two, xy, yx))
    if not automaton.separates(xy, yx, v):
        reject("not-separated", len(v), "data.v", "a word that separates p.xy from p.yx")
