"""Constant precision where sums over positions are exact and rounded once."""

from __future__ import annotations

from proofs.citation import Axiom, Citation
from proofs.profile import box
from proofs.statements import Upper
from proofs.theorems.regions import ANY_NORM, CONSTANT_SIZE, ONE_PASS, TRANSFORMER

_COUNTING = Citation("Yang, Chiang", 2024, "Counting Like Transformers: Compiling Temporal "
                     "Counting Logic Into Softmax Transformers", "COLM, arXiv 2404.04393")

EXACT_SUMS_C_RASP = Axiom(
    "exact-sums-c-rasp",
    "Constant precision without position encodings, every number rounded but sums over positions "
    "exact until they are rounded once: only C-RASP read at the last symbol.",
    (Upper((box(
        **TRANSFORMER, **CONSTANT_SIZE, **ONE_PASS, **ANY_NORM,
        attention="softmax average-hard", masking="future strict-future", softmax="any",
        positions="none", ffn="any", uniformity="full", format="fixed float",
        rounding="floor nearest", arithmetic="exact-sums", division="any",
        overflow="infinity saturate", precision="1..O(1)", parameters="rational", markers="any",
        readout="eos last", acceptance="any",
    ),), "C-RASP@last"),),
    _COUNTING, "derived",
    note="The paper states softmax with future masks. Activations, scores and weights take "
         "finitely many values, so a sum is a combination of counts with rational coefficients, "
         "and what it is rounded to is decided by comparing it with the ends of intervals: linear "
         "inequalities between counts. The value of the denominator is found first, then those of "
         "the numerators, wherever the division happens. Counts before a strict mask are counts "
         "without the position itself. An end symbol is one more letter. Models that produce NaN "
         "are excluded.",
    results=("yang-chiang-2024-crasp",), see=("expressivity/extraction/averages.py",),
)
