"""Dimensions of the residual stream: every form that is read is a combination of them."""

from __future__ import annotations

import itertools
import random

from hypothesis import given
from hypothesis import strategies as st

from expressivity.programs.rasp import Comparison, Select, SelectorWidth, basis, indices, tokens
from expressivity.programs.rasp.basis import MAX_ELIMINATED
from expressivity.programs.rasp.compiled import compile_rasp
from expressivity.programs.rasp.forms import BEGIN, LETTER, Form, Power, combined
from expressivity.programs.rasp.interpreter import interpret

VARIABLES = [next(iter(LETTER.terms)), next(iter(BEGIN.terms)), *(Power(k) for k in range(1, 5))]
forms = st.dictionaries(st.sampled_from(VARIABLES), st.sampled_from([-2, -1, 1, 3]),
                        min_size=1, max_size=4).map(Form)


@given(st.lists(forms, min_size=1, max_size=12, unique_by=lambda form: form.key),
       st.sampled_from([0, MAX_ELIMINATED]))
def test_every_form_is_a_combination(given_forms: list[Form], eliminated: int) -> None:
    kept, basis.MAX_ELIMINATED = basis.MAX_ELIMINATED, eliminated
    try:
        found = list(basis.basis(given_forms))
    finally:
        basis.MAX_ELIMINATED = kept
    dimensions: list[Form] = []
    for form, entries in found:
        if entries is None:
            dimensions.append(form)
        else:
            made = combined((c, dimensions[k]) for k, c in entries.items())
            assert made.key == form.key
    assert {form.key for form in given_forms} <= {form.key for form, _ in found}
    assert len(dimensions) <= len(given_forms) or not eliminated
    if eliminated:
        assert len(dimensions) <= len({x for form in given_forms for x in form.terms})


def test_many_forms() -> None:
    chance = random.Random(0)
    pairs = {pair: chance.random() < 0.5 for pair in itertools.product(range(40), repeat=2)}
    program = SelectorWidth(Select(tokens, tokens, lambda k, q: pairs[k, q]))
    compiled = compile_rasp(program, range(40))
    assert compiled.resources["width"] < 50  # about a dimension per token, not one per row
    word = [chance.randrange(40) for _ in range(60)]
    assert compiled.run(word) == interpret(program, word)


def test_many_values_of_numbers() -> None:
    program = SelectorWidth(Select(indices, indices, lambda j, i: (i + 1) % (j + 1) == 0))
    compiled = compile_rasp(program, "a", 80)
    assert compiled.run("a" * 80) == interpret(program, "a" * 80)
    ordered = SelectorWidth(Select(indices * indices, 9 * indices, Comparison.LT))
    compiled = compile_rasp(ordered, "a", 20)
    assert compiled.run("a" * 20) == interpret(ordered, "a" * 20)
