"""A model as a PyTorch module (extra `torch`): to train it, and to read trained weights back.

    module = TorchModel(architecture)          # or to_torch(model), or load_torch(directory)
    module(words)                              # (B, n) letter indices -> (B,) output values
    save_torch(module, directory)              # then `expressivity quantise`, `extract`, `verify`

Parameters are named as the tensors of the file layout, so `module.load_state_dict(load_file(FILE))`
and `save_file(module.state_dict(), FILE)` of `safetensors.torch` exchange weights with it.

Computed in float64, in whatever order PyTorch adds: this is not the exact meaning of a model. What
a trained model recognises is a question about its weights under a stated number contract.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from fractions import Fraction
from pathlib import Path
from typing import Any

import torch
from torch import Tensor, nn

from expressivity.models.files import load_plain, save_plain
from expressivity.models.layout import entries, join, map_tensors, place, shape_of, shapes, split
from expressivity.models.model import Model
from expressivity.models.tensor_files import nearest_floats
from expressivity.models.torch_layers import DTYPE, register, sublayer
from languages.errors import InputError
from proofs.checkers.rejection import Rejected
from proofs.models.loops import order
from proofs.models.numbers import Contract
from proofs.models.positions import offsets, phases
from proofs.models.reference import marked, readout_position
from proofs.models.tensors import plain as plain_number
from proofs.models.tensors import rational


class Output(nn.Module):
    """The output functional."""

    def __init__(self, plain: Mapping[str, Any]) -> None:
        super().__init__()
        register(self, plain, "weights", "bias")

    def forward(self, stream: Tensor) -> Tensor:
        """Shape (B,), from (B, d)."""
        made: Tensor = stream @ self.weights + self.bias
        return made


class TorchModel(nn.Module):
    """The module of an architecture (see `layout`); weights are 0 until they are set or drawn.

    `frame` is the model with all weights 0: its alphabet, markers, readout, positions.

    Raises:
        InputError: the architecture is not one.
    """

    def __init__(self, architecture: Mapping[str, Any]) -> None:
        super().__init__()
        # Weights that an architecture file holds itself are tensors here like all others.
        self.architecture = map_tensors(
            architecture, lambda name, value: value if isinstance(value, dict)
            else {"shape": list(shape_of(value))})
        zeros = {name: torch.zeros(shape, dtype=torch.int64).tolist()
                 for name, shape in shapes(self.architecture).items()}
        self.frame = Model.from_plain(join(self.architecture, zeros)).definition
        residual = {name: k for k, name in enumerate(self.frame.residual)}
        register(self, self.architecture, "embedding")
        self.layers = nn.ModuleList(
            [sublayer(layer, residual) for layer in self.architecture["layers"]])
        self.output = Output(self.architecture["output"])

    def initialise(self, seed: int) -> TorchModel:
        """Draw all weights: normal, with standard deviation 1 / sqrt(size of the last axis)."""
        generator = torch.Generator().manual_seed(seed)
        with torch.no_grad():
            for parameter in self.parameters():
                size = parameter.shape[-1] if parameter.ndim else 1
                parameter.copy_(torch.randn(parameter.shape, dtype=DTYPE, generator=generator)
                                / math.sqrt(size))
        return self

    def forward(self, words: Tensor) -> Tensor:
        """Output values, shape (B,), of words of one length as letter indices, shape (B, n).

        A word is accepted iff its value is > 0. Raises as `proofs.models.reference.run`.
        """
        position = readout_position(self.frame, words.shape[1])
        made: Tensor = self.output(self.stream(words)[:, position])
        return made

    def stream(self, words: Tensor) -> Tensor:
        """The residual stream at the end, shape (B, N, d), markers included."""
        listed: list[list[int]] = words.tolist()
        symbols = torch.tensor([marked(self.frame, word) for word in listed], device=words.device)
        total = symbols.shape[1]
        rows = torch.tensor(phases(self.frame.positions, self.frame.period, total),
                            device=words.device)
        stream: Tensor = self.embedding[symbols, rows] + self._formulas(total).to(words.device)
        for k in order(len(self.layers), self.frame.loop, words.shape[1]):
            stream = self.layers[k](stream)
        return stream

    def _formulas(self, total: int) -> Tensor:
        """What position formulas add, shape (N, d)."""
        added = torch.zeros((total, len(self.frame.residual)), dtype=DTYPE)
        for i, changes in enumerate(offsets(self.frame.formulas, Contract(), total)):
            for dimension, value in changes:
                added[i, dimension] += float(value)
        return added

    def to_plain(self) -> dict[str, Any]:
        """The plain data of the model with the weights of now, exactly.

        Raises:
            InputError: a weight is infinite or not a number; says which.
        """
        tensors = {}
        for name, parameter in self.state_dict().items():
            nested = parameter.detach().to("cpu", DTYPE).tolist()
            for index, weight in entries(nested):
                if not math.isfinite(weight):
                    raise InputError(f"{place(name, index)}: expected a finite number, got "
                                     f"{weight}")
            tensors[name] = _exact(nested)
        return join(self.architecture, tensors)


def _exact(nested: Any) -> Any:
    if isinstance(nested, list):
        return [_exact(item) for item in nested]
    return plain_number(Fraction(nested))


def to_torch(model: Model) -> TorchModel:
    """The module of a model, its weights as the nearest float64 numbers.

    Raises:
        InputError: a weight is beyond float64.
    """
    return _from_plain(model.to_plain())


def load_torch(path: str | Path) -> TorchModel:
    """The module of the model in a file or a directory, in any format of `files`.

    Weights need not be numbers of the model's contract. Raises InputError as `load_model`.
    """
    file, data = load_plain(path)
    if not isinstance(data, dict):
        raise InputError(f"{file}: model: expected an object")
    try:
        return _from_plain(data)
    except InputError as error:
        raise InputError(f"{file}: {error.message}") from None


def _from_plain(plain: Mapping[str, Any]) -> TorchModel:
    architecture, tensors = split(plain)
    module = TorchModel(architecture)
    weights = {}
    for name, nested in tensors.items():
        shape = shape_of(nested)
        try:
            exact = [rational(weight, place(name, index)) for index, weight in entries(nested)]
        except Rejected as error:
            raise InputError(f"{error.path}: {error.message}") from None
        if len(exact) != math.prod(shape):
            raise InputError(f"{name}: expected lists of equal lengths")
        weights[name] = torch.tensor(nearest_floats(name, exact, shape), dtype=DTYPE).reshape(shape)
    module.load_state_dict(weights)
    return module


def save_torch(module: TorchModel, directory: str | Path) -> Path:
    """Write `architecture.json` and `model.safetensors`; returns the path of the first.

    Raises:
        InputError: as `save_model`, and for weights that are not finite.
    """
    return save_plain(module.to_plain(), directory, "torch")
