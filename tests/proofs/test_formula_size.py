"""Sizes of formulas: clauses against all small formulas, certificates, each reason to reject."""

from __future__ import annotations

import ast
import copy
import itertools
import random
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from pysat.solvers import Solver

from expressivity.search.formulas import Found, decode, least_formula
from expressivity.solvers.elaborate import elaborate
from expressivity.solvers.solve import Limits
from languages.errors import InputError
from languages.logics.ltl import Formula, Node
from languages.logics.to_automaton import formula_to_dfa
from languages.parse import parse_language
from proofs.bounds import formula_clauses, formula_size
from proofs.bounds.formula_clauses import ARITY, encode
from proofs.bounds.formula_size import check
from proofs.checkers.rejection import Rejected
from proofs.lrat import check_refutation
from tests.proofs.test_one_layer_heads import spoilt
from tests.solvers.instances import drat

AB = ("a", "b")
WORDS = [w for n in range(4) for w in itertools.product((0, 1), repeat=n)]
Values = tuple[tuple[bool, ...], ...]


def values(op: str, args: list[Values]) -> Values:
    """The truth at every position of every word, by the definition with its quantifiers."""
    def at(k: int, word: tuple[int, ...], i: int) -> bool:
        if op == "true":
            return True
        if op == "not":
            return not args[0][k][i]
        if op == "and":
            return args[0][k][i] and args[1][k][i]
        if op == "or":
            return args[0][k][i] or args[1][k][i]
        if op == "Y":
            return i > 0 and args[0][k][i - 1]
        if op == "P":
            return any(args[0][k][j] for j in range(i))
        return any(args[1][k][j] and all(args[0][k][m] for m in range(j + 1, i))
                   for j in range(i))

    return tuple(tuple(at(k, w, i) for i in range(len(w) + 1)) for k, w in enumerate(WORDS))


def letter(a: int) -> Values:
    """The truth of a letter at every position of every word."""
    return tuple(tuple(i < len(w) and w[i] == a for i in range(len(w) + 1)) for w in WORDS)


@cache
def sizes(operators: tuple[str, ...], largest: int) -> dict[tuple[bool, ...], int]:
    """The least size of a formula for each set of WORDS, by trying all sequences of nodes."""
    least: dict[tuple[bool, ...], int] = {}
    leaves = [letter(0), letter(1), *(values("true", []) for o in operators if o == "true")]
    layer: set[frozenset[Values]] = {frozenset()}
    for size in range(1, largest + 1):
        longer: set[frozenset[Values]] = set()
        for nodes in layer:
            new = [*leaves, *(values(op, list(args)) for op in operators if ARITY[op]
                              for args in itertools.product(nodes, repeat=ARITY[op]))]
            for made in new:
                least.setdefault(tuple(row[-1] for row in made), size)
                if made not in nodes and size < largest:
                    longer.add(nodes | {made})
        layer = longer
    return least


def solution(operators: tuple[str, ...], member: tuple[bool, ...], size: int) -> Formula | None:
    """A formula that the solver finds for WORDS; None with a proof that there is none."""
    cnf = encode(2, operators, WORDS, member, size)
    with Solver("cadical195", bootstrap_with=cnf.clauses) as engine:
        if engine.solve():
            true = frozenset(x for x in engine.get_model() if x > 0)
            return decode(cnf, true, AB, operators, size)
    found = drat(cnf.clauses)
    assert found is not None
    check_refutation(cnf.clauses, cnf.variables, elaborate(cnf.clauses, found), "proof")
    return None


@pytest.mark.parametrize(("operators", "largest", "tried"), [
    (tuple(ARITY), 3, 200), (("not", "and", "Y"), 4, 40), (("or", "P"), 4, 40),
    (("true", "not", "S"), 4, 40), (("not", "P", "Y"), 5, 30), ((), 2, 5)])
def test_the_clauses_against_all_formulas(operators: tuple[str, ...], largest: int,
                                          tried: int) -> None:
    least = sizes(operators, largest)
    rng = random.Random(largest)
    for member, size in rng.sample(sorted(least.items()), min(tried, len(least))):
        formula = solution(operators, member, size)
        assert formula is not None
        assert len(formula.nodes) == size and formula.operators() <= {"letter", *operators}
        assert [formula.holds([AB[a] for a in w]) for w in WORDS] == list(member)
        assert solution(operators, member, size + 1) is not None
        if size > 1:
            assert solution(operators, member, size - 1) is None


def test_sets_of_words_that_no_small_formula_defines() -> None:
    least = sizes(tuple(ARITY), 3)
    rng = random.Random(1)
    for _ in range(40):
        member = tuple(rng.random() < 0.5 for _ in WORDS)
        if member not in least:
            assert solution(tuple(ARITY), member, 3) is None


@pytest.mark.parametrize(("text", "least"), [
    ("regex:.*b", 2), ("regex:.*b.*", 2), ("regex:a*", 3), ("regex:.*", 1), ("first", 5),
    ("regex:.*a.", 3), ("regex:(a|b)+", 2)])
def test_known_languages(text: str, least: int) -> None:
    found = least_formula(parse_language(text, alphabet=None if text == "first" else AB))
    assert found.least == least and found.reason == ""
    assert found.formula is not None and len(found.formula.nodes) == least
    language = parse_language(text, alphabet=None if text == "first" else AB)
    assert language.dfa is not None
    assert formula_to_dfa(found.formula).difference(language.dfa) is None
    assert check(found.certificate) == found.checked


def test_fewer_operators(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(formula_size, "MAX_LEAST", 4)
    language = parse_language("regex:.*a.", alphabet=AB)
    assert least_formula(language, ("Y",)).least == 3
    found = least_formula(language, ("P", "not"))
    assert found.formula is None and found.least == found.checked.least == 4
    assert found.certificate["claim"]["most"] is None
    assert found.reason == "size: 4, the largest that is tried"


def test_a_language_without_formula(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(formula_size, "MAX_LEAST", 4)
    found = least_formula(parse_language("parity"))
    assert found.formula is None and found.least == found.checked.least == 4


def test_no_time() -> None:
    found = least_formula(parse_language("first"), limits=Limits(seconds=0.001))
    assert found.formula is None and found.least == 1
    assert found.reason.startswith("size 1: time: ")


def test_bad_input() -> None:
    with pytest.raises(InputError, match="not regular"):
        least_formula(parse_language("majority"))
    with pytest.raises(InputError, match="operator 'F'"):
        least_formula(parse_language("first"), ("F",))


@cache
def first() -> Found:
    """The least formula for `first`."""
    return least_formula(parse_language("first"))


FORMULA = "data.formula"
BAD: list[tuple[str, str, object]] = [
    # code, path, value
    ("wrong-format", "format", "other"),
    ("wrong-kind", "kind", "one-layer-heads"),
    ("out-of-range", "claim.least", 21),
    ("out-of-range", "claim.most", 4),
    ("out-of-range", "claim.most", 1001),
    ("not-an-integer", "claim.least", True),
    ("unknown-operator", "claim.operators", ["F"]),
    ("not-sorted", "claim.operators", ["S", "P"]),
    ("not-sorted", "claim.operators", ["P", "P"]),
    ("not-a-list", "claim.operators", "P"),
    ("bad-alphabet", "claim.language.alphabet", []),
    ("formula-without-bound", "claim.most", None),
    ("not-a-list", FORMULA, None),
    ("wrong-size", FORMULA, []),
    ("wrong-size", FORMULA, [["letter", 0]] * 6),
    ("operator-not-claimed", "claim.operators", ["true", "not", "and", "Y", "P", "S"]),
    ("operator-not-claimed", FORMULA, [["F", 0]]),
    ("not-a-string", FORMULA, [[]]),
    ("out-of-range", FORMULA, [["letter", 2]]),
    ("out-of-range", FORMULA, [["letter", 0], ["not", 1]]),
    ("out-of-range", FORMULA, [["letter", 0], ["not", -1]]),
    ("wrong-length", FORMULA, [["letter", 0], ["not"]]),
    ("wrong-length", FORMULA, [["letter", 0], ["and", 0]]),
    ("wrong-formula", FORMULA, [["letter", 1], ["P", 0]]),
    ("wrong-formula", "claim.language.accept", []),
    ("too-many-letters", "data.words", [[0] * 5000]),
    ("out-of-range", "data.words", [[2]]),
    ("not-a-list", "data.words", [0]),
    ("nothing-to-prove", "claim.least", 1),
    ("not-a-string", "data.proof", None),
    ("no-empty-clause", "data.proof", ""),
]


@pytest.mark.parametrize(("code", "path", "new"), BAD)
def test_bad_certificates(code: str, path: str, new: object) -> None:
    check(first().certificate)
    with pytest.raises(Rejected) as caught:
        check(spoilt(first().certificate, path, new))
    assert caught.value.code == code, caught.value


def test_too_many_values(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(formula_size, "MAX_VALUES", 2)
    with pytest.raises(Rejected) as caught:
        check(first().certificate)
    assert caught.value.code == "too-many-values"


def nothing(letters: int, least: int, word: list[int], formula: Any = None,
            most: int | None = None) -> dict[str, Any]:
    """A certificate about the empty language, whose proof proves nothing."""
    return {"format": "expressivity certificate", "version": 1, "kind": "formula-size",
            "claim": {"language": {"alphabet": [f"a{k}" for k in range(letters)], "states": 1,
                                   "start": 0, "accept": [], "delta": [[0] * letters]},
                      "operators": ["true", "not", "and", "or", "Y", "P", "S"], "least": least,
                      "most": most},
            "data": {"formula": formula, "words": [word] if word else [],
                     "proof": "1" if least > 1 else None}}


@pytest.mark.parametrize(("letters", "least", "word"), [(5000, 3, []), (1, 20, [0] * 4990)])
def test_small_files_that_ask_for_many_clauses(letters: int, least: int, word: list[int]) -> None:
    with pytest.raises(Rejected) as caught:
        check(nothing(letters, least, word))
    assert caught.value.code == "too-many-clauses"


def test_small_files_that_ask_for_many_values(monkeypatch: pytest.MonkeyPatch) -> None:
    """A shift register of 17 places has 2^17 values; many nodes more make each of them costly."""
    register = [["letter", 0], *(["Y", k] for k in range(17))]
    formula = [*register, *(["Y", k] for k in range(181)), ["letter", 1]]
    monkeypatch.setattr(formula_size, "MAX_WORK", 300_000)
    with pytest.raises(Rejected) as caught:
        check(nothing(2, 1, [], formula, 200))
    assert caught.value.code == "too-many-values"
    assert "at most 500 pairs" in caught.value.message  # 300,000 / (200 nodes * 3)


def test_the_bound_on_literals() -> None:
    rng = random.Random(2)
    for _ in range(100):
        letters, size = rng.choice((1, 2, 3, 10, 40)), rng.randint(1, 19)
        operators = [name for name in ARITY if rng.random() < 0.7]
        words = [tuple(rng.randrange(letters) for _ in range(rng.randint(0, 6)))
                 for _ in range(rng.randint(0, 8))]
        made = encode(letters, operators, words, [True] * len(words), size).clauses
        assert sum(map(len, made)) <= formula_clauses.most_literals(
            letters, sum(len(word) + 1 for word in words), size)


def test_a_lower_bound_alone_does_not_say_that_there_is_a_formula() -> None:
    """(aa)* has none: it is not star-free."""
    found = least_formula(parse_language("regex:(aa)*"), ["not", "P"], Limits(1, 1000))
    text = found.checked.describe()[0]
    assert found.checked.most is None
    assert text.startswith("Claim: every past temporal formula for this language, if there is one,")
    assert f"at least {found.least} distinct" in text
    assert "smallest past temporal formula" in first().checked.describe()[0]


def test_searches_stop_at_the_limits_of_certificates(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(formula_size, "MAX_LETTERS", 6)
    found = least_formula(parse_language("regex:(ab)*"), limits=Limits(20, 1000))
    assert found.formula is None and "more than 6 letters" in found.reason
    monkeypatch.setattr("expressivity.search.formulas.MAX_LITERALS", 1500)
    found = least_formula(parse_language("regex:(ab)*"), limits=Limits(20, 1000))
    assert found.formula is None and "literals in clauses" in found.reason
    assert found.checked.least == found.least > 1


def test_every_code_has_a_bad_certificate() -> None:
    codes = {code for code, *_ in BAD} | {"too-many-values", "too-many-clauses"}
    for module in (formula_size, formula_clauses):
        for call in ast.walk(ast.parse(Path(module.__file__).read_text(encoding="utf-8"))):
            if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) \
                    and call.func.id == "reject":
                assert isinstance(call.args[0], ast.Constant) and call.args[0].value in codes


def test_fewer_words_are_no_proof() -> None:
    """The clauses come from the words and the automaton, not from the file."""
    good = first().certificate
    for k in range(len(good["data"]["words"])):
        value = copy.deepcopy(good)
        del value["data"]["words"][k]
        with pytest.raises(Rejected):
            check(value)


def test_a_size_too_large_is_rejected() -> None:
    value: Any = copy.deepcopy(first().certificate)
    value["claim"] |= {"least": 6, "most": 6}
    with pytest.raises(Rejected):
        check(value)


def test_formulas_and_automata_agree_or_not() -> None:
    """Random formulas against the automata of others, as the other implementation says."""
    rng = random.Random(8)
    for _ in range(150):
        nodes: list[Node] = [Node("letter", (0,)), Node("letter", (1,))]
        for k in range(2, rng.randint(3, 8)):
            op: Any = rng.choice(list(ARITY))
            nodes.append(Node(op, tuple(rng.randrange(k) for _ in range(ARITY[op]))))
        dfa = formula_to_dfa(Formula(AB, tuple(nodes)))
        if rng.random() < 0.5:  # another formula: one node is another
            k = rng.randrange(2, len(nodes))
            nodes[k] = Node("not", (rng.randrange(k),))
        same = formula_to_dfa(Formula(AB, tuple(nodes))).difference(dfa) is None
        value = {"format": "expressivity certificate", "version": 1, "kind": "formula-size",
                 "claim": {"language": {
                     "alphabet": list(AB), "states": dfa.states, "start": dfa.start,
                     "accept": [q for q in range(dfa.states) if dfa.accept[q]],
                     "delta": dfa.delta.tolist()}, "operators": list(ARITY), "least": 1,
                     "most": len(nodes)},
                 "data": {"formula": [[node.op, *node.args] for node in nodes], "words": [],
                          "proof": None}}
        if same:
            assert check(value).most == len(nodes)
        else:
            with pytest.raises(Rejected) as caught:
                check(value)
            assert caught.value.code == "wrong-formula"
