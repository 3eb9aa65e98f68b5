"""Heads that see a window of constant length."""

from __future__ import annotations

from proofs.citation import Axiom, Citation
from proofs.profile import box
from proofs.statements import Upper
from proofs.theorems.regions import (
    ANY_NORM,
    CONSTANT_NUMBERS,
    CONSTANT_SIZE,
    EXACT_NUMBERS,
    ONE_PASS,
    OVERFLOWING_EXACT_SUMS,
    OVERFLOWING_FIXED,
    TRANSFORMER,
)

_LOCAL = Citation("Li, Cotterell", 2026, "Characterizing the Expressivity of Local Attention in "
                  "Transformers", "ACL, arXiv 2605.00768")

_WINDOWS = TRANSFORMER | CONSTANT_SIZE | ANY_NORM | ONE_PASS | {
    "attention": "uhat-left uhat-right average-hard softmax", "masking": "window",
    "positions": "none", "ffn": "any", "uniformity": "full", "markers": "any",
    "readout": "eos last", "acceptance": "any"}

ONLY_WINDOWS = Axiom(
    "windows-definite",
    "Windows of constant length and no positions: only definite languages, decided by the last "
    "letters.",
    (Upper((box(**_WINDOWS, **CONSTANT_NUMBERS), box(**_WINDOWS, **EXACT_NUMBERS)), "definite"),),
    _LOCAL, "derived",
    note="The output is one function of boundedly many last letters, whatever the heads and the "
         "numbers: with exact or constantly many bits, and one set of weights, it does not change "
         "with n. The paper has equality with LTL[Y] for softmax.",
    results=("li-cotterell-2026-local",), see=("expressivity/extraction/window.py",),
)

_HYBRID = TRANSFORMER | CONSTANT_SIZE | ONE_PASS | {
    "attention": "softmax average-hard", "masking": "strict-future window", "uniformity": "full",
    "acceptance": "sign", "ffn": "relu", "softmax": "plain max-subtracted", "positions": "none",
    "norm": "none post", "norm_epsilon": "any", "markers": "eos", "readout": "eos"}

HYBRID = Axiom(
    "windows-and-strict-masks-star-free",
    "Strict masks and windows mixed, at constant precision with sums that overflow to infinity "
    "and cannot stagnate: only star-free languages.",
    (Upper((box(**_HYBRID, **OVERFLOWING_FIXED), box(**_HYBRID, **OVERFLOWING_EXACT_SUMS)),
           "star-free"),),
    _LOCAL, "yes",
    note="The paper has equality with LTL with P and the last k positions, which is inside LTL. "
         "Models that produce NaN are excluded.",
    results=("li-cotterell-2026-local",), see=("expressivity/extraction/window.py",),
)
