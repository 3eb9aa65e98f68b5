"""Certificates of kind "tier-factors" and "tier-loops": tier-based strictly local, or not.

Such a language is strictly local when the letters that are not on some tier are erased: w is in it
iff w without them is in a strictly local language over the tier (Heinz, Rawal and Tanner 2011; for
strictly local see `proofs.checkers.strictly_local`). The empty word counts: it decides about all
words without letters of the tier.

"tier-factors", data: `block` as in `proofs.checkers.blocks`; `tier`, a list of letters in ascending
order; k >= 1. A letter that is not on the tier leads each block to itself, and k - 1 letters of the
tier never lead two blocks to two different ones from which an accepting one can be reached. So
letters off the tier can be erased, and what is left is strictly k-local.

"tier-loops", data: `tier`, a list of entries [a, s, t], a letter with words s and t such that just
one of the words s a t and s t is in the language; words u, w, x, v, y over these letters as in a
certificate of kind "live-loops".

Soundness. If the language is strictly local on some tier, each of the letters a is on it, since
erasing a may change whether a word is in the language. So the words u x^n v, w x^n y and w x^n v
are not changed by erasing, and show that the language is not strictly local on that tier. QED
"""

from __future__ import annotations

from proofs.checkers.automaton import Automaton, letters_of, parse_word
from proofs.checkers.blocks import parse_blocks
from proofs.checkers.claim import Claim
from proofs.checkers.rejection import distinct, integer, integers, items, record, reject
from proofs.checkers.strictly_local import check_factors, check_live_loops


def check_tier_factors(claim: Claim, data: object) -> None:
    """Accept a certificate that the language is tier-based strictly local, or reject."""
    fields = record(data, "data", ("block", "tier", "k"))
    blocks = parse_blocks(claim.automaton, fields["block"], "data.block")
    tier = distinct(integers(fields["tier"], "data.tier", 0, blocks.letters), "data.tier")
    for a in set(range(blocks.letters)) - set(tier):
        for q, row in enumerate(blocks.delta):
            if row[a] != q:
                reject("letter-matters", a, "data.tier", "all letters that lead some block to "
                       "another one")
    delta = tuple(tuple(row[a] for a in tier) for row in blocks.delta)
    letters = tuple(blocks.alphabet[a] for a in tier)
    on_tier = Automaton(letters, blocks.start, blocks.accept, delta)
    check_factors(Claim(on_tier, "strictly-local", True), {"k": fields["k"]})


def check_tier_loops(claim: Claim, data: object) -> None:
    """Accept a certificate that the language is not tier-based strictly local, or reject."""
    fields = record(data, "data", ("tier", "u", "w", "x", "v", "y"))
    automaton = claim.automaton
    tier = set()
    for i, entry in enumerate(items(fields["tier"], "data.tier")):
        path = f"data.tier[{i}]"
        letter, before, after = items(entry, path, 3)
        a = integer(letter, f"{path}[0]", 0, automaton.letters)
        s, t = (parse_word(x, f"{path}[{j}]", automaton) for j, x in ((1, before), (2, after)))
        q = automaton.run(automaton.start, s)
        if not automaton.separates(q, automaton.delta[q][a], t):
            reject("not-separated", len(t), f"{path}[2]", "a word that separates s from s.a")
        tier.add(a)
    words = {name: fields[name] for name in "uwxvy"}
    for name, value in words.items():
        more = letters_of(parse_word(value, f"data.{name}", automaton)) - tier
        if more:
            reject("missing-letters", sorted(more), "data.tier", f"all letters of {name}")
    check_live_loops(Claim(automaton, "strictly-local", False), words)
