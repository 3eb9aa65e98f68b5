"""Tasks by which lower bounds on attention are stated, as RASP programs.

Bietti et al. (2023) and Olsson et al. (2022) on induction heads; Sanford, Hsu, Telgarsky (2023)
on sparse averages and Match2; Peng, Narayanan, Papadimitriou (2024) on function composition.
"""

from __future__ import annotations

from itertools import combinations

from expressivity.programs.rasp.language import (
    Aggregate,
    Comparison,
    Map,
    Select,
    SelectorWidth,
    SOp,
    indices,
    tokens,
)
from expressivity.programs.rasp.library import shift
from languages.errors import InputError


def induction() -> SOp:
    """The token that followed the last earlier occurrence of this one; None if there is none."""
    before = shift(1)
    up_to_here = Select(indices, indices, Comparison.LEQ)
    number = SelectorWidth(Select(before, before, Comparison.EQ) & up_to_here)
    seen = SelectorWidth(Select(before, tokens, Comparison.EQ) & up_to_here)
    last = (Select(before, tokens, Comparison.EQ) & Select(number, seen, Comparison.EQ)
            & up_to_here)
    return Aggregate(last, tokens, unique=True)


def match2(modulus: int) -> SOp:
    """Of tokens 0 ... modulus - 1: 1 if some position holds a token that adds up to 0 with this."""
    if modulus < 1:
        raise InputError(f"match2: got the modulus {modulus}, expected at least 1")
    fits = Select(tokens, tokens, lambda key, query: (key + query) % modulus == 0)
    return SelectorWidth(fits) >= 1


def composition(size: int) -> SOp:
    """Of f(0) ... f(size - 1) g(0) ... g(size - 1) x, at every position y of token x: g(f(x)).

    The tokens are 0 ... size - 1. On inputs of another length some values are None.
    """
    if size < 1:
        raise InputError(f"composition: got the size {size}, expected at least 1")
    inner = Aggregate(Select(indices, tokens, Comparison.EQ), tokens, unique=True)
    return Aggregate(Select(indices, inner + size, Comparison.EQ), tokens, unique=True)


def sparse_average_alphabet(length: int, sparsity: int) -> list[str]:
    """Tokens "VALUE:i,j,..." with a value 0 or 1 and `sparsity` of the positions below `length`."""
    if not 1 <= sparsity <= length:
        raise InputError(f"sparse average: got {sparsity} of {length} positions, expected from 1 "
                         "to all")
    return [f"{value}:{','.join(map(str, chosen))}" for value in (0, 1)
            for chosen in combinations(range(length), sparsity)]


def sparse_average() -> SOp:
    """Of tokens "VALUE:i,j,...": the average of the values at the positions that a token names."""
    named = Select(indices, tokens, lambda j, token: str(j) in token.partition(":")[2].split(","))
    return Aggregate(named, Map(lambda token: int(token.partition(":")[0]), tokens), default=0)
