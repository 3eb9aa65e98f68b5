"""B-RASP: the interpreter against the definition, text, formulas as programs, weights."""

from __future__ import annotations

import random
from itertools import product

import pytest

from expressivity.models.contracts import RATIONAL
from expressivity.models.fast import accepts
from expressivity.models.model import Model
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
    Side,
    Vector,
)
from expressivity.programs.brasp_text import brasp_text, parse_brasp
from expressivity.programs.brasp_to_model import brasp_to_model, resources
from expressivity.programs.ltl_to_brasp import ltl_to_brasp
from languages.errors import InputError, LimitError
from languages.logics.from_automaton import star_free_formula
from tests.constructions.languages_to_build import SMALL_FIXED, bits, members, small, words

OVERFLOWING = {**SMALL_FIXED, "overflow": "infinity"}


def random_expression(rng: random.Random, names: list[str], places: list[At], size: int
                      ) -> Expression:
    if size <= 1:
        if rng.random() < 0.05:
            return rng.choice([TRUE, FALSE])
        at = rng.choice(places)
        name = rng.choice([*names, "a", "b"])
        return Letter(name, at) if name in ("a", "b") else Vector(name, at)
    if rng.random() < 0.3:
        return Not(random_expression(rng, names, places, size - 1))
    cut = rng.randint(1, size - 1)
    parts = (random_expression(rng, names, places, cut),
             random_expression(rng, names, places, size - cut))
    return rng.choice([And, Or])(parts)


def random_program(rng: random.Random, definitions: int) -> Program:
    """Attention over vectors at i and j, both sides and masks, any defaults."""
    made: list[Definition] = []
    for k in range(definitions):
        names = [d.name for d in made]
        size = rng.randint(1, 5)
        if rng.random() < 0.3:
            made.append(Local(f"v{k}", random_expression(rng, names, ["i"], size)))
            continue
        side: Side = rng.choice(["leftmost", "rightmost"])
        mask: Mask = rng.choice(["j < i", "j > i"])
        made.append(Attend(f"v{k}", side, mask,
                           random_expression(rng, names, ["i", "j"], rng.randint(1, 10)),
                           random_expression(rng, names, ["j"], rng.randint(1, 3)),
                           random_expression(rng, names, ["i"], rng.randint(1, 3))))
    readout: Readout = rng.choice(["eos", "last"])
    return Program(("a", "b"), readout, tuple(made), made[-1].name).checked()


def value(program: Program, word: tuple[int, ...], expression: Expression, i: int, j: int) -> bool:
    """The definition, one position and one word at a time."""
    if isinstance(expression, Letter | Vector):
        at = i if expression.at == "i" else j
        if isinstance(expression, Letter):
            return at < len(word) and program.alphabet[word[at]] == expression.letter
        return vector(program, word, expression.name, at)
    if isinstance(expression, Not):
        return not value(program, word, expression.operand, i, j)
    values = [value(program, word, x, i, j) for x in expression.operands]
    return all(values) if isinstance(expression, And) else any(values)


def vector(program: Program, word: tuple[int, ...], name: str, i: int) -> bool:
    d = next(d for d in program.definitions if d.name == name)
    if isinstance(d, Local):
        return value(program, word, d.value, i, i)
    size = len(word) + (program.readout == "eos")
    places = [j for j in range(size) if (j < i if d.mask == "j < i" else j > i)]
    found = [j for j in places if value(program, word, d.score, i, j)]
    if not found:
        return value(program, word, d.default, i, i)
    return value(program, word, d.value, i, min(found) if d.side == "leftmost" else max(found))


def test_the_interpreter_is_the_definition() -> None:
    rng = random.Random(0)
    for _ in range(60):
        program = random_program(rng, 3)
        for n in range(5):
            table = program.run(list(product((0, 1), repeat=n)))
            for k, word in enumerate(product((0, 1), repeat=n)):
                for name, row in table.items():
                    for i, mask in enumerate(row):
                        assert bool(mask >> k & 1) == vector(program, word, name, i)


def test_text_is_read_as_written() -> None:
    rng = random.Random(1)
    for _ in range(200):
        program = random_program(rng, 4)
        written = brasp_text(program)
        assert brasp_text(parse_brasp(written)) == written
        for n in range(1, 5):
            batch = list(product((0, 1), repeat=n))
            assert parse_brasp(written).accepted(batch) == program.accepted(batch)


@pytest.mark.parametrize("contract", [RATIONAL, SMALL_FIXED, OVERFLOWING])
def test_weights_compute_what_the_program_says(contract: dict[str, object]) -> None:
    """Scores over vectors at i and j, both sides and masks; overflow never shows."""
    rng = random.Random(2)
    ranks = set()
    for _ in range(80):
        program = random_program(rng, 4)
        model = Model.from_plain(brasp_to_model(program, contract))
        ranks.add(resources(program).rank)
        for n in range(program.readout == "last", 6):
            batch = list(product((0, 1), repeat=n))
            assert bits(accepts(model, batch).tolist()) == program.accepted(batch)
    assert max(ranks) >= 3


def test_formulas_as_programs() -> None:
    for dfa in small():
        for readout in ("eos", "last"):
            formula = star_free_formula(dfa, readout)
            program = ltl_to_brasp(formula, readout)
            assert parse_brasp(brasp_text(program)) == program
            for n in range(readout == "last", 9):
                assert program.accepted(words(dfa, n)) == bits(members(dfa, n))


HEAD = 'alphabet "a" "b" readout eos '


@pytest.mark.parametrize(
    ("written", "message"),
    [
        ("", "got the end, expected 'alphabet'"),
        ("alphabet readout eos", "got an empty list"),
        ('alphabet "a" readout first', "got 'first', expected 'eos' or 'last'"),
        (HEAD + "output p", "the output 'p' is not defined"),
        (HEAD + "p(i) = q(i) output p", "p uses 'q', which is not defined before"),
        (HEAD + "p(i) = p(i) output p", "p uses 'p', which is not defined before"),
        (HEAD + 'p(i) = "c"(i) output p', "p uses the letter 'c', expected one of a b"),
        (HEAD + 'p(i) = "a"(j) output p', "p speaks of position j where only i can stand"),
        (HEAD + 'p(i) = leftmost j < i where true : "a"(i) else false output p',
         "p speaks of position i where only j can stand"),
        (HEAD + "p(i) = true p(i) = true output p", "'p' is defined twice"),
        (HEAD + "p(j) = true output p", "got 'j', expected 'i'"),
        (HEAD + "p(i) = leftmost j = i where", "got '=', expected '>'"),
        (HEAD + "where(i) = true output p", "got 'where', expected the name of a vector"),
        (HEAD + "p(i) = true output p q", "got 'q', expected the end after the output"),
        (HEAD + "p(i) = " + "not " * 200 + "true output p", "nested deeper than 100"),
    ],
)
def test_unclear_programs_are_refused(written: str, message: str) -> None:
    with pytest.raises(InputError) as error:
        parse_brasp(written)
    assert message in str(error.value)


def test_the_last_letter_of_the_empty_word_is_refused() -> None:
    program = parse_brasp('alphabet "a" readout last p(i) = "a"(i) output p')
    assert program.accepts("a")
    with pytest.raises(InputError, match="the empty word has no last letter"):
        program.accepts("")
    with pytest.raises(InputError, match="letter 'b': expected one of a"):
        program.accepts("ab")


def test_scores_over_too_many_vectors_are_refused() -> None:
    letters = [chr(ord("a") + k) for k in range(13)]
    score = Or(tuple(And((Letter(x, "i"), Letter(x, "j"))) for x in letters))
    attend = Attend("p", "leftmost", "j < i", score, TRUE, FALSE)
    with pytest.raises(LimitError, match="vectors at i in the score of p: 13"):
        brasp_to_model(Program(tuple(letters), "eos", (attend,), "p"))
