"""C-RASP programs of regular languages: all the small ones, known examples, random larger ones."""

from __future__ import annotations

import random
from functools import cache

import pytest

from expressivity.programs.crasp import Readout
from expressivity.programs.crasp_from_dfa import crasp_from_dfa
from expressivity.programs.crasp_text import crasp_text, parse_crasp
from expressivity.programs.crasp_to_model import resources
from languages.classes import c_rasp_eos, c_rasp_last
from languages.classes.analysis import Analysis
from languages.dfa import DFA
from languages.errors import InputError
from languages.parse import parse_language
from tests import small_automata
from tests.constructions.languages_to_build import as_dfa, members, words
from tests.oracles import minimal

READOUTS: tuple[Readout, ...] = ("eos", "last")


@cache
def counting(readout: Readout) -> list[DFA]:
    """All minimal automata with at most three states over two letters, in C-RASP so read."""
    decider = c_rasp_eos if readout == "eos" else c_rasp_last
    found = [as_dfa(a) for n in (1, 2, 3) for a in small_automata.all_minimal(n, 2)]
    return [dfa for dfa in found if decider.decide(Analysis(dfa)).value == "yes"]


def agrees(dfa: DFA, readout: Readout, length: int) -> bool:
    """Does the program accept the right words up to this length, the empty one included?"""
    program = crasp_from_dfa(dfa, readout)
    return all(program.accepted(words(dfa, n)).tolist() == members(dfa, n)
               for n in range(length + 1))


@pytest.mark.parametrize(("readout", "number", "depth"), [("eos", 80, 3), ("last", 108, 3)])
def test_every_small_language(readout: Readout, number: int, depth: int) -> None:
    assert len(counting(readout)) == number
    assert all(agrees(dfa, readout, 10) for dfa in counting(readout))
    assert max(crasp_from_dfa(dfa, readout).depth for dfa in counting(readout)) == depth


@pytest.mark.parametrize("readout", READOUTS)
def test_text_is_read_as_written(readout: Readout) -> None:
    for dfa in counting(readout):
        program = crasp_from_dfa(dfa, readout)
        assert parse_crasp(crasp_text(program)) == program


@pytest.mark.parametrize(("name", "states", "length"), [
    ("regex:(ab)*", 3, 10), ("regex:(ab|ba)*", 4, 10), ("regex:(ab|bbaa)*", 6, 10),
    ("regex:(a(ab)*b)*", 4, 10), ("dyck:1,depth=5", 7, 12), ("dyck:2,depth=2", 8, 6),
    ("tomita:2", 3, 10), ("tomita:7", 5, 10)])
def test_known_languages(name: str, states: int, length: int) -> None:
    dfa = parse_language(name).dfa
    assert dfa is not None and dfa.states == states
    for readout in READOUTS:
        assert agrees(dfa, readout, length)


def test_bounded_dyck_needs_depth_two_whatever_the_bound() -> None:
    """One potential, the height, and the first time that it leaves its bounds."""
    for bound in (1, 2, 3, 10):
        dfa = parse_language(f"dyck:1,depth={bound}").dfa
        assert dfa is not None
        program = crasp_from_dfa(dfa, "eos")
        assert program.depth == 2
        assert resources(program).attention_layers == 2


@pytest.mark.parametrize("blocks", [2, 3, 4])
def test_one_level_for_each_block(blocks: int) -> None:
    """a* b* a* ... with so many blocks: a count for leaving each of them."""
    dfa = parse_language("regex:" + "".join("ab"[k % 2] + "*" for k in range(blocks))).dfa
    assert dfa is not None
    assert agrees(dfa, "eos", 10) and agrees(dfa, "last", 10)
    assert crasp_from_dfa(dfa, "eos").depth == blocks


@pytest.mark.parametrize("letters", [2, 3])
def test_random_languages(letters: int) -> None:
    rng = random.Random(letters)
    built = 0
    while built < 60:
        shape = rng.choice([small_automata.random_automaton,
                            small_automata.random_partially_ordered])
        dfa = as_dfa(minimal(shape(rng, rng.randint(4, 6), letters)))
        for readout in READOUTS:
            try:
                assert agrees(dfa, readout, 10 if letters == 2 else 6)
                built += 1
            except InputError:
                continue


@pytest.mark.parametrize(("name", "readout"), [
    ("parity", "eos"), ("parity", "last"), ("regex:(a|b)*a", "eos"), ("regex:(ab|aabb)*", "last"),
    ("regex:(ab|bba)*", "eos"), ("regex:(a|b|e)*be*", "last")])
def test_other_languages_are_refused(name: str, readout: Readout) -> None:
    dfa = parse_language(name).dfa
    assert dfa is not None
    with pytest.raises(InputError, match=f"not known to be in C-RASP@{readout}"):
        crasp_from_dfa(dfa, readout)
