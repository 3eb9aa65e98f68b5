"""Iterated composition by decoded tokens: one step of the function for each token."""

from __future__ import annotations

from expressivity.size_bounds.bound import STATED, Bound, Size, only_one_layer
from proofs.citation import Citation


def _refuses(size: Size) -> str | None:
    if size.heads not in (None, 1):
        return f"the bound is about one head, not {size.heads}"
    return only_one_layer(size)


BOUND = Bound(
    "iterated-composition", "decoded tokens",
    "a table of f from a large enough finite set to itself, and x; output: f applied n times to x",
    ("one layer with one head of unique hard attention, exact numbers, embeddings of (token, "
     "position) and networks of any kind",
     "T decoded tokens, the answer included; T = 0: answered at once, which counts as one",
     "the set is large enough; how large is not said here"),
    "n <= T",
    Citation("Barceló, Kozachinskiy, Steifer", 2025, "Ehrenfeucht-Haussler Rank and Chain of "
             "Thought", "ICML, arXiv 2501.12997"),
    STATED, "The source shows that T = n tokens suffice, too.", (), ("cot",),
    lambda size: max(size.cot, 1), lambda n, size: (2, n), _refuses)
