"""Softmax and average-hard attention that answers at once: no chain of thought, no padding."""

from __future__ import annotations

from proofs.citation import Axiom, Citation
from proofs.profile import box
from proofs.statements import Lower, Open, Upper
from proofs.theorems.regions import (
    ANY_NORM,
    CONSTANT_SIZE,
    EITHER_DIVISION_LOG,
    FREE_LOG_EXTRA,
    FREE_NORM,
    FREE_ONE_PASS,
    LOG_EXTRA,
    ONE_PASS,
    OVERFLOWING_EXACT_SUMS,
    OVERFLOWING_FIXED,
    TRANSFORMER,
)

_LI_COTTERELL = Citation(
    "Li, Cotterell", 2025, "Characterizing the Expressivity of Fixed-Precision Transformer "
    "Language Models", "NeurIPS, arXiv 2505.23623", "Theorems 3.2, 3.3, 4.1, F.1, F.2")
_JERAD_ROPE = Citation("Jerad, Svete, Li, Cotterell", 2026, "Disentangling the Expressivity of "
                       "RoPE", "arXiv 2608.11909", "Theorems 3.1-3.3")
_KNEE = Citation("Yang, Cadilhac, Chiang", 2025, "Knee-Deep in C-RASP: A Transformer Depth "
                 "Hierarchy", "NeurIPS, arXiv 2506.16055")
_COUNTING = Citation("Yang, Chiang", 2024, "Counting Like Transformers: Compiling Temporal "
                     "Counting Logic Into Softmax Transformers", "COLM, arXiv 2404.04393")
_PARALLELISM = Citation("Merrill, Sabharwal", 2023, "The Parallelism Tradeoff: Limitations of "
                        "Log-Precision Transformers", "TACL, arXiv 2207.00729")
_LOGIC = Citation("Merrill, Sabharwal", 2023, "A Logic for Expressing Log-Precision Transformers",
                  "NeurIPS, arXiv 2210.02671")
_CHIANG = Citation("Chiang", 2025, "Transformers in DLOGTIME-Uniform TC0",
                   "TMLR, arXiv 2409.13629")
_LI_LIU = Citation("Li, Liu, Zhou, Ma", 2024, "Chain of Thought Empowers Transformers to Solve "
                   "Inherently Serial Problems", "ICLR, arXiv 2402.12875", "Theorems 3.1, 3.2")
_PAUSE = Citation("London, Kanade", 2025, "Pause Tokens Strictly Increase the Expressivity of "
                  "Constant-Depth Transformers", "NeurIPS, arXiv 2505.21024")
_SHORTCUTS = Citation("Liu, Ash, Goel, Krishnamurthy, Zhang", 2023, "Transformers Learn Shortcuts "
                      "to Automata", "ICLR, arXiv 2210.10749", "Theorem 2")

_FIXED_SHAPE = {"masking": "strict-future", "uniformity": "full", "acceptance": "sign",
                "ffn": "relu"}

FIXED_PRECISION = Axiom(
    "fixed-precision-r-trivial",
    "Constant precision, strict masks, no position encodings, weights divided before they "
    "multiply values, sums that overflow to infinity and cannot stagnate: exactly LTL[P] = the "
    "R-trivial languages.",
    (
        Upper((box(
            **TRANSFORMER, **CONSTANT_SIZE, **OVERFLOWING_FIXED, **ONE_PASS, **_FIXED_SHAPE,
            attention="softmax average-hard", softmax="plain max-subtracted",
            positions="none", norm="none post", norm_epsilon="any", markers="eos", readout="eos",
        ), box(
            **TRANSFORMER, **CONSTANT_SIZE, **OVERFLOWING_EXACT_SUMS, **ONE_PASS, **_FIXED_SHAPE,
            attention="softmax average-hard", softmax="plain max-subtracted",
            positions="none", norm="none post", norm_epsilon="any", markers="eos", readout="eos",
        )), "R-trivial"),
        Lower("R-trivial", (box(
            **TRANSFORMER, **CONSTANT_SIZE, **FREE_ONE_PASS, **_FIXED_SHAPE, **FREE_NORM,
            attention="softmax", softmax="max-subtracted", positions="none", markers="eos",
            readout="eos", format="fixed", rounding="each floor nearest",
            arithmetic="each left-to-right exact-sums", division="weights", overflow="infinity",
            precision="1..O(1)", parameters="rational",
        ),)),
        Lower("R-trivial", (box(
            **TRANSFORMER, **CONSTANT_SIZE, **FREE_ONE_PASS, **_FIXED_SHAPE, **FREE_NORM,
            attention="average-hard", softmax="each any", positions="none", markers="eos",
            readout="eos", format="fixed", rounding="each floor nearest",
            arithmetic="each left-to-right exact-sums", division="weights", overflow="infinity",
            precision="1..O(1)", parameters="rational",
        ),)),
    ),
    _LI_COTTERELL, "yes",
    note="False as soon as sums saturate or stagnate. Attention over the empty prefix returns 0; "
         "models that produce NaN are excluded; the construction wants a format in which some "
         "exponential rounds to 0. It needs weights that are divided first: as a quotient, its "
         "numerator and denominator overflow together.",
    results=("li-cotterell-2025-const-upper", "li-cotterell-2025-const-lower"),
    see=("expressivity/constructions/softmax_existence.py", "expressivity/extraction/softmax.py"),
)

MONOTONE_STAR_FREE = Axiom(
    "fixed-precision-star-free",
    "Constant precision without position encodings, sums rounded after every addition from left "
    "to right, any overflow rule: only star-free languages.",
    (Upper((box(
        **TRANSFORMER, **CONSTANT_SIZE, **ONE_PASS,
        attention="softmax", masking="future strict-future", softmax="any", positions="none",
        norm="none post", norm_epsilon="any", ffn="any", uniformity="full", format="fixed float",
        rounding="floor nearest", arithmetic="left-to-right", division="any",
        overflow="infinity saturate", precision="1..O(1)", parameters="rational", markers="any",
        readout="eos last", acceptance="any",
    ),), "star-free"),),
    None, "derived",
    note="Each accumulator step s -> round(s + t) preserves the order of a finite chain; monoids "
         "of such maps are aperiodic, and cascades of aperiodic machines are aperiodic. One copy "
         "for each value of maximum and denominator; for quotients numerator and denominator are "
         "two such accumulators, one copy for each value of the maximum. Models that produce NaN "
         "are excluded.",
    results=("const-softmax-any-overflow",),
    see=("expressivity/extraction/softmax.py",),
)

PERIODIC_POSITIONS = Axiom(
    "fixed-precision-periodic",
    "The models of the previous theorem with begin and end symbols and position encodings that "
    "are periodic as realised (a table of i mod m): exactly LTL[P,MOD].",
    (
        Upper((box(
            **TRANSFORMER, **CONSTANT_SIZE, **OVERFLOWING_FIXED, **ONE_PASS, **_FIXED_SHAPE,
            attention="softmax", softmax="plain max-subtracted", positions="periodic",
            norm="none post", norm_epsilon="any", markers="both", readout="eos",
        ),), "LTL[P,MOD]"),
        Lower("LTL[P,MOD]", (box(
            **TRANSFORMER, **CONSTANT_SIZE, **FREE_ONE_PASS, **_FIXED_SHAPE, **FREE_NORM,
            attention="softmax", softmax="max-subtracted", positions="periodic",
            markers="both", readout="eos", format="fixed", rounding="each floor nearest",
            arithmetic="each left-to-right exact-sums", division="weights", overflow="infinity",
            precision="1..O(1)", parameters="rational",
        ),)),
    ),
    _JERAD_ROPE, "yes",
    results=("jerad-2026-rope",),
    see=("expressivity/constructions/softmax_periodic.py",),
)

# Quotients are exact here, so the axis `division` makes no difference.
_MIXED = {"attention": "softmax", "positions": "none", "uniformity": "full", "markers": "bos",
          "readout": "last", "acceptance": "sign", "softmax": "uniform-if-zero",
          "format": "fixed", "rounding": "floor", "arithmetic": "exact-attention",
          "overflow": "saturate", "precision": "1..O(1)", "parameters": "rational"}

MIXED_PRECISION = Axiom(
    "mixed-precision-c-rasp",
    "Future-masked softmax attention, exact inside attention and rounded down to constant "
    "precision outside it: exactly C-RASP read at the last symbol, layer for layer.",
    (
        Upper((box(
            **TRANSFORMER, **CONSTANT_SIZE, **ONE_PASS, **_MIXED,
            masking="future", division="any", norm="none", norm_epsilon="any", ffn="any",
        ),), "C-RASP@last"),
        Lower("C-RASP@last", (box(
            **TRANSFORMER, **CONSTANT_SIZE, **FREE_ONE_PASS, **_MIXED, **FREE_NORM,
            masking="future", division="each any", ffn="relu arbitrary",
        ),)),
    ),
    _KNEE, "yes",
    note="Rounding must be downwards: it keeps the sign of a vanishing average, which rounding to "
         "nearest erases.",
    results=("yang-2025-kneedeep-exact",),
    see=("expressivity/constructions/c_rasp.py",),
)

LOG_PRECISION_L_UNIFORM = Axiom(
    "log-precision-in-tc0",
    "Log-precision transformers of constant depth recognise only languages in L-uniform TC0.",
    (Upper((box(
        **TRANSFORMER, **CONSTANT_SIZE, **ONE_PASS, **LOG_EXTRA, **ANY_NORM,
        attention="uhat-left uhat-right average-hard softmax softmax-scaled",
        masking="none future strict-future past strict-past window", softmax="any",
        positions="none periodic finite-image index length-dependent", ffn="relu",
        uniformity="full dlogtime logspace", markers="any", readout="eos last first",
        acceptance="any",
    ),), "L-TC0"),),
    _PARALLELISM, "yes",
    results=("merrill-sabharwal-2023-parallelism",),
)

_FIXED_LOG_PRECISION = box(
    **TRANSFORMER, **CONSTANT_SIZE, **ONE_PASS, **LOG_EXTRA, **ANY_NORM,
    attention="average-hard softmax", masking="none future strict-future past strict-past",
    softmax="any", positions="none periodic finite-image index length-dependent", ffn="relu",
    uniformity="full", markers="any", readout="eos last first", acceptance="any",
)

LOG_PRECISION_FOM = Axiom(
    "log-precision-in-fom",
    "One fixed log-precision transformer recognises only languages in FO(M) with BIT = "
    "DLOGTIME-uniform TC0.",
    (Upper((_FIXED_LOG_PRECISION,), "D-TC0"),),
    _LOGIC, "part",
    results=("merrill-sabharwal-2023-logic",),
)

PADDED_FOM = Axiom(
    "padded-log-precision-in-fom",
    "The same with polynomially many padding tokens: only DLOGTIME-uniform TC0.",
    (Upper((box(
        **TRANSFORMER, **CONSTANT_SIZE, **ONE_PASS | {"padding": "0..poly(n)"}, **LOG_EXTRA,
        **ANY_NORM, attention="average-hard softmax",
        masking="none future strict-future past strict-past", softmax="any",
        positions="none periodic finite-image index length-dependent", ffn="relu",
        uniformity="full", markers="any", readout="eos last first", acceptance="any",
    ),), "D-TC0"),),
    _LOGIC, "derived",
    note="A model with padding is the model without, on padded words; its precision is logarithmic "
         "in their length, too. A word is padded in DLOGTIME-uniform TC0, which is closed under "
         "its own many-one reductions.",
)

UNPADDED_OPEN = Axiom(
    "unpadded-log-precision-open",
    "Nobody knows whether log-precision transformers without padding recognise all of "
    "DLOGTIME-uniform TC0 (they do not, if the exponential time hypothesis holds).",
    (Open(Lower("D-TC0", (_FIXED_LOG_PRECISION,))),),
    _PAUSE, "derived",
    note="k-Clique for a large fixed k is in AC0 and needs time n^Omega(k) under the hypothesis; "
         "one forward pass takes time quadratic in n up to logarithms.",
    results=("derived-unpadded-time",),
)

UNIFORM_TC0 = Axiom(
    "poly-precision-in-tc0",
    "Constant depth and width, position encodings in DLOGTIME-uniform TC0; average-hard attention "
    "over exact rationals, or softmax over floats of polynomially many bits: only languages in "
    "DLOGTIME-uniform TC0.",
    (
        Upper((box(
            **TRANSFORMER, **CONSTANT_SIZE, **ONE_PASS, norm="none", norm_epsilon="any",
            attention="average-hard", masking="none future strict-future past strict-past",
            softmax="any", positions="none periodic finite-image index length-dependent",
            ffn="relu", uniformity="full", format="rational", rounding="none",
            arithmetic="exact", division="any", overflow="never", precision="unbounded",
            parameters="rational", markers="any", readout="eos last first", acceptance="any",
        ),), "D-TC0"),
        Upper((box(
            **TRANSFORMER, **CONSTANT_SIZE, **ONE_PASS, **ANY_NORM,
            attention="softmax", masking="none future strict-future past strict-past",
            softmax="any", positions="none periodic finite-image index length-dependent",
            ffn="relu", uniformity="full", format="float", rounding="any",
            arithmetic="extra-precision", division="any", overflow="never",
            precision="log(n)..poly(n)", parameters="rational", markers="any",
            readout="eos last first", acceptance="any",
        ),), "D-TC0"),
    ),
    _CHIANG, "yes",
    results=("chiang-2025-uniform-tc0",),
)

CONSTANT_BITS_AC0 = Axiom(
    "constant-bits-in-ac0",
    "Constant-bit floats rounded after every operation, saturating, even with polynomial width "
    "and a model for each n: only languages in non-uniform AC0.",
    (Upper((box(
        **TRANSFORMER, **CONSTANT_SIZE | {"width": "1..poly(n)", "heads": "0..poly(n)"},
        **ONE_PASS, **ANY_NORM,
        attention="softmax", masking="future strict-future", softmax="any",
        positions="none periodic finite-image index length-dependent arbitrary", ffn="relu",
        uniformity="any", format="fixed float", rounding="nearest", arithmetic="left-to-right",
        division="any", overflow="saturate", precision="1..O(1)", parameters="rational",
        markers="any", readout="eos last", acceptance="any",
    ),), "AC0"),),
    _LI_LIU, "part",
    note="Never NC0: such models compute an unbounded OR. The paper divides weights first; for "
         "quotients the argument is the same, since rounded sums are in AC0 and the division is "
         "one more operation on constantly many bits.",
    results=("li-2024-nocot",),
)

LOG_FIXED_POINT_TC0 = Axiom(
    "log-fixed-point-in-tc0",
    "Fixed point with O(log n) bits, rounded after every operation, a model for each n: only "
    "languages in non-uniform TC0. With exponent bits nobody knows.",
    (
        Upper((box(
            **TRANSFORMER, **CONSTANT_SIZE | {"width": "1..poly(n)", "heads": "0..poly(n)"},
            **ONE_PASS, **ANY_NORM,
            attention="softmax", masking="future strict-future", softmax="any",
            positions="none periodic finite-image index length-dependent arbitrary", ffn="relu",
            uniformity="any", format="fixed", rounding="nearest", arithmetic="left-to-right",
            division="any", overflow="saturate", precision="log(n)", parameters="rational",
            markers="any", readout="eos last", acceptance="any",
        ),), "TC0"),
        Open(Upper((box(
            **TRANSFORMER, **CONSTANT_SIZE | {"width": "1..poly(n)", "heads": "0..poly(n)"},
            **ONE_PASS, **ANY_NORM,
            attention="softmax", masking="future strict-future", softmax="any",
            positions="none periodic finite-image index length-dependent arbitrary", ffn="relu",
            uniformity="any", format="float", rounding="nearest", arithmetic="left-to-right",
            division="weights", overflow="saturate", precision="log(n)", parameters="rational",
            markers="any", readout="eos last", acceptance="any",
        ),), "TC0")),
    ),
    _LI_LIU, "yes",
    note="The paper divides weights first; for quotients the argument is the same, since rounded "
         "sums are in TC0 and so is a division of numbers of O(log n) bits.",
    results=("li-2024-nocot",),
)

C_RASP_WITH_NORM = Axiom(
    "c-rasp-with-layer-norm",
    "Future-masked softmax attention with layer normalisation computes every C-RASP program read "
    "at the last symbol; O(log n) bits with extra internal precision suffice.",
    (
        Lower("C-RASP@last", (box(
            **TRANSFORMER, **CONSTANT_SIZE, **FREE_ONE_PASS, **EITHER_DIVISION_LOG,
            attention="softmax", masking="future", softmax="each any", positions="none",
            norm="projected-pre", norm_epsilon="zero", ffn="relu", uniformity="full",
            markers="bos", readout="last", acceptance="sign",
        ),)),
        Lower("C-RASP@last", (box(
            **TRANSFORMER, **CONSTANT_SIZE, **FREE_ONE_PASS, **EITHER_DIVISION_LOG,
            attention="average-hard", masking="future", softmax="each any", positions="none",
            norm="projected-pre", norm_epsilon="zero", ffn="relu", uniformity="full",
            markers="bos", readout="last", acceptance="sign",
        ),)),
    ),
    _COUNTING, "derived",
    note="The paper states arbitrary precision. At O(log n) bits: a comparison is one uniform "
         "head whose value at the begin symbol is 1/2 minus the constant, so that the average is "
         "at least 1/(2(n+1)) in magnitude; normalising the pair (x, -x) alone gives its sign "
         "exactly. Only uniform attention is used: all weights are equal, so the sign is right "
         "wherever the division happens.",
    results=("yang-chiang-2024-crasp",),
    see=("expressivity/programs/crasp_to_model.py",),
)

SOLVABLE_AT_CONSTANT_DEPTH = Axiom(
    "solvable-automata-at-constant-depth",
    "Every regular language with solvable groups only is recognised at constant depth with "
    "periodic position encodings, log precision and average-hard attention.",
    (Lower("solvable", (box(
        **TRANSFORMER, **CONSTANT_SIZE, **FREE_ONE_PASS, **FREE_LOG_EXTRA,
        attention="average-hard", masking="future strict-future", softmax="each any",
        positions="periodic", norm="projected-pre", norm_epsilon="zero", ffn="relu",
        uniformity="full", markers="both", readout="eos", acceptance="sign",
    ),)),),
    _SHORTCUTS, "derived",
    note="The paper's theorem gives a model for each length. Here: a cascade of resets and cyclic "
         "groups of prime order (Krohn, Rhodes 1965). A cyclic layer counts each increment r as an "
         "average c_r/i, retrieves position c_r by the layer-norm hash and reads c_r mod p off its "
         "position encoding; a reset layer retrieves the last reset. Each level uses the state of "
         "the levels above before the letter.",
    results=("liu-2022-shortcuts",),
    see=("expressivity/constructions/solvable.py",),
)
