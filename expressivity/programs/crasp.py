"""C-RASP: formulas over the positions of a word that compare counts of the past.

A word of n letters has the positions 1, ..., n. In front of it is the start, position 0; under
the readout "eos" it is followed by an end position, n + 1. No letter stands at the start or at
the end. At each position i a formula is true or false: a letter, where i carries it; a Boolean
combination of formulas; or a comparison

    c_1 #[f_1] + ... + c_m #[f_m]  R  b

of integers, where R is one of >=, <=, >, <, = and !=, and #[f] at i is the number of positions j
with 1 <= j <= i at which f is true. So counting is not strict: position i counts itself, the end
position too, and the start is never counted. (A count over j < i is #[f], less 1 if f holds at i.)

The word is accepted when the output is true at the last letter (readout "last") or at the end
position ("eos"). The empty word has no last letter; "last" then means the start, where all counts
are 0. This is what a model sees that has a begin marker. The depth of a formula is how deep
counts are nested in it.

The logic is TL[#] of Yang, Chiang, "Counting Like Transformers: Compiling Temporal Counting Logic
Into Softmax Transformers" (2024); for the readouts see Yang, Veseli, Barloy et al., "Algebraic
Decomposition Theory for Transformer Length Generalization" (2026).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final, Literal, NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

from languages.errors import InputError
from languages.tables import shown

Readout = Literal["last", "eos"]
Relation = Literal[">=", "<=", ">", "<", "=", "!="]
Bools: TypeAlias = NDArray[np.bool_]

RELATIONS: Final[tuple[Relation, ...]] = (">=", "<=", ">", "<", "=", "!=")
FITS: Final = 2**62


@dataclass(frozen=True)
class Letter:
    """This letter stands here."""

    letter: str


@dataclass(frozen=True)
class Named:
    """The formula defined before under this name."""

    name: str


@dataclass(frozen=True)
class Not:
    """The negation."""

    operand: Formula


@dataclass(frozen=True)
class And:
    """All of the operands; true if there are none."""

    operands: tuple[Formula, ...]


@dataclass(frozen=True)
class Or:
    """At least one of the operands; false if there are none."""

    operands: tuple[Formula, ...]


class Count(NamedTuple):
    """factor * #[formula]"""

    factor: int
    formula: Formula


@dataclass(frozen=True)
class Compare:
    """The sum of the counts stands in the relation to the bound."""

    counts: tuple[Count, ...]
    relation: Relation
    bound: int


Formula: TypeAlias = Letter | Named | Not | And | Or | Compare
TRUE: Final = And(())
FALSE: Final = Or(())


class Definition(NamedTuple):
    """name := formula; the formula uses names defined before."""

    name: str
    formula: Formula


@dataclass(frozen=True)
class Program:
    """A C-RASP program; `checked` says what a well-formed one is."""

    alphabet: tuple[str, ...]
    readout: Readout
    definitions: tuple[Definition, ...]
    output: str

    def checked(self) -> Program:
        """The program itself; `InputError` for letters or names unknown, or a name new twice."""
        known: set[str] = set()
        for name, formula in self.definitions:
            for part in parts(formula):
                if isinstance(part, Letter) and part.letter not in self.alphabet:
                    letters = " ".join(self.alphabet)
                    raise InputError(f"C-RASP: {name} uses the letter {shown(part.letter)}, "
                                     f"expected one of {letters}")
                if isinstance(part, Named) and part.name not in known:
                    raise InputError(f"C-RASP: {name} uses {shown(part.name)}, which is not "
                                     "defined before")
            if name in known:
                raise InputError(f"C-RASP: {shown(name)} is defined twice")
            known.add(name)
        if self.output not in known:
            raise InputError(f"C-RASP: the output {shown(self.output)} is not defined")
        return self

    @cached_property
    def depths(self) -> dict[str, int]:
        """How deep counts are nested in each definition, names written out."""
        depths: dict[str, int] = {}
        for name, formula in self.definitions:
            depths[name] = depth(formula, depths)
        return depths

    @property
    def depth(self) -> int:
        """How deep counts are nested in the output."""
        return self.depths[self.output]

    def pruned(self) -> Program:
        """The same without definitions that the output does not need."""
        used = {self.output}
        for name, formula in reversed(self.definitions):
            if name in used:
                used |= {part.name for part in parts(formula) if isinstance(part, Named)}
        kept = tuple(d for d in self.definitions if d.name in used)
        return Program(self.alphabet, self.readout, kept, self.output)

    def accepts(self, word: Sequence[str]) -> bool:
        """Is the word accepted? `InputError` for a letter outside the alphabet."""
        index = {letter: a for a, letter in enumerate(self.alphabet)}
        for letter in word:
            if letter not in index:
                known = " ".join(self.alphabet)
                raise InputError(f"letter {shown(letter)}: expected one of {known}")
        return bool(self.accepted([[index[letter] for letter in word]])[0])

    def accepted(self, words: Sequence[Sequence[int]] | NDArray[Any]) -> Bools:
        """Which of these words, of one length and given as letter indices, are accepted?"""
        return np.asarray(self.run(words)[self.output][:, -1], dtype=bool)

    def run(self, words: Sequence[Sequence[int]] | NDArray[Any]) -> dict[str, Bools]:
        """Every definition at every position, for words of one length given as letter indices.

        The arrays have shape (words, positions): positions 0 to n, with "eos" to n + 1.
        Raises `InputError` for words of several lengths or an index that is not a letter's.
        """
        batch = self._batch(words)
        symbols = np.pad(batch, ((0, 0), (1, int(self.readout == "eos"))), constant_values=-1)
        letters = {letter: symbols == a for a, letter in enumerate(self.alphabet)}
        known: dict[str, Bools] = {}
        for name, formula in self.definitions:
            known[name] = _value(formula, letters, known, symbols.shape)
        return known

    def _batch(self, words: Sequence[Sequence[int]] | NDArray[Any]) -> NDArray[np.int64]:
        lengths = {len(word) for word in words}
        if len(lengths) > 1:
            raise InputError(f"words of lengths {min(lengths)} and {max(lengths)}: expected words "
                             "of one length")
        batch = np.asarray(words, dtype=np.int64).reshape(len(words), min(lengths, default=0))
        wrong = batch[(batch < 0) | (batch >= len(self.alphabet))]
        if wrong.size:
            raise InputError(f"letter {wrong[0]}: expected an index from 0 to "
                             f"{len(self.alphabet) - 1}")
        return batch


def _value(formula: Formula, letters: Mapping[str, Bools], known: Mapping[str, Bools],
           shape: tuple[int, ...]) -> Bools:
    """The formula at all positions of all words."""
    if isinstance(formula, Letter):
        return letters[formula.letter]
    if isinstance(formula, Named):
        return known[formula.name]
    if isinstance(formula, Not):
        return ~_value(formula.operand, letters, known, shape)
    if isinstance(formula, And | Or):
        result = np.full(shape, isinstance(formula, And))
        for operand in formula.operands:
            value = _value(operand, letters, known, shape)
            result = result & value if isinstance(formula, And) else result | value
        return result
    # Python's integers where a sum might not fit: results are exact in any case.
    largest = sum(abs(factor) for factor, _ in formula.counts) * shape[1] + abs(formula.bound)
    total = np.zeros(shape, dtype=np.int64 if largest < FITS else object)
    for factor, body in formula.counts:
        counted = _value(body, letters, known, shape).copy()
        counted[:, 0] = False
        total = total + factor * np.cumsum(counted, axis=1).astype(total.dtype)
    return np.asarray(compared(total, formula.relation, formula.bound), dtype=bool)


def compared(left: Any, relation: Relation, right: Any) -> Any:
    """left R right, of numbers or of arrays of numbers."""
    if relation == ">=":
        return left >= right
    if relation == "<=":
        return left <= right
    if relation == ">":
        return left > right
    if relation == "<":
        return left < right
    return left == right if relation == "=" else left != right


def operands(formula: Formula) -> tuple[Formula, ...]:
    """The formulas that a formula is directly made of."""
    if isinstance(formula, Not):
        return (formula.operand,)
    if isinstance(formula, And | Or):
        return formula.operands
    if isinstance(formula, Compare):
        return tuple(body for _, body in formula.counts)
    return ()


def parts(formula: Formula) -> Iterable[Formula]:
    """The formula and all formulas in it, left to right."""
    yield formula
    for operand in operands(formula):
        yield from parts(operand)


def depth(formula: Formula, known: Mapping[str, int]) -> int:
    """How deep counts are nested, given the depths of names."""
    if isinstance(formula, Named):
        return known[formula.name]
    inner = max((depth(operand, known) for operand in operands(formula)), default=0)
    return inner + (isinstance(formula, Compare) and bool(formula.counts))


def negation(formula: Formula) -> Formula:
    """The negation, without double negations and negated constants."""
    if formula in (TRUE, FALSE):
        return FALSE if formula == TRUE else TRUE
    return formula.operand if isinstance(formula, Not) else Not(formula)


def conjunction(formulas: Iterable[Formula]) -> Formula:
    """The conjunction, without constants, repetitions and nested conjunctions."""
    found: list[Formula] = []
    for formula in formulas:
        inner = formula.operands if isinstance(formula, And) else (formula,)
        found += [f for f in inner if f not in found]
    if FALSE in found:
        return FALSE
    return found[0] if len(found) == 1 else And(tuple(found))


def disjunction(formulas: Iterable[Formula]) -> Formula:
    """The disjunction, without constants, repetitions and nested disjunctions."""
    found: list[Formula] = []
    for formula in formulas:
        inner = formula.operands if isinstance(formula, Or) else (formula,)
        found += [f for f in inner if f not in found]
    if TRUE in found:
        return TRUE
    return found[0] if len(found) == 1 else Or(tuple(found))
