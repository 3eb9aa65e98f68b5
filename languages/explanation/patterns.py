"""The pattern that excludes a language from a class, whichever kind of evidence there is."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from languages.classes import (
    ac0,
    ac0_p,
    deciders,
    dot_depth_one,
    fo2_successor,
    solvable,
    star_free,
    strictly_local,
    tier_strictly_local,
)
from languages.classes.analysis import Analysis
from languages.dfa import DFA
from languages.evidence import Evidence
from languages.explanation import (
    c_rasp,
    counting,
    cycles,
    ends,
    identities,
    letters,
    local,
    perfect,
    plain_patterns,
    primes,
    subwords,
)
from languages.explanation.pattern import Board, Pattern

BY_EVIDENCE: dict[str, Callable[[Board, Mapping[str, Any], str], Pattern]] = {
    "counting": counting.counting,
    "same-length-counting": counting.same_length,
    "perfect-group": perfect.perfect_group,
    "nc0-swap": ends.swap,
    "cycle": cycles.cycle,
    "left-pattern": subwords.left_pattern,
    "same-length-cycle": cycles.same_length_cycle,
    "c-rasp-partition": c_rasp.partition,
    "parallel-loops": ends.parallel_loops,
    "loop-exit": ends.loop_exit,
    "joined-loops": ends.joined_loops,
    "order-of-letters": subwords.order_of_letters,
    "live-loops": local.live_loops,
    "local-square": local.local_square,
    "local-exchange": local.local_exchange,
    "alphabet-path": subwords.alphabet_path,
    "merged-component": cycles.merged,
}


def _from(board: Board, found: Evidence | None, key: str) -> Pattern | None:
    if found is None or found.member or found.kind not in BY_EVIDENCE:
        return None
    return BY_EVIDENCE[found.kind](board, found.data, key)


def _aperiodic(board: Board, key: str, otherwise: Callable[[Board], Pattern | None]
               ) -> Pattern | None:
    """A word that counts, or for star-free languages what breaks the identity of the class."""
    if star_free.decide(board.analysis).value == "no":
        return _from(board, star_free.evidence(board.analysis), key)
    return otherwise(board)


def _tier(board: Board) -> Pattern | None:
    """Loops on the tier of the letters that change some state."""
    dfa = board.dfa
    numbers = [a for a in board.analysis.representative if a not in letters.neutral(dfa)]
    on_tier = tuple(dfa.alphabet[a] for a in numbers)
    smaller = DFA(on_tier, dfa.delta[:, numbers], dfa.start, dfa.accept)
    found = strictly_local.evidence(Analysis(smaller, board.analysis.budget))
    if found is None or found.member:
        return None
    # Its states have the numbers of all states: letters off the tier discover none.
    data = {name: [[count, [numbers[a] for a in block]] for count, block in word]
            for name, word in found.data.items()}
    return local.live_loops(board, data, tier_strictly_local.KEY)


def _one_prime(board: Board) -> Pattern | None:
    if solvable.decide(board.analysis).value == "no":
        return _from(board, solvable.evidence(board.analysis), ac0_p.KEY)
    return primes.two_primes(board)


def _positions(board: Board) -> Pattern | None:
    if ac0.decide(board.analysis).value == "no":
        return _from(board, ac0.evidence(board.analysis), "fo2_mod")
    return identities.stable_da(board)


BY_KEY: dict[str, Callable[[Board], Pattern | None]] = {
    "finite": plain_patterns.finite,
    "cofinite": plain_patterns.cofinite,
    "strictly_piecewise": plain_patterns.strictly_piecewise,
    "group_language": plain_patterns.group_language,
    "tier_strictly_local": _tier,
    "ac0_p": _one_prime,
    "fo2_mod": _positions,
    "locally_threshold_testable": lambda board: _aperiodic(
        board, "locally_threshold_testable", identities.threshold),
    dot_depth_one.KEY: lambda board: _aperiodic(board, dot_depth_one.KEY, identities.knast),
    fo2_successor.KEY: lambda board: _aperiodic(board, fo2_successor.KEY, identities.local_da),
}


def pattern(board: Board, key: str) -> Pattern | None:
    """Why the language is not in the class of this KEY, which was decided; None if unknown.

    For NC1-completeness, the one question whose "yes" has a pattern, this is the perfect group.
    """
    if key in BY_KEY:
        return BY_KEY[key](board)
    return _from(board, deciders()[key].evidence(board.analysis), key)
