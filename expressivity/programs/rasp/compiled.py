"""RASP programs as models with exact weights."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, cast

from expressivity.programs.rasp import domains
from expressivity.programs.rasp.assembly import Plan
from expressivity.programs.rasp.builder import Builder
from expressivity.programs.rasp.forms import BEGIN, Form
from expressivity.programs.rasp.language import SOp
from expressivity.programs.rasp.representation import Representation
from expressivity.programs.rasp.values import Value, exact, texts
from languages.errors import InputError
from proofs.models.architecture import FORMAT, VERSION

if TYPE_CHECKING:  # compiling needs no arrays; running does
    from expressivity.models.model import Model


@dataclass(frozen=True)
class CompiledRasp:
    """A model that computes a RASP program.

    `alphabet`: the tokens, in the order of the model's letters. `values`: what the dimensions of
    its "sequence" stand for; None if it has one, which holds the number itself. `longest`: the
    longest input that the model is right for, None for all. `resources`: counts named as in
    `models.sizes`, taken from the plan; `causal`: no position sees what is to its right.
    """

    model: dict[str, Any]
    alphabet: tuple[Value, ...]
    values: tuple[Value, ...] | None
    resources: Mapping[str, int]
    longest: int | None
    causal: bool

    def run(self, word: Sequence[object]) -> list[Value]:
        """The values that the model computes on a sequence of tokens.

        Raises:
            InputError: a token is not in the alphabet, the input is longer than `longest`, or the
                program has no value somewhere (an Aggregate over values that do not agree).
        """
        return self.run_many([word])[0]

    def run_many(self, words: Sequence[Sequence[object]]) -> list[list[Value]]:
        """`run` on many inputs of one length at once."""
        batch = [self.indices(word) for word in words]
        if not batch or not batch[0]:
            return [[] for _ in batch]
        from expressivity.models import fast
        found = fast.outputs(self._model, batch)
        return [[self._decoded(x) for x in row] for row in found]

    def accepts(self, word: Sequence[object]) -> bool:
        """Is the last value of the program, which must have truth values, 1?

        Raises as `run`; for other programs the model accepts nothing.
        """
        from expressivity.models import fast
        return bool(fast.accepts(self._model, [self.indices(word)])[0])

    def indices(self, word: Sequence[object]) -> list[int]:
        """The tokens as the model's letters; raises as `run`."""
        if self.longest is not None and len(word) > self.longest:
            raise InputError(f"{len(word)} tokens: the model is made for inputs of up to "
                             f"{self.longest}; compile it with a larger length")
        for token in word:
            if token not in self.alphabet:
                raise InputError(f"token {token!r}: expected one of "
                                 + ", ".join(map(repr, self.alphabet)))
        return [self.alphabet.index(cast(Value, token)) for token in word]

    @cached_property
    def _model(self) -> Model:
        from expressivity.models.model import Model
        return Model.from_plain(self.model)

    @cached_property
    def _by_text(self) -> dict[str, Value]:
        return dict(zip(texts(self.values or ()), self.values or (), strict=True))

    def _decoded(self, found: object) -> Value:
        if self.values is None:
            return exact(found, "output")
        if found is None:
            raise InputError("the program has no value at some position: an Aggregate selects "
                             "values that do not agree")
        return self._by_text[str(found)]


def compile_rasp(program: SOp, alphabet: Sequence[object], length: int | None = None, *,
                 causal: bool = False, accept_empty: bool = False) -> CompiledRasp:
    """A model with exact weights that computes the program on all inputs over the alphabet.

    Without a `length` it is right for inputs of all lengths, or an error tells what would need one;
    with a length it may be smaller, and right up to that length only (then `longest` is set, and
    longer inputs are refused by the model itself). `causal`: positions see what is to their left
    and themselves. If all values are 0 and 1, the model accepts the inputs whose last value is 1,
    and the empty one if `accept_empty`.

    Raises:
        InputError: the alphabet or the program is malformed, or a function of Python is applied
            to values that are not known one by one.
        LimitError: too many values, or too many weights.
    """
    letters = tuple(exact(token, "alphabet") for token in alphabet)
    if not letters or None in letters or len(set(letters)) < len(letters):
        raise InputError(f"alphabet: got {list(alphabet)!r}, expected distinct values, at least "
                         "one, without None")
    if length is not None and (type(length) is not int or length < 1):
        raise InputError(f"length: got {length!r}, expected None or an integer from 1 on")
    builder = Builder(letters, length, causal)
    made = builder.representation(program)
    values, outputs = _outputs(made)
    if accept_empty:
        outputs.append(("empty", BEGIN))
    plan = Plan(outputs)
    shown = plan.outputs[:len(values) if values is not None else 1]
    longest = length if builder.context.bounded else None
    width = len(plan.dimensions)
    weights = [0] * width
    bias: str | int = 0
    if made.domain.truth_values:
        bias = "-1/2"
        if values is None:
            weights[shown[0]] = 1
        elif 1 in values:
            weights[shown[values.index(1)]] = 1
    if accept_empty:
        weights[plan.outputs[-1]] = 1
    model = {
        "format": FORMAT, "version": VERSION, "alphabet": texts(letters), "markers": "bos",
        "readout": "last", "contract": {"format": "rational"}, "residual": plan.names,
        "period": 1 if longest is None else longest + 1,
        "embedding": plan.embedding(len(letters), 1 if longest is None else longest + 1),
        "layers": plan.layers(), "output": {"weights": weights, "bias": bias},
        "sequence": {"dimensions": [plan.names[k] for k in shown],
                     "values": None if values is None else texts(values)}}
    if longest is not None:
        model["positions"] = {"kind": "bounded"}
    if formulas := plan.formulas():
        model["formulas"] = formulas
    return CompiledRasp(model, letters, values, plan.resources, longest, causal)


def _outputs(made: Representation) -> tuple[tuple[Value, ...] | None, list[tuple[str, Form]]]:
    """The forms of the output: the number, or one for each value."""
    if made.domain.numeric and not made.domain.none:
        return None, [("output", made.number())]
    if made.unbounded and domains.listed(made.domain, made.context.length) is None:
        raise InputError(f"the output, {made.where}, can be None at some positions, and its "
                         "numbers are not known one by one: give a default, or the longest length")
    values = made.values
    names = [f"output {text}" for text in texts(values)]
    return values, [(name, made.among([value]))
                    for name, value in zip(names, values, strict=True)]


