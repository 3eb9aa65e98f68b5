"""What all certificates of this folder share: an outer form, and how they are reported."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import Any, ClassVar, Final

from proofs.checkers.rejection import integer, record, reject

FORMAT: Final = "expressivity certificate"
VERSION: Final = 1


class CheckedBound(ABC):
    """A claim that a checker accepted: about a least size, or about equality at one length."""

    kind: ClassVar[str]

    @abstractmethod
    def describe(self) -> list[str]:
        """The claim as it was understood, in lines of text."""

    @abstractmethod
    def plain(self) -> dict[str, Any]:
        """The claim as JSON."""


def outer(value: object, kind: str) -> tuple[object, object]:
    """The claim and the data of a certificate of this kind, not yet looked at.

    Raises:
        Rejected: format, version or kind are others.
    """
    fields = record(value, "certificate", ("format", "version", "kind", "claim", "data"))
    for name, wanted in (("format", FORMAT), ("kind", kind)):
        if fields[name] != wanted:
            reject(f"wrong-{name}", fields[name], name, f'"{wanted}"')
    integer(fields["version"], "version", VERSION, VERSION + 1)
    return fields["claim"], fields["data"]
