"""An explanation as plain data, for JSON.

Words are blocks [count, [letters]], families lists of {"base", "scale", "shift"} (base^(scale n +
shift), the base a word or a family), with the formula in n as text beside them.
"""

from __future__ import annotations

from typing import Any

from languages.algebra.words import Word
from languages.explanation.explain import Explanation, Why
from languages.explanation.families import Family, Sample
from languages.explanation.groups import Group
from languages.explanation.letters import Change
from languages.explanation.names import title
from languages.explanation.shown import Spelling, permutation

STATES = 1000  # states up to which the transition table is given


def to_plain(found: Explanation) -> dict[str, Any]:
    """All of the explanation; the transition table only of automata of at most STATES states."""
    dfa = found.dfa
    spelling = Spelling(dfa.alphabet)

    def letters(numbers: tuple[int, ...]) -> list[str]:
        return [dfa.alphabet[a] for a in numbers]

    automaton: dict[str, Any] = {
        "alphabet": list(dfa.alphabet), "states": dfa.states, "start": dfa.start,
        "accept": [q for q, yes in enumerate(dfa.accept.tolist()) if yes],
        "components": [{"states": list(c.states), "period": c.period} for c in found.components],
        "sink": found.sink, "neutral_letters": letters(found.neutral),
        "dead_letters": letters(found.dead)}
    if dfa.states <= STATES:
        automaton["delta"] = dfa.table
    return {
        "automaton": automaton,
        "classes": {why.key: _why(why, spelling) for why in found.classes},
        "groups": {"complete": found.groups.complete,
                   "groups": [_group(group, spelling) for group in found.groups.found]},
        "changes": [_change(change) for change in found.changes]}


def _why(why: Why, spelling: Spelling) -> dict[str, Any]:
    result: dict[str, Any] = {"class": title(why.key), "answer": why.answer.value,
                              "reason": why.answer.reason}
    if why.reasons:
        result["facts"] = {fact.name: {"value": fact.value, "says": fact.says}
                           for fact in why.reasons}
    found = why.pattern
    if found is not None:
        result["pattern"] = {
            "kind": found.kind, "says": found.says, "why": found.why,
            "words": {name: _word(word, spelling) for name, word in found.words.items()},
            "runs": [{"from": p, "word": name, "to": q} for p, name, q in found.runs],
            "samples": [_sample(sample, spelling) for sample in found.samples],
            **({"numbers": dict(found.numbers)} if found.numbers else {})}
    return result


def _sample(sample: Sample, spelling: Spelling) -> dict[str, Any]:
    result: dict[str, Any] = {
        "words": spelling.family(sample.family), "for_all_n_from": sample.least,
        "in_language": sample.accepted, "state": sample.end,
        "family": _family(sample.family, spelling)}
    example = spelling.example(sample)
    if example is not None:
        result["example"] = {"n": example[0], "word": example[1]}
    return result


def _family(family: Family, spelling: Spelling) -> list[dict[str, Any]]:
    return [{"base": _word(part.base, spelling) if isinstance(part.base, list)
             else _family(part.base, spelling), "scale": part.scale, "shift": part.shift}
            for part in family]


def _word(word: Word, spelling: Spelling) -> list[list[Any]]:
    return [[count, [spelling.alphabet[a] for a in letters]] for count, letters in word]


def _group(group: Group, spelling: Spelling) -> dict[str, Any]:
    return {
        "states": list(group.states), "maximal": group.maximal, "order": group.order,
        "name": group.name, "abelian": group.abelian, "solvable": group.solvable,
        "derived_series": None if group.derived_orders is None else list(group.derived_orders),
        "derived_length": len(group.derived_orders) - 1
        if group.solvable and group.derived_orders else None,
        "perfect_core": group.core,
        "generators": [{"word": _word(word, spelling), "cycles": permutation(group.states, g)}
                       for word, g in zip(group.words, group.permutations, strict=True)]}


def _change(change: Change) -> dict[str, Any]:
    return {"how": change.how, "letter": change.letter,
            "flips": {key: {"before": before, "after": after}
                      for key, (before, after) in change.flips.items()}}
