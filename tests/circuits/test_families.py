"""Families of circuits against membership, on all words, and their shapes."""

from __future__ import annotations

import math
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings

from expressivity.circuits.builder import CircuitLimits
from expressivity.circuits.circuit import Circuit
from expressivity.circuits.families import choose, families
from expressivity.circuits.families.modular_counting import counted
from expressivity.circuits.letters import Code, Letters, Options, all_words
from expressivity.circuits.membership import answers, members
from expressivity.programs.source import parse_source
from languages.dfa import DFA
from languages.errors import InputError, LimitError
from languages.language import Language
from languages.parse import parse_language
from languages.strategies import minimal_dfas, monotone_automata
from proofs.classes import CLASSES

LANGUAGES = {
    "parity": {"mod", "parity-thresholds", "log-depth", "parity-depth-3", "dnf"},
    "mod:3": {"mod", "log-depth", "dnf"},
    "majority": {"majority", "dnf"},
    "dyck:1": {"dyck-1", "dnf"},
    "dyck:1,depth=3": {"star-free", "quasi-aperiodic", "log-depth", "dnf"},
    "regex:(ab)*": {"star-free", "quasi-aperiodic", "log-depth", "dnf"},
    "regex:a(a|b)*b(a|b)*a": {"star-free", "quasi-aperiodic", "log-depth", "dnf"},
    "regex:((a|b)(a|b))*a(a|b)": {"quasi-aperiodic", "log-depth", "dnf"},
    "regex:(a(a|b)(a|b))*": {"quasi-aperiodic", "log-depth", "dnf"},
    "tomita:7": {"star-free", "quasi-aperiodic", "log-depth", "dnf"},
    "word-problem:S3": {"log-depth", "dnf"},
    "anbn": {"dnf"},
    "first": {"star-free", "quasi-aperiodic", "log-depth", "dnf"},
    "regex:(aa)*": {"quasi-aperiodic", "mod", "parity-thresholds", "parity-depth-3", "log-depth",
                    "dnf"},
}
MORE_LETTERS = {
    "shuffle-dyck:2": {"shuffle-dyck", "dnf"},
    "regex:(a|b|c)*ab(a|b|c)*": {"star-free", "quasi-aperiodic", "log-depth", "dnf"},
    "regex:((a|bc)(a|bc))*": {"log-depth", "dnf"},
}
PROGRAM = """\
alphabet "a" "b"
readout {readout}
v(i) = {side} j {mask} i where "a"(j) and not "b"(i) or "b"(i) and "b"(j) : "b"(j) else "a"(i)
w(i) = {side} j {mask} i where v(j) or "b"(i) : not v(j) else v(i)
u(i) = {side} j < i where w(j) : v(j) else w(i)
output u
"""


def check(language: Language, name: str, length: int, options: Options | None = None) -> Circuit:
    """The circuit of the length, after comparing it with membership on all words."""
    circuit = families()[name].circuit(language, length, options)
    got = answers(circuit, Letters(language.alphabet, length, options))["accepted"]
    assert (got == members(language, length)).all(), (language.name, name, length)
    return circuit


@pytest.mark.parametrize("text", [*LANGUAGES, *MORE_LETTERS])
def test_which_families_apply(text: str) -> None:
    language = parse_language(text)
    fitting = {f.NAME for f in families().values() if f.applies(language)}
    assert fitting == (LANGUAGES | MORE_LETTERS)[text]


@pytest.mark.parametrize(("text", "name"),
                         [(text, name) for text, names in LANGUAGES.items()
                          for name in sorted(names)])
def test_families_are_right_on_all_words_to_length_twelve(text: str, name: str) -> None:
    language = parse_language(text)
    for length in range(13):
        check(language, name, length)


@pytest.mark.parametrize(("text", "name"),
                         [(text, name) for text, names in MORE_LETTERS.items()
                          for name in sorted(names)])
@pytest.mark.parametrize("code", ["binary", "one-hot"])
def test_more_letters(text: str, name: str, code: Code) -> None:
    for length in range(7):
        check(parse_language(text), name, length, Options(code=code))


@pytest.mark.parametrize("code", ["binary", "one-hot"])
def test_two_letters_in_both_codes(code: Code) -> None:
    for name in ("mod", "log-depth", "parity-thresholds", "parity-depth-3"):
        circuit = check(parse_language("parity"), name, 6, Options(code=code))
        assert len(circuit.inputs) == (6 if code == "binary" else 12)


@given(monotone_automata(max_states=5))
@settings(max_examples=25, deadline=None)
def test_random_star_free_languages(dfa: DFA) -> None:
    language = Language.regular("random", dfa, "")
    for length in range(8):
        assert set(check(language, "star-free", length).counts()) <= {"AND", "OR"}
        check(language, "quasi-aperiodic", length)


@given(minimal_dfas(max_states=5))
@settings(max_examples=50, deadline=None)
def test_random_regular_languages(dfa: DFA) -> None:
    language = Language.regular("random", dfa, "")
    for name, family in families().items():
        if family.applies(language):
            for length in (0, 1, 2, 5, 7):
                check(language, name, length)


def test_depths_and_sizes_are_as_said() -> None:
    parity, n = parse_language("parity"), 12
    dnf = check(parity, "dnf", n)
    assert (dnf.depth, dnf.size, dnf.counts()["AND"]) == (2, 2**(n - 1) + 1, 2**(n - 1))
    (one,) = check(parity, "mod", n).census().items()
    assert one == ("MOD", {n: 1})
    two = check(parity, "parity-thresholds", n)
    assert two.depth == 2
    assert two.size <= n + 1
    (threshold,) = check(parse_language("majority"), "majority", n).census().items()
    assert threshold == ("THRESHOLD", {n: 1})
    dyck = check(parse_language("dyck:1"), "dyck-1", n)
    assert (dyck.depth, dyck.fan_in) == (2, n)
    assert dyck.size <= n // 2 + 3


@pytest.mark.parametrize("n", [4, 9, 16, 25])
def test_parity_in_depth_three_has_about_2_to_the_root_of_n_gates(n: int) -> None:
    circuit = families()["parity-depth-3"].circuit(parse_language("parity"), n)
    side = math.isqrt(n)
    assert circuit.depth == 3
    # Per block both parities, half of the assignments each, and half of the block parities.
    assert circuit.size == side * 2**side + 2**(side - 1) + 1
    assert set(circuit.counts()) == {"AND", "OR"}


@pytest.mark.parametrize("text", ["regex:(ab)*", "dyck:1,depth=3", "regex:(a(a|b)(a|b))*",
                                  "tomita:7"])
def test_constant_depth_is_constant(text: str) -> None:
    language = parse_language(text)
    family = choose(language)
    assert family.CLASS == "AC0"
    depths = {family.circuit(language, length).depth for length in range(18, 36, 3)}
    assert len(depths) == 1


@pytest.mark.parametrize("text", ["parity", "word-problem:S3", "regex:(ab)*"])
def test_logarithmic_depth_and_fan_in_two(text: str) -> None:
    language = parse_language(text)
    states = language.dfa.states if language.dfa is not None else 0
    for length in (2, 5, 16, 64):
        circuit = families()["log-depth"].circuit(language, length)
        assert circuit.fan_in <= 2
        step = 1 + math.ceil(math.log2(states))
        assert circuit.depth <= step * (math.ceil(math.log2(length)) + 1)
        assert circuit.size <= 2 * length * states**3


def test_weights_of_letters() -> None:
    dfa = DFA.from_lists(("a", "b", "c"), [[(q + w) % 6 for w in (2, 3, 0)] for q in range(6)],
                         0, [1, 4])
    found = counted(dfa)
    assert found is not None
    assert found.modulus == 3  # 1 and 4 modulo 6
    six = counted(DFA(dfa.alphabet, dfa.delta, 0, np.arange(6) == 0))
    assert six is not None
    language = Language.regular("six", DFA(dfa.alphabet, dfa.delta, 0, np.arange(6) == 0), "")
    assert language.dfa is not None
    for length in range(7):
        check(language, "mod", length)


@pytest.mark.parametrize("name", ["word-problem:S3", "regex:(ab)*", "regex:(a|b)*", "majority"])
def test_languages_that_do_not_count(name: str) -> None:
    assert counted(parse_language(name).dfa) is None


@pytest.mark.parametrize("side", ["leftmost", "rightmost"])
@pytest.mark.parametrize("mask", ["<", ">"])
@pytest.mark.parametrize("readout", ["eos", "last"])
def test_programs(tmp_path: Path, side: str, mask: str, readout: str) -> None:
    path = tmp_path / "program.brasp"
    text = PROGRAM.format(side=side, mask=mask, readout=readout)
    path.write_text(text)
    language = parse_source(f"brasp:{path}")
    assert choose(language).NAME == "b-rasp"
    for length in range(1, 8):
        check(language, "b-rasp", length)
    if readout == "last":
        with pytest.raises(InputError, match="no last letter"):
            families()["b-rasp"].circuit(language, 0)


def test_every_family_is_described_and_refuses_other_languages() -> None:
    for family in families().values():
        assert family.NAME
        assert family.CITATION
        assert family.SHAPE
        assert family.CLASS is None or family.CLASS in CLASSES
    with pytest.raises(InputError, match="family 'x': expected one of"):
        choose(parse_language("parity"), "x")
    with pytest.raises(InputError, match="star-free does not apply to parity; those that do: mod"):
        choose(parse_language("parity"), "star-free")
    nothing = Language("open", ("a",), None, "")
    with pytest.raises(InputError, match="no family"):
        choose(nothing)
    for name in ("star-free", "quasi-aperiodic", "log-depth", "mod", "parity-thresholds",
                 "parity-depth-3", "b-rasp"):
        with pytest.raises(InputError, match="open"):
            families()[name].circuit(nothing, 3)


def test_sizes_are_bounded_before_they_are_built() -> None:
    small = Options(CircuitLimits(max_wires=1000))
    for text, name in (("parity", "dnf"), ("parity", "parity-depth-3"), ("tomita:7", "star-free")):
        with pytest.raises(LimitError, match="--max-wires"):
            families()[name].circuit(parse_language(text), 20, small)
    with pytest.raises(LimitError, match="words of length 40"):
        families()["dnf"].circuit(parse_language("parity"), 40)
    with pytest.raises(InputError, match="expected at least 0"):
        Letters("ab", -1)


@pytest.mark.parametrize("length", [40, 20_000])
def test_the_number_of_words_is_named_however_large(length: int) -> None:
    """2^20000 has more digits than Python shows of an integer."""
    with pytest.raises(LimitError, match=rf"2\^{length} is over the limit"):
        choose(parse_language("parity"), "dnf").circuit(parse_language("parity"), length)


def test_blocks_of_letters_are_bounded() -> None:
    """Quasi-aperiodic, with a stable semigroup that needs long blocks."""
    with pytest.raises(LimitError, match="quasi-aperiodic"):
        families()["quasi-aperiodic"].circuit(parse_language("regex:((a|b){23})*a"), 30)


@pytest.mark.parametrize(("letters", "length"), [(1, 3), (2, 4), (3, 3), (5, 2), (3, 0)])
def test_codes_spell_words(letters: int, length: int) -> None:
    alphabet = [f"l{a}" for a in range(letters)]
    words = all_words(letters, length)
    for code in ("binary", "one-hot"):
        made = Letters(alphabet, length, Options(code=code))
        outputs = {f"{i} {a}": made.letter(i, a) for i in range(length) for a in range(letters)}
        outputs |= {f"{i} not {a}": made.one_of(i, set(range(letters)) - {a})
                    for i in range(length) for a in range(letters)}
        found = answers(made.builder.circuit(outputs), made)
        for i in range(length):
            for a in range(letters):
                assert (found[f"{i} {a}"] == (words[:, i] == a)).all()
                assert (found[f"{i} not {a}"] == (words[:, i] != a)).all()
