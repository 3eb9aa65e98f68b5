"""Circuits to compare: those of a language or a model, length by length, or of an AIGER file."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from expressivity.circuits.aiger import read_aiger
from expressivity.circuits.circuit import FALSE, Circuit
from expressivity.circuits.from_model import DEFAULT_MAX_VALUES
from expressivity.circuits.letters import Letters, Options
from expressivity.circuits.subject import Subject, subject
from expressivity.equivalence.circuits import equal_circuits
from expressivity.equivalence.outcome import Clock, Different, Outcome
from expressivity.solvers.solve import Limits
from languages.errors import InputError

AIGER: Final = "aiger:"
UNDEFINED: Final = "undefined"
Side = Subject | Circuit


@dataclass(frozen=True)
class Row:
    """What came of one length (None: of two files). A difference is a word, or bits of inputs."""

    length: int | None
    outcome: Outcome
    difference: tuple[str, ...] | None


def side(text: str, *, family: str | None = None,
         alphabet: tuple[str, ...] | None = None) -> Side:
    """What the text names: "aiger:FILE", or as `circuits.subject`; raises InputError."""
    if not text.startswith(AIGER):
        return subject(text, family=family, alphabet=alphabet)
    if family is not None:
        raise InputError(f"{text}: a file has one circuit, no families")
    return read_aiger(text.removeprefix(AIGER))


def compare(left: Side, right: Side, lengths: Sequence[int] | None, options: Options | None = None,
            limits: Limits | None = None, max_values: int = DEFAULT_MAX_VALUES) -> Iterator[Row]:
    """Compare two sides, length by length; `limits.seconds` are for all of them.

    Two files are compared once; a file determines the length (None). An output "undefined" that
    one side has and the other has not is compared with false.

    Raises:
        InputError: alphabets, or numbers of inputs or outputs, differ; `lengths` are missing, or
            were given for two files; letters are coded in binary and not every code is one's.
        LimitError: a circuit is too large.
    """
    clock = Clock(limits)
    subjects = [one for one in (left, right) if isinstance(one, Subject)]
    if not subjects:
        if lengths is not None:
            raise InputError("--length: two files are compared as they are")
        yield _row(None, left, right, None, options, clock, max_values)
        return
    alphabet = subjects[0].alphabet
    if subjects[-1].alphabet != alphabet:
        raise InputError(f"alphabet: one side has the letters {' '.join(alphabet)}, the other "
                         f"{' '.join(subjects[-1].alphabet)}; expected the same, in one order")
    for n in lengths if lengths is not None else [_length(left, right, alphabet, options)]:
        yield _row(n, left, right, Letters(alphabet, n, options), options, clock, max_values)


def _length(left: Side, right: Side, alphabet: tuple[str, ...], options: Options | None) -> int:
    """The length of words that a file's inputs can be the code of."""
    files = [one for one in (left, right) if isinstance(one, Circuit)]
    if not files:
        raise InputError("--length: expected lengths of words")
    bits = Letters(alphabet, 0, options).bits
    inputs = len(files[0].inputs)
    if not bits or inputs % bits:
        raise InputError(f"inputs: the file has {inputs}, a letter takes {bits}")
    return inputs // bits


def _row(length: int | None, left: Side, right: Side, letters: Letters | None,
         options: Options | None, clock: Clock, max_values: int) -> Row:
    one_hot = None
    if letters is not None and letters.code == "one-hot":
        one_hot = letters.bits or None
    elif letters is not None and len(letters.alphabet) != 2**letters.bits:
        raise InputError(f"--code: {len(letters.alphabet)} letters in binary leave codes of no "
                         "letter; expected one-hot")
    made = [one if isinstance(one, Circuit) else
            one.circuit(length or 0, options, max_values=max_values) for one in (left, right)]
    found = equal_circuits(*_aligned(made[0], made[1]), one_hot, clock)
    difference = None
    if isinstance(found, Different):
        difference = tuple(str(int(x)) for x in found.example) if letters is None else \
            _word(found.example, letters)
    return Row(length, found, difference)


def _aligned(left: Circuit, right: Circuit) -> tuple[Circuit, Circuit]:
    """With an output "undefined" on both sides if one has it."""
    def padded(short: Circuit, long: Circuit) -> Circuit:
        if long.names[len(short.names):] == (UNDEFINED,) and UNDEFINED not in short.names:
            return replace(short, outputs=(*short.outputs, FALSE),
                           names=(*short.names, UNDEFINED))
        return short

    return padded(left, right), padded(right, left)


def _word(values: Sequence[bool], letters: Letters) -> tuple[str, ...]:
    bits = letters.bits
    codes = [values[i * bits:(i + 1) * bits] for i in range(letters.length)]
    return tuple(letters.alphabet[code.index(True) if letters.code == "one-hot" else
                                  sum(x << b for b, x in enumerate(code))] for code in codes)
