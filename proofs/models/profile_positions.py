"""The value of the axis `positions` that describes a model's position encodings."""

from __future__ import annotations

from fractions import Fraction

from proofs.models.architecture import Model
from proofs.models.positions import Bounded, Formula, Periodic, Polynomial
from proofs.models.profile_error import NoProfile

FINITE = "a model for finitely many lengths is no model for all n, so it has no profile"

Coefficients = dict[tuple[int, int], Fraction]


def positions(model: Model) -> str:
    """The value of the axis.

    Rounded to a format of constantly many bits, every formula takes finitely many values; exact,
    one that is not constant takes infinitely many.

    Raises:
        NoProfile: the encodings reach finitely many lengths only.
    """
    if not isinstance(model.positions, Periodic):
        reach = (f"position encodings for {model.period} positions at the most"
                 if isinstance(model.positions, Bounded)
                 else "position encodings from a table of lengths")
        raise NoProfile(f"{reach}: {FINITE}")
    on_i = any(_depends(formula, 0) for formula in model.formulas)
    on_length = any(_depends(formula, 1) for formula in model.formulas)
    if not (on_i or on_length):
        return "none" if model.period == 1 else "periodic"
    if model.contract.grid is not None:
        return "finite-image"
    return "length-dependent" if on_length else "index"


def _depends(formula: Formula, variable: int) -> bool:
    """Does p / q depend on i (0) or N (1)? By the quotient rule, unless p' q = p q'."""
    above, below = _coefficients(formula.numerator), _coefficients(formula.denominator)
    difference = _product(_derivative(above, variable), below)
    for powers, c in _product(above, _derivative(below, variable)).items():
        difference[powers] = difference.get(powers, Fraction(0)) - c
    return any(difference.values())


def _coefficients(polynomial: Polynomial) -> Coefficients:
    found: Coefficients = {}
    for c, a, b in polynomial:
        found[a, b] = found.get((a, b), Fraction(0)) + c
    return found


def _derivative(polynomial: Coefficients, variable: int) -> Coefficients:
    found: Coefficients = {}
    for powers, c in polynomial.items():
        if powers[variable]:
            lower = (powers[0] - (variable == 0), powers[1] - (variable == 1))
            found[lower] = c * powers[variable]
    return found


def _product(left: Coefficients, right: Coefficients) -> Coefficients:
    found: Coefficients = {}
    for (a, b), c in left.items():
        for (x, y), d in right.items():
            found[a + x, b + y] = found.get((a + x, b + y), Fraction(0)) + c * d
    return found
