"""Classes and languages without models: what the statements of the base do not say."""

from __future__ import annotations

from proofs.citation import Citation, Remark

_VOLLMER = Citation("Vollmer", 1999, "Introduction to Circuit Complexity", "Springer")
_BCST = Citation("Barrington, Compton, Straubing, Thérien", 1992, "Regular languages in NC1",
                 "JCSS 44")
_HAB = Citation("Hesse, Allender, Barrington", 2002, "Uniform constant-depth threshold circuits "
                "for division and iterated multiplication", "JCSS 65")

COMPLEXITY = (
    Remark(
        "circuit-lower-bounds",
        "Parity needs circuits of AND, OR and NOT of size exp(Ω(n^(1/(d-1)))) at depth d (Håstad "
        "1986). Counting modulo q is not in AC0[p] for a prime p unless q is a power of p "
        "(Smolensky 1987). NEXP is not in ACC0 (Williams 2011); P is not EXP.",
        _VOLLMER, "textbook", "complexity", results=("known-separations",),
        see=("expressivity/circuits/families/parity_depth_three.py",)),
    Remark(
        "open-separations",
        "Nobody knows whether majority is in AC0[6], or NP, NEXP or the regular languages in TC0, "
        "whether NC1, L, NL and P differ, or NC and P, nor which regular languages are in AC0[m] "
        "for an m with two prime factors.",
        _VOLLMER, "textbook", "open",
        note="NEXP: for non-uniform TC0. Conjectures that answers depend on have a list of their "
             "own."),
    Remark(
        "uniformity-of-tc0",
        "DLOGTIME-uniform TC0 is first-order logic with majority quantifiers and BIT. For depth "
        "log^d n, d at least 1, uniformity in DLOGTIME and in logarithmic space give the same "
        "class; for TC0 itself this is not known.",
        Citation("Barrington, Immerman, Straubing", 1990, "On uniformity within NC1", "JCSS 41"),
        "textbook", "complexity"),
    Remark(
        "iterated-products",
        "Products of many integers, powers and quotients are in DLOGTIME-uniform TC0. Products of "
        "many 3 by 3 integer matrices are complete for GapNC1 and not known to be in TC0.",
        _HAB, "textbook", "complexity", results=("arithmetic-in-tc0",)),
    Remark(
        "regular-in-ac0-p",
        "A regular language is in AC0[p], p prime, exactly if all groups among the images of words "
        "of one length are p-groups, uniformly or not. For a modulus with two prime factors only "
        "membership is known.",
        _BCST, "part", "complexity",
        note="If: such a language is a product of resets and counters modulo p with tests of i mod "
             "s. Only if: blocks of one length turn counting modulo another prime into the "
             "language, against Smolensky."),
    Remark(
        "aperiodicity-is-hard",
        "Whether the language of an automaton is star-free is PSPACE-complete.",
        Citation("Cho, Huynh", 1991, "Finite-automaton aperiodicity is PSPACE-complete",
                 "Theoretical Computer Science 88"), "textbook", "decidability",
        results=("star-free-characterisations",), see=("languages/classes/star_free.py",)),
    Remark(
        "small-classes-of-star-free-languages",
        "J-trivial is piecewise testable (Simon 1975), R-trivial is partially ordered and "
        "left-deterministic (Brzozowski, Fich 1980), DA is FO with two variables (Thérien, Wilke "
        "1998); dot-depth one is decidable (Knast 1983). J = R and L, these are properly inside "
        "DA, and DA inside the aperiodic ones; locally testable and DA are incomparable.",
        None, "textbook", "complexity", results=("piecewise-and-relatives",),
        see=("languages/classes/r_trivial.py", "languages/classes/piecewise_testable.py")),
    Remark(
        "example-languages",
        "Parity: group Z2, not in AC0. (aa)*: not star-free, in AC0. (ab)*: star-free, neither "
        "R-trivial nor DA, in C-RASP. aΣ*: R-trivial, not L-trivial. Σ*abΣ*: J-trivial over two "
        "letters; over three not R-trivial, not in C-RASP. Flip-flop over {a, b, e}: not in "
        "C-RASP. (ab+bbaa)* is in C-RASP, (ab+bba)* in R^ω and not in C-RASP, (ab+aabb)* outside "
        "R^ω.",
        None, "derived", "complexity", note="Each is decided, with certificates, by "
        "`expressivity language`.", see=("tests/languages/test_deciders_against_definitions.py",)),
    Remark(
        "context-free-classes",
        "Context-free languages are in LOGCFL = SAC1, inside AC1, deterministic ones in LOGDCFL, "
        "input-driven ones in NC1 (Dymond 1988); some linear one is NL-complete (Sudborough 1975). "
        "They are recognised in time n^ω.",
        _VOLLMER, "textbook", "complexity"),
    Remark(
        "circuit-size",
        "Regular languages have circuits of linear size, languages of time t those of size t log "
        "t; size n^k is never all of P/poly, but no language of NP is known outside linear size.",
        _VOLLMER, "textbook", "complexity"),
)
