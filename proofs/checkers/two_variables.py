"""Certificates of kind "alphabet-levels" and "alphabet-path": in FO2[<], or not.

FO2[<] is first-order logic with two variables and the order of positions. A language is in it iff
its syntactic monoid is in DA (Therien and Wilke 1998): x^n is idempotent and x^n s x^n = x^n for
some n and all x and all products s of elements t with x^n in MtM. It is enough to ask this for
words: w^n s w^n = w^n for all words w and all words s over the letters of w. For if
x^n = a_i t_i b_i for the factors t_i of s, then w = a_1 t_1 b_1 ... a_k t_k b_k is a word for x^n
that has all letters of s.

"alphabet-levels", data: `levels` as in `proofs.checkers.pair_levels`. If a pair (p, q) of level l
has an inner edge leaving it, then the letters on inner edges of level l do not lead from p to q.

Soundness, for any complete automaton of L. DA is closed under quotients, so it is enough to look at
the transition monoid. If it is not in DA, then w^n s w^n differs from w^n at some state; with p the
image of that state by w^n and q = p.s w^n, p and q differ and f = w^n fixes both. The cycle from
(p, q) along f consists of inner edges of one level l, whose letters are all those of w. So the
letters of s w^n are among them, and they lead from p to q: the certificate is rejected. QED

"alphabet-path", data: words u, w, s, v. With p = start.u and q = p.s: w fixes p and q, all letters
of s occur in w, and exactly one of p.v and q.v accepts.

Soundness. In the syntactic monoid w^n s w^n is not w^n: u w^n v leads to p.v, and u w^n s w^n v to
q.v. (If w is empty, so is s, and p = q.) QED
"""

from __future__ import annotations

from proofs.checkers.automaton import letters_of, parse_word
from proofs.checkers.claim import Claim
from proofs.checkers.pair_levels import parse_pair_levels, reach
from proofs.checkers.rejection import record, reject
from proofs.checkers.work import Work


def check_levels(claim: Claim, data: object) -> None:
    """Accept a certificate that the language is in FO2[<] by returning, or reject."""
    found = parse_pair_levels(claim.automaton, record(data, "data", ("levels",))["levels"])
    alike: dict[frozenset[int], list[int]] = {}
    for level, numbers in found.letters.items():
        alike.setdefault(frozenset(numbers), []).append(level)
    work = Work()
    for letters, levels in alike.items():
        below = reach([found.actions[i] for i in sorted(letters)], claim.automaton.states, work)
        for level in levels:
            for p, q in found.inner[level]:
                if q in below[p]:
                    reject("path-inside", level, f"data.levels[{p}][{q}]", f"a level whose letters "
                           f"do not lead from {p} to {q}")


def check_path(claim: Claim, data: object) -> None:
    """Accept a certificate that the language is not in FO2[<] by returning, or reject."""
    fields = record(data, "data", ("u", "w", "s", "v"))
    automaton = claim.automaton
    u, w, s, v = (parse_word(fields[x], f"data.{x}", automaton) for x in "uwsv")
    missing = letters_of(s) - letters_of(w)
    if missing:
        reject("missing-letters", sorted(missing), "data.w", "all letters of s in w")
    p = automaton.run(automaton.start, u)
    q = automaton.run(p, s)
    for state in (p, q):
        fixed = automaton.run(state, w)
        if fixed != state:
            reject("not-fixed", fixed, "data.w", f"a word that fixes the state {state}")
    if not automaton.separates(p, q, v):
        reject("not-separated", len(v), "data.v", "a word that separates p from p.s")
