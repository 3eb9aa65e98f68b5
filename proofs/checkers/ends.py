"""Certificates about languages that look at the first or the last letters of a word.

Words shorter than the number of letters looked at are in the language or not, one by one; so the
empty word makes no difference to these classes, nor to their algebra, which is about S, the
syntactic image of the words that are not empty. They are the languages of Brzozowski (1962) and
Perles, Rabin and Shamir (1963).

"last-letters", data: k >= 0. Words of length k lead all states to one state each. So a word of k or
more letters leads to where its last k letters lead: the language is definite.

"parallel-loops", data: words u, w, x, v, x not empty. With p = start.u and q = start.w: p.x = p,
q.x = q, and exactly one of p.v and q.v accepts. Of the words u x^n v and w x^n v one is in the
language, and they end with the same n letters, for all n: the language is not definite.

"first-letters", data: k >= 0. From each state that words of length k lead to from the start, either
all states that can be reached accept or none. So the first k letters of a word decide: the language
is reverse definite.

"loop-exit", data: words u, x, y, v, x not empty. With q = start.u and r = q.y: q.x = q, and exactly
one of q.v and r.v accepts. Of the words u x^n v and u x^n y v one is in the language: the language
is not reverse definite.

"both-ends", data: k >= 0. If k letters lead to q, a letter a to q.a, then k letters more lead q and
q.a to one state (`proofs.checkers.nc0`, with blocks of one letter). So letters of a word may be
dropped one by one while k letters stay on both sides; words of 2k or more letters with the same
first k and the same last k letters are both in the language or both not: it is generalised
definite.

"joined-loops", data: words u, e, x, v, e not empty. With q = start.u and r = q.x: q.e = q, r.e = r,
and exactly one of q.v and r.v accepts. Of the words u e^n v and u e^n x e^n v one is in the
language: the language is not generalised definite.
"""

from __future__ import annotations

from collections.abc import Collection

from proofs.checkers.automaton import Automaton, Word, parse_word
from proofs.checkers.claim import Claim
from proofs.checkers.nc0 import check_dropped_block, merged_after
from proofs.checkers.rejection import integer, record, reject
from proofs.checkers.work import Work


def check_last_letters(claim: Claim, data: object) -> None:
    """Accept a certificate that the language is definite by returning, or reject."""
    k = integer(record(data, "data", ("k",))["k"], "data.k", 0)
    actions = list(dict.fromkeys(zip(*claim.automaton.delta, strict=True)))
    number = merged_after(actions, claim.automaton.states, k, Work())
    for q, other in enumerate(number):
        if other != number[0]:
            reject("not-merged", [0, q], "data.k", f"no states, as 0 and {q}, kept apart by {k} "
                   "letters")


def check_first_letters(claim: Claim, data: object) -> None:
    """Accept a certificate that the language is reverse definite by returning, or reject."""
    k = integer(record(data, "data", ("k",))["k"], "data.k", 0)
    automaton = claim.automaton
    actions = list(dict.fromkeys(zip(*automaton.delta, strict=True)))
    # States that both kinds of states can be reached from. So can they from all states before.
    mixed = leading_to(automaton, automaton.accept) \
        & leading_to(automaton, set(range(automaton.states)) - automaton.accept)
    reached = {automaton.start} & mixed
    work = Work()
    for _ in range(min(k, automaton.states)):
        # A way through as many of them as there are states has a cycle and can go on for ever.
        work.spend(len(reached) * len(actions), "data.k")
        reached = {action[q] for q in reached for action in actions} & mixed
    if reached:
        reject("not-constant", min(reached), "data.k", f"states that {k} letters lead to, each "
               "followed by accepting states only or by none")


def leading_to(automaton: Automaton, states: Collection[int]) -> set[int]:
    """The states from which words lead to one of these, themselves included."""
    before: list[set[int]] = [set() for _ in range(automaton.states)]
    for q, row in enumerate(automaton.delta):
        for r in row:
            before[r].add(q)
    found = set(states)
    queue = sorted(found)
    for r in queue:
        new = before[r] - found
        found |= new
        queue.extend(sorted(new))
    return found


def check_both_ends(claim: Claim, data: object) -> None:
    """Accept a certificate that the language is generalised definite by returning, or reject."""
    k = integer(record(data, "data", ("k",))["k"], "data.k", 0)
    check_dropped_block(claim.automaton, k, 1)


def check_parallel_loops(claim: Claim, data: object) -> None:
    """Accept a certificate that the language is not definite by returning, or reject."""
    u, w, x, v = _words(claim.automaton, data, ("u", "w", "x", "v"))
    automaton = claim.automaton
    p, q = automaton.run(automaton.start, u), automaton.run(automaton.start, w)
    check_loop(automaton, "x", x, (p, q))
    if not automaton.separates(p, q, v):
        reject("not-separated", len(v), "data.v", "a word that separates start.u from start.w")


def check_loop_exit(claim: Claim, data: object) -> None:
    """Accept a certificate that the language is not reverse definite by returning, or reject."""
    u, x, y, v = _words(claim.automaton, data, ("u", "x", "y", "v"))
    automaton = claim.automaton
    q = automaton.run(automaton.start, u)
    check_loop(automaton, "x", x, (q,))
    if not automaton.separates(q, automaton.run(q, y), v):
        reject("not-separated", len(v), "data.v", "a word that separates q from q.y")


def check_joined_loops(claim: Claim, data: object) -> None:
    """Accept a certificate that the language is not generalised definite, or reject."""
    u, e, x, v = _words(claim.automaton, data, ("u", "e", "x", "v"))
    automaton = claim.automaton
    q = automaton.run(automaton.start, u)
    r = automaton.run(q, x)
    check_loop(automaton, "e", e, (q, r))
    if not automaton.separates(q, r, v):
        reject("not-separated", len(v), "data.v", "a word that separates q from q.x")


def check_loop(automaton: Automaton, name: str, loop: Word, states: tuple[int, ...]) -> None:
    """Reject unless a word that is not empty leads from each of the states back to it."""
    if not loop:
        reject("empty-word", [], f"data.{name}", "a word that is not empty")
    for state in states:
        fixed = automaton.run(state, loop)
        if fixed != state:
            reject("not-fixed", fixed, f"data.{name}", f"a word that fixes the state {state}")


def _words(automaton: Automaton, data: object, names: tuple[str, ...]) -> list[Word]:
    fields = record(data, "data", names)
    return [parse_word(fields[name], f"data.{name}", automaton) for name in names]
