"""What changes when one axis does: kept as text, since containment is the only rule of inference.

Each entry says which step is sound, or why it is not. Whatever is sound and of use here is
written into the regions of theorems instead.
"""

from __future__ import annotations

from proofs.citation import Remark

AXES_ONE_BY_ONE = (
    Remark("monotone-uniformity", "More uniform families are less uniform ones, if parameters are "
           "rational and positions computable: one real parameter, or arbitrary positions, hold an "
           "undecidable language that no uniform class has.", None, "derived", "monotonicity"),
    Remark("monotone-heads", "A further head with value 0 changes nothing, if its dimension is "
           "free.", None, "derived", "monotonicity"),
    Remark("monotone-width", "Further coordinates change nothing without normalisation, or with "
           "one of chosen coordinates; plain layer normalisation mixes them in.", None, "derived",
           "monotonicity"),
    Remark("monotone-depth", "A further layer changes nothing with residuals and outputs 0; with "
           "normalisation after the sublayer this is not automatic.", None, "derived",
           "monotonicity"),
    Remark("not-monotone-loops", "A block repeated more often keeps acting: sound only if it "
           "counts or is idempotent. Classes with O(.) repetitions are monotone by their theorems.",
           None, "derived", "monotonicity"),
    Remark("monotone-tokens", "More decoded tokens: a model that can repeat its answer; not a "
           "given model.", None, "derived", "monotonicity"),
    Remark("monotone-padding", "More padding: sound for hard attention that scores padding low; "
           "padding dilutes every average of softmax with bounded scores, and changes positions "
           "i/n.", None, "derived", "monotonicity"),
    Remark("not-monotone-precision", "More bits do not contain fewer: rounding and underflow are "
           "functions that constructions use. Compare classes instead.", None, "derived",
           "monotonicity"),
    Remark("not-monotone-ties", "Leftmost and rightmost hard attention: R-trivial and star-free. "
           "Models that offer both contain either.", None, "derived", "monotonicity"),
    Remark("unique-to-average-hard", "A tie-break by positions makes averages unique if scores "
           "differ by a fixed gap; at constant precision average-hard attention is strictly weaker "
           "than rightmost unique hard attention.", None, "derived", "monotonicity"),
    Remark("average-hard-to-softmax", "Not in general: only by theorems for temperatures that "
           "depend on n, or inside one class. One distant symbol moves softmax by O(1/n).", None,
           "derived", "monotonicity"),
    Remark("softmax-to-average-hard", "No theorem; some constructions use the convergence of "
           "exponentials.", None, "derived", "monotonicity"),
    Remark("strict-to-nonstrict-masks", "Not without positions: stutter-invariant languages only; "
           "bbΣ* is lost at constant precision. Equivalent for counting with a begin symbol.",
           None, "derived", "monotonicity"),
    Remark("masks-against-none", "Neither way: unmasked averages without positions see no order, "
           "masked ones do; encoders can be exponentially smaller. With polynomial padding the "
           "classes agree.", None, "derived", "monotonicity"),
    Remark("further-masks", "More kinds of masks only help recognisers, and may help strictly: "
           "parity by counting in both directions. Decoders must not look ahead.", None, "derived",
           "monotonicity"),
    Remark("further-positions", "Position encodings can be ignored if they have coordinates of "
           "their own; rotations of all coordinates cannot.", None, "derived", "monotonicity"),
    Remark("readouts", "From an end symbol to the last letter the models of masked hard attention, "
           "C-RASP and constant precision lose nothing on non-empty words; back they do: Σ*a.",
           None, "derived", "monotonicity"),
    Remark("margins", "A margin gives a sign; a sign gives no margin: parity by averages.", None,
           "derived", "monotonicity"),
    Remark("recognisers-and-generators", "Recognition, next-token support and transduction are "
           "different problems: one layer predicts the next letters of Dyck-1 and does not "
           "recognise it.", None, "derived", "monotonicity"),
    Remark("families", "Transformers, state-space models and recurrent networks contain one "
           "another only by theorems.", None, "derived", "monotonicity"),
    Remark("kinds-of-positions", "A bound by TC0 needs positions that do not depend on the data, "
           "and are computable in TC0.", None, "derived", "monotonicity"),
    Remark("tokens-and-loops-change-classes", "Bounds for models that answer at once say nothing "
           "of models that decode or repeat.", None, "derived", "monotonicity"),
    Remark("conjectures-travel-with-reductions", "A language hard under a kind of reduction is "
           "outside a class, under a conjecture, only if the class is closed under that kind: "
           "hardness for P under logarithmic space excludes TC0 unless L = P, not unless TC0 = P.",
           None, "derived", "monotonicity"),
    Remark("uniform-and-non-uniform-facts", "What is not in non-uniform AC0 is beyond all models "
           "in it; what is not in uniform TC0, as the permanent, may be recognised by a model for "
           "each length.", None, "derived", "monotonicity"),
    Remark("boolean-combinations", "Models side by side combine languages without normalisation or "
           "with one of chosen coordinates; complement by sign wants outputs that are never 0.",
           None, "derived", "monotonicity"),
    Remark("numerics", "Neither overflow nor the order of sums can be changed: saturation and "
           "stagnation count, infinity does not.", None, "derived", "monotonicity",
           see=("proofs/theorems/quotient.py",)),
)
