"""What a head finds for one query, as a circuit of constant depth.

Unique hard selection takes the first (last) visible position of maximal score: an AND that it has
a class of keys of this score, that no position has a higher one and that no position before
(after) it has the same. Sums do not depend on the order of positions where they are exact: then
how many keys of each class there are, found by thresholds, says everything. (Hao, Angluin, Frank,
TACL 2022; Merrill, Sabharwal, Smith, TACL 2022.)
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

from expressivity.circuits.choices import Choices, Chooser
from expressivity.circuits.circuit import FALSE
from expressivity.circuits.cut import CutHead
from proofs.models.attention import attend
from proofs.models.linear import State
from proofs.models.numbers import NotANumber, Value

Place: TypeAlias = dict[tuple[Value, State], list[int]]
"""A visible position: score and value -> literals, one of which is true if it has them."""
Keys: TypeAlias = list[Place]


def unique_hard(chooser: Chooser, head: CutHead, keys: Keys, asked: int) -> Choices[State]:
    """The image of the value that is selected; at least one position is visible.

    `asked` is the literal of "this query is asked": what is undefined otherwise is of no account.
    """
    builder = chooser.builder

    def imaged(value: State) -> State | None:
        try:
            return head.image(value)
        except NotANumber:
            return None

    places = keys if head.head.selection == "uhat-left" else keys[::-1]
    cases: list[tuple[State | None, int]] = []
    higher: list[int] = []  # "no position has this score", for scores above
    for score in sorted({score for place in keys for score, _ in place}, reverse=True):
        holders = [_by_image(place, score, imaged) for place in places]
        images = {made for holder in holders for made in holder}
        everyone = [x for holder in holders for some in holder.values() for x in some]
        some_has_it = builder.disj(everyone)
        if len(images) == 1:
            cases.append((images.pop(), builder.conj([some_has_it, *higher])))
        else:
            passed: list[int] = []
            for holder in holders:
                cases += [(made, builder.conj([builder.disj(some), *higher, *passed]))
                          for made, some in holder.items()]
                passed += [x ^ 1 for some in holder.values() for x in some]
        higher.append(some_has_it ^ 1)
        if some_has_it ^ 1 == FALSE:
            break
    found = chooser.joined(cases)
    if None in found:
        chooser.undefined[builder.conj([asked, found.pop(None)])] = None
    return {made: literal for made, literal in found.items() if made is not None}


def _by_image(place: Place, score: Value,
              image: Callable[[State], State | None]) -> dict[State | None, list[int]]:
    found: dict[State | None, list[int]] = {}
    for (own, value), literals in place.items():
        if own == score:
            found.setdefault(image(value), []).extend(literals)
    return found


def by_counting(chooser: Chooser, head: CutHead, keys: Keys, asked: int) -> Choices[State]:
    """The image of the average; else as `unique_hard`."""
    builder = chooser.builder
    scores = sorted({score for place in keys for score, _ in place}, reverse=True)
    # Average-hard selection sees the keys of one score; softmax all of them.
    groups = [[score] for score in scores] if head.head.selection == "average-hard" else [scores]
    cases: list[tuple[State, int]] = []
    higher: list[int] = []

    def averaged(classes: list[tuple[Value, State]], numbers: tuple[int, ...]) -> State:
        repeated = [c for c, number in zip(classes, numbers, strict=True) for _ in range(number)]
        _, found = attend(head.contract, head.head, [score for score, _ in repeated],
                          [value for _, value in repeated])
        return head.image(found)

    for group in groups:
        classes = list(dict.fromkeys(c for place in keys for c in place if c[0] in group))
        occurrences = [[builder.disj(place[c]) for place in keys if c in place] for c in classes]
        everyone = [x for place in keys for c, some in place.items() if c[0] in group for x in some]
        some_has_it = builder.disj(everyone)
        total = len(keys) if len(groups) == 1 else None
        for numbers, parts in chooser.counts(occurrences, total):
            literal = builder.conj([*parts, *higher])
            if literal == FALSE:
                continue
            found = chooser.attempt([literal, asked], averaged, classes, numbers)
            if found is not None:
                cases.append((found, literal))
        higher.append(some_has_it ^ 1)
        if some_has_it ^ 1 == FALSE:
            break
    return chooser.joined(cases)

