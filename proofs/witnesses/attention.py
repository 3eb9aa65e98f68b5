"""Attention sublayers as machines: the components that later positions may still ask.

    HEADS: {"readings": [[NUMBER ...] ...],   what heads add, distinct vectors
            "components": [COMPONENT ...],    see `components`
            "asks": [[component ...] ...],    by head and vector below: which component answers
            "live": [[component ...] ...]}    by state below: those that may be asked from there on

A vector below determines a head's query value, and so which summary its position reads. The memory
holds, for each live component of the state below, its state after the keys so far. Under a
strict mask a position is read before its own key comes, under any other afterwards. What is not
live is not asked any more: `live` holds what the state's own outputs ask, and what is live at its
successors.
"""

from __future__ import annotations

from collections.abc import Hashable
from typing import TypeAlias

from proofs.checkers.rejection import distinct, integers, items, record, reject
from proofs.models.layers import Attention
from proofs.models.linear import State, add_states, reads
from proofs.models.numbers import Contract, NotANumber
from proofs.witnesses.budget import Budget
from proofs.witnesses.components import (
    Component,
    Keys,
    Listed,
    Readings,
    check_component,
    concrete_component,
    parse_component,
)
from proofs.witnesses.transducer import Transducer, parse_vectors

Memory: TypeAlias = tuple[int, ...]


class Heads:
    """The machine of an attention sublayer; see `machines`."""

    def __init__(self, contract: Contract, layer: Attention, below: Transducer, value: object,
                 path: str, budget: Budget) -> None:
        """Read the fields and check the components.

        Raises:
            Rejected: they are not those of the sublayer.
            NotANumber: a query, key or value at some position is NaN.
        """
        fields = record(value, path, ("readings", "components", "asks", "live"))
        self._contract = contract
        self._symbols = below.vectors
        self._path = path
        self._strict = [head.mask == "strict-future" for head in layer.heads]
        self._readings = Readings(parse_vectors(fields["readings"], f"{path}.readings",
                                                len(below.vectors[0])))
        where = f"{path}.components"
        known = len(self._readings.vectors)
        listed = [parse_component(x, f"{where}[{c}]", len(below.vectors), known)
                  for c, x in enumerate(items(fields["components"], where))]
        self._asks = [integers(row, f"{path}.asks[{h}]", 0, len(listed), len(below.vectors))
                      for h, row in enumerate(items(fields["asks"], f"{path}.asks",
                                                    len(layer.heads)))]
        self._components = self._checked(layer, listed, budget)
        self._live = [distinct(integers(row, f"{path}.live[{q}]", 0, len(listed)),
                               f"{path}.live[{q}]")
                      for q, row in enumerate(items(fields["live"], f"{path}.live",
                                                    len(below.next)))]
        self._check_live(below)
        # One more row, at BEFORE: all components.
        self._live.append(list(range(len(listed))))
        self._place = [{c: i for i, c in enumerate(row)} for row in self._live]

    def _checked(self, layer: Attention, listed: list[Listed | None],
                 budget: Budget) -> list[Component | None]:
        """The components, compared with the summaries of all query values that ask them."""
        seen = [reads(self._contract, layer.norm, state) for state in self._symbols]
        answered: dict[int, tuple[int, State]] = {}
        components: list[Component | None] = list(listed)
        for h, head in enumerate(layer.heads):
            keys = Keys(self._contract, head, seen)
            for c, query in sorted(set(zip(self._asks[h], keys.queries, strict=True))):
                path = f"{self._path}.components[{c}]"
                concrete = concrete_component(keys, query, self._readings, path)
                first = answered.setdefault(c, (h, query))
                claimed = listed[c]
                if claimed is not None:
                    check_component(claimed, concrete, budget)
                elif first != (h, query):
                    reject("shared-component", None, path, "a component that is listed: more than "
                           "one query value asks it")
                else:
                    components[c] = concrete
        return components

    def _check_live(self, below: Transducer) -> None:
        for q, (row, outs) in enumerate(zip(below.next, below.out, strict=True)):
            symbols = outs if below.end is None else [*outs, below.end[q]]
            needed = {asks[symbol] for asks in self._asks for symbol in symbols}
            for to in row:
                needed.update(self._live[to])
            missing = needed.difference(self._live[q])
            if missing:
                reject("not-live", min(missing), f"{self._path}.live[{q}]",
                       "all components that may be asked from this state on")

    def start(self, state: int) -> Memory:
        return (0,) * len(self._live[state])

    def emit(self, memory: Memory, state: int, symbol: int) -> Hashable:
        place = self._place[state]
        found = []
        for asks, strict in zip(self._asks, self._strict, strict=True):
            component = self._component(asks[symbol])
            after = memory[place[asks[symbol]]]
            reading = component.read(after if strict else component.step(after, symbol))
            if reading is None:
                raise NotANumber("what a head returns")
            found.append(reading)
        return symbol, tuple(found)

    def step(self, memory: Memory, state: int, symbol: int, to: int) -> Memory:
        place = self._place[state]
        return tuple(self._component(c).step(memory[place[c]], symbol) for c in self._live[to])

    def _component(self, c: int) -> Component:
        component = self._components[c]
        if component is None:
            reject("unasked-component", None, f"{self._path}.components[{c}]",
                   "a component that is listed, or asked by some query value")
        return component

    def vector(self, key: tuple[int, tuple[int, ...]]) -> State:
        symbol, found = key
        change: State | None = None
        for reading in found:
            made = self._readings.vectors[reading]
            change = made if change is None else add_states(self._contract, change, made)
        return add_states(self._contract, self._symbols[symbol], change)
