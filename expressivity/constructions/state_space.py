"""Languages whose groups are 2-groups by diagonal state-space models; star-free ones by gates >= 0.

A cascade of levels that are either reset or add modulo 2 (Krohn, Rhodes 1965). Each level reads
the states of the levels above *before* the letter. A layer of the cited theorems is h_t = A(x_t)
h_(t-1) + B(x_t), followed by a function of h_t and x_t: whether a layer that gives out h_(t-1)
counts as one of theirs is not said, so all layers here are read after the letter, and the state
before it is found in h_t.

A level of resets has a coordinate for each of its values: 1 for the value it remembers. A reset
multiplies by 1/4 and adds 1 to the new value; other letters multiply by 1. So h_t is the new value
plus a quarter of the old one plus at most 1/12 for all that was before, and a network finds both.
(The literature uses gates 0 and 1 and an extra layer that delays; these gates save that layer.) A
level that adds modulo 2 is one coordinate 1 or -1, multiplied by -1 when 1 is added; what it was
before is known from what it did.

Gates are 1/4, 1 and, for groups, -1. Rounded to multiples of 1/4, to nearest or down, all states
are 0, 1/4, 1 or 5/4: 5/16 becomes 1/4, and 1/16 becomes 0. Over exact rationals the quarters add
up, to no harm. A group of order 4 is two levels that add modulo 2. Cyclic groups of odd order would
need complex rotations with irrational entries, which no finite format has exactly.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from expressivity.constructions import Witness
from expressivity.constructions.cascade_stream import CascadeStream
from expressivity.constructions.from_brasp import regular
from expressivity.constructions.stream import BIAS, Network, Number, Recurrence, Row
from expressivity.models.contracts import FIXED_8, RATIONAL
from languages.classes import two_groups
from languages.classes.analysis import Analysis
from languages.dfa import DFA
from languages.errors import InputError
from languages.language import Language
from languages.logics.krohn_rhodes import Cascade, Map, is_constant
from languages.logics.prime_levels import prime_cascade

NAME: Final = "state-space"
CITATION: Final = (
    "Sarrof, Veitsman, Hahn, The Expressive Capacity of State Space Models: A Formal Language "
    "Perspective, NeurIPS 2024, arXiv 2405.17394 (star-free); negative eigenvalues for groups: "
    "Grazzi et al., ICLR 2025, arXiv 2411.12537; cascades by Krohn, Rhodes (1965)"
)


def applies(language: Language) -> bool:
    """Are all groups in the syntactic monoid known to be 2-groups?"""
    return language.dfa is not None and two_groups.decide(Analysis(language.dfa)).value == "yes"


def witnesses(language: Language, length: int) -> Iterator[Witness]:
    """Models for all lengths, read at an end symbol."""
    dfa = regular(language, NAME).minimal()
    made = StateSpace(prime_cascade(dfa), dfa)
    for contract in (FIXED_8, RATIONAL):
        yield Witness(made.model(contract), made.claimed())


class StateSpace:
    """The model of a cascade; `InputError` when one of its cyclic levels is not of order 2."""

    def __init__(self, cascade: Cascade, dfa: DFA) -> None:
        self.stream = CascadeStream(cascade, dfa, "eos")
        self.signed = [not all(map(is_constant, level.maps())) for level in self.stream.levels]
        if any(signed and level.size != 2
               for signed, level in zip(self.signed, self.stream.levels, strict=True)):
            raise InputError("the automaton has a group whose order is not a power of 2")
        self.after = [[self.stream.dimension(f"level {k + 1} after: {x}") for x in range(size)]
                      for k, size in enumerate(self._coordinates())]
        for layer in range(1, self.stream.depth + 1):
            if layer > 1:
                self.stream.layers.append(self.stream.moves_network(layer))
            self.stream.layers += [self._recurrence(layer), self._decoder(layer)]
        self.stream.layers.append(self.stream.acceptance_network(self.stream.before))

    def model(self, contract: Mapping[str, Any]) -> dict[str, Any]:
        """Plain data; the format must have the multiples of 1/4 up to 22."""
        return self.stream.model(contract, "eos", {self.stream.accepted: 1})

    def claimed(self) -> dict[str, int]:
        """Counted from the cascade: with D layers of levels, D recurrences and 2 D networks."""
        stream, depth = self.stream, self.stream.depth
        coordinates = self._coordinates()
        units = [2 if signed else 4 * size
                 for signed, size in zip(self.signed, coordinates, strict=True)]
        per_layer = [stream.in_layer(layer) for layer in range(1, depth + 1)]
        return {"layers": 2 * depth, "recurrent_layers": depth, "networks": 2 * depth,
                "attention_layers": 0,
                "state": max(sum(coordinates[k] for k in part) for part in per_layer),
                "hidden": max([*stream.conditions(),
                              *(sum(units[k] for k in part) for part in per_layer)]),
                "width": stream.shared_width() + sum(coordinates)}

    def _coordinates(self) -> list[int]:
        return [1 if signed else level.size
                for signed, level in zip(self.signed, self.stream.levels, strict=True)]

    def _recurrence(self, layer: int) -> Recurrence:
        initial: list[Number] = []
        gates: list[Row] = []
        source: list[Row] = []
        output: dict[int, Row] = {}
        part = self.stream.in_layer(layer)
        for k in part:
            level, moves = self.stream.levels[k], self.stream.move[k]
            for x, dimension in enumerate(self.after[k]):
                output[dimension] = {len(initial): 1}
                if self.signed[k]:
                    initial.append(1 - 2 * level.initial)
                    gates.append({BIAS: 1, **dict.fromkeys(moves.values(), -2)})
                    source.append({})
                else:
                    initial.append(int(x == level.initial))
                    quarter: dict[int, Number] = dict.fromkeys(moves.values(), "-3/4")
                    gates.append({BIAS: 1, **quarter})
                    source.append(_set_to(moves, x))
        kind = "signed" if any(self.signed[k] for k in part) else "nonnegative"
        return Recurrence(initial, {"kind": f"{kind}-diagonal", "gates": gates}, source, output)

    def _decoder(self, layer: int) -> Network:
        """The states before the letter, from those after it and what the levels did."""
        units: list[Row] = []
        output: dict[int, Row] = {}
        for k in self.stream.in_layer(layer):
            moves, before = self.stream.move[k], self.stream.before[k]
            first = len(units)
            if self.signed[k]:
                (h,) = self.after[k]
                # -1 and nothing was added, or 1 and 1 was added
                units += [{h: -1, **dict.fromkeys(moves.values(), -2)},
                          {h: 1, BIAS: -2, **dict.fromkeys(moves.values(), 2)}]
                output[before[1]] = {first: 1, first + 1: 1}
                output[before[0]] = {BIAS: 1, first: -1, first + 1: -1}
                continue
            for x, h in enumerate(self.after[k]):
                first = len(units)
                # Without a reset h is at least 1 or at most 1/3. With one, h less what was added
                # is at least 1/4 or at most 1/12. A difference of units cuts to 0 and 1.
                stays = {h: 2, **dict.fromkeys(moves.values(), -2)}
                reset = {h: 8, **dict.fromkeys(moves.values(), 12),
                         **dict.fromkeys(_set_to(moves, x), 4)}
                units += [{**stays, BIAS: -1}, {**stays, BIAS: -2},
                          {**reset, BIAS: -13}, {**reset, BIAS: -14}]
                output[before[x]] = {first: 1, first + 1: -1, first + 2: 1, first + 3: -1}
        return Network(units, output)


def _set_to(moves: Mapping[Map, int], x: int) -> dict[int, int]:
    """1 where the level is set to x."""
    return {dimension: 1 for move, dimension in moves.items() if move[0] == x}
