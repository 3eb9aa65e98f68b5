"""Models as witnesses: certificates that a model with these weights recognises a language.

Standard library, `proofs.checkers` and `proofs.models` only; see `model_language`.
"""

from proofs.witnesses.budget import Budget
from proofs.witnesses.model_language import (
    FORMAT,
    KIND,
    VERSION,
    Witness,
    check_witness,
    model_digest,
)

__all__ = ["FORMAT", "KIND", "VERSION", "Budget", "Witness", "check_witness", "model_digest"]
