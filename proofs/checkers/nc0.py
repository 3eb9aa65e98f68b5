"""Certificates of kind "nc0-block" and "nc0-swap": the language is, or is not, in NC0.

A regular language is in NC0 iff the stable semigroup S of its syntactic morphism eta is locally
trivial: exe = e for all x and all idempotents e in S. (S = eta(Sigma^s) for an s > 0 with
eta(Sigma^s) = eta(Sigma^2s), and then also S = eta(Sigma^ms) for all m > 0.)

"nc0-block", data: k >= 0 and s >= 1. With P = Q.Sigma^k and D the pairs (q, q.x) for q in P and
|x| = s: the pairs D.Sigma^k are all of equal states. That is: one block of s letters may be
dropped if at least k letters stand before it and at least k after it.

Soundness, for any complete automaton of L. Let phi be its transition morphism, T = phi(Sigma^t)
a stable semigroup of phi; eta factors through phi, and eta(Sigma^t) is stable too. Let e, x be
in T, e idempotent. Take words w_e and w_x of length t for them, and m with mt >= k. Then
w_e^m (w_x w_e^(s-1)) w_e^m is a word for exe; its middle part has length ts, so that dropping t
blocks of s letters from it, one by one, does not change the image of any state: exe = e. So T
is locally trivial, and so is its image eta(Sigma^t): an idempotent there is the image of an
idempotent of T. QED

"nc0-swap", data: words u, e, x, v with |e| = |x| > 0. With q = start.u and r = q.x: q.e = q,
r.e = r, and exactly one of q.v and r.v accepts.

Soundness. Let n be such that n-th powers are idempotent in the syntactic monoid. The words e^(sn)
and e^(sn-1) x have equal length, a multiple of s, so their images f and y are in S, and f is
idempotent. In NC0 we would have f = fyf; but u f v leads to q.v, and u f y f v leads to r.v. QED
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import reduce
from operator import or_

from proofs.checkers.automaton import Automaton, length, parse_word
from proofs.checkers.claim import Claim
from proofs.checkers.rejection import integer, record, reject
from proofs.checkers.work import Work


def check_block(claim: Claim, data: object) -> None:
    """Accept a certificate that the language is in NC0 by returning, or reject."""
    fields = record(data, "data", ("k", "s"))
    k = integer(fields["k"], "data.k", 0)
    check_dropped_block(claim.automaton, k, integer(fields["s"], "data.s", 1))


def check_dropped_block(automaton: Automaton, k: int, s: int) -> None:
    """Reject unless s letters may be dropped between k letters and k letters."""
    # Letters that act alike need to be looked at once only.
    actions = list(dict.fromkeys(zip(*automaton.delta, strict=True)))
    states = automaton.states
    work = Work()
    image = set(range(states))
    for _ in range(min(k, states)):
        # Q.Sigma^k shrinks with k, and no more once it stays the same for one step.
        work.spend(len(image) * len(actions), "data.k")
        before, image = image, {action[q] for q in image for action in actions}
        if image == before:
            break
    after = after_block(actions, states, s, work, "data.s")
    number = merged_after(actions, states, k, work)
    for q in sorted(image):
        for r in elements(after[q]):
            if number[q] != number[r]:
                reject("not-merged", [q, r], "data", f"no states, as {q} and {r}, kept apart by "
                       f"{k} letters")


def merged_after(actions: Sequence[tuple[int, ...]], states: int, k: int,
                 work: Work) -> list[int]:
    """For each state a number: two have the same iff all words of k letters make them one state."""
    number = list(range(states))
    known = states
    for _ in range(min(k, states)):
        # States merge after k + 1 letters iff any letter leads them to states that merge after k.
        # The classes grow with k, and no more once they stay the same for one step.
        work.spend(states * len(actions), "data.k")
        found: dict[tuple[int, ...], int] = {}
        number = [found.setdefault(tuple([number[action[q]] for action in actions]), len(found))
                  for q in range(states)]
        if len(found) == known:
            break
        known = len(found)
    return number


def after_block(actions: Sequence[tuple[int, ...]], states: int, s: int, work: Work,
                path: str) -> list[int]:
    """For each state q the set q.Sigma^s, as a bit set: the s-th power of a Boolean matrix.

    `path` is that of the field s.
    """
    square = [_union(1 << action[q] for action in actions) for q in range(states)]
    result = [1 << q for q in range(states)]
    while s > 0:
        work.spend(sum(row.bit_count() for row in (*result, *square)), path)
        if s % 2 == 1:
            result = [_union(square[r] for r in elements(row)) for row in result]
        square = [_union(square[r] for r in elements(row)) for row in square]
        s //= 2
    return result


def _union(bit_sets: Iterable[int]) -> int:
    return reduce(or_, bit_sets, 0)


def elements(bit_set: int) -> list[int]:
    """The numbers of the bits that are set, ascending."""
    return [q for q, bit in enumerate(reversed(bin(bit_set)[2:])) if bit == "1"]


def check_swap(claim: Claim, data: object) -> None:
    """Accept a certificate that the language is not in NC0 by returning, or reject."""
    fields = record(data, "data", ("u", "e", "x", "v"))
    automaton = claim.automaton
    u, e, x, v = (parse_word(fields[y], f"data.{y}", automaton) for y in ("u", "e", "x", "v"))
    if length(e) != length(x):
        reject("unequal-lengths", length(e), "data.e", f"the length of x, {length(x)}")
    if length(x) == 0:
        reject("empty-word", fields["x"], "data.x", "a word that is not empty")
    q = automaton.run(automaton.start, u)
    r = automaton.run(q, x)
    for state in (q, r):
        fixed = automaton.run(state, e)
        if fixed != state:
            reject("not-fixed", fixed, "data.e", f"a word that fixes the state {state}")
    if not automaton.separates(q, r, v):
        reject("not-separated", fields["v"], "data.v", "a word that separates q from q.x")
