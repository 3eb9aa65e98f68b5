"""`ask` with a model built: a yes that rests on weights and their certificate alone."""

from __future__ import annotations

from dataclasses import replace

from expressivity.ask import InconsistentBase, Verdict, ask, readout_notes
from expressivity.build import Built, builds
from expressivity.certify import Certified, NotCertified, certify, theorem
from expressivity.defaults import LENGTH
from expressivity.extraction.budget import Progress
from expressivity.variants import Variant
from languages.classes.analysis import Budget
from languages.errors import InputError
from languages.language import Language

NO_THEOREM = ("The yes rests on no theorem of the literature: on the weights, the certificate and "
              "its checker.")


def ask_witness(language: Language, variant: Variant, budget: Budget | None = None,
                length: int = LENGTH, progress: Progress | None = None) -> Verdict:
    """The verdict, from a witness where a construction gives one that can be certified.

    Otherwise, and where the theorem base says no, the verdict of `ask`, with a note.
    """
    reasons: list[str] = []
    found = _first_certified(language, variant, length, reasons, progress)
    if found is None:
        plain = ask(language, variant, budget)
        return replace(plain, notes=(*plain.notes, "no witness: " + "; ".join(reasons)))
    built, certified = found
    derived = theorem(language, certified, variant)
    plain = ask(language, variant, budget)
    if plain.answer == "no":
        raise InconsistentBase(f"a witness for {derived.statement}, which was excluded")
    notes = (*readout_notes(variant.profile),
             f"witness: {built.construction} ({built.citation}); model sha256:{certified.digest}",
             NO_THEOREM, f"Without the witness the theorem base answers: {plain.answer}.")
    return Verdict(language, variant, "yes", (), (derived,), notes)


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
