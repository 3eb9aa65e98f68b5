"""Reading texts made of words, quoted letters, brackets and operators, without recursion.

Shared by the text formats of temporal formulas, sentences, B-RASP and C-RASP programs.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import ClassVar, Generic, Literal, NamedTuple, NoReturn, TypeVar

from languages.errors import InputError
from languages.tables import shown

T = TypeVar("T")
TokenKind = Literal["word", "quoted", "mark", "end"]

_TOKEN = re.compile(
    r"\s+|\#[^\n]*"
    r"|(?P<word>@?\w+)"
    r'|"(?P<quoted>(?:[^"\\\n]|\\["\\])+)"'
    r"|(?P<mark>:=|[()\[\]<>=,;:])"
)


class Token(NamedTuple):
    """A piece of text; `at` counts characters from 0. Quoted text is without its quotes."""

    kind: TokenKind
    text: str
    at: int


class Tokens:
    """The tokens of a text one after the other. `what` names the text in error messages.

    White space and comments from "#" to the end of the line separate tokens.
    """

    pattern: ClassVar[re.Pattern[str]] = _TOKEN
    """Groups `word`, `quoted` (with its quotes off) and `mark`; what is in none is skipped."""

    def __init__(self, text: str, what: str) -> None:
        self.what = what
        self.text = text
        self.tokens: list[Token] = []
        at = 0
        while at < len(text):
            match = self.pattern.match(text, at)
            if match is None:
                self.fail(f"got {shown(text[at])}, expected a word, a bracket or a mark", at)
            if match.lastgroup == "word":
                self.tokens.append(Token("word", match["word"], at))
            elif match.lastgroup == "quoted":
                self.tokens.append(Token("quoted", re.sub(r"\\(.)", r"\1", match["quoted"]), at))
            elif match.lastgroup == "mark":
                self.tokens.append(Token("mark", match["mark"], at))
            at = match.end()
        self.tokens.append(Token("end", "", len(text)))
        self.index = 0

    def fail(self, message: str, at: int | None = None) -> NoReturn:
        """Raise, pointing at a character (default: the next token's first one)."""
        at = self.tokens[self.index].at if at is None else at
        line = self.text.count("\n", 0, at) + 1
        column = at - (self.text.rfind("\n", 0, at) + 1) + 1
        place = f"character {column}" if "\n" not in self.text else f"line {line}, column {column}"
        raise InputError(f"{self.what}: {message}", place)

    def peek(self) -> Token:
        """The next token, which stays."""
        return self.tokens[self.index]

    def next(self) -> Token:
        """The next token; the end is never passed."""
        token = self.tokens[self.index]
        if token.kind != "end":
            self.index += 1
        return token

    def take(self, text: str) -> bool:
        """Pass the next token if it is this word or mark."""
        token = self.peek()
        found = token.kind in ("word", "mark") and token.text == text
        self.index += found
        return found

    def expect(self, *texts: str) -> None:
        """Pass these words or marks; raises `InputError` when something else comes."""
        for text in texts:
            if not self.take(text):
                self.fail(f"got {self.found()}, expected {text!r}")

    def found(self) -> str:
        """The next token for an error message."""
        token = self.peek()
        return "the end" if token.kind == "end" else shown(token.text)


@dataclass(frozen=True)
class Infix(Generic[T]):
    """An operator, a word or a mark, between operands. A higher `rank` binds tighter.

    With `chains`, a op b op c takes all operands at once; without, it is refused. Different
    operators of one rank in a row are refused.
    """

    rank: int
    chains: bool
    apply: Callable[[list[T]], T]


@dataclass
class _Level(Generic[T]):
    """What has been read inside one pair of brackets: operands, and operators between them."""

    opened: int
    operands: list[T] = field(default_factory=list)
    operators: list[str] = field(default_factory=list)
    prefixes: list[str] = field(default_factory=list)


class OperatorReader(Generic[T]):
    """Reads an expression with prefix operators (tightest), infix operators and brackets.

    `max_nesting` bounds open brackets and prefix operators together.
    """

    def __init__(
        self,
        atom: Callable[[Tokens], T],
        prefix: Mapping[str, Callable[[T], T]],
        infix: Mapping[str, Infix[T]],
        *,
        max_nesting: int = 1000,
    ) -> None:
        self.atom = atom
        self.prefix = prefix
        self.infix = infix
        self.max_nesting = max_nesting

    def read(self, tokens: Tokens) -> T:
        """The longest expression from here; leaves `tokens` behind it."""
        levels: list[_Level[T]] = [_Level(tokens.peek().at)]
        while True:
            self._operand(tokens, levels)
            while len(levels) > 1 and tokens.take(")"):
                value = self._close(levels.pop(), tokens)
                self._push(levels[-1], value)
            token = tokens.peek()
            if token.kind not in ("word", "mark") or token.text not in self.infix:
                break
            tokens.next()
            levels[-1].operators.append(token.text)
        if len(levels) > 1:
            tokens.fail(f"got {tokens.found()}, expected ')' or an operator")
        return self._close(levels[0], tokens)

    def _operand(self, tokens: Tokens, levels: list[_Level[T]]) -> None:
        """Prefix operators and opening brackets, then an atom."""
        while True:
            if sum(1 + len(level.prefixes) for level in levels) > self.max_nesting:
                tokens.fail(f"nested deeper than {self.max_nesting}")
            token = tokens.peek()
            if token.kind == "word" and token.text in self.prefix:
                levels[-1].prefixes.append(token.text)
                tokens.next()
            elif tokens.take("("):
                levels.append(_Level(token.at))
            else:
                self._push(levels[-1], self.atom(tokens))
                return

    def _push(self, level: _Level[T], value: T) -> None:
        while level.prefixes:
            value = self.prefix[level.prefixes.pop()](value)
        level.operands.append(value)

    def _close(self, level: _Level[T], tokens: Tokens) -> T:
        """Apply the operators of one level, tightest first."""
        operands, operators = level.operands, level.operators
        for rank in sorted({self.infix[o].rank for o in operators}, reverse=True):
            merged, names, rest = [[operands[0]]], [""], []
            for operator, operand in zip(operators, operands[1:], strict=True):
                if self.infix[operator].rank != rank:
                    merged.append([operand])
                    names.append("")
                    rest.append(operator)
                    continue
                if names[-1] == operator and not self.infix[operator].chains:
                    tokens.fail(f"{operator} twice in a row needs brackets", level.opened)
                if names[-1] not in ("", operator):
                    tokens.fail(f"{names[-1]} and {operator} in a row need brackets", level.opened)
                merged[-1].append(operand)
                names[-1] = operator
            operands = [self.infix[name].apply(m) if name else m[0]
                        for m, name in zip(merged, names, strict=True)]
            operators = rest
        return operands[0]
