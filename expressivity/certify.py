"""A verification at all lengths as a certificate that the island has checked."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from expressivity.extraction.certificate import NoCertificate, certificate
from expressivity.models.model import Model
from expressivity.queries.facts import term
from expressivity.variants import Variant
from expressivity.verify import ALL_LENGTHS, Verification
from languages.language import Language
from proofs import kernel
from proofs.checkers.rejection import Rejected
from proofs.kernel import Theorem
from proofs.witnesses import check_witness

BUDGET_CODES = ("too-many-pairs", "too-many-bits", "not-streaming")


class NotCertified(Exception):
    """No certificate can be given; says why."""


@dataclass(frozen=True)
class Certified:
    """A checked certificate; `digest` is the SHA-256 of the model's canonical text."""

    certificate: dict[str, Any]
    digest: str


def certify(model: Model, language: Language, found: Verification) -> Certified:
    """Make a certificate of what was verified, and check it.

    Raises:
        NotCertified: nothing was verified at all lengths, or checkers do not reach so far.
        RuntimeError: the checker rejects what was verified (a defect).
    """
    if not found.agrees or found.scope != ALL_LENGTHS:
        raise NotCertified(f"verified for {found.scope} only" if found.agrees else
                           "the model does not recognise the language")
    if language.dfa is None or found.extraction is None:
        raise NotCertified("the language has no automaton")
    try:
        made = certificate(model.definition, language.dfa, found.extraction)
        return Certified(made, check_witness(made).digest)
    except NoCertificate as error:
        raise NotCertified(str(error)) from None
    except Rejected as error:
        if error.code in BUDGET_CODES:
            raise NotCertified(f"the checker gives up: {error.message}") from None
        raise RuntimeError(f"the checker rejects a verified model: {error}") from error


def theorem(language: Language, certified: Certified, variant: Variant) -> Theorem:
    """That some model of the variant recognises the language: the one that was certified.

    Raises RuleError if the exact profile of the model is not inside the variant.
    """
    return kernel.extend(kernel.witnessed(term(language), certified.certificate), variant.profile)
