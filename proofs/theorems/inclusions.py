"""Inclusions and separations between classes. The only place where they are written."""

from __future__ import annotations

from proofs.citation import Axiom, Citation
from proofs.statements import Closed, NotSub, Sub

_BIS = Citation("Barrington, Immerman, Straubing", 1990, "On uniformity within NC1", "JCSS 41")
_BCST = Citation("Barrington, Compton, Straubing, Thérien", 1992, "Regular languages in NC1",
                 "JCSS 44")
_FSS = Citation("Furst, Saxe, Sipser", 1984, "Parity, circuits, and the polynomial-time hierarchy",
                "Mathematical Systems Theory 17")
_VOLLMER = Citation("Vollmer", 1999, "Introduction to Circuit Complexity", "Springer")
_SIMON = Citation("Simon", 1975, "Piecewise testable events", "LNCS 33")
_BF = Citation("Brzozowski, Fich", 1980, "Languages of R-trivial monoids", "JCSS 20")
_SCHUETZENBERGER = Citation("Schützenberger", 1965, "On finite monoids having only trivial "
                            "subgroups", "Information and Control 8")
_ALGEBRA = Citation(
    "Yang, Veseli, Barloy, Cadilhac, Krebs, Paperman, Straubing, Hahn", 2026, "Algebraic "
    "Decomposition Theory for Transformer Length Generalization", "arXiv 2608.13433",
    "Theorem 14")
_JERAD_ROPE = Citation("Jerad, Svete, Li, Cotterell", 2026, "Disentangling the Expressivity of "
                       "RoPE", "arXiv 2608.11909")
_BARCELO = Citation("Barceló, Kozachinskiy, Lin, Podolskii", 2024, "Logical Languages Accepted by "
                    "Transformer Encoders with Hard Attention", "ICLR, arXiv 2310.03817")
_YANG24 = Citation("Yang, Chiang, Angluin", 2024, "Masked Hard-Attention Transformers Recognize "
                   "Exactly the Star-Free Languages", "NeurIPS, arXiv 2310.13897")

UNIFORMITY = Axiom(
    "uniformity", "A more uniform family is a less uniform one.",
    (Sub("D-AC0", "L-AC0"), Sub("L-AC0", "AC0"), Sub("D-ACC0", "ACC0"), Sub("D-TC0", "L-TC0"),
     Sub("L-TC0", "TC0"), Sub("NC1", "nonuniform NC1"), Sub("P", "P/poly")),
    _VOLLMER, "textbook",
    results=("class-chain", "uniformity-of-tc0"),
)

CHAIN = Axiom(
    "circuit-chain", "The chain of classes from AC0 to PSPACE.",
    (Sub("D-AC0", "D-ACC0"), Sub("D-ACC0", "D-TC0"), Sub("D-TC0", "NC1"), Sub("L-TC0", "L"),
     Sub("NC1", "L"), Sub("L", "NL"), Sub("NL", "D-AC1"), Sub("D-AC1", "D-TC1"),
     Sub("D-TC1", "NC2"), Sub("NC2", "NC"), Sub("NC", "P"), Sub("P", "NP"), Sub("NP", "PSPACE"),
     Sub("L", "SPACE(n)"), Sub("NL", "P"), Sub("SPACE(n)", "PSPACE")),
    _VOLLMER, "textbook",
    results=("class-chain",),
)

NONUNIFORM_CHAIN = Axiom(
    "nonuniform-circuit-chain", "The non-uniform chain from NC0 to P/poly.",
    (Sub("NC0", "AC0"), Sub("AC0", "ACC0"), Sub("ACC0", "TC0"), Sub("TC0", "nonuniform NC1"),
     Sub("nonuniform NC1", "P/poly"), Sub("L-AC0", "L-TC0")),
    _VOLLMER, "textbook",
    results=("class-chain",),
)

AC0_BELOW_TC0 = Axiom(
    "ac0-below-tc0", "DLOGTIME-uniform ACC0 is not inside non-uniform AC0: parity.",
    (NotSub("D-ACC0", "AC0"), NotSub("D-AC0", "NC0")), _FSS, "textbook",
    note="AC0 is not inside NC0, since AND depends on unboundedly many inputs.",
    results=("known-separations",),
)

SPACE_HIERARCHY = Axiom(
    "space-hierarchy", "Neither NL nor NC is all of PSPACE.",
    (NotSub("PSPACE", "NL"), NotSub("PSPACE", "NC")),
    _VOLLMER, "textbook",
    note="NC is inside polylogarithmic space (Borodin 1977).",
    results=("known-separations",),
)

REGULAR_CLASSES = Axiom(
    "regular-classes", "Inclusions between classes of regular languages.",
    (Sub("J-trivial", "R-trivial"), Sub("J-trivial", "L-trivial"), Sub("R-trivial", "star-free"),
     Sub("L-trivial", "star-free"), Sub("star-free", "quasi-aperiodic"),
     Sub("star-free", "2-groups"), Sub("2-groups", "solvable"),
     Sub("quasi-aperiodic", "solvable"), Sub("solvable", "REG"),
     Sub("nc0-regular", "quasi-aperiodic"), Sub("R-trivial", "REG"), Sub("star-free", "REG"),
     Sub("quasi-aperiodic", "REG"), Sub("2-groups", "REG"), Sub("REG", "SPACE(n)")),
    _SCHUETZENBERGER, "textbook",
    note="R-, L- and J-trivial monoids are aperiodic (Simon 1975; Brzozowski, Fich 1980). A "
         "quasi-aperiodic language has solvable groups only: inside each group the elements "
         "reached by words of one length as the identity form a trivial normal subgroup with "
         "cyclic quotient.",
    results=("star-free-characterisations", "piecewise-and-relatives"),
    see=("languages/classes/star_free.py", "languages/classes/r_trivial.py",
         "languages/classes/l_trivial.py", "languages/classes/piecewise_testable.py"),
)

REGULAR_CIRCUITS = Axiom(
    "regular-circuits",
    "Quasi-aperiodic = FO[<,MOD] = REG ∩ AC0; regular languages with solvable groups are in ACC0; "
    "all are in NC1.",
    (Sub("quasi-aperiodic", "D-AC0"), Sub("AC0", "quasi-aperiodic", within="REG"),
     Sub("solvable", "D-ACC0"), Sub("REG", "NC1")),
    _BCST, "yes",
    results=("regular-in-ac0", "barrington-1989"),
    see=("languages/classes/ac0.py", "languages/classes/solvable.py"),
)

REGULAR_NC0 = Axiom(
    "regular-nc0",
    "A regular language is in NC0 exactly if its stable semigroup is locally trivial.",
    (Sub("nc0-regular", "NC0"), Sub("NC0", "nc0-regular", within="REG")),
    None, "derived",
    note="If exe = e in the stable semigroup, membership depends on the length and on boundedly "
         "many letters at both ends. If not, one length carries arbitrarily many disjoint blocks "
         "that are each relevant.",
    results=("regular-in-nc0",),
    see=("languages/classes/nc0.py",),
)

LOCAL_COUNTING = Axiom(
    "ltl-p-mod",
    "LTL[P,MOD] lies between the R-trivial languages and FO[<,MOD].",
    (Sub("R-trivial", "LTL[P,MOD]"), Sub("LTL[P,MOD]", "quasi-aperiodic")),
    _JERAD_ROPE, "yes",
)

STUTTER = Axiom(
    "stutter-invariant", "Stutter-invariant star-free languages are star-free.",
    (Sub("stutter-invariant star-free", "star-free"),), _YANG24, "textbook",
)

UNARY_PREDICATES = Axiom(
    "fo-mon",
    "FO[<,MON] contains FO[<,MOD] and lies inside non-uniform AC0.",
    (Sub("quasi-aperiodic", "FO[<,MON]"), Sub("FO[<,MON]", "AC0")), _BARCELO, "yes",
)

C_RASP = Axiom(
    "c-rasp-classes",
    "C-RASP: contains the R-trivial languages, its regular languages are aperiodic, and it lies "
    "in TC0. Reading at the last symbol adds languages; the regular ones stay aperiodic.",
    (Sub("R-trivial", "C-RASP@eos"), Sub("C-RASP@eos", "C-RASP@last"),
     Sub("C-RASP@last", "star-free", within="REG"), Sub("C-RASP@last", "D-TC0")),
    _ALGEBRA, "yes",
    note="L is in C-RASP@last exactly if every quotient by a last letter is in C-RASP@eos; "
         "a union of star-free languages, each followed by a letter, is star-free.",
    results=("c-rasp-regular-2026", "parity-and-counting-direction"),
    see=("languages/classes/c_rasp_eos.py", "languages/classes/c_rasp_last.py",
         "proofs/checkers/c_rasp.py"),
)

CLOSURE = Axiom(
    "closure-under-reductions",
    "Circuit classes are closed under projections and AC0 reductions of their own uniformity or "
    "more; L and above under logarithmic-space reductions.",
    (Closed("NC0", ("projection",)), Closed("AC0", ("projection", "AC0")),
     Closed("L-AC0", ("projection", "AC0")), Closed("D-AC0", ("projection", "AC0")),
     Closed("ACC0", ("projection", "AC0")), Closed("D-ACC0", ("projection", "AC0")),
     Closed("TC0", ("projection", "AC0")), Closed("L-TC0", ("projection", "AC0")),
     Closed("D-TC0", ("projection", "AC0")), Closed("NC1", ("projection", "AC0")),
     Closed("nonuniform NC1", ("projection", "AC0")), Closed("L", ("projection", "AC0", "L")),
     Closed("NL", ("projection", "AC0", "L")), Closed("D-AC1", ("projection", "AC0", "L")),
     Closed("D-TC1", ("projection", "AC0", "L")), Closed("P", ("projection", "AC0", "L")),
     Closed("P/poly", ("projection", "AC0", "L")), Closed("NP", ("projection", "AC0", "L")),
     Closed("NC2", ("projection", "AC0", "L")),
     Closed("NC", ("projection", "AC0", "L")), Closed("PSPACE", ("projection", "AC0", "L"))),
    _VOLLMER, "textbook",
)

TURING_CLOSURE = Axiom(
    "closure-under-ac0-turing-reductions",
    "Circuit classes from AC0 on, L, NL, P and PSPACE are closed under AC0 Turing reductions.",
    (Closed("AC0", ("AC0-Turing",)), Closed("L-AC0", ("AC0-Turing",)),
     Closed("D-AC0", ("AC0-Turing",)), Closed("ACC0", ("AC0-Turing",)),
     Closed("D-ACC0", ("AC0-Turing",)), Closed("TC0", ("AC0-Turing",)),
     Closed("L-TC0", ("AC0-Turing",)), Closed("D-TC0", ("AC0-Turing",)),
     Closed("NC1", ("AC0-Turing",)), Closed("nonuniform NC1", ("AC0-Turing",)),
     Closed("L", ("AC0-Turing",)), Closed("NL", ("AC0-Turing",)),
     Closed("D-AC1", ("AC0-Turing",)), Closed("D-TC1", ("AC0-Turing",)),
     Closed("NC2", ("AC0-Turing",)), Closed("NC", ("AC0-Turing",)),
     Closed("P", ("AC0-Turing",)),
     Closed("P/poly", ("AC0-Turing",)), Closed("PSPACE", ("AC0-Turing",))),
    _VOLLMER, "textbook",
    note="Circuits for the oracle take the place of the oracle gates, boundedly many on each path. "
         "NL: Immerman 1988, Szelepcsényi 1988. Of NP nobody knows.",
)

ADVICE = Axiom(
    "non-uniform-classes-contain-the-undecidable",
    "Non-uniform NC0 is not inside PSPACE: whether a word belongs may depend on its length alone, "
    "in any way.",
    (NotSub("NC0", "PSPACE"),), _VOLLMER, "textbook",
    results=("known-separations", "circuit-size"),
)
