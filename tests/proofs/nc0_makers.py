"""Makers of certificates about regular languages in NC0."""

from __future__ import annotations

from tests.oracles import Automaton, Element, Word
from tests.proofs.maker_words import Data, access, block, layer, same_length, separating


def nc0_swap(automaton: Automaton) -> Data | None:
    for induced in same_length(automaton):
        for e, e_word in induced.items():
            for x, x_word in induced.items():
                for q, u in access(automaton).items():
                    r = x[q]
                    if q == r or e[q] != q or e[r] != r:
                        continue
                    v = separating(automaton, q, r)
                    if v is not None:
                        found = {"u": u, "e": e_word, "x": x_word, "v": v}
                        return {name: block(word) for name, word in found.items()}
    return None


def nc0_block(automaton: Automaton) -> Data | None:
    """The least s for which some k works, by words of each length as they come."""
    _, delta, _, _ = automaton
    one: dict[Element, Word] = {tuple(range(len(delta))): ()}
    layers = [one, *same_length(automaton)]
    k = len(delta) ** 2
    long = layers[k] if k < len(layers) else layer(layers, k)
    for s in range(1, 2 * len(layers) + 1):
        if all(
            z[x[y[q]]] == z[y[q]]
            for y in long
            for x in (layers[s] if s < len(layers) else layer(layers, s))
            for z in long
            for q in range(len(delta))
        ):
            return {"k": k, "s": s}
    return None
