"""B-RASP programs as text.

    alphabet "a" "b"
    readout eos
    B(i) = "b"(i) or A(i)
    A(i) = rightmost j < i where "a"(j) and not B(i) : B(j) else false
    output A

    program    = "alphabet" letter { letter } "readout" ( "eos" | "last" )
                 { definition } "output" name
    definition = name "(" "i" ")" "=" ( expression | attention )
    attention  = ( "leftmost" | "rightmost" ) "j" ( "<" | ">" ) "i"
                 "where" expression ":" expression "else" expression
    expression = conjuncts { "or" conjuncts }
    conjuncts  = factor { "and" factor }
    factor     = { "not" } ( vector | "true" | "false" | "(" expression ")" )
    vector     = ( letter | name ) "(" ( "i" | "j" ) ")"

A letter is written in double quotes, with a backslash before a quote or a backslash. A name
consists of letters, digits and underscores and is none of the words above. Line ends mean
nothing; comments run from # to the end of the line.
"""

from __future__ import annotations

from typing import cast

from expressivity.programs.brasp import (
    FALSE,
    TRUE,
    And,
    At,
    Attend,
    Definition,
    Expression,
    Letter,
    Local,
    Mask,
    Not,
    Or,
    Program,
    Readout,
    Vector,
)
from languages.logics.ltl_text import quoted
from languages.logics.operators import Infix, OperatorReader, Tokens
from languages.tables import checked_alphabet

WORDS = frozenset(
    {"alphabet", "readout", "output", "leftmost", "rightmost", "where", "else"}
    | {"true", "false", "not", "and", "or"}
)
MAX_NESTING = 100


def _atom(tokens: Tokens) -> Expression:
    for word, constant in (("true", TRUE), ("false", FALSE)):
        if tokens.take(word):
            return constant
    letter = tokens.peek().kind == "quoted"
    name = tokens.next().text if letter else _name(tokens)
    tokens.expect("(")
    at: At = "j" if tokens.take("j") else "i"
    if at == "i":
        tokens.expect("i")
    tokens.expect(")")
    return Letter(name, at) if letter else Vector(name, at)


_EXPRESSION: OperatorReader[Expression] = OperatorReader(
    _atom,
    {"not": Not},
    {
        "or": Infix(1, True, lambda operands: Or(tuple(operands))),
        "and": Infix(2, True, lambda operands: And(tuple(operands))),
    },
    max_nesting=MAX_NESTING,  # expressions are walked recursively
)


def parse_brasp(text: str) -> Program:
    """The program; `InputError` with the place, or with the name of the misused vector."""
    tokens = Tokens(text, "B-RASP")
    tokens.expect("alphabet")
    letters = []
    while tokens.peek().kind == "quoted":
        letters.append(tokens.next().text)
    alphabet = checked_alphabet(letters)
    tokens.expect("readout")
    if tokens.peek().text not in ("eos", "last"):
        tokens.fail(f"got {tokens.found()}, expected 'eos' or 'last'")
    readout = cast(Readout, tokens.next().text)
    definitions = []
    while not tokens.take("output"):
        definitions.append(_definition(tokens))
    output = _name(tokens)
    if tokens.peek().kind != "end":
        tokens.fail(f"got {tokens.found()}, expected the end after the output")
    return Program(alphabet, readout, tuple(definitions), output).checked()


def _name(tokens: Tokens) -> str:
    token = tokens.peek()
    if token.kind != "word" or token.text in WORDS or token.text[0] == "@":
        tokens.fail(f"got {tokens.found()}, expected the name of a vector")
    return tokens.next().text


def _definition(tokens: Tokens) -> Definition:
    name = _name(tokens)
    tokens.expect("(", "i", ")", "=")
    for side in ("leftmost", "rightmost"):
        if tokens.take(side):
            tokens.expect("j")
            mask = "j < i" if tokens.take("<") else "j > i"
            if mask == "j > i":
                tokens.expect(">")
            tokens.expect("i", "where")
            score = _EXPRESSION.read(tokens)
            tokens.expect(":")
            value = _EXPRESSION.read(tokens)
            tokens.expect("else")
            default = _EXPRESSION.read(tokens)
            return Attend(name, side, cast(Mask, mask), score, value, default)
    return Local(name, _EXPRESSION.read(tokens))


def brasp_text(program: Program) -> str:
    """The program as `parse_brasp` reads it, one definition a line."""
    lines = [
        f"alphabet {' '.join(map(quoted, program.alphabet))}",
        f"readout {program.readout}",
    ]
    for d in program.definitions:
        if isinstance(d, Local):
            lines.append(f"{d.name}(i) = {_text(d.value)}")
        else:
            lines.append(
                f"{d.name}(i) = {d.side} {d.mask} where {_text(d.score)}"
                f" : {_text(d.value)} else {_text(d.default)}"
            )
    return "\n".join([*lines, f"output {program.output}"]) + "\n"


def _text(expression: Expression, rank: int = 0) -> str:
    """The expression, in brackets unless its operator binds tighter than `rank`."""
    if isinstance(expression, Letter):
        return f"{quoted(expression.letter)}({expression.at})"
    if isinstance(expression, Vector):
        return f"{expression.name}({expression.at})"
    if isinstance(expression, Not):
        return f"not {_text(expression.operand, 2)}"
    if not expression.operands:
        return "true" if isinstance(expression, And) else "false"
    own, word = (2, " and ") if isinstance(expression, And) else (1, " or ")
    text = word.join(_text(operand, own) for operand in expression.operands)
    return text if own > rank else f"({text})"
