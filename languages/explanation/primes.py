"""AC0[p] for no p: words of one length that count modulo two different primes."""

from __future__ import annotations

from languages.classes.prime_evidence import counting_modulo
from languages.explanation import counting
from languages.explanation.pattern import Board, Pattern


def two_primes(board: Board) -> Pattern | None:
    """The patterns of two primes, as one."""
    primes = board.analysis.same_length_primes
    if primes is None or len(primes) < 2:
        return None
    found = [counting.same_length(board, data, "ac0_p") for p in sorted(primes)[:2]
             if (data := counting_modulo(board.analysis, p)) is not None]
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
