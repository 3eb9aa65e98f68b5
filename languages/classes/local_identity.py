"""The way to decide the classes that an identity of the syntactic semigroup defines.

And their evidence: a bound on the semigroup, in which the checker verifies the identity itself; or
words for elements that break it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Protocol, TypeVar

import numpy as np

from languages.algebra.local_identities import Local
from languages.algebra.semigroup import Semigroup
from languages.algebra.words import plain
from languages.algebra.work import Work, WorkLimit
from languages.classes import star_free
from languages.classes.analysis import Analysis
from languages.evidence import Answer, Evidence

Result = TypeVar("Result")


class Decider(Protocol):
    """What a module of a class offers."""

    def decide(self, analysis: Analysis) -> Answer:
        """Is the language in the class?"""
        ...

    def evidence(self, analysis: Analysis) -> Evidence | None:
        """A certificate's data for the answer."""
        ...


# A checker enumerates the semigroup again, in Python, and refuses to do more.
LARGEST_SEMIGROUP = 3_000
LARGEST_CHECK = 40_000_000


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
    return within(analysis, semigroup, holds, analysis.budget.max_image_cells)


def within(analysis: Analysis, semigroup: Semigroup, question: Callable[[Local], Result],
           steps: int) -> Result | None:
    """What is found out about the syntactic semigroup; None when that takes more steps."""
    local = analysis.once("products", lambda: Local(semigroup, Work()))
    local.work = Work(steps)
    try:
        return question(local)
    except WorkLimit:
        return None


def identity(analysis: Analysis, kind: str, algebraic_class: str,
             holds: Callable[[Local], bool]) -> Evidence | None:
    """That the identity holds in the syntactic semigroup; None if that is too much to check."""
    semigroup = analysis.semigroup
    if semigroup is None or semigroup.size > LARGEST_SEMIGROUP:
        return None
    budget = analysis.budget.max_image_cells
    chosen = within(analysis, semigroup, lambda local: len(local.representatives), budget)
    if chosen is None:
        return None
    # The checker enumerates the semigroup, multiplies all elements, and looks at pairs eSf, fSe.
    n, m = analysis.delta.shape
    fixed = semigroup.size * (n * (m + 3) + semigroup.size + 2 * chosen**2)
    if not within(analysis, semigroup, holds, LARGEST_CHECK - fixed):
        return None
    return Evidence(kind, algebraic_class, True, {"elements": semigroup.size})


def evidence_by_identity(analysis: Analysis, decided: Answer, inside: Sequence[Decider], kind: str,
                         algebraic_class: str, holds: Callable[[Local], bool],
                         broken: Callable[[Analysis, Local], Evidence | None]) -> Evidence | None:
    """Evidence for what was decided about a class of star-free languages.

    A yes by the first of the classes `inside` that has the language, else by the identity; a no
    because the language is not star-free, else by elements that break the identity.
    """
    if decided.value == "yes":
        for module in inside:
            if module.decide(analysis).value == "yes":
                return smaller(module.evidence(analysis), algebraic_class)
        return identity(analysis, kind, algebraic_class, holds)
    if star_free.decide(analysis).value == "no":
        return smaller(star_free.evidence(analysis), algebraic_class)
    semigroup = analysis.semigroup
    if decided.value != "no" or semigroup is None:
        return None
    return within(analysis, semigroup, lambda local: broken(analysis, local),
                  analysis.budget.max_image_cells)


def smaller(found: Evidence | None, algebraic_class: str) -> Evidence | None:
    """Evidence for a class inside this one, or against one around it, as evidence about it."""
    return None if found is None else replace(found, algebraic_class=algebraic_class)


def pattern(analysis: Analysis, kind: str, algebraic_class: str, elements: Mapping[str, int],
            at: int, ends: tuple[int, int]) -> Evidence:
    """Words for elements of the semigroup, one to the state `at`, and one that tells ends apart."""
    semigroup = analysis.semigroup
    if semigroup is None:
        raise ArithmeticError("elements of a semigroup that was not enumerated")
    data = {name: analysis.json(plain(semigroup.word(x))) for name, x in elements.items()}
    data |= {"u": analysis.access(at), "v": analysis.distinguish(*ends)}
    return Evidence(kind, algebraic_class, False, data)


def differ(semigroup: Semigroup, x: int, y: int) -> int:
    """A state at which two different elements differ."""
    return int(np.flatnonzero(semigroup.maps[x] != semigroup.maps[y])[0])
