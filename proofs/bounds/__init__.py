"""Bounds on sizes: the least number of heads, the least formula. Standard library only.

Certificates have the format of the other certificates and kinds of their own; the module of a kind
says what its claim and data are, and proves that the claim follows. Impossibility rests on LRAT
proofs about clauses that the checker makes from the claim.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from proofs.bounds import formula_size, one_layer_heads
from proofs.bounds.bound import CheckedBound

__all__ = ["CHECKERS", "CheckedBound"]

CHECKERS: Final[dict[str, Callable[[object], CheckedBound]]] = {
    one_layer_heads.KIND: one_layer_heads.check,
    formula_size.KIND: formula_size.check,
}
"""The checker of each kind; it returns what was proved, or rejects."""
