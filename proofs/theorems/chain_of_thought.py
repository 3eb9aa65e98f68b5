"""Decoders that write tokens before they answer."""

from __future__ import annotations

from proofs.citation import Axiom, Citation
from proofs.profile import box
from proofs.statements import Lower, Upper
from proofs.theorems.regions import (
    ANY_NORM,
    ANY_NUMBERS,
    CONSTANT_SIZE,
    FREE_LOG_EXTRA,
    LOG_EXTRA,
    TRANSFORMER,
)

_MS24 = Citation("Merrill, Sabharwal", 2024, "The Expressive Power of Transformers with Chain of "
                 "Thought", "ICLR, arXiv 2310.07923")
_DEPTH = Citation("Merrill, Sabharwal", 2025, "A Little Depth Goes a Long Way: The Expressive "
                  "Power of Log-Depth Transformers", "NeurIPS, arXiv 2503.03961", "Theorem 4")
_LI = Citation("Li, Liu, Zhou, Ma", 2024, "Chain of Thought Empowers Transformers to Solve "
               "Inherently Serial Problems", "ICLR, arXiv 2402.12875")
_AMIRI = Citation("Amiri, Huang, Rofin, Hahn", 2025, "Lower Bounds for Chain-of-Thought Reasoning "
                  "in Hard-Attention Transformers", "ICML, arXiv 2502.02393")

# Decoders see only what stands to their left; the answer is the last token.
_DECODER = {"masking": "future strict-future", "loops": "1", "padding": "0",
            "thought": "discrete", "readout": "token"}
# The construction of Merrill and Sabharwal 2024.
_MS_CONSTRUCTION = {
    "attention": "average-hard", "loops": "1", "padding": "0", "thought": "discrete",
    "readout": "token", "softmax": "each any", "positions": "none", "norm": "projected-pre",
    "norm_epsilon": "zero", "ffn": "relu", "uniformity": "full", "markers": "bos",
    "acceptance": "sign"}
_ANY_DECODER = {
    "attention": "uhat-left uhat-right average-hard softmax softmax-scaled", "softmax": "any",
    "positions": "none periodic finite-image index length-dependent", "ffn": "relu",
    "markers": "any", "acceptance": "any"}

REGULAR_BY_COT = Axiom(
    "cot-linear-regular",
    "n + 2 decoded tokens, the answer included, suffice for every regular language: average-hard "
    "attention, projected pre-norm, log precision, no position encodings.",
    (
        Lower("REG", (box(
            **TRANSFORMER, **CONSTANT_SIZE, **_MS_CONSTRUCTION, **FREE_LOG_EXTRA,
            masking="strict-future", cot="n",
        ),)),
        Lower("REG", (box(
            **TRANSFORMER, **CONSTANT_SIZE, **_MS_CONSTRUCTION, **FREE_LOG_EXTRA,
            masking="future", cot="n",
        ),)),
    ),
    Citation(_MS24.authors, 2024, _MS24.title, _MS24.venue, "Theorem 1"), "yes",
    note="The theorem's wording is |x| + 1 tokens; the construction decodes q_0, ..., q_n and the "
         "answer.",
    results=("merrill-sabharwal-2024-regular",),
    see=("expressivity/thought/automata.py",),
)

COT_SPACE = Axiom(
    "cot-upper-bounds",
    "One fixed decoder with t(n) tokens runs in space t + log n and in time polynomial in n + t: "
    "linear space for t = O(n), polynomial time for polynomial t.",
    (
        Upper((box(
            **TRANSFORMER, **CONSTANT_SIZE, **LOG_EXTRA, **_DECODER, **_ANY_DECODER, **ANY_NORM,
            uniformity="full", cot="0..n",
        ),), "SPACE(n)"),
        Upper((box(
            **TRANSFORMER, **CONSTANT_SIZE, **LOG_EXTRA, **_DECODER, **_ANY_DECODER, **ANY_NORM,
            uniformity="full", cot="0..poly(n)",
        ),), "P"),
    ),
    Citation(_MS24.authors, 2024, _MS24.title, _MS24.venue, "Theorems 3-4"), "yes",
    results=("merrill-sabharwal-2024-upper", "merrill-sabharwal-2024-p"),
)

COT_POLYNOMIAL = Axiom(
    "cot-polynomial-p",
    "Polynomially many tokens: every language in P, by simulating one Turing machine step a token.",
    (Lower("P", (box(
        **TRANSFORMER, **CONSTANT_SIZE, **_MS_CONSTRUCTION, **FREE_LOG_EXTRA,
        masking="strict-future", cot="1..poly(n)",
    ),)),),
    Citation(_MS24.authors, 2024, _MS24.title, _MS24.venue, "Theorem 2, Corollary 2.1"), "yes",
    results=("merrill-sabharwal-2024-time", "merrill-sabharwal-2024-p"),
)

COT_LOGARITHMIC = Axiom(
    "cot-logarithmic-tc0",
    "O(log n) tokens over a constant vocabulary: still only L-uniform TC0.",
    (Upper((box(
        **TRANSFORMER, **CONSTANT_SIZE, **LOG_EXTRA, **_DECODER, **_ANY_DECODER, **ANY_NORM,
        uniformity="full dlogtime logspace", cot="0..log(n)",
    ),), "L-TC0"),),
    _DEPTH, "yes",
    note="All polynomially many token strings are guessed and verified in parallel.",
    results=("log-cot-tc0",),
)

_CONSTANT_BITS = {"format": "fixed float", "rounding": "nearest", "arithmetic": "left-to-right",
                  "division": "any", "overflow": "saturate", "precision": "1..O(1)",
                  "parameters": "rational"}
_CONSTANT_BITS_CONSTRUCTION = {
    "attention": "softmax", "masking": "future", "loops": "1", "padding": "0",
    "thought": "discrete", "readout": "token", "softmax": "each plain max-subtracted",
    "positions": "arbitrary", "ffn": "relu", "uniformity": "nonuniform",
    "markers": "each bos both", "acceptance": "sign", "norm": "none", "norm_epsilon": "each any",
    "format": "each fixed float", "rounding": "nearest", "arithmetic": "left-to-right",
    "division": "each any", "overflow": "saturate", "precision": "1..O(1)",
    "parameters": "rational"}
_LOG_WIDTH = {"depth": "1..O(1)", "heads": "0..O(1)", "width": "1..log(n)",
              "vocabulary": "1..O(1)"}

CONSTANT_BIT_COT = Axiom(
    "constant-bit-cot-p-poly",
    "Constant bits, width O(log n), a model for each n: T tokens simulate circuits of size T; "
    "polynomially many tokens give exactly P/poly, linearly many all regular languages.",
    (
        Lower("P/poly", (box(
            **TRANSFORMER, **_LOG_WIDTH, **_CONSTANT_BITS_CONSTRUCTION, cot="1..poly(n)",
        ),)),
        Lower("REG", (box(
            **TRANSFORMER, **_LOG_WIDTH, **_CONSTANT_BITS_CONSTRUCTION, cot="n",
        ),)),
        Upper((box(
            **TRANSFORMER, **_LOG_WIDTH, **_CONSTANT_BITS, **_DECODER, **ANY_NORM,
            attention="softmax", softmax="any", ffn="relu", markers="any", acceptance="any",
            positions="none periodic finite-image index length-dependent arbitrary",
            uniformity="any", cot="0..poly(n)",
        ),), "P/poly"),
    ),
    Citation(_LI.authors, 2024, _LI.title, _LI.venue, "Theorem 3.3"), "part",
    note="The position encodings are given for each n and may be uncomputable. Heads of the "
         "construction give weight 1 to one position and 0 to all others, so that it does not "
         "matter where they divide.",
    results=("li-2024-size", "li-2024-p-poly"),
    see=("expressivity/thought/circuits.py",),
)

CONSTANT_BIT_LOG_COT = Axiom(
    "constant-bit-log-cot-ac0",
    "Constant bits and O(log n) tokens, even with polynomial width and a model for each n: only "
    "non-uniform AC0.",
    (Upper((box(
        **TRANSFORMER, **_LOG_WIDTH | {"width": "1..poly(n)"}, **_CONSTANT_BITS, **_DECODER,
        **ANY_NORM, attention="softmax", softmax="any", ffn="relu", markers="any",
        acceptance="any", positions="none periodic finite-image index length-dependent arbitrary",
        uniformity="any", cot="0..log(n)",
    ),), "AC0"),),
    _LI, "part",
    note="Wherever heads divide, as without decoded tokens (see `constant-bits-in-ac0`).",
    results=("li-2024-logcot-ac0",),
)

LOG_FIXED_POINT_LOG_COT = Axiom(
    "log-fixed-point-log-cot-tc0",
    "Fixed point with O(log n) bits and O(log n) tokens, even with polynomial width and a model "
    "for each n: only non-uniform TC0.",
    (Upper((box(
        **TRANSFORMER, **_LOG_WIDTH | {"width": "1..poly(n)"}, **_DECODER, **ANY_NORM,
        attention="softmax", softmax="any", ffn="relu", markers="any", acceptance="any",
        positions="none periodic finite-image index length-dependent arbitrary",
        uniformity="any", format="fixed", rounding="nearest", arithmetic="left-to-right",
        division="any", overflow="saturate", precision="log(n)", parameters="rational",
        cot="0..log(n)",
    ),), "TC0"),),
    _LI, "part",
    note="All polynomially many token strings are verified in parallel (see "
         "`log-fixed-point-in-tc0`).",
    results=("li-2024-logcot-ac0",),
)

SUBLINEAR_HARD_COT = Axiom(
    "uhat-sublinear-cot-ac0",
    "Unique hard attention with o(n) decoded tokens recognises only those regular languages that "
    "are in AC0: others, such as parity, need linearly many.",
    (Upper((box(
        **TRANSFORMER, **CONSTANT_SIZE, **ANY_NUMBERS, **ANY_NORM, **_DECODER,
        attention="uhat-left uhat-right", ffn="any", markers="any", acceptance="any",
        positions="none periodic finite-image index length-dependent arbitrary",
        uniformity="any", cot="0..<n",
    ),), "AC0", within="REG"),),
    _AMIRI, "part",
    note="With o(n) tokens some restriction that leaves linearly many letters free makes the "
         "answer constant; a regular language outside AC0 counts blocks of equal length modulo "
         "some number.",
    results=("amiri-2025",),
)
