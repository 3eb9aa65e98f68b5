"""Where does a regular language fall? All deciders at once, in a fixed order."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from languages.classes import deciders, nc1_complete
from languages.classes.analysis import Analysis, Budget, Progress
from languages.dfa import DFA
from languages.evidence import Answer

CircuitClass = Literal["NC0", "AC0", "ACC0", "NC1-complete", "undetermined"]
ORDER = (
    "finite",
    "cofinite",
    "definite",
    "reverse_definite",
    "generalised_definite",
    "strictly_local",
    "tier_strictly_local",
    "locally_testable",
    "locally_threshold_testable",
    "strictly_piecewise",
    "piecewise_testable",
    "r_trivial",
    "l_trivial",
    "fo2",
    "dot_depth_one",
    "fo2_successor",
    "r_omega",
    "star_free",
    "commutative",
    "group_language",
    "nc0",
    "ltl_p_mod",
    "fo2_mod",
    "ac0",
    "ac0_p",
    "solvable",
    "nc1_complete",
)


@dataclass(frozen=True)
class Classification:
    """The answers of all deciders about one language.

    `answers` and `conditions` are keyed by the deciders' KEY; `conditions` names the conjecture
    that an answer rests on, and has no entry for an unconditional answer. `circuit_class` is the
    smallest class of the list that holds the language, as far as the answers tell.
    """

    dfa_states: int
    answers: dict[str, Answer]
    circuit_class: CircuitClass
    conditions: dict[str, str]


def classify(
    dfa: DFA, budget: Budget | None = None, progress: Progress | None = None
) -> Classification:
    """Ask every decider about the language of a DFA, which need not be minimal."""
    return classify_analysis(Analysis(dfa, budget, progress))


def classify_analysis(analysis: Analysis) -> Classification:
    """The same, with an analysis whose structures can be used again for evidence."""
    found = deciders()
    names = [*ORDER, *sorted(found.keys() - set(ORDER))]
    answers: dict[str, Answer] = {key: found[key].decide(analysis) for key in names}
    condition = nc1_complete.condition(analysis)
    return Classification(
        dfa_states=analysis.dfa.states,
        answers=answers,
        circuit_class=circuit_class(answers),
        conditions={} if condition is None else {nc1_complete.KEY: condition},
    )


def circuit_class(answers: dict[str, Answer]) -> CircuitClass:
    """The smallest class; undetermined as soon as a smaller one might hold too."""
    smaller: list[tuple[str, CircuitClass]] = [("nc0", "NC0"), ("ac0", "AC0"), ("solvable", "ACC0")]
    for key, name in smaller:
        value = answers[key].value
        if value != "no":
            return name if value == "yes" else "undetermined"
    return "NC1-complete"
