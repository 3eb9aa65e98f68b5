"""Induction heads by a model of bounded state.

Input k_1 x_1 ... k_n x_n k_i with n different keys and values a, b: after x_n the state must tell
all 2^n words x apart, since any of their letters can be asked for.
"""

from __future__ import annotations

from expressivity.size_bounds.bound import STATE, Bound, Size, read


def _keys(size: Size) -> int | None:
    return None if size.vocabulary is None else max(size.vocabulary - 2, 0)


BOUND = Bound(
    "induction", "fixed state",
    "a word of 2 n + 1 tokens over an alphabet of at least n + 2; output, at the end, the token "
    "after the last earlier occurrence of the last token",
    (STATE,), "n <= b, for n <= V - 2", None, "derived here", "", ("state",),
    ("state",), lambda size: read(size, "state"),
    lambda n, size: (2, n), largest=_keys)
