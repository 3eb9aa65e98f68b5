"""Certificates found by brute force, one maker for each kind: slow, for small automata only.

Nothing here imports the project. Each maker takes an automaton, as in `tests.oracles`, that need
be neither minimal nor trimmed; it returns the data of a certificate, or None if the language is
on the other side. The makers know nothing of the deciders in `languages.classes`.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tests.oracles import Automaton
from tests.proofs.c_rasp_makers import c_rasp, c_rasp_partition
from tests.proofs.group_level_maker import group_levels
from tests.proofs.group_makers import (
    counting,
    perfect_group,
    same_length_counting,
    two_primes,
)
from tests.proofs.identity_makers import (
    elements,
    knast_pattern,
    local_da_pattern,
    stable_da_pattern,
    threshold_pattern,
)
from tests.proofs.maker_words import Data
from tests.proofs.nc0_makers import nc0_block, nc0_swap
from tests.proofs.order_makers import (
    cycle,
    left_order,
    left_pattern,
    partial_order,
    periodic_order,
    piecewise_testable,
    same_length_cycle,
)
from tests.proofs.subregular_makers import (
    alphabet_path,
    both_ends,
    commuting_letters,
    factors,
    first_letters,
    joined_loops,
    last_letters,
    live_loops,
    local_exchange,
    local_square,
    loop_exit,
    merged_component,
    order_of_letters,
    parallel_loops,
    reversible_components,
)
from tests.proofs.tier_makers import (
    closed_under_deletion,
    deletion,
    merging_word,
    permuted_blocks,
    tier_factors,
    tier_loops,
)

MAKERS: dict[str, Callable[[Automaton], Data | None]] = {
    "group-levels": group_levels,
    "counting": counting,
    "same-length-counting": same_length_counting,
    "two-primes": two_primes,
    "perfect-group": perfect_group,
    "nc0-block": nc0_block,
    "nc0-swap": nc0_swap,
    "partial-order": partial_order,
    "cycle": cycle,
    "left-order": left_order,
    "left-pattern": left_pattern,
    "piecewise-testable": piecewise_testable,
    "periodic-order": periodic_order,
    "same-length-cycle": same_length_cycle,
    "c-rasp": c_rasp,
    "c-rasp-partition": c_rasp_partition,
    "last-letters": last_letters,
    "parallel-loops": parallel_loops,
    "first-letters": first_letters,
    "loop-exit": loop_exit,
    "both-ends": both_ends,
    "joined-loops": joined_loops,
    "commuting-letters": commuting_letters,
    "order-of-letters": order_of_letters,
    "factors": factors,
    "live-loops": live_loops,
    "local-order": left_order,
    "local-square": local_square,
    "local-exchange": local_exchange,
    "alphabet-levels": left_order,
    "alphabet-path": alphabet_path,
    "reversible-components": reversible_components,
    "merged-component": merged_component,
    "knast-identity": elements,
    "knast-pattern": knast_pattern,
    "threshold-identity": elements,
    "threshold-pattern": threshold_pattern,
    "locally-in-da": elements,
    "local-da-pattern": local_da_pattern,
    "stably-in-da": elements,
    "stable-da-pattern": stable_da_pattern,
    "permuted-blocks": permuted_blocks,
    "merging-word": merging_word,
    "closed-under-deletion": closed_under_deletion,
    "deletion": deletion,
    "tier-factors": tier_factors,
    "tier-loops": tier_loops,
}
"""The maker of each kind."""


def make(kind: str, algebraic_class: str, automaton: Automaton) -> Data | None:
    """The data of a certificate of this kind about this class, if it can be made."""
    if (kind, algebraic_class) == ("counting", "2-groups"):
        return counting(automaton, odd=True)
    return MAKERS[kind](automaton)


def certificate(
    kind: str, algebraic_class: str, member: bool, automaton: Automaton, data: Data
) -> dict[str, Any]:
    """A certificate as JSON; the letters are called a, b, c, ..."""
    letters, delta, start, accept = automaton
    language = {
        "alphabet": [chr(ord("a") + i) for i in range(letters)],
        "states": len(delta),
        "start": start,
        "accept": sorted(accept),
        "delta": [list(row) for row in delta],
    }
    return {
        "format": "expressivity certificate",
        "version": 1,
        "kind": kind,
        "claim": {"language": language, "class": algebraic_class, "member": member},
        "data": data,
    }
