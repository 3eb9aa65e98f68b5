"""The fields of a config.json, read strictly: each value checked, each default remembered.

A field is *used* once a family has asked for it, *inert* if its family says that it changes
nothing here, and otherwise *not understood*; the last are named in every answer.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from languages.errors import InputError
from languages.strict_json import loads
from languages.tables import shown

MAX_CHARACTERS = 1_000_000
MAX_SIZE = 10**9  # of any single number of layers, heads, dimensions, tokens

# Training, generation, files and versions: of no consequence for what weights can compute.
INERT = frozenset([
    "_name_or_path", "_attn_implementation", "_attn_implementation_autoset", "architectures",
    "attention_dropout", "attention_probs_dropout_prob", "attn_implementation", "attn_pdrop",
    "bad_words_ids", "begin_suppress_tokens", "bos_token_id", "cache_implementation",
    "chunk_size_feed_forward", "classifier_dropout", "classifier_dropout_prob",
    "cross_attention_hidden_size", "decoder_start_token_id", "diversity_penalty", "do_sample",
    "early_stopping", "embd_pdrop", "encoder_no_repeat_ngram_size", "eos_token_id",
    "exponential_decay_length_penalty", "finetuning_task", "forced_bos_token_id",
    "forced_eos_token_id", "gradient_checkpointing", "hidden_dropout", "hidden_dropout_prob",
    "id2label", "initializer_factor", "initializer_range", "keys_to_ignore_at_inference",
    "label2id", "length_penalty", "max_length", "min_length", "model_type",
    "no_repeat_ngram_size", "num_beam_groups", "num_beams", "num_return_sequences",
    "output_attentions", "output_hidden_states", "output_past", "output_scores", "pad_token_id",
    "prefix", "pretraining_tp", "problem_type", "pruned_heads", "remove_invalid_values",
    "repetition_penalty", "resid_pdrop", "return_dict", "return_dict_in_generate",
    "sep_token_id", "summary_activation", "summary_first_dropout", "summary_proj_to_labels",
    "summary_type", "summary_use_proj", "suppress_tokens", "task_specific_params",
    "temperature", "tf_legacy_loss", "tie_word_embeddings", "tokenizer_class", "top_k", "top_p",
    "torchscript", "transformers_version", "typical_p", "use_bfloat16", "use_cache",
    "vocab_file",
])

# Of no consequence as long as they are false.
_INERT_IF_FALSE = frozenset(["add_cross_attention", "is_decoder", "is_encoder_decoder",
                             "tie_encoder_decoder", "use_bidirectional_attention"])


class Fields:
    """One object of fields, with the place of each in its file.

    Attributes:
        defaults: what was missing and taken as documented, in words.
    """

    def __init__(self, values: dict[str, Any], places: dict[str, str], source: str) -> None:
        self.source = source
        self.defaults: list[str] = []
        self._values = values
        self._places = places
        self._used: set[str] = set()

    def has(self, *names: str) -> bool:
        """Is one of these fields there, and not null?"""
        return any(self._values.get(name) is not None for name in names)

    def value(self, *names: str) -> Any:
        """The value of the first of these names that is there (they mean the same), or None."""
        self._used.update(names)
        return next((self._values[name] for name in names
                     if self._values.get(name) is not None), None)

    def error(self, name: str, expected: str) -> InputError:
        """The error that the value of a field is not what was expected."""
        return InputError(f"{self.source}: {name} is {shown(self._values.get(name))}, expected "
                          f"{expected}", self._places.get(name))

    def size(self, *names: str, default: int | None = None, why: str = "") -> int:
        """A positive integer.

        Args:
            names: names of the field in different versions, the first is shown.
            default: the documented default of the architecture; without it the field is needed.
            why: how the default comes about, if it is not a constant.

        Raises:
            InputError: it is missing without a default, no positive integer, or larger than
                `MAX_SIZE`.
        """
        got = self.value(*names)
        name = self._name(*names)
        if got is None:
            if default is None:
                raise InputError(f"{self.source}: the field {names[0]!r} is missing, expected a "
                                 "positive integer", "line 1, column 1")
            self._defaulted(names[0], str(default), why)
            return default
        if type(got) is not int or got < 1:
            raise self.error(name, "a positive integer")
        if got > MAX_SIZE:
            raise self.error(name, f"at most {MAX_SIZE}")
        return got

    def count(self, name: str, default: int) -> int:
        """As `size`, where 0 is allowed."""
        return 0 if self.value(name) == 0 and self._values[name] is not False else self.size(
            name, default=default)

    def states(self, name: str) -> bool:
        """Is the field there, if only as null?"""
        return name in self._values

    def optional_size(self, name: str) -> int | None:
        """A positive integer, or None where the field is missing or null."""
        self._used.add(name)
        return self.size(name) if self.has(name) else None

    def flag(self, name: str, default: bool) -> bool:
        """True or false."""
        got = self.value(name)
        if got is None:
            self._defaulted(name, str(default).lower(), "")
            return default
        if type(got) is not bool:
            raise self.error(name, "true or false")
        return got

    def word(self, *names: str, default: str | None = None) -> str | None:
        """A string; None where it is missing and there is no default."""
        got = self.value(*names)
        if got is None:
            if default is not None:
                self._defaulted(names[0], default, "")
            return default
        if not isinstance(got, str):
            raise self.error(self._name(*names), "a string")
        return got

    def words(self, name: str) -> list[str] | None:
        """A list of strings, or None where it is missing."""
        got = self.value(name)
        if got is None:
            return None
        if not isinstance(got, list) or not all(isinstance(item, str) for item in got):
            raise self.error(name, "a list of strings")
        return list(got)

    def mapping(self, *names: str) -> dict[str, Any] | None:
        """An object, or None where it is missing."""
        got = self.value(*names)
        if got is not None and not isinstance(got, dict):
            raise self.error(self._name(*names), "an object")
        return got

    def not_understood(self, inert: Iterable[str]) -> list[str]:
        """The fields that nobody asked for and that are not known to be inert."""
        off = {name for name in _INERT_IF_FALSE if self._values.get(name) in (False, None)}
        return sorted(set(self._values) - self._used - INERT - set(inert) - off)

    def _name(self, *names: str) -> str:
        return next((n for n in names if self._values.get(n) is not None), names[0])

    def _defaulted(self, name: str, default: str, why: str) -> None:
        self.defaults.append(f"{name} is not in the file: {default}, the documented default"
                             + (f" ({why})" if why else ""))


def read_fields(name: str) -> Fields:
    """The fields of the config.json with this name.

    Raises:
        InputError: the file cannot be read, is not strict JSON, not an object, or longer than
            `MAX_CHARACTERS`.
    """
    try:
        raw = Path(name).read_bytes()[:4 * MAX_CHARACTERS + 1]
        text = raw.decode("utf-8-sig")
    except OSError as error:
        raise InputError(f"cannot read {name}: {error.strerror}") from None
    except (UnicodeDecodeError, ValueError):  # a name with a null byte is a ValueError
        raise InputError(f"{name!r} is not UTF-8 text, expected a config.json") from None
    if len(text) > MAX_CHARACTERS:
        raise InputError(f"{name}: more than {MAX_CHARACTERS} characters, too long for a "
                         "config.json")
    try:
        values = loads(text)
    except InputError as error:
        raise InputError(f"{name}: {error.message}", error.position) from None
    if not isinstance(values, dict):
        raise InputError(f"{name}: got {shown(values)}, expected an object with model_type",
                         "line 1, column 1")
    return Fields(values, _places(text), name)


def _places(text: str) -> dict[str, str]:
    """Where each key of the outer object stands; `text` is strict JSON of an object."""
    decoder = json.JSONDecoder()
    places = {}
    at = _skip(text, text.index("{") + 1)
    while text[at] != "}":
        key, after = decoder.raw_decode(text, at)
        line = text.count("\n", 0, at) + 1
        places[key] = f"line {line}, column {at - text.rfind(chr(10), 0, at)}"
        colon = _skip(text, after)
        _, at = decoder.raw_decode(text, _skip(text, colon + 1))
        at = _skip(text, at)
        if text[at] == ",":
            at = _skip(text, at + 1)
    return places


def _skip(text: str, at: int) -> int:
    while text[at] in " \t\r\n":
        at += 1
    return at
