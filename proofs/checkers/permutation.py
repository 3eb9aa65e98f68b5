"""Permutations of 0..n-1 as tuples of images, acting on the right: x.(fg) = (x.f).g."""

from __future__ import annotations

from typing import TypeAlias

from proofs.checkers.rejection import distinct, integers

Permutation: TypeAlias = tuple[int, ...]


def identity(degree: int) -> Permutation:
    """The permutation that moves nothing."""
    return tuple(range(degree))


def product(f: Permutation, g: Permutation) -> Permutation:
    """First f, then g."""
    return tuple([g[x] for x in f])


def inverse(f: Permutation) -> Permutation:
    """The g with fg = gf = 1."""
    result = [0] * len(f)
    for x, y in enumerate(f):
        result[y] = x
    return tuple(result)


def power(f: Permutation, exponent: int) -> Permutation:
    """f to a power >= 0, by repeated squaring."""
    result = identity(len(f))
    while exponent > 0:
        if exponent % 2 == 1:
            result = product(result, f)
        f = product(f, f)
        exponent //= 2
    return result


def parse_permutation(value: object, path: str, degree: int) -> Permutation:
    """The list of images of a permutation of `degree` points, or rejected."""
    return tuple(distinct(integers(value, path, 0, degree, degree), path))
