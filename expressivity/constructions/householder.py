"""Every regular language by linear recurrences whose transitions are products of reflections.

A cascade of levels on which letters act by permutations or resets (Krohn, Rhodes 1965); no group
needs to be solvable. An automaton of permutations is one recurrence, which runs smaller automata
beside each other where the automaton is their product. The state of a level is a row of 0 and one
1. A permutation of n values is a product of at most n - 1 transpositions of coordinates p and q,
reflections with b = 2 and the direction e_p - e_q. A reset projects all coordinates to 0 (b = 1,
direction e_i) and adds the new value.

Each level must see the states of the levels above *before* the letter, while recurrences are read
after it, as in the cited theorem. Before a permutation the state was its preimage. A level that is
also reset has n more coordinates: a reset first exchanges the two halves, so that the old state is
found in the second half; that makes 2n factors on 2n coordinates. At the end symbol, where nothing
moves, states before and after are the same.

Nothing but 0, 1, -1 and 2 occurs, in inner products with v = e_p - e_q, too, and divisions are
2/2, 0/2, 1/1 and 0/1: exact in any format that has 2.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from expressivity.constructions import Witness
from expressivity.constructions.cascade_stream import CascadeStream
from expressivity.constructions.from_brasp import regular
from expressivity.constructions.stream import BIAS, Network, Recurrence, Row, check_weights
from expressivity.models.contracts import FIXED_8, RATIONAL
from languages.algebra.permutations import cycles
from languages.dfa import DFA
from languages.language import Language
from languages.logics.krohn_rhodes import (
    Cascade,
    Map,
    is_permutation,
    permutation_reset_cascade,
)
from languages.logics.quotients import is_permutation_automaton, product_cascade

NAME: Final = "Householder RNN"
CITATION: Final = (
    "Grazzi, Siems, Zela, Franke, Hutter, Pontil, Unlocking State-Tracking in Linear RNNs Through "
    "Negative Eigenvalues, ICLR 2025, arXiv 2411.12537, Theorems 3-4; cascades by Krohn, Rhodes "
    "(1965)"
)


def applies(language: Language) -> bool:
    """Is the language regular?"""
    return language.dfa is not None


def witnesses(language: Language, length: int) -> Iterator[Witness]:
    """Models for all lengths, read at an end symbol."""
    dfa = regular(language, NAME).minimal()
    made = HouseholderNetwork(cascade(dfa), dfa)
    for contract in (FIXED_8, RATIONAL):
        yield Witness(made.model(contract), made.claimed())


def cascade(dfa: DFA) -> Cascade:
    """Levels for a minimal DFA: all in one layer if letters permute the states."""
    if is_permutation_automaton(dfa):
        return product_cascade(dfa)
    return permutation_reset_cascade(dfa)


class HouseholderNetwork:
    """The model of a cascade of permutations and resets."""

    def __init__(self, levels: Cascade, dfa: DFA) -> None:
        self.stream = CascadeStream(levels, dfa, "eos", before_last=False)
        self.permutations = [{move: d for move, d in moves.items() if is_permutation(move)}
                             for moves in self.stream.move]
        self.resets = [{move: d for move, d in moves.items() if not is_permutation(move)}
                       for moves in self.stream.move]
        self.after = [[self.stream.dimension(f"level {k + 1} after: {x}") for x in range(size)]
                      for k, size in enumerate(self._coordinates())]
        for layer in range(1, self.stream.depth + 1):
            if layer > 1:
                self.stream.layers += [self._decoder(layer - 1), self.stream.moves_network(layer)]
            self.stream.layers.append(self._recurrence(layer))
        self.stream.layers.append(self.stream.acceptance_network(
            [after[:level.size] for after, level in
             zip(self.after, self.stream.levels, strict=True)]))

    def model(self, contract: Mapping[str, Any]) -> dict[str, Any]:
        """Plain data; the format must have 2."""
        return self.stream.model(contract, "eos", {self.stream.accepted: 1})

    def claimed(self) -> dict[str, int]:
        """Counted from the cascade: with D layers of levels, D recurrences, 2 D - 1 networks."""
        stream, depth = self.stream, self.stream.depth
        coordinates = self._coordinates()
        units = [level.size * (1 + len(permutations) + bool(resets))
                 for level, permutations, resets in
                 zip(stream.levels, self.permutations, self.resets, strict=True)]
        per_layer = [stream.in_layer(layer) for layer in range(1, depth + 1)]
        return {"layers": 2 * depth - 1, "recurrent_layers": depth, "networks": 2 * depth - 1,
                "attention_layers": 0,
                "state": max(sum(coordinates[k] for k in part) for part in per_layer),
                "hidden": max([*stream.conditions(),
                              *(sum(units[k] for k in part) for part in per_layer[:-1])]),
                "width": stream.shared_width() + sum(coordinates)}

    def _coordinates(self) -> list[int]:
        """Twice the number of values where there are resets."""
        return [level.size * (2 if resets else 1)
                for level, resets in zip(self.stream.levels, self.resets, strict=True)]

    def _recurrence(self, layer: int) -> Recurrence:
        initial: list[int] = []
        source: list[Row] = []
        output: dict[int, Row] = {}
        factors: list[dict[str, Any]] = []
        part = self.stream.in_layer(layer)
        total = sum(len(self.after[k]) for k in part)
        for k in part:
            first = len(initial)
            for x, dimension in enumerate(self.after[k]):
                output[dimension] = {len(initial): 1}
                initial.append(int(x == self.stream.levels[k].initial))
                source.append({d: 1 for move, d in self.resets[k].items() if move[0] == x})
            factors += self._factors(k, first, total)
        idle: dict[str, Any] = {"scale": {}, "direction": [{}] * total}
        return Recurrence(initial, {"kind": "householder", "factors": factors or [idle]}, source,
                          output)

    def _factors(self, k: int, first: int, total: int) -> list[dict[str, Any]]:
        """The factors of a level, whose coordinates begin with `first`.

        Those that a letter does not need have the direction 0 there, which changes nothing.
        """
        size = self.stream.levels[k].size
        by_move = {dimension: [({p: 1, q: -1}, 2) for p, q in transpositions(move)]
                   for move, dimension in self.permutations[k].items()}
        reset = [({i: 1, size + i: -1}, 2) for i in range(size)]
        reset += [({i: 1}, 1) for i in range(size)]
        by_move |= dict.fromkeys(self.resets[k].values(), reset)
        made = []
        count = max(map(len, by_move.values()), default=0)
        check_weights(count * total * len(self.stream.names))
        for number in range(count):
            scale: dict[int, int] = {}
            direction: list[dict[int, int]] = [{} for _ in range(total)]
            for dimension, factors in by_move.items():
                if number < len(factors):
                    vector, scale[dimension] = factors[number]
                    for i, x in vector.items():
                        direction[first + i][dimension] = x
            made.append({"scale": scale, "direction": direction})
        return made

    def _decoder(self, layer: int) -> Network:
        """The states before the letter, from those after it and what the levels did."""
        units: list[Row] = []
        output: dict[int, Row] = {}
        for k in self.stream.in_layer(layer):
            moves, after, size = self.stream.move[k], self.after[k], self.stream.levels[k].size
            for x in range(size):
                first = len(units)
                units.append({after[x]: 1, **dict.fromkeys(moves.values(), -1)})
                units += [{after[move[x]]: 1, dimension: 1, BIAS: -1}
                          for move, dimension in self.permutations[k].items()]
                if self.resets[k]:
                    units.append({after[size + x]: 1, BIAS: -1,
                                  **dict.fromkeys(self.resets[k].values(), 1)})
                output[self.stream.before[k][x]] = dict.fromkeys(range(first, len(units)), 1)
        return Network(units, output)


def transpositions(move: Map) -> list[tuple[int, int]]:
    """Pairs to exchange, the first one first, so that what is at x goes to move[x].

    n minus the number of cycles of them, fixed points included: the least possible.
    """
    # (c_0 c_1 ... c_m) sends c_0 to c_1: exchange c_(m-1) and c_m, then c_(m-2) and c_(m-1), ...
    return [pair for cycle in cycles(move)
            for pair in zip(cycle[-2::-1], cycle[:0:-1], strict=True)]

