"""Unique hard attention: what models of constant depth recognise."""

from __future__ import annotations

from proofs.citation import Axiom, Citation
from proofs.profile import box
from proofs.statements import Cannot, Lower, Upper
from proofs.theorems.named_languages import DYCK_2, PARITY
from proofs.theorems.regions import (
    ANY_NORM,
    ANY_NUMBERS,
    CONSTANT_NUMBERS,
    CONSTANT_SIZE,
    EXACT_NUMBERS,
    FREE_NORM,
    FREE_NUMBERS,
    FREE_ONE_PASS,
    ONE_PASS,
    TRANSFORMER,
)

_HAHN = Citation("Hahn", 2020, "Theoretical Limitations of Self-Attention in Neural Sequence "
                 "Models", "TACL, arXiv 1906.06755", "Theorem 1")
_HAO = Citation("Hao, Angluin, Frank", 2022, "Formal Language Recognition by Hard Attention "
                "Transformers: Perspectives from Circuit Complexity", "TACL, arXiv 2204.06618")
_YANG = Citation("Yang, Chiang, Angluin", 2024, "Masked Hard-Attention Transformers Recognize "
                 "Exactly the Star-Free Languages", "NeurIPS, arXiv 2310.13897")
_JERAD = Citation("Jerad, Svete, Li, Cotterell", 2025, "Unique Hard Attention: A Tale of Two "
                  "Sides", "ACL, arXiv 2503.14615")
_BARCELO = Citation("Barceló, Kozachinskiy, Lin, Podolskii", 2024, "Logical Languages Accepted by "
                    "Transformer Encoders with Hard Attention", "ICLR, arXiv 2310.03817")

# What the upper bounds cover, numbers aside.
_STRICT = TRANSFORMER | CONSTANT_SIZE | ANY_NORM | ONE_PASS | {
    "attention": "uhat-left uhat-right", "masking": "strict-future strict-past",
    "positions": "none", "ffn": "any", "uniformity": "full", "markers": "any",
    "readout": "eos last first", "acceptance": "any"}
_NON_STRICT = TRANSFORMER | CONSTANT_SIZE | ANY_NORM | ONE_PASS | {
    "attention": "uhat-left uhat-right", "masking": "future", "positions": "none", "ffn": "any",
    "uniformity": "full", "markers": "none", "readout": "last", "acceptance": "any"}
_PERIODIC = TRANSFORMER | CONSTANT_SIZE | ANY_NORM | ONE_PASS | {
    "attention": "uhat-left uhat-right", "masking": "strict-future strict-past",
    "positions": "none periodic", "ffn": "any", "uniformity": "full", "markers": "any",
    "readout": "eos last first", "acceptance": "any"}
_LEFTMOST = TRANSFORMER | CONSTANT_SIZE | ANY_NORM | ONE_PASS | {
    "attention": "uhat-left", "masking": "strict-future", "positions": "none", "ffn": "any",
    "uniformity": "full", "markers": "eos", "readout": "eos", "acceptance": "any"}

# What the constructions share; without position encodings Boolean activations suffice.
_CONSTRUCTION = TRANSFORMER | CONSTANT_SIZE | FREE_NUMBERS | FREE_NORM | FREE_ONE_PASS | {
    "ffn": "relu", "uniformity": "full", "acceptance": "sign"}

UHAT_IN_AC0 = Axiom(
    "uhat-in-ac0",
    "Unique-hard-attention transformers of constant depth, with any position-wise maps, numbers "
    "and data-independent position encodings, recognise only languages in non-uniform AC0.",
    (Upper((box(
        **TRANSFORMER, **CONSTANT_SIZE | {"width": "1..unbounded"}, **ANY_NUMBERS, **ANY_NORM,
        **ONE_PASS,
        attention="uhat-left uhat-right",
        masking="none future strict-future past strict-past window",
        positions="none periodic finite-image index length-dependent arbitrary relative",
        ffn="any", uniformity="any", markers="any", readout="eos last first", acceptance="any",
    ),), "AC0"),),
    _HAO, "yes",
    note="Stated for generalised hard attention, whose scores are arbitrary functions of two "
         "activations; masks and relative terms are such functions, since activations may carry "
         "positions.",
    results=("hao-angluin-frank-2022-ac0",),
    see=("expressivity/circuits/from_model.py",),
)

_ENCODERS = TRANSFORMER | CONSTANT_SIZE | ANY_NUMBERS | ANY_NORM | ONE_PASS | {
    "attention": "uhat-left uhat-right", "masking": "none",
    "positions": "none periodic finite-image index length-dependent arbitrary", "ffn": "any",
    "uniformity": "any", "markers": "any", "readout": "eos last first", "acceptance": "any"}

HARD_ENCODERS = Axiom(
    "uhat-encoders-not-parity",
    "Encoders with unique hard attention, any position-wise maps and positions, recognise neither "
    "parity nor Dyck languages with two kinds of brackets.",
    (Cannot(PARITY, (box(**_ENCODERS),)), Cannot(DYCK_2, (box(**_ENCODERS),))),
    _HAHN, "part",
    note="Some restriction leaves a constant fraction of the letters free and the output dependent "
         "on boundedly many of them.",
    results=("hahn-2020-hard",),
)

MASKED_STAR_FREE = Axiom(
    "masked-uhat-star-free",
    "Strictly masked rightmost hard attention without position encodings recognises exactly the "
    "star-free languages.",
    (
        Upper((box(**_STRICT, **CONSTANT_NUMBERS), box(**_STRICT, **EXACT_NUMBERS)),
              "star-free"),
        Lower("star-free", (box(**_CONSTRUCTION,
            attention="uhat-right", masking="strict-future", positions="none", markers="eos",
            readout="eos", precision="1..O(1)"),)),
        Lower("star-free", (box(**_CONSTRUCTION,
            attention="uhat-right", masking="strict-future", positions="none",
            markers="each none bos eos both", readout="last", precision="1..O(1)"),)),
        Lower("star-free", (box(**_CONSTRUCTION,
            attention="uhat-right", masking="strict-future", positions="none",
            markers="each eos both", readout="eos", precision="each O(1)..unbounded"),)),
    ),
    Citation(_YANG.authors, 2024, _YANG.title, _YANG.venue, "Theorems 1-4"), "yes",
    note="Stated with the readout at the last symbol for non-empty words; the star-free languages "
         "are closed under the transfer between the two readouts. Without position encodings an "
         "activation takes finitely many values if the numbers are exact or of constant "
         "precision. Leftmost heads: Jerad et al. 2025.",
    results=("yang-chiang-angluin-2024-starfree", "jerad-2025-two-sides"),
    see=("expressivity/constructions/star_free.py", "expressivity/extraction/unique_hard.py"),
)

STUTTER = Axiom(
    "nonstrict-uhat-stutter-invariant",
    "With non-strict masks and no position encodings: exactly the stutter-invariant star-free "
    "languages.",
    (
        Upper((box(**_NON_STRICT, **CONSTANT_NUMBERS), box(**_NON_STRICT, **EXACT_NUMBERS)),
              "stutter-invariant star-free"),
        Lower("stutter-invariant star-free", (box(**_CONSTRUCTION,
            attention="uhat-right", masking="future", positions="none", markers="none",
            readout="last", precision="1..O(1)"),)),
    ),
    _YANG, "part",
    results=("yca-2024-nonstrict",),
    see=("expressivity/extraction/unique_hard.py",),
)

PERIODIC = Axiom(
    "periodic-uhat-regular-ac0",
    "Strictly masked rightmost hard attention with periodic position encodings (rational angles) "
    "recognises exactly REG ∩ AC0 = FO[<,MOD].",
    (
        Upper((box(**_PERIODIC, **CONSTANT_NUMBERS), box(**_PERIODIC, **EXACT_NUMBERS)),
              "quasi-aperiodic"),
        Lower("quasi-aperiodic", (box(**_CONSTRUCTION,
            attention="uhat-right", masking="strict-future", positions="periodic", markers="eos",
            readout="eos", precision="1..O(1)"),)),
        Lower("quasi-aperiodic", (box(**_CONSTRUCTION,
            attention="uhat-right", masking="strict-future", positions="periodic",
            markers="each none bos eos both", readout="last", precision="1..O(1)"),)),
    ),
    _YANG, "part",
    note="The upper half was compared with the paper, the lower half with its figure. FO[<,MOD] = "
         "REG ∩ AC0: Barrington, Compton, Straubing, Thérien 1992.",
    results=("yca-2024-periodic",),
    see=("expressivity/constructions/periodic.py",),
)

LEFTMOST = Axiom(
    "leftmost-uhat-r-trivial",
    "Strictly masked leftmost hard attention without position encodings, read at an end symbol, "
    "recognises exactly LTL[P] = the R-trivial languages.",
    (
        Upper((box(**_LEFTMOST, **CONSTANT_NUMBERS), box(**_LEFTMOST, **EXACT_NUMBERS)),
              "R-trivial"),
        Lower("R-trivial", (box(**_CONSTRUCTION,
            attention="uhat-left", masking="strict-future", positions="none", markers="eos",
            readout="eos", precision="1..O(1)"),)),
        Lower("R-trivial", (box(**_CONSTRUCTION,
            attention="uhat-left", masking="strict-future", positions="none", markers="eos",
            readout="eos", precision="each O(1)..unbounded"),)),
    ),
    _JERAD, "yes",
    note="The paper assumes finite precision; with exact numbers, too, there are finitely many "
         "activations without position encodings.",
    results=("jerad-2025-two-sides",),
    see=("expressivity/constructions/r_trivial.py", "expressivity/extraction/unique_hard.py"),
)

ARBITRARY_POSITIONS = Axiom(
    "uhat-positions-fo-mon",
    "Unmasked leftmost hard attention with arbitrary position encodings recognises all of "
    "FO[<,MON].",
    (Lower("FO[<,MON]", (box(
        **TRANSFORMER, **CONSTANT_SIZE, **FREE_NORM, **FREE_ONE_PASS,
        attention="uhat-left", masking="none", positions="arbitrary", ffn="relu",
        uniformity="nonuniform", markers="each eos both", readout="eos", acceptance="sign",
        format="real", rounding="none", arithmetic="exact", overflow="never",
        division="each any", softmax="each any", parameters="real", precision="unbounded",
    ),)),),
    _BARCELO, "yes",
    results=("barcelo-2024-uhat",),
)
