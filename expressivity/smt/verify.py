"""Does a model under a float contract agree with a language on all words of a length? By z3.

The word is unknown, the model's run a term of the theory of floating-point numbers; z3 looks for a
word on which they differ, or on which the model computes NaN. What it finds is run again by the
reference evaluator. That there is none is z3's word alone: there is no certificate.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace

from expressivity.models.model import Model
from expressivity.smt.runs import Run
from expressivity.smt.words import declare_word, define_membership, layers, read_word
from expressivity.solvers.smt import Limits, NoModel, Unknown, solve_smt
from languages.errors import InputError
from languages.language import Language
from proofs.models import reference
from proofs.models.numbers import NotANumber
from proofs.models.positions import OutOfRange
from proofs.models.reference import NoReadout

LOGIC = "QF_BVFP"
Progress = Callable[[str, int], None]


@dataclass(frozen=True)
class AtLength:
    """What is known of one length. `agrees` is None where that is unknown, and `reason` says why.

    `word`, where they differ: run again by the reference evaluator. `undefined`: it computes NaN.
    """

    length: int
    agrees: bool | None
    word: tuple[str, ...] | None = None
    undefined: bool = False
    reason: str | None = None
    seconds: float = 0.0


def verify_lengths(model: Model, language: Language, lengths: Iterable[int],
                   limits: Limits | None = None,
                   progress: Progress | None = None) -> Iterator[AtLength]:
    """One answer for each length, in turn; the limit on time is for all together.

    Raises:
        InputError: the alphabets differ, or something is not translated; says what.
    """
    if set(model.alphabet) != set(language.alphabet):
        raise InputError(f"alphabet: the model's is {' '.join(model.alphabet)}, that of "
                         f"{language.name} is {' '.join(language.alphabet)}; expected the same")
    limits = Limits() if limits is None else limits
    deadline = time.monotonic() + limits.seconds
    for length in lengths:
        if progress is not None:
            progress("words of length", length)
        start = time.monotonic()
        found = _at_length(model, language, length, limits, deadline)
        yield replace(found, seconds=time.monotonic() - start)


def _at_length(model: Model, language: Language, length: int, limits: Limits,
               deadline: float) -> AtLength:
    try:
        asked = script(model, language, length)
    except (NoReadout, OutOfRange) as error:
        return AtLength(length, None, reason=f"the model gives no answer: {error}")
    except NotANumber as error:
        return AtLength(length, False, model.alphabet[:1] * length, True, str(error))
    found = solve_smt(asked, Limits(deadline - time.monotonic(), limits.megabytes), LOGIC)
    if isinstance(found, Unknown):
        return AtLength(length, None, reason=found.reason if deadline > time.monotonic()
                        else f"time: {limits.seconds:.3g} s")
    if isinstance(found, NoModel):
        return AtLength(length, True)
    word = read_word(found.values, length, len(model.alphabet))
    spelled = tuple(model.alphabet[a] for a in word)
    try:
        differ = reference.accepts(model.definition, word) != language.contains(spelled)
    except NotANumber as error:
        return AtLength(length, False, spelled, True, str(error))
    if differ:
        return AtLength(length, False, spelled)
    return AtLength(length, None, reason=f"z3 gives the word {' '.join(spelled)}, on which the "
                    "reference evaluator sees no difference: a defect of the translation")


def script(model: Model, language: Language, length: int) -> str:
    """SMT-LIB that has a model exactly if some word of this length makes a difference.

    Raises:
        NotTranslated: what the model has.
        NoReadout, OutOfRange: it answers no word of this length.
        NotANumber: it computes NaN on all of them.
    """
    run = Run(model.definition, length)
    return "\n".join([
        *declare_word(length, len(model.alphabet)),
        *define_membership(layers(language, model.alphabet, length)),
        *run.floats.lines,
        f"(assert (or {run.undefined} (not (= {run.accepted} member))))"])
