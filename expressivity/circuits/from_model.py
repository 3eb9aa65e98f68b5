"""From a model and a length to the circuit that it computes there.

At every position the activations that matter have finitely many values; each value has a literal
("it has this value at this position"), from the embedding on, sublayer by sublayer. Networks are
tables. Heads select by AND and OR, or count by THRESHOLD (`selection`). Whatever the length, each
sublayer adds a constant depth: unique hard attention is in AC0, exact averages are in TC0.

Only dimensions that somebody reads are followed, as far as that is exact (`cut`): what is
computed is the joint value of the dimensions that are asked for together.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from expressivity.circuits.choices import Choices, Chooser
from expressivity.circuits.circuit import FALSE, TRUE, Circuit
from expressivity.circuits.cut import (
    CutAttention,
    CutNetwork,
    Dimensions,
    columns,
    everything_counts,
    read_by,
)
from expressivity.circuits.heads import Heads
from expressivity.circuits.letters import Letters, Options
from expressivity.models.model import Model
from languages.errors import InputError, LimitError
from proofs.models import architecture
from proofs.models.layers import Attention, FeedForward, GatedFeedForward, Normalisation
from proofs.models.linear import State, affine
from proofs.models.numbers import NotANumber, Value
from proofs.models.positions import OutOfRange, offsets, phases
from proofs.models.reference import NoReadout, readout_position, replaced

DEFAULT_MAX_VALUES: Final = 2000
MAX_SUBLAYERS: Final = 150


class NoCircuit(InputError):
    """The model, or a word length, is not covered; says why."""


def model_circuit(model: Model, length: int, options: Options | None = None, *,
                  max_values: int = DEFAULT_MAX_VALUES,
                  progress: Callable[[str, int], None] | None = None) -> Circuit:
    """The circuit for words of this length; it is equal to the model on all of them.

    The output "accepted" is false where the model computes no value. Where it cannot be excluded
    that it does so on some word, there is an output "undefined", true on exactly those words.

    Raises:
        NoCircuit: a sublayer is recurrent, sums are rounded one by one, or the model gives no
            answer at this length.
        LimitError: too many values or wires.
    """
    definition = model.unrolled(length).definition
    _check_layers(definition)
    unrolled = _Unrolled(definition, Letters(model.alphabet, length, options), max_values, progress)
    try:
        return unrolled.circuit()
    except NoReadout as error:
        raise NoCircuit(str(error)) from None
    except OutOfRange as error:
        raise NoCircuit(f"length {length}: {error}") from None


def _check_layers(model: architecture.Model) -> None:
    if len(model.layers) > MAX_SUBLAYERS:
        raise LimitError("sublayers", len(model.layers), MAX_SUBLAYERS, "a shallower model")
    for number, layer in enumerate(model.layers):
        if isinstance(layer, Attention):
            averages = any(h.selection in ("average-hard", "softmax") for h in layer.heads)
            if averages and model.contract.grid is not None \
                    and model.contract.arithmetic == "left-to-right":
                raise NoCircuit(
                    f"layers[{number}]: averages with sums that are rounded after each addition: "
                    "their value depends on the order of positions; `extract` covers such models")
        elif not isinstance(layer, FeedForward | GatedFeedForward | Normalisation):
            raise NoCircuit(f"layers[{number}]: recurrent sublayers have no circuit here; "
                            "`extract` covers them where states are finitely many")


class _Unrolled:
    """The model at one length. `stream` is the heart; it remembers what it made."""

    def __init__(self, model: architecture.Model, letters: Letters, max_values: int,
                 progress: Callable[[str, int], None] | None) -> None:
        self.model = model
        self.contract = model.contract
        self.letters = letters
        self.chooser = Chooser(letters.builder, max_values)
        self.everything = everything_counts(model)
        self.whole: Dimensions = tuple(range(len(model.residual)))
        self.before = model.markers in ("bos", "both")
        self.total = letters.length + self.before + (model.markers in ("eos", "both"))
        self._progress = progress
        self._streams: dict[tuple[int, int, Dimensions], Choices[State]] = {}
        self._networks: dict[tuple[int, Dimensions], CutNetwork] = {}
        self._attentions: dict[tuple[int, Dimensions], Heads] = {}

    def circuit(self) -> Circuit:
        """Raises NoReadout, OutOfRange."""
        position = readout_position(self.model, self.letters.length)
        try:
            self._rows = phases(self.model.positions, self.model.period, self.total)
            self._added = offsets(self.model.formulas, self.contract, self.total)
        except NotANumber:
            return self.letters.circuit(FALSE, TRUE)
        functional = ((*self.model.output_weights, self.model.output_bias),)
        wanted = self._kept(read_by(functional))
        rows = columns(functional, wanted)
        if self.everything:  # in order, so that nothing is left out
            for level in range(len(self.model.layers)):
                self._report(level)
                for i in range(self.total):
                    self.stream(level + 1, i, self.whole)
        values = self.chooser.mapped(self.stream(len(self.model.layers), position, wanted),
                                     lambda state: affine(self.contract, rows, state)[0] > 0)
        builder = self.letters.builder
        undefined = builder.disj(self.chooser.undefined)
        return self.letters.circuit(builder.conj([values.get(True, FALSE), undefined ^ 1]),
                                    undefined)

    def stream(self, level: int, i: int, dimensions: Dimensions) -> Choices[State]:
        """The joint value of these dimensions at position i before sublayer `level`."""
        key = (level, i, dimensions)
        if key not in self._streams:
            if level == 0:
                found = self._embedded(i, dimensions)
            else:
                layer = self.model.layers[level - 1]
                if isinstance(layer, Attention):
                    found = self._attended(level - 1, layer, i, dimensions)
                elif isinstance(layer, Normalisation):
                    found = self.chooser.mapped(self.stream(level - 1, i, dimensions),
                                                self._normalised(layer))
                elif isinstance(layer, FeedForward | GatedFeedForward):
                    network = self._network(level - 1, layer, dimensions)
                    found = self.chooser.mapped(self.stream(level - 1, i, network.needed),
                                                network.change)
                else:
                    raise NoCircuit("a recurrent sublayer")
            self._streams[key] = found
        return self._streams[key]

    def _kept(self, dimensions: set[int]) -> Dimensions:
        return self.whole if self.everything else tuple(sorted(dimensions))

    def _report(self, level: int) -> None:
        if self._progress is not None:
            self._progress(f"sublayer {level + 1} at length {self.letters.length}", 0)

    def _embedded(self, i: int, dimensions: Dimensions) -> Choices[State]:
        def state(symbol: int) -> State:
            values: list[Value] = list(self.model.embedding[symbol][self._rows[i]])
            for d, value in self._added[i]:
                values[d] = self.contract.add(values[d], value)
            return tuple(values[d] for d in dimensions)

        return self.chooser.mapped(self._symbols(i), state)

    def _symbols(self, i: int) -> Choices[int]:
        place = i - self.before
        if place < 0:
            return {self.model.begin: TRUE}
        if place == self.letters.length:
            return {self.model.end: TRUE}
        return {a: self.letters.letter(place, a) for a in range(len(self.letters.alphabet))}

    def _normalised(self, layer: Normalisation) -> Callable[[State], State]:
        return lambda state: replaced(self.contract, layer, state)

    def _network(self, level: int, layer: FeedForward | GatedFeedForward,
                 dimensions: Dimensions) -> CutNetwork:
        if (level, dimensions) not in self._networks:
            self._networks[level, dimensions] = CutNetwork(self.contract, layer, dimensions,
                                                           self.everything)
        return self._networks[level, dimensions]

    def _attended(self, level: int, layer: Attention, i: int,
                  dimensions: Dimensions) -> Choices[State]:
        name = (level, dimensions)
        if name not in self._attentions:
            self._attentions[name] = Heads(
                self.chooser, CutAttention(self.contract, layer, dimensions, self.everything),
                lambda j, seen: self.stream(level, j, seen), self.total, self.everything)
        heads = self._attentions[name]
        return heads.at(i, self.stream(level, i, heads.cut.needed))
