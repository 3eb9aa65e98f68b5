"""Certificates of kind "factors" and "live-loops": the language is, or is not, strictly local.

A language is strictly k-local if it consists of the words all of whose factors of length k are
allowed, counting end markers as letters (McNaughton and Papert 1971); k >= 1. It is iff u x v and
w x y in L imply w x v in L whenever |x| = k - 1 (Rogers and Pullum 2011, suffix substitution). The
word of two end markers is a factor of the empty word only, so for k >= 2 the empty word may be
in the language or not, whatever the other words are.

A state is *live* if an accepting state can be reached from it.

"factors", data: k >= 1. Words of length k - 1 lead two states never to two different live states.

Soundness, for any complete automaton of L. Let u x v and w x y be in L and |x| = k - 1. Then
start.ux and start.wx are live, so they are one state, and w x v is in L. QED

"live-loops", data: words u, w, x, v, y, x not empty. With p = start.u and q = start.w: p.x = p,
q.x = q, p.v accepts, q.v does not, and q.y accepts.

Soundness. For each n the words u x^n v and w x^n y are in L and w x^n v is not. So L is not
strictly k-local for k = n|x| + 1, nor for smaller k, since that would be more. QED
"""

from __future__ import annotations

from collections.abc import Iterator

from proofs.checkers.automaton import parse_word
from proofs.checkers.claim import Claim
from proofs.checkers.ends import check_loop, leading_to
from proofs.checkers.rejection import integer, record, reject
from proofs.checkers.work import Work


def check_factors(claim: Claim, data: object) -> None:
    """Accept a certificate that the language is strictly local by returning, or reject."""
    k = integer(record(data, "data", ("k",))["k"], "data.k", 1)
    automaton = claim.automaton
    live = sorted(leading_to(automaton, automaton.accept))
    number = {q: i for i, q in enumerate(live)}
    actions = list(dict.fromkeys(zip(*automaton.delta, strict=True)))
    n = len(live)
    Work().spend(n * n // 2 * (len(actions) + 4), "data.k")

    def moved(pair: int) -> Iterator[int]:
        """Where letters lead from a pair of live states to another; a pair p < q is p n + q."""
        one, two = live[pair // n], live[pair % n]
        for action in actions:
            p, q = number.get(action[one]), number.get(action[two])
            if p is not None and q is not None and p != q:
                yield min(p, q) * n + max(p, q)

    # Round by round those pairs go that no edge leads to from a pair that is left: after t rounds
    # those are left that words of t letters lead to.
    edges = [0] * (n * n)
    for p in range(n):
        for q in range(p + 1, n):
            for pair in moved(p * n + q):
                edges[pair] += 1
    left = n * (n - 1) // 2
    going = [p * n + q for p in range(n) for q in range(p + 1, n) if not edges[p * n + q]]
    for _ in range(min(k - 1, n * n)):
        if not going:
            break
        left -= len(going)
        went, going = going, []
        for pair in went:
            for other in moved(pair):
                edges[other] -= 1
                if not edges[other]:
                    going.append(other)
    if left:
        reject("not-merged", left, "data.k", f"no two live states after the same {k - 1} letters")


def check_live_loops(claim: Claim, data: object) -> None:
    """Accept a certificate that the language is not strictly local by returning, or reject."""
    fields = record(data, "data", ("u", "w", "x", "v", "y"))
    automaton = claim.automaton
    u, w, x, v, y = (parse_word(fields[z], f"data.{z}", automaton) for z in "uwxvy")
    p, q = automaton.run(automaton.start, u), automaton.run(automaton.start, w)
    check_loop(automaton, "x", x, (p, q))
    for state, name, word, wanted in ((p, "v", v, True), (q, "v", v, False), (q, "y", y, True)):
        end = automaton.run(state, word)
        if (end in automaton.accept) != wanted:
            kind = "an accepting" if wanted else "a rejecting"
            reject("wrong-end", end, f"data.{name}", f"{kind} state after it from {state}")
