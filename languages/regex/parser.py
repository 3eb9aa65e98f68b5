"""From text to syntax tree, in one pass over the characters and without recursion."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NoReturn

from languages.errors import InputError, LimitError
from languages.limits import STATES_OPTION, Limits
from languages.regex.syntax import (
    Complement,
    Concatenation,
    Intersection,
    Letters,
    Node,
    Repeat,
    Union,
)
from languages.tables import shown

META = frozenset("|&~*+?{}()[].\\^$")
POSTFIX = {"*": (0, None), "+": (1, None), "?": (0, 1)}
MAX_RANGE = 1000


def parse_regex(text: str, limits: Limits | None = None) -> Node:
    """The syntax tree; `InputError` with the position "character N" for anything unclear."""
    limits = limits or Limits()
    limits.check_length("regex", len(text))
    return _Parser(text, limits).parse()


@dataclass
class _Factor:
    node: Node
    complements: int
    repeated: bool = False


@dataclass
class _Group:
    """What has been read since an opening bracket (or the start of the text)."""

    opened: int
    factors: list[_Factor] = field(default_factory=list)
    conjuncts: list[Node] = field(default_factory=list)
    alternatives: list[Node] = field(default_factory=list)
    complements: int = 0


class _Parser:
    def __init__(self, text: str, limits: Limits) -> None:
        self.text = text
        self.limits = limits
        self.at = 0
        self.groups = [_Group(0)]

    def fail(self, message: str, at: int | None = None) -> NoReturn:
        """Raise, pointing at a character (default: the one being read)."""
        position = (self.at if at is None else at) + 1
        raise InputError(f"regex: {message}", f"character {position}")

    def parse(self) -> Node:
        if not self.text:
            raise InputError("regex: got nothing, expected () for the empty word")
        while self.at < len(self.text):
            self.symbol(self.text[self.at])
            self.at += 1
        group = self.groups[-1]
        if len(self.groups) > 1:
            self.fail("this bracket is never closed", group.opened)
        return self.close_alternatives(group)

    def symbol(self, char: str) -> None:
        group = self.groups[-1]
        if char == "(":
            if len(self.groups) > self.limits.max_nesting:
                self.fail(f"brackets nested deeper than {self.limits.max_nesting}")
            self.groups.append(_Group(self.at))
        elif char == ")":
            self.close_group(group)
        elif char == "|":
            self.close_conjuncts(group)
        elif char == "&":
            self.close_factors(group)
        elif char == "~":
            group.complements += 1
        elif char in POSTFIX:
            self.repeat(group, *POSTFIX[char])
        elif char == "{":
            self.braces(group)
        else:
            self.factor(group, self.letters(char))

    # -- groups -----------------------------------------------------------------------------

    def factor(self, group: _Group, node: Node) -> None:
        group.factors.append(_Factor(node, group.complements))
        group.complements = 0

    def close_group(self, group: _Group) -> None:
        if len(self.groups) == 1:
            self.fail("')' without a '('")
        empty = not (group.factors or group.conjuncts or group.alternatives or group.complements)
        node = Concatenation(()) if empty else self.close_alternatives(group)
        self.groups.pop()
        self.factor(self.groups[-1], node)

    def close_alternatives(self, group: _Group) -> Node:
        self.close_conjuncts(group)
        parts = tuple(group.alternatives)
        return parts[0] if len(parts) == 1 else Union(parts)

    def close_conjuncts(self, group: _Group) -> None:
        self.close_factors(group)
        parts = tuple(group.conjuncts)
        group.alternatives.append(parts[0] if len(parts) == 1 else Intersection(parts))
        group.conjuncts = []

    def close_factors(self, group: _Group) -> None:
        if group.complements:
            self.fail("'~' without anything to complement", self.at - 1)
        if not group.factors:
            self.fail("nothing before this place, expected () for the empty word")
        # Two complements cancel, so long rows of ~ make no deep tree.
        parts = tuple(
            Complement((factor.node,)) if factor.complements % 2 else factor.node
            for factor in group.factors
        )
        group.conjuncts.append(parts[0] if len(parts) == 1 else Concatenation(parts))
        group.factors = []

    # -- repetition -------------------------------------------------------------------------

    def repeat(self, group: _Group, low: int, high: int | None, at: int | None = None) -> None:
        if group.complements or not group.factors:
            self.fail("nothing to repeat", at)
        factor = group.factors[-1]
        if factor.repeated:
            self.fail("a repetition of a repetition needs brackets, as in (a*)*", at)
        factor.node = Repeat((factor.node,), low, high)
        factor.repeated = True

    def braces(self, group: _Group) -> None:
        opened = self.at
        end = self.text.find("}", opened)
        if end < 0:
            self.fail("this '{' is never closed")
        inside = self.text[opened + 1 : end]
        low_text, comma, high_text = inside.partition(",")
        if not (low_text or high_text) or not all(
            part == "" or (part.isascii() and part.isdigit()) for part in (low_text, high_text)
        ):
            self.fail(f"got {shown('{' + inside + '}')}, expected {{m}}, {{m,}}, {{,n}} or {{m,n}}")
        low = self.count(low_text)
        high = (self.count(high_text) if high_text else None) if comma else low
        if high is not None and high < low:
            self.fail(f"got {{{low},{high}}}, expected the smaller count first")
        self.repeat(group, low, high, opened)
        self.at = end

    def count(self, digits: str) -> int:
        digits = digits.lstrip("0") or "0"
        limit = self.limits.max_states
        if len(digits) > len(str(limit)) or int(digits) > limit:
            raise LimitError("repeat count in the regex", digits[:20], limit, STATES_OPTION)
        return int(digits)

    # -- letters ----------------------------------------------------------------------------

    def letters(self, char: str) -> Letters:
        start = self.at
        if char == ".":
            return Letters(frozenset(), True, start + 1)
        if char == "[":
            return self.letter_class()
        if char == "\\":
            return Letters(frozenset(self.escaped()), False, start + 1)
        if char in "^$":
            self.fail(
                f"'{char}' is no anchor, whole words are matched: write \\{char} for the letter"
            )
        if char in "]}":
            self.fail(f"'{char}' without an opening bracket: write \\{char} for the letter")
        return Letters(frozenset(self.plain(char)), False, start + 1)

    def plain(self, char: str) -> str:
        if char.isspace():
            self.fail("white space is no letter here: remove it, or write a backslash before it")
        if not char.isprintable():
            self.fail(f"got {char!r}, expected a printable character")
        return char

    def escaped(self) -> str:
        """The letter after a backslash; leaves `at` on it."""
        self.at += 1
        if self.at == len(self.text):
            self.fail("a backslash at the end, expected a character after it", self.at - 1)
        char = self.text[self.at]
        if char.isalnum() or not char.isprintable():
            self.fail(f"got \\{char!r:.12}, expected a punctuation mark after the backslash")
        return char

    def letter_class(self) -> Letters:
        """From "[" to "]"; leaves `at` on the closing bracket."""
        opened = self.at
        self.at += 1
        negated = self.text[self.at : self.at + 1] == "^"
        self.at += negated
        found: set[str] = set()
        while (char := self.class_char(opened)) is not None:
            self.at += 1
            ranged = self.text[self.at : self.at + 1] == "-"
            if not ranged or self.text[self.at + 1 : self.at + 2] in ("]", ""):
                found.add(char)
                continue
            self.at += 1
            last = self.class_char(opened)
            if last is None or last < char or ord(last) - ord(char) >= MAX_RANGE:
                self.fail(
                    f"got the range {char}-{last}, expected at most {MAX_RANGE} letters in order"
                )
            found.update(map(chr, range(ord(char), ord(last) + 1)))
            self.at += 1
        if not found:
            self.fail("a class without letters", opened)
        return Letters(frozenset(found), negated, opened + 1)

    def class_char(self, opened: int) -> str | None:
        """The next letter of a class, None at its end."""
        if self.at >= len(self.text):
            self.fail("this '[' is never closed", opened)
        char = self.text[self.at]
        if char == "]":
            return None
        if char == "[":
            self.fail("'[' inside a class: write \\[ for the letter")
        return self.escaped() if char == "\\" else self.plain(char)
