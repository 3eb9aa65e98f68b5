"""Attention that answers at once: results kept as text."""

from __future__ import annotations

from proofs.citation import Citation, Remark

_HAHN = Citation("Hahn", 2020, "Theoretical Limitations of Self-Attention in Neural Sequence "
                 "Models", "TACL, arXiv 1906.06755", "Lemma 5")
_YCA = Citation("Yang, Chiang, Angluin", 2024, "Masked Hard-Attention Transformers Recognize "
                "Exactly the Star-Free Languages", "NeurIPS, arXiv 2310.13897")
_BARCELO = Citation("Barceló, Kozachinskiy, Lin, Podolskii", 2024, "Logical Languages Accepted by "
                    "Transformer Encoders with Hard Attention", "ICLR, arXiv 2310.03817")
_KNEE = Citation("Yang, Cadilhac, Chiang", 2025, "Knee-Deep in C-RASP: A Transformer Depth "
                 "Hierarchy", "NeurIPS, arXiv 2506.16055")
_LI_COTTERELL = Citation(
    "Li, Cotterell", 2025, "Characterizing the Expressivity of Fixed-Precision Transformer "
    "Language Models", "NeurIPS, arXiv 2505.23623")

HARD_ATTENTION = (
    Remark(
        "yca-2024-finite-image",
        "Strictly masked hard attention with position encodings that take finitely many values, "
        "one set for all n, recognises FO[<] with the unary predicates that the encodings define; "
        "over all such encodings FO[<,MON]. The encodings may depend on n, so that the second "
        "statement speaks of a model for each length.",
        _YCA, "part"),
    Remark(
        "yca-2024-depth",
        "For every depth k some star-free language is beyond strictly masked hard attention of "
        "depth k, whatever its width and number of heads.",
        _YCA, "part", "size", note="From the hierarchy of nested until and since."),
    Remark(
        "jerad-2025-mirror",
        "Looking to the right and read at the begin symbol, leftmost strict hard attention is "
        "star-free and rightmost recognises the L-trivial languages.",
        Citation("Jerad, Svete, Li, Cotterell", 2025, "Unique Hard Attention: A Tale of Two Sides",
                 "ACL, arXiv 2503.14615"), "yes",
        note="The paper's sentence that softmax is leftmost hard attention imports the theorem on "
             "constant precision; it is not a second source for it.",
        results=("jerad-2025-two-sides",)),
    Remark(
        "barcelo-2024-strictness",
        "Some language in AC0 is beyond unmasked unique hard attention with arbitrary position "
        "encodings.",
        _BARCELO, "yes", results=("barcelo-2024-uhat",)),
    Remark(
        "barcelo-2024-ahat",
        "Unmasked average-hard attention with arbitrary position encodings, a model for each "
        "length, recognises everything that linear temporal logic with unary numerical predicates, "
        "counting terms and linear inequalities between them defines.",
        _BARCELO, "yes"),
    Remark(
        "bergstrasser-2026-succinct",
        "Masked unique hard attention is exponentially more succinct than temporal logic and "
        "recurrent networks and doubly exponentially more than automata; whether a model accepts "
        "any word, and whether two are equal, is EXPSPACE-complete.",
        Citation("Bergsträßer, Cotterell, Lin", 2026, "Transformers are Inherently Succinct",
                 "ICLR, arXiv 2510.19315"), "part", "decidability",
        note="No extraction of automata from weights is cheap in the worst case.",
        see=("expressivity/extraction/unique_hard.py",)),
    Remark(
        "yao-2021-bounded-dyck",
        "Brackets of k kinds nested at most D deep: D + 1 layers of hard attention with both "
        "masks, positions i/n and log precision recognise them with O(log k) coordinates; two "
        "layers of softmax predict their next letters.",
        Citation("Yao, Peng, Papadimitriou, Narasimhan", 2021, "Self-Attention Networks Can "
                 "Process Bounded Hierarchical Languages", "ACL, arXiv 2105.11115"), "yes", "size",
        note="The encoding i/n needs log precision. That two layers generate brackets of unbounded "
             "depth was not checked."),
    Remark(
        "svete-cotterell-2024-ngram",
        "Hard or sparse attention with n - 1 heads in one layer, or n - 1 layers of one head, "
        "represents every n-gram language model.",
        Citation("Svete, Cotterell", 2024, "Transformers Can Represent n-gram Language Models",
                 "NAACL, arXiv 2404.14994"), "no", "generation"),
)

AVERAGING = (
    Remark(
        "hahn-2020-soft-masked",
        "Behind a future mask the effect of one symbol on layer k is O((log n)^(k-1) / n), not "
        "O(1/n): position j feels it by O(1/j), and averages sum these. The margin vanishes all "
        "the same.",
        _HAHN, "derived", "margin", results=("hahn-2020-soft",)),
    Remark(
        "merrill-sabharwal-smith-2022",
        "Saturated attention over floats, with activations of O(log n) bits and size-preserving "
        "internal functions, is in non-uniform TC0. With exact rationals and arbitrary "
        "size-preserving functions it recognises every language.",
        Citation("Merrill, Sabharwal, Smith", 2022, "Saturated Transformers are Constant-Depth "
                 "Threshold Circuits", "TACL, arXiv 2106.16213"), "part",
        note="Average-hard attention alone bounds nothing: position-wise maps and number format "
             "are part of the hypothesis."),
    Remark(
        "strobl-2023",
        "Average-hard attention over floats of O(log n) bits, with averages approximated as in "
        "the paper, is in L-uniform TC0.",
        Citation("Strobl", 2023, "Average-Hard Attention Transformers are Constant-Depth Uniform "
                 "Threshold Circuits", "arXiv 2308.03212"), "yes"),
    Remark(
        "chiang-2025-approximate",
        "Softmax evaluated up to an absolute error 2^-poly(n), accepting with a fixed margin, is "
        "in DLOGTIME-uniform TC0. Softmax over the reals that accepts by sign is not covered.",
        Citation("Chiang", 2025, "Transformers in DLOGTIME-Uniform TC0",
                 "TMLR, arXiv 2409.13629"), "yes", "margin",
        note="The paper states the bound on the error; the margin is what makes an answer of it.",
        results=("chiang-2025-uniform-tc0",)),
    Remark(
        "chiang-cholak-pillay-2023",
        "Softmax encoders of fixed precision, with position encodings definable in FOC[+;MOD], "
        "are inside FOC[+;MOD]; softmax encoders of arbitrary precision with sinusoids of rational "
        "angles contain it. FOC[+;MOD] holds parity and majority and is inside uniform TC0.",
        Citation("Chiang, Cholak, Pillay", 2023, "Tighter Bounds on the Expressivity of "
                 "Transformer Encoders", "ICML, arXiv 2301.10743"), "part",
        note="Two precisions, so no exact characterisation. An arbitrary encoding with finitely "
             "many values escapes the upper bound."),
    Remark(
        "knee-deep-positions",
        "In the mixed-precision setting: sinusoids of rational angles give C-RASP with tests of i "
        "mod m, layer for layer; rotary encodings with rational angles stay inside that, ALiBi "
        "inside C-RASP with the previous position.",
        _KNEE, "part", note="The converse for sinusoids rests on lemmas that are not in the "
                            "published text.",
        results=("yang-2025-kneedeep-exact",)),
    Remark(
        "yang-2025-kneedeep-hierarchy",
        "The words of k + 1 alternating blocks of a and b separate depth k + 1 of C-RASP, read at "
        "the last symbol, from depth k; with counting in both directions, and for predicting next "
        "tokens, there are such hierarchies too.",
        _KNEE, "part", "size",
        disputed="A formalisation in Lean 4 finds the paper's cropping and reduction lemmas false "
                 "as stated and proves the hierarchy by a repaired argument.",
        see=("proofs/checkers/piecewise_testable.py",)),
    Remark(
        "parity-by-two-directions",
        "Counting to the left and to the right defines parity at depth two: the number of ones is "
        "odd exactly if some one has as many ones up to it as from it on. Counting to the left "
        "alone does not define it at any depth.",
        _KNEE, "yes", results=("parity-and-counting-direction",),
        see=("proofs/checkers/c_rasp.py",)),
    Remark(
        "huang-2025-length-generalisation",
        "Languages of C-RASP with periodic and local predicates are learned by an idealised "
        "learner with learned absolute positions so that all longer words come out right; parity, "
        "flip-flops and unrestricted copying are outside that class.",
        Citation("Huang, Yang, Bhattamishra, Sarrof, Krebs, Zhou, Nakkiran, Hahn", 2025, "A Formal "
                 "Framework for Understanding Length Generalization in Transformers",
                 "ICLR, arXiv 2410.02140"), "part", "learnability"),
    Remark(
        "constant-precision-further",
        "In the setting of constant precision that overflows to infinity: masks that are not "
        "strict are strictly weaker without a begin symbol (bbΣ* is lost); position encodings "
        "keep models inside PFO2[<] with the predicates they define.",
        _LI_COTTERELL, "yes", results=("li-cotterell-2025-const-upper",)),
    Remark(
        "constant-precision-language-models",
        "In the same setting the next-token probabilities of a language model are definable in "
        "PFO2[<], and every language model of a partially ordered automaton, uniform over the "
        "letters allowed, is realised exactly.",
        _LI_COTTERELL, "yes", "generation",
        results=("li-cotterell-2025-const-upper", "li-cotterell-2025-const-lower")),
    Remark(
        "rotary-without-period",
        "Rotary encodings that never repeat were only shown to look back by fixed offsets up to a "
        "bounded distance; there is no characterisation for all lengths.",
        Citation("Jerad, Svete, Li, Cotterell", 2026, "Disentangling the Expressivity of RoPE",
                 "arXiv 2608.11909"), "yes", results=("jerad-2026-rope",)),
    Remark(
        "li-cotterell-2026-windows",
        "Windows of length k alone recognise the languages that the last letters decide; together "
        "with heads that see all, at constant precision that overflows to infinity, LTL with P and "
        "the last k positions. Windows of length one are the most expressive.",
        Citation("Li, Cotterell", 2026, "Characterizing the Expressivity of Local Attention in "
                 "Transformers", "ACL, arXiv 2605.00768"), "yes",
        results=("li-cotterell-2026-local",), see=("expressivity/extraction/window.py",)),
    Remark(
        "yang-2026-soft-for-hard",
        "Softmax whose temperature falls with the least gap between scores simulates hard "
        "attention, and softmax with unbounded position encodings computes extended temporal "
        "logics: a temperature c / log(8n) leaves less than 1/8 of the weight off target.",
        Citation("Yang, Strobl, Chiang, Angluin", 2026, "Simulating Hard Attention Using Soft "
                 "Attention", "TACL, arXiv 2412.09925"), "yes",
        note="Nothing follows for softmax at a fixed temperature with bounded encodings."),
    Remark(
        "bhattamishra-2020-counters",
        "One masked softmax layer without positions, at log precision, predicts the next letters "
        "of shuffled Dyck languages.",
        Citation("Bhattamishra, Ahuja, Goyal", 2020, "On the Ability and Limitations of "
                 "Transformers to Recognize Formal Languages", "EMNLP, arXiv 2009.11264"), "no",
        "generation",
        note="One such layer does not recognise Dyck-1: abab and baab have the same last letter "
             "and the same letters before it. Two layers do."),
    Remark(
        "rope-tensor-2024",
        "Tensor attention with rotary encodings, polynomial precision and constant depth is said "
        "to be in DLOGTIME-uniform TC0.",
        Citation("Li, Liang, Shi, Song, Wan", 2024, "Theoretical Constraints on the "
                 "Expressive Power of RoPE-based Tensor Attention Transformers",
                 "arXiv 2412.18040"), "no", "unchecked"),
    Remark(
        "yang-2026-length-bounds",
        "No computable bound says up to which length a C-RASP program of two layers must be "
        "compared with a specification; for its fragment without negative coefficients, which is "
        "LTL[P], an exponential bound does, and non-emptiness is NP-complete.",
        Citation("Yang, Bergsträßer, Zetzsche, Chiang, Lin", 2026, "Length Generalization Bounds "
                 "for Transformers", "ICML, arXiv 2603.02238"), "yes", "decidability",
        see=("proofs/checkers/c_rasp.py",)),
)
