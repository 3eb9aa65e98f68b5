"""Languages whose groups are solvable, at constant depth, by attention that averages.

A cascade of levels that are either reset or add modulo a prime p (Krohn, Rhodes 1965; the
composition series of the groups). The begin marker is position 0, and heads look at j < i, so what
they find is the state of a level *before* the letter, as the levels below need it.

- Adding modulo p: for every amount r that is added, c_r / i is the average of [r is added at j]
  over j < i, and 1/i that of [j = 0]. Since 2 (c_r/i) j - (1/i) j^2 is largest exactly at j = c_r,
  which is a position before i, a second head finds that position, and with it c_r mod p. The sum of
  r (c_r mod p) is below p^3; a network reduces it modulo p.
- Resets: the score [reset at j] - 1/(j + 1) is largest at the last reset; the begin marker counts
  as a reset to the initial state.

So all heads are average-hard (saturated), the position encoding is j, j^2, 1/(j + 1) and j mod m,
and all lengths are covered by one set of weights. Numbers are exact rationals whose numerators and
denominators are polynomials in the length: O(log n) bits, but no rounded format has all of them.
"""

from __future__ import annotations

from collections.abc import Iterator
from math import lcm
from typing import Any, Final

from expressivity.constructions import Witness
from expressivity.constructions.cascade_stream import CascadeStream
from expressivity.constructions.from_brasp import regular
from expressivity.constructions.stream import BIAS, Attention, Head, Network, Row
from expressivity.models.contracts import RATIONAL
from languages.classes import solvable
from languages.classes.analysis import Analysis
from languages.dfa import DFA
from languages.language import Language
from languages.logics.krohn_rhodes import Cascade, Level, is_constant
from languages.logics.prime_levels import prime_cascade

NAME: Final = "solvable"
CITATION: Final = (
    "Liu, Ash, Goel, Krishnamurthy, Zhang, Transformers Learn Shortcuts to Automata, ICLR 2023, "
    "arXiv 2210.10749, Theorem 2; cascades by Krohn, Rhodes (1965)"
)


def applies(language: Language) -> bool:
    """Are all groups in the syntactic monoid known to be solvable?"""
    return language.dfa is not None and solvable.decide(Analysis(language.dfa)).value == "yes"


def witnesses(language: Language, length: int) -> Iterator[Witness]:
    """One model for all lengths, over exact rationals, read at an end symbol."""
    dfa = regular(language, NAME).minimal()
    made = ShortcutTransformer(prime_cascade(dfa), dfa)
    yield Witness(made.model(), made.claimed(), lemmas=tuple(made.lemmas()))


class ShortcutTransformer:
    """The model of a cascade of cyclic levels of prime order and levels of resets."""

    def __init__(self, cascade: Cascade, dfa: DFA) -> None:
        primes = {level.size for level in cascade.levels if _is_cyclic(level)}
        self.stream = stream = CascadeStream(cascade, dfa, "both", lcm(1, *primes))
        self.cyclic = [_is_cyclic(level) for level in stream.levels]
        self.begin = stream.dimension("begin")
        stream.embed(self.begin, stream.begin, 1)
        self._positions(sorted(primes))
        self.share: list[dict[int, int]] = []
        self.sum: list[int] = []
        for k, cyclic in enumerate(self.cyclic):
            name = f"level {k + 1}: "
            self.share.append({move[0]: stream.dimension(f"{name}share that adds {move[0]}")
                               for move in stream.move[k]} if cyclic else {})
            self.sum.append(stream.dimension(f"{name}sum") if cyclic else -1)
        for layer in range(1, stream.depth + 1):
            if layer > 1:
                stream.layers.append(stream.moves_network(layer))
            stream.layers.append(self._averages(layer))
            if self._adds(layer):
                stream.layers += [self._lookups(layer), self._reduction(layer)]
        stream.layers.append(stream.acceptance_network(stream.before))

    def model(self) -> dict[str, Any]:
        """Plain data, over exact rationals."""
        return self.stream.model(RATIONAL, "eos", {self.stream.accepted: 1})

    def claimed(self) -> dict[str, int]:
        """Counted from the cascade.

        A layer of levels is one attention sublayer and a network, with cyclic levels two of each
        and a network of its own for the next layer: one or three blocks.
        """
        stream = self.stream
        per_layer = [stream.in_layer(layer) for layer in range(1, stream.depth + 1)]
        adding = [[k for k in part if self.cyclic[k]] for part in per_layer]
        with_sums = sum(map(bool, adding))
        amounts = [sum(len(self.share[k]) for k in part) for part in adding]
        primes = {level.size for k, level in enumerate(stream.levels) if self.cyclic[k]}
        position = (3 + len(primes) if primes else 0) + (not all(self.cyclic))
        return {"layers": stream.depth + 2 * with_sums, "networks": stream.depth + with_sums,
                "attention_layers": stream.depth + with_sums, "recurrent_layers": 0,
                "heads": max([*amounts, *(len(part) - len(added) + bool(added) for part, added in
                                          zip(per_layer, adding, strict=True))]),
                "rank": 2 if primes else 1,
                "hidden": max([*stream.conditions(),
                               *(sum(self._largest(k) + 1 for k in part) for part in adding)]),
                "width": (stream.shared_width() + 1 + position
                          + sum(amounts) + sum(map(len, adding)))}

    def _positions(self, primes: list[int]) -> None:
        """Functions of the position j, as far as some level needs them."""
        stream = self.stream
        self.phase = {p: stream.dimension(f"j mod {p}") for p in primes}
        for p, dimension in self.phase.items():
            for symbol in range(stream.end + 1):
                for phase in range(stream.period):
                    stream.embed(dimension, symbol, phase % p, phase)
        if primes:
            self.position = stream.dimension("j")
            self.square = stream.dimension("j^2")
            self.inverse = stream.dimension("1/j")
            stream.formula(self.position, [[1, 1, 0]], [[1, 0, 0]])
            stream.formula(self.square, [[1, 2, 0]], [[1, 0, 0]])
        if not all(self.cyclic):
            self.recency = stream.dimension("1/(j + 1)")
            stream.formula(self.recency, [[1, 0, 0]], [[1, 1, 0], [1, 0, 0]])

    def _adds(self, layer: int) -> list[int]:
        """The cyclic levels of a layer."""
        return [k for k in self.stream.in_layer(layer) if self.cyclic[k]]

    def _averages(self, layer: int) -> Attention:
        """Shares of what cyclic levels add, and the last resets of the others."""
        heads = []
        value: list[Row] = []
        output: dict[int, Row] = {}
        for k in self._adds(layer):
            for r, dimension in self.share[k].items():
                output[dimension] = {len(value): 1}
                value.append({d: 1 for move, d in self.stream.move[k].items() if move[0] == r})
        if value and not any(self._adds(above) for above in range(1, layer)):
            output[self.inverse] = {len(value): 1}
            value.append({self.begin: 1})
        if value:
            heads.append(Head("average-hard", "strict-future", [{}], [{}], value, output))
        for k in self.stream.in_layer(layer):
            if not self.cyclic[k]:
                moves, level = self.stream.move[k], self.stream.levels[k]
                key = {**dict.fromkeys(moves.values(), 1), self.begin: 1, self.recency: -1}
                found = [{**{d: 1 for move, d in moves.items() if move[0] == x},
                          **({self.begin: 1} if x == level.initial else {})}
                         for x in range(level.size)]
                heads.append(Head("average-hard", "strict-future", [{BIAS: 1}], [key], found,
                                  {d: {x: 1} for x, d in enumerate(self.stream.before[k])}))
        return Attention(heads)

    def _lookups(self, layer: int) -> Attention:
        """Per cyclic level the sum of r (c_r mod p)."""
        key: list[Row] = [{self.position: 2}, {self.square: -1}]
        return Attention([
            Head("average-hard", "strict-future", [{share: 1}, {self.inverse: 1}], key,
                 [{self.phase[self.stream.levels[k].size]: 1}], {self.sum[k]: {0: r}})
            for k in self._adds(layer) for r, share in self.share[k].items()])

    def lemmas(self) -> Iterator[dict[str, Any]]:
        """Each lookup finds position c, given the shares c / i and 1 / i."""
        i, j, c = {"i": 1}, {"j": 1}, {"c": 1}
        named = self.stream.names
        at = [k for k, layer in enumerate(self.stream.layers)
              if isinstance(layer, Attention) and len(layer.heads[0].query) == 2]
        adding = [layer for layer in range(1, self.stream.depth + 1) if self._adds(layer)]
        for place, layer in zip(at, adding, strict=True):
            shares = [share for k in self._adds(layer) for share in self.share[k].values()]
            for head, share in enumerate(shares):
                yield {
                    "layer": place, "head": head, "parameters": ["c"], "least_i": 1,
                    "query": {
                        named[share]: {"above": [[1, c]], "below": [[1, i]], "from": "hypothesis"},
                        named[self.inverse]: {"above": [[1, {}]], "below": [[1, i]],
                                              "from": "hypothesis"}},
                    "key": {
                        named[self.position]: {"above": [[1, j]], "below": [[1, {}]],
                                               "from": "positions"},
                        named[self.square]: {"above": [[1, {"j": 2}]], "below": [[1, {}]],
                                             "from": "positions"}},
                    "target": [[1, c]],
                    "gap": [{"coefficient": 1, "times": [], "over": [[[1, i]]],
                             "square": [[1, j], [-1, c]]}]}

    def _largest(self, k: int) -> int:
        """The largest value of the sum of a cyclic level."""
        return (self.stream.levels[k].size - 1) * sum(self.share[k])

    def _reduction(self, layer: int) -> Network:
        """The states of cyclic levels: their sums modulo p.

        A sum t is recognised by ReLU(sum - t + 1) - 2 ReLU(sum - t) + ReLU(sum - t - 1).
        """
        units: list[Row] = []
        output: dict[int, Row] = {}
        for k in self._adds(layer):
            p, largest, first = self.stream.levels[k].size, self._largest(k), len(units) + 1
            units += [{self.sum[k]: 1, BIAS: -u} for u in range(-1, largest)]
            for x, dimension in enumerate(self.stream.before[k]):
                row: dict[int, int | str] = {}
                for t in range(x, largest + 1, p):
                    for u, weight in ((t - 1, 1), (t, -2), (t + 1, 1)):
                        if u < largest:  # the others are 0
                            row[first + u] = int(row.get(first + u, 0)) + weight
                output[dimension] = row
        return Network(units, output)


def _is_cyclic(level: Level) -> bool:
    """Does the level add, rather than being reset?"""
    return not all(map(is_constant, level.maps()))
