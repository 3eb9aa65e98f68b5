"""Certificates of kind "piecewise-testable": the language is J-trivial.

Data: `rank` as in a certificate of kind "partial-order", `levels` as in one of kind "left-order".

Soundness, for any complete automaton of L. The two show that the syntactic monoid is R-trivial and
L-trivial (`proofs.checkers.r_trivial`, `proofs.checkers.l_trivial`). In a finite monoid Green's
relation J is D, the join of R and L, so that it is trivial too. QED

J-trivial means piecewise testable: Simon (1975).
"""

from __future__ import annotations

from proofs.checkers.claim import Claim
from proofs.checkers.l_trivial import check_pair_levels
from proofs.checkers.r_trivial import check_ranks
from proofs.checkers.rejection import record


def check(claim: Claim, data: object) -> None:
    """Accept by returning, or reject."""
    fields = record(data, "data", ("rank", "levels"))
    check_ranks(claim.automaton, fields["rank"])
    check_pair_levels(claim.automaton, fields["levels"])
