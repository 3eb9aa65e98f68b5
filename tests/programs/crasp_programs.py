"""Random C-RASP programs, and what they mean, word by word and position by position."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import product

from hypothesis import strategies as st

from expressivity.programs.crasp import (
    FALSE,
    RELATIONS,
    TRUE,
    And,
    Compare,
    Count,
    Definition,
    Formula,
    Letter,
    Named,
    Not,
    Or,
    Program,
)

Word = tuple[int, ...]


def formulas(alphabet: str, names: Sequence[str], leaves: int = 6) -> st.SearchStrategy[Formula]:
    """Formulas with few counts, of small factors and bounds."""
    atoms = st.sampled_from([*map(Letter, alphabet), *map(Named, names), TRUE, FALSE])

    def larger(inner: st.SearchStrategy[Formula]) -> st.SearchStrategy[Formula]:
        pairs = st.lists(inner, min_size=2, max_size=3).map(tuple)
        counts = st.lists(st.builds(Count, st.integers(-3, 3), inner), min_size=1, max_size=3)
        compare = st.builds(Compare, counts.map(tuple), st.sampled_from(RELATIONS),
                            st.integers(-3, 3))
        return st.one_of(st.builds(Not, inner), st.builds(And, pairs), st.builds(Or, pairs),
                         compare, compare)

    return st.recursive(atoms, larger, max_leaves=leaves)


@st.composite
def programs(draw: st.DrawFn, alphabet: str = "ab", definitions: int = 3) -> Program:
    """Programs whose output is the last definition."""
    made: list[Definition] = []
    for k in range(draw(st.integers(1, definitions))):
        made.append(Definition(f"v{k}", draw(formulas(alphabet, [d.name for d in made]))))
    readout = draw(st.sampled_from(["last", "eos"]))
    return Program(tuple(alphabet), readout, tuple(made), made[-1].name).checked()


def holds(program: Program, word: Word, formula: Formula, i: int) -> bool:
    """The definition. The word stands at positions 1 to n; no letter stands anywhere else."""
    if isinstance(formula, Letter):
        return 1 <= i <= len(word) and program.alphabet[word[i - 1]] == formula.letter
    if isinstance(formula, Named):
        return holds(program, word, dict(program.definitions)[formula.name], i)
    if isinstance(formula, Not):
        return not holds(program, word, formula.operand, i)
    if isinstance(formula, And):
        return all(holds(program, word, f, i) for f in formula.operands)
    if isinstance(formula, Or):
        return any(holds(program, word, f, i) for f in formula.operands)
    total = 0
    for factor, counted in formula.counts:
        for j in range(1, i + 1):
            if holds(program, word, counted, j):
                total += factor
    return {
        ">=": total >= formula.bound, "<=": total <= formula.bound, ">": total > formula.bound,
        "<": total < formula.bound, "=": total == formula.bound, "!=": total != formula.bound,
    }[formula.relation]


def accepted(program: Program, word: Word) -> bool:
    """The output at the last letter, at the start if there is none; or one position later."""
    end = len(word) + (program.readout == "eos")
    return holds(program, word, Named(program.output), end)


def words(letters: int, length: int) -> list[Word]:
    """All words of this length."""
    return list(product(range(letters), repeat=length))
