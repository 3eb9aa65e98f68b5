"""State-space models and recurrent networks: results kept as text."""

from __future__ import annotations

from proofs.citation import Citation, Remark

_SARROF = Citation("Sarrof, Veitsman, Hahn", 2024, "The Expressive Capacity of State Space Models: "
                   "A Formal Language Perspective", "NeurIPS, arXiv 2405.17394")
_GRAZZI = Citation("Grazzi, Siems, Zela, Franke, Hutter, Pontil", 2025, "Unlocking State-Tracking "
                   "in Linear RNNs Through Negative Eigenvalues", "ICLR, arXiv 2411.12537")
_PARALLEL = Citation("Merrill, Jiang, Li, Lin, Sabharwal", 2026, "Why Are Linear RNNs More "
                     "Parallelizable?", "ICML, arXiv 2603.03612")

RECURRENT = (
    Remark(
        "sarrof-2024-parity",
        "Nonnegative diagonal gates with boundedly many fractional bits and an integer part that "
        "may grow do not recognise parity, at any depth.",
        _SARROF, "yes",
        note="No axis counts fractional bits alone. For states rounded to finitely many values see "
             "`signed-diagonal-two-groups`."),
    Remark(
        "sarrof-2024-starfree",
        "In the same number format the regular languages recognised are exactly the star-free "
        "ones; counter languages such as Dyck-1, shuffles and a^n b^n are recognised as well, and "
        "brackets of k kinds at most h deep with O(h log k) units.",
        _SARROF, "part",
        note="(ab)* is star-free and included, whatever some notes say.",
        see=("expressivity/constructions/state_space.py",)),
    Remark(
        "grazzi-2025-eigenvalues",
        "A linear recurrent network of finite precision recognises parity only if some layer has, "
        "for some input, a transition with an eigenvalue outside [0, infinity), and counts modulo "
        "m, not a power of 2, only if some product of transitions of one layer has an eigenvalue "
        "that is not real.",
        _GRAZZI, "yes",
        note="The axes know kinds of matrices, not eigenvalues; for real diagonals see "
             "`signed-diagonal-two-groups`. Complex diagonals meet the second condition.",
        results=("grazzi-2025-parity", "grazzi-2025-mod")),
    Remark(
        "grazzi-2025-sizes",
        "Permutations that move at most k states: k - 1 reflections a letter in one layer. Any "
        "automaton: as many factors a letter as the state has coordinates, an added term for "
        "resets, and at most exponentially many layers in the number of states.",
        _GRAZZI, "yes", "size", results=("grazzi-2025-regular",),
        see=("expressivity/constructions/householder.py",)),
    Remark(
        "siems-2025-deltaproduct",
        "The word problem of S_n by products of reflections: one layer with n - 1 factors a "
        "letter, three layers with two or more, four layers with one; two layers of DeltaNet with "
        "negative eigenvalues solve dihedral groups.",
        Citation("Siems, Carstensen, Zela, Hutter, Pontil, Grazzi", 2025, "DeltaProduct: Improving "
                 "State-Tracking in Linear RNNs via Householder Products",
                 "NeurIPS, arXiv 2502.10297"), "part", "size",
        note="The forms with several layers read the last letters and the position from a table."),
    Remark(
        "rwkv7-2025",
        "Diagonal plus rank one with eigenvalues beyond [0, 1]: one layer tracks swaps of five "
        "elements, which is NC1-complete under AC0 reductions, and four layers recognise every "
        "regular language.",
        Citation("Peng and others", 2025, "RWKV-7 Goose with Expressive Dynamic State Evolution",
                 "arXiv 2503.14456"), "part"),
    Remark(
        "path-2025",
        "One layer with two heads and positions by accumulated reflections of the input, at log "
        "precision, solves an NC1-complete problem.",
        Citation("Yang and others", 2025, "PaTH Attention: Position Encoding via Accumulating "
                 "Householder Transformations", "NeurIPS, arXiv 2505.16381"), "part",
        note="So no bound by TC0 covers positions that are computed from the input."),
    Remark(
        "merrill-2026-completeness",
        "Linear recurrences with diagonal plus low rank solve problems complete for PNC1, positive "
        "values of arithmetic formulas, in four layers; with permutations times diagonals they are "
        "NC1-complete; at log precision non-linear networks solve sorted deterministic "
        "reachability of a sink, which is complete for L, and at polynomial precision a padded "
        "problem complete for P.",
        _PARALLEL, "yes",
        disputed="A public reproduction finds the routing gadget for DeltaNet not realisable over "
                 "the rationals as published; the one for RWKV-7 is not affected.",
        note="So recurrent networks are not inside NC1 at log precision; at constant precision "
             "they are regular.",
        results=("merrill-2026-linear-rnn",)),
    Remark(
        "shakerinava-2026-complex-diagonal",
        "State-space models with input-dependent complex diagonals: k layers track a group if and "
        "only if it has a subnormal series of length at most k with commutative factors; no depth "
        "tracks a group that is not solvable.",
        Citation("Shakerinava, Khavari, Ravanbakhsh, Chandar", 2026, "The Expressive Limits of "
                 "Diagonal SSMs for State-Tracking", "ICLR, arXiv 2603.01959"), "yes",
        note="The negative half speaks of the paper's finite precision. It does not speak of "
             "states that are rounded at every step: rounding complex products is another map."),
    Remark(
        "khavari-2025",
        "Diagonal layers that are either fixed or nonnegative, mixed in any way, do not recognise "
        "parity at finite precision: one recurrence must depend on the input and have negative "
        "entries.",
        Citation("Khavari and others", 2025, "Parity Requires Unified Input Dependence and "
                 "Negative Eigenvalues in SSMs",
                 "arXiv 2508.07395"), "yes"),
    Remark(
        "alsmann-2026-more",
        "Fixed transitions realise modular predicates but not since; log precision adds counting, "
        "such as a^n b^n c^n.",
        Citation("Alsmann, Noori, Lange", 2026, "On the Expressiveness of State Space Models via "
                 "Temporal Logics", "ICLR, arXiv 2601.19467"), "yes", results=("alsmann-2026",)),
    Remark(
        "jelassi-2024",
        "A state of b bits cannot copy random strings of l symbols from V if l log2|V| exceeds b, "
        "but with error at least 1 - 2^b / |V|^l. Two transformer layers copy up to the chance "
        "that a g-gram repeats.",
        Citation("Jelassi, Brandfonbrener, Kakade, Malach", 2024, "Repeat After Me: Transformers "
                 "are Better than State Space Models at Copying", "ICML, arXiv 2402.01032"),
        "part", "generation"),
    Remark(
        "wen-2024",
        "Recurrent networks with o(n) bits of memory do not retrieve, index or count even with "
        "chain of thought; with one attention layer, and polynomially many tokens, they do all of "
        "P.",
        Citation("Wen, Dang, Lyu", 2025, "RNNs are not Transformers (Yet): The Key Bottleneck on "
                 "In-context Retrieval", "ICLR, arXiv 2402.18510"), "yes", "size"),
    Remark(
        "bhattamishra-2024-separations",
        "Index lookup: one layer of width O(log n), while recurrent networks need Ω(n) bits. "
        "Bounded Dyck: the other way round for one layer. Equality, disjointness, nearest "
        "neighbours: two layers of width O(log n), while one layer or a recurrence needs Ω(n).",
        Citation("Bhattamishra, Hahn, Blunsom, Kanade", 2024, "Separations in the Representational "
                 "Capabilities of Transformers and Recurrent Architectures",
                 "NeurIPS, arXiv 2406.09347"), "yes", "size"),
    Remark(
        "recurrent-counters",
        "With integers of O(log n) bits LSTMs recognise counter languages, while gated and simple "
        "networks with saturated units do not; exact rationals and unbounded time simulate every "
        "Turing machine.",
        Citation("Weiss, Goldberg, Yahav", 2018, "On the Practical Computational Power of Finite "
                 "Precision RNNs for Language Recognition", "ACL, arXiv 1805.04908"), "part",
        note="Merrill and others 2020; Siegelmann, Sontag 1995.",
        results=("finite-precision-rnn",)),
    Remark(
        "linear-attention",
        "Linear attention with features computed in TC0 is a linear recurrence with the identity "
        "as its transition: at log precision in TC0, and its state bounds what it copies. Delta "
        "rules are other recurrences.",
        None, "derived"),
)
