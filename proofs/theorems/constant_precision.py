"""Constant precision, any data-independent positions: what holds of models that hardware runs."""

from __future__ import annotations

from proofs.citation import Axiom, Citation, Conjecture
from proofs.profile import box
from proofs.statements import NotSub, Sub, Upper
from proofs.theorems.regions import ANY_NORM, CONSTANT_SIZE, ONE_PASS, RECURRENT, TRANSFORMER

_LOHREY = Citation("Lohrey", 2001, "On the parallel complexity of tree automata",
                   "RTA, LNCS 2051")

_BARRINGTON = Citation("Barrington, Compton, Straubing, Thérien", 1992, "Regular languages in NC1",
                       "Journal of Computer and System Sciences 44")

LEFT_TO_RIGHT_AC0 = Axiom(
    "constant-precision-left-to-right-ac0",
    "Transformers with constant precision and width, whatever their masks, position encodings that "
    "do not depend on the input, normalisation and networks, whose sums are rounded after every "
    "addition from left to right: only languages in non-uniform AC0.",
    (Upper((box(
        **TRANSFORMER, **CONSTANT_SIZE, **ONE_PASS, **ANY_NORM,
        attention="uhat-left uhat-right average-hard softmax softmax-scaled",
        masking="any", softmax="any",
        positions="none periodic finite-image index length-dependent arbitrary relative",
        ffn="any", uniformity="any", format="fixed float", rounding="floor nearest",
        arithmetic="left-to-right", division="any", overflow="infinity saturate",
        precision="1..O(1)", parameters="rational", markers="any", readout="eos last first",
        acceptance="any",
    ),), "AC0"),),
    _BARRINGTON, "derived",
    note="For each n: activations have constantly many values, and what depends on positions "
         "alone is hard-wired, so a term of a sum is a function of constantly many bits. A "
         "maximum is in AC0. A running sum s -> round(s + t) preserves the order of a finite "
         "chain; monoids of such maps are aperiodic, and products in a fixed aperiodic monoid "
         "are in AC0, whatever the terms are at each position. Where weights are divided first, "
         "denominators come first: one copy for each of their constantly many values. Constantly "
         "many such steps follow one another. Models that produce NaN are excluded. Li, Liu, "
         "Zhou, Ma (2024) have the case of saturating sums and ReLU networks.",
)

ANY_ORDER_NC1 = Axiom(
    "constant-precision-any-order-nc1",
    "Transformers with constant precision and width, whatever their masks, position encodings that "
    "do not depend on the input, normalisation and networks, and state-space models with real "
    "diagonal or time-invariant transitions, in whatever order sums are rounded: only languages in "
    "non-uniform NC1.",
    (Upper((box(
        **TRANSFORMER, **CONSTANT_SIZE, **ONE_PASS, **ANY_NORM,
        attention="uhat-left uhat-right average-hard softmax softmax-scaled",
        masking="any", softmax="any",
        positions="none periodic finite-image index length-dependent arbitrary relative",
        ffn="any", uniformity="any", format="fixed float", rounding="floor nearest",
        arithmetic="left-to-right other-order exact-sums exact-attention extra-precision",
        division="any", overflow="infinity saturate", precision="1..O(1)", parameters="rational",
        markers="any", readout="eos last first", acceptance="any",
    ), box(
        **RECURRENT, **CONSTANT_SIZE, **ONE_PASS, **ANY_NORM,
        family="ssm", transition="time-invariant nonnegative-diagonal signed-diagonal",
        ffn="any", uniformity="any", format="fixed float", rounding="floor nearest",
        arithmetic="left-to-right other-order exact-sums extra-precision closed-form",
        overflow="infinity saturate", precision="1..O(1)", parameters="rational",
        markers="any", readout="eos last first", acceptance="any",
    )), "nonuniform NC1"),),
    _LOHREY, "derived",
    note="For each n: activations have constantly many values, and what depends on positions "
         "alone is hard-wired, so scores and position-wise maps are functions of constantly many "
         "bits. A maximum is in AC0. A sum that is rounded after each addition, in an order given "
         "by n and i, by itself a term over a finite algebra whose leaves are constants and "
         "inputs: evaluating it is in NC1 (Lohrey; for a fixed term by balancing it). Sums that "
         "are rounded once are functions of constantly many counts, in TC0. A scan that is rounded "
         "at each combination is a term again, since pairs of transition and sum have constantly "
         "many values; in closed form it is an iterated sum of iterated products, in TC0. Extra "
         "precision is read as for log precision: a whole sum is one operation, computed to enough "
         "bits and then truncated; or it is a constant number of bits, in any order. NaN is one "
         "more value. Constantly many such steps follow one another.",
)

SEPARATIONS_FROM_NC1 = (
    Conjecture("L not in nonuniform NC1", "L is not inside non-uniform NC1",
               "L is inside non-uniform NC1", NotSub("L", "nonuniform NC1"),
               Sub("L", "nonuniform NC1")),
    Conjecture("NL not in nonuniform NC1", "NL is not inside non-uniform NC1",
               "NL is inside non-uniform NC1", NotSub("NL", "nonuniform NC1"),
               Sub("NL", "nonuniform NC1")),
    Conjecture("P not in nonuniform NC1", "P is not inside non-uniform NC1",
               "P is inside non-uniform NC1", NotSub("P", "nonuniform NC1"),
               Sub("P", "nonuniform NC1")),
    Conjecture("NP not in nonuniform NC1", "NP is not inside non-uniform NC1",
               "NP is inside non-uniform NC1", NotSub("NP", "nonuniform NC1"),
               Sub("NP", "nonuniform NC1")),
)
