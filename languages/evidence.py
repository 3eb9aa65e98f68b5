"""What a decider hands out: an answer, and the plain data that a certificate is made of."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

Value = Literal["yes", "no", "undetermined"]


@dataclass(frozen=True)
class Answer:
    """A decider's answer; `reason` is one line for a human and names the budget if undetermined."""

    value: Value
    reason: str


@dataclass(frozen=True)
class Evidence:
    """Data for one certificate: not yet checked, so it proves nothing by itself.

    `kind` names the checker, `algebraic_class` and `member` the claim about the language;
    `data` holds ints, strings, lists and dicts with string keys only.
    """

    kind: str
    algebraic_class: str
    member: bool
    data: dict[str, Any]
