"""The least number of hard attention heads in one layer, for a Boolean function.

Lower bounds from subcubes (`proofs.bounds.one_layer_heads`), then a SAT solver, one number of heads
after the other. What is found is a certificate, which is checked before it is returned.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

from expressivity.solvers.solve import Limits, Satisfiable, Unsatisfiable, solve
from languages.errors import InputError
from languages.language import Language
from proofs.bounds import one_layer_heads as checker
from proofs.bounds.bound import FORMAT, VERSION
from proofs.cnf import Cnf

Readout = Literal["cls", "last"]
Order = list[int]
Progress = Callable[[str, int], None]


@dataclass(frozen=True)
class Found:
    """The least number of heads is from `least` to `most`; `certificate` proves it.

    `reason` says why it is not settled, if the two differ; empty otherwise.
    """

    least: int
    most: int
    reason: str
    certificate: dict[str, Any]
    checked: checker.CheckedHeads


@dataclass(frozen=True)
class _Bounds:
    """Of one function: bounds, with what shows them."""

    least: int
    proof: dict[str, Any] | None
    orders: list[Order] | None
    most: int
    reason: str


def truth_table(language: Language, length: int) -> str:
    """The values on all words of a length, in the format of `proofs.bounds.one_layer_heads`.

    The first letter of the alphabet is 0.

    Raises:
        InputError: the alphabet has not two letters, the length is too large, or the language has
            no membership test.
    """
    if len(language.alphabet) != 2:
        raise InputError(f"alphabet: {language.name} has {len(language.alphabet)} letters, "
                         "expected two")
    if not 1 <= length <= checker.MAX_LENGTH:
        raise InputError(f"length: got {length}, expected 1 to {checker.MAX_LENGTH}")
    zero, one = language.alphabet
    return "".join(
        str(int(language.contains([one if checker.bit(w, i, length) else zero
                                   for i in range(length)])))
        for w in range(2**length))


def least_heads(table: str, readout: Readout, limits: Limits | None = None,
                progress: Progress | None = None) -> Found:
    """The least number of heads for a function; `limits.seconds` are for all of it.

    Where the time does not suffice, the bounds that were reached.
    """
    limits = Limits() if limits is None else limits
    deadline = time.monotonic() + limits.seconds
    found = [_bounds(part, deadline, limits, progress) for part in checker.parts(table, readout)]
    least = max(bound.least for bound in found)
    most = max(bound.most for bound in found)
    where = next(k for k, bound in enumerate(found) if bound.least == least)
    proof = found[where].proof
    if proof is not None:
        proof = {"kind": proof["kind"], "last": where if readout == "last" else None} | proof
    # Without orders the bound is the trivial one, of all parts then.
    orders = [bound.orders for bound in found]
    certificate = {
        "format": FORMAT, "version": VERSION, "kind": checker.KIND,
        "claim": {"length": checker.bits(table), "function": table, "readout": readout,
                  "least": least, "most": most},
        "data": {"orders": None if None in orders else orders, "impossible": proof}}
    reasons = [bound.reason for bound in found if bound.reason and bound.most > least]
    return Found(least, most, "; ".join(dict.fromkeys(reasons)), certificate,
                 checker.check(certificate))


def _bounds(table: str, deadline: float, limits: Limits, progress: Progress | None) -> _Bounds:
    """Bounds for constant queries."""
    n = checker.bits(table)
    least = next(fixed for fixed in range(n + 1)
                 if checker.find_constant_subcube(table, fixed) is not None)
    proof: dict[str, Any] | None = {"kind": "subcubes"} if least else None
    reason = ""
    for heads in range(least, n):
        if progress is not None:
            progress("heads tried", heads)
        cnf = checker.encode(table, heads)
        # Half of the time for each question: if this one is too hard, the next may be easy.
        left = deadline - time.monotonic()
        result = solve(cnf, Limits(left / 2, limits.megabytes))
        if isinstance(result, Satisfiable):
            return _Bounds(least, proof, decode(cnf, result.true, n, heads), heads, reason)
        if isinstance(result, Unsatisfiable):  # fewer heads do not suffice either
            least, proof, reason = heads + 1, {"kind": "lrat", "proof": result.proof}, ""
        else:
            reason = reason or f"{heads} heads: {result.reason}"
    return _Bounds(least, proof, [_reads(position, n) for position in range(n)], n, reason)


def decode(cnf: Cnf, true: frozenset[int], n: int, heads: int) -> list[Order]:
    """The orders of an assignment that makes the clauses of `encode` true."""
    def holds(*name: object) -> bool:
        return cnf.names.get(name, 0) in true

    orders = []
    for h in range(heads):
        rank = [sum(holds("before", h, i, j) if i < j else not holds("before", h, j, i)
                    for i in range(n) if i != j) for j in range(n)]
        positions = sorted(range(n), key=rank.__getitem__)
        signed = [2 * i + holds("sign", h, i) for i in positions]
        orders.append(signed + [element ^ 1 for element in signed])
    return orders


def _reads(position: int, n: int) -> Order:
    """The order of a head that reads one position."""
    return [2 * position, 2 * position + 1,
            *(element for element in range(2 * n) if element // 2 != position)]
