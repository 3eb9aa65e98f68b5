"""The README shows what the program really prints, and names only what exists."""

from __future__ import annotations

import re

import pytest
from readme import README, replay, sessions

TEXT = README.read_text(encoding="utf-8")


@pytest.mark.parametrize("session", sessions(TEXT), ids=lambda s: s.splitlines()[0][2:60])
def test_sessions_are_real(session: str) -> None:
    assert replay(session) == session


def test_the_readme_shows_a_session() -> None:
    assert any("expressivity ask" in s for s in sessions(TEXT))


def test_files_that_the_readme_names_exist() -> None:
    named = set(re.findall(r"`((?:languages|proofs|expressivity|tests)/[\w/.]*)`", TEXT))
    assert named
    assert [name for name in sorted(named) if not (README.parent / name).exists()] == []


def test_make_targets_that_the_readme_names_exist() -> None:
    makefile = (README.parent / "Makefile").read_text(encoding="utf-8")
    for target in re.findall(r"make ([a-z-]+)", TEXT):
        assert re.search(rf"^{target}:", makefile, re.MULTILINE), target
