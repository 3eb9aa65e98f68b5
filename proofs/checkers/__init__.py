"""Certificate checkers: each accepts or rejects what a certificate says, without searching.

A certificate is a JSON object

    {"format": "expressivity certificate", "version": 1, "kind": ...,
     "claim": {"language": <automaton>, "class": ..., "member": true | false},
     "data": {...}}

The module of a kind says what its data must be, and proves that the claim follows. A kind can
prove the claims that PROVES lists, and no others. Everything here is standard library only.
Certificates that a model recognises a language have checkers of their own, `proofs.witnesses`.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from proofs.checkers import (
    c_rasp,
    commutative,
    counting,
    dot_depth,
    ends,
    group_language,
    group_levels,
    l_trivial,
    local_da,
    locally_testable,
    ltl_p_mod,
    nc0,
    perfect_group,
    piecewise_testable,
    r_omega,
    r_trivial,
    same_length_counting,
    strictly_local,
    subsequences,
    threshold,
    tiers,
    two_variables,
)
from proofs.checkers.automaton import Automaton
from proofs.checkers.claim import CLASSES, CheckedClaim, Claim, describe, parse_claim
from proofs.checkers.rejection import Rejected, integer, record, reject, string

__all__ = [
    "CHECKERS",
    "CLASSES",
    "FORMAT",
    "PROVES",
    "VERSION",
    "Automaton",
    "CheckedClaim",
    "Claim",
    "Rejected",
    "check_certificate",
    "describe",
    "read_certificate",
]

FORMAT: Final = "expressivity certificate"
VERSION: Final = 1

CHECKERS: Final[dict[str, Callable[[Claim, object], None]]] = {
    "group-levels": group_levels.check,
    "counting": counting.check,
    "same-length-counting": same_length_counting.check,
    "two-primes": same_length_counting.check_two_primes,
    "perfect-group": perfect_group.check,
    "nc0-block": nc0.check_block,
    "nc0-swap": nc0.check_swap,
    "partial-order": r_trivial.check_partial_order,
    "cycle": r_trivial.check_cycle,
    "left-order": l_trivial.check_left_order,
    "left-pattern": l_trivial.check_left_pattern,
    "piecewise-testable": piecewise_testable.check,
    "periodic-order": ltl_p_mod.check_order,
    "same-length-cycle": ltl_p_mod.check_cycle,
    "c-rasp": c_rasp.check_values,
    "c-rasp-partition": c_rasp.check_partition,
    "last-letters": ends.check_last_letters,
    "parallel-loops": ends.check_parallel_loops,
    "first-letters": ends.check_first_letters,
    "loop-exit": ends.check_loop_exit,
    "both-ends": ends.check_both_ends,
    "joined-loops": ends.check_joined_loops,
    "commuting-letters": commutative.check_commuting,
    "order-of-letters": commutative.check_order,
    "factors": strictly_local.check_factors,
    "live-loops": strictly_local.check_live_loops,
    "local-order": locally_testable.check_order,
    "local-square": locally_testable.check_square,
    "local-exchange": locally_testable.check_exchange,
    "alphabet-levels": two_variables.check_levels,
    "alphabet-path": two_variables.check_path,
    "reversible-components": r_omega.check_reversible,
    "merged-component": r_omega.check_merged,
    "knast-identity": dot_depth.check_identity,
    "knast-pattern": dot_depth.check_pattern,
    "threshold-identity": threshold.check_identity,
    "threshold-pattern": threshold.check_pattern,
    "locally-in-da": local_da.check_local,
    "local-da-pattern": local_da.check_local_pattern,
    "stably-in-da": local_da.check_stable,
    "stable-da-pattern": local_da.check_stable_pattern,
    "permuted-blocks": group_language.check_permuted,
    "merging-word": group_language.check_merging,
    "closed-under-deletion": subsequences.check_closed,
    "deletion": subsequences.check_deletion,
    "tier-factors": tiers.check_tier_factors,
    "tier-loops": tiers.check_tier_loops,
}
"""The checker of each kind of certificate; it returns if it accepts, and rejects otherwise."""

PROVES: Final[dict[str, tuple[tuple[str, bool], ...]]] = {
    "group-levels": (("star-free", True), ("quasi-aperiodic", True), ("2-groups", True),
                     ("AC0[p]-regular", True), ("solvable", True)),
    "counting": (("star-free", False), ("2-groups", False), ("R^omega", False),
                 ("dot-depth-one", False), ("locally-threshold-testable", False),
                 ("FO2[<,+1]", False)),
    "same-length-counting": (("quasi-aperiodic", False), ("FO2[<,MOD]", False)),
    "two-primes": (("AC0[p]-regular", False),),
    "perfect-group": (("solvable", False), ("AC0[p]-regular", False)),
    "nc0-block": (("nc0-regular", True),),
    "nc0-swap": (("nc0-regular", False),),
    "partial-order": (("R-trivial", True),),
    "cycle": (("R-trivial", False), ("J-trivial", False)),
    "left-order": (("L-trivial", True),),
    "left-pattern": (("L-trivial", False), ("J-trivial", False)),
    "piecewise-testable": (("J-trivial", True), ("dot-depth-one", True), ("FO2[<,+1]", True)),
    "periodic-order": (("LTL[P,MOD]", True), ("FO2[<,MOD]", True)),
    "same-length-cycle": (("LTL[P,MOD]", False),),
    "c-rasp": (("C-RASP@eos", True), ("C-RASP@last", True)),
    "c-rasp-partition": (("C-RASP@eos", False), ("C-RASP@last", False)),
    "last-letters": (("definite", True),),
    "parallel-loops": (("definite", False),),
    "first-letters": (("reverse-definite", True),),
    "loop-exit": (("reverse-definite", False),),
    "both-ends": (("generalised-definite", True),),
    "joined-loops": (("generalised-definite", False),),
    "commuting-letters": (("commutative", True),),
    "order-of-letters": (("commutative", False),),
    "factors": (("strictly-local", True),),
    "live-loops": (("strictly-local", False),),
    "local-order": (("locally-testable", True), ("locally-threshold-testable", True),
                    ("dot-depth-one", True), ("FO2[<,+1]", True)),
    "local-square": (("locally-testable", False),),
    "local-exchange": (("locally-testable", False),),
    "alphabet-levels": (("FO2[<]", True), ("FO2[<,+1]", True), ("FO2[<,MOD]", True)),
    "alphabet-path": (("FO2[<]", False),),
    "reversible-components": (("R^omega", True),),
    "merged-component": (("R^omega", False),),
    "knast-identity": (("dot-depth-one", True),),
    "knast-pattern": (("dot-depth-one", False),),
    "threshold-identity": (("locally-threshold-testable", True),),
    "threshold-pattern": (("locally-threshold-testable", False),),
    "locally-in-da": (("FO2[<,+1]", True),),
    "local-da-pattern": (("FO2[<,+1]", False),),
    "stably-in-da": (("FO2[<,MOD]", True),),
    "stable-da-pattern": (("FO2[<,MOD]", False),),
    "permuted-blocks": (("group-language", True),),
    "merging-word": (("group-language", False),),
    "closed-under-deletion": (("strictly-piecewise", True),),
    "deletion": (("strictly-piecewise", False),),
    "tier-factors": (("tier-strictly-local", True),),
    "tier-loops": (("tier-strictly-local", False),),
}
"""The claims, as (class, member), that a kind of certificate can prove."""


def read_certificate(value: object) -> tuple[Claim, str, object]:
    """The claim, the kind and the data of a certificate, not yet checked.

    `value` is parsed JSON. Raises Rejected if the claim cannot be read.
    """
    fields = record(value, "certificate", ("format", "version", "kind", "claim", "data"))
    if fields["format"] != FORMAT:
        reject("wrong-format", fields["format"], "format", f'"{FORMAT}"')
    integer(fields["version"], "version", VERSION, VERSION + 1)
    kind = string(fields["kind"], "kind")
    if kind not in CHECKERS:
        reject("unknown-kind", kind, "kind", "one of " + ", ".join(CHECKERS))
    return parse_claim(fields["claim"], "claim"), kind, fields["data"]


def check_certificate(value: object) -> CheckedClaim:
    """The claim that a certificate proves. Raises Rejected if it does not prove its claim."""
    claim, kind, data = read_certificate(value)
    if (claim.algebraic_class, claim.member) not in PROVES[kind]:
        got = f"{'' if claim.member else 'not '}{claim.algebraic_class}"
        reject("class-mismatch", got, "claim", f"a claim that certificates of kind {kind} prove")
    CHECKERS[kind](claim, data)
    return CheckedClaim(claim.automaton, claim.algebraic_class, claim.member, kind)
