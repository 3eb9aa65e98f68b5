"""Checking a file, whichever of our formats it has: what `python -m proofs check` runs.

The standard library is enough for all of it.
"""

from __future__ import annotations

import os
from collections.abc import Collection
from dataclasses import dataclass
from typing import Literal, TypeAlias

from proofs import (
    bounds,
    checkers,
    head_lemma,
    replay,
    strict_json,
    thought_trace,
    witnesses,
)
from proofs.checkers.rejection import Rejected, shown

MAX_BYTES = 64_000_000

Kind = Literal["certificate", "derivation", "head lemma", "trace"]
Claim: TypeAlias = (checkers.CheckedClaim | witnesses.Witness | replay.Replayed
                    | head_lemma.CheckedLemma | bounds.CheckedBound
                    | thought_trace.CheckedTrace)
KINDS: dict[str, Kind] = {checkers.FORMAT: "certificate", replay.FORMAT: "derivation",
                          head_lemma.FORMAT: "head lemma", thought_trace.FORMAT: "trace"}
"""What the "format" of a file says that it is."""
Status = Literal["accepted", "rejected", "malformed"]
EXIT_CODES: dict[Status, int] = {"accepted": 0, "rejected": 1, "malformed": 2}


@dataclass(frozen=True)
class Outcome:
    """What came of checking one file.

    `claim` is what an accepted file was understood to claim. Otherwise `message` says why not,
    and `place` where: a path into the value ("steps[3].premises") or a position in the text
    ("line 3, column 7"), empty if it is the file as a whole. Rejections have a `code`.
    """

    path: str
    status: Status
    kind: Kind | None = None
    claim: Claim | None = None
    code: str = ""
    message: str = ""
    place: str = ""

    @property
    def exit_code(self) -> int:
        """0 accepted, 1 rejected, 2 malformed or unreadable."""
        return EXIT_CODES[self.status]


def check_file(path: str | os.PathLike[str], *, max_bytes: int = MAX_BYTES,
               assume_axioms: Collection[str] = ()) -> Outcome:
    """Read and check one file of at most `max_bytes` bytes. Never raises for what is in it.

    `assume_axioms` are the ids of axioms that a derivation may use although the base does not
    have them, or has them differently.
    """
    name = os.fspath(path)
    try:
        text = _read(path, max_bytes)
    except (OSError, ValueError) as error:  # ValueError: a name with a null character
        reason = error.strerror if isinstance(error, OSError) else str(error)
        return Outcome(name, "malformed", message=reason or "cannot be read")
    except MemoryError:
        return Outcome(name, "malformed", message="not enough memory to read it")
    if text is None:
        return Outcome(name, "malformed", message=f"more than {max_bytes} bytes (--max-bytes)")
    return check_text(text, name, assume_axioms=assume_axioms)


def _read(path: str | os.PathLike[str], max_bytes: int) -> bytes | None:
    """The bytes of a file, None if there are more than `max_bytes`.

    Read piece by piece: one read of so many bytes would ask for the memory at once.
    """
    text = bytearray()
    with open(path, "rb") as file:
        while piece := file.read(1_000_000):
            text += piece
            if len(text) > max_bytes:
                return None
    return bytes(text)


def check_text(text: bytes, name: str, *, assume_axioms: Collection[str] = ()) -> Outcome:
    """As `check_file`, for the text of a file called `name`."""
    kind: Kind | None = None
    try:
        value = strict_json.loads(text, strict_json.Limits(size=max(len(text), 1)))
        fields = value if isinstance(value, dict) else {}
        found = fields.get("format")
        kind = KINDS.get(found) if isinstance(found, str) else None
        if kind is None:
            *some, last = (f'"{known}"' for known in KINDS)
            message = (f'expected an object with "format": {", ".join(some)} or {last}, '
                       f"got {shown(found)}")
            return Outcome(name, "malformed", message=message)
        return Outcome(name, "accepted", kind, _claim(kind, value, assume_axioms))
    except strict_json.Malformed as error:
        return Outcome(name, "malformed", message=error.message, place=error.position)
    except Rejected as error:
        return Outcome(name, "rejected", kind, code=error.code, message=error.message,
                       place=error.path)
    except (MemoryError, RecursionError) as error:
        what = "memory" if isinstance(error, MemoryError) else "stack"
        return Outcome(name, "malformed", kind, message=f"not enough {what} to check it")


def _claim(kind: Kind, value: object, assume_axioms: Collection[str]) -> Claim:
    """What a file of this kind proves; raises Rejected."""
    if kind == "derivation":
        return replay.replay(value, assume_axioms=assume_axioms)
    if kind == "head lemma":
        return head_lemma.check_head_lemma(value)
    if kind == "trace":
        return thought_trace.check_trace(value)
    name = value.get("kind") if isinstance(value, dict) else None
    if name == witnesses.KIND:
        return witnesses.check_witness(value)
    if isinstance(name, str) and name in bounds.CHECKERS:
        return bounds.CHECKERS[name](value)
    return checkers.check_certificate(value)
