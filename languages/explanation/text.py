"""An explanation as lines of text."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator

from languages.algebra.group_names import describe
from languages.explanation.explain import Component, Explanation, Why
from languages.explanation.families import Sample
from languages.explanation.groups import Group
from languages.explanation.letters import Change
from languages.explanation.names import title
from languages.explanation.shown import Spelling, depends_on_n, permutation, states

COMPONENTS = 12
GROUPS = 6
GENERATORS = 4
TABLE = 12  # states of an automaton that is shown


def lines(found: Explanation) -> list[str]:
    """The whole explanation: the automaton, what it is not and is, its groups, its letters."""
    return [line for part in (_automaton(found), _no(found), _yes(found), _groups(found),
                              _letters(found)) for line in part]


def wrapped(text: list[str], width: int = 100) -> list[str]:
    """Lines no longer than the width, where there are spaces; continued ones are set in."""
    result = []
    for line in text:
        indent = line[:len(line) - len(line.lstrip())]
        bound = line.replace(" = ", "\u00a0=\u00a0")  # does not break there
        result += textwrap.wrap(bound, width, subsequent_indent=indent + "  ",
                                break_long_words=False, break_on_hyphens=False) or [""]
    return [line.replace("\u00a0", " ") for line in result]


def _automaton(found: Explanation) -> Iterator[str]:
    dfa = found.dfa
    accepting = [q for q, yes in enumerate(dfa.accept.tolist()) if yes]
    yield "Minimal automaton"
    yield (f"  states 0 to {dfa.states - 1}, start {dfa.start}, accepting {states(accepting)}"
           + ("" if found.sink is None else f", sink {found.sink} (nothing is accepted from it)"))
    if dfa.states <= TABLE:
        names = dfa.alphabet[:TABLE]
        for q, row in enumerate(dfa.table):
            moves = ", ".join(f"{a} to {r}" for a, r in zip(names, row, strict=False))
            yield f"  from {q}: {moves}" + (", ..." if len(row) > TABLE else "")
    shown = "; ".join(_component(c) for c in found.components[:COMPONENTS])
    yield f"  components, in the order in which words pass through them: {shown}" + (
        "; ..." if len(found.components) > COMPONENTS else "")


def _component(component: Component) -> str:
    if component.period == 0:
        return f"{states(component.states)} (no cycle)"
    return states(component.states) + (
        "" if len(component.states) == 1 else f" (period {component.period})")


def _no(found: Explanation) -> Iterator[str]:
    """One pattern that excludes several classes is described once."""
    refuted = [why for why in found.classes if why.answer.value == "no"]
    if refuted:
        yield ""
        yield "What it is not, and why"
    spelling = Spelling(found.dfa.alphabet)
    for together in by_pattern(found):
        yield f"  {answers(together)}"
        pattern = together[0].pattern
        if pattern is not None:
            yield f"    {_sentence(pattern.says)}"
            yield from (f"    {line}" for line in reasons_why(together))
            yield from (f"    {sample_line(s, spelling)}" for s in pattern.samples)
    for why in refuted:
        if why.pattern is None:
            yield f"  {title(why.key)}: no"
            yield f"    {_sentence(why.answer.reason)}"


def by_pattern(found: Explanation) -> list[list[Why]]:
    """The classes with a pattern, those with the same one together, in the order of the first."""
    together: dict[str, list[Why]] = {}
    for why in found.classes:
        if why.pattern is not None:
            together.setdefault(why.pattern.says, []).append(why)
    return list(together.values())


def answers(together: list[Why]) -> str:
    """Classes with their answers."""
    return "; ".join(f"{title(why.key)}: {why.answer.value}" for why in together)


def reasons_why(together: list[Why]) -> list[str]:
    """Each reason once, with the classes that it is about if there are several."""
    by_text: dict[str, list[str]] = {}
    for why in together:
        if why.pattern is not None:
            by_text.setdefault(why.pattern.why, []).append(title(why.key).split(" (")[0])
    several = len(by_text) > 1
    return ["Why" + (f" ({'; '.join(names)})" if several else "") + f": {_sentence(text)}"
            for text, names in by_text.items()]


def _sentence(text: str) -> str:
    return text if text.endswith(".") else f"{text}."


def sample_line(sample: Sample, spelling: Spelling) -> str:
    """A family of words, for which n it is in the language or not, and an example."""
    verb = "in the language:    " if sample.accepted else "not in the language:"
    text = f"{verb} {spelling.family(sample.family)}"
    if not depends_on_n(sample.family):
        return text
    text += f"  for all n >= {sample.least}"
    example = spelling.example(sample)
    return text if example is None else f"{text}, such as {example[1]} (n = {example[0]})"


def _yes(found: Explanation) -> Iterator[str]:
    shown = [why for why in found.classes if why.answer.value == "yes" and why.pattern is None]
    if shown:
        yield ""
        yield "What it is, and why"
    for why in shown:
        yield f"  {title(why.key)}: {why.answer.reason}"
        yield from (f"    {_sentence(fact.says)}" for fact in why.reasons)
    unknown = [why for why in found.classes if why.answer.value == "undetermined"]
    if unknown:
        yield ""
        yield "Not determined"
    yield from (f"  {title(why.key)}: {why.answer.reason}" for why in unknown)


def _groups(found: Explanation) -> Iterator[str]:
    yield ""
    yield "Groups that words form"
    if not found.groups.found:
        yield ("  none: no word permutes a set of states other than by fixing each"
               if found.groups.complete else "  none was found within the budget")
        return
    spelling = Spelling(found.dfa.alphabet)
    for group in found.groups.found[:GROUPS]:
        yield from _group(group, spelling)
    more = len(found.groups.found) - GROUPS
    if more > 0:
        yield f"  and {more} more (--json lists them)"
    if not found.groups.complete:
        yield "  there may be others: not all image sets were searched"


def _group(group: Group, spelling: Spelling) -> Iterator[str]:
    if group.order is None:
        name = "a group whose order was not computed"
    elif group.name is not None:
        name = describe(group.name, group.order)
    else:
        name = f"a group of order {group.order}"
    kind = {True: "maximal group of the syntactic monoid", False: "divides the syntactic monoid",
            None: "group of words"}[group.maximal]
    yield f"  on {states(group.states)}: {name} ({kind})"
    if group.derived_orders is not None:
        series = " > ".join(map(str, group.derived_orders))
        length = len(group.derived_orders) - 1
        if group.solvable:
            text = "abelian" if group.abelian else f"solvable, of derived length {length}"
        else:
            core = f", {group.core}" if group.core else ""
            text = (f"not solvable: its derived series ends with a perfect group of order "
                    f"{group.derived_orders[-1]}{core}")
        yield f"    {text} (orders {series})"
    for word, g in list(zip(group.words, group.permutations, strict=True))[:GENERATORS]:
        yield f"    {spelling.word(word)} acts as {permutation(group.states, g)}"
    if len(group.words) > GENERATORS:
        yield f"    and {len(group.words) - GENERATORS} more generators"


def _letters(found: Explanation) -> Iterator[str]:
    alphabet = found.dfa.alphabet
    yield ""
    yield "Letters"
    for kind, numbers, says in (("neutral", found.neutral, "changes nothing wherever it stands"),
                                ("dead", found.dead, "no word with it is in the language")):
        named = ", ".join(alphabet[a] for a in numbers)
        yield f"  {kind} ({says}): {named or 'none'}"
    for change in found.changes:
        yield from _change(change, found)
    tried = sum(change.how == "without" for change in found.changes)
    more = len(alphabet) - tried
    if more and len(alphabet) > 1:
        yield f"  the languages without one of the other {more} letters are not tried"


def _change(change: Change, found: Explanation) -> Iterator[str]:
    if change.how == "without":
        number = found.dfa.alphabet.index(change.letter)
        kind = "neutral letter" if number in found.neutral else \
            "dead letter" if number in found.dead else "letter"
        head = f"without the {kind} {change.letter}"
    else:
        head = f"with one more letter {change.letter} that is {change.how.removeprefix('with ')}"
    if not change.flips:
        yield f"  {head}: no answer changes"
        return
    yield f"  {head}:"
    sentences: dict[tuple[str, str], list[str]] = {}
    for key, values in change.flips.items():
        if key == "circuit_class":
            sentences[values] = [f"circuit class: {values[0]}, then {values[1]}"]
        else:
            sentences.setdefault(values, []).append(title(key))
    for (before, after), names in sentences.items():
        listed = "; ".join(names)
        if names[0].startswith("circuit class"):
            yield f"    {listed}"
        elif "undetermined" in (before, after):
            yield f"    {before}, then {after}: {listed}"
        else:
            yield f"    would be: {listed}" if after == "yes" else f"    would not be: {listed}"
