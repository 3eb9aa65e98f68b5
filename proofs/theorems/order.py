"""What averages over all positions cannot see: the order of letters."""

from __future__ import annotations

from proofs.citation import Axiom, Citation
from proofs.profile import box
from proofs.statements import In, NotIn, Sub, Upper
from proofs.theorems.named_languages import (
    ADDITION,
    AN_BN,
    AN_BN_CN,
    ARITHMETIC_2,
    ARITHMETIC_3,
    ARITHMETIC_5,
    ARITHMETIC_7,
    CFG_MEMBERSHIP,
    CIRCUIT_VALUE,
    COPY,
    DETERMINISTIC_REACHABILITY,
    DISJOINTNESS,
    DIVISION,
    DYCK_1,
    DYCK_2,
    DYCK_3,
    DYCK_4,
    EQUALITY,
    FORMULA_VALUE,
    FUNCTION_COMPOSITION,
    HORN_SAT,
    INDEX_LOOKUP,
    ITERATED_ADDITION,
    ITERATED_COMPOSITION,
    LINEAR_SYSTEM,
    LINEAR_SYSTEM_2,
    LINEAR_SYSTEM_3,
    LINEAR_SYSTEM_5,
    LINEAR_SYSTEM_7,
    MAJORITY,
    MATCH2,
    MATCH3,
    MULTIPLICATION,
    NONNEGATIVE_SYSTEM,
    PALINDROMES,
    PERMANENT,
    PERMUTATION_INVERSION,
    REACHABILITY,
    SAT,
    SHUFFLE_DYCK_2,
    SHUFFLE_DYCK_3,
    SORTING,
    SPARSE_AVERAGE,
    TQBF,
    TWO_SAT,
    UNDIRECTED_REACHABILITY,
)
from proofs.theorems.regions import ANY_NORM

_HAHN = Citation("Hahn", 2020, "Theoretical Limitations of Self-Attention in Neural Sequence "
                 "Models", "TACL, arXiv 1906.06755")

UNMASKED_AVERAGES = Axiom(
    "unmasked-averages-see-no-order",
    "Without masks and position encodings, with sums that do not depend on their order, models "
    "that average recognise at an end symbol only languages closed under permuting letters.",
    (Upper((box(
        **ANY_NORM, family="transformer", transition="",
        attention="average-hard softmax softmax-scaled", masking="none", positions="none",
        ffn="any", parameters="any", uniformity="any", format="any", rounding="any",
        arithmetic="exact-sums exact-attention exact", division="any", overflow="any",
        softmax="any", markers="eos both", readout="eos", acceptance="any", thought="any",
        precision="any", depth="any", loops="any", width="any", heads="any", cot="0", padding="0",
        vocabulary="any",
    ),), "permutation-closed"),),
    _HAHN, "textbook",
    note="Each layer commutes with permutations of the letters, and the end symbol stays where it "
         "is. A model for each length does not help: a permutation keeps the length. Not so for "
         "unique hard attention, which finds the first letter by its tie-break, nor for sums whose "
         "rounding depends on the order.",
    results=("permutation-invariance",), see=("tests/proofs/test_bounds_on_models.py",),
)

COMMUTATIVE = Axiom(
    "commutative-is-permutation-closed",
    "The regular languages closed under permuting letters are the commutative ones.",
    (Sub("commutative", "permutation-closed"),
     Sub("permutation-closed", "commutative", within="REG")),
    None, "derived", note="By definition.",
)

ORDER_MATTERS = Axiom(
    "order-matters",
    "Of the catalogue's tasks that are not regular only majority is closed under permuting "
    "letters.",
    (In(MAJORITY, "permutation-closed"),
     NotIn(AN_BN, "permutation-closed"), NotIn(AN_BN_CN, "permutation-closed"),
     NotIn(DYCK_1, "permutation-closed"), NotIn(DYCK_2, "permutation-closed"),
     NotIn(DYCK_3, "permutation-closed"), NotIn(DYCK_4, "permutation-closed"),
     NotIn(SHUFFLE_DYCK_2, "permutation-closed"), NotIn(SHUFFLE_DYCK_3, "permutation-closed"),
     NotIn(PALINDROMES, "permutation-closed"), NotIn(COPY, "permutation-closed"),
     NotIn(EQUALITY, "permutation-closed"), NotIn(DISJOINTNESS, "permutation-closed"),
     NotIn(INDEX_LOOKUP, "permutation-closed"), NotIn(SPARSE_AVERAGE, "permutation-closed"),
     NotIn(MATCH2, "permutation-closed"), NotIn(MATCH3, "permutation-closed"),
     NotIn(ADDITION, "permutation-closed"), NotIn(MULTIPLICATION, "permutation-closed"),
     NotIn(ITERATED_ADDITION, "permutation-closed"), NotIn(DIVISION, "permutation-closed"),
     NotIn(SORTING, "permutation-closed"), NotIn(FORMULA_VALUE, "permutation-closed"),
     NotIn(ARITHMETIC_2, "permutation-closed"), NotIn(ARITHMETIC_3, "permutation-closed"),
     NotIn(ARITHMETIC_5, "permutation-closed"), NotIn(ARITHMETIC_7, "permutation-closed"),
     NotIn(FUNCTION_COMPOSITION, "permutation-closed"),
     NotIn(ITERATED_COMPOSITION, "permutation-closed"),
     NotIn(PERMUTATION_INVERSION, "permutation-closed"),
     NotIn(REACHABILITY, "permutation-closed"),
     NotIn(DETERMINISTIC_REACHABILITY, "permutation-closed"),
     NotIn(UNDIRECTED_REACHABILITY, "permutation-closed"),
     NotIn(CIRCUIT_VALUE, "permutation-closed"), NotIn(SAT, "permutation-closed"),
     NotIn(TWO_SAT, "permutation-closed"), NotIn(HORN_SAT, "permutation-closed"),
     NotIn(TQBF, "permutation-closed"), NotIn(CFG_MEMBERSHIP, "permutation-closed"),
     NotIn(PERMANENT, "permutation-closed"), NotIn(LINEAR_SYSTEM, "permutation-closed"),
     NotIn(LINEAR_SYSTEM_2, "permutation-closed"), NotIn(LINEAR_SYSTEM_3, "permutation-closed"),
     NotIn(LINEAR_SYSTEM_5, "permutation-closed"), NotIn(LINEAR_SYSTEM_7, "permutation-closed"),
     NotIn(NONNEGATIVE_SYSTEM, "permutation-closed")),
    None, "derived",
    note="Each has a member and a permutation of it that is no member, in most cases since it is "
         "not well formed; tests of this project hold one such pair for each.",
    see=("tests/proofs/test_order.py",),
)
