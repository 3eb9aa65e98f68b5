"""Equality of two words by a model of bounded state: after u it must tell all 2^n words apart."""

from __future__ import annotations

from expressivity.size_bounds.bound import DERIVED, STATE, Bound, read
from expressivity.size_bounds.tasks.equality import BOUND as ATTENTION_BOUND

BOUND = Bound(
    "equality", "fixed state", ATTENTION_BOUND.problem, (STATE,), "n <= b", ATTENTION_BOUND.cite,
    DERIVED, "", ("state",), ("state",), lambda size: read(size, "state"),
    lambda n, size: (2, n))
