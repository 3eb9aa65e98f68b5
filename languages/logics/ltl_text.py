"""Past temporal formulas as text, for example `not P ("b" and Y "a")`.

    text       = { name ":=" formula ";" } formula
    formula    = conjuncts { "or" conjuncts }
    conjuncts  = since { "and" since }
    since      = unary [ "S" unary ]
    unary      = ( "not" | "Y" | "P" ) unary | atom
    atom       = letter | "true" | "false" | name | "(" formula ")"

A letter is written in double quotes, with a backslash before a quote or a backslash; without
quotes if it consists of letters, digits and underscores and is none of the words above. A name
is "@" and a word; it stands for a formula defined before. Comments run from # to the end of the
line. The meaning is in `languages.logics.ltl`.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from languages.errors import InputError
from languages.logics.ltl import DEFAULT_MAX_NODES, Formula, FormulaBuilder
from languages.logics.operators import Infix, OperatorReader, Tokens
from languages.tables import checked_alphabet, shown

WORDS = frozenset({"true", "false", "not", "and", "or", "Y", "P", "S"})
RANK = {"or": 1, "and": 2, "S": 3}


def parse_ltl(
    text: str, alphabet: Sequence[str] | None = None, *, max_nodes: int = DEFAULT_MAX_NODES
) -> Formula:
    """The formula; without an alphabet, its letters are the ones that are written, sorted.

    Raises `InputError` with the place for anything unclear and `LimitError` past `max_nodes`.
    """
    tokens = Tokens(text, "ltl")
    if alphabet is None:
        alphabet = sorted({t.text for t in tokens.tokens if _is_letter(t.kind, t.text)})
        if not alphabet:
            raise InputError("ltl: no letter in the formula, expected an alphabet with it")
    letters = checked_alphabet(list(alphabet))
    return _Reader(tokens, FormulaBuilder(letters, max_nodes=max_nodes)).formula()


def _is_letter(kind: str, text: str) -> bool:
    return kind == "quoted" or (kind == "word" and text not in WORDS and text[0] != "@")


class _Reader:
    def __init__(self, tokens: Tokens, builder: FormulaBuilder) -> None:
        self.tokens = tokens
        self.f = builder
        self.index = {letter: i for i, letter in enumerate(builder.alphabet)}
        self.defined: dict[str, int] = {}

    def formula(self) -> Formula:
        f, tokens = self.f, self.tokens
        reader = OperatorReader(
            self.atom,
            {"not": f.neg, "Y": f.yesterday, "P": f.previously},
            {
                "or": Infix(RANK["or"], True, f.disj),
                "and": Infix(RANK["and"], True, f.conj),
                "S": Infix(RANK["S"], False, lambda pair: f.since(*pair)),
            },
        )
        while (name := self.definition()) is not None:
            self.defined[name] = reader.read(tokens)
            tokens.expect(";")
        root = reader.read(tokens)
        if tokens.peek().kind != "end":
            tokens.fail(f"got {tokens.found()}, expected an operator or the end")
        return f.formula(root)

    def definition(self) -> str | None:
        """Pass `name :=` and return the name, if that is what comes."""
        start = self.tokens.index
        token = self.tokens.next()
        if token.kind == "word" and token.text[0] == "@" and self.tokens.take(":="):
            if token.text in self.defined:
                self.tokens.fail(f"{shown(token.text)} is defined twice", token.at)
            return token.text
        self.tokens.index = start
        return None

    def atom(self, tokens: Tokens) -> int:
        found = tokens.found()
        token = tokens.peek()
        if token.kind == "word" and token.text in ("true", "false"):
            tokens.next()
            return self.f.true if token.text == "true" else self.f.false
        if token.kind == "word" and token.text in self.defined:
            tokens.next()
            return self.defined[token.text]
        if not _is_letter(token.kind, token.text):
            tokens.fail(f"got {found}, expected a letter, 'true', 'false', a defined name or '('")
        if token.text not in self.index:
            known = " ".join(self.f.alphabet)
            tokens.fail(f"letter {found} is not in the alphabet: expected one of {known}")
        tokens.next()
        return self.f.letter(self.index[token.text])


def letter_text(letter: str) -> str:
    """A letter as `parse_ltl` reads it, in quotes where they are needed."""
    if re.fullmatch(r"\w+", letter) and letter not in WORDS:
        return letter
    return quoted(letter)


def quoted(letter: str) -> str:
    """A letter in double quotes."""
    escaped = letter.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def ltl_text(formula: Formula) -> str:
    """The formula as `parse_ltl` reads it; what is used more than once gets a name."""
    uses = Counter(a for node in formula.nodes if node.op != "letter" for a in set(node.args))
    lines: list[str] = []
    texts: list[tuple[str, int]] = []  # with the rank of the outermost operator
    for i, (op, args) in enumerate(formula.nodes):
        atom = op in ("letter", "true")
        if op == "letter":
            text, rank = letter_text(formula.alphabet[args[0]]), 4
        elif op == "true":
            text, rank = "true", 4
        elif op in RANK:
            rank = RANK[op]
            text = f" {op} ".join(_within(texts[a], rank) for a in args)
        elif op == "not" and texts[args[0]][0] == "true":
            text, rank, atom = "false", 4, True
        else:
            text, rank = f"{op} {_within(texts[args[0]], 3)}", 4
        if uses[i] > 1 and not atom:
            name = f"@{len(lines) + 1}"
            lines.append(f"{name} := {text};")
            text, rank = name, 4
        texts.append((text, rank))
    return "\n".join([*lines, texts[-1][0]])


def _within(part: tuple[str, int], rank: int) -> str:
    """An operand in brackets unless its operator binds tighter than `rank`."""
    return part[0] if part[1] > rank else f"({part[0]})"
