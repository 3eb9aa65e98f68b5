"""Does a model recognise a language? At all lengths by extraction, else up to a length.

Up to a length: all words are tried; past them, a SAT solver goes on length by length, with proofs.
"""

from __future__ import annotations

import itertools
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from expressivity.defaults import SECONDS
from expressivity.equivalence.at_length import equal_at_length
from expressivity.equivalence.outcome import Clock, Different, Equal
from expressivity.extraction import Budget, Extraction, Refused, extract
from expressivity.models.fast import evaluate
from expressivity.models.model import Model
from expressivity.solvers.solve import Limits
from languages.dfa import DFA
from languages.errors import InputError
from languages.language import Language
from proofs.models.positions import OutOfRange
from proofs.models.reference import NoReadout, readout_position

ALL_LENGTHS = "all lengths"
TRIED = "all words tried"
MAX_WORDS = 2_000_000  # words of one length that are tried at once at the most
Progress = Callable[[str, int], None]


@dataclass(frozen=True)
class Verification:
    """What was found. `counterexample` is a shortest word on which model and language differ.

    `scope` is "all lengths" or "length <= n"; a bounded check says nothing about longer words.
    `how` names the method, `notes` the conventions that were applied. `extraction` is what was
    compared with the language's automaton, at all lengths. `proofs` are the lengths that were not
    tried word by word, each with a certificate that was checked.
    """

    agrees: bool
    scope: str
    how: str
    counterexample: tuple[str, ...] | None
    notes: tuple[str, ...] = ()
    extraction: Extraction | None = field(default=None, compare=False, repr=False)
    proofs: tuple[tuple[int, Equal], ...] = field(default=(), compare=False, repr=False)


def verify(model: Model, language: Language, budget: Budget | None = None, *,
           seconds: float = SECONDS, longest: int | None = None,
           beyond: Limits | None = None, progress: Progress | None = None) -> Verification:
    """Compare a model with a language.

    A model that the extraction covers is compared with a regular language at all lengths.
    Otherwise all words are tried in order of length, as far as `seconds` reach, and up to length
    `longest` if one is given; with `beyond`, longer words of a regular language are then compared
    by a SAT solver within these limits, one length after the other.

    Raises:
        InputError: the alphabets differ, or the language has no membership test.
    """
    if set(model.alphabet) != set(language.alphabet):
        raise InputError(f"alphabet: the model's is {' '.join(model.alphabet)}, that of "
                         f"{language.name} is {' '.join(language.alphabet)}; expected the same")
    skip_empty = not _answers_empty_word(model)
    notes = ("The empty word was left out: the model gives no answer for it.",) if skip_empty \
        else ()

    def up_to_a_length(notes: tuple[str, ...]) -> Verification:
        tried = _by_words(model, language, skip_empty, seconds, notes, longest, progress)
        if beyond is None or language.dfa is None:
            return tried
        return _by_proofs(model, language.dfa.with_alphabet(model.alphabet), tried, longest,
                          beyond, progress)

    try:
        found = extract(model, budget, progress)
    except Refused as refused:
        return up_to_a_length((*notes, f"not extracted: {refused.reason}"))
    if found.dfa is None:
        return up_to_a_length((*notes, f"not extracted: {found.reason}"))
    if language.dfa is None:
        difference = _search(found.dfa, language, skip_empty, seconds)
        if difference is None:
            return up_to_a_length(notes)
    else:
        target = language.dfa.with_alphabet(model.alphabet)
        difference = _difference(found.dfa, target, skip_empty)
    how = f"extracted: {found.dfa.states} states"
    return Verification(difference is None, ALL_LENGTHS, how, difference, notes, found)


def _answers_empty_word(model: Model) -> bool:
    try:
        readout_position(model.definition, 0)
    except NoReadout:
        return False
    return True


def _difference(left: DFA, right: DFA, skip_empty: bool) -> tuple[str, ...] | None:
    """A shortest word in the symmetric difference; the empty word may be left out."""
    if not skip_empty:
        return left.difference(right)
    if bool(left.accept[left.start]) == bool(right.accept[right.start]):
        return left.difference(right)
    # The automata differ on the empty word only if the start states, made fresh, agree elsewhere.
    found = None
    for letter in left.alphabet:
        tails = [_from(dfa, dfa.run(dfa.encode((letter,)))) for dfa in (left, right)]
        rest = tails[0].difference(tails[1])
        if rest is not None and (found is None or len(rest) + 1 < len(found)):
            found = (letter, *rest)
    return found


def _from(dfa: DFA, start: int) -> DFA:
    return DFA(dfa.alphabet, dfa.delta, start, dfa.accept)


def _search(dfa: DFA, language: Language, skip_empty: bool,
            seconds: float) -> tuple[str, ...] | None:
    """A shortest difference from a language without automaton, as far as the time reaches."""
    deadline = time.monotonic() + seconds
    for word in _words(dfa.alphabet, 1 if skip_empty else 0):
        if time.monotonic() > deadline:
            return None
        if dfa.accepts(word) != language.contains(word):
            return word
    return None


def _words(alphabet: Sequence[str], shortest: int) -> Iterator[tuple[str, ...]]:
    for n in itertools.count(shortest):
        yield from itertools.product(alphabet, repeat=n)


def _by_words(model: Model, language: Language, skip_empty: bool, seconds: float,
              notes: tuple[str, ...], longest: int | None,
              progress: Progress | None) -> Verification:
    """All words of each length in turn, until the time is up."""
    deadline = time.monotonic() + seconds
    letters = model.alphabet
    shortest = 1 if skip_empty else 0
    n = shortest
    while True:
        if n > shortest and (len(letters) ** n > MAX_WORDS or time.monotonic() > deadline
                             or (longest is not None and n > longest)):
            return Verification(True, f"length <= {n - 1}", TRIED, None, notes)
        if progress is not None:
            progress(f"words of length {n}", 0)
        words = np.array(list(itertools.product(range(len(letters)), repeat=n)),
                         dtype=np.int64).reshape(len(letters) ** n, n)
        try:
            answers = evaluate(model, words)
        except OutOfRange as error:
            if n == shortest:
                raise InputError(f"the model answers no word: {error}") from None
            return Verification(True, f"length <= {n - 1}", TRIED, None, (*notes, f"{error}."))
        for word, got, defined in zip(words, answers.accepted, answers.defined, strict=True):
            spelled = tuple(letters[i] for i in word)
            if not defined:
                return Verification(False, f"length <= {n}", TRIED, spelled,
                                    (*notes, "The model computes no value on this word (NaN)."))
            if bool(got) != language.contains(spelled):
                return Verification(False, f"length <= {n}", TRIED, spelled, notes)
        n += 1


def _by_proofs(model: Model, dfa: DFA, tried: Verification, longest: int | None, limits: Limits,
               progress: Progress | None) -> Verification:
    """Longer words than those that were tried, until the time is up or a length is not settled."""
    clock = Clock(limits)
    first = int(tried.scope.rpartition(" ")[2]) + 1
    proofs: list[tuple[int, Equal]] = []
    n = first
    found = tried
    while found.agrees and (longest is None or n <= longest):
        outcome = equal_at_length(model, dfa, n, clock, progress)
        if isinstance(outcome, Equal):
            proofs.append((n, outcome))
            n += 1
        elif isinstance(outcome, Different):
            return Verification(False, f"length <= {n}", "SAT, checked on the word",
                                outcome.example, tried.notes, proofs=tuple(proofs))
        else:
            found = replace(tried, notes=(*tried.notes, f"length {n} by SAT: {outcome.reason}"))
            break
    if not proofs:
        return found
    lengths = f"length {first}" if n == first + 1 else f"lengths {first} to {n - 1}"
    return replace(found, scope=f"length <= {n - 1}", proofs=tuple(proofs),
                   how=f"{TRIED} up to {first - 1}, {lengths} by SAT, proofs checked")
