"""Bit-sliced counting: sums of bits in many lanes at once, exactly.

A number in every lane is a list of arrays, least significant bit first; each array holds one bit of
64 lanes a word. Carry-save adders turn three rows of one weight into two (Wallace 1964).
"""

from __future__ import annotations

from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

Words: TypeAlias = NDArray[Any]
"""uint64; the lanes are the bits of the last axis."""


def count(rows: Words) -> list[Words]:
    """How many of the rows are true in each lane.

    `rows` has shape (gates, fan-in, words), and is used as working space; the bits of the result
    have shape (gates, words).
    """
    bits: list[Words] = []
    while rows.shape[1]:
        carries = []
        while rows.shape[1] > 1:
            # Full adders as long as there are three rows, then one half adder.
            third = rows.shape[1] // 3
            if third:
                a, b, c = (rows[:, k * third:(k + 1) * third] for k in range(3))
                either = a ^ b
                carries.append((a & b) | (either & c))
                rows = np.concatenate([either ^ c, rows[:, 3 * third:]], axis=1)
            else:
                carries.append(rows[:, :1] & rows[:, 1:])
                rows = rows[:, :1] ^ rows[:, 1:]
        bits.append(rows[:, 0])
        rows = np.concatenate(carries, axis=1) if carries else rows[:, :0]
    return bits


def at_least(bits: list[Words], k: int, shape: tuple[int, ...]) -> Words:
    """Is the number at least k?"""
    if k >> len(bits):
        return np.zeros(shape, dtype=np.uint64)
    found = np.full(shape, ~np.uint64(0))
    for b, bit in enumerate(bits):
        found = bit & found if k >> b & 1 else bit | found
    return found


def congruent(bits: list[Words], modulus: int, residue: int, shape: tuple[int, ...]) -> Words:
    """Is the number `residue` modulo `modulus`?

    The remainder is found by long division: m 2^j is subtracted where it is not too large, from
    the largest j down. A power of two needs the low bits only.
    """
    if modulus & (modulus - 1) == 0:
        return _equals(bits[:modulus.bit_length() - 1], residue, shape)
    for j in range(max(0, len(bits) - modulus.bit_length() + 1), -1, -1):
        bits = _subtract(bits, modulus << j, at_least(bits, modulus << j, shape))
    return _equals(bits, residue, shape)


def _subtract(bits: list[Words], k: int, where: Words) -> list[Words]:
    """The number less k in the lanes `where`, in which it is at least k."""
    borrow = np.zeros_like(where)
    found = []
    for b, bit in enumerate(bits):
        if k >> b & 1:
            found.append(bit ^ where ^ borrow)
            borrow = (~bit & (where | borrow)) | (where & borrow)
        else:
            found.append(bit ^ borrow)
            borrow = ~bit & borrow
    return found


def _equals(bits: list[Words], value: int, shape: tuple[int, ...]) -> Words:
    if value >> len(bits):
        return np.zeros(shape, dtype=np.uint64)
    found = np.full(shape, ~np.uint64(0))
    for b, bit in enumerate(bits):
        found &= bit if value >> b & 1 else ~bit
    return found
