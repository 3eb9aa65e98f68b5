"""Padding tokens and repeated blocks."""

from __future__ import annotations

from proofs.citation import Axiom, Citation
from proofs.profile import box
from proofs.statements import Lower, Upper
from proofs.theorems.regions import (
    ANY_NORM,
    CONSTANT_SIZE,
    FREE_LOG_EXTRA,
    LOG_EXTRA,
    TRANSFORMER,
)

_PADDING = Citation("Merrill, Sabharwal", 2025, "Exact Expressive Power of Transformers with "
                    "Padding", "NeurIPS, arXiv 2505.18948")
_DEPTH = Citation("Merrill, Sabharwal", 2025, "A Little Depth Goes a Long Way: The Expressive "
                  "Power of Log-Depth Transformers", "NeurIPS, arXiv 2503.03961",
                  "Theorem 1, Corollary 1.1")
_WIDTH = Citation("Merrill, Sabharwal", 2025, "A Little Depth Goes a Long Way: The Expressive "
                  "Power of Log-Depth Transformers", "NeurIPS, arXiv 2503.03961", "Theorem 3")
_LONDON = Citation("London, Kanade", 2025, "Pause Tokens Strictly Increase the Expressivity of "
                   "Constant-Depth Transformers", "NeurIPS, arXiv 2505.21024")

_PADDED = {"attention": "average-hard", "cot": "0", "thought": "any", "positions": "none",
           "norm": "masked-pre", "norm_epsilon": "zero", "ffn": "relu", "uniformity": "full",
           "acceptance": "sign"}

PADDED_TC0 = Axiom(
    "padded-tc0",
    "Average-hard attention, masked pre-norm, log precision and polynomial padding: exactly "
    "DLOGTIME-uniform TC0.",
    (
        Upper((box(
            **TRANSFORMER, **CONSTANT_SIZE, **_PADDED, **LOG_EXTRA, softmax="any",
            masking="none future strict-future", markers="any", readout="eos last", loops="1",
            padding="0..poly(n)",
        ),), "D-TC0"),
        Lower("D-TC0", (box(
            **TRANSFORMER, **CONSTANT_SIZE, **_PADDED | {"thought": "each any"},
            **FREE_LOG_EXTRA, softmax="each any", masking="future", markers="both",
            readout="eos", loops="1", padding="0..poly(n)",
        ),)),
    ),
    Citation(_PADDING.authors, 2025, _PADDING.title, _PADDING.venue, "Theorem 1"), "yes",
    results=("merrill-sabharwal-2025-padding",),
)

PADDED_LOOPED_TC1 = Axiom(
    "padded-looped-tc1",
    "The same with a block repeated O(log n) times: exactly DLOGTIME-uniform TC1.",
    (
        Upper((box(
            **TRANSFORMER, **CONSTANT_SIZE, **_PADDED, **LOG_EXTRA, softmax="any",
            masking="none future strict-future", markers="any", readout="eos last",
            loops="1..log(n)", padding="0..poly(n)",
        ),), "D-TC1"),
        Lower("D-TC1", (box(
            **TRANSFORMER, **CONSTANT_SIZE, **_PADDED | {"thought": "each any"},
            **FREE_LOG_EXTRA, softmax="each any", masking="future", markers="both",
            readout="eos", loops="1..log(n)", padding="0..poly(n)",
        ),)),
    ),
    Citation(_PADDING.authors, 2025, _PADDING.title, _PADDING.venue, "Theorems 2-3"), "yes",
    results=("merrill-sabharwal-2025-loops",),
)

PADDED_LOOPED_NC = Axiom(
    "padded-looped-nc",
    "The same with a block repeated polylogarithmically often: exactly NC.",
    (
        Upper((box(
            **TRANSFORMER, **CONSTANT_SIZE, **_PADDED, **LOG_EXTRA, softmax="any",
            masking="none future strict-future", markers="any", readout="eos last",
            loops="1..polylog(n)", padding="0..poly(n)",
        ),), "NC"),
        Lower("NC", (box(
            **TRANSFORMER, **CONSTANT_SIZE, **_PADDED | {"thought": "each any"},
            **FREE_LOG_EXTRA, softmax="each any", masking="future", markers="both",
            readout="eos", loops="1..polylog(n)", padding="0..poly(n)",
        ),)),
    ),
    Citation(_PADDING.authors, 2025, _PADDING.title, _PADDING.venue, "Theorem 3, Corollary 2.1"),
    "yes",
    note="O(log^d n) repetitions give TC^d, which is the same in DLOGTIME and in logarithmic space "
         "for d at least 1.",
    results=("merrill-sabharwal-2025-loops",),
)

WIDE_AND_PADDED = Axiom(
    "wide-padded-log-precision-in-tc0",
    "Log precision and constant depth, with polynomial width and padding, families computable in "
    "logarithmic space: only L-uniform TC0.",
    (Upper((box(
        **TRANSFORMER, **CONSTANT_SIZE | {"width": "1..poly(n)", "heads": "0..poly(n)"},
        **LOG_EXTRA, **ANY_NORM, attention="average-hard softmax", softmax="any",
        masking="none future strict-future past strict-past", ffn="relu",
        positions="none periodic finite-image index length-dependent",
        uniformity="full dlogtime logspace", markers="any", readout="eos last first",
        acceptance="any", loops="1", cot="0", thought="any", padding="0..poly(n)",
    ),), "L-TC0"),),
    _WIDTH, "yes",
    note="Filler tokens are padding (Pfau, Merrill, Bowman 2024).",
    results=("merrill-sabharwal-2025-width", "pfau-2024"),
)

LOOPED_REGULAR = Axiom(
    "looped-log-regular",
    "A block of eight layers repeated about log n times recognises every regular language "
    "without padding.",
    (Lower("REG", (box(
        **TRANSFORMER, **CONSTANT_SIZE, **_PADDED | {"thought": "each any"}, **FREE_LOG_EXTRA,
        softmax="each any", masking="future", markers="both", readout="eos", loops="log(n)",
        padding="0",
    ),)),),
    _DEPTH, "yes",
    results=("merrill-sabharwal-2025-logdepth-regular",),
    see=("expressivity/constructions/looped_regular.py",),
)

_PAUSE = {"attention": "softmax", "cot": "0", "thought": "any", "softmax": "any", "norm": "none",
          "norm_epsilon": "any", "ffn": "relu", "markers": "any", "readout": "eos last",
          "acceptance": "sign", "loops": "1", "format": "fixed", "rounding": "nearest",
          "arithmetic": "left-to-right", "division": "any", "overflow": "saturate",
          "parameters": "rational", "masking": "future strict-future",
          "positions": "none periodic finite-image index length-dependent"}

PAUSE_CONSTANT = Axiom(
    "pause-tokens-constant-precision",
    "Saturating fixed point with constant precision, width O(log n), polynomial padding, families "
    "computable in logarithmic space: only L-uniform AC0.",
    (Upper((box(
        **TRANSFORMER, **CONSTANT_SIZE | {"width": "1..log(n)"}, **_PAUSE,
        uniformity="full dlogtime logspace", precision="1..O(1)", padding="0..poly(n)",
    ),), "L-AC0"),),
    _LONDON, "yes",
    note="The theorem is exact; the lower half is not stated here since its construction's "
         "markers and readout were not checked. The bound holds wherever heads divide: rounded "
         "sums are in AC0, and the division is one more operation on constantly many bits.",
    results=("london-kanade-2025-const",),
)

PAUSE_LOGARITHMIC = Axiom(
    "pause-tokens-log-precision",
    "The same with O(log n) bits: only L-uniform TC0.",
    (Upper((box(
        **TRANSFORMER, **CONSTANT_SIZE | {"width": "1..log(n)"}, **_PAUSE,
        uniformity="full dlogtime logspace", precision="log(n)", padding="0..poly(n)",
    ),), "L-TC0"),),
    _LONDON, "yes",
    note="The theorem is exact; the lower half is kept as text, as at constant precision. Rounded "
         "sums of fixed-point numbers are in TC0 even where they saturate (Li, Liu, Zhou, Ma "
         "2024), and so is the division, wherever it happens.",
    results=("london-kanade-2025-log",),
)
