"""From the readout "eos" to "last": what holds at the end position, said one position earlier.

No letter stands at the end position n + 1, and #[f] there is #[f] at n, plus 1 if f holds at
n + 1. So what holds at n + 1 is a formula at n, of the same depth; for the empty word, at the
start. The other direction does not exist: the last letter is not known at the end position.
Derived; half of the lemma that L is in C-RASP@last exactly if all its quotients by a last letter
are in C-RASP@eos.
"""

from __future__ import annotations

from itertools import product

from expressivity.programs.crasp import (
    FALSE,
    TRUE,
    And,
    Compare,
    Definition,
    Formula,
    Letter,
    Named,
    Not,
    Program,
    compared,
    conjunction,
    disjunction,
    negation,
)
from languages.errors import LimitError

MAX_UNKNOWN = 12


def read_at_last(program: Program) -> Program:
    """A program with the readout "last" that accepts the same words, the empty word included.

    A definition that is needed at the end position appears a second time, with "_next" behind its
    name. Raises `LimitError` when a comparison counts too many formulas that may be true where
    there is no letter.
    """
    program.checked()
    if program.readout == "last":
        return program
    taken = {name for name, _ in program.definitions}
    definitions: list[Definition] = []
    later: dict[str, Formula] = {}  # what a name means at the next position, if no letter is there
    for name, formula in program.definitions:
        definitions.append(Definition(name, formula))
        next_ = _next(formula, later)
        if not isinstance(next_, Named) and next_ not in (TRUE, FALSE):
            new = _fresh(name + "_next", taken)
            definitions.append(Definition(new, next_))
            next_ = Named(new)
        later[name] = next_
    answer = later[program.output]
    if not isinstance(answer, Named):  # a constant
        constant, answer = answer, Named(_fresh("answer", taken))
        definitions.append(Definition(answer.name, constant))
    return Program(program.alphabet, "last", tuple(definitions), answer.name).checked().pruned()


def _fresh(name: str, taken: set[str]) -> str:
    """The name, with underscores behind it if it is taken; it is taken now."""
    while name in taken:
        name += "_"
    taken.add(name)
    return name


def _next(formula: Formula, later: dict[str, Formula]) -> Formula:
    """What says at i that the formula holds at i + 1, provided that no letter stands there."""
    if isinstance(formula, Letter):
        return FALSE
    if isinstance(formula, Named):
        return later[formula.name]
    if isinstance(formula, Not):
        return negation(_next(formula.operand, later))
    if isinstance(formula, Compare):
        return _next_comparison(formula, later)
    join = conjunction if isinstance(formula, And) else disjunction
    return join(_next(operand, later) for operand in formula.operands)


def _next_comparison(formula: Compare, later: dict[str, Formula]) -> Formula:
    """Case by case: which of the counted formulas hold at i + 1, and so are counted once more."""
    added: dict[Formula, int] = {}
    for factor, body in formula.counts:
        next_ = _next(body, later)
        added[next_] = added.get(next_, 0) + factor
    sure = added.pop(TRUE, 0)
    added.pop(FALSE, None)
    if len(added) > MAX_UNKNOWN:
        raise LimitError("formulas counted in one comparison that may hold at the end position",
                         len(added), MAX_UNKNOWN, "MAX_UNKNOWN")
    cases: list[Formula] = []
    for chosen in product((False, True), repeat=len(added)):
        extra = sure + sum(c for c, holds in zip(added.values(), chosen, strict=True) if holds)
        bound = formula.bound - extra
        if not formula.counts:
            here: Formula = TRUE if compared(0, formula.relation, bound) else FALSE
        else:
            here = Compare(formula.counts, formula.relation, bound)
        literals = (f if holds else negation(f) for f, holds in zip(added, chosen, strict=True))
        cases.append(conjunction([*literals, here]))
    return disjunction(cases)
