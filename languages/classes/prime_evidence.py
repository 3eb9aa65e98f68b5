"""Words of one length that count modulo a given prime, for groups with more than one."""

from __future__ import annotations

import random
from itertools import islice
from math import gcd

from languages.algebra.orbit import Component
from languages.algebra.permutations import compose, cycles, inverse, order
from languages.algebra.permutations import power as permutation_power
from languages.algebra.words import concat, length, power, written_length
from languages.algebra.work import WorkLimit
from languages.classes.analysis import Analysis
from languages.classes.group_evidence import Loop

LOOPS = 40
TRIES = 600
LONGEST = 2000  # letters that are written down


def counting_modulo(analysis: Analysis, prime: int) -> dict[str, object] | None:
    """u, e, g, v and k, the prime: e fixes k states that g moves in a cycle, and |e| = |g|.

    For solvable groups of words of one length. None if the search finds no such words.
    """
    found = _pair(analysis, prime)
    if found is None:
        return None
    group, (a, alpha), (b, beta) = found
    n = compose(alpha, inverse(beta))
    cycle = next(c for c in cycles(n) if len(c) % prime == 0)
    turns = len(cycle) // prime
    back = order(beta)
    q, r = (int(group.root[x]) for x in (cycle[0], cycle[turns]))
    return {
        "u": analysis.access(q),
        "e": analysis.json(power(b, back * turns)),
        "g": analysis.json(power(concat(a, power(b, back - 1)), turns)),
        "v": analysis.distinguish(q, r),
        "k": prime,
    }


def _pair(analysis: Analysis, prime: int) -> tuple[Component, Loop, Loop] | None:
    """Products of loops of one length that differ by a permutation of an order that p divides."""
    try:
        for group in analysis.components():
            if group.trivial or prime not in analysis.same_length(group).primes:
                continue
            loops = list(islice(group.loop_words(), LOOPS))
            rng = random.Random(0)
            for _ in range(TRIES):
                one, two = (_product(rng.choices(loops, k=rng.randint(1, 3))) for _ in range(2))
                i, j = length(one[0]), length(two[0])
                d = gcd(i, j)
                left, right = _power(one, j // d), _power(two, i // d)
                if max(written_length(left[0]), written_length(right[0])) > LONGEST:
                    continue
                if order(compose(left[1], inverse(right[1]))) % prime == 0:
                    return group, left, right
    except WorkLimit:
        return None
    return None


def _product(loops: list[Loop]) -> Loop:
    word, action = loops[0]
    for more, g in loops[1:]:
        word, action = concat(word, more), compose(action, g)
    return word, action


def _power(loop: Loop, exponent: int) -> Loop:
    word, action = loop
    return power(word, exponent), permutation_power(action, exponent)
