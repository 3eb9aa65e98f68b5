"""Parity by averages: exhaustive to length 12, and long words by the reference evaluator."""

from __future__ import annotations

import random
from fractions import Fraction

import pytest

from expressivity.constructions import parity_by_averages
from expressivity.models.fast import accepts
from expressivity.models.model import Model
from expressivity.models.sizes import sizes
from languages.errors import InputError
from languages.parse import parse_language
from tests.constructions.languages_to_build import words

PARITIES = ["parity", "regex:(b|ab*a)*", "regex:b*(ab*ab*)*ab*", "regex:((a|b)(a|b))*(a|b)"]


@pytest.mark.parametrize("text", PARITIES)
def test_all_words_to_length_twelve(text: str) -> None:
    language = parse_language(text)
    assert language.dfa is not None
    (witness,) = parity_by_averages.witnesses(language, 3)
    model = Model.from_plain(witness.model)
    assert witness.resources.items() <= sizes(model.definition).items()
    for n in range(13):
        tried = words(language.dfa, n)
        assert accepts(model, tried).tolist() == [
            bool(language.dfa.accept[language.dfa.run(w)]) for w in tried]


def test_the_margin_is_one_over_the_square_of_the_length() -> None:
    (witness,) = parity_by_averages.witnesses(parse_language("parity"), 3)
    model = Model.from_plain(witness.model)
    rng = random.Random(2)
    for n in (0, 1, 5, 40, 41):
        word = [rng.randrange(2) for _ in range(n)]
        assert model.run(word).value == Fraction((-1) ** sum(word), (n + 1) ** 2)


@pytest.mark.parametrize("text", ["mod:3", "regex:(ab)*", "regex:a*", "majority"])
def test_other_languages_are_refused(text: str) -> None:
    language = parse_language(text)
    assert not parity_by_averages.applies(language)
    with pytest.raises(InputError, match="not a parity of letters"):
        list(parity_by_averages.witnesses(language, 3))
