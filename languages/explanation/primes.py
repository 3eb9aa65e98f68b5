"""AC0[p] for no p: words of one length that count modulo two different primes."""

from __future__ import annotations

import random
from math import gcd

from languages.algebra.orbit import Component
from languages.algebra.permutations import compose, cycles, inverse, order
from languages.algebra.probe import Probe
from languages.algebra.words import Word, concat, length, power, written_length
from languages.algebra.work import WorkLimit
from languages.classes.analysis import Analysis
from languages.classes.group_evidence import Loop
from languages.explanation import counting
from languages.explanation.pattern import Board, Pattern

LOOPS = 40
TRIES = 600
LONGEST = 2000  # letters that are written down


def two_primes(board: Board) -> Pattern | None:
    """The patterns of two primes, as one."""
    primes = board.analysis.same_length_primes
    if primes is None or len(primes) < 2:
        return None
    found = [pattern for p in sorted(primes)[:2]
             if (pattern := counting_modulo(board, p)) is not None]
    if len(found) < 2:
        return None
    k, m = (pattern.numbers["period"] for pattern in found)
    words = {f"{name}{i}": word for i, pattern in enumerate(found, start=1)
             for name, word in pattern.words.items()}
    runs = [(p, f"{name}{i}", q) for i, pattern in enumerate(found, start=1)
            for p, name, q in pattern.runs]
    why = (f"circuits for the language would count modulo {k} and modulo {m}, and AC0[p] counts "
           "modulo powers of the one prime p only (Razborov 1987, Smolensky 1987)")
    says = "; and for another prime ".join(pattern.says for pattern in found)
    return board.pattern("two-primes", says, why, words, runs,
                         [s for pattern in found for s in pattern.samples], periods=[k, m])


def counting_modulo(board: Board, prime: int) -> Pattern | None:
    """Words e, g of one length; e fixes states that g moves in a cycle of `prime` ones."""
    found = _pair(board.analysis, prime)
    if found is None:
        return None
    group, (a, alpha), (b, beta) = found
    n = compose(alpha, inverse(beta))
    cycle = next(c for c in cycles(n) if len(c) % prime == 0)
    turns = len(cycle) // prime
    back = order(beta)
    g = board.plain(power(concat(a, power(b, back - 1)), turns))
    e = board.plain(power(b, back * turns))
    q, r = (int(group.root[x]) for x in (cycle[0], cycle[turns]))
    letters = [[[count, list(block)] for count, block in word]
               for word in (board.access(q), e, g, board.apart(q, r))]
    data = dict(zip("uegv", letters, strict=True))
    return counting.same_length(board, data | {"k": prime}, "ac0_p")


def _pair(analysis: Analysis, prime: int) -> tuple[Component | Probe, Loop, Loop] | None:
    """Products of loops of one length that differ by a permutation of an order that p divides."""
    try:
        for group in analysis.components():
            if group.trivial or prime not in analysis.same_length(group).primes:
                continue
            loops: list[Loop] = []
            for number, loop in enumerate(group.loop_words()):
                loops.append(loop)
                if number == LOOPS:
                    break
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
    word: Word = []
    action = tuple(range(len(loop[1])))
    for _ in range(exponent):
        action = compose(action, loop[1])
    word = power(loop[0], exponent)
    return word, action
