"""A module of this package run as a process of its own, within limits, that can be ended any time.

The module reads all of standard input and answers on standard output. The limit on time is kept
from outside, that on memory by the process itself, which begins with `limit_resources`.
"""

from __future__ import annotations

import contextlib
import math
import os
import resource
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from expressivity.defaults import SEARCH_MEGABYTES, SEARCH_SECONDS

_ROOT = Path(__file__).parent.parent.parent


@dataclass(frozen=True)
class Limits:
    """For everything that one question costs in the other process."""

    seconds: float = SEARCH_SECONDS
    megabytes: int = SEARCH_MEGABYTES


@dataclass(frozen=True)
class Ended:
    """What the process left; `late` if it was ended because the time was over."""

    output: str
    errors: str
    status: int
    late: bool

    def failure(self, limits: Limits, note: str = "") -> str:
        """Why there is no answer: the limit that was hit, or how the process ended.

        `note` stands behind it, ahead of a message of the process.
        """
        if self.late:
            return f"time: {limits.seconds:.3g} s{note}"
        if "MemoryError" in self.errors or "bad_alloc" in self.errors \
                or "out of memory" in self.errors.lower():
            return f"memory: {limits.megabytes} MB{note}"
        last = self.errors.strip().split("\n")[-1][:200]
        return (f"the solver's process ended with status {self.status}{note}"
                f"{': ' if last else ''}{last}")


def run_child(module: str, arguments: list[str], text: str, limits: Limits) -> Ended:
    """Run `python -m module *arguments SECONDS MEGABYTES` on `text`.

    The process ends when this function does, whatever ends it: an interruption, too.
    """
    if limits.seconds <= 0:
        return Ended("", "", 0, late=True)
    path = os.pathsep.join(filter(None, (str(_ROOT), os.environ.get("PYTHONPATH"))))
    command = [sys.executable, "-m", module, *arguments, str(limits.seconds),
               str(limits.megabytes)]
    # A session of its own: Ctrl-C reaches this process, which then ends the other.
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                          stderr=subprocess.PIPE, text=True, start_new_session=True,
                          env=os.environ | {"PYTHONPATH": path}) as process:
        try:
            output, errors = process.communicate(text, timeout=limits.seconds)
        except subprocess.TimeoutExpired:
            process.kill()
            output, errors = process.communicate()
            return Ended(output, errors, process.returncode, late=True)
        except BaseException:
            process.kill()
            raise
    return Ended(output, errors, process.returncode, late=False)


def limit_resources(seconds: float, megabytes: int) -> None:
    """Bound the memory of this process, and its time in case nobody is there to end it."""
    _limit(resource.RLIMIT_AS, megabytes * 1_000_000)
    _limit(resource.RLIMIT_CPU, math.ceil(min(seconds, 1e6)) + 5)


def _limit(which: int, value: int) -> None:
    """A resource limit, where the system has it."""
    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(which, (value, value))
