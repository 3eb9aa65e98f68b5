"""The run of a model on an unknown word of one length, as terms over a float contract.

Affine maps, networks, normalisation and linear transitions are the loops of the reference
evaluator, given terms instead of numbers; what compares numbers (ReLU, attention, thresholds) is
done here, in the order of `proofs.models.attention`.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, TypeAlias, cast

from expressivity.smt.boxes import conjunction, disjunction
from expressivity.smt.floats import Floats, NotTranslated, Number
from expressivity.smt.words import letter
from proofs.models import linear
from proofs.models.architecture import Model, unrolled
from proofs.models.attention import visible
from proofs.models.layers import (
    Attention,
    Diagonal,
    FeedForward,
    GatedFeedForward,
    Head,
    Householder,
    Layer,
    Matrix,
    Nonlinear,
    Norm,
    Normalisation,
    Recurrence,
)
from proofs.models.numbers import ONE, ZERO
from proofs.models.positions import offsets, phases
from proofs.models.recurrence import transit
from proofs.models.reference import readout_position

States: TypeAlias = tuple[Number, ...]


class Run:
    """Terms for a model on the words of one length; `accepted` is a formula of the script.

    Raises:
        NotTranslated: the model has something that is not translated.
        NoReadout, OutOfRange: the model answers no word of this length.
        NotANumber: a position formula has no value.
    """

    def __init__(self, model: Model, length: int) -> None:
        self.model = model
        self.floats = Floats(model.contract)
        # The loops of the reference evaluator use a contract's operations, which this one has.
        self._contract = cast(Any, self.floats)
        position = readout_position(model, length)
        stream = self._embedded(length)
        for layer in unrolled(model, length).layers:
            stream = self._sublayer(layer, stream)
        (value,) = self._affine(((*model.output_weights, model.output_bias),), stream[position])
        self.accepted = self.floats.less(ZERO, value)

    @property
    def undefined(self) -> str:
        """Some quantity has no value."""
        return disjunction(dict.fromkeys(self.floats.undefined))

    def _affine(self, rows: Matrix, state: States) -> States:
        return cast(States, linear.affine(self._contract, rows, cast(Any, state)))

    def _linear(self, rows: Matrix, state: States) -> States:
        return cast(States, linear.linear(self._contract, rows, cast(Any, state)))

    def _add(self, left: States, right: States | None) -> States:
        return cast(States, linear.add_states(self._contract, cast(Any, left), cast(Any, right)))

    def _relu(self, state: States) -> States:
        return tuple(self.floats.maximum(ZERO, x) for x in state)

    def _embedded(self, length: int) -> list[States]:
        model = self.model
        before = [model.begin] if model.markers in ("bos", "both") else []
        after = [model.end] if model.markers in ("eos", "both") else []
        total = len(before) + length + len(after)
        rows = phases(model.positions, model.period, total)
        added = offsets(model.formulas, model.contract, total)
        stream = []
        for i in range(total):
            if i < len(before):
                symbols = before
            elif i >= len(before) + length:
                symbols = after
            else:
                symbols = list(range(len(model.alphabet)))
            states = []
            for a in symbols:
                state: list[Number] = list(model.embedding[a][rows[i]])
                # Of a letter that is not there nothing is said.
                with self.floats.guarded(letter(i - len(before), a) if len(symbols) > 1
                                         else "true"):
                    for dimension, value in added[i]:
                        state[dimension] = self.floats.add(state[dimension], value)
                states.append(state)
            stream.append(tuple(self._by_letter(i - len(before), column)
                                for column in zip(*states, strict=True)))
        return stream

    def _by_letter(self, i: int, values: Sequence[Number]) -> Number:
        """The value of the letter at this position of the word."""
        result = values[-1]
        for value in dict.fromkeys(values):
            if value != values[-1]:
                result = self.floats.choose(disjunction(
                    letter(i, a) for a, other in enumerate(values) if other == value), value,
                    result)
        return result

    def _sublayer(self, layer: Layer, stream: list[States]) -> list[States]:
        if isinstance(layer, Normalisation):
            return [self._replaced(layer, state) for state in stream]
        norm: Norm | None = layer.norm
        seen = [cast(States, linear.reads(self._contract, norm, cast(Any, state)))
                for state in stream]
        change: list[States | None]
        if isinstance(layer, Attention):
            change = self._attention(layer, seen)
        elif isinstance(layer, FeedForward | GatedFeedForward):
            change = [self._network(layer, state) for state in seen]
        else:
            hidden: list[States] = [tuple(layer.initial)]
            for state in seen:
                hidden.append(self._step(layer, hidden[-1], state))
            change = [self._linear(layer.output, state)
                      for state in (hidden[1:] if layer.reads == "after" else hidden[:-1])]
        return [self._add(state, more) for state, more in zip(stream, change, strict=True)]

    def _replaced(self, layer: Normalisation, state: States) -> States:
        made = list(state)
        values = linear.normalise(self._contract, layer.epsilon,
                                  cast(Any, tuple(state[k] for k in layer.coordinates)))
        for k, value in zip(layer.coordinates, values, strict=True):
            made[k] = value
        return tuple(made)

    def _network(self, layer: FeedForward | GatedFeedForward, state: States) -> States:
        if isinstance(layer, FeedForward):
            hidden = self._relu(self._affine(layer.inner, state))
        else:
            hidden = tuple(self.floats.multiply(g, x) for g, x in zip(
                self._relu(self._affine(layer.gate, state)), self._affine(layer.inner, state),
                strict=True))
        return self._affine(layer.outer, hidden)

    def _step(self, layer: Recurrence | Nonlinear, hidden: States, read: States) -> States:
        if isinstance(layer, Nonlinear):
            total = self._affine(layer.state, (*hidden, *read))
            if layer.activation == "relu":
                return self._relu(total)
            one = self.floats.round(ONE)
            return tuple(self.floats.choose(self.floats.less(ZERO, x), one, ZERO) for x in total)
        transition = layer.transition
        if isinstance(transition, Householder):
            raise NotTranslated("Householder transitions are not translated")
        if isinstance(transition, Diagonal) and transition.nonnegative:
            moved: States = tuple(
                self.floats.multiply(a, h) for a, h in zip(
                    self._relu(self._affine(transition.gates, read)), hidden, strict=True))
        else:
            moved = cast(States, transit(self._contract, transition, cast(Any, hidden),
                                         cast(Any, read)))
        return self._add(moved, self._affine(layer.source, read))

    # ---- attention -----------------------------------------------------------------------------

    def _attention(self, layer: Attention, stream: list[States]) -> list[States | None]:
        change: list[States | None] = [None] * len(stream)
        for head in layer.heads:
            for i, found in enumerate(self._head(head, stream)):
                if found is not None:
                    made = self._linear(head.output, found)
                    so_far = change[i]
                    change[i] = made if so_far is None else self._add(so_far, made)
        return change

    def _head(self, head: Head, stream: list[States]) -> list[States | None]:
        queries, keys, values = ([self._affine(rows, state) for state in stream]
                                 for rows in (head.query, head.key, head.value))
        outputs: list[States | None] = []
        for i, query in enumerate(queries):
            seen = [j for j in range(len(stream)) if visible(head.mask, i, j)]
            scores = [cast(Number, linear.dot(self._contract, cast(Any, query),
                                              cast(Any, keys[j]))) for j in seen]
            outputs.append(self._attend(head, scores, [values[j] for j in seen])
                           if seen else None)
        return outputs

    def _attend(self, head: Head, scores: list[Number], values: list[States]) -> States:
        floats = self.floats
        if head.selection in ("uhat-left", "uhat-right"):
            best, found = scores[0], values[0]
            for score, value in zip(scores[1:], values[1:], strict=True):
                better = floats.less(best, score) if head.selection == "uhat-left" \
                    else floats.at_most(best, score)
                best = floats.choose(better, score, best)
                found = tuple(floats.choose(better, x, y)
                              for x, y in zip(value, found, strict=True))
            return found
        one = floats.round(ONE)
        best = scores[0]
        for score in scores[1:]:
            best = floats.maximum(best, score)
        if head.selection == "average-hard":
            taken = [floats.equal(score, best) for score in scores]
            return self._average([one] * len(scores), taken, values)
        return self._average(self._exponentials(scores, best), ["true"] * len(scores), values)

    def _exponentials(self, scores: list[Number], best: Number) -> list[Number]:
        floats = self.floats
        contract = floats.contract
        if contract.softmax == "max-subtracted":
            return [floats.exp(floats.add(score, -best)) for score in scores]
        found = [floats.exp(score) for score in scores]
        if contract.softmax == "uniform-if-zero":
            vanish = conjunction(floats.equal(x, ZERO) for x in found)
            found = [floats.choose(vanish, floats.round(ONE), x) for x in found] \
                if "false" not in [floats.equal(x, ZERO) for x in found] else found
        return found

    def _average(self, weights: list[Number], taken: list[str], values: list[States]) -> States:
        floats = self.floats
        contract = floats.contract
        if contract.arithmetic == "exact-attention":
            raise NotTranslated("exact-attention: averages whose sums and quotients are exact are "
                                "not translated")
        whole = self._sum(weights, taken)
        columns = list(zip(*values, strict=True))
        if contract.division == "weights":
            weights = [self._where(t, floats.divide, e, whole)
                       for e, t in zip(weights, taken, strict=True)]
        sums = [self._sum([self._where(t, floats.multiply, e, v)
                           for e, v, t in zip(weights, column, taken, strict=True)], taken)
                for column in columns]
        if contract.division == "weights":
            return tuple(sums)
        return tuple(floats.divide(total, whole) for total in sums)

    def _where(self, condition: str, operation: Any, x: Number, y: Number) -> Number:
        """The result; that it may have no value counts where the condition holds."""
        if condition == "false":
            return ZERO
        with self.floats.guarded(condition):
            return cast(Number, operation(x, y))

    def _sum(self, terms: Sequence[Number], taken: Sequence[str]) -> Number:
        """The rounded sum of the terms that are taken."""
        floats = self.floats
        if floats.contract.arithmetic == "exact-sums":
            return floats.exact_sum(terms, taken)
        total: Number = ZERO
        for x, condition in zip(terms, taken, strict=True):
            if condition != "false":
                total = floats.choose(condition, self._where(condition, floats.add, total, x),
                                      total)
        return total
