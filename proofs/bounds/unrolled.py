"""A model at one length as clauses: its residual stream, by position and sublayer.

Quantities (see `choices`) are the vectors of the stream, what heads have seen for each query, and
the states of recurrences. What has no value is the value None. The functions are those of the
reference evaluator; only the order in which a head's keys come is chosen here (see `summaries`).

After a value None the reference evaluator says nothing, so what follows is free to choose: a
position whose vector is None stays None and is seen by no head; a recurrence whose state is None
stays None. So some value None remains in the end (`undefined`) if and only if the reference
evaluator finds a quantity without a value before the output.

Finite coordinates that nothing reads any more are set to 0 (see `proofs.witnesses.forgetting`).
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass, fields, is_dataclass, replace
from typing import TypeAlias, TypeVar

from proofs.bounds.choices import Choices, Table
from proofs.bounds.summaries import memory, reversible
from proofs.checkers.rejection import reject
from proofs.models.architecture import Model, unrolled
from proofs.models.attention import visible
from proofs.models.layers import (
    Attention,
    FeedForward,
    GatedFeedForward,
    Head,
    Layer,
    Nonlinear,
    Normalisation,
    Recurrence,
)
from proofs.models.linear import State, add_states, affine, dot, feed_forward, linear, reads
from proofs.models.numbers import MAX_BITS, ZERO, Contract, NotANumber, ShortNumbers, TooLong
from proofs.models.positions import OutOfRange
from proofs.models.recurrence import step
from proofs.models.reference import NoReadout, embedded, marked, readout_position, replaced
from proofs.models.running_sums import NotStreaming
from proofs.models.streaming import Score, Summary
from proofs.witnesses.forgetting import unread_anywhere

V = TypeVar("V", bound=Hashable)
Vector: TypeAlias = State | None
"""A vector of the residual stream; None if it has no value."""
NOTHING: tuple[()] = ()
"""What a head finds that sees no position."""


@dataclass(frozen=True)
class Unrolled:
    """The model's answers: `accepted` is None where the output has no value.

    `undefined` are literals one of which is true if and only if some quantity has no value.
    """

    accepted: Choices[bool | None]
    undefined: tuple[int, ...]


def unroll(table: Table, model: Model, letters: Sequence[Choices[int]]) -> Unrolled:
    """The clauses of the model on words of `len(letters)` letters.

    Raises:
        Rejected: the model answers no word of this length, or sums have too many values, or there
            is too much to compute.
    """
    try:
        return _Unrolling(table, model, letters).run()
    except TooLong as error:
        reject("too-long", str(error), "claim.model", f"numbers of at most {MAX_BITS} bits")


def attempt(function: Callable[..., V], *arguments: object) -> V | None:
    """The value of the function, None if it has none."""
    try:
        return function(*arguments)
    except NotANumber:
        return None


class _Unrolling:
    def __init__(self, table: Table, model: Model, letters: Sequence[Choices[int]]) -> None:
        self.table = table
        self.contract = model.contract if model.contract.grid is not None else ShortNumbers()
        self.model = replace(unrolled(model, len(letters)), contract=self.contract)
        self.letters = letters
        self.undefined: list[int] = []
        self._sizes: dict[int, int] = {}

    def run(self) -> Unrolled:
        try:
            position = readout_position(self.model, len(self.letters))
            gone = unread_anywhere(self.model)
            stream = self._forgotten(self._embedded(), gone[0])
        except (NoReadout, OutOfRange, NotANumber) as error:
            reject("no-answer", str(error), "claim.length",
                   "a length at which the model computes an answer")
        for number, layer in enumerate(self.model.layers):
            stream = self._after(layer, stream, f"claim.model.layers[{number}]")
            stream = self._forgotten(stream, gone[number + 1])
        rows = ((*self.model.output_weights, self.model.output_bias),)

        def answer(state: Vector) -> bool | None:
            value = None if state is None else attempt(affine, self.contract, rows, state)
            return None if value is None else value[0] > 0

        accepted = self.table.mapped(stream[position], answer)
        self._note(accepted)
        for choices in stream:
            self._note(choices)
        return Unrolled(accepted, tuple(dict.fromkeys(self.undefined)))

    def _note(self, choices: Choices[V | None]) -> None:
        """Remember the literal of None."""
        if None in choices:
            self.undefined.append(choices[None])

    def _embedded(self) -> list[Choices[Vector]]:
        """The stream before the first sublayer.

        The vector of a letter at a position does not depend on the other letters, so it is that
        of the word that repeats the letter. Where this word has a vector without a value (formulas
        may add up to infinity - infinity), the claim is false: refused as no answer.
        """
        length = len(self.letters)
        terms = sum(len(f.numerator) + len(f.denominator) for f in self.model.formulas)
        self.table.work(len(self.model.alphabet) * (length + 2)
                        * (len(self.model.residual) + 4 * terms))
        columns = [embedded(self.model, marked(self.model, [a] * length))
                   for a in range(len(self.model.alphabet))]
        before = self.model.markers in ("bos", "both")
        stream: list[Choices[Vector]] = []
        for i in range(len(columns[0])):
            place = i - before
            if 0 <= place < length:
                vectors = [column[i] for column in columns]
                stream.append(self.table.mapped(self.letters[place], vectors.__getitem__))
            else:
                stream.append({columns[0][i]: self.table.true})
        return stream

    def _forgotten(self, stream: list[Choices[Vector]],
                   forgotten: set[int]) -> list[Choices[Vector]]:
        def forget(state: Vector) -> Vector:
            return None if state is None else tuple(
                ZERO if d in forgotten and not isinstance(x, float) else x
                for d, x in enumerate(state))

        self.table.work(len(self.model.residual) * sum(map(len, stream)))
        return [self.table.mapped(choices, forget) for choices in stream]

    def _after(self, layer: Layer, stream: list[Choices[Vector]],
               path: str) -> list[Choices[Vector]]:
        """The stream after a sublayer."""
        if id(layer) not in self._sizes:
            self._sizes[id(layer)] = _size(layer)
        size = self._sizes[id(layer)]
        if isinstance(layer, Attention):
            return _Heads(self.table, self.contract, layer, stream, size, path).after()
        if isinstance(layer, Recurrence | Nonlinear):
            return self._recurrent(layer, stream, size)

        def change(state: State) -> State:
            if isinstance(layer, Normalisation):
                return replaced(self.contract, layer, state)
            return _network(self.contract, layer, state)

        made: dict[State, Vector] = {}

        def changed(state: Vector) -> Vector:
            if state is None:
                return None
            if state not in made:
                self.table.work(size)
                made[state] = attempt(change, state)
            return made[state]

        return [self.table.mapped(choices, changed) for choices in stream]

    def _recurrent(self, layer: Recurrence | Nonlinear, stream: list[Choices[Vector]],
                   size: int) -> list[Choices[Vector]]:
        contract = self.contract
        hidden: Choices[Vector] = {layer.initial: self.table.true}
        after: list[Choices[Vector]] = []

        def follow(before: Vector, state: Vector) -> Vector:
            self.table.work(size)
            read = None if state is None else attempt(reads, contract, layer.norm, state)
            return None if read is None or before is None \
                else attempt(step, contract, layer, before, read)

        def added(state: Vector, at: Vector) -> Vector:
            self.table.work(size)
            out = None if at is None else attempt(linear, contract, layer.output, at)
            return None if out is None or state is None \
                else attempt(add_states, contract, state, out)

        for choices in stream:
            before = hidden
            hidden = self.table.joined(((x, y), follow(h, state)) for h, x in before.items()
                                       for state, y in choices.items())
            read = hidden if layer.reads == "after" else before
            after.append(self.table.joined(((x, y), added(state, h)) for h, x in read.items()
                                           for state, y in choices.items()))
        self._note(hidden)
        return after


def _size(value: object) -> int:
    """How many numbers a sublayer has; so many products, about, an application takes."""
    if isinstance(value, tuple):
        return sum(map(_size, value))
    if is_dataclass(value):
        return sum(_size(getattr(value, field.name)) for field in fields(value))
    return 1


def _network(contract: Contract, layer: FeedForward | GatedFeedForward, state: State) -> State:
    return add_states(contract, state,
                      feed_forward(contract, layer, reads(contract, layer.norm, state)))


@dataclass(frozen=True)
class _Asked:
    """What a vector means to a head."""

    query: State
    key: State
    value: State


class _Heads:
    """An attention sublayer over a stream.

    A vector is *live* if all heads have a query, a key and a value of it. One that is not becomes
    None, and no head sees it.
    """

    def __init__(self, table: Table, contract: Contract, layer: Attention,
                 stream: list[Choices[Vector]], size: int, path: str) -> None:
        self.table = table
        self.contract = contract
        self.heads = layer.heads
        self.stream = stream
        self.path = path
        # By mask what each position sees.
        self.seen: dict[str, list[tuple[int, ...]]] = {}
        known = dict.fromkeys(state for choices in stream for state in choices
                              if state is not None)
        self.asked: dict[State, tuple[_Asked, ...]] = {}
        for state in known:
            table.work(size)
            found = attempt(self._ask, layer, state)
            if found is not None:
                self.asked[state] = found
        self._queries: dict[tuple[int, State], _Query] = {}
        # Of each head the keys and values, numbered; and at each position which it is.
        self.pairs: list[dict[tuple[State, State], int]] = []
        self.keyed: list[list[Choices[int | None]]] = []
        for h in range(len(self.heads)):
            number: dict[tuple[State, State], int] = {}
            pair: dict[Vector, int] = {}
            for state, asked in self.asked.items():
                pair[state] = number.setdefault((asked[h].key, asked[h].value), len(number))
            self.pairs.append(number)
            self.keyed.append([table.mapped(choices, pair.get) for choices in stream])

    def _ask(self, layer: Attention, state: State) -> tuple[_Asked, ...]:
        read = reads(self.contract, layer.norm, state)
        return tuple(_Asked(affine(self.contract, head.query, read),
                            affine(self.contract, head.key, read),
                            affine(self.contract, head.value, read)) for head in layer.heads)

    def after(self) -> list[Choices[Vector]]:
        """The stream after the sublayer."""
        return [self._at(i) for i in range(len(self.stream))]

    def _at(self, i: int) -> Choices[Vector]:
        """The vector of position i: what it was, and what heads add, one after the other."""
        # A vector and what was added so far: nothing, or a vector; None if there is no value.
        so_far: Choices[tuple[State, Vector] | None] = self.table.mapped(
            self.stream[i],
            lambda state: (state, None) if state is not None and state in self.asked else None)
        for h in range(len(self.heads)):
            so_far = self.table.joined(
                case for known, x in so_far.items() for case in self._more(h, i, known, x))
        return self.table.mapped(so_far, lambda known: None if known is None
                                 else attempt(add_states, self.contract, *known))

    def _more(self, h: int, i: int, known: tuple[State, Vector] | None,
              x: int) -> list[tuple[tuple[int, ...], tuple[State, Vector] | None]]:
        """The cases of one more head, where `x` says that a position is at `known`."""
        if known is None:
            return [((x,), None)]
        state, change = known
        cases: list[tuple[tuple[int, ...], tuple[State, Vector] | None]] = []
        for found, y in self._query(h, self.asked[state][h].query).found(i).items():
            made: tuple[State, Vector] | None = known
            if found is None:
                made = None
            elif found != NOTHING:
                self.table.work(len(found))
                total = found if change is None else attempt(add_states, self.contract, change,
                                                             found)
                made = None if total is None else (state, total)
            cases.append(((x, y), made))
        return cases

    def _query(self, h: int, query: State) -> _Query:
        if (h, query) not in self._queries:
            self._queries[h, query] = _Query(self, h, query)
        return self._queries[h, query]


class _Query:
    """What a head finds for one query, at each position."""

    def __init__(self, heads: _Heads, h: int, query: State) -> None:
        self.table = heads.table
        self.contract = heads.contract
        self.head: Head = heads.heads[h]
        number: dict[tuple[Score, State], int] = {}
        # Of each key and value the number of its score and value, which is all that matters of it.
        classes: dict[int | None, int] = {}
        scores: dict[State, Score] = {}
        self.table.spend(len(heads.pairs[h]))
        self.table.work(len(heads.pairs[h]) * len(query))
        for (key, value), pair in heads.pairs[h].items():
            if key not in scores:
                scores[key] = attempt(dot, self.contract, query, key)
            classes[pair] = number.setdefault((scores[key], value), len(number))
        self.columns = [self.table.mapped(choices, classes.get) for choices in heads.keyed[h]]
        mask = self.head.mask
        if mask not in heads.seen:
            positions = range(len(heads.stream))
            heads.seen[mask] = [tuple(j for j in positions if visible(mask, i, j))
                                for i in positions]
        self.seen = heads.seen[mask]
        # Memories are shared by positions that see the same first, or the same last, positions.
        self.backwards = mask in ("past", "strict-past") and reversible(self.contract, self.head)
        made = list(number)
        self.table.work(_preparation(self.contract, self.head, made))
        try:
            self.memory: Summary = memory(self.contract, self.head, self.backwards,
                                          [score for score, _ in made],
                                          [value for _, value in made])
        except NotStreaming as error:
            reject("not-covered", str(error), f"{heads.path}.heads[{h}]",
                   "a head whose averages are exact, or rounded term by term from left to right")
        size = len(self.head.value)
        self._step_work = (self.memory.sums + 7) // 8 + size
        self._read_work = size * (1 + len(self.head.output))
        self.table.work(self.memory.sums * len(made))
        self._memories: dict[tuple[int, ...], Choices[Hashable]] = {
            (): {self.memory.start(): self.table.true}}
        self._results: dict[tuple[int, ...], Choices[Vector]] = {}

    def found(self, i: int) -> Choices[Vector]:
        """What the head adds at position i: NOTHING if it sees none, None without a value."""
        seen = self.seen[i][::-1] if self.backwards else self.seen[i]
        if seen not in self._results:
            self._results[seen] = self.table.mapped(self._after(seen), self._result)
        return self._results[seen]

    def _result(self, state: Hashable) -> Vector:
        self.table.work(self._read_work)

        def read() -> State:
            found = self.memory.read(state)
            return NOTHING if found is None else linear(self.contract, self.head.output, found)

        return attempt(read)

    def _after(self, seen: tuple[int, ...]) -> Choices[Hashable]:
        """The memory after these positions."""
        known = next(k for k in range(len(seen), -1, -1) if seen[:k] in self._memories)
        for k in range(known, len(seen)):
            column = self.columns[seen[k]]
            self.table.work(len(self._memories[seen[:k]]) * len(column) * self._step_work)
            self._memories[seen[:k + 1]] = self.table.joined(
                ((x, y), state if key is None else self.memory.step(state, key))
                for state, x in self._memories[seen[:k]].items()
                for key, y in column.items())
        return self._memories[seen]


def _preparation(contract: Contract, head: Head, known: list[tuple[Score, State]]) -> int:
    """How much is computed before any key comes: exponentials, for each maximal score."""
    if head.selection != "softmax":
        return len(known)
    tops = len({score for score, _ in known}) if contract.softmax == "max-subtracted" else 1
    # Sums of weights are found by adding them up in all ways.
    return tops * len(known) * (20 if contract.division == "quotient" else 400)
