"""Certificates of kind "commuting-letters" and "order-of-letters": commutative, or not.

A language is commutative if the order of the letters of a word does not matter.

"commuting-letters", data: a number `block[q]` for each state. States of one block both accept or
both reject, a letter leads them to states of one block, and q.ab and q.ba are in one block for each
state q and letters a, b.

Soundness, for any complete automaton of L. States of one block accept the same words, by induction
on the length. So u ab v is in L iff u ba v is, and words with the same letters in any order are
joined by such exchanges of neighbours. QED

"order-of-letters", data: words u, v and letters a, b. Exactly one of q.ab.v and q.ba.v accepts,
with q = start.u.
"""

from __future__ import annotations

from itertools import combinations

from proofs.checkers.automaton import parse_word
from proofs.checkers.claim import Claim
from proofs.checkers.rejection import integer, integers, record, reject
from proofs.checkers.work import Work


def check_commuting(claim: Claim, data: object) -> None:
    """Accept a certificate that the language is commutative by returning, or reject."""
    fields = record(data, "data", ("block",))
    automaton = claim.automaton
    block = integers(fields["block"], "data.block", 0, length=automaton.states)
    actions = list(dict.fromkeys(zip(*automaton.delta, strict=True)))
    work = Work()
    first: dict[int, int] = {}
    for q in range(automaton.states):
        p = first.setdefault(block[q], q)
        if (p in automaton.accept) != (q in automaton.accept):
            reject("mixed-block", block[q], f"data.block[{q}]", f"another block than that of {p}, "
                   "as one of the two accepts")
        for action in actions:
            if block[action[p]] != block[action[q]]:
                reject("split-block", block[q], f"data.block[{q}]", f"another block than that of "
                       f"{p}, as a letter leads to states of different blocks")
    # States of one block are led to states of one block, so that one of each is enough.
    for q in first.values():
        work.spend(len(actions) ** 2, "claim.language.alphabet")
        for one, two in combinations(actions, 2):
            if block[two[one[q]]] != block[one[two[q]]]:
                reject("letters-do-not-commute", block[two[one[q]]], "data.block",
                       f"one block for the states that two letters lead to from {q}, in any order")


def check_order(claim: Claim, data: object) -> None:
    """Accept a certificate that the language is not commutative by returning, or reject."""
    fields = record(data, "data", ("u", "a", "b", "v"))
    automaton = claim.automaton
    u, v = (parse_word(fields[x], f"data.{x}", automaton) for x in ("u", "v"))
    a, b = (integer(fields[x], f"data.{x}", 0, automaton.letters) for x in ("a", "b"))
    q = automaton.run(automaton.start, u)
    p, r = automaton.delta[automaton.delta[q][a]][b], automaton.delta[automaton.delta[q][b]][a]
    if not automaton.separates(p, r, v):
        reject("not-separated", len(v), "data.v", "a word that separates q.ab from q.ba")
