"""Results kept as text: true, but not statements that anything may be derived from."""

from __future__ import annotations

from proofs.citation import Citation, Remark

MARGIN = Remark(
    "softmax-margin",
    "Without layer normalisation and with Lipschitz position-wise maps, changing one symbol moves "
    "the output of an unmasked softmax encoder by O(1/n): parity and first cannot be modelled "
    "with a margin that does not shrink. This does not forbid recognition by sign.",
    Citation("Hahn", 2020, "Theoretical Limitations of Self-Attention in Neural Sequence Models",
             "TACL, arXiv 1906.06755", "Lemma 5"), "part", "margin", results=("hahn-2020-soft",),
)

PERMUTATIONS = Remark(
    "permutation-invariance",
    "Without masks and position encodings, and with sums that do not depend on the order, softmax "
    "and average-hard attention recognise only languages closed under permuting letters. With a "
    "mask and one layer, read at the last letter, the order of the others is lost.",
    None, "textbook",
    note="Not so for unique hard attention, which finds the first letter by its tie-break, nor for "
         "sums whose rounding depends on the order.",
    results=("permutation-invariance",),
)

NO_LEARNING = Remark(
    "not-learnability",
    "What a kind of model can express says nothing about what training finds.",
    None, "textbook", "caution",
)

SATURATION = Remark(
    "saturation-leaves-r-trivial",
    "Saturating or stagnating sums leave the R-trivial languages: with multiples of 1/4 in "
    "[-2, 2] a head is a saturating counter that tells (ab)^k from (ab)^k a for every k.",
    None, "derived", "caution", results=("const-softmax-any-overflow",),
)
