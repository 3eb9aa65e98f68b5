"""Claims that rest on LRAT proofs: least sizes, and equality at one length. Standard library only.

Certificates have the format of the other certificates and kinds of their own; the module of a kind
says what its claim and data are, and proves that the claim follows. Impossibility (of a smaller
size, of a difference) rests on LRAT proofs about clauses that the checker makes from the claim.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from proofs.bounds import equal_at_length, equal_circuits, formula_size, one_layer_heads
from proofs.bounds.bound import CheckedBound

__all__ = ["CHECKERS", "CheckedBound"]

CHECKERS: Final[dict[str, Callable[[object], CheckedBound]]] = {
    one_layer_heads.KIND: one_layer_heads.check,
    formula_size.KIND: formula_size.check,
    equal_at_length.KIND: equal_at_length.check,
    equal_circuits.KIND: equal_circuits.check,
}
"""The checker of each kind; it returns what was proved, or rejects."""
