"""Certificates of kind "closed-under-deletion" and "deletion": strictly piecewise, or not.

A strictly piecewise language consists of the words without any of finitely many subsequences.
These are the languages that with a word contain all its subsequences (Haines 1969; Rogers et al.
2010). The empty word counts: a language that has any word has the empty one.

"closed-under-deletion", data: no fields. The checker goes through all pairs (p.a, p) of a state
that can be reached and a letter, and what words lead them to: of no such pair the first accepts
and the second does not. So if u a v is in the language, then so is u v.

"deletion", data: words u, x, v. The word u x v is in the language, and u v is not.
"""

from __future__ import annotations

from proofs.checkers.automaton import parse_word
from proofs.checkers.claim import Claim
from proofs.checkers.rejection import record, reject
from proofs.checkers.work import Work


def check_closed(claim: Claim, data: object) -> None:
    """Accept a certificate that the language is strictly piecewise by returning, or reject."""
    record(data, "data", ())
    automaton = claim.automaton
    actions = list(dict.fromkeys(zip(*automaton.delta, strict=True)))
    work = Work()
    states = [automaton.start]
    reached = set(states)
    for p in states:
        work.spend(len(actions), "claim.language")
        for action in actions:
            if action[p] not in reached:
                reached.add(action[p])
                states.append(action[p])
    found = list(dict.fromkeys((action[p], p) for p in states for action in actions))
    seen = set(found)
    for p, q in found:
        if p in automaton.accept and q not in automaton.accept:
            reject("lost-by-deletion", [p, q], "claim.language", "a language that keeps a word "
                   f"when a letter is left out: {p} accepts and {q} does not")
        work.spend(len(actions) + 20, "claim.language")  # a pair takes more memory than time
        for action in actions:
            pair = action[p], action[q]
            if pair not in seen:
                seen.add(pair)
                found.append(pair)


def check_deletion(claim: Claim, data: object) -> None:
    """Accept a certificate that the language is not strictly piecewise by returning, or reject."""
    fields = record(data, "data", tuple("uxv"))
    automaton = claim.automaton
    u, x, v = (parse_word(fields[z], f"data.{z}", automaton) for z in "uxv")
    p = automaton.run(automaton.start, u)
    for name, word, wanted in (("x", x, True), ("v", [], False)):
        end = automaton.run(automaton.run(p, word), v)
        if (end in automaton.accept) != wanted:
            kind = "an accepting" if wanted else "a rejecting"
            reject("wrong-end", end, f"data.{name}", f"{kind} state")
