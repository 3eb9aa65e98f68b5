"""Temporal formulas as text, for example `not P ("b" and Y "a")` or `at first: a until b`.

    sentence   = [ "at" ( "first" | "last" | "end" ) ":" ] text
    text       = { name ":=" formula ";" } formula
    formula    = implication [ "<->" implication ]
    implication = disjunction [ "->" disjunction ]
    disjunction = conjuncts { "or" conjuncts }
    conjuncts  = binary { "and" binary }
    binary     = unary [ ( "S" | "U" | "since" | "until" ) unary ]
    unary      = ( "not" | "Y" | "P" | "H" | "X" | "F" | "G" | "once" | "historically"
               | "eventually" | "always" ) unary | atom
    atom       = letter | "true" | "false" | name | "(" formula ")"

Capital letters are the strict operators: Y f, P f and f S g speak of earlier positions, X f, F f
and f U g of later ones, as in `languages.logics.ltl`; H f is not P not f, G f is not F not f. Words
are the operators that include this position:

    once f          f or P f                historically f    f and H f
    eventually f    f or F f                always f          f and G f
    f since g       g or (f and (f S g))    f until g         g or (f and (f U g))

"at" says where the formula is read (`languages.logics.sentence`). Without it, a past formula is
read at the end position, a future formula at the first one; a formula with both needs it.

A letter is written in double quotes, with a backslash before a quote or a backslash; without
quotes if it consists of letters, digits and underscores and is none of the words above (other than
at, first, last and end). A name is "@" and a word; it stands for a formula defined before. Comments
run from # to the end of the line.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from typing import ClassVar

from languages.errors import InputError
from languages.logics.ltl import DEFAULT_MAX_NODES, FUTURE, Formula, FormulaBuilder
from languages.logics.operators import Infix, OperatorReader, Token, Tokens
from languages.logics.sentence import POINTS, Point, Sentence
from languages.tables import checked_alphabet, shown

BACK = ("Y", "P", "H", "S", "once", "historically", "since")
FORTH = ("X", "F", "G", "U", "eventually", "always", "until")
BINARY = ("S", "U", "since", "until")
WORDS = frozenset({"true", "false", "not", "and", "or", *BACK, *FORTH})
RANK = {"<->": -1, "->": 0, "or": 1, "and": 2} | dict.fromkeys(BINARY, 3)


class _Tokens(Tokens):
    """With arrows."""

    pattern: ClassVar[re.Pattern[str]] = re.compile(
        r"\s+|\#[^\n]*"
        r"|(?P<word>@?\w+)"
        r'|"(?P<quoted>(?:[^"\\\n]|\\["\\])+)"'
        r"|(?P<mark><->|->|:=|[():;])")


def parse_ltl(
    text: str, alphabet: Sequence[str] | None = None, *, max_nodes: int = DEFAULT_MAX_NODES
) -> Formula:
    """A past formula, read at the end; as `parse_sentence`, but `InputError` for all others."""
    sentence = parse_sentence(text, alphabet, max_nodes=max_nodes)
    if sentence.point != "end" or sentence.formula.operators() & FUTURE:
        raise InputError("ltl: expected a past formula, read at the end")
    return sentence.formula


def parse_sentence(
    text: str, alphabet: Sequence[str] | None = None, *, max_nodes: int = DEFAULT_MAX_NODES
) -> Sentence:
    """The sentence; without an alphabet, its letters are the ones that are written, sorted.

    Raises `InputError` with the place for anything unclear and `LimitError` past `max_nodes`.
    """
    tokens = _Tokens(text, "ltl")
    point = _point(tokens)
    written = tokens.tokens[tokens.index:]
    if alphabet is None:
        alphabet = sorted({t.text for t in written if _is_letter(t.kind, t.text)})
        if not alphabet:
            raise InputError("ltl: no letter in the formula, expected an alphabet with it")
    letters = checked_alphabet(list(alphabet))
    formula = _Reader(tokens, FormulaBuilder(letters, max_nodes=max_nodes)).formula()
    if point is None:
        point = _usual_point(tokens, written)
    return Sentence(formula, point)


def _point(tokens: Tokens) -> Point | None:
    """Pass `at POINT :`, if that is what comes."""
    start = tokens.index
    if tokens.take("at"):
        token = tokens.next()
        if tokens.take(":"):
            if token.kind == "word" and token.text in POINTS:
                return POINTS[token.text]
            tokens.fail(f"got {shown(token.text)}, expected first, last or end", token.at)
    tokens.index = start
    return None


def _usual_point(tokens: Tokens, written: Sequence[Token]) -> Point:
    """Past formulas and those without temporal operators are read at the end, future ones first.

    What is written counts, though simplification may take operators away.
    """
    places = [next((t.at for t in written if t.kind == "word" and t.text in words), -1)
              for words in (BACK, FORTH)]
    if min(places) >= 0:
        tokens.fail("the formula looks back and forth, expected the point at which it is read "
                    "before it: at first:, at last: or at end:", max(places))
    return "first" if places[1] >= 0 else "end"


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

        def all_of(operator: Callable[[int], int]) -> Callable[[int], int]:
            return lambda x: f.neg(operator(f.neg(x)))

        def here_or(operator: Callable[[int], int]) -> Callable[[int], int]:
            return lambda x: f.disj([x, operator(x)])

        def strict(operator: Callable[[int, int], int]) -> Infix[int]:
            return Infix(RANK["S"], False, lambda pair: operator(*pair))

        def weak(operator: Callable[[int, int], int]) -> Infix[int]:
            return Infix(RANK["S"], False, lambda pair: f.disj(
                [pair[1], f.conj([pair[0], operator(*pair)])]))

        reader = OperatorReader(
            self.atom,
            {
                "not": f.neg,
                "Y": f.yesterday, "P": f.previously, "H": all_of(f.previously),
                "X": f.tomorrow, "F": f.eventually, "G": all_of(f.eventually),
                "once": here_or(f.previously), "historically": all_of(here_or(f.previously)),
                "eventually": here_or(f.eventually), "always": all_of(here_or(f.eventually)),
            },
            {
                "<->": Infix(RANK["<->"], False, lambda pair: f.disj(
                    [f.conj(pair), f.conj(map(f.neg, pair))])),
                "->": Infix(RANK["->"], False, lambda pair: f.disj([f.neg(pair[0]), pair[1]])),
                "or": Infix(RANK["or"], True, f.disj),
                "and": Infix(RANK["and"], True, f.conj),
                "S": strict(f.since), "since": weak(f.since),
                "U": strict(f.until), "until": weak(f.until),
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
            hint = (f'; a letter of that name is written "{token.text}"'
                    if token.text in WORDS else "")
            tokens.fail(f"got {found}, expected a letter, 'true', 'false', a defined name or "
                        f"'('{hint}")
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


def sentence_text(sentence: Sentence) -> str:
    """The sentence as `parse_sentence` reads it; the point is always written."""
    return f"at {sentence.point}: {ltl_text(sentence.formula)}"


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
