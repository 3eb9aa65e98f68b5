"""The command line in processes of its own, for tests."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
COMMAND = [sys.executable, "-c", "from expressivity.cli.main import run; run()"]


def run(*arguments: str, stdin: bytes = b"",
        cwd: Path = ROOT) -> subprocess.CompletedProcess[str]:
    """Run the command line in a process of its own."""
    done = subprocess.run([*COMMAND, *arguments], input=stdin, capture_output=True, timeout=120,
                          check=False, cwd=cwd, env=os.environ | {"PYTHONPATH": str(ROOT)})
    return subprocess.CompletedProcess(done.args, done.returncode, done.stdout.decode(),
                                       done.stderr.decode())
