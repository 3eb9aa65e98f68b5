"""Change any one field of a good certificate: it is rejected, or what it claims is still true.

Truth is decided on the syntactic monoid, from the definitions (`tests.oracles`). Most changes
must be rejected; a few leave another proof of a true claim (a rank raised by one, say).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from proofs.checkers import CLASSES, PROVES, Rejected, check_certificate
from tests.proofs.certificate_edits import DELETE, GOOD, Edit, edited, good
from tests.proofs.class_truth import is_true

GOOD_NAMES = sorted(path.stem for path in GOOD.glob("*.json"))

Path = tuple[str | int, ...]


def parts(value: Any, path: Path = ()) -> Iterator[tuple[Path, Any]]:
    """All values inside a value, with the paths to them."""
    yield path, value
    if isinstance(value, (dict, list)):
        keyed = value.items() if isinstance(value, dict) else enumerate(value)
        for key, inner in keyed:
            yield from parts(inner, (*path, key))


def changes(path: Path, value: Any) -> Iterator[Edit]:
    """The changes made to one field."""
    for new in (None, True, False, 0, 1, -1, 2, 10**45, 1.0, "", "0", [], {}, [0], DELETE):
        if new is not DELETE or path:
            yield path, new
    if type(value) is int:
        for new in (value + 1, value - 1, -value, float(value), str(value), bool(value), [value]):
            yield path, new
    if isinstance(value, str):
        yield path, value + " "
        yield path, value.upper()
    if isinstance(value, dict):
        yield (*path, "more"), 0
    if isinstance(value, list):
        yield path, list(reversed(value))
        yield path, value + value
        yield path, [value]
        for i, inner in enumerate(value):
            yield path, [*value[:i], inner, *value[i:]]
            yield path, [*value[:i], *value[i + 1 : i + 2], inner, *value[i + 2 :]]


def wrongly_accepted(value: Any) -> bool:
    """Whether a checker accepts a claim that is false."""
    try:
        claim = check_certificate(value)
    except Rejected:
        return False
    return not is_true(claim)


@pytest.mark.parametrize("name", GOOD_NAMES)
def test_one_change(name: str) -> None:
    value = good(name)
    made = 0
    for path, inner in parts(value):
        for edit in changes(path, inner):
            made += 1
            assert not wrongly_accepted(edited(value, edit)), edit
    assert made > 100


@pytest.mark.parametrize("name", GOOD_NAMES)
def test_a_change_of_type_is_rejected(name: str) -> None:
    value = good(name)
    for path, inner in parts(value):
        if type(inner) is int:
            wrong = [float(inner), str(inner), [inner], *([bool(inner)] if inner in (0, 1) else [])]
        elif isinstance(inner, bool):
            wrong = [int(inner), str(inner).lower(), None]
        else:
            wrong = [0, True, 1.5, tuple(inner)] if isinstance(inner, list) else [0, True, 1.5]
        for new in wrong:
            with pytest.raises(Rejected):
                check_certificate(edited(value, (path, new)))


@pytest.mark.parametrize("name", GOOD_NAMES)
def test_every_other_claim(name: str) -> None:
    value = good(name)
    states = value["claim"]["language"]["states"]
    for algebraic_class in CLASSES:
        for member in (True, False):
            claimed = edited(
                value, (("claim", "class"), algebraic_class), (("claim", "member"), member)
            )
            assert not wrongly_accepted(claimed)
            if (algebraic_class, member) not in PROVES[value["kind"]]:
                with pytest.raises(Rejected, match="class-mismatch"):
                    check_certificate(claimed)
            for kind in PROVES:
                assert not wrongly_accepted(edited(claimed, (("kind",), kind)))
            for accept in range(2**states):
                listed = [q for q in range(states) if accept >> q & 1]
                changed = edited(claimed, (("claim", "language", "accept"), listed))
                assert not wrongly_accepted(changed), (algebraic_class, member, listed)


@pytest.mark.parametrize("name", GOOD_NAMES)
def test_two_changes_of_numbers(name: str) -> None:
    value = good(name)
    numbers = [(path, inner) for path, inner in parts(value) if type(inner) is int]
    numbers = numbers[:40]
    for i, (first, x) in enumerate(numbers):
        for second, y in numbers[i + 1 :]:
            for dx in (-1, 1):
                for dy in (-1, 1):
                    both = edited(value, (first, x + dx), (second, y + dy))
                    assert not wrongly_accepted(both), (first, second)
