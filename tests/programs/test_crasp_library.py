"""C-RASP programs by name, against the membership tests of the catalogue."""

from __future__ import annotations

from itertools import product

import pytest

from expressivity.programs.crasp import Readout
from expressivity.programs.crasp_library import has_program, program_for
from languages.catalogue.dyck import letters, member_of
from languages.errors import InputError
from languages.language import Language
from languages.parse import parse_language


def shuffle(pairs: int) -> Language:
    """Each pair of brackets, the others left out, is well nested."""
    alphabet = letters(pairs)
    one = member_of(1)

    def member(word: object) -> bool:
        assert isinstance(word, tuple)
        return all(one(tuple("()"[alphabet.index(x) % 2] for x in word
                             if alphabet.index(x) // 2 == k)) for k in range(pairs))

    return Language(f"shuffle-dyck:{pairs}", alphabet, None, "", f"shuffle-dyck:{pairs}", member)


def blocks() -> Language:
    """a^n b^n c^n."""
    def member(word: object) -> bool:
        assert isinstance(word, tuple)
        n = len(word) // 3
        return word == ("a",) * n + ("b",) * n + ("c",) * n

    return Language("anbncn", ("a", "b", "c"), None, "", "anbncn", member)


@pytest.mark.parametrize("readout", ["last", "eos"])
@pytest.mark.parametrize(("language", "length", "depth"), [
    (parse_language("majority"), 12, 1),
    (parse_language("anbn"), 12, 2),
    (parse_language("dyck:1"), 12, 2),
    (blocks(), 9, 2),
    (shuffle(2), 8, 2),
    (parse_language("dyck:1,depth=3"), 12, 2),
], ids=lambda x: getattr(x, "name", str(x)))
def test_programs_accept_the_members(language: Language, length: int, depth: int,
                                     readout: Readout) -> None:
    program = program_for(language, readout)
    assert (program.readout, program.depth) == (readout, depth)
    accepted = 0
    for n in range(length + 1):
        names = list(product(language.alphabet, repeat=n))
        indices = list(product(range(len(language.alphabet)), repeat=n))
        expected = [language.contains(word) for word in names]
        assert program.accepted(indices).tolist() == expected
        accepted += sum(expected)
    assert accepted > 0


@pytest.mark.slow
@pytest.mark.parametrize("language", [blocks(), shuffle(2)], ids=lambda x: x.name)
def test_programs_accept_the_members_among_longer_words(language: Language) -> None:
    """All words of length 12 over three letters, of length 10 over four."""
    k = len(language.alphabet)
    length = {3: 12, 4: 10}[k]
    program = program_for(language, "last")
    for first in product(range(k), repeat=2):  # in parts, for the memory
        rest = list(product(range(k), repeat=length - 2))
        got = program.accepted([(*first, *word) for word in rest])
        expected = [language.contains(tuple(language.alphabet[a] for a in (*first, *word)))
                    for word in rest]
        assert got.tolist() == expected


def test_languages_without_a_program_are_refused() -> None:
    for name in ("dyck:2", "sat"):
        language = parse_language(name)
        assert not has_program(language)
        with pytest.raises(InputError, match=f"{name}: no C-RASP program is known here"):
            program_for(language, "last")
    assert not has_program(parse_language("parity"))
    with pytest.raises(InputError, match="not known to be in C-RASP@last"):
        program_for(parse_language("parity"), "last")
