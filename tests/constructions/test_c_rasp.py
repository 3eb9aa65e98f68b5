"""The C-RASP construction: what it covers, which models it makes, and what they recognise."""

from __future__ import annotations

from itertools import product

import pytest

from expressivity.build import NoConstruction, build
from expressivity.constructions import Witness, c_rasp, constructions
from expressivity.models.fast import accepts
from expressivity.models.model import Model
from expressivity.models.profile import model_profile
from expressivity.models.sizes import sizes
from expressivity.programs.crasp_text import parse_crasp
from expressivity.variants import parse_variant
from languages.errors import InputError
from languages.language import Language
from languages.parse import parse_language
from proofs.profile import inside
from tests.constructions.languages_to_build import as_dfa, members, words
from tests.small_automata import all_minimal

EXACT = "attention=average-hard,format=rational,rounding=none,arithmetic=exact,overflow=never," \
        "precision=unbounded,masking=future,markers=bos,readout=last"


def recognises(witness: Witness, language: Language, length: int) -> bool:
    model = Model.from_plain(witness.model)
    return all(
        accepts(model, list(product(range(len(language.alphabet)), repeat=n))).tolist()
        == [language.contains(word) for word in product(language.alphabet, repeat=n)]
        for n in range(length + 1))


@pytest.mark.parametrize(("name", "kinds", "length"), [
    ("majority", 4, 9), ("anbn", 4, 9), ("dyck:1", 4, 9), ("dyck:1,depth=3", 4, 9),
    ("regex:(ab|bbaa)*", 4, 9), ("regex:(a|b)*a", 2, 9), ("dyck:2,depth=2", 4, 5)])
def test_witnesses_recognise_the_language(name: str, kinds: int, length: int) -> None:
    """All of them, the empty word included, with the sizes that are claimed."""
    language = parse_language(name)
    found = list(c_rasp.witnesses(language, 0))
    assert len(found) == kinds
    for witness in found:
        assert witness.longest is None
        assert recognises(witness, language, length)
        counted = sizes(Model.from_plain(witness.model).definition)
        assert {key: counted[key] for key in witness.resources} == dict(witness.resources)
        assert parse_crasp(witness.program).readout == witness.model["readout"]


@pytest.mark.slow
def test_every_small_language() -> None:
    """With at most three states over two letters, as far as C-RASP has them."""
    built = 0
    for n in (1, 2, 3):
        for automaton in all_minimal(n, 2):
            language = Language.regular("a language", as_dfa(automaton), "")
            assert language.dfa is not None
            if not c_rasp.applies(language):
                continue
            for witness in c_rasp.witnesses(language, 0):
                built += 1
                model = Model.from_plain(witness.model)
                for k in range(9):
                    got = accepts(model, words(language.dfa, k)).tolist()
                    assert got == members(language.dfa, k)
    assert built == 2 * (108 + 80)


@pytest.mark.parametrize(("name", "layers", "width"), [
    ("majority", 1, 4), ("anbn", 2, 9), ("dyck:1", 2, 7)])
def test_one_layer_for_each_level_of_counts(name: str, layers: int, width: int) -> None:
    """Of width: the letters, the begin marker, the tests, and the gates."""
    first = next(c_rasp.witnesses(parse_language(name), 0))
    counted = sizes(Model.from_plain(first.model).definition)
    assert (counted["layers"], counted["width"], counted["heads"]) == (layers, width, 1)


def test_profiles() -> None:
    """The first model is of the mixed-precision variant, the third of exact average-hard ones."""
    found = list(c_rasp.witnesses(parse_language("dyck:1"), 0))
    for text, expected in (("mixed-precision", 0), ("mixed-precision,markers=both,readout=eos", 1),
                           (EXACT, 2), ("mixed-precision,depth=1", None)):
        (variant,) = parse_variant(text).profile
        inside_it = [k for k, witness in enumerate(found)
                     if inside(model_profile(Model.from_plain(witness.model))[0], variant)]
        assert inside_it == ([] if expected is None else [expected])


@pytest.mark.slow
def test_build() -> None:
    built = build(parse_language("anbn"), parse_variant("mixed-precision"))
    assert built.construction == c_rasp.NAME
    assert built.verification.agrees


def test_build_refuses_by_reasons() -> None:
    assert constructions()[c_rasp.NAME].applies(parse_language("majority"))
    with pytest.raises(NoConstruction, match="C-RASP: does not cover parity"):
        build(parse_language("parity"), parse_variant("mixed-precision"))
    with pytest.raises(NoConstruction, match=r"C-RASP \(fixed\): outside the variant on depth=2"):
        build(parse_language("anbn"), parse_variant("mixed-precision,depth=1"))


@pytest.mark.parametrize("name", ["parity", "dyck:2", "regex:(ab|aabb)*", "sat"])
def test_other_languages(name: str) -> None:
    language = parse_language(name)
    assert not c_rasp.applies(language)
    assert c_rasp.readouts(language) == ()
    with pytest.raises(InputError):
        next(c_rasp.witnesses(language, 0))
