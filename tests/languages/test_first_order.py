"""First-order sentences: automata against the definition, and against temporal logic."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from itertools import product
from typing import Any

import pytest
from test_temporal import ALL, ONE, SOME, STRICT, Tree, random_tree
from test_temporal import text as temporal_text

from languages.classes import ac0, star_free
from languages.classes.analysis import Analysis
from languages.errors import InputError, LimitError
from languages.limits import Limits
from languages.logics.fo_automaton import first_order_to_dfa
from languages.logics.fo_text import parse_fo
from languages.logics.ltl_text import parse_sentence
from languages.logics.two_way import sentence_to_dfa
from languages.parse import parse_language
from languages.regex import regex_to_dfa

WORDS = [w for n in range(6) for w in product("ab", repeat=n)]


def holds(tree: Tree, word: Sequence[str], at: Mapping[str, int]) -> bool:
    """The definition; variables by name, so that a quantifier may hide another one."""
    op, *args = tree
    if op == "letter":
        return word[at[args[1]]] == args[0]
    if op == "mod":
        return at[args[0]] % args[1] == args[2]
    if op in ("<", "<=", "=", "!=", ">", ">="):
        (x, p), (y, q) = args
        left, right = at[x] + p, at[y] + q
        return {"<": left < right, "<=": left <= right, "=": left == right, "!=": left != right,
                ">": left > right, ">=": left >= right}[op]
    if op in ("exists", "forall"):
        every = (holds(args[1], word, {**at, args[0]: i}) for i in range(len(word)))
        return any(every) if op == "exists" else all(every)
    if op == "true":
        return True
    if op == "not":
        return not holds(args[0], word, at)
    x, y = (holds(arg, word, at) for arg in args)
    return {"and": x and y, "or": x or y, "->": not x or y, "<->": x == y}[op]


def text(tree: Tree) -> str:
    op, *args = tree
    if op == "letter":
        return f"{args[0]}({args[1]})"
    if op == "mod":
        return f"mod({args[0]}, {args[1]}, {args[2]})"
    if op in ("<", "<=", "=", "!=", ">", ">="):
        x, y = (f"{name}{f'{k:+d}' if k else ''}" for name, k in args)
        return f"{x} {op} {y}"
    if op in ("exists", "forall"):
        return f"({op} {args[0]}. {text(args[1])})"
    if op == "true":
        return "true"
    if op == "not":
        return f"not ({text(args[0])})"
    return f"(({text(args[0])}) {op} ({text(args[1])}))"


def random_sentence(rng: random.Random, size: int, bound: tuple[str, ...] = ()) -> Tree:
    if not bound or (size > 2 and len(bound) < 4 and rng.random() < 0.45):
        name = rng.choice("xyz")
        inner = random_sentence(rng, size - 1, (*bound, name))
        return (rng.choice(["exists", "forall"]), name, inner)
    if size <= 1:
        return random_atom(rng, bound)
    if rng.random() < 0.2:
        return "not", random_sentence(rng, size - 1, bound)
    left = rng.randint(1, size - 1)
    return (rng.choice(["and", "or", "->", "<->"]), random_sentence(rng, left, bound),
            random_sentence(rng, size - left, bound))


def random_atom(rng: random.Random, bound: tuple[str, ...]) -> Tree:
    x, y = rng.choice(bound), rng.choice(bound)
    kind = rng.random()
    if kind < 0.35:
        return "letter", rng.choice("ab"), x
    if kind < 0.5:
        m = rng.randint(1, 3)
        return "mod", x, m, rng.randrange(m)
    if kind < 0.55:
        return ("true",)
    shifts = [0, 0, 0, 1, -1, 2]
    return (rng.choice(["<", "<=", "=", "!=", ">", ">="]), (x, rng.choice(shifts)),
            (y, rng.choice(shifts)))


@pytest.mark.parametrize("seed", range(300))
def test_automata_agree_with_the_definition(seed: int) -> None:
    rng = random.Random(seed)
    tree = random_sentence(rng, rng.randint(2, 9))
    dfa = first_order_to_dfa(parse_fo(text(tree), "ab"))
    for word in WORDS:
        assert dfa.accepts(word) == holds(tree, word, {})


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(1000, 3000))
def test_many_more_automata_agree_with_the_definition(seed: int) -> None:
    test_automata_agree_with_the_definition(seed)


def standard(tree: Tree, x: int) -> str:
    """A temporal formula at the position x as a first-order one (Kamp 1968, the easy half)."""
    op, *args = tree
    if op in ("a", "b"):
        return f"{op}(x{x})"
    if op == "true":
        return "true"
    if op == "not":
        return f"not ({standard(args[0], x)})"
    if op in ("and", "or", "->", "<->"):
        return f"(({standard(args[0], x)}) {op} ({standard(args[1], x)}))"
    y, z = x + 1, x + 2
    if op in ONE:
        sign = "+" if op == "X" else "-"
        return f"exists x{y}. (x{y} = x{x} {sign} 1 and {standard(args[0], y)})"
    kind = op if op in (*SOME, *STRICT) else ALL[op]
    way, here = (SOME | STRICT)[kind]
    side = f"x{y} {'<' if way < 0 else '>'}{'=' if here else ''} x{x}"
    if op in ALL:
        return f"forall x{y}. ({side} -> {standard(args[0], y)})"
    if op in SOME:
        return f"exists x{y}. ({side} and {standard(args[0], y)})"
    nearer = f"x{z} {'>' if way < 0 else '<'} x{y} and x{z} {'<' if way < 0 else '>'}"
    nearer += f"{'=' if here else ''} x{x}"
    return (f"exists x{y}. ({side} and ({standard(args[1], y)}) and "
            f"forall x{z}. ({nearer} -> {standard(args[0], z)}))")


@pytest.mark.parametrize("seed", range(80))
def test_temporal_formulas_and_their_translation_have_one_automaton(seed: int) -> None:
    """Two constructions that share nothing but the minimal automaton, at all lengths."""
    rng = random.Random(seed)
    tree = random_tree(rng, rng.randint(2, 7))
    point = rng.choice(["first", "last"])
    here = "not exists x1. x1 " + ("<" if point == "first" else ">") + " x0"
    sentence = f"exists x0. (({here}) and ({standard(tree, 0)}))"
    found = first_order_to_dfa(parse_fo(sentence, "ab"))
    want = sentence_to_dfa(parse_sentence(f"at {point}: {temporal_text(tree)}", "ab"))
    word = want.intersection(regex_to_dfa(".+", ("a", "b"))).difference(found)
    assert word is None


@pytest.mark.parametrize(("sentence", "regex"), [
    ("exists x. forall y. (x < y -> a(y))", "(a|b)+"),
    ("forall x. a(x)", "a*"),
    ("exists x. a(x)", "(a|b)*a(a|b)*"),
    ("forall x y. (y = x + 1 -> (a(x) <-> b(y)))", "(ab)*a?|(ba)*b?"),
    ("forall x. (mod(x, 2, 0) <-> a(x))", "(ab)*a?"),
    ("exists x. (mod(x, 3, 2) and not exists y. y > x)", "((a|b){3})+"),
    ("not exists x. true", "()"),
    ("forall x. false", "()"),
    ("exists x, y. y >= x + 3", "(a|b){4,}"),
    ("exists x. a(x) and not exists x. b(x)", "a+"),
    ("exists x. (a(x) and exists x. b(x))", "(a|b)*(a(a|b)*b|b(a|b)*a)(a|b)*"),
    ("forall x. a(x) -> forall y. (y <= x -> a(y))", "a*b*"),
    ("exists x. not a(x) and not b(x)", "a&b"),
])
def test_known_sentences(sentence: str, regex: str) -> None:
    found = parse_language(f"fo:{sentence}", alphabet=("a", "b"))
    assert found.dfa is not None
    assert found.dfa.difference(regex_to_dfa(regex, ("a", "b"))) is None
    assert found.name == f"fo:{sentence}"


@pytest.mark.parametrize("seed", range(40))
def test_without_mod_star_free_and_with_mod_ac0(seed: int) -> None:
    """McNaughton, Papert (1971); Barrington, Compton, Straubing, Therien (1992)."""
    rng = random.Random(5000 + seed)
    written = text(random_sentence(rng, 8))
    analysis = Analysis(first_order_to_dfa(parse_fo(written, "ab")))
    assert ac0.decide(analysis).value == "yes"
    if "mod" not in written:
        assert star_free.decide(analysis).value == "yes"


def test_letters_are_those_that_are_written() -> None:
    sentence = parse_fo('forall x. ("a b"(x) or "("(x) or mod2(x) or 0(x) or "not"(x)) # all')
    assert sentence.alphabet == ("(", "0", "a b", "mod2", "not")
    assert first_order_to_dfa(sentence).is_universal()
    with pytest.raises(InputError, match="no letter in the sentence, expected an alphabet"):
        parse_fo("exists x. x = x")
    assert first_order_to_dfa(parse_fo("exists x. x = x", "a")).accepts("a")


@pytest.mark.parametrize(("written", "message"), [
    ("", "got the end, expected a letter with a variable"),
    ("a(x)", "the variable 'x' is bound by no quantifier here, expected 'exists x.' or "
     "'forall x.' before (character 3)"),
    ("(exists x. a(x)) and a(x)", "bound by no quantifier here, expected 'exists x.'"),
    ("exists x. a(y)", "the variable 'y' is bound by no quantifier here, expected one of x "
     "(character 13)"),
    ("exists x a(x)", "got '(', expected '.' or a variable (character 11)"),
    ("exists . a(x)", "got '.', expected a variable (character 8)"),
    ("exists x. c(x)", "letter 'c' is not in the alphabet: expected one of a b (character 11)"),
    ("exists x. x", "got the end, expected < <= = != >= > or '(' (character 12)"),
    ("exists x. x < 1", "got '1', expected a variable (character 15)"),
    ("exists x. x < x + x", "got 'x', expected a number (character 19)"),
    ("exists x. x < x + 1234567890", "got 10 digits, expected at most 9 (character 19)"),
    ("exists x. mod(x, 0, 0)", "got the modulus 0, expected at least 1 (character 18)"),
    ("exists x. mod(x, 3, 3)", "got the residue 3, expected 0 to 2 (character 21)"),
    ("exists x. (a(x)", "this bracket is never closed (character 11)"),
    ("exists x. a(x))", "got ')', expected an operator or the end (character 15)"),
    ("exists x. a(x) -> a(x) -> a(x)", "-> twice in a row needs brackets (character 24)"),
    ("exists x. a(x) <-> a(x) <-> a(x)", "<-> twice in a row needs brackets (character 25)"),
    ("exists x. a(x) b(x)", "got 'b', expected an operator or the end (character 16)"),
    ("exists x.\n a(x) & b(x)", "got '&', expected a word, a bracket or a mark (line 2, column 7)"),
    ("exists x. a(x) and", "got the end, expected a letter"),
    ("exists x. a(x,x)", "got ',', expected ')' (character 14)"),
    ("(" * 300 + "true", "nested deeper than 200 (character 202)"),
    ("not " * 300 + "true", "nested deeper than 200"),
    ("exists x. " * 3000 + "true", "fo: got 30004 characters, expected at most 10000"),
])
def test_unclear_texts_are_refused_with_the_place(written: str, message: str) -> None:
    with pytest.raises(InputError) as error:
        parse_fo(written, "ab")
    assert message in str(error.value)
    assert "\n" not in str(error.value)


def test_precedence_and_scope() -> None:
    for written, bracketed in (
            ("exists x. a(x) and forall y. b(y) or a(x)",
             "exists x. (a(x) and (forall y. (b(y) or a(x))))"),
            ("not exists x. a(x) -> b(x)", "not (exists x. (a(x) -> b(x)))"),
            ("forall x. not a(x) and b(x) or a(x) -> b(x)",
             "forall x. ((((not a(x)) and b(x)) or a(x)) -> b(x))"),
            ("(exists x. a(x)) and forall x. b(x)", "(exists x. a(x)) and (forall x. b(x))"),
            ("exists x y. x<y", "exists x. exists y. x < y")):
        assert parse_fo(written, "ab") == parse_fo(bracketed, "ab")


def test_limits_are_named() -> None:
    few = Limits(max_states=50)
    for written in ("exists x. mod(x, 100, 3)", "exists x y. y > x + 60",
                    "exists x. (mod(x, 7, 0) and mod(x, 11, 0) and a(x))"):
        with pytest.raises(LimitError, match="is over the limit of 50; raise it with --max-states"):
            first_order_to_dfa(parse_fo(written, "ab"), few)
    many = " ".join(f"x{i}" for i in range(11))
    chain = " and ".join(f"x{i} < x{i + 1}" for i in range(10))
    with pytest.raises(InputError, match="11 variables are free in one subformula, expected at "
                       "most 10"):
        first_order_to_dfa(parse_fo(f"exists {many}. {chain}", "a"))


def test_sharing_is_by_meaning_not_by_name() -> None:
    one: Any = parse_fo("(exists x. a(x)) or exists y. a(y)", "ab")
    assert one == parse_fo("exists z. a(z)", "ab")
