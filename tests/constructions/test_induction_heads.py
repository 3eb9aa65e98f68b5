"""Induction heads: the task, and two layers that do it at all lengths."""

from __future__ import annotations

from itertools import product

import pytest

from expressivity.constructions import induction_heads
from expressivity.models.model import Model
from expressivity.models.sizes import sizes
from expressivity.verify import ALL_LENGTHS, verify
from languages.errors import InputError
from languages.parse import parse_language


def answer(word: tuple[str, ...]) -> str | None:
    """The letter behind the last earlier occurrence of the last letter."""
    return next((word[j] for j in range(len(word) - 1, 0, -1) if word[j - 1] == word[-1]), None)


@pytest.mark.parametrize("k", [1, 2, 3, 4])
def test_the_task(k: int) -> None:
    language = parse_language(f"induction:{k}")
    for n in range(6):
        for word in product(language.alphabet, repeat=n):
            assert language.contains(word) == (answer(word) == "a")


@pytest.mark.parametrize("k", [1, 2, 3, 4])
def test_two_layers_at_all_lengths(k: int) -> None:
    language = parse_language(f"induction:{k}")
    assert induction_heads.applies(language)
    for witness in induction_heads.witnesses(language, 3):
        model = Model.from_plain(witness.model)
        result = verify(model, language)
        assert result.agrees
        assert result.scope == ALL_LENGTHS
        assert witness.resources.items() <= sizes(model.definition).items()


@pytest.mark.parametrize("text", ["parity", "majority", "regex:(a|b)*aa", "dyck:3,depth=1"])
def test_other_languages(text: str) -> None:
    language = parse_language(text)
    assert not induction_heads.applies(language)
    with pytest.raises(InputError, match="not the induction task"):
        list(induction_heads.witnesses(language, 3))
