"""Makers of certificates about classes to which the empty word matters, by brute force."""

from __future__ import annotations

from itertools import product as tuples
from typing import Any

from tests.oracles import Automaton, Word
from tests.proofs.maker_words import Data, access, actions, block, separating
from tests.proofs.subregular_makers import commuting_letters, live_loops

permuted_blocks = commuting_letters  # blocks of states that accept the same words


def merging_word(automaton: Automaton) -> Data | None:
    ways = access(automaton)
    for x, word in actions(automaton).items():
        for (p, u), (q, w) in tuples(ways.items(), repeat=2):
            v = separating(automaton, p, q) if x[p] == x[q] else None
            if v is not None:
                return {"u": block(u), "w": block(w), "x": block(word), "v": block(v)}
    return None


def closed_under_deletion(automaton: Automaton) -> Data:
    del automaton  # the checker looks at it
    return {}


def deletion(automaton: Automaton) -> Data | None:
    letters, delta, _, accept = automaton
    for p, u in access(automaton).items():
        for a in range(letters):
            for y, v in actions(automaton).items():
                if y[delta[p][a]] in accept and y[p] not in accept:
                    return {"u": block(u), "x": block((a,)), "v": block(v)}
    return None


def _changing(automaton: Automaton) -> dict[int, tuple[Word, Word]]:
    """The letters that change whether some word is accepted, with what stands around them."""
    letters, delta, _, _ = automaton
    found: dict[int, tuple[Word, Word]] = {}
    for a in range(letters):
        for p, s in access(automaton).items():
            t = separating(automaton, p, delta[p][a])
            if t is not None:
                found.setdefault(a, (s, t))
    return found


def tier_factors(automaton: Automaton) -> Data:
    tier = sorted(_changing(automaton))
    return {**commuting_letters(automaton), "tier": tier, "k": len(automaton[1]) ** 2 + 1}


def tier_loops(automaton: Automaton) -> Data | None:
    _, delta, start, accept = automaton
    changing = _changing(automaton)
    tier = sorted(changing)
    if not tier:
        return None
    smaller = len(tier), tuple(tuple(row[a] for a in tier) for row in delta), start, accept
    loops = live_loops(smaller)
    if loops is None:
        return None
    words: dict[str, Any] = {
        name: [[count, [tier[a] for a in letters]] for count, letters in word]
        for name, word in loops.items()
    }
    return words | {"tier": [[a, block(s), block(t)] for a, (s, t) in sorted(changing.items())]}
