"""Parity by uniform attention."""

from __future__ import annotations

from proofs.citation import Axiom, Citation
from proofs.profile import box
from proofs.statements import Can
from proofs.theorems.named_languages import FIRST, PARITY
from proofs.theorems.regions import (
    CONSTANT_SIZE,
    EITHER_DIVISION_LOG,
    FREE_NORM,
    FREE_ONE_PASS,
    TRANSFORMER,
)

_CHIANG_CHOLAK = Citation("Chiang, Cholak", 2022, "Overcoming a Theoretical Limitation of "
                          "Self-Attention", "ACL, arXiv 2202.12172")

TWO_UNIFORM_LAYERS = Axiom(
    "parity-two-uniform-layers",
    "Two layers of uniform, unmasked attention with position encodings i/n and (-1)^i recognise "
    "parity, and the language first, with a margin that shrinks with n.",
    (
        Can(PARITY, (box(
            **TRANSFORMER, **CONSTANT_SIZE | {"depth": "2"}, **FREE_ONE_PASS,
            **EITHER_DIVISION_LOG, **FREE_NORM, attention="softmax", masking="none",
            softmax="each any", positions="length-dependent", ffn="relu", uniformity="full",
            markers="each eos both", readout="eos", acceptance="sign",
        ),)),
        Can(FIRST, (box(
            **TRANSFORMER, **CONSTANT_SIZE | {"depth": "2"}, **FREE_ONE_PASS,
            **EITHER_DIVISION_LOG, **FREE_NORM, attention="softmax", masking="none",
            softmax="each any", positions="length-dependent", ffn="relu", uniformity="full",
            markers="each eos both", readout="eos", acceptance="sign",
        ),)),
        Can(PARITY, (box(
            **TRANSFORMER, **CONSTANT_SIZE | {"depth": "2"}, **FREE_ONE_PASS,
            **EITHER_DIVISION_LOG, **FREE_NORM, attention="average-hard", masking="none",
            softmax="each any", positions="length-dependent", ffn="relu", uniformity="full",
            markers="each eos both", readout="eos", acceptance="sign",
        ),)),
    ),
    _CHIANG_CHOLAK, "yes",
    note="Only uniform attention is used, so average-hard heads do as well. The margin is 1/N^2 "
         "for N positions, so that O(log n) bits leave errors far below it, wherever the division "
         "happens; the encoding depends on n.",
    results=("chiang-cholak-2022",),
    see=("expressivity/constructions/parity_by_averages.py",),
)
