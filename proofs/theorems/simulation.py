"""Bounds by running the model: polynomially much of everything stays in polynomial time."""

from __future__ import annotations

from proofs.citation import Axiom, Citation
from proofs.profile import box
from proofs.statements import Cannot, Open, Upper
from proofs.theorems.named_languages import REACHABILITY
from proofs.theorems.regions import ANY_NORM, CONSTANT_SIZE, LOG_EXTRA, TRANSFORMER

_POLYNOMIAL = {
    "depth": "1..poly(n)", "heads": "0..poly(n)", "width": "1..poly(n)", "vocabulary": "1..poly(n)",
    "loops": "1..poly(n)", "cot": "0..poly(n)", "padding": "0..poly(n)", "thought": "any",
    "readout": "eos last first token", "acceptance": "any", "markers": "any", "ffn": "relu",
    "masking": "none future strict-future past strict-past window", "parameters": "rational"}
_NUMBERS = {"format": "fixed float", "rounding": "any", "overflow": "any",
            "division": "any", "softmax": "any", "precision": "1..log(n)"}
_STEPS = "left-to-right other-order exact-sums extra-precision"
_COMPUTABLE = "none periodic finite-image index length-dependent"
_HARD = "uhat-left uhat-right average-hard"

POLYNOMIAL_TIME = Axiom(
    "polynomial-resources-in-p",
    "Polynomially many layers, repetitions, dimensions, decoded tokens and padding, numbers of "
    "O(log n) bits, families computable in logarithmic space: only languages in P.",
    (
        Upper((box(
            **TRANSFORMER, **_POLYNOMIAL, **_NUMBERS, **ANY_NORM, attention=_HARD,
            arithmetic=_STEPS, positions=_COMPUTABLE, uniformity="full dlogtime logspace",
        ),), "P"),
        Upper((box(
            **TRANSFORMER, **_POLYNOMIAL, **_NUMBERS, **ANY_NORM,
            attention=f"{_HARD} softmax softmax-scaled", arithmetic="extra-precision",
            positions=_COMPUTABLE, uniformity="full dlogtime logspace",
        ),), "P"),
    ),
    None, "derived",
    note="The model is run. There are polynomially many operations, each on numbers whose "
         "exponents and digits have O(log n) bits, so that sums, products, quotients and roots are "
         "computed exactly and rounded in polynomial time. The order in which numbers are summed "
         "is computed like the weights. Softmax is stated only where its exponentials are computed "
         "with extra bits and truncated.",
)

NONUNIFORM_SIMULATION = Axiom(
    "polynomial-resources-in-p-poly",
    "The same with a model for each n and any position encodings: only languages in P/poly.",
    (Upper((box(
        **TRANSFORMER, **_POLYNOMIAL, **_NUMBERS, **ANY_NORM,
        attention=f"{_HARD} softmax softmax-scaled", arithmetic=_STEPS,
        positions=f"{_COMPUTABLE} arbitrary", uniformity="any",
    ),), "P/poly"),),
    None, "derived",
    note="Every operation on numbers of O(log n) bits, exponentials among them, is a table of "
         "polynomial size; exact sums are those of polynomially many numbers of polynomially many "
         "bits. Weights and encodings are part of the circuit.",
)

REACHABILITY_BY_TOKENS = Axiom(
    "reachability-by-few-tokens-open",
    "Nobody has shown that discrete chain of thought needs linearly many tokens, in the length of "
    "the input, for directed reachability.",
    (Open(Cannot(REACHABILITY, (box(
        **TRANSFORMER, **CONSTANT_SIZE, **LOG_EXTRA, **ANY_NORM, loops="1", padding="0",
        thought="discrete", readout="any", softmax="any", markers="any", acceptance="any",
        ffn="relu", attention="average-hard softmax softmax-scaled",
        masking="future strict-future", positions=_COMPUTABLE, uniformity="full",
        cot="0..<n"),)),),),
    Citation("Zhu, Hao, Hu, Jiao, Russell, Tian", 2025, "Reasoning by Superposition: A Theoretical "
             "Perspective on Chain of Continuous Thought", "NeurIPS, arXiv 2505.12514"),
    "derived",
    note="The quadratic number of tokens, in the number of vertices, with which continuous thought "
         "is compared is the best that is known: for dense graphs it is the length of the input, "
         "so nothing is said of linearly many tokens. Unique hard attention is left out, since it "
         "needs linearly many (Amiri, Huang, Rofin, Hahn 2025). O(log n) tokens stay in L-uniform "
         "TC0, which does not contain reachability unless it contains NL. The question is about "
         "all sizes together: few layers or heads may well be too few.",
)
