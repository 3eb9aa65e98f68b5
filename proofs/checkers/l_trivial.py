"""Certificates of kind "left-order" and "left-pattern": the language is, or is not, L-trivial.

The pair graph has an edge (p, q) -> (p.a, q.a) for each pair of states and each letter a. Once on
the diagonal (p = q) a path stays there.

"left-order", data: `levels[p][q]` for all ordered pairs, 0 on the diagonal. Along each edge between
pairs off the diagonal the level does not rise. For a level l let Gamma_l be the letters of the
edges between pairs off the diagonal that both have level l. No pair of level l off the diagonal can
be reached by letters of Gamma_l (none, one, or more) from a pair (p.a, p) with a in Gamma_l.

Soundness, for any complete automaton of L. A finite monoid is L-trivial iff y (xy)^n = (xy)^n for
all x, y and some n > 0 such that all n-th powers are idempotent; so L-trivial monoids are closed
under quotients, and it is enough to look at the transition monoid M. If M is not L-trivial,
there are words x, y and a state p0 with p0.y f != p0.f, for f = (xy)^n. Let y = a_1...a_r and
p_i = p0.a_1...a_i. As p_r.f != p_0.f, there is an i with p.a f != p.f for p = p_(i-1), a = a_i.
The pair (p.a f, p.f) is off the diagonal and f leads from it back to it, f being idempotent. On
this cycle the level is one number l, so that all letters of f are in Gamma_l, and so is a. But f
leads to this pair of level l from (p.a, p): the certificate is rejected. QED

"left-pattern", data: a word u, a letter a, words z, f, v. With p = start.u, s = p.a z, t = p.z:
s.f = s, t.f = t, all letters of a and z occur in f, and exactly one of s.v and t.v accepts. The
language is not L-trivial, and all the less J-trivial.

Soundness. In an L-trivial syntactic monoid let f^n be idempotent. For a letter b of f write
f = f1 b f2. By the equation above with y = b f2, x = f1, and with y = f2, x = f1 b: both b f2 and
f2 leave f^n unchanged from the left, hence so does b, and so do all words over the letters of f.
So u a z f^n v would be in L iff u z f^n v is; but they lead to s.v and to t.v. QED
"""

from __future__ import annotations

from proofs.checkers.automaton import Automaton, letters_of, parse_word
from proofs.checkers.claim import Claim
from proofs.checkers.pair_levels import parse_pair_levels
from proofs.checkers.rejection import integer, record, reject
from proofs.checkers.work import Work


def check_left_order(claim: Claim, data: object) -> None:
    """Accept a certificate that the language is L-trivial by returning, or reject."""
    check_pair_levels(claim.automaton, record(data, "data", ("levels",))["levels"])


def check_pair_levels(automaton: Automaton, value: object) -> None:
    """Reject unless the levels of the pairs are as the head of this module says."""
    found = parse_pair_levels(automaton, value)
    alike: dict[frozenset[int], set[int]] = {}
    for level, numbers in found.letters.items():
        alike.setdefault(frozenset(numbers), set()).add(level)
    work = Work()
    for gamma, forbidden in alike.items():
        for p, q in _closure([found.actions[i] for i in sorted(gamma)], work):
            if found.levels[p][q] in forbidden:
                expected = "another level: letters of its own edges lead to this pair"
                reject("level-reached", found.levels[p][q], f"data.levels[{p}][{q}]", expected)


def _closure(actions: list[tuple[int, ...]], work: Work) -> list[tuple[int, int]]:
    """The pairs off the diagonal that the actions lead to from (p.a, p), a being one of them."""
    work.spend(sum(map(len, actions)), "data.levels")
    starts = dict.fromkeys((q, p) for action in actions for p, q in enumerate(action) if p != q)
    seen = set(starts)
    reached = list(starts)
    for p, q in reached:
        work.spend(len(actions), "data.levels")
        for action in actions:
            pair = action[p], action[q]
            if pair[0] != pair[1] and pair not in seen:
                seen.add(pair)
                reached.append(pair)
    return reached


def check_left_pattern(claim: Claim, data: object) -> None:
    """Accept a certificate that the language is not L-trivial by returning, or reject."""
    fields = record(data, "data", ("u", "a", "z", "f", "v"))
    automaton = claim.automaton
    u, z, f, v = (parse_word(fields[x], f"data.{x}", automaton) for x in ("u", "z", "f", "v"))
    a = integer(fields["a"], "data.a", 0, automaton.letters)
    missing = {a, *letters_of(z)} - letters_of(f)
    if missing:
        reject("missing-letters", sorted(missing), "data.f", "all letters of a and z in f")
    p = automaton.run(automaton.start, u)
    s = automaton.run(automaton.delta[p][a], z)
    t = automaton.run(p, z)
    for state in (s, t):
        fixed = automaton.run(state, f)
        if fixed != state:
            reject("not-fixed", fixed, "data.f", f"a word that fixes the state {state}")
    if not automaton.separates(s, t, v):
        reject("not-separated", fields["v"], "data.v", "a word that separates p.az from p.z")
