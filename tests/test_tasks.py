"""Tasks of the catalogue and of the theorem base are the same tasks."""

from __future__ import annotations

from languages.catalogue import entries
from languages.parse import parse_language
from proofs.statements import Language
from proofs.theorems import named_languages


def _base_languages() -> list[Language]:
    return [v for v in vars(named_languages).values() if isinstance(v, Language)]


def test_every_task_of_the_base_is_in_the_catalogue_under_its_name() -> None:
    for language in _base_languages():
        found = parse_language(language.name)
        if language.task is not None:
            assert found.statement_id == language.task
        else:
            assert found.dfa is not None
            assert language.automaton is not None
            assert found.alphabet == language.automaton.alphabet
            assert [list(r) for r in found.dfa.delta] == [list(r) for r in
                                                          language.automaton.delta]
            assert tuple(found.dfa.accept.nonzero()[0]) == language.automaton.accept


def test_every_task_is_defined_in_words() -> None:
    tasks = {language.task for language in _base_languages() if language.task is not None}
    assert tasks == set(named_languages.TASKS)


def test_every_task_of_the_catalogue_is_known_to_the_base() -> None:
    known = set(named_languages.TASKS)
    for entry in entries().values():
        for example in entry.examples:
            task = parse_language(example).statement_id
            assert task is None or task in known, example
