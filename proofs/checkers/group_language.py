"""Certificates of kind "permuted-blocks" and "merging-word": a group language, or not.

A group language is one whose syntactic monoid is a group. The empty word counts: the words of even
length over one letter are a group language, and are none without the empty word.

"permuted-blocks", data: `block` as in `proofs.checkers.blocks`. Each letter permutes the blocks. So
the transition monoid of the automaton of the blocks is a group, and so is the syntactic monoid, a
quotient of it.

"merging-word", data: words u, w, x, v. With p = start.u and q = start.w: p.x = q.x, and exactly one
of p.v and q.v accepts.

Soundness. In a finite group x^n is the identity for some n > 0. Then u v and u x^n v would both be
in the language or both not, and so would w v and w x^n v; but u x^n v and w x^n v lead to one
state. QED
"""

from __future__ import annotations

from proofs.checkers.automaton import parse_word
from proofs.checkers.blocks import parse_blocks
from proofs.checkers.claim import Claim
from proofs.checkers.rejection import record, reject


def check_permuted(claim: Claim, data: object) -> None:
    """Accept a certificate that the language is a group language by returning, or reject."""
    fields = record(data, "data", ("block",))
    blocks = parse_blocks(claim.automaton, fields["block"], "data.block")
    for a, image in enumerate(zip(*blocks.delta, strict=True)):
        if len(set(image)) < blocks.states:
            reject("blocks-merge", a, "data.block", "blocks that each letter permutes")


def check_merging(claim: Claim, data: object) -> None:
    """Accept a certificate that the language is not a group language by returning, or reject."""
    fields = record(data, "data", tuple("uwxv"))
    automaton = claim.automaton
    u, w, x, v = (parse_word(fields[z], f"data.{z}", automaton) for z in "uwxv")
    p, q = automaton.run(automaton.start, u), automaton.run(automaton.start, w)
    one, two = automaton.run(p, x), automaton.run(q, x)
    if one != two:
        reject("not-merged", two, "data.x", f"a word that leads from {p} and {q} to one state")
    if not automaton.separates(p, q, v):
        reject("not-separated", len(v), "data.v", "a word that separates start.u from start.w")
