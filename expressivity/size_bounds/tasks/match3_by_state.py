"""Match3 by a model of bounded state.

In the input of the bound on attention the state after the first n positions must tell all sets a
apart: two different ones are told apart by the single element in which they differ.
"""

from __future__ import annotations

from expressivity.size_bounds.bound import STATE, Bound, read
from expressivity.size_bounds.tasks.match3 import PROBLEM

BOUND = Bound(
    "match3", "fixed state", PROBLEM, (STATE,), "n <= b", None, "derived here", "", ("state",),
    ("state",), lambda size: read(size, "state"), lambda n, size: (2, n))
