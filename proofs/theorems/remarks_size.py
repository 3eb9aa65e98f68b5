"""How large models have to be, and what is not about recognition at all: kept as text."""

from __future__ import annotations

from proofs.citation import Citation, Remark

_SHT23 = Citation("Sanford, Hsu, Telgarsky", 2023, "Representational Strengths and Limitations of "
                  "Transformers", "NeurIPS, arXiv 2306.02896")

SIZES = (
    Remark(
        "sanford-2023-sparse-average",
        "One head of dimension m and p bits averages q of N inputs, up to 1/(2q), only if m p is "
        "at least of order q; m of order d + q log N suffices. A recurrence needs (N - 1)/2 bits, "
        "a network of full connections N d / 2 units.",
        _SHT23, "part", "size"),
    Remark(
        "sanford-2023-match",
        "Match2 needs one head of dimension 3 and O(log M) bits. Match3 is beyond one layer with m "
        "p H at most of order N / log log N; for more layers this is conjectured.",
        _SHT23, "part", "size"),
    Remark(
        "sanford-2024-induction",
        "One layer of H heads, dimension d and p bits is an induction head only if H d p is of "
        "order n; two layers of constant size do.",
        Citation("Sanford, Hsu, Telgarsky", 2024, "One-layer transformers fail to solve the "
                 "induction heads task", "arXiv 2408.14332"), "yes", "size",
        see=("expressivity/constructions/induction_heads.py",)),
    Remark(
        "sanford-2024-mpc",
        "Depth is rounds of parallel computation with machines of n^δ memory, both ways. So "
        "connectivity needs depth Ω(log n) at width n^(1-ε) if the conjecture on one or two cycles "
        "holds; k hops need depth floor(log2 k) + 2 at most, and Ω(log k) under the conjecture.",
        Citation("Sanford, Hsu, Telgarsky", 2024, "Transformers, parallel computation, and "
                 "logarithmic depth", "ICML, arXiv 2402.09268"), "part", "size"),
    Remark(
        "peng-2024-composition",
        "One layer with H heads, dimension d and p bits errs on composing functions on n points "
        "with probability R / (3 n log n) at least, if R = n log n - H (d + 1) p is positive. Two "
        "layers suffice.",
        Citation("Peng, Narayanan, Papadimitriou", 2024, "On Limitations of the Transformer "
                 "Architecture", "COLM, arXiv 2402.08164"), "part", "size"),
    Remark(
        "chen-peng-wu-2024",
        "Decoders of L layers with H d p at most n^(2^(-4L)) do not compose L functions in "
        "sequence, without any assumption; L + 1 layers of polylogarithmic size do, and encoders "
        "are exponentially shallower.",
        Citation("Chen, Peng, Wu", 2024, "Theoretical limitations of multi-layer Transformer",
                 "arXiv 2412.02975", "Theorem 1.1"), "yes", "size"),
    Remark(
        "kozachinskiy-2024",
        "One softmax layer over the reals composes functions, or adds pairs, only if its dimension "
        "or its network has n^Ω(1) size.",
        Citation("Kozachinskiy", 2024, "Lower bounds on transformers with infinite precision",
                 "arXiv 2412.20195"), "yes", "size"),
    Remark(
        "kozachinskiy-2025-strassen",
        "One softmax layer over the reals of size n^o(1) does not compose functions or relations "
        "nor do Match3; one layer of Strassen attention does.",
        Citation("Kozachinskiy, Urrutia, Jimenez, Steifer, Pizarro, Fuentes, Meza, Calderon, "
                 "Rojas", 2025, "Strassen Attention: Unlocking Compositional Abilities in "
                 "Transformers Based on a New Lower Bound Method",
                 "NeurIPS, arXiv 2501.19215"), "yes", "size"),
    Remark(
        "hsu-2026-parity",
        "One layer followed by a rational function decides parity by sign only if heads times "
        "degree grow linearly in n.",
        Citation("Hsu", 2026, "Lower bounds for one-layer transformers that compute parity",
                 "arXiv 2605.12171"), "yes", "size"),
    Remark(
        "one-head-parity",
        "One softmax layer with one head does not compute parity, by its average sensitivity "
        "O(sqrt(n)); a later version claims it for any one layer.",
        Citation("Kozachinskiy, Steifer, Wałęga", 2026, "Parity, Sensitivity, and Transformers",
                 "arXiv 2602.05896"), "part", "size",
        note="Which networks may follow the head is not said in what was read, and a network of "
             "unbounded size and precision would decide parity from one sum.",
        results=("kozachinskiy-steifer-walega-2026",)),
    Remark(
        "kozachinskiy-steifer-2025",
        "Three softmax layers over the reals without masks or normalisation compute parity, with "
        "parameters and positions that do not depend on the length: a score is largest at the "
        "position that is the number of ones, and exponentials converge.",
        Citation("Kozachinskiy, Steifer", 2025, "A completely uniform transformer for parity",
                 "arXiv 2501.02535"), "yes", "recognition",
        note="How fast positions grow, and whether they can be computed quickly, was not compared, "
             "so that no axis value is claimed."),
    Remark(
        "four-layer-parity",
        "Four softmax layers compute parity with polynomially bounded positions that do not "
        "depend on the length, without normalisation, masked or not.",
        Citation("Kozachinskiy, Steifer, Wałęga", 2026, "Parity, Sensitivity, and Transformers",
                 "arXiv 2602.05896"), "yes", "recognition",
        note="Compared with the abstracts only: readout, position-wise maps and the numbers used "
             "for positions were not.",
        results=("kozachinskiy-steifer-walega-2026",)),
    Remark(
        "yehudai-2024-count",
        "With as many dimensions as letters one layer counts exactly; with fewer the weights must "
        "grow polynomially. A most frequent letter by one layer needs H d p of order min(m, n).",
        Citation("Yehudai, Kaplan, Ghandeharioun, Geva, Globerson", 2024, "When Can Transformers "
                 "Count to n?", "arXiv 2407.15160"), "part", "size",
        note="The negative half is about the size of weights, not an impossibility."),
    Remark(
        "cho-2024-position-coupling",
        "One layer with two heads and coupled positions adds numbers of exponentially many digits "
        "in its dimension, a model for each largest length; one layer without positions does not "
        "add at all.",
        Citation("Cho, Cha, Awasthi, Bhojanapalli, Gupta, Yun", 2024, "Position Coupling: "
                 "Improving Length Generalization of Arithmetic Transformers Using Task Structure",
                 "NeurIPS, arXiv 2405.20671"), "yes", "generation"),
    Remark(
        "inverse-permutation-2025",
        "Causal attention without networks, with one-hot positions and concatenated residuals, "
        "does not write the inverse of a permutation into the places of the input, at any depth; "
        "with scratch tokens or an encoder it does.",
        Citation("Alur, Hays, Raghavan, Shah", 2025, "The Impossibility of Inverse Permutation "
                 "Learning in Transformer Models", "arXiv 2509.24125", "Theorem 1"),
        "yes", "generation",
        note="Nothing follows for decoders that write the answer behind the prompt. Inversion is "
             "in AC0 (`first-order-tasks`)."),
)

OTHER_QUESTIONS = (
    Remark(
        "hahn-rofin-2024",
        "Functions of high average sensitivity, such as parity, sit in sharp minima, with large "
        "norms of parameters; training is biased to low sensitivity.",
        Citation("Hahn, Rofin", 2024, "Why are Sensitive Functions Hard for Transformers?",
                 "ACL, arXiv 2402.09963"), "yes", "learnability",
        note="Not an impossibility: parity has exact constructions.",
        see=("expressivity/constructions/parity_by_averages.py",)),
    Remark(
        "edelman-2022",
        "Attention heads of bounded norm represent functions of s inputs with capacity O(log T).",
        Citation("Edelman, Goel, Kakade, Zhang", 2022, "Inductive Biases and Variable Creation in "
                 "Self-Attention Mechanisms", "ICML, arXiv 2110.10090"), "yes",
        "sample-complexity"),
    Remark(
        "wei-2022-statistically-meaningful",
        "Transformers approximate machines of running time T from samples polynomial in alphabet, "
        "states and log T.",
        Citation("Wei, Chen, Ma", 2022, "Statistically Meaningful Approximation: a Case Study on "
                 "Approximating Turing Machines with Transformers", "NeurIPS, arXiv 2107.13163"),
        "yes", "sample-complexity"),
    Remark(
        "luo-2022-relative",
        "Relative positions inside softmax, and no absolute ones, do not approximate all functions "
        "of sequences: equal tokens give outputs that do not depend on the place. A learned "
        "Toeplitz factor outside repairs it.",
        Citation("Luo, Li, Zheng, Liu, Wang, He", 2022, "Your Transformer May Not be as Powerful "
                 "as You Expect", "NeurIPS, arXiv 2205.13401"), "yes", "approximation"),
    Remark(
        "barbero-2024-glasses",
        "For certain growing inputs the last states of decoders draw together, and are equal at "
        "fixed precision, so that counting and copying fail.",
        Citation("Barbero, Banino, Kapturowski, Kumaran, Araújo, Vitvitskyi, Pascanu, Veličković",
                 2024, "Transformers need glasses! Information over-squashing in language tasks",
                 "NeurIPS, arXiv 2406.04267"), "part", "approximation",
        note="Under assumptions on the decay of positions; not a general impossibility."),
    Remark(
        "alman-song-2023",
        "Approximating attention up to 1/poly(n) takes time n^(2-o(1)) once entries are of order "
        "sqrt(log n), if the strong exponential time hypothesis holds; what runs in truly "
        "subquadratic time fails at document similarity.",
        Citation("Alman, Song", 2023, "Fast Attention Requires Bounded Entries",
                 "NeurIPS, arXiv 2302.13214"), "part", "running-time",
        note="The second statement: Alman, Yu 2024, arXiv 2410.04271, unchecked."),
    Remark(
        "universal-approximation",
        "For one length, transformers of growing depth or width approximate continuous functions "
        "of sequences on a compact set that respect permutations, and all of them with positions; "
        "about sqrt(n N) parameters memorise N sequences.",
        Citation("Yun, Bhojanapalli, Rawat, Reddi, Kumar", 2020, "Are Transformers universal "
                 "approximators of sequence-to-sequence functions?", "ICLR, arXiv 1912.10077"),
        "part", "approximation",
        note="Kajitsuka, Sato 2024, arXiv 2307.14023 and 2409.17677; Kim and others 2023; Mahdavi "
             "and others 2023, arXiv 2306.02010. Nothing about languages over all lengths."),
)
