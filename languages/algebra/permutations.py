"""Permutations of 0..n-1 as tuples of images, acting on the right: x.(fg) = (x.f).g."""

from __future__ import annotations

from collections.abc import Iterable
from math import lcm

Permutation = tuple[int, ...]


def identity(degree: int) -> Permutation:
    """The neutral permutation."""
    return tuple(range(degree))


def compose(f: Permutation, g: Permutation) -> Permutation:
    """First f, then g."""
    return tuple(map(g.__getitem__, f))


def inverse(f: Permutation) -> Permutation:
    """The permutation that undoes f."""
    result = [0] * len(f)
    for x, y in enumerate(f):
        result[y] = x
    return tuple(result)


def conjugate(f: Permutation, g: Permutation) -> Permutation:
    """g^-1 f g: the permutation that f is after renaming each x to x.g."""
    result = [0] * len(f)
    for x, y in enumerate(f):
        result[g[x]] = g[y]
    return tuple(result)


def commutator(f: Permutation, g: Permutation) -> Permutation:
    """[f, g] = f^-1 g^-1 f g."""
    return compose(inverse(compose(g, f)), compose(f, g))


def cycles(f: Permutation) -> list[list[int]]:
    """The cycles of length at least two."""
    seen = bytearray(len(f))
    result = []
    for x, y in enumerate(f):
        if y == x or seen[x]:
            continue
        cycle = [x]
        seen[x] = 1
        while y != x:
            cycle.append(y)
            seen[y] = 1
            y = f[y]
        result.append(cycle)
    return result


def order(f: Permutation) -> int:
    """The least k >= 1 with f^k = 1."""
    return lcm(1, *(len(c) for c in cycles(f)))


def power(f: Permutation, exponent: int) -> Permutation:
    """f^exponent, for any integer exponent, cycle by cycle."""
    result = list(f)
    for cycle in cycles(f):
        k = len(cycle)
        shift = exponent % k
        for i, x in enumerate(cycle):
            result[x] = cycle[(i + shift) % k]
    return tuple(result)


def product(factors: Iterable[Permutation], degree: int) -> Permutation:
    """The product from left to right; the identity for no factors."""
    result = identity(degree)
    for f in factors:
        result = compose(result, f)
    return result


def smallest_prime_factor(n: int) -> int:
    """The smallest prime that divides n >= 2."""
    p = 2
    while p * p <= n:
        if n % p == 0:
            return p
        p += 1
    return n


def prime_factors(n: int) -> list[int]:
    """The primes that divide n >= 1, in increasing order."""
    primes = []
    while n > 1:
        p = smallest_prime_factor(n)
        primes.append(p)
        while n % p == 0:
            n //= p
    return primes


def bezout(a: int, b: int) -> tuple[int, int]:
    """(x, y) with a x + b y = gcd(a, b)."""
    x, y, s, t = 1, 0, 0, 1
    while b:
        q, r = divmod(a, b)
        a, b = b, r
        x, s = s, x - q * s
        y, t = t, y - q * t
    return (x, y) if a >= 0 else (-x, -y)
