"""From a Hugging Face config.json to a kind of models: `config:FILE` as VARIANT.

A file names an architecture and sizes, not weights. What an axis cannot say exactly is idealised,
and each idealisation is listed; where the file leaves a contract open, the profile is the union of
those that are usual. Sizes become "any constant". So a `no` is about every model of the kind, and
with it about the file's; a `yes` says that some model of the kind does it. Fields that are not
understood are named, never guessed.

A family is one module in `families/`: MODEL_TYPES, INERT (fields that change nothing here) and
`read(mapping)`.
"""

from __future__ import annotations

import difflib
import importlib
import pkgutil
from dataclasses import dataclass
from functools import cache
from types import ModuleType

from expressivity.configs import families
from expressivity.configs.fields import read_fields
from expressivity.configs.mapping import Mapping, Sizes
from languages.errors import InputError

UNION = ("The profile is a union, idealised as the following notes say: a no is about every model "
         "in it; a yes says that some model of some size and contract in it does it, not that the "
         "model of the file can.")


@dataclass(frozen=True)
class Configuration:
    """What a config.json says.

    Attributes:
        model_type: the name of the architecture.
        axes: axis -> value, as in VARIANT, every axis that differs from its default.
        notes: idealisations, defaults that were used, and fields that were not understood.
        sizes: the numbers that size bounds speak of.
        decodes: whether the model generates tokens.
    """

    model_type: str
    axes: dict[str, str]
    notes: tuple[str, ...]
    sizes: Sizes
    decodes: bool


@cache
def model_types() -> dict[str, ModuleType]:
    """model_type -> the module of its family."""
    found: dict[str, ModuleType] = {}
    for info in pkgutil.iter_modules(families.__path__):
        module = importlib.import_module(f"{families.__name__}.{info.name}")
        found |= dict.fromkeys(module.MODEL_TYPES, module)
    return dict(sorted(found.items()))


def read_config(name: str) -> Configuration:
    """The configuration in the file `name`.

    Raises:
        InputError: the file is not readable, not strict JSON, of an unknown model_type, or a
            field that is needed is missing or not what was expected.
    """
    fields = read_fields(name)
    kind = fields.word("model_type")
    if kind is None:
        raise InputError(f"{name}: the field 'model_type' is missing, expected one of "
                         + ", ".join(model_types()), "line 1, column 1")
    if kind not in model_types():
        near = difflib.get_close_matches(kind, model_types(), 1, 0.8)
        hint = f", did you mean {near[0]!r}?" if near else ""
        raise fields.error("model_type", "one of " + ", ".join(model_types()) + hint)
    family = model_types()[kind]
    mapping = Mapping(fields)
    family.read(mapping)
    if mapping.sizes is None:
        raise TypeError(f"the family {family.__name__} sets no sizes")
    notes = [UNION, *mapping.notes, *fields.defaults]
    if unknown := fields.not_understood(family.INERT):
        notes.append("not understood and not taken into account: " + ", ".join(unknown))
    return Configuration(kind, mapping.axes, tuple(notes), mapping.sizes, mapping.decodes)
