"""Rational bounds on the exponential function, as narrow as one asks for."""

from __future__ import annotations

from fractions import Fraction


def binary_exponent(x: Fraction) -> int:
    """The integer e with 2^e <= |x| < 2^(e+1); x is not 0."""
    numerator, denominator = abs(x.numerator), x.denominator
    e = numerator.bit_length() - denominator.bit_length()
    # |x| lies in (2^(e-1), 2^(e+1)); one comparison settles which half.
    below = numerator < denominator << e if e >= 0 else numerator << -e < denominator
    return e - 1 if below else e


def exp_bounds(x: Fraction, bits: int) -> tuple[Fraction, Fraction]:
    """Rationals low <= e^x <= high, closer together the larger `bits` is.

    The Taylor series at x / 2^k <= 1/2, each term rounded outwards to a multiple of a power of
    two, then k squarings, rounded outwards as well.
    """
    if x < 0:
        low, high = exp_bounds(-x, bits)
        return 1 / high, 1 / low
    halvings = max(0, binary_exponent(x) + 2) if x else 0
    work = bits + 2 * halvings + 8
    numerator, denominator = x.numerator, x.denominator << halvings
    low_term = high_term = low_sum = high_sum = 1 << work
    k = 0
    while high_term > 1:
        k += 1
        low_term = low_term * numerator // (denominator * k)
        high_term = -(-high_term * numerator // (denominator * k))
        low_sum += low_term
        high_sum += high_term
    # From here on every term is at most half of the one before: the rest is at most this term.
    high_sum += high_term
    for _ in range(halvings):
        low_sum = low_sum * low_sum >> work
        high_sum = -(-high_sum * high_sum >> work)
    return Fraction(low_sum, 1 << work), Fraction(high_sum, 1 << work)
