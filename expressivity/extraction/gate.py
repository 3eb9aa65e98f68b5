"""The gate between theory and code: extracted languages must obey the theorem base.

    python -m expressivity.extraction.gate --models 5000 --seed 1

Random models are extracted, and the automaton of each must lie in every class by which the theorem
base bounds the model's exact profile. A violation is a defect: of the extraction, of a decider, or
of a theorem as it is stated in the base. The command prints the model and ends with status 1.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache

from expressivity.extraction.budget import Budget, Refused
from expressivity.extraction.layers import extract
from expressivity.extraction.samples import RECIPES, sample
from expressivity.models.model import Model
from expressivity.models.profile import model_profile
from expressivity.queries.facts import Facts
from languages.classes import analysis
from languages.dfa import DFA
from languages.errors import InputError
from languages.language import Language
from proofs import search
from proofs.kernel import REGULAR
from proofs.profile import Profile
from proofs.statements import Upper

SMALL = Budget(max_states=5_000, seconds=2.0)


@dataclass(frozen=True)
class Violation:
    """A model whose language lies outside a class that the base says bounds it."""

    recipe: str
    model: Model
    dfa: DFA
    cls: str


@dataclass
class Tally:
    """What became of the models of one recipe; `unprofiled` of the extracted have no profile."""

    models: int = 0
    outcomes: Counter[str] = field(default_factory=Counter)
    languages: set[bytes] = field(default_factory=set)
    bounds: Counter[str] = field(default_factory=Counter)
    outside: Counter[str] = field(default_factory=Counter)
    largest: int = 0
    unprofiled: int = 0


@cache
def upper_classes(region: Profile) -> frozenset[str]:
    """All classes that the base derives as bounds, of all languages or of regular ones."""
    theorems = [*search.profile_upper_bounds(region),
                *search.profile_upper_bounds(region, REGULAR)]
    return frozenset(s.cls for t in theorems if isinstance(s := t.statement, Upper))


class Deciders:
    """Which classes a language lies outside of; answers are remembered."""

    def __init__(self) -> None:
        self._facts: dict[bytes, Facts] = {}

    def outside(self, dfa: DFA, classes: frozenset[str]) -> list[str]:
        """Those of the classes that the language is certainly not in."""
        facts = self._facts.get(key(dfa))
        if facts is None:
            facts = Facts(Language.regular("extracted", dfa, "language of a model"),
                          analysis.Budget())
            self._facts[key(dfa)] = facts
        decidable = set(facts.classes())
        return [cls for cls in sorted(classes)
                if (cls in decidable and facts.answer(cls).value == "no")
                or (cls == "stutter-invariant star-free" and not stutter_invariant(dfa))]


def key(dfa: DFA) -> bytes:
    """Equal for automata of equal languages, if they are minimal."""
    return dfa.delta.tobytes() + dfa.accept.tobytes() + bytes([dfa.letters])


def stutter_invariant(dfa: DFA) -> bool:
    """Does a minimal automaton not notice when a letter is repeated?"""
    return all(dfa.table[r][a] == r for row in dfa.table for a, r in enumerate(row))


def run(models: int, seed: int, recipes: list[str], budget: Budget = SMALL,
        tallies: dict[str, Tally] | None = None) -> Iterator[Violation]:
    """Extract and judge this many random models of each recipe; yields violations.

    `tallies` receives the counts. The same seed gives the same models; where `budget` has a time
    limit, how many of them are extracted may vary.
    """
    deciders = Deciders()
    for name in recipes:
        tally = Tally()
        if tallies is not None:
            tallies[name] = tally
        for i in range(models):
            model = sample(random.Random(f"{seed} {name} {i}"), RECIPES[name])
            tally.models += 1
            try:
                dfa = extract(model, budget).dfa
            except Refused as error:
                tally.outcomes["NaN" if "NaN" in error.reason else "refused"] += 1
                continue
            if dfa is None:
                tally.outcomes["over the budget"] += 1
                continue
            tally.outcomes["extracted"] += 1
            tally.languages.add(key(dfa))
            tally.largest = max(tally.largest, dfa.states)
            try:
                classes = upper_classes(model_profile(model))
            except InputError:
                classes = frozenset()
                tally.unprofiled += 1
            tally.bounds.update(classes)
            tally.outside.update(deciders.outside(dfa, WATCHED))
            for cls in deciders.outside(dfa, classes):
                yield Violation(name, model, dfa, cls)


# Classes that are shown even where they are no bound: how far the languages spread.
WATCHED = frozenset({"R-trivial", "star-free", "quasi-aperiodic", "2-groups", "solvable"})


def shown(name: str, tally: Tally) -> str:
    """One line about the models of a recipe."""
    counts = ", ".join(f"{n} {what}" for what, n in sorted(tally.outcomes.items()))
    bounds = ", ".join(sorted(cls for cls in tally.bounds if cls in WATCHED | {
        "LTL[P,MOD]", "REG", "stutter-invariant star-free"})) or "none"
    outside = ", ".join(f"{n} outside {cls}" for cls, n in sorted(tally.outside.items()))
    return (f"{name}: {tally.models} models: {counts}; {len(tally.languages)} languages, "
            f"up to {tally.largest} states; "
            + (f"{tally.unprofiled} without a profile; " if tally.unprofiled else "")
            + f"bounds seen: {bounds}; {outside or 'none outside'}")


def main() -> int:
    """The command line; exit status 1 after a violation."""
    parser = argparse.ArgumentParser(prog="python -m expressivity.extraction.gate",
                                     description="Random models against the theorem base.")
    parser.add_argument("--models", type=int, default=1000, help="models in all")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--recipe", choices=list(RECIPES), action="append", help="only this kind")
    arguments = parser.parse_args()
    recipes = arguments.recipe or list(RECIPES)
    each = -(-arguments.models // len(recipes))
    violations = 0
    for name in recipes:
        tallies: dict[str, Tally] = {}
        for found in run(each, arguments.seed, [name], tallies=tallies):
            violations += 1
            print(f"VIOLATION: {name}: {found.dfa} is not in {found.cls}")
            print(json.dumps(found.model.to_plain()))
        print(shown(name, tallies[name]), flush=True)
    print(f"{violations} violations")
    return 1 if violations else 0


if __name__ == "__main__":
    sys.exit(main())
