"""Function composition by a model of bounded state.

As for one layer of attention: after the table of g the state must tell all n^n tables apart.
"""

from __future__ import annotations

from expressivity.size_bounds.bound import STATE, Bound, read
from expressivity.size_bounds.tasks.composition import BOUND as ATTENTION_BOUND

BOUND = Bound(
    "composition", "fixed state", ATTENTION_BOUND.problem, (STATE,), "n^n <= 2^b", None,
    "derived here", "", ("state",), ("state",), lambda size: read(size, "state"),
    lambda n, size: (n, n))
