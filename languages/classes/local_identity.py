"""The way to decide the classes that an identity of the syntactic semigroup defines."""

from __future__ import annotations

from collections.abc import Callable

from languages.algebra.local_identities import Local
from languages.algebra.semigroup import Semigroup
from languages.algebra.work import Work, WorkLimit
from languages.classes import star_free
from languages.classes.analysis import Analysis
from languages.evidence import Answer


def decide_by_identity(analysis: Analysis, holds: Callable[[Local], bool], identity: str) -> Answer:
    """Is the language star-free, and does `holds` hold of its syntactic semigroup?

    The semigroup is enumerated only if the language is star-free.
    """
    aperiodic = star_free.decide(analysis)
    if aperiodic.value != "yes":
        return aperiodic
    if analysis.semigroup is None:
        return Answer("undetermined", analysis.semigroup_over_budget)
    found = ask(analysis, analysis.semigroup, holds)
    if found is None:
        return Answer("undetermined", analysis.identities_over_budget)
    size = analysis.semigroup.size
    if found:
        return Answer("yes", f"{identity} in the syntactic semigroup, of {size} elements")
    return Answer("no", f"not {identity} in the syntactic semigroup, of {size} elements")


def ask(analysis: Analysis, semigroup: Semigroup, holds: Callable[[Local], bool]) -> bool | None:
    """Does this hold of the syntactic semigroup? None when that would be too much work.

    The multiplication table is made once; each question has the whole budget.
    """
    local = analysis.once("products", lambda: Local(semigroup, Work()))
    local.work = Work(analysis.budget.max_image_cells)
    try:
        return holds(local)
    except WorkLimit:
        return None
