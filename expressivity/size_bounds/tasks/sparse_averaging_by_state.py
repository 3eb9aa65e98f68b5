"""Sparse averaging by a model of bounded state, already for sets of one position.

The values z_1 ... z_n in {0, 1} come first, the set {i} is asked for at the end: the state before
it must tell all 2^n words z apart.
"""

from __future__ import annotations

from expressivity.size_bounds.bound import DERIVED, STATE, Bound, read
from expressivity.size_bounds.tasks.sparse_averaging import CITE

BOUND = Bound(
    "sparse-averaging", "fixed state",
    "tokens (z_i, y_i, i), n + 1 of them, y_i a set of one position, z_i in [-1, 1]; output at "
    "the last position: the average of z over its set, with an error below 1/2",
    (STATE,), "n <= b", CITE, DERIVED, "", ("state",), ("state",),
    lambda size: read(size, "state"), lambda n, size: (2, n))
