"""Exact rationals with decoded tokens or repeated blocks: what explicit weights do."""

from __future__ import annotations

from proofs.citation import Axiom, Citation
from proofs.profile import box
from proofs.statements import Lower, NotSub, Sub, Upper
from proofs.theorems.regions import CONSTANT_SIZE, FREE_NORM, TRANSFORMER

DECIDABLE = Axiom(
    "decidable-languages",
    "Some decidable language is not in PSPACE.",
    (Sub("PSPACE", "decidable"), NotSub("decidable", "PSPACE")),
    Citation("Stearns, Hartmanis, Lewis", 1965, "Hierarchies of Memory Limited Computations",
             "Symposium on Switching Circuit Theory and Logical Design"),
    "textbook",
)

_EXACT = {"format": "rational", "rounding": "none", "arithmetic": "exact", "overflow": "never",
          "precision": "unbounded", "parameters": "rational", "ffn": "relu", "uniformity": "full",
          "readout": "token", "thought": "discrete", "loops": "1", "padding": "0",
          "attention": "average-hard"}
_CONSTRUCTION = TRANSFORMER | CONSTANT_SIZE | FREE_NORM | _EXACT | {
    "positions": "index", "division": "each any", "softmax": "each any", "markers": "bos",
    "acceptance": "sign"}

MACHINES_BY_TOKENS = Axiom(
    "rational-decoders-decide",
    "Average-hard attention over exact rationals with decoded tokens runs multitape Turing "
    "machines, a step each token: every decidable language with unboundedly many tokens, exactly "
    "P with polynomially many.",
    (
        Lower("decidable", (box(**_CONSTRUCTION, masking="future strict-future",
                                cot="1..unbounded"),)),
        Lower("P", (box(**_CONSTRUCTION, masking="future strict-future", cot="1..poly(n)"),)),
        Upper((box(
            **TRANSFORMER, **CONSTANT_SIZE, **_EXACT, norm="none", norm_epsilon="any",
            masking="future strict-future", softmax="any", division="any", markers="any",
            positions="none periodic finite-image index length-dependent", acceptance="any",
            cot="1..poly(n)"),), "P"),
    ),
    None, "derived",
    note="A machine that halts on every word is run step by step: averages of moves times "
         "positions give the places of the heads, exactly, and the latest token that wrote on a "
         "cell says what stands there. The construction is built and tested here, after Perez, "
         "Marinkovic and Barcelo 2021 and Merrill and Sabharwal 2024. For the bound the decoder is "
         "run: tokens carry no numbers, so that each step is a pass of constant depth over "
         "rationals, whose numbers have polynomially many digits.",
    see=("expressivity/thought/machines.py",),
)

AUTOMATA_BY_TOKENS = Axiom(
    "rational-decoders-regular",
    "The same with n + 1 decoded tokens recognises every regular language.",
    (Lower("REG", (box(**_CONSTRUCTION, masking="future", cot="n"),)),),
    None, "derived",
    note="The tokens are the states of the automaton, then the answer. The construction is built "
         "and tested here, after Merrill and Sabharwal 2024, with positions i in place of layer "
         "normalisation.",
    see=("expressivity/thought/automata.py",),
)

REGULAR_BY_LOOPS = Axiom(
    "rational-loops-regular",
    "Average-hard attention over exact rationals without position encodings, with a block of one "
    "layer repeated ceil(log2 n) times, recognises every regular language.",
    (Lower("REG", (box(**_CONSTRUCTION | {
        "positions": "none", "readout": "last", "loops": "log(n)", "thought": "each any"},
        masking="future strict-future", cot="0"),)),),
    None, "derived",
    note="Prefix doubling: in round l each position composes the map of the position 2^(l-1) "
         "before it with its own. Keys made from 1/i and 1/(i+1) single out that position: their "
         "differences change sign at it alone. The construction is built and tested here, after "
         "Merrill and Sabharwal 2025.",
    see=("expressivity/constructions/looped_regular.py",),
)
