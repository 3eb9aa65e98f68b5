"""Tables as disjoint rules: boxes of argument values on which a function is constant."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Generic, TypeAlias, TypeVar

T = TypeVar("T")
Arguments: TypeAlias = tuple[int, ...]


@dataclass(frozen=True)
class Rule(Generic[T]):
    """If every argument named in `when` has one of the values there, the result is `result`."""

    when: Mapping[int, frozenset[int]]
    result: T

    def covers(self, arguments: Arguments) -> bool:
        """Does the rule speak of these arguments?"""
        return all(arguments[k] in values for k, values in self.when.items())


def decision_rules(table: Mapping[Arguments, T]) -> list[Rule[T]]:
    """Rules of which exactly one covers each entry of the table, with its result.

    They are the leaves of a decision tree that asks first for the argument after which the fewest
    results remain to be told apart; what they say of other arguments is arbitrary.
    """
    found: list[Rule[T]] = []
    todo: list[tuple[dict[int, frozenset[int]], dict[Arguments, T]]] = [({}, dict(table))]
    while todo:
        when, part = todo.pop()
        results = set(part.values())
        if len(results) <= 1:
            found += [Rule(when, result) for result in results]
            continue
        best = min((_branches(part, k) for k in range(len(next(iter(part))))
                    if k not in when and len({arguments[k] for arguments in part}) > 1),
                   key=lambda made: sum(len(set(branch.values())) - 1 for _, branch in made[1]))
        # An argument is asked once on a way, so the values of a branch stand for all that follows.
        k, branches = best
        asked = len(branches) > 1
        todo += [({**when, k: values} if asked else when, branch) for values, branch in branches]
    return found


def _branches(part: dict[Arguments, T],
              k: int) -> tuple[int, list[tuple[frozenset[int], dict[Arguments, T]]]]:
    """The entries by the value of argument k; values that lead to the same share a branch.

    Inside a branch argument k is set to 0.
    """
    by_value: dict[int, dict[Arguments, T]] = {}
    for arguments, result in part.items():
        rest = (*arguments[:k], 0, *arguments[k + 1:])
        by_value.setdefault(arguments[k], {})[rest] = result
    joined: list[tuple[set[int], dict[Arguments, T]]] = []
    for value, branch in sorted(by_value.items()):
        for values, known in joined:
            if all(known.get(rest, result) == result for rest, result in branch.items()):
                values.add(value)
                known |= branch
                break
        else:
            joined.append(({value}, branch))
    return k, [(frozenset(values), branch) for values, branch in joined]
