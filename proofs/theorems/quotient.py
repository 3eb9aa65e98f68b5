"""Softmax and average-hard heads that divide last: by the quotient of two rounded sums.

Under overflow to infinity this decides what can be recognised. The theorems of the literature
divide weights first; what is said here is argued here.
"""

from __future__ import annotations

from proofs.citation import Axiom
from proofs.profile import box
from proofs.statements import Upper
from proofs.theorems.regions import (
    CONSTANT_SIZE,
    ONE_PASS,
    OVERFLOWING_EXACT_SUMS,
    OVERFLOWING_FIXED,
    TRANSFORMER,
)

_SHAPE = {"masking": "strict-future", "uniformity": "full", "acceptance": "sign", "ffn": "relu",
          "norm": "none post", "norm_epsilon": "any", "readout": "eos"}
_WITHOUT_POSITIONS = TRANSFORMER | CONSTANT_SIZE | ONE_PASS | _SHAPE | {
    "attention": "softmax average-hard", "softmax": "any", "positions": "none", "markers": "eos"}

OVERFLOWING_QUOTIENT = Axiom(
    "fixed-precision-quotient-trivial",
    "Constant precision, strict masks, no position encodings, sums that overflow to infinity and "
    "cannot stagnate, quotients taken last: a model that never computes NaN accepts all words or "
    "none.",
    (
        Upper((
            box(**_WITHOUT_POSITIONS, **OVERFLOWING_FIXED | {"division": "quotient"}),
            box(**_WITHOUT_POSITIONS, **OVERFLOWING_EXACT_SUMS | {"division": "quotient"}),
        ), "J-trivial"),
        Upper((
            box(**_WITHOUT_POSITIONS, **OVERFLOWING_FIXED | {"division": "quotient"}),
            box(**_WITHOUT_POSITIONS, **OVERFLOWING_EXACT_SUMS | {"division": "quotient"}),
        ), "nc0-regular"),
    ),
    None, "derived",
    note="Say that activations depend on the symbol alone, as they do before the first layer. A "
         "symbol q that follows sufficiently many symbols s sees equal scores and values: the "
         "denominator is 0 for ever, or in the end infinite. 0 / 0 is NaN, and so is infinity / "
         "infinity, so the numerator stays finite: every weighted value rounds to 0. With the "
         "maximum subtracted, and for uniform weights, the weight is 1 and the value itself is 0. "
         "So on every word every head returns 0 and the activations after the layer depend on "
         "the symbol alone. The class is stated by two larger ones.",
)

OVERFLOWING_QUOTIENT_PERIODIC = Axiom(
    "fixed-precision-quotient-periodic",
    "The same with begin and end symbols and position encodings that are periodic as realised: "
    "only LTL[P,MOD].",
    (Upper((box(
        **TRANSFORMER, **CONSTANT_SIZE, **ONE_PASS, **_SHAPE,
        **OVERFLOWING_FIXED | {"division": "quotient"}, attention="softmax",
        softmax="plain max-subtracted", positions="periodic", markers="both",
    ),), "LTL[P,MOD]"),),
    None, "derived",
    note="Boundedly many weights that are not 0 make the denominator infinite. Then the numerator "
         "is finite, since infinity / infinity is NaN and models that produce NaN are excluded, "
         "and the head returns 0. Before, both sums have boundedly many terms that are not 0, in "
         "an order that LTL[P,MOD] tells apart; this is the argument for weights that are divided "
         "first.",
)
