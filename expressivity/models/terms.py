"""Sums of products on states, from left to right."""

from __future__ import annotations

from typing import Any

from expressivity.models.engine import Engine


def dot(engine: Engine, rows: Any, state: Any, size: int) -> Any:
    """Dot products of states with rows of `size`, which differ from word to word; not checked.

    The rows stand one after the other in the last axis; with one row this is one dot product.
    """
    def term(c: int) -> Any:
        return engine.multiply(engine.take(rows, (..., slice(c, None, size))),
                               engine.take(state, (..., slice(c, c + 1))))

    total = term(0)  # the sum starts from 0, which adds nothing
    for c in range(1, size):
        total = engine.add(total, term(c))
    return total
