"""GAP in a child process: what it says about transition semigroups and groups.

GAP is the command in the environment variable GAP, or what pip has put into .venv/gap, or `gap`;
README, Development, has the commands that install it. Programs are files of numbers that this
module writes; a limit on time and one on memory hold for each process.
"""

from __future__ import annotations

import json
import os
import re
import shlex
import shutil
import subprocess
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import pytest

HERE = Path(__file__).parent
PIP = HERE.parents[1] / ".venv" / "gap"
SECONDS = 300
MEMORY = "2g"
PACKAGE = """SetInfoLevel(InfoWarning, 0);
if LoadPackage("semigroups") <> true then
  Print("@ absent\\n");
  QuitGap();
fi;"""


def command() -> list[str]:
    """The words that start GAP; skips the test without it."""
    if given := os.environ.get("GAP"):
        return shlex.split(given)
    for root in sorted(PIP.glob("lib/python3*/site-packages/gap")):
        if (root / "gap").exists():
            return [str(root / "gap"), "-l", str(root)]
    found = shutil.which("gap")
    if found is None:
        pytest.skip("GAP is not installed: see README, Development")
    return [found]


def answers(program: Iterable[str], directory: Path, *, package: bool) -> list[Any]:
    """What `PeerAnswer` prints in a program, as JSON; `package`: with Semigroups loaded.

    Skips the test when GAP or the package is not there. Raises AssertionError with GAP's words
    when GAP stops early, `subprocess.TimeoutExpired` after SECONDS.
    """
    words = command()
    lines = ['SetPrintFormattingStatus("*stdout*", false);', 'LoadPackage("smallgrp");']
    lines += [PACKAGE] if package else []  # before its functions are looked up
    lines += [f'Read("{HERE / "transition_semigroups.g"}");', *program, 'PeerAnswer("done");']
    file = directory / "program.g"
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")
    run = subprocess.run([*words, "-A", "-q", "-b", "--nointeract", "--quitonbreak", "-K", MEMORY,
                          str(file)], capture_output=True, text=True, timeout=SECONDS, check=False)
    if "@ absent" in run.stdout:
        pytest.skip("GAP has no package Semigroups: see README, Development")
    found = [json.loads(x[2:]) if x != "@ done" else "done"
             for x in run.stdout.splitlines() if x.startswith("@ ")]
    assert found[-1:] == ["done"], run.stdout[-2000:] + run.stderr[-2000:]
    return found[:-1]


def facts(delta: Sequence[Sequence[int]]) -> str:
    """The line of a program that asks about the semigroup of an automaton's letters."""
    letters = ",".join(f"Transformation([{','.join(str(q + 1) for q in column)}])"
                       for column in zip(*delta, strict=True))
    return f"PeerAnswer(PeerFacts([{letters}]));"


def identity(name: str) -> str:
    """The line of a program that asks which group `languages.algebra.group_names` has named."""
    return f"PeerAnswer(PeerIdentity({_group(name)}));"


def _group(name: str) -> str:
    if " x " in name:
        return f"DirectProduct({','.join(map(_group, name.split(' x ')))})"
    if plain := re.fullmatch(r"([SAC])(\d+)", name):
        kind = {"S": "Symmetric", "A": "Alternating", "C": "Cyclic"}[plain[1]]
        return f"{kind}Group({plain[2]})"
    if dihedral := re.fullmatch(r"D(\d+)", name):
        return f"DihedralGroup({2 * int(dihedral[1])})"
    if matrices := re.fullmatch(r"(P?SL)\((\d),(\d)\)", name):
        return f"{matrices[1]}({matrices[2]},{matrices[3]})"
    return {"Q8": "QuaternionGroup(8)", "Dic3": "DicyclicGroup(12)"}[name]
