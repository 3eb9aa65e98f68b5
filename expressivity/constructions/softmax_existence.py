"""R-trivial languages by softmax attention at constant precision, strictly masked.

An R-trivial language is a past temporal formula whose only temporal operator is P, "at some
earlier position". One softmax head decides P phi while few positions satisfy phi: score 0 where phi
holds and so far below elsewhere that the exponential rounds to 0, value 1 where phi holds; the
result is positive exactly if phi has held, until the denominator becomes so large that all weights
round to 0. Let P1 be this head. Only boundedly many positions satisfy both phi and P1 phi, so

    P phi = P1 phi or P1 (phi and P1 phi)

is right for ever: two layers for each operator. The weights are divided before they are summed;
with the quotient of two overflowing sums there would be no value.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from expressivity.constructions import Witness
from expressivity.constructions.from_brasp import regular
from expressivity.models.contracts import FIXED_8
from expressivity.programs.brasp import (
    And,
    Attend,
    Definition,
    Local,
    Or,
    Program,
    Readout,
    Vector,
)
from expressivity.programs.brasp_text import brasp_text
from expressivity.programs.brasp_to_model import brasp_to_model, resources
from expressivity.programs.ltl_to_brasp import ltl_to_brasp
from languages.classes import r_trivial
from languages.classes.analysis import Analysis
from languages.dfa import DFA
from languages.language import Language
from languages.logics.from_automaton import partially_ordered_formula

NAME: Final = "R-trivial by softmax"
CITATION: Final = (
    "Li, Cotterell, Characterizing the Expressivity of Fixed-Precision Transformer Language "
    "Models, NeurIPS 2025, arXiv 2505.23623, Theorem 3.3"
)
FAR: Final = 3  # exp(-3) rounds to 0 in multiples of 1/4
STEEP: Final = 4  # the least positive number is 1/4


def applies(language: Language) -> bool:
    """Is the language R-trivial?"""
    return language.dfa is not None and r_trivial.decide(Analysis(language.dfa)).value == "yes"


def program(dfa: DFA, readout: Readout = "eos") -> Program:
    """The program whose attentions ask for existence only, each of them twice."""
    once = ltl_to_brasp(partially_ordered_formula(dfa, readout), readout)
    definitions: list[Definition] = []
    for d in once.definitions:
        if isinstance(d, Local):
            definitions.append(d)
            continue
        first, second = f"{d.name}_first", f"{d.name}_second"
        again = And((d.score, Vector(first, "j")))
        definitions += [
            Attend(first, d.side, d.mask, d.score, d.value, d.default),
            Attend(second, d.side, d.mask, again, d.value, d.default),
            Local(d.name, Or((Vector(first, "i"), Vector(second, "i"))))]
    return Program(once.alphabet, once.readout, tuple(definitions), once.output).checked()


def witnesses(language: Language, length: int) -> Iterator[Witness]:
    """A model for all lengths, in 8-bit fixed point."""
    yield softmax_witness(program(regular(language, NAME)))


def softmax_witness(made: Program) -> Witness:
    """The model of a program whose attentions ask for existence only."""
    counts = resources(made)
    # One more network behind each attention layer makes truth values of its results.
    return Witness(
        existence_by_softmax(brasp_to_model(made, FIXED_8)),
        {"attention_layers": counts.attention_layers, "heads": counts.heads,
         "networks": counts.ffn_layers + counts.attention_layers, "width": counts.width},
        brasp_text(made))


def existence_by_softmax(plain: dict[str, Any]) -> dict[str, Any]:
    """A model of leftmost heads that ask for existence only, with softmax heads instead.

    Each head of `plain` has one score row with values 0 and 1 and returns 1 where the score is 1.
    """
    layers: list[dict[str, Any]] = []
    for layer in plain["layers"]:
        if layer["kind"] != "attention":
            layers.append(layer)
            continue
        heads = []
        written: set[int] = set()
        for head in layer["heads"]:
            ((*row, bias),) = head["key"]
            heads.append({**head, "selection": "softmax",
                          "key": [[*(FAR * x for x in row), FAR * bias - FAR]]})
            written |= {d for d, targets in enumerate(head["output"]) if any(targets)}
        layers += [{"kind": "attention", "heads": heads},
                   _truth_values(sorted(written), len(plain["residual"]))]
    return {**plain, "layers": layers}


def _truth_values(dimensions: list[int], width: int) -> dict[str, Any]:
    """A network that replaces each positive number x of these dimensions by 1.

    It adds 1 - x - ReLU(1 - STEEP x); the numbers are at least 0.
    """
    inner: list[list[int]] = []
    outer = [[0] * (2 * len(dimensions) + 1) for _ in range(width)]
    for k, d in enumerate(dimensions):
        itself, low = [0] * (width + 1), [0] * (width + 1)
        itself[d] = 1
        low[d], low[-1] = -STEEP, 1
        inner += [itself, low]
        outer[d][2 * k] = outer[d][2 * k + 1] = -1
        outer[d][-1] = 1
    return {"kind": "ffn", "in": inner, "out": outer}
