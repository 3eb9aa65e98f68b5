"""Which models are covered, and why others are refused."""

from __future__ import annotations

from expressivity.extraction.budget import Refused
from expressivity.extraction.positions import constant
from proofs.models.architecture import Model
from proofs.models.layers import Attention, Head, window_size
from proofs.models.positions import Bounded, Formula, Table

OFFER = "; `extract --up-to N` gives what it recognises up to length N"


def check_supported(model: Model) -> None:
    """Raises Refused, naming the part, for a model that need not be finite-state this way."""
    if model.loop is not None:
        raise Refused("looped: sublayers that are repeated"
                      + (" as often as the length says" if model.loop.times is None else "")
                      + f" are not composed here{OFFER}")
    if isinstance(model.positions, Bounded):
        raise Refused(f"positions bounded: the model answers words of at most {model.period} "
                      f"positions, markers included{OFFER}")
    if isinstance(model.positions, Table):
        raise Refused("positions from a table: the model answers words of finitely many lengths"
                      + OFFER)
    for formula in model.formulas:
        if not constant(formula):
            raise Refused(f"position formula of dimension {model.residual[formula.dimension]}, "
                          f"which depends on {_variables(formula)}: the model need not be "
                          f"finite-state{OFFER}")
    for k, layer in enumerate(model.layers):
        if isinstance(layer, Attention):
            for h, head in enumerate(layer.heads):
                why = _refused(model, head)
                if why is not None:
                    raise Refused(f"sublayer {k + 1}, head {h + 1}: {why}{OFFER}")


def _variables(formula: Formula) -> str:
    terms = [(a, b) for p in (formula.numerator, formula.denominator) for c, a, b in p if c]
    return " and ".join(name for name, used in (("i", any(a for a, _ in terms)),
                                                ("N", any(b for _, b in terms))) if used)


def _refused(model: Model, head: Head) -> str | None:
    if window_size(head.mask) is not None:
        return None
    if head.mask not in ("future", "strict-future"):
        return (f"mask {head.mask}: a head that sees later positions is not a function of what "
                "was read so far")
    if head.selection in ("uhat-left", "uhat-right"):
        return None
    if model.contract.grid is None:
        return (f"{head.selection} attention over exact rationals: averages take infinitely many "
                "values, the language need not be regular")
    if model.contract.arithmetic != "left-to-right":
        return (f"{head.selection} attention with arithmetic {model.contract.arithmetic}: exact "
                "sums count without bound, the language need not be regular")
    return None
