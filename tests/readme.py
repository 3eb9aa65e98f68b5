"""The README's sessions: run them, compare them, or write them anew.

A session is a fenced block marked `console`: lines that begin with `$ ` are commands, what
follows is their output. Run as a script, this file rewrites the README with today's output.
"""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

README = Path(__file__).parent.parent / "README.md"
_BLOCK = re.compile(r"```console\n(.*?)```\n", re.DOTALL)


def sessions(text: str) -> list[str]:
    """The bodies of all session blocks."""
    return _BLOCK.findall(text)


def replay(session: str) -> str:
    """The session with the output that its commands have now."""
    lines = []
    for line in session.splitlines():
        if line.startswith("$ "):
            lines += [line, *_output(line[2:])]
    return "\n".join(lines) + "\n"


def _output(command: str) -> list[str]:
    bin_folder = Path(sys.executable).parent
    done = subprocess.run(command, shell=True, text=True, capture_output=True,
                          cwd=README.parent, timeout=120, check=False,
                          env={"PATH": f"{bin_folder}:/usr/bin:/bin", "LC_ALL": "C.UTF-8",
                               "COLUMNS": "100"})
    return [line.rstrip() for line in (done.stdout + done.stderr).splitlines()]


def rewritten(text: str) -> str:
    """The README's text with every session as it runs now."""
    return _BLOCK.sub(lambda m: f"```console\n{replay(m.group(1))}```\n", text)


if __name__ == "__main__":
    README.write_text(rewritten(README.read_text(encoding="utf-8")), encoding="utf-8")
