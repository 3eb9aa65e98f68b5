"""Average-hard attention over exact rationals: what explicit weights recognise."""

from __future__ import annotations

from proofs.citation import Axiom
from proofs.profile import box
from proofs.statements import Can, Lower
from proofs.theorems.named_languages import PARITY
from proofs.theorems.regions import (
    CONSTANT_SIZE,
    FREE_NORM,
    FREE_ONE_PASS,
    TRANSFORMER,
)

_EXACT = TRANSFORMER | CONSTANT_SIZE | FREE_ONE_PASS | FREE_NORM | {
    "attention": "average-hard", "format": "rational", "rounding": "none", "arithmetic": "exact",
    "overflow": "never", "division": "each any", "softmax": "each any", "precision": "unbounded",
    "parameters": "rational", "ffn": "relu", "uniformity": "full", "acceptance": "sign"}

COUNTING = Axiom(
    "exact-average-hard-c-rasp",
    "Future-masked average-hard attention over exact rationals computes every C-RASP program.",
    (Lower("C-RASP@last", (box(**_EXACT, masking="future", positions="none", markers="bos",
                               readout="last"),)),
     Lower("C-RASP@eos", (box(**_EXACT, masking="future", positions="none", markers="both",
                              readout="eos"),))),
    None, "derived",
    note="A comparison of counts is a uniform head over the begin symbol and the past, whose value "
         "at the begin symbol is 1/2 minus the constant: the average is not 0 and has the right "
         "sign. A second head with this average as its query, key 0 at the begin symbol and 1 "
         "elsewhere, looks at the begin symbol alone or nowhere at it: that is the sign, as a "
         "truth value. The construction is built and tested here.",
    results=("hao-angluin-frank-2022-ac0",),
    see=("expressivity/constructions/c_rasp.py",),
)

PARITY_BY_AVERAGES = Axiom(
    "exact-average-hard-parity",
    "Unmasked average-hard attention over exact rationals with positions i/N and (-1)^i recognises "
    "parity.",
    (Can(PARITY, (box(**_EXACT, masking="none", positions="length-dependent", markers="eos",
                      readout="eos"),)),),
    None, "derived",
    note="Averages give k/N for k ones, and 1/N; a network finds position i = k, and the average "
         "of (-1)^i there is (-1)^k / N^2, exactly. The construction is built and tested here.",
    results=("chiang-cholak-2022",),
    see=("expressivity/constructions/parity_by_averages.py",),
)
