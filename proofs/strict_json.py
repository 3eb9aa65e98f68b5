"""JSON without surprises: objects, arrays, strings, integers, `true`, `false` and `null` only.

Everything that a lenient reader would let pass in silence is refused here, with its line and
column: fractions and exponents, NaN and Infinity, a key given twice, text that is not UTF-8, a
byte order mark, half of a surrogate pair, integers, nesting or files beyond a bound.

The values are built by the standard library's parser. Nesting is bounded *before* it runs, so
that it cannot run out of stack; the place of an error that its hooks cannot know is found by a
second pass over the tokens, which happens only when the text is refused anyway.

What checks proofs imports nothing outside this package, and `languages` imports nothing from here:
hence `languages/strict_json.py`, the reader of automata, is another one.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeAlias

Json: TypeAlias = "bool | int | str | list[Json] | dict[str, Json] | None"


@dataclass(frozen=True)
class Limits:
    """Bounds on what is read: the text in bytes, the nesting, the digits of one integer."""

    size: int = 256_000_000
    depth: int = 64
    digits: int = 300

    def __post_init__(self) -> None:
        # Beyond these the interpreter's own limits (stack, digits of int()) would come first.
        if self.depth > 500 or self.digits > 4000:
            raise ValueError(f"limits too wide: {self}; depth <= 500 and digits <= 4000")


class Malformed(Exception):
    """The text is not JSON of the strict kind. `position` reads "line 3, column 7"."""

    def __init__(self, message: str, position: str) -> None:
        self.message = message
        self.position = position
        super().__init__(f"{message} ({position})")


class _Refused(Exception):
    """Raised inside the parser's hooks, which know what is wrong but not where."""


# Possessive repeats and optional ends keep every match linear, whatever the text.
_STRING = r'"(?:[^"\\]++|\\.)*+"?'
_TOKEN = re.compile(_STRING + r"|[\[\]{}]|[-+.0-9A-Za-z]++", re.DOTALL)
_NESTING = re.compile(_STRING + r"|[\[\]{}]", re.DOTALL)
_KEY_FOLLOWS = re.compile(r"[ \t\n\r]*+:")
_SURROGATE_ESCAPE = re.compile(r"\\u[dD][89a-fA-F]")
_FRACTION = re.compile(r"-?[0-9]+[.eE]")
_INTEGER = re.compile(r"-?([0-9]+)")


def loads(text: str | bytes, limits: Limits | None = None) -> Json:
    """The value that `text` spells.

    Raises Malformed for anything that is not strict JSON within `limits` (default: Limits()).
    """
    limits = Limits() if limits is None else limits
    source = _decode(text, limits)
    _check_nesting(source, limits.depth)

    def integer(literal: str) -> int:
        if len(literal.lstrip("-")) > limits.digits:
            raise _Refused(f"an integer of more than {limits.digits} digits")
        return int(literal)

    decoder = json.JSONDecoder(
        object_pairs_hook=_object,
        parse_int=integer,
        parse_float=_no_fraction,
        parse_constant=_no_constant,
    )
    try:
        value: Json = decoder.decode(source)
    except json.JSONDecodeError as error:
        raise _syntax(error, source) from None
    except _Refused as error:
        place = next(_refused_places(source, limits), len(source))
        raise Malformed(str(error), _position(source, place)) from None
    if _SURROGATE_ESCAPE.search(source):
        _check_surrogates(source)
    return value


def _decode(text: str | bytes, limits: Limits) -> str:
    """The text as a string: UTF-8, no byte order mark, not too long."""
    try:
        raw = text.encode("utf-8") if isinstance(text, str) else text
    except UnicodeEncodeError as error:
        raise Malformed("half of a surrogate pair", _position(error.object, error.start)) from None
    if len(raw) > limits.size:
        raise Malformed(f"{len(raw)} bytes, more than {limits.size}", "line 1, column 1")
    try:
        source = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        before = raw[: error.start].decode("utf-8")
        raise Malformed("not UTF-8", _position(before, len(before))) from None
    if source.startswith("\ufeff"):
        raise Malformed("a byte order mark", "line 1, column 1")
    return source


def _check_nesting(source: str, limit: int) -> None:
    """Refuse brackets nested deeper than `limit`; brackets inside strings do not count."""
    depth = 0
    for match in _NESTING.finditer(source):
        first = source[match.start()]
        if first in "[{":
            depth += 1
            if depth > limit:
                place = _position(source, match.start())
                raise Malformed(f"nesting deeper than {limit}", place)
        elif first in "]}":
            depth -= 1


def _object(pairs: list[tuple[str, Json]]) -> dict[str, Json]:
    made = dict(pairs)
    if len(made) != len(pairs):
        counts = Counter(key for key, _ in pairs)
        raise _Refused(f"the key {_shown(max(counts, key=counts.__getitem__))} twice in one object")
    return made


def _no_fraction(literal: str) -> Json:
    raise _Refused(f"{literal[:40]} is not an integer: no fractions, no exponents")


def _no_constant(literal: str) -> Json:
    raise _Refused(f"{literal} is not a value here")


def _shown(text: str) -> str:
    """A quoted, shortened, plain-ASCII form of a string for one line of output."""
    return json.dumps(text if len(text) <= 40 else text[:40] + "...")


def _syntax(error: json.JSONDecodeError, source: str) -> Malformed:
    unfinished = error.pos >= len(source.rstrip(" \t\n\r"))
    unfinished = unfinished or error.msg.startswith("Unterminated string")
    message = "the text ends too early" if unfinished else error.msg
    return Malformed(message, _position(source, error.pos))


def _refused_places(source: str, limits: Limits) -> Iterator[int]:
    """Where the tokens stand that a hook refuses, in order.

    Asked for the first one only, so that all text before it is known to be well formed.
    """
    objects: list[set[str] | None] = []
    for match in _TOKEN.finditer(source):
        token = match.group()
        if token in ("[", "{"):
            objects.append(set() if token == "{" else None)
        elif token in ("]", "}"):
            objects.pop()
        elif token.startswith('"'):
            keys = objects[-1] if objects else None
            if keys is not None and _KEY_FOLLOWS.match(source, match.end()):
                key = json.loads(token)
                if key in keys:
                    yield match.start()
                keys.add(key)
        else:
            digits = _INTEGER.match(token)
            long = digits is not None and len(digits[1]) > limits.digits
            constant = token.startswith(("NaN", "Infinity", "-Infinity"))
            if long or constant or _FRACTION.match(token):
                yield match.start()


def _check_surrogates(source: str) -> None:
    """Refuse a string in which an escape leaves half of a surrogate pair."""
    for match in _NESTING.finditer(source):
        if _SURROGATE_ESCAPE.search(source, match.start(), match.end()):
            try:
                json.loads(match.group()).encode("utf-8")
            except UnicodeEncodeError:
                place = _position(source, match.start())
                raise Malformed("half of a surrogate pair", place) from None


def _position(source: str, index: int) -> str:
    line = source.count("\n", 0, index) + 1
    column = index - (source.rfind("\n", 0, index) + 1) + 1
    return f"line {line}, column {column}"
