"""How many bits a model needs: rounded to a contract, where does it first fail?

A model under another contract is another model (see `models.quantise`); whether it recognises the
language is decided as for any model. Fewer bits can be right where more are wrong: the least number
of bits for length n is the least of all that are right up to n, not one beyond which all are.
"""

from __future__ import annotations

import itertools
import math
import re
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from expressivity.extraction import Budget
from expressivity.models.contracts import ROUNDED, contract_text, parse_contract_text
from expressivity.models.fast import evaluate
from expressivity.models.model import Model
from expressivity.models.quantise import Change, Overflows, quantise
from expressivity.verify import ALL_LENGTHS, Verification, verify
from languages.errors import InputError
from languages.language import Language
from proofs.models.architecture import plain_contract
from proofs.models.numbers import Contract
from proofs.models.positions import OutOfRange
from proofs.models.reference import NoReadout

Progress = Callable[[str, int], None]
Words = NDArray[Any]

MAX_WORDS: Final = 200_000
"""Words of one length that are all tried."""
QUICK: Final = 2_000
"""Words of one length that are tried before anything slower."""
BATCH: Final = 8192
EXPONENT: Final = 8
MAX_FIXED: Final = 128
MAX_SIGNIFICAND: Final = 113
EXTRACTION_SHARE: Final = 0.1
"""The part of the time that deciding one contract at all lengths may take, for each sublayer."""
_FAMILY = re.compile(r"fixed|float(:[0-9]{1,2})?")


@dataclass(frozen=True)
class Horizon:
    """A model rounded to a contract, compared with a language."""

    contract: Contract
    change: Change
    verification: Verification

    @property
    def first_failure(self) -> int | None:
        """The length of a shortest word on which they differ; None if none was found."""
        word = self.verification.counterexample
        return None if word is None else len(word)


def horizon(model: Model, language: Language, contract: Contract, budget: Budget | None = None, *,
            seconds: float, progress: Progress | None = None) -> Horizon:
    """The model rounded to the contract: does it still recognise the language, and if not, where?

    Raises:
        Overflows: a weight has no finite number in the contract.
        InputError: as `verify`; softmax needs a rounded contract.
    """
    rounded = quantise(model, contract)
    found = verify(rounded.model, language, budget, seconds=seconds, progress=progress)
    return Horizon(contract, rounded.change, found)


@dataclass(frozen=True)
class Family:
    """Contracts that differ in one number of bits: fixed point, or floats of one exponent size.

    `fields` is the rest of the text of a contract, such as ",overflow=saturate".
    """

    exponent: int | None
    fields: str

    def contracts(self) -> Iterator[tuple[int, Contract]]:
        """Numbers of bits with contracts, few bits first.

        Fixed point counts all bits, and has all ways to split them at the point; floats count the
        significand, with its hidden bit.
        """
        if self.exponent is None:
            for bits in range(2, MAX_FIXED + 1):
                for fraction in reversed(range(bits)):
                    yield bits, parse_contract_text(f"fixed:{bits}.{fraction}{self.fields}")
        else:
            for bits in range(2, MAX_SIGNIFICAND + 1):
                yield bits, parse_contract_text(f"float:{self.exponent}.{bits}{self.fields}")

    def __str__(self) -> str:
        return ("fixed" if self.exponent is None else f"float:{self.exponent}") + self.fields


def parse_family(text: str, contract: Contract) -> Family:
    """FAMILY := ("fixed" | "float" | "float:" EXPONENT) ("," FIELD "=" VALUE)*.

    Fields that are not named are those of `contract`, the model's own, if it rounds; else the
    usual ones. The exponent has 8 bits if its size is not named.

    Raises:
        InputError: neither, or an unknown field or value.
    """
    name, comma, rest = text.partition(",")
    if not _FAMILY.fullmatch(name.strip()):
        raise InputError(f"precision: got {name!r}, expected fixed, float or float:EXPONENT")
    kind, _, size = name.strip().partition(":")
    own = plain_contract(contract)
    fields = "".join(f",{key}={own[key]}" for key in ROUNDED
                     if key in own and own[key] != ROUNDED[key])
    family = Family(None if kind == "fixed" else int(size or EXPONENT), fields + comma + rest)
    _, first = next(family.contracts())
    # Said once, in the order and with the names that contracts have.
    return replace(family, fields=contract_text(first).partition(",")[1]
                   + contract_text(first).partition(",")[2])


@dataclass(frozen=True)
class Row:
    """For each n from `first` to `last` (None: without end), this contract is the least that
    agrees on all words up to length n. `bounded`: `last` is where trying ended, not a failure.
    """

    first: int
    last: int | None
    bits: int
    contract: Contract
    bounded: bool = False

    def to_plain(self) -> dict[str, Any]:
        """The row as plain data."""
        return {"from": self.first, "to": self.last, "bits": self.bits,
                "contract": contract_text(self.contract), "bounded": self.bounded}


class _End(Exception):
    """The table can say no more."""


class PrecisionSearch:
    """The least number of bits for each length; `rows`, `notes` and `end` are there at any time.

    Contracts are tried in order. One that differs from the language on a word of at most the
    length n reached so far is out for good; one that does not carries the table on to its first
    failure: found by words while they are few, then by extraction, then by more words.
    """

    def __init__(self, model: Model, language: Language, family: Family,
                 budget: Budget | None = None, *, seconds: float, longest: int | None = None,
                 progress: Progress | None = None) -> None:
        self.rows: list[Row] = []
        self.end = "interrupted"
        self._model = model
        self._language = language
        self._family = family
        self._budget = budget or Budget()
        self._seconds = seconds
        self._longest = longest
        self._progress = progress or (lambda what, count: None)
        self.notes: tuple[str, ...] = ()
        self._deadline = 0.0
        self._at = str(family)
        self._reach = self._lengths(MAX_WORDS)
        self._quick = self._lengths(QUICK)
        self._known: dict[int, NDArray[np.bool_]] = {}
        self._killers: list[tuple[int, ...]] = []

    def run(self) -> None:
        """Fill the table.

        Raises:
            InputError: the alphabets differ, or the model answers no word.
        """
        if set(self._model.alphabet) != set(self._language.alphabet):
            raise InputError(
                f"alphabet: the model's is {' '.join(self._model.alphabet)}, that of "
                f"{self._language.name} is {' '.join(self._language.alphabet)}; expected the same")
        self._deadline = time.monotonic() + self._seconds
        try:
            self._check_model()
            self._fill()
        except _End as end:
            self.end = str(end)

    def _check_model(self) -> None:
        """Where the model itself is wrong, no number of bits is asked for."""
        found = verify(self._model, self._language, self._deciding(), longest=self._quick,
                       seconds=self._seconds * EXTRACTION_SHARE, progress=self._progress)
        word = found.counterexample
        if word is None:
            self.notes += (f"the model as it is agrees: {found.scope}",)
            return
        self.notes += (f"the model as it is differs on words of length {len(word)}",)
        if len(word) <= 1:
            raise _End(self.notes[-1])
        if self._longest is None or self._longest >= len(word):
            self._longest = len(word) - 1

    def _fill(self) -> None:
        n = 1
        for bits, contract in self._family.contracts():
            self._at = text = contract_text(contract)
            self._in_time()
            try:
                model = quantise(self._model, contract).model
            except Overflows:
                continue
            if self._killed(model):
                continue
            row = Row(n, None, bits, contract)
            tried = max(self._quick, min(n, self._reach))
            failure = self._first_failure(model, tried, text)
            if failure is None:
                decided, failure = self._decide(model)
                if not decided:
                    n = self._by_words(model, row, tried, text)
                    continue
            n = self._exact_row(row, failure)
        raise _End(f"no contract of the family agrees on all words up to length {n}")

    def _exact_row(self, row: Row, failure: int | None) -> int:
        """A row if the contract is right up to `row.first`; the length that is reached then."""
        if failure is None:
            self.rows.append(row)
            raise _End(f"{contract_text(row.contract)} agrees at all lengths")
        if failure <= row.first:
            return row.first
        if self._longest is not None and failure > self._longest:
            self.rows.append(replace(row, last=self._longest, bounded=True))
            raise _End(self._last)
        self.rows.append(replace(row, last=failure - 1))
        return failure

    def _by_words(self, model: Model, row: Row, n: int, text: str) -> int:
        """A row that grows with each length of which all words are right; the first that is not.

        All words up to length n are right already.
        """
        if row.first > n:
            raise _End(f"whether {text} fails up to length {row.first} is not decided: too many "
                       "words")
        while True:
            last = n if self._longest is None else min(n, self._longest)
            grown = replace(row, last=last, bounded=True)
            self.rows = [*(r for r in self.rows if r.first != row.first), grown]
            if last == self._longest:
                raise _End(self._last)
            if n == self._reach:
                raise _End(f"more than {MAX_WORDS} words of length {n + 1}")
            n += 1
            if not self._right_on(model, n, text):
                self.rows[-1] = replace(grown, bounded=False)
                return n

    @property
    def _last(self) -> str:
        return f"length {self._longest} was the last to be looked at"

    def _lengths(self, words: int) -> int:
        """The largest length of which there are at most so many words; of one letter, 1000."""
        letters = len(self._model.alphabet)
        return int(math.log(words, letters) + 1e-9) if letters > 1 else 1000

    def _in_time(self) -> None:
        if time.monotonic() > self._deadline:
            raise _End(f"{self._seconds:g} seconds are over, at {self._at}")

    def _deciding(self) -> Budget:
        return replace(self._budget, seconds=self._seconds * EXTRACTION_SHARE)

    def _decide(self, model: Model) -> tuple[bool, int | None]:
        """Is it decided at all lengths, and if so, where does the model fail first?"""
        found = verify(model, self._language, self._deciding(), seconds=0.0, longest=1,
                       progress=self._progress)
        if found.scope != ALL_LENGTHS:
            return False, None
        if found.counterexample is None:
            return True, None
        self._killers.append(tuple(model.indices(found.counterexample)))
        return True, len(found.counterexample)

    def _killed(self, model: Model) -> bool:
        """Is it wrong on a word on which another contract was wrong? Quick, and often so."""
        return any(not self._agrees(model, np.array([word], dtype=np.int64)).all()
                   for word in reversed(self._killers))

    def _first_failure(self, model: Model, last: int, text: str) -> int | None:
        return next((n for n in range(last + 1) if not self._right_on(model, n, text)), None)

    def _right_on(self, model: Model, n: int, text: str) -> bool:
        """Does it agree on all words of length n? A word without a value is a difference."""
        self._progress(f"{text}, words of length {n}", 0)
        letters = len(model.alphabet)
        places = letters ** np.arange(n)[::-1] if letters > 1 else np.ones(n, dtype=np.int64)
        words = np.arange(letters**n)[:, None] // places % letters
        for start in range(0, len(words), BATCH):
            self._in_time()
            part = words[start:start + BATCH]
            right = self._agrees(model, part, n, start)
            if not right.all():
                self._killers.append(tuple(part[int(np.argmin(right))].tolist()))
                return False
        return True

    def _agrees(self, model: Model, words: Words, n: int | None = None,
                start: int = 0) -> NDArray[np.bool_]:
        """Per word: does the model say what the language says? `n`, `start`: where they stand."""
        try:
            answers = evaluate(model, words)
        except NoReadout:
            return np.ones(len(words), dtype=bool)
        except OutOfRange as error:
            raise _End(str(error)) from None
        members = (self._members(words) if n is None
                   else self._of_length(n)[start:start + len(words)])
        agree: NDArray[np.bool_] = answers.defined & (answers.accepted == members)
        return agree

    def _of_length(self, n: int) -> NDArray[np.bool_]:
        """Which words of length n the language has, in the order of their letters."""
        if n not in self._known:
            self._known[n] = np.array([
                self._language.contains(word)
                for word in itertools.product(self._model.alphabet, repeat=n)], dtype=bool)
        return self._known[n]

    def _members(self, words: Words) -> NDArray[np.bool_]:
        letters = self._model.alphabet
        return np.array([self._language.contains(tuple(letters[i] for i in word))
                         for word in words.tolist()], dtype=bool)
