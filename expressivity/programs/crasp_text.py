"""C-RASP programs as text.

    alphabet "(" ")"
    readout last
    below := #[")"] > #["("]                              // more brackets closed than opened
    balanced := #["("] - #[")"] = 0 and #[below] = 0
    output balanced

    program    = "alphabet" letter { letter } "readout" ( "last" | "eos" )
                 { name ":=" formula } "output" name
    formula    = conjuncts { "or" conjuncts }
    conjuncts  = factor { "and" factor }
    factor     = { "not" } ( letter | name | "true" | "false" | comparison | "(" formula ")" )
    comparison = sum ( ">=" | "<=" | ">" | "<" | "=" | "!=" ) sum
    sum        = [ "-" ] term { ( "+" | "-" ) term }
    term       = integer | [ integer [ "*" ] ] "#" "[" formula "]"

A letter is written in double quotes, with a backslash before a quote or a backslash. A name
consists of letters, digits and underscores, does not begin with a digit, and is none of the words
above. Line ends mean nothing; comments run from // to the end of the line. The meaning is in
`expressivity.programs.crasp`.
"""

from __future__ import annotations

import re
from typing import cast

from expressivity.programs.crasp import (
    FALSE,
    RELATIONS,
    TRUE,
    And,
    Compare,
    Count,
    Definition,
    Formula,
    Letter,
    Named,
    Not,
    Or,
    Program,
    Readout,
    Relation,
    operands,
)
from languages.logics.ltl_text import quoted
from languages.logics.operators import Infix, OperatorReader, Tokens
from languages.tables import checked_alphabet, shown

WORDS = frozenset({"alphabet", "readout", "output", "true", "false", "not", "and", "or"})
MAX_NESTING = 100
MAX_OPEN_COUNTS = 30
MAX_DIGITS = 100

_TOKEN = re.compile(
    r"\s+|//[^\n]*"
    r"|(?P<word>[^\W\d]\w*|[0-9]+)"
    r'|"(?P<quoted>(?:[^"\\\n]|\\["\\])+)"'
    r"|(?P<mark>:=|>=|<=|!=|[()\[\]<>=#+*-])"
)


class _Tokens(Tokens):
    """The tokens of a C-RASP text, and which letters and names there are so far."""

    pattern = _TOKEN

    def __init__(self, text: str) -> None:
        super().__init__(text, "C-RASP")
        self.alphabet: tuple[str, ...] = ()
        self.known: set[str] = set()
        self.open_counts = 0

    def at_number(self) -> bool:
        """Does an integer come next?"""
        token = self.peek()
        return token.kind == "word" and token.text[0] in "0123456789"

    def name(self) -> str:
        """Pass a name."""
        token = self.peek()
        if token.kind != "word" or token.text in WORDS or self.at_number():
            self.fail(f"got {self.found()}, expected a name")
        return self.next().text


def parse_crasp(text: str) -> Program:
    """The program; `InputError` with the place for anything unclear."""
    tokens = _Tokens(text)
    tokens.expect("alphabet")
    letters = []
    while tokens.peek().kind == "quoted":
        letters.append(tokens.next().text)
    tokens.alphabet = checked_alphabet(letters)
    tokens.expect("readout")
    if tokens.peek().text not in ("last", "eos"):
        tokens.fail(f"got {tokens.found()}, expected 'last' or 'eos'")
    readout = cast(Readout, tokens.next().text)
    definitions = []
    while not tokens.take("output"):
        at = tokens.peek().at
        name = tokens.name()
        if name in tokens.known:
            tokens.fail(f"{shown(name)} is defined twice", at)
        tokens.expect(":=")
        definitions.append(Definition(name, _formula(tokens)))
        tokens.known.add(name)
    at = tokens.peek().at
    output = tokens.name()
    if output not in tokens.known:
        tokens.fail(f"the output {shown(output)} is not defined", at)
    if tokens.peek().kind != "end":
        tokens.fail(f"got {tokens.found()}, expected the end after the output")
    return Program(tokens.alphabet, readout, tuple(definitions), output)


def _formula(tokens: _Tokens) -> Formula:
    at = tokens.peek().at
    formula = _FORMULA.read(tokens)
    if _height(formula) > MAX_NESTING:  # formulas are walked recursively
        tokens.fail(f"nested deeper than {MAX_NESTING}", at)
    return formula


def _height(formula: Formula) -> int:
    return 1 + max(map(_height, operands(formula)), default=0)


def _atom(tokens: Tokens) -> Formula:
    if not isinstance(tokens, _Tokens):
        raise TypeError("C-RASP formulas are read from their own tokens")
    token = tokens.peek()
    for word, constant in (("true", TRUE), ("false", FALSE)):
        if tokens.take(word):
            return constant
    if token.kind == "quoted":
        if token.text not in tokens.alphabet:
            tokens.fail(f"letter {shown(token.text)} is not in the alphabet: expected one of "
                        f"{' '.join(tokens.alphabet)}")
        return Letter(tokens.next().text)
    if token.text in ("#", "-") or tokens.at_number():
        return _comparison(tokens)
    name = tokens.name()
    if name not in tokens.known:
        tokens.fail(f"{shown(name)} is not defined before", token.at)
    return Named(name)


def _comparison(tokens: _Tokens) -> Compare:
    left, low = _sum(tokens)
    if tokens.peek().kind != "mark" or tokens.peek().text not in RELATIONS:
        tokens.fail(f"got {tokens.found()}, expected one of {' '.join(RELATIONS)}")
    relation = cast(Relation, tokens.next().text)
    right, high = _sum(tokens)
    return Compare((*left, *(Count(-c, f) for c, f in right)), relation, high - low)


def _sum(tokens: _Tokens) -> tuple[list[Count], int]:
    """The counts of a sum, and what its integers add up to."""
    counts: list[Count] = []
    constant = 0
    sign = -1 if tokens.take("-") else 1
    while True:
        factor = sign
        number = tokens.at_number()
        if number:
            if len(tokens.peek().text) > MAX_DIGITS:
                tokens.fail(f"a number of {len(tokens.peek().text)} digits, expected at most "
                            f"{MAX_DIGITS}")
            factor *= int(tokens.next().text)
        if (number and tokens.take("*")) or not number or tokens.peek().text == "#":
            tokens.expect("#", "[")
            counts.append(Count(factor, _counted(tokens)))
        else:
            constant += factor
        if tokens.take("+"):
            sign = 1
        elif tokens.take("-"):
            sign = -1
        else:
            return counts, constant


def _counted(tokens: _Tokens) -> Formula:
    """What stands between the brackets of a count; passes the closing one."""
    tokens.open_counts += 1
    if tokens.open_counts > MAX_OPEN_COUNTS:
        tokens.fail(f"counts nested deeper than {MAX_OPEN_COUNTS}; names avoid it")
    formula = _formula(tokens)
    tokens.expect("]")
    tokens.open_counts -= 1
    return formula


_FORMULA: OperatorReader[Formula] = OperatorReader(
    _atom,
    {"not": Not},
    {
        "or": Infix(1, True, lambda operands: Or(tuple(operands))),
        "and": Infix(2, True, lambda operands: And(tuple(operands))),
    },
    max_nesting=MAX_NESTING,
)


def crasp_text(program: Program) -> str:
    """The program as `parse_crasp` reads it, one definition a line."""
    lines = [f"alphabet {' '.join(map(quoted, program.alphabet))}", f"readout {program.readout}"]
    lines += [f"{name} := {formula_text(formula)}" for name, formula in program.definitions]
    return "\n".join([*lines, f"output {program.output}"]) + "\n"


def formula_text(formula: Formula, rank: int = 0) -> str:
    """The formula, in brackets unless its operator binds tighter than `rank`."""
    if isinstance(formula, Letter):
        return quoted(formula.letter)
    if isinstance(formula, Named):
        return formula.name
    if isinstance(formula, Compare):
        return f"{_sum_text(formula.counts)} {formula.relation} {formula.bound}"
    if isinstance(formula, Not):
        return f"not {formula_text(formula.operand, 2)}"
    if not formula.operands:
        return "true" if isinstance(formula, And) else "false"
    own, word = (2, " and ") if isinstance(formula, And) else (1, " or ")
    text = word.join(formula_text(operand, own) for operand in formula.operands)
    # With one operand there is no operator to read it back from; its meaning is the same.
    return text if own > rank else f"({text})"


def _sum_text(counts: tuple[Count, ...]) -> str:
    text = ""
    for factor, body in counts:
        sign = (" - " if text else "-") if factor < 0 else " + " if text else ""
        size = "" if abs(factor) == 1 else f"{abs(factor)} "
        text += f"{sign}{size}#[{formula_text(body)}]"
    return text or "0"
