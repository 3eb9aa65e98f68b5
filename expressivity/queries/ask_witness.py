"""`ask` with a model built: a yes that rests on weights and their certificate alone.

Decoders have no such certificate: a theorem answers, and the run of a decoder stands beside it.
"""

from __future__ import annotations

from dataclasses import replace

from expressivity.build import UNCOVERED, Built, builds
from expressivity.certify import Certified, NotCertified, certify, theorem
from expressivity.defaults import LENGTH
from expressivity.extraction.budget import Progress
from expressivity.queries.ask import InconsistentBase, Verdict, ask, readout_notes
from expressivity.thought.demonstration import Demonstration, demonstrate
from expressivity.variants import Variant
from languages.classes.analysis import Budget
from languages.errors import InputError
from languages.language import Language

RUN_SECONDS = 1.0
"""So long a decoder that is shown beside a theorem is compared with the automaton."""
NO_THEOREM = ("The yes rests on no theorem of the literature: on the weights, the certificate and "
              "its checker.")


def ask_witness(language: Language, variant: Variant, budget: Budget | None = None,
                length: int = LENGTH, progress: Progress | None = None,
                given: frozenset[str] = frozenset()) -> Verdict:
    """The verdict, from a witness where a construction gives one that can be certified.

    Otherwise, and where the theorem base says no, the verdict of `ask`, with a note.
    """
    reasons: list[str] = []
    found = _first_certified(language, variant, length, reasons, progress)
    if found is None:
        plain = ask(language, variant, budget, given=given)
        run, more = _run(plain, progress)
        return replace(plain, notes=(*plain.notes, _no_witness(reasons), *more),
                       run=run)
    built, certified = found
    derived = theorem(language, certified, variant)
    plain = ask(language, variant, budget, given=given)
    if plain.answer == "no":
        raise InconsistentBase(f"a witness for {derived.statement}, which was excluded")
    notes = (*variant.notes, *readout_notes(variant.profile),
             f"witness: {built.construction} ({built.citation}); model sha256:{certified.digest}",
             NO_THEOREM, f"Without the witness the theorem base answers: {plain.answer}.")
    return Verdict(language, variant, "yes", (), (derived,), notes)


def _no_witness(reasons: list[str]) -> str:
    """The reasons that concern the language; constructions of other languages are counted."""
    telling = [reason for reason in reasons if UNCOVERED not in reason]
    others = len(reasons) - len(telling)
    return "no witness: " + "; ".join(
        [*telling, *([f"{others} constructions do not cover the language"] if others else [])])


def _run(plain: Verdict, progress: Progress | None
         ) -> tuple[Demonstration | None, tuple[str, ...]]:
    """A decoder's run where a theorem says yes of decoders, or a note that says why not."""
    if plain.answer != "yes":
        return None, ()
    try:
        return demonstrate(plain.language, plain.variant, RUN_SECONDS, progress), ()
    except InputError as error:
        return None, (f"no run: {error}",)


def _first_certified(language: Language, variant: Variant, length: int, reasons: list[str],
                     progress: Progress | None) -> tuple[Built, Certified] | None:
    try:
        for built in builds(language, variant, length, reasons, progress):
            try:
                return built, certify(built.model, language, built.verification)
            except NotCertified as error:
                reasons.append(f"{built.construction}: {error}")
    except InputError as error:
        reasons.append(str(error))
    return None
