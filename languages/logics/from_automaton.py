"""From automata to past temporal formulas that share their subformulas.

Schuetzenberger (1965) with McNaughton, Papert (1971) and Kamp (1968): star-free = LTL. The way
through cascades is that of Maler, Pnueli, "Tight bounds on the complexity of cascaded
decomposition of automata" (1990). Partially ordered automata: Brzozowski, Fich (1980).
"""

from __future__ import annotations

from collections import defaultdict
from typing import Literal

from languages.algebra.graphs import tarjan
from languages.dfa import DFA
from languages.errors import InputError
from languages.logics.cascade import Cascade
from languages.logics.holonomy import DEFAULT_MAX_SETS, StateSet, holonomy
from languages.logics.ltl import DEFAULT_MAX_NODES, Formula, FormulaBuilder

Readout = Literal["eos", "last"]


def star_free_formula(
    dfa: DFA,
    readout: Readout = "eos",
    *,
    max_sets: int = DEFAULT_MAX_SETS,
    max_nodes: int = DEFAULT_MAX_NODES,
) -> Formula:
    """A past formula with S (and P, Y) that defines a star-free language.

    It holds at the end position ("eos"), or at the last letter ("last"; this says nothing about
    the empty word). Its temporal depth is at most the height of the state set.
    Raises `InputError` when the language is not star-free, `LimitError` past the bounds.
    """
    frame = holonomy(dfa.minimal(), max_sets=max_sets)
    cascade = Cascade(frame)
    writer = _CascadeFormulas(cascade, FormulaBuilder(dfa.alphabet, max_nodes=max_nodes))
    return writer.formula(readout)


class _CascadeFormulas:
    """Formulas for "the chain goes through this set", from the top height down.

    `old[t]` collects conditions at a position for: t is in the chain before its letter.
    `new[a][s]`: if the letter is a, then s is in the chain after it.
    """

    def __init__(self, cascade: Cascade, builder: FormulaBuilder) -> None:
        self.cascade = cascade
        self.frame = cascade.frame
        self.f = builder
        whole, letters = self.frame.whole, self.frame.dfa.letters
        self.old: dict[StateSet, list[int]] = defaultdict(list, {whole: [builder.true]})
        self.new: list[dict[StateSet, list[int]]] = [
            defaultdict(list, {whole: [builder.true]}) for _ in range(letters)
        ]
        for height in range(self.frame.height[whole], 0, -1):
            self._descend(height)

    def formula(self, readout: Readout) -> Formula:
        """The formula that holds when the chain ends in an accepting state."""
        f, dfa = self.f, self.frame.dfa
        final = [frozenset({q}) for q in range(dfa.states) if dfa.accept[q]]
        if readout == "eos":
            return f.formula(f.disj(f.disj(self.old[s]) for s in final))
        return f.formula(
            f.disj(
                f.conj([f.letter(a), f.disj(f.disj(new[s]) for s in final)])
                for a, new in enumerate(self.new)
            )
        )

    def _descend(self, height: int) -> None:
        """Write the values at this height, and what they say about smaller sets."""
        f, tiles, used = self.f, self.frame.tiles, self.cascade.used
        setting: dict[int, dict[int, list[int]]] = {x: {} for x in self.cascade.values(height)}
        staying: list[tuple[dict[StateSet, list[int]], StateSet, StateSet, int]] = []
        level = [s for s, h in self.frame.height.items() if h == height]
        for a, new in enumerate(self.new):
            for s in level:
                for x, t, condition in self._moves(a, s):
                    if t is not None:
                        staying.append((new, s, t, condition))
                    elif x is not None:
                        setting[x].setdefault(condition, []).append(a)
                        new[tiles[s][x]].append(condition)
        value = self._last_set(
            {
                x: f.disj(f.conj([_one_of(f, on), condition]) for condition, on in parts.items())
                for x, parts in setting.items()
            },
            self.cascade.initial.get(height),
        )
        for new, s, t, condition in staying:
            for x in used[t]:
                new[tiles[s][x]].append(f.conj([condition, value[x]]))
        for t in level:
            for x in used[t]:
                self.old[tiles[t][x]].append(f.conj([f.disj(self.old[t]), value[x]]))

    def _moves(self, a: int, s: StateSet) -> list[tuple[int | None, StateSet | None, int]]:
        """What happens at s in the new chain: an index is set (x) or stays (from t), and when."""
        f = self.f
        groups: dict[tuple[int | None, StateSet | None], list[StateSet]] = defaultdict(list)
        for t in self.cascade.pairs[a].get(s, ()):
            x = self.cascade.set_to(s, t, a)
            groups[(x, t if x is None else None)].append(t)
        here = f.disj(self.new[a][s])
        if len(groups) == 1:  # the old chain always meets s in one of `sources`
            return [(x, t, here) for x, t in groups]
        return [
            (x, t, f.conj([here, f.disj(f.disj(self.old[source]) for source in sources)]))
            for (x, t), sources in groups.items()
        ]

    def _last_set(self, setting: dict[int, int], initial: int | None) -> dict[int, int]:
        """For each value the formula "it was set last", given when each one is set.

        One value (the initial one, if there is one) is described as "none of the others".
        """
        f = self.f
        rest = min(setting) if initial is None else initial
        value = {
            x: f.since(f.neg(f.disj(s for y, s in setting.items() if y != x)), condition)
            for x, condition in setting.items()
            if x != rest
        }
        value[rest] = f.neg(f.disj(value.values()))
        return value


def _one_of(f: FormulaBuilder, letters: list[int]) -> int:
    """One of these letters, asked at positions before the end only: all of them means true."""
    return f.true if len(letters) == len(f.alphabet) else f.letters(letters)


def partially_ordered_formula(
    dfa: DFA, readout: Readout = "eos", *, max_nodes: int = DEFAULT_MAX_NODES
) -> Formula:
    """A past formula with P alone for an R-trivial language, linear in the minimal DFA.

    It holds at the end position ("eos"), or at the last letter ("last"; this says nothing about
    the empty word). A state has been entered when some other state was left for it; it has been
    left when, after it was entered, some letter came that is not on a loop there. A union of
    left-deterministic products, with common prefixes written once. Raises `InputError` when some
    cycle of the minimal DFA is not a self-loop.
    """
    dfa = dfa.minimal()
    f = FormulaBuilder(dfa.alphabet, max_nodes=max_nodes)
    table = dfa.table
    component = tarjan(table)
    if len(set(component)) < dfa.states:
        raise InputError("the language is not R-trivial: its minimal DFA has a cycle of states")
    entered: dict[int, list[int]] = {q: [] for q in range(dfa.states)}
    entered[dfa.start].append(f.true)
    accepted = []
    for q in sorted(range(dfa.states), key=component.__getitem__, reverse=True):
        been = f.disj(entered[q])
        leaving = _one_of(f, [a for a, r in enumerate(table[q]) if r != q])
        here = f.conj([been, f.neg(f.previously(f.conj([been, leaving])))])
        for r in sorted(set(table[q]) - {q}):
            to_r = _one_of(f, [a for a, target in enumerate(table[q]) if target == r])
            entered[r].append(f.previously(f.conj([here, to_r])))
        if readout == "last":
            last = [a for a, r in enumerate(table[q]) if dfa.accept[r]]
            accepted.append(f.conj([here, f.letters(last)]))
        elif dfa.accept[q]:
            accepted.append(here)
    return f.formula(f.disj(accepted))
