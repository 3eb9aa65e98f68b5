"""What circuits are asked of: a language with one of its families, or a model."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from expressivity.circuits.circuit import Circuit
from expressivity.circuits.families import Family, choose
from expressivity.circuits.from_model import DEFAULT_MAX_VALUES, model_circuit
from expressivity.circuits.letters import Letters, Options, all_words
from expressivity.circuits.membership import answers, members
from expressivity.circuits.prediction import Prediction, of_language, of_model
from expressivity.circuits.table import Row, measured
from expressivity.models.fast import evaluate
from expressivity.models.files import load_model
from expressivity.models.model import Model
from expressivity.programs.source import READERS, parse_source
from languages.errors import InputError
from languages.language import Language
from languages.parse import names_language

CHECK_WORDS: Final = 4096
Progress = Callable[[str, int], None]


@dataclass(frozen=True)
class Subject:
    """A language and its family, or a model."""

    name: str
    language: Language | None
    family: Family | None
    model: Model | None

    @property
    def alphabet(self) -> tuple[str, ...]:
        """The letters."""
        if self.model is not None:
            return self.model.alphabet
        return self.language.alphabet if self.language is not None else ()

    def circuit(self, length: int, options: Options | None = None, *,
                max_values: int = DEFAULT_MAX_VALUES,
                progress: Progress | None = None) -> Circuit:
        """The circuit for words of this length; raises InputError."""
        if self.model is not None:
            return model_circuit(self.model, length, options, max_values=max_values,
                                 progress=progress)
        if self.family is None or self.language is None:
            raise ValueError("neither a language with a family nor a model")
        return self.family.circuit(self.language, length, options)

    def prediction(self) -> Prediction:
        """What the theorem base says."""
        if self.model is not None:
            return of_model(self.model)
        if self.language is None:
            raise ValueError("neither a language nor a model")
        return of_language(self.language)

    def row(self, circuit: Circuit, length: int, options: Options | None = None,
            check_words: int = CHECK_WORDS) -> Row:
        """The circuit measured, and compared on all words if they are at most `check_words`."""
        if len(self.alphabet)**length > check_words:
            return measured(circuit, length)
        letters = Letters(self.alphabet, length, options)
        got = answers(circuit, letters)
        wrong = got["accepted"] != (accepted := self._accepted(length))[0]
        wrong |= got.get("undefined", np.zeros_like(wrong)) != accepted[1]
        if not wrong.any():
            return measured(circuit, length, checked=True)
        word = all_words(len(self.alphabet), length)[int(np.argmax(wrong))]
        return measured(circuit, length, checked=True,
                        differs=tuple(self.alphabet[a] for a in word))

    def _accepted(self, length: int) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
        """All words in lexicographic order: accepted, without an answer."""
        if self.model is not None:
            found = evaluate(self.model, all_words(len(self.alphabet), length))
            return found.accepted, ~found.defined
        if self.language is None:
            raise ValueError("neither a language nor a model")
        inside = members(self.language, length)
        return inside, np.zeros_like(inside)


def subject(text: str, *, family: str | None = None, alphabet: tuple[str, ...] | None = None,
            ) -> Subject:
    """What the text names: a language (a name of the catalogue, `regex:`, `brasp:` ...), or the
    file or directory of a model. A name of the catalogue is a language even if a file has it.

    Raises:
        InputError: it names neither, or the family does not apply.
    """
    head = text.strip().partition(":")[0]
    known = names_language(text) or head in READERS
    looks_like_a_path = "/" in text or text.endswith((".json", ".safetensors"))
    if not known and (looks_like_a_path or _exists(text)):
        if family is not None:
            raise InputError("--family: a model has one circuit for each length, no families")
        if alphabet is not None:
            raise InputError("--alphabet: the letters of a model are part of it")
        return Subject(text, None, None, load_model(text))
    language = parse_source(text, alphabet=alphabet)
    return Subject(language.name, language, choose(language, family), None)


def _exists(text: str) -> bool:
    try:
        return Path(text).exists()
    except (OSError, ValueError):
        return False
