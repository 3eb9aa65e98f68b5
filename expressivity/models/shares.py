"""The weights of attention after division, which traces hold before it."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from proofs.models.layers import Head
from proofs.models.numbers import ONE, ZERO, Contract, Value, exact_divide, exact_sum


def shares(contract: Contract, head: Head, weights: Sequence[Value | None]) -> list[Value | None]:
    """What part of the head's result each position is; None where it takes no part.

    The weights as the contract divides them, if it divides weights. Otherwise quotients of weights
    and their sum as the contract makes it, not rounded: such a head never computes them.
    """
    if head.selection in ("uhat-left", "uhat-right"):
        return [None if weight is None else ONE for weight in weights]
    taking_part = [weight for weight in weights if weight is not None]
    exact = contract.grid is None or contract.arithmetic == "exact-attention"
    if exact:
        whole = exact_sum(taking_part)
    elif contract.arithmetic == "exact-sums":
        whole = contract.round(exact_sum(taking_part))
    else:
        whole = ZERO
        for weight in taking_part:
            whole = contract.add(whole, weight)
    divide = (contract.divide if contract.division == "weights" and not exact
              else exact_divide)
    return [None if weight is None else divide(weight, whole) for weight in weights]


def short_share(share: Value) -> str:
    """A share in two decimals; `~` where they would show 0 or 1 for something else."""
    if share in (0, 1):
        return str(share)
    text = f"{float(share):.2f}"
    return {"0.00": "~0", "1.00": "~1"}.get(text, text.removeprefix("0"))


def short_value(value: Value, width: int = 9) -> str:
    """A number, exact if it takes at most `width` characters, else `~` and four digits."""
    text = str(value)
    if len(text) <= width or isinstance(value, float):
        return text
    return f"~{_decimal(value)}"


def _decimal(value: Fraction) -> str:
    try:
        return f"{float(value):.4g}"
    except OverflowError:
        digits = str(abs(value.numerator) // value.denominator)
        return f"{'-' * (value < 0)}{digits[0]}.{digits[1:4]}e+{len(digits) - 1}"
