"""The first transducer: embeddings of letters at positions i mod m."""

from __future__ import annotations

from expressivity.extraction.budget import Refused
from expressivity.extraction.numbers import Vector
from expressivity.extraction.transducer import Interner, Transducer
from proofs.models.architecture import Model
from proofs.models.numbers import NotANumber, Value
from proofs.models.positions import Formula


def constant(formula: Formula) -> bool:
    """Does neither i nor N occur in the formula?"""
    return all(c == 0 or (a, b) == (0, 0)
               for polynomial in (formula.numerator, formula.denominator)
               for c, a, b in polynomial)


def embed(model: Model) -> Transducer[Vector]:
    """The embeddings; the state is the phase of the position to come.

    Formulas must be constant.

    Raises:
        Refused: a formula has no value.
    """
    symbols: Interner[Vector] = Interner()
    period = model.period
    marked = model.markers in ("bos", "both")

    def number(symbol: int, phase: int) -> int:
        state: list[Value] = list(model.embedding[symbol][phase])
        for formula in model.formulas:
            value = model.contract.round(formula.value(0, 1))
            state[formula.dimension] = model.contract.add(state[formula.dimension], value)
        return symbols(tuple(state))

    try:
        begin = number(model.begin, 0) if marked else None
        first = 1 % period if marked else 0
        phases = [(first + i) % period for i in range(period)]
        letters = range(len(model.alphabet))
        end = None
        if model.markers in ("eos", "both"):
            end = [number(model.end, phase) for phase in phases]
        return Transducer(
            [[(i + 1) % period for _ in letters] for i in range(period)],
            [[number(a, phase) for a in letters] for phase in phases],
            end, begin, symbols.values)
    except NotANumber as error:
        raise Refused(f"the model computes NaN in a position formula, on every word: {error.what}"
                      ) from None
