"""Powers against powers of two, exactly: how many bits tell so many things apart."""

from __future__ import annotations

_DIRECT = 1 << 16  # powers of at most so many bits are written out


def more_than_bits(base: int, exponent: int, bits: int) -> bool:
    """Is base^exponent > 2^bits? For base >= 1, exponent >= 0, bits >= 0.

    The logarithm of a base that is no power of two is irrational, so finitely many of its binary
    digits decide.
    """
    if exponent * base.bit_length() <= _DIRECT:
        cases: int = base**exponent
        return (cases - 1).bit_length() > bits
    twos = (base & -base).bit_length() - 1
    if base >> twos == 1:
        return twos * exponent > bits
    digits = 64
    while True:
        low = _logarithm(base, digits)
        if exponent * low >= bits << digits:
            return True
        if exponent * (low + 1) <= bits << digits:
            return False
        digits *= 2


def bits_for(base: int, exponent: int) -> int:
    """The least number of bits that tells base^exponent things apart."""
    low, high = -1, exponent * base.bit_length()  # low does not suffice, high does
    while high - low > 1:
        middle = (low + high) // 2
        if more_than_bits(base, exponent, middle):
            low = middle
        else:
            high = middle
    return high


def _logarithm(base: int, digits: int) -> int:
    """floor(2^digits * log2(base)), for a base that is no power of two.

    Each squaring of the mantissa gives one binary digit. The mantissa is kept between two bounds;
    where they leave a digit open, there is too little precision, and it starts again with more.
    """
    precision = 2 * digits + 32
    while True:
        found = _with_precision(base, digits, precision)
        if found is not None:
            return found
        precision *= 2


def _with_precision(base: int, digits: int, precision: int) -> int | None:
    whole = base.bit_length() - 1
    low = (base << precision) >> whole
    high = low + 1
    two = 2 << precision
    value = whole
    for _ in range(digits):
        low = low * low >> precision
        high = (high * high >> precision) + 1
        value *= 2
        if low >= two:
            value += 1
            low, high = low >> 1, (high >> 1) + 1
        elif high > two:
            return None
    return value
