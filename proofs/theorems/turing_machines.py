"""Decoders as Turing machines, without a bound on the number of tokens."""

from __future__ import annotations

from proofs.citation import Axiom, Citation
from proofs.profile import box
from proofs.statements import Lower, NotSub, Sub
from proofs.theorems.regions import CONSTANT_SIZE, FREE_NORM, TRANSFORMER

DECIDABLE = Axiom(
    "decidable-languages",
    "Some decidable language is not in PSPACE.",
    (Sub("PSPACE", "decidable"), NotSub("decidable", "PSPACE")),
    Citation("Stearns, Hartmanis, Lewis", 1965, "Hierarchies of Memory Limited Computations",
             "Symposium on Switching Circuit Theory and Logical Design"),
    "textbook",
)

MACHINES_BY_TOKENS = Axiom(
    "rational-decoders-decide",
    "Average-hard attention over exact rationals with unboundedly many decoded tokens decides "
    "every decidable language.",
    (Lower("decidable", (box(
        **TRANSFORMER | CONSTANT_SIZE | FREE_NORM, attention="average-hard",
        masking="future strict-future", positions="index", format="rational", rounding="none",
        arithmetic="exact", division="each any", softmax="each any", overflow="never",
        precision="unbounded", parameters="rational", ffn="relu", uniformity="full",
        markers="bos", readout="token", acceptance="sign", thought="discrete", loops="1",
        padding="0", cot="1..unbounded"),)),),
    None, "derived",
    note="A multitape machine that halts on every word is run step by step, a token for each: "
         "averages of moves times positions give the places of the heads, exactly, and the latest "
         "token that wrote on a cell says what stands there. The construction is built and tested "
         "here, after Perez, Marinkovic and Barcelo 2021 and Merrill and Sabharwal 2024.",
    see=("expressivity/thought/machines.py",),
)
