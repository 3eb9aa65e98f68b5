"""B-RASP: Boolean vectors over the positions of a word, and unique hard attention between them.

A program defines vectors one after the other, from vectors defined before. There is an initial
vector per letter: it is true at the positions that carry the letter. A definition is either
position-wise, a Boolean combination of vectors at i, or an attention

    P(i) = leftmost|rightmost j < i where S : V else D

At position i it looks for the leftmost (rightmost) position j < i at which the score S, a Boolean
combination of vectors at i and at j, is true. There the value V, a combination at j, is
returned; if there is no such j, the default D, a combination at i. The mask can also be j > i.

With the readout "eos" the word is followed by an end position that carries no letter, and the
word is accepted when the output vector is true there; with "last", when it is true at the last
letter, which says nothing about the empty word.

Yang, Chiang, Angluin, "Masked hard-attention transformers recognize exactly the star-free
languages" (2024).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

from languages.errors import InputError
from languages.tables import shown

At = Literal["i", "j"]
Side = Literal["leftmost", "rightmost"]
Mask = Literal["j < i", "j > i"]
Readout = Literal["eos", "last"]


@dataclass(frozen=True)
class Letter:
    """The initial vector of a letter, at position i or j."""

    letter: str
    at: At


@dataclass(frozen=True)
class Vector:
    """A vector of the program, at position i or j."""

    name: str
    at: At


@dataclass(frozen=True)
class Not:
    """The negation."""

    operand: Expression


@dataclass(frozen=True)
class And:
    """All of the operands; true if there are none."""

    operands: tuple[Expression, ...]


@dataclass(frozen=True)
class Or:
    """At least one of the operands; false if there are none."""

    operands: tuple[Expression, ...]


Expression: TypeAlias = Letter | Vector | Not | And | Or
TRUE = And(())
FALSE = Or(())


@dataclass(frozen=True)
class Local:
    """name(i) = value; the value speaks of i only."""

    name: str
    value: Expression


@dataclass(frozen=True)
class Attend:
    """name(i) = side mask where score : value else default."""

    name: str
    side: Side
    mask: Mask
    score: Expression
    value: Expression
    default: Expression


Definition: TypeAlias = Local | Attend


@dataclass(frozen=True)
class Program:
    """A B-RASP program; `checked` says what a well-formed one is."""

    alphabet: tuple[str, ...]
    readout: Readout
    definitions: tuple[Definition, ...]
    output: str

    def checked(self) -> Program:
        """The program itself; `InputError` for a name that is unknown, new twice, or misplaced."""
        known: set[str] = set()
        for d in self.definitions:
            parts: list[tuple[Expression, set[str]]]
            if isinstance(d, Local):
                parts = [(d.value, {"i"})]
            else:
                parts = [(d.score, {"i", "j"}), (d.value, {"j"}), (d.default, {"i"})]
            for expression, places in parts:
                for leaf in leaves(expression):
                    self._check_leaf(d.name, leaf, known, places)
            if d.name in known:
                raise InputError(f"B-RASP: {shown(d.name)} is defined twice")
            known.add(d.name)
        if self.output not in known:
            raise InputError(f"B-RASP: the output {shown(self.output)} is not defined")
        return self

    def _check_leaf(
        self, name: str, leaf: Letter | Vector, known: set[str], places: set[str]
    ) -> None:
        if isinstance(leaf, Letter) and leaf.letter not in self.alphabet:
            letters = " ".join(self.alphabet)
            raise InputError(
                f"B-RASP: {name} uses the letter {shown(leaf.letter)}, expected one of {letters}"
            )
        if isinstance(leaf, Vector) and leaf.name not in known:
            raise InputError(f"B-RASP: {name} uses {shown(leaf.name)}, which is not defined before")
        if leaf.at not in places:
            raise InputError(
                f"B-RASP: {name} speaks of position {leaf.at} where only "
                f"{' and '.join(sorted(places))} can stand"
            )

    def accepts(self, word: Sequence[str]) -> bool:
        """Is the word accepted? `InputError` for a letter outside the alphabet, or no position."""
        index = {letter: a for a, letter in enumerate(self.alphabet)}
        for letter in word:
            if letter not in index:
                known = " ".join(self.alphabet)
                raise InputError(f"letter {shown(letter)}: expected one of {known}")
        return bool(self.accepted([[index[letter] for letter in word]]))

    def accepted(self, words: Sequence[Sequence[int]]) -> int:
        """Of many words of one length, given by letter indices: bit k tells of the k-th word."""
        row = self.run(words)[self.output]
        if not row:
            raise InputError("B-RASP: the empty word has no last letter to read the output at")
        return row[-1]

    def run(self, words: Sequence[Sequence[int]]) -> dict[str, list[int]]:
        """Every vector at every position, for many words of one length at once.

        Words are given by letter indices. Bit k of `result[name][position]` belongs to the k-th
        word; under the readout "eos" the end position comes last.
        """
        length = len(words[0]) if words else 0
        size = length + (self.readout == "eos")
        letters = {letter: [0] * size for letter in self.alphabet}
        for k, word in enumerate(words):
            for i, a in enumerate(word):
                letters[self.alphabet[a]][i] |= 1 << k
        every = (1 << len(words)) - 1
        vectors: dict[str, list[int]] = {}

        def value(expression: Expression, i: int, j: int) -> int:
            def leaf(x: Letter | Vector) -> int:
                row = letters[x.letter] if isinstance(x, Letter) else vectors[x.name]
                return row[i if x.at == "i" else j]

            return evaluate(expression, leaf, every)

        for d in self.definitions:
            row = []
            for i in range(size):
                if isinstance(d, Local):
                    row.append(value(d.value, i, i))
                    continue
                places = range(i) if d.mask == "j < i" else range(i + 1, size)
                open_, found = every, 0  # the words that have not matched yet
                for j in places if d.side == "leftmost" else reversed(places):
                    match = open_ & value(d.score, i, j)
                    found |= match & value(d.value, i, j)
                    open_ &= ~match
                row.append(found | (open_ & value(d.default, i, i)))
            vectors[d.name] = row
        return vectors


def leaves(expression: Expression) -> Iterable[Letter | Vector]:
    """The letters and vectors of an expression, left to right."""
    if isinstance(expression, Letter | Vector):
        yield expression
    elif isinstance(expression, Not):
        yield from leaves(expression.operand)
    else:
        for operand in expression.operands:
            yield from leaves(operand)


def evaluate(expression: Expression, leaf: Callable[[Letter | Vector], int], every: int) -> int:
    """The bits of an expression from those of its leaves; `every` has all bits."""
    if isinstance(expression, Letter | Vector):
        return leaf(expression)
    if isinstance(expression, Not):
        return every & ~evaluate(expression.operand, leaf, every)
    result = every if isinstance(expression, And) else 0
    for operand in expression.operands:
        part = evaluate(operand, leaf, every)
        result = result & part if isinstance(expression, And) else result | part
    return result
