"""Letters: changed languages are what they should be, flips those of a fresh classification."""

from __future__ import annotations

import pytest

from languages.classify import classify
from languages.dfa import DFA
from languages.explanation.explain import Explanation, explain
from languages.explanation.letters import LETTERS, fresh
from languages.explanation.text import lines, wrapped
from languages.parse import parse_language
from languages.words import words_up_to
from tests.explanation.plain_words import explained

COUNT = 2


def explanation(text: str) -> tuple[DFA, Explanation]:
    dfa = parse_language(text).dfa
    assert dfa is not None
    return dfa, explain(dfa)


def test_changed_languages_by_their_words() -> None:
    for dfa, found, _ in explained(COUNT):
        for change in found.changes:
            for word in words_up_to(change.dfa.alphabet, 4):
                accepted = change.dfa.accepts(word)
                old = [a for a in word if a != change.letter]
                if change.how == "with neutral":
                    assert accepted == dfa.accepts(old)
                elif change.how == "with dead":
                    assert accepted == (len(old) == len(word) and dfa.accepts(word))
                else:
                    assert change.letter not in change.dfa.alphabet
                    assert accepted == dfa.accepts(word)


def test_which_changes_are_made() -> None:
    for dfa, found, _ in explained(COUNT):
        left_out = [c.letter for c in found.changes if c.how == "without"]
        assert sorted(left_out) == (sorted(dfa.alphabet) if dfa.letters > 1 else [])
        added = [(c.how, c.letter) for c in found.changes if c.how != "without"]
        assert [how for how, _ in added] == ["with neutral", "with dead"]
        assert not {letter for _, letter in added} & set(dfa.alphabet)


def test_flips_are_those_of_a_fresh_classification() -> None:
    """On the changed language, built anew from its words' automaton with other state numbers."""
    flipped = 0
    for dfa, found, plain in explained(COUNT):
        before = classify(dfa)
        for change, shown in zip(found.changes, plain["changes"], strict=True):
            order = list(range(change.dfa.states))[::-1]
            table = [[change.dfa.states - 1 - r for r in change.dfa.table[q]] for q in order]
            accept = [change.dfa.states - 1 - q for q in order if change.dfa.accept[q]]
            after = classify(DFA.from_lists(change.dfa.alphabet, table,
                                            change.dfa.states - 1 - change.dfa.start, accept))
            expected = {key: {"before": before.answers[key].value, "after": answer.value}
                        for key, answer in after.answers.items()
                        if answer.value != before.answers[key].value}
            if before.circuit_class != after.circuit_class:
                expected["circuit_class"] = {"before": before.circuit_class,
                                             "after": after.circuit_class}
            assert shown["flips"] == expected
            flipped += len(expected)
    assert flipped > 50


def test_neutral_and_dead_letters_by_their_words() -> None:
    """Erasing a neutral letter changes nothing; words with a dead one are out."""
    seen = 0
    for dfa, found, plain in explained(COUNT):
        neutral = plain["automaton"]["neutral_letters"]
        dead = plain["automaton"]["dead_letters"]
        for letter in dfa.alphabet:
            same = out = True
            for word in words_up_to(dfa.alphabet, 6 if dfa.letters < 3 else 5):
                if letter in word:
                    inside = dfa.accepts(word)
                    same &= inside == dfa.accepts([a for a in word if a != letter])
                    out &= not inside
            # Automata of at most three states are told apart by such short words.
            if found.dfa.states <= 3:
                assert (letter in neutral, letter in dead) == (same, out)
                seen += 1
            assert same or letter not in neutral
            assert out or letter not in dead
    assert seen


def test_a_neutral_letter_takes_parity_of_the_length_out_of_ac0() -> None:
    dfa, found = explanation("regex:([ab][ab])*")
    added = next(c for c in found.changes if c.how == "with neutral")
    assert dfa.alphabet == ("a", "b") and added.flips["ac0"] == ("yes", "no")
    _, found = explanation("parity")
    assert found.dfa.decode(found.neutral) == ("0",)
    assert next(c for c in found.changes if c.letter == "0").flips["ac0"] == ("no", "yes")
    text = "\n".join(lines(found))
    assert "without the neutral letter 0:" in text
    assert "circuit class: ACC0, then NC0" in text


def test_dead_letters_are_named() -> None:
    _, found = explanation("regex:(a|b)*&~([ab]*b[ab]*)")
    assert found.dfa.decode(found.dead) == ("b",) and found.sink == 1
    assert "dead (no word with it is in the language): b" in "\n".join(lines(found))


def test_fresh_letters_and_many_letters() -> None:
    alphabet = (*(f"l{i}" for i in range(LETTERS + 4)), "e", "e1", "z")
    dfa = DFA.from_lists(alphabet, [[0] * len(alphabet)], 0, [0])
    assert (fresh(dfa, "e"), fresh(dfa, "z"), fresh(dfa, "x")) == ("e2", "z1", "x")
    found = explain(dfa)
    assert len([c for c in found.changes if c.how == "without"]) == LETTERS
    assert any("are not tried" in line for line in lines(found))


@pytest.mark.parametrize("width", [40, 100])
def test_lines_are_wrapped_and_keep_their_words(width: int) -> None:
    for _, found, _ in explained(1):
        text = lines(found)
        short = wrapped(text, width)
        assert " ".join(" ".join(short).split()) == " ".join(" ".join(text).split())
        assert all(len(line) <= width or " " not in line.replace(" = ", "").strip()
                   for line in short)
