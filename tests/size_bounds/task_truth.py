"""The tasks of size bounds, as their definitions say, and the inputs that the derivations use."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from itertools import product

Bits = tuple[int, ...]


def words(n: int) -> list[Bits]:
    """All words of n bits."""
    return list(product((0, 1), repeat=n))


def composition(g: Sequence[int], f: Sequence[int], x: int) -> int:
    """g(f(x)), tables counted from 0."""
    return g[f[x]]


def induction(word: Sequence[object]) -> object:
    """The token after the last earlier occurrence of the last token, None if there is none."""
    for j in range(len(word) - 2, -1, -1):
        if word[j] == word[-1]:
            return word[j + 1]
    return None


def average(values: Sequence[int], chosen: set[int]) -> Fraction:
    """The average of the values at positions counted from 1."""
    return Fraction(sum(values[i - 1] for i in chosen), len(chosen))


def match3(numbers: Sequence[int], modulus: int) -> bool:
    """Are there two, not necessarily different, whose sum with the last one is 0?"""
    return any((numbers[-1] + a + b) % modulus == 0 for a in numbers for b in numbers)


def induction_word(bits: Bits, asked: int) -> list[str]:
    """s_1 x_1 ... s_n x_n ?, with the question mark at `asked`."""
    word = []
    for i, bit in enumerate(bits):
        word += ["?" if i == asked else "-", "ab"[bit]]
    return [*word, "?"]


def keyed_word(bits: Bits, asked: int) -> list[object]:
    """k_1 x_1 ... k_n x_n k_asked, with different keys."""
    word: list[object] = []
    for i, bit in enumerate(bits):
        word += [i, "ab"[bit]]
    return [*word, asked]


def averaged(a: Bits, b: Bits) -> Fraction:
    """Sparse averaging at the last position, for the input that encodes two sets."""
    values = [0] * (2 * len(a) + 1)
    for i, bit in enumerate(b, start=1):
        values[2 * i - 1] = bit
    return average(values, {2 * i - 1 + bit for i, bit in enumerate(a, start=1)})


def match_numbers(a: Bits, b: Bits, modulus: int) -> list[int]:
    """The numbers that encode two sets."""
    return ([j + 1 if bit else 1 for j, bit in enumerate(a, start=1)]
            + [modulus - j - 2 if bit else 1 for j, bit in enumerate(b, start=1)] + [1])


def intersect(a: Bits, b: Bits) -> bool:
    """Do two sets have a common element?"""
    return any(x and y for x, y in zip(a, b, strict=True))


def complement(a: Bits) -> Bits:
    """The set of the other elements."""
    return tuple(1 - x for x in a)
