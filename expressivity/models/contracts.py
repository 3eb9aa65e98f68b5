"""Number contracts by name, as plain data.

    CONTRACT := NAME | "fixed:" BITS "." FRACTION | "float:" EXPONENT "." SIGNIFICAND
    each optionally followed by "," FIELD "=" VALUE for the fields of a rounded contract

`bf16`, `fixed:8.2`, `fp16,overflow=saturate,division=weights`. BITS counts the sign, FRACTION the
bits behind the point, SIGNIFICAND the hidden bit. Formats are IEEE-like (with infinities unless
overflow saturates), also where a standard of the same name spends codes otherwise.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Final, TypeAlias

from languages.errors import InputError
from proofs.checkers.rejection import Rejected
from proofs.models.architecture import parse_contract, plain_contract
from proofs.models.numbers import Contract

Plain: TypeAlias = Mapping[str, Any]

ROUNDED: Final[Plain] = MappingProxyType({
    "rounding": "nearest", "overflow": "infinity", "arithmetic": "left-to-right",
    "softmax": "max-subtracted", "division": "weights"})
RATIONAL: Final[Plain] = MappingProxyType({"format": "rational"})


def fixed(bits: int, fraction: int, **fields: str) -> Plain:
    """Fixed point; `fields` replace those of ROUNDED."""
    return MappingProxyType({"format": "fixed", "bits": bits, "fraction": fraction,
                             **ROUNDED, **fields})


def floating(exponent: int, significand: int, **fields: str) -> Plain:
    """Floating point; `fields` replace those of ROUNDED."""
    return MappingProxyType({"format": "float", "exponent": exponent, "significand": significand,
                             **ROUNDED, **fields})


FIXED_8: Final = fixed(8, 2)
MIXED_8: Final = fixed(8, 2, rounding="floor", overflow="saturate", arithmetic="exact-attention",
                       softmax="uniform-if-zero")

NAMED: Final[dict[str, Plain]] = {
    "rational": RATIONAL,
    "fp64": floating(11, 53),
    "fp32": floating(8, 24),
    "tf32": floating(8, 11),
    "bf16": floating(8, 8),
    "fp16": floating(5, 11),
    "e5m2": floating(5, 3),
    "e4m3": floating(4, 4),
    "e3m2": floating(3, 3),
    "e2m3": floating(2, 4),
    "e2m1": floating(2, 2),
}
ALIASES: Final = {"fp8": "e4m3", "fp6": "e3m2", "fp4": "e2m1", "float32": "fp32",
                  "float16": "fp16", "bfloat16": "bf16", "float64": "fp64"}
_SIZED = re.compile(r"(fixed|float):([0-9]{1,3})\.([0-9]{1,3})")


def parse_contract_text(text: str) -> Contract:
    """The contract that the text denotes.

    Raises:
        InputError: an unknown name (with the nearest), a malformed size or an unknown field.
    """
    name, *given = (part.strip() for part in text.split(","))
    plain = dict(_format(name))
    for part in given:
        field, equals, value = part.partition("=")
        if not equals or field not in ROUNDED:
            raise InputError(f"number contract: got {part!r}, expected FIELD=VALUE with a field of "
                             + ", ".join(ROUNDED))
        if plain["format"] == "rational":
            raise InputError("number contract: rational numbers are not rounded, "
                             f"so {part!r} says nothing")
        plain[field] = value
    try:
        return parse_contract(plain, "number contract")
    except Rejected as error:
        raise InputError(f"{error.path}: {error.message}") from None


def _format(name: str) -> Plain:
    sized = _SIZED.fullmatch(name)
    if sized:
        return (fixed if sized[1] == "fixed" else floating)(int(sized[2]), int(sized[3]))
    known = ALIASES.get(name, name)
    if known in NAMED:
        return NAMED[known]
    close = difflib.get_close_matches(name, [*NAMED, *ALIASES], 1, 0.5)
    hint = f", did you mean {close[0]!r}?" if close else ""
    raise InputError(f"unknown number format {name!r}{hint}; expected one of "
                     f"{', '.join([*NAMED, *ALIASES])}, fixed:BITS.FRACTION or "
                     "float:EXPONENT.SIGNIFICAND")


def contract_text(contract: Contract) -> str:
    """The shortest text that `parse_contract_text` reads as the contract."""
    plain = plain_contract(contract)
    if plain["format"] == "rational":
        return "rational"
    named = next((name for name, known in NAMED.items() if known["format"] == plain["format"]
                  and all(known[key] == plain[key] for key in plain if key not in ROUNDED)), None)
    sizes = [str(plain[key]) for key in plain if key not in ROUNDED and key != "format"]
    return ",".join([named or f"{plain['format']}:{'.'.join(sizes)}",
                     *(f"{key}={plain[key]}" for key in ROUNDED if plain[key] != ROUNDED[key])])
