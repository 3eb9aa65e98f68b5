"""Files of claims, in TOML.

    [[claim]]
    id = "A1"
    text = "Transformers with O(1) depth and log precision can only solve problems within AC0."
    source = "Merrill & Sabharwal 2023"         # optional
    variant = "log-precision"                   # a kind of models V, as on the command line
    open = ["norm"]                             # optional: axes that the text leaves open, or with
                                                # their values: open = {norm = ["none", "pre"]}
    relation = "inside"                         # of L(V) and the class, or the language
    class = "AC0"                               # or: language = "parity"

Relations to a class: `inside`, `not-inside`, `contains`, `equals`; to a language: `recognises`,
`cannot`. Without a variant, `in` and `not-in` say that a language is in a class or not. A claim of
several parts has `[[claim.part]]` tables with these fields in their place. A claim that is not
about recognition has `kind` (as `size`, `learnability`, see `KINDS`) in their place, and may name
texts of the base that come near it: `see = ["peng-2024-chain"]`.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from typing import Any, Final

from expressivity.queries.vary import values_of
from expressivity.variants import parse_variant
from languages.errors import InputError, LimitError
from languages.parse import parse_language
from languages.tables import shown
from proofs import base
from proofs.axes import AXIS
from proofs.citation import REMARK_KINDS
from proofs.classes import CLASSES

MAX_BYTES: Final = 1_000_000
MAX_CLAIMS: Final = 1000
CLASS_RELATIONS: Final = ("inside", "not-inside", "contains", "equals")
LANGUAGE_RELATIONS: Final = ("recognises", "cannot")
MEMBERSHIPS: Final = ("in", "not-in")
KINDS: Final = {kind: text for kind, text in REMARK_KINDS.items()
                if kind not in ("recognition", "complexity", "monotonicity", "open", "unchecked",
                                "caution")} | {
    "mechanism": "how a model computes, not what"}
"""What a claim may be about instead of recognition."""


@dataclass(frozen=True)
class Part:
    """One statement. `variant` and `language` are texts, `cls` is an id; "" where there is none.

    `open` are axes with the values that the text may mean.
    """

    relation: str
    variant: str = ""
    open: tuple[tuple[str, tuple[str, ...]], ...] = ()
    cls: str = ""
    language: str = ""


@dataclass(frozen=True)
class Claim:
    """A claim: parts that must all hold, or a kind that is not about recognition."""

    id: str
    text: str
    source: str
    parts: tuple[Part, ...]
    kind: str = ""
    see: tuple[str, ...] = ()


def parse_claims(text: str) -> list[Claim]:
    """The claims of a TOML text.

    Raises:
        InputError: it is not TOML, or a field is unknown, missing or wrong; names the claim.
        LimitError: it is too long.
    """
    if len(text) > MAX_BYTES:
        raise LimitError("characters", len(text), MAX_BYTES, "several files")
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise InputError(f"not TOML: {error}") from None
    except RecursionError:
        raise InputError("not usable TOML: nested too deeply") from None
    _only(data, ("claim",), "the file")
    tables = data.get("claim", [])
    if not isinstance(tables, list) or not tables:
        raise InputError('no claims: expected at least one table "[[claim]]"')
    if len(tables) > MAX_CLAIMS:
        raise LimitError("claims", len(tables), MAX_CLAIMS, "several files")
    claims: list[Claim] = []
    for number, table in enumerate(tables, start=1):
        if not isinstance(table, dict):
            raise InputError(f"claim {number}: expected a table")
        claim = _claim(table, f"claim {number}")
        if any(claim.id == other.id for other in claims):
            raise InputError(f"claim {number}: the id {shown(claim.id)} is used twice")
        claims.append(claim)
    return claims


def _claim(table: dict[str, Any], where: str) -> Claim:
    identifier = _text(table, "id", where)
    where = f"claim {shown(identifier)}"
    text, source = _text(table, "text", where), _text(table, "source", where, needed=False)
    common = ("id", "text", "source")
    if "kind" in table:
        _only(table, (*common, "kind", "see"), where)
        kind = _text(table, "kind", where)
        if kind not in KINDS:
            raise InputError(f"{where}: kind {shown(kind)}, expected one of {', '.join(KINDS)}")
        return Claim(identifier, text, source, (), kind, _see(table, where))
    if "part" not in table:
        part = _part({k: v for k, v in table.items() if k not in common}, where)
        return Claim(identifier, text, source, (part,))
    _only(table, (*common, "part"), where)
    parts = table["part"]
    if not isinstance(parts, list) or not parts or not all(isinstance(p, dict) for p in parts):
        raise InputError(f'{where}: part: expected tables "[[claim.part]]"')
    return Claim(identifier, text, source, tuple(
        _part(part, f"{where}, part {k}") for k, part in enumerate(parts, start=1)))


def _part(table: dict[str, Any], where: str) -> Part:
    relation = _text(table, "relation", where)
    known = (*CLASS_RELATIONS, *LANGUAGE_RELATIONS, *MEMBERSHIPS)
    if relation not in known:
        raise InputError(f"{where}: relation {shown(relation)}, expected one of {', '.join(known)}")
    fields = {"relation"} | (set() if relation in MEMBERSHIPS else {"variant", "open"})
    fields |= {"class"} if relation in CLASS_RELATIONS else {"language"} \
        if relation in LANGUAGE_RELATIONS else {"class", "language"}
    _only(table, tuple(sorted(fields)), where)
    cls = _text(table, "class", where) if "class" in fields else ""
    if cls and cls not in CLASSES:
        raise InputError(f"{where}: class {shown(cls)}; `expressivity list classes` shows all")
    language = _text(table, "language", where) if "language" in fields else ""
    variant = _text(table, "variant", where) if "variant" in fields else ""
    axes = _open(table, where)
    try:
        if language:
            parse_language(language)
        if variant:
            parse_variant(variant)
    except InputError as error:
        raise InputError(f"{where}: {error}") from None
    return Part(relation, variant, axes, cls, language)


def _open(table: dict[str, Any], where: str) -> tuple[tuple[str, tuple[str, ...]], ...]:
    given = table.get("open", [])
    if isinstance(given, dict):
        found = {axis: _names(given, axis, f"{where}, open") for axis in given}
    else:
        found = dict.fromkeys(_names(table, "open", where), ())
    for axis, values in found.items():
        if axis not in AXIS:
            raise InputError(f"{where}: open: unknown axis {shown(axis)}; `expressivity list axes` "
                             "shows all")
        if isinstance(given, dict) and not values:
            raise InputError(f"{where}: open: {axis}: expected at least one value")
    return tuple((axis, values or values_of(axis)) for axis, values in found.items())


def _see(table: dict[str, Any], where: str) -> tuple[str, ...]:
    found = _names(table, "see", where)
    for name in found:
        if name not in base.remarks() and name not in base.axioms():
            raise InputError(f"{where}: see: {shown(name)} is nothing that the base holds; "
                             "`expressivity list theorems` shows all")
    return found


def _names(table: dict[str, Any], key: str, where: str) -> tuple[str, ...]:
    value = table.get(key, [])
    if not isinstance(value, list) or not all(isinstance(x, str) for x in value):
        raise InputError(f"{where}: {key}: expected a list of texts")
    return tuple(value)


def _text(table: dict[str, Any], key: str, where: str, needed: bool = True) -> str:
    value = table.get(key)
    if value is None and not needed:
        return ""
    if not isinstance(value, str) or not value.strip():
        raise InputError(f"{where}: {key}: expected a text"
                         + ("" if value is None else f", got {shown(str(value))}"))
    return value


def _only(table: dict[str, Any], known: tuple[str, ...], where: str) -> None:
    for key in table:
        if key not in known:
            raise InputError(f"{where}: unknown field {shown(key)}, expected {', '.join(known)}")
