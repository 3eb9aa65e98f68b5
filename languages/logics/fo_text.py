"""First-order sentences as text, for example `exists x. forall y. (x < y -> a(y))`.

    formula   = implication [ "<->" implication ]
    implication = disjunction [ "->" disjunction ]
    disjunction = conjunction { "or" conjunction }
    conjunction = unary { "and" unary }
    unary     = "not" unary | ( "exists" | "forall" ) variable { [","] variable } "." formula
              | "(" formula ")" | "true" | "false" | letter "(" variable ")"
              | "mod" "(" variable "," modulus "," residue ")" | term relation term
    term      = variable [ ( "+" | "-" ) number ]
    relation  = "<" | "<=" | "=" | "!=" | ">=" | ">"

What follows a quantifier's dot belongs to it as far as brackets allow. A letter is written in
double quotes, with a backslash before a quote or a backslash, or without quotes if it consists of
letters, digits and underscores and is none of the words above. Variables are words that do not
begin with a digit. Comments run from # to the end of the line. `languages.logics.fo` has the
meaning.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import ClassVar, Final

from languages.errors import InputError
from languages.limits import Limits
from languages.logics.fo import FirstOrder, FirstOrderBuilder
from languages.logics.operators import Token, Tokens
from languages.tables import checked_alphabet, shown

RANK: Final = {"<->": 0, "->": 1, "or": 2, "and": 3, "not": 4}
QUANTIFIERS: Final = ("exists", "forall")
RELATIONS: Final = ("<", "<=", "=", "!=", ">=", ">")
WORDS: Final = frozenset({"not", "and", "or", "true", "false", "mod", *QUANTIFIERS})
MAX_DIGITS: Final = 9


class _Tokens(Tokens):
    """With arrows, relations and sums."""

    pattern: ClassVar[re.Pattern[str]] = re.compile(
        r"\s+|\#[^\n]*"
        r"|(?P<word>\w+)"
        r'|"(?P<quoted>(?:[^"\\\n]|\\["\\])+)"'
        r"|(?P<mark><->|->|<=|>=|!=|[().,<>=+-])")


def parse_fo(text: str, alphabet: Sequence[str] | None = None,
             limits: Limits | None = None) -> FirstOrder:
    """The sentence; without an alphabet, its letters are the ones that are written, sorted.

    Raises `InputError` with the place for anything unclear or too long.
    """
    limits = limits or Limits()
    limits.check_length("fo", len(text))
    tokens = _Tokens(text, "fo")
    if alphabet is None:
        alphabet = sorted(_written(tokens.tokens))
        if not alphabet:
            raise InputError("fo: no letter in the sentence, expected an alphabet with it")
    letters = checked_alphabet(list(alphabet))
    return _Parser(tokens, FirstOrderBuilder(letters), limits.max_nesting).sentence()


def _written(tokens: Sequence[Token]) -> set[str]:
    """The letters: what stands before an opening bracket and is no word of the syntax."""
    return {token.text for token, after in pairwise(tokens)
            if after[:2] == ("mark", "(")
            and (token.kind == "quoted" or (token.kind == "word" and token.text not in WORDS))}


@dataclass(frozen=True)
class _Open:
    """An operator, a bracket or a quantifier that waits for what follows it."""

    text: str
    at: int
    variables: tuple[str, ...] = ()


class _Parser:
    """Operator precedence with two stacks, so that long texts need no recursion."""

    def __init__(self, tokens: Tokens, builder: FirstOrderBuilder, max_nesting: int) -> None:
        self.tokens = tokens
        self.f = builder
        self.max_nesting = max_nesting
        self.index = {letter: i for i, letter in enumerate(builder.alphabet)}
        self.open: list[_Open] = []
        self.operands: list[int] = []

    def sentence(self) -> FirstOrder:
        tokens = self.tokens
        while True:
            self._operand()
            while tokens.peek()[:2] == ("mark", ")") and self._inside():
                tokens.next()
                while self.open[-1].text != "(":
                    self._reduce()
                self.open.pop()
            token = tokens.peek()
            if token.kind == "quoted" or token.text not in RANK or token.text == "not":
                break
            self._infix(tokens.next())
        if token.kind != "end":
            tokens.fail(f"got {tokens.found()}, expected an operator or the end")
        while self.open:
            if self.open[-1].text == "(":
                tokens.fail("this bracket is never closed", self.open[-1].at)
            self._reduce()
        return self.f.sentence(self.operands[0])

    def _inside(self) -> bool:
        return any(entry.text == "(" for entry in self.open)

    # -- operators --------------------------------------------------------------------------

    def _infix(self, token: Token) -> None:
        rank = RANK[token.text]
        while self.open and self.open[-1].text in RANK and RANK[self.open[-1].text] >= rank:
            if self.open[-1].text == token.text and rank < RANK["or"]:
                self.tokens.fail(f"{token.text} twice in a row needs brackets", token.at)
            self._reduce()
        self.open.append(_Open(token.text, token.at))

    def _reduce(self) -> None:
        """Apply the innermost operator or quantifier."""
        f, entry = self.f, self.open.pop()
        right = self.operands.pop()
        if entry.text == "not":
            made = f.neg(right)
        elif entry.text in QUANTIFIERS:
            first = self._depth()
            quantify = f.exists if entry.text == "exists" else f.forall
            made = right
            for x in reversed(range(first, first + len(entry.variables))):
                made = quantify(x, made)
        else:
            left = self.operands.pop()
            if entry.text == "and":
                made = f.conj([left, right])
            elif entry.text == "or":
                made = f.disj([left, right])
            elif entry.text == "->":
                made = f.disj([f.neg(left), right])
            else:
                made = f.disj([f.conj([left, right]), f.conj([f.neg(left), f.neg(right)])])
        self.operands.append(made)

    # -- operands ---------------------------------------------------------------------------

    def _operand(self) -> None:
        """Negations, quantifiers and opening brackets, then an atom."""
        tokens = self.tokens
        while True:
            if len(self.open) > self.max_nesting:
                tokens.fail(f"nested deeper than {self.max_nesting}")
            token = tokens.peek()
            if token.kind == "word" and token.text in QUANTIFIERS:
                tokens.next()
                self.open.append(_Open(token.text, token.at, self._variables()))
            elif tokens.take("not") or tokens.take("("):
                self.open.append(_Open(token.text, token.at))
            else:
                self.operands.append(self._atom())
                return

    def _variables(self) -> tuple[str, ...]:
        """The variables of a quantifier, and the dot."""
        found: list[str] = []
        while not (found and self.tokens.take(".")):
            token = self.tokens.peek()
            if not _is_variable(token):
                expected = "a variable" if not found else "'.' or a variable"
                self.tokens.fail(f"got {self.tokens.found()}, expected {expected}")
            found.append(self.tokens.next().text)
            self.tokens.take(",")
        return tuple(found)

    def _atom(self) -> int:
        tokens, f = self.tokens, self.f
        token = tokens.peek()
        if tokens.take("true"):
            return f.true
        if tokens.take("false"):
            return f.false
        if tokens.take("mod"):
            return self._mod()
        if token.kind == "quoted" or (token.kind == "word" and token.text not in WORDS
                                      and tokens.tokens[tokens.index + 1].text == "("):
            if token.text not in self.index:
                known = " ".join(f.alphabet)
                tokens.fail(f"letter {shown(token.text)} is not in the alphabet: expected one of "
                            f"{known}")
            tokens.next()
            tokens.expect("(")
            x = self._variable()
            tokens.expect(")")
            return f.letter(self.index[token.text], x)
        if not _is_variable(token):
            tokens.fail(f"got {tokens.found()}, expected a letter with a variable, a comparison, "
                        "mod, a quantifier, 'not' or '('")
        return self._comparison()

    def _mod(self) -> int:
        tokens = self.tokens
        tokens.expect("(")
        x = self._variable()
        tokens.expect(",")
        at = tokens.peek().at
        modulus = self._number()
        if modulus == 0:
            tokens.fail("got the modulus 0, expected at least 1", at)
        tokens.expect(",")
        at = tokens.peek().at
        residue = self._number()
        if residue >= modulus:
            tokens.fail(f"got the residue {residue}, expected 0 to {modulus - 1}", at)
        tokens.expect(")")
        return self.f.mod(x, modulus, residue)

    def _comparison(self) -> int:
        f, tokens = self.f, self.tokens
        x, p = self._term()
        token = tokens.peek()
        if token.kind != "mark" or token.text not in RELATIONS:
            tokens.fail(f"got {tokens.found()}, expected {' '.join(RELATIONS)} or '('")
        tokens.next()
        y, q = self._term()
        k = q - p  # x + p ? y + q
        return {"<": lambda: f.less(x, y, k), "<=": lambda: f.less(x, y, k + 1),
                "=": lambda: f.equal(x, y, k), "!=": lambda: f.neg(f.equal(x, y, k)),
                ">=": lambda: f.less(y, x, 1 - k), ">": lambda: f.less(y, x, -k)}[token.text]()

    def _term(self) -> tuple[int, int]:
        """A variable, and what is added to it."""
        x = self._variable()
        if self.tokens.take("+"):
            return x, self._number()
        return x, -self._number() if self.tokens.take("-") else 0

    def _variable(self) -> int:
        """The next token as a variable that is bound here."""
        tokens = self.tokens
        token = tokens.peek()
        if not _is_variable(token):
            tokens.fail(f"got {tokens.found()}, expected a variable")
        bound = [name for entry in self.open for name in entry.variables]
        if token.text not in bound:
            known = f"expected one of {' '.join(dict.fromkeys(bound))}" if bound else (
                f"expected 'exists {token.text}.' or 'forall {token.text}.' before")
            tokens.fail(f"the variable {shown(token.text)} is bound by no quantifier here, {known}")
        tokens.next()
        return len(bound) - 1 - bound[::-1].index(token.text)

    def _depth(self) -> int:
        return sum(len(entry.variables) for entry in self.open)

    def _number(self) -> int:
        token = self.tokens.peek()
        if not (token.kind == "word" and token.text.isascii() and token.text.isdigit()):
            self.tokens.fail(f"got {self.tokens.found()}, expected a number")
        if len(token.text) > MAX_DIGITS:
            self.tokens.fail(f"got {len(token.text)} digits, expected at most {MAX_DIGITS}")
        return int(self.tokens.next().text)


def _is_variable(token: Token) -> bool:
    return token.kind == "word" and token.text not in WORDS and not token.text[0].isdigit()
