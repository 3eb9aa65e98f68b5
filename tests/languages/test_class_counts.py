"""The table of small languages in the documentation is what the deciders say."""

from __future__ import annotations

from languages.classes import deciders
from tests.class_counts import DOCUMENT, HEAD, counts, rows

TEXT = DOCUMENT.read_text(encoding="utf-8")
LINES = TEXT.removeprefix(HEAD).splitlines()[2:]


def test_every_class_has_a_row() -> None:
    assert TEXT.startswith(HEAD)
    assert LINES[0].startswith("| all |")
    assert {line.split()[1] for line in LINES[1:]} == set(deciders())


def test_up_to_three_states() -> None:
    expected = rows(counts(n) for n in (1, 2, 3))
    assert [line.rsplit("|", 2)[0] + "|" for line in LINES] == expected


def test_numbers_of_minimal_automata() -> None:
    """2, 24, 1028, 56014 (Domaratzki, Kisman, Shallit 2002)."""
    assert LINES[0] == "| all | 2 | 24 | 1,028 | 56,014 |"
