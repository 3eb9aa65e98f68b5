"""The shipped theorem base as the replayer reads it: through the plain form, as files are read."""

from __future__ import annotations

from functools import cache

from proofs import base
from proofs.encode import Tables
from proofs.replay.terms import Statement, read_definitions
from proofs.statements import Statement as Term


@cache
def axiom(identifier: str) -> list[Statement] | None:
    """The statements of the shipped axiom with this id, in their order; None if there is none."""
    entry = base.axioms().get(identifier)
    return None if entry is None else [_read(term) for term in entry.statements]


@cache
def conjecture(identifier: str, holds: bool) -> Statement | None:
    """The conjecture with this id, or what its negation says; None if there is none."""
    entry = base.conjectures().get(identifier)
    if entry is None:
        return None
    term = entry.holds if holds else entry.fails
    return None if term is None else _read(term)


def _read(term: Term) -> Statement:
    tables = Tables()
    plain = tables.statement(term)
    return read_definitions(tables.languages, tables.regions).statement(plain, "statement")
