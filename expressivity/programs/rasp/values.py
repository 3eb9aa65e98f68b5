"""The values of RASP programs: integers, fractions, texts, tuples of these, and None.

None means that there is no value. Truth values are the integers 1 and 0. A fraction that is an
integer is that integer. There are no floats: programs compute exactly.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from fractions import Fraction
from typing import Any, TypeAlias

from languages.errors import InputError

Number: TypeAlias = int | Fraction
Value: TypeAlias = int | Fraction | str | tuple[Any, ...] | None


def exact(value: object, where: str) -> Value:
    """The value in its one form; InputError, which says `where`, for anything else."""
    if isinstance(value, bool | int):
        return int(value)
    if isinstance(value, Fraction):
        return value.numerator if value.denominator == 1 else value
    if isinstance(value, tuple):
        return tuple(exact(part, where) for part in value)
    if value is None or isinstance(value, str):
        return value
    hint = "; Fraction(p, q) is exact" if isinstance(value, float) else ""
    raise InputError(f"{where}: got {value!r}, expected an integer, a Fraction, a text, a tuple of "
                     f"these or None{hint}")


def number(value: object, where: str) -> Number:
    """The value as an exact number; InputError if it is none."""
    found = exact(value, where)
    if isinstance(found, int | Fraction):
        return found
    raise InputError(f"{where}: got {value!r}, expected a number")


def ratio(x: Number, y: Number) -> Number:
    """x / y, as an integer if it is one."""
    if y in (1, -1):
        return x * y
    found = Fraction(x) / y
    return found.numerator if found.denominator == 1 else found


def is_number(value: Value) -> bool:
    """Is the value a number?"""
    return isinstance(value, int | Fraction)


def called(function: Callable[..., object], arguments: Sequence[Value], where: str) -> Value:
    """What a program's own function returns; InputError if it fails or returns no value."""
    try:
        result = function(*arguments)
    except InputError:
        raise
    except Exception as error:  # the function is the user's: anything may happen in it
        shown = ", ".join(map(repr, arguments))
        raise InputError(f"{where}: the function fails on {shown}: "
                         f"{type(error).__name__}: {error}") from error
    return exact(result, where)


def ordered(values: Iterable[Value]) -> tuple[Value, ...]:
    """The distinct values, numbers first and in order, None last."""
    distinct = set(values)
    return tuple(sorted(distinct, key=_rank))


def _rank(value: Value) -> tuple[int, Number, str]:
    if isinstance(value, int | Fraction):
        return (0, value, "")
    return (2 if value is None else 1, 0, repr(value))


def texts(values: Sequence[Value]) -> list[str]:
    """A non-empty text for each of these distinct values: that of `str`, or of `repr` if need be.
    """
    plain = [str(value) for value in values]
    unclear = {text for text in plain if plain.count(text) > 1 or not text}
    made = [repr(value) if text in unclear else text for value, text in zip(values, plain,
                                                                           strict=True)]
    if len(set(made)) == len(made):
        return made
    return [repr(value) for value in values]
