"""Certificates of kind "commuting-letters" and "order-of-letters": commutative, or not.

A language is commutative if the order of the letters of a word does not matter.

"commuting-letters", data: `block` as in `proofs.checkers.blocks`. For each block q and letters a, b
the blocks q.ab and q.ba are the same.

Soundness, for any complete automaton of L. So u ab v is in L iff u ba v is, and words with the same
letters in any order are joined by such exchanges of neighbours. QED

"order-of-letters", data: words u, v and letters a, b. Exactly one of q.ab.v and q.ba.v accepts,
with q = start.u.
"""

from __future__ import annotations

from itertools import combinations

from proofs.checkers.automaton import parse_word
from proofs.checkers.blocks import parse_blocks
from proofs.checkers.claim import Claim
from proofs.checkers.rejection import integer, record, reject
from proofs.checkers.work import Work


def check_commuting(claim: Claim, data: object) -> None:
    """Accept a certificate that the language is commutative by returning, or reject."""
    fields = record(data, "data", ("block",))
    blocks = parse_blocks(claim.automaton, fields["block"], "data.block")
    actions = list(dict.fromkeys(zip(*blocks.delta, strict=True)))
    work = Work()
    for q in range(blocks.states):
        work.spend(len(actions) ** 2, "claim.language.alphabet")
        for one, two in combinations(actions, 2):
            if two[one[q]] != one[two[q]]:
                reject("letters-do-not-commute", two[one[q]], "data.block",
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
