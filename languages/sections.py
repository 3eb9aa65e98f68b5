"""Text files of sections `name: part part ...`, read part by part, with the place of each.

Parts are separated by white space and consist of printable characters. Comments run from a # at the
beginning of a part to the end of the line.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, NoReturn, TypeVar

from languages.errors import InputError, LimitError
from languages.formats import read_text
from languages.limits import Limits
from languages.tables import shown

_PART: Final = re.compile(r"\S+")
_T = TypeVar("_T")


@dataclass(frozen=True)
class Part:
    """A piece of text and where it stands."""

    text: str
    line: int
    column: int

    def fail(self, message: str) -> NoReturn:
        """InputError at this place."""
        raise InputError(message, f"line {self.line}, column {self.column}")


def read_file(path: str, parse: Callable[[str], _T], expected: str,
              limits: Limits | None = None) -> _T:
    """What `parse` makes of the text of a file; InputError with the file and the place."""
    text = read_text(path, limits or Limits(), expected)
    try:
        return parse(text)
    except LimitError:
        raise
    except InputError as error:
        raise InputError(f"{path}: {error.message}", error.position) from None


def lines_of(text: str) -> list[list[Part]]:
    """The parts of each line that has some; raises InputError."""
    return [parts for number, line in enumerate(text.split("\n"), start=1)
            if (parts := _parts(line, number))]


def end_of(text: str) -> Part:
    """The place behind the last character."""
    *before, last = text.split("\n")
    return Part("", len(before) + 1, len(last) + 1)


def section(head: Part, known: Sequence[str], given: Mapping[str, tuple[Part, list[Part]]],
            same: Mapping[str, str] | None = None) -> str:
    """The name of the section that begins with this part.

    `same` names sections that say the same thing, so that only one of them may be there.

    Raises:
        InputError: it is not among the known ones, or has been given.
    """
    key = head.text.removesuffix(":")
    if key not in known or key == head.text:
        near = difflib.get_close_matches(key, known, 1)
        head.fail(f"got {shown(head.text)}, "
                  + (f"did you mean '{near[0]}:'?" if near else
                     "expected one of " + " ".join(f"{name}:" for name in known)))
    for other in (key, (same or {}).get(key, key)):
        if other in given:
            head.fail(f"'{key}:', but '{other}:' is in line {given[other][0].line} already")
    return key


def _parts(line: str, number: int) -> list[Part]:
    found: list[Part] = []
    for match in _PART.finditer(line):
        part = Part(match.group(), number, match.start() + 1)
        if part.text[0] == "#":
            break
        if not part.text.isprintable():
            part.fail(f"got {part.text[:40]!a}, expected printable characters")
        found.append(part)
    return found
