"""Is a decoder right, step by step? All short words, and some longer ones."""

from __future__ import annotations

import itertools
import random
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from expressivity.defaults import SECONDS
from expressivity.thought.session import OutOfTime, Session
from expressivity.thought.target import (
    CircuitTarget,
    MachineTarget,
    Target,
    expected,
    over,
    step_names,
)
from expressivity.thought.thinker import Thinker
from languages.errors import InputError
from proofs.models.numbers import NotANumber
from proofs.models.positions import OutOfRange
from proofs.models.reference import NoReadout

BATCH: Final = 1024
LONG: Final = (20, 50, 100)
SAMPLES: Final = 5
RANDOM_INPUTS: Final = 1000
MAX_INPUTS: Final = 12
MAX_LENGTH: Final = 10_000
"""Of words for decoders that are made for one length."""
MACHINE_TOKENS: Final = 300
"""Tokens that are compared for a machine, which may not stop, if the caller does not say."""

Progress = Callable[[str, int], None]
Word = tuple[str, ...]


@dataclass(frozen=True)
class Checked:
    """What was found. `word` is a first one on which the decoder is wrong, `why` how.

    `scope` says which words were tried; nothing is said about others. With `steps` each token was
    compared, not only the answer. On `unanswered` words, which are in the scope, the machine did
    not stop within the tokens that were compared, nor did the decoder answer.
    """

    agrees: bool
    scope: str
    words: int
    steps: bool
    word: Word | None = None
    why: str = ""
    unanswered: int = 0


def verify_decoder(thinker: Thinker, target: Target, seconds: float = SECONDS,
                   longest: int | None = None, progress: Progress | None = None,
                   most: int | None = None) -> Checked:
    """Compare a decoder with an automaton, a circuit, a machine, or a language by answers alone.

    Languages and machines: all words in order of length as far as `seconds` reach, then a few
    longer ones. Decoders for one length, as those of circuits: all inputs, or random ones where
    there are many. At most `most` tokens are compared; for machines MACHINE_TOKENS without it.
    A decoder that may write without end is stopped in time; words that it had not answered by
    then, and all words of their length, are not in the scope.

    Raises:
        InputError: the alphabets or the numbers of inputs differ, the words are too long, or none
            was answered in time.
    """
    target = over(target, thinker)
    names = step_names(target, thinker)
    if most is None and isinstance(target, MachineTarget):
        most = MACHINE_TOKENS
    endless = most is None and thinker.definition.limit is None
    tried = done = unanswered = 0
    deadline = time.monotonic() + seconds
    scope = "no words"
    for wanted, words in _plan(thinker, longest):
        if progress is not None:
            progress(f"words of length {len(words[0])}", tried)
        for first in range(0, len(words), BATCH):
            part = words[first:first + BATCH]
            try:
                wrong = _first_wrong(thinker, target, part, names, most,
                                     deadline if endless else None)
            except OutOfTime:
                if not done:
                    raise InputError(f"nothing was verified: within {seconds:g} s not all of "
                                     f"{wanted} were answered, and the model has no limit of "
                                     "tokens (verify --limit)") from None
                return Checked(True, scope, done, names is not None, unanswered=unanswered)
            if isinstance(wrong, tuple):
                return Checked(False, wanted, tried, names is not None, *wrong, unanswered)
            tried += len(part)
            unanswered += wrong
        scope, done = wanted, tried
        if time.monotonic() > deadline:
            break
    if not done:
        raise InputError(f"no words to verify: the shortest has length {_first(thinker)}")
    return Checked(True, scope, tried, names is not None, unanswered=unanswered)


def _first(thinker: Thinker) -> int:
    """The least length; without markers decoding cannot start from the empty word."""
    return 0 if thinker.definition.model.markers != "none" else 1


def _plan(thinker: Thinker, longest: int | None) -> Iterator[tuple[str, list[Word]]]:
    """Batches of words of one length, and what has been tried when they have been."""
    letters = thinker.alphabet
    rng = random.Random(1)
    n = thinker.definition.length
    if n is not None:
        if n > MAX_LENGTH:
            raise InputError(f"the model is made for words of length {n}, expected at most "
                             f"{MAX_LENGTH} to verify it")
        if len(letters) ** n <= 2**MAX_INPUTS:
            yield f"all inputs of length {n}", list(itertools.product(letters, repeat=n))
        else:
            yield f"{RANDOM_INPUTS} random inputs of length {n}", [
                tuple(rng.choices(letters, k=n)) for _ in range(RANDOM_INPUTS)]
        return
    first = _first(thinker)
    last = first - 1
    tried = []
    for n in itertools.count(first):
        if len(letters) ** n > 2000 or (longest is not None and n > longest):
            break
        last = n
        tried = [f"length <= {n}" if first == 0 else f"length {first} to {n}"]
        yield tried[0], list(itertools.product(letters, repeat=n))
    more = 0
    for n in LONG:
        if n > last and (longest is None or n <= longest):
            more += SAMPLES
            yield " and ".join([*tried, f"{more} longer words"]), [
                tuple(rng.choices(letters, k=n)) for _ in range(SAMPLES)]


def _first_wrong(thinker: Thinker, target: Target, words: Sequence[Word],
                 names: dict[str, int] | None, most: int | None,
                 until: float | None) -> tuple[Word, str] | int:
    """The first word on which the decoder is wrong, and why; else how many got no answer.

    Raises OutOfTime as `Session.run`.
    """
    number = {letter: k for k, letter in enumerate(thinker.alphabet)}
    coded = [[number[letter] for letter in word] for word in words]
    try:
        found = Session(thinker, coded, most).run(until)
    except (OutOfRange, NoReadout, NotANumber) as error:
        return words[0], f"no answer: {error}"
    for word, tokens, accepted in zip(words, found.tokens, found.accepted, strict=True):
        why = difference(thinker, target, word, tokens, accepted, names)
        if why is not None:
            return word, why
    return found.accepted.count(None)


def difference(thinker: Thinker, target: Target, word: Sequence[str], numbers: Sequence[int],
               accepted: bool | None, names: dict[str, int] | None) -> str | None:
    """How the tokens differ from what they should be, step by step; None if they do not.

    A decoder that has not answered where a machine has not stopped does not differ from it, unless
    it has reached its own limit.
    """
    tokens = [thinker.tokens[m] for m in numbers]
    steps, answer = expected(target, word, len(tokens))
    if isinstance(target, MachineTarget):
        right = list(names or ())  # in the order of the actions
        return _from_run(thinker, word, tokens, [*(right[m] for m in steps or ()),
                                                 *_answer(thinker, answer)])
    if steps is not None and names is not None:
        meaning = "the value" if isinstance(target, CircuitTarget) else "state"
        written = tokens if accepted is None else tokens[:-1]
        for k, (token, value) in enumerate(zip(written, steps, strict=False), start=1):
            if names.get(token) != value:
                return f"step {k} writes {token}, expected {meaning} {value}"
        if accepted is not None and len(written) != len(steps):
            return f"{len(tokens)} tokens, expected {len(steps) + 1}"
    if accepted is None:
        return f"no answer within {len(tokens)} tokens"
    if accepted != answer:
        return f"{'accepted' if accepted else 'rejected'}, expected the contrary"
    return None


def _from_run(thinker: Thinker, word: Sequence[str], tokens: Sequence[str],
              wanted: Sequence[str]) -> str | None:
    """How tokens differ from those of a machine's run, which is followed at least as far."""
    for k, (token, right) in enumerate(zip(tokens, wanted, strict=False), start=1):
        if token != right:
            return f"step {k} writes {token}, expected {right}"
    if len(tokens) < len(wanted) and len(tokens) == thinker.definition.most(len(word)):
        return f"no answer within {len(tokens)} tokens, the model's limit"
    return None


def _answer(thinker: Thinker, answer: bool | None) -> list[str]:
    definition = thinker.definition
    return [] if answer is None else [
        thinker.tokens[definition.accept if answer else definition.reject]]
