"""What models that run a cascade share: its levels on the residual stream.

At every position the stream gets, layer by layer, what each level does on the letter there (one
dimension for each map but the identity) and the state of each level before the letter (one
dimension for each state). A level waits for the levels that its maps depend on; levels that do not
wait for each other share a layer. The maps of the first layer depend on the letter alone, so they
are embedded. At the end symbol there is no letter: nothing moves, the states before it are the
final ones.

Conditions are ReLU units with weights 1 and -1: a letter, minus the states that the condition
excludes.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal

from expressivity.constructions.stream import BIAS, Network, Row, Stream
from languages.dfa import DFA
from languages.logics.decision_rules import Rule, decision_rules
from languages.logics.krohn_rhodes import Cascade, Level, Map


class CascadeStream(Stream):
    """A stream with the letters, maps and states of a cascade that simulates a DFA.

    `levels[k]` is in layer `layer_of[k]`, from 1; `move[k]` and `before[k]` are the dimensions of
    its maps and of its states. The last layer's states before the letter are left out unless
    `before_last`: only acceptance asks for them, and at the end they are those after it, too.
    """

    def __init__(self, cascade: Cascade, dfa: DFA, markers: Literal["eos", "both"],
                 period: int = 1, *, before_last: bool = True) -> None:
        super().__init__(dfa.alphabet, markers, period)
        cascade = _with_a_level(cascade)
        self.levels: Sequence[Level] = cascade.levels
        self.rules = [_move_rules(level) for level in cascade.levels]
        self.accepting = [rule.when for rule in decision_rules(
            {states: bool(dfa.accept[q]) for states, q in cascade.state.items()}) if rule.result]
        self.layer_of: list[int] = []
        for rules in self.rules:
            above = [self.layer_of[k - 1] for rule in rules for k in rule.when if k]
            self.layer_of.append(1 + max(above, default=0))
        self.letter = [self.dimension(f"letter {letter}") for letter in dfa.alphabet]
        for symbol, dimension in enumerate(self.letter):
            self.embed(dimension, symbol, 1)
        self.move: list[dict[Map, int]] = []
        self.before: list[list[int]] = []
        for k, level in enumerate(self.levels):
            self.move.append({move: self.dimension(f"level {k + 1}: " + " ".join(map(str, move)))
                              for move in sorted(level.maps())})
            states = level.size if before_last or self.layer_of[k] < self.depth else 0
            self.before.append([self.dimension(f"level {k + 1} before: {x}")
                                for x in range(states)])
        for k in self.in_layer(1):
            for rule in self.rules[k]:
                for symbol in rule.when.get(0, range(len(self.letter))):
                    self.embed(self.move[k][rule.result], symbol, 1)
        self.accepted = self.dimension("accepted")

    @property
    def depth(self) -> int:
        """The number of layers of levels."""
        return max(self.layer_of)

    def in_layer(self, layer: int) -> list[int]:
        """The levels of a layer."""
        return [k for k, at in enumerate(self.layer_of) if at == layer]

    def moves_network(self, layer: int) -> Network:
        """Writes the maps of the levels of a layer, from the second on."""
        units: list[Row] = []
        output: dict[int, dict[int, int]] = {}
        for k in self.in_layer(layer):
            for rule in self.rules[k]:
                output.setdefault(self.move[k][rule.result], {})[len(units)] = 1
                letters = rule.when.get(0, range(len(self.letter)))
                excluded = _excluded({m - 1: values for m, values in rule.when.items() if m},
                                     self.before)
                units.append({**{self.letter[a]: 1 for a in letters}, **excluded})
        return Network(units, output)

    def acceptance_network(self, states: Sequence[Sequence[int]]) -> Network:
        """Writes, at the end symbol, whether the final states are accepting.

        `states` are the dimensions of each level's states there.
        """
        units: list[Row] = [{BIAS: 1, **_excluded(when, states)} for when in self.accepting]
        every = dict.fromkeys(range(len(units)), 1)
        return Network(units or [{}], {self.accepted: every})

    def conditions(self) -> list[int]:
        """The numbers of units of the networks for the maps, layer by layer, and acceptance."""
        return [*(sum(len(self.rules[k]) for k in self.in_layer(layer))
                  for layer in range(2, self.depth + 1)), max(1, len(self.accepting))]

    def shared_width(self) -> int:
        """The number of dimensions for letters, maps, states and acceptance."""
        return (len(self.letter) + sum(len(level.maps()) for level in self.levels)
                + sum(map(len, self.before)) + 1)


def _excluded(when: Mapping[int, frozenset[int]],
              states: Sequence[Sequence[int]]) -> dict[int, int]:
    """Minus the states, by level, that the condition excludes."""
    return {dimension: -1 for k, values in when.items()
            for x, dimension in enumerate(states[k]) if x not in values}


def _move_rules(level: Level) -> list[Rule[Map]]:
    """When the level does what, the identity left out; argument 0 is the letter."""
    table = {(letter, *above): move for letter, moves in enumerate(level.moves)
             for above, move in moves.items()}
    still = tuple(range(level.size))
    return [rule for rule in decision_rules(table) if rule.result != still]


def _with_a_level(cascade: Cascade) -> Cascade:
    """The cascade; one of a single state gets a level that never moves."""
    if cascade.levels:
        return cascade
    idle = Level(1, 0, tuple({(): (0,)} for _ in range(cascade.letters)))
    return Cascade(cascade.letters, (idle,), {(0,): cascade.state[()]})
