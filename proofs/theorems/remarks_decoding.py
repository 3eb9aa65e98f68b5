"""Decoded tokens, padding and repetition: results kept as text."""

from __future__ import annotations

from proofs.citation import Citation, Remark

_MS24 = Citation("Merrill, Sabharwal", 2024, "The Expressive Power of Transformers with Chain of "
                 "Thought", "ICLR, arXiv 2310.07923")
_LI = Citation("Li, Liu, Zhou, Ma", 2024, "Chain of Thought Empowers Transformers to Solve "
               "Inherently Serial Problems", "ICLR, arXiv 2402.12875")
_LONDON = Citation("London, Kanade", 2025, "Pause Tokens Strictly Increase the Expressivity of "
                   "Constant-Depth Transformers", "NeurIPS, arXiv 2505.21024")
_SVETE = Citation("Svete, Merrill, Cotterell, Sabharwal", 2026, "Revisiting Padded Transformer "
                  "Expressivity", "ICML, arXiv 2605.30523")
_DEPTH = Citation("Merrill, Sabharwal", 2025, "A Little Depth Goes a Long Way: The Expressive "
                  "Power of Log-Depth Transformers", "NeurIPS, arXiv 2503.03961")

DECODING = (
    Remark(
        "perez-2021",
        "An encoder with a decoder, hard attention with a score that is not a plain scalar "
        "product, exact rationals, positions (i, 1/i, 1/i^2) and unboundedly many decoding steps "
        "simulates every Turing machine.",
        Citation("Pérez, Barceló, Marinković", 2021, "Attention is Turing-Complete",
                 "JMLR, arXiv 1901.03429"), "part", "steps",
        note="Unbounded precision is one of five hypotheses."),
    Remark(
        "one-machine-step-a-token",
        "A multitape machine without random access that runs in time t(n) is simulated in t(n) + "
        "O(1) decoded tokens by average-hard attention with projected pre-norm and log precision, "
        "exactly in t, not in O(t).",
        _MS24, "yes", "steps", note="Moves are by one cell; the answer is one of the tokens.",
        results=("merrill-sabharwal-2024-time",), see=("expressivity/thought/automata.py",)),
    Remark(
        "chain-of-thought-time",
        "A fixed log-precision decoder with t(n) tokens runs in time about n^2 + t^2 up to "
        "logarithms; so linearly many tokens give all context-free languages only if these are "
        "recognised in about quadratic time, which nobody knows.",
        _MS24, "yes", "running-time", results=("merrill-sabharwal-2024-upper",)),
    Remark(
        "circuits-by-tokens",
        "T(n) tokens at constant precision and width O(log n), with an arbitrary model for each "
        "length, compute every function with circuits of T(n) gates of fan-in two. Steps are "
        "counted before the answer.",
        _LI, "yes", "steps", results=("li-2024-size",), see=("expressivity/thought/circuits.py",)),
    Remark(
        "xu-sato-2025",
        "With a model for each length and log precision, O(log^k n) decoded tokens stay inside "
        "TC^(k-1), while as many repetitions of a block, or as many steps of continuous thought, "
        "give exactly TC^k, and AC^k at constant precision.",
        Citation("Xu, Sato", 2025, "A Formal Comparison Between Chain-of-Thought and Latent "
                 "Thought", "revised from arXiv 2505.19245", "Theorems 3.9-3.15"), "yes", "steps",
        note="Separations follow if TC^(k-1) is not all of NC^k or of TC^k. On graphs of gates "
             "tokens go with size and repetitions with depth."),
    Remark(
        "feng-2023-positive",
        "Five softmax layers with five heads, log precision and a model for each length evaluate "
        "arithmetic expressions with decoded tokens, four layers solve linear systems; dynamic "
        "programs and context-free membership with the grammar in the input are done likewise.",
        Citation("Feng, Zhang, Gu, Ye, He, Wang", 2023, "Towards Revealing the Mystery behind "
                 "Chain of Thought: A Theoretical Perspective", "NeurIPS, arXiv 2305.15408"),
        "part", "steps",
        note="The width depends on the modulus only. That depth grows with the number of tokens is "
             "an intuition of the paper, not a theorem.",
        results=("feng-2023",)),
    Remark(
        "amiri-2025-tasks",
        "With o(n) decoded tokens unique hard attention is constant after fixing all but Ω(n) "
        "inputs in some way: so the middle bit of multiplication, the median and reachability in "
        "acyclic graphs need linearly many tokens, and filler tokens for parity must be more than "
        "polynomially many.",
        Citation("Amiri, Huang, Rofin, Hahn", 2025, "Lower Bounds for Chain-of-Thought Reasoning "
                 "in Hard-Attention Transformers", "ICML, arXiv 2502.02393"), "part", "steps",
        results=("amiri-2025",)),
    Remark(
        "barcelo-2025-rank",
        "One layer with one head of unique hard attention: the least number of decoded tokens for "
        "a function, the answer included, is its Ehrenfeucht-Haussler rank; t-fold composition "
        "needs t, the place of the k-th one needs k.",
        Citation("Barceló, Kozachinskiy, Steifer", 2025, "Ehrenfeucht-Haussler Rank and Chain of "
                 "Thought", "ICML, arXiv 2501.12997"), "yes", "steps",
        note="Embeddings of symbol and position are arbitrary. A version for more heads exists."),
    Remark(
        "nowak-2024",
        "Recurrent and transformer language models with chain of thought represent the "
        "distributions of probabilistic Turing machines, recurrent ones of fixed precision those "
        "of nondeterministic probabilistic automata.",
        Citation("Nowak, Svete, Butoi, Cotterell", 2024, "On the Representational Capacity of "
                 "Neural Language Models with Chain-of-Thought Reasoning", "ACL, arXiv 2406.14197"),
        "part", "probabilistic"),
    Remark(
        "zhu-2025-continuous",
        "Two layers with D steps of continuous thought, and a model for each size of graph, find "
        "what D edges reach: a thought is the normalised sum of the vertices reached so far.",
        Citation("Zhu, Hao, Hu, Jiao, Russell, Tian", 2025, "Reasoning by Superposition: A "
                 "Theoretical Perspective on Chain of Continuous Thought",
                 "NeurIPS, arXiv 2505.12514"), "yes", "steps",
        note="The quadratic number of discrete tokens with which it is compared is the best that "
             "is known, not a lower bound. Steps are counted before the answer."),
    Remark(
        "jiang-2026-softmax-tm",
        "Softmax scaled by log n with decoded tokens: without positions every recursively "
        "enumerable language over one letter, of bounded letter order or invariant under "
        "permutation; with relative positions every recursively enumerable language. C-RASP with "
        "chain of thought and no relative positions does not do palindromes.",
        Citation("Jiang, Hahn, Zetzsche, Lin", 2026, "Softmax Transformers are Turing-Complete",
                 "ICLR, arXiv 2511.20038"), "yes", "steps",
        note="The negative part speaks of C-RASP only, not of arbitrary softmax models without "
             "positions. Its argument, by communication, is used in `many-prefixes`."),
    Remark(
        "li-wang-2025-window",
        "One layer with one hard head, a constant number of bits, relative positions that depend "
        "on a window s(n) of at least n tokens, and unboundedly many tokens: exactly space s(n). "
        "Fewer tokens a machine step: s(n)^c for any c > 0.",
        Citation("Li, Wang", 2025, "Constant Bit-size Transformers Are Turing Complete",
                 "NeurIPS, arXiv 2506.12027"), "yes", "steps",
        note="The second statement: Li, Wang 2026, Efficient Turing Machine Simulation with "
             "Transformers, ICLR, arXiv 2512.00003.",
        disputed="A public review finds a further power of s in the second paper's total."),
    Remark(
        "peng-2024-chain",
        "One layer of H heads, dimension d and p bits needs Ω(sqrt(n / (H d p))) decoded tokens "
        "for iterated function composition.",
        Citation("Peng, Narayanan, Papadimitriou", 2024, "On Limitations of the Transformer "
                 "Architecture", "COLM, arXiv 2402.08164"), "no", "steps"),
    Remark(
        "pfau-2024",
        "Polynomially many filler tokens leave log-precision models of constant depth inside TC0; "
        "that they help inside TC0, for problems with many nested quantifiers, is argued.",
        Citation("Pfau, Merrill, Bowman", 2024, "Let's Think Dot by Dot: Hidden Computation in "
                 "Transformer Language Models", "COLM, arXiv 2404.15758"), "part"),
    Remark(
        "malach-2023",
        "Linear next-token predictors with decoded tokens compute whatever a machine or circuit "
        "does, and are learned from examples that show the tokens, at a price in length.",
        Citation("Malach", 2023, "Auto-Regressive Next-Token Predictors are Universal Learners",
                 "arXiv 2309.06979"), "no", "learnability"),
)

PADDING_AND_LOOPS = (
    Remark(
        "london-kanade-2025-lower",
        "Saturating fixed point, width O(log n), polynomial padding and families computable in "
        "logarithmic space reach all of L-uniform AC0 at constant and all of L-uniform TC0 at log "
        "precision. Without padding the models of constant precision, one for each length, are "
        "strictly weaker; at log precision nobody knows.",
        _LONDON, "yes",
        note="Markers and readout of the construction were not compared, so the lower halves are "
             "text. For uniform families of fixed depth a separation is proved against "
             "quasi-polynomial padding only.",
        results=("london-kanade-2025-const", "london-kanade-2025-log")),
    Remark(
        "svete-2026-padded",
        "Padded average-hard or scaled softmax models, families computable in logarithmic space, "
        "block-wise normalisation, fixed point rounded to nearest and enough width times "
        "precision: exactly L-uniform AC0 at constant precision and L-uniform TC0 at log "
        "precision, for every width.",
        _SVETE, "yes",
        disputed="The lemma that scaled softmax computes what average-hard attention computes "
                 "compares outputs before rounding; midpoints and saturation are open.",
        note="Positions may carry quotients, remainders and the wiring of circuits, and internal "
             "precision is a multiple of the outer one: no axis says so."),
    Remark(
        "svete-2026-loops",
        "The same with a block repeated Θ(log^d n) times, d at least 1: uniform AC^d at constant "
        "precision and log width, uniform TC^d at log precision and constant width.",
        _SVETE, "yes", "steps"),
    Remark(
        "logdepth-connectivity",
        "A block of two layers, with heads that see all and heads that see the past, repeated "
        "ceil(log2 V) times over V^2 adjacency bits, V^3 padding tokens and two vertices in unary, "
        "decides whether one is reached from the other.",
        _DEPTH, "yes", "steps",
        note="V counts vertices, not letters. Paths of length 0 count, so the first relation is "
             "adjacency or equality; the paper prints a slip there. Without the padding nothing is "
             "proved. The catalogue writes graphs down differently.",
        results=("merrill-sabharwal-2025-logdepth-connectivity",)),
    Remark(
        "giannou-2023",
        "A block of fewer than 13 layers at high temperature, width O(log n) plus the bits of an "
        "integer, repeated, runs programs for a machine with one instruction.",
        Citation("Giannou, Rajput, Sohn, Lee, Lee, Papailiopoulos", 2023, "Looped Transformers as "
                 "Programmable Computers", "ICML, arXiv 2301.13196"), "part", "steps",
        note="A model for each length, by its positions."),
    Remark(
        "saunshi-2025",
        "Repetition of a block, a model for each length: products of n group elements in "
        "ceil(log2 n) repetitions, p hops of an induction head in floor(log2 p) + 2, and T decoded "
        "tokens of a model without repetition in T.",
        Citation("Saunshi, Dikkala, Li, Kumar, Reddi", 2025, "Reasoning with Latent Thoughts: On "
                 "the Power of Looped Transformers", "ICLR, arXiv 2502.17416"), "part", "steps",
        see=("expressivity/constructions/looped_regular.py",)),
    Remark(
        "liu-2022-depth",
        "A model for each length simulates an automaton with states Q at depth O(log n), and one "
        "with solvable groups at a depth that depends on Q alone, with networks of exponential "
        "size in Q. Constant depth for any other automaton would give TC0 = NC1.",
        Citation("Liu, Ash, Goel, Krishnamurthy, Zhang", 2023, "Transformers Learn Shortcuts to "
                 "Automata", "ICLR, arXiv 2210.10749", "Theorems 1, 2, 4"), "part", "size",
        results=("liu-2022-shortcuts",),
        see=("expressivity/constructions/looped_regular.py",
             "expressivity/constructions/solvable.py")),
    Remark(
        "unpadded-time",
        "One fixed log-precision model of constant depth and width runs in time quadratic in the "
        "number of positions, up to logarithms. So if the exponential time hypothesis holds no "
        "fixed amount of padding gives all of uniform TC0: k-Clique is in AC0 for each k.",
        None, "derived", "running-time", results=("derived-unpadded-time",)),
)
