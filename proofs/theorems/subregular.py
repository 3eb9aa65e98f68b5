"""Inclusions between classes of regular languages below the star-free ones, and commutativity."""

from __future__ import annotations

from proofs.citation import Axiom, Citation
from proofs.statements import Sub

_LOCAL = Citation("McNaughton, Papert", 1971, "Counter-Free Automata", "MIT Press")
_DEFINITE = Citation("Perles, Rabin, Shamir", 1963, "The theory of definite automata",
                     "IEEE Transactions on Electronic Computers 12")
_DA = Citation("Thérien, Wilke", 1998, "Over words, two variables are as powerful as one "
               "quantifier alternation", "STOC")
_THRESHOLDS = Citation("Thérien, Weiss", 1985, "Graph congruences and wreath products",
                       "Journal of Pure and Applied Algebra 36")
_KNAST = Citation("Knast", 1983, "A semigroup characterization of dot-depth one languages",
                  "RAIRO Informatique théorique 17")
_POSITIONS = Citation("Dartois, Paperman", 2013, "Two-variable first order logic with modular "
                      "predicates over words", "STACS")
_ALGEBRA = Citation(
    "Yang, Veseli, Barloy, Cadilhac, Krebs, Paperman, Straubing, Hahn", 2026, "Algebraic "
    "Decomposition Theory for Transformer Length Generalization", "arXiv 2608.13433",
    "Theorems 13, 14")

DEFINITE = Axiom(
    "definite-classes",
    "Definite and reverse definite languages are generalised definite and strictly local, "
    "L-trivial and R-trivial; generalised definite ones are in NC0, in FO2[<] and locally "
    "testable.",
    (Sub("definite", "generalised-definite"), Sub("reverse-definite", "generalised-definite"),
     Sub("definite", "strictly-local"), Sub("reverse-definite", "strictly-local"),
     Sub("definite", "L-trivial"), Sub("reverse-definite", "R-trivial"),
     Sub("generalised-definite", "nc0-regular"), Sub("generalised-definite", "FO2[<]"),
     Sub("generalised-definite", "locally-testable")),
    _DEFINITE, "textbook",
    note="In the syntactic semigroup se = e, es = e or ese = e for all idempotents e. So all "
         "idempotents e satisfy ese = e in the stable semigroup and in the monoid, and eSe = e is "
         "a semilattice. Two states of a definite automaton are fixed by no word together; two "
         "live states that a word fixes in a reverse definite one accept everything.",
)

LOCAL = Axiom(
    "local-classes",
    "Strictly local languages are locally testable, and these are star-free.",
    (Sub("strictly-local", "locally-testable"), Sub("locally-testable", "star-free")),
    _LOCAL, "textbook",
)

TWO_VARIABLES = Axiom(
    "two-variables",
    "FO2[<] contains the R-trivial and the L-trivial languages and is star-free.",
    (Sub("R-trivial", "FO2[<]"), Sub("L-trivial", "FO2[<]"), Sub("FO2[<]", "star-free")),
    _DA, "textbook",
)

THRESHOLDS = Axiom(
    "locally-threshold-testable",
    "FO[+1] contains the locally testable languages and has languages of dot-depth one only.",
    (Sub("locally-testable", "locally-threshold-testable"),
     Sub("locally-threshold-testable", "dot-depth-one")),
    _THRESHOLDS, "textbook",
    note="The syntactic semigroups of FO[+1] are those of Acom * D, for the commutative aperiodic "
         "monoids Acom; those of dot-depth one are J * D (Straubing 1985; Knast 1983), and "
         "commutative aperiodic monoids are J-trivial.",
    see=("languages/classes/locally_threshold_testable.py",),
)

DOT_DEPTH = Axiom(
    "dot-depth-one",
    "Piecewise testable languages are of dot-depth one, and languages of dot-depth one are in "
    "FO2[<,+1].",
    (Sub("J-trivial", "dot-depth-one"), Sub("dot-depth-one", "FO2[<,+1]")),
    _KNAST, "textbook",
    note="J-trivial monoids are in DA, so that J * D is inside DA * D.",
    see=("languages/classes/dot_depth_one.py",),
)

SUCCESSOR = Axiom(
    "two-variables-successor",
    "FO2[<,+1] contains FO2[<] and is star-free.",
    (Sub("FO2[<]", "FO2[<,+1]"), Sub("FO2[<,+1]", "star-free")),
    _DA, "textbook",
    see=("languages/classes/fo2_successor.py",),
)

POSITIONS = Axiom(
    "two-variables-positions",
    "FO2[<,MOD] contains FO2[<], LTL[P,MOD] and the regular languages in NC0, and lies inside "
    "FO[<,MOD].",
    (Sub("FO2[<]", "FO2[<,MOD]"), Sub("LTL[P,MOD]", "FO2[<,MOD]"),
     Sub("nc0-regular", "FO2[<,MOD]"), Sub("FO2[<,MOD]", "quasi-aperiodic")),
    _POSITIONS, "textbook",
    note="The stable semigroup of a language in LTL[P,MOD] is R-trivial, that of one in NC0 is "
         "locally trivial; both kinds of semigroups are in DA.",
    see=("languages/classes/fo2_mod.py",),
)

ONE_PRIME = Axiom(
    "regular-one-prime",
    "Quasi-aperiodic languages, and those with 2-groups only, have p-groups only of words of one "
    "length, for one prime p; languages with such groups have solvable groups only.",
    (Sub("quasi-aperiodic", "AC0[p]-regular"), Sub("2-groups", "AC0[p]-regular"),
     Sub("AC0[p]-regular", "solvable")),
    None, "derived",
    note="Inside each group the elements that words of one length give together with the identity "
         "form a normal subgroup with cyclic quotient; p-groups are solvable.",
    see=("languages/classes/ac0_p.py",),
)

R_OMEGA = Axiom(
    "r-omega",
    "R^ω contains the R-trivial languages and the regular languages of C-RASP read after the last "
    "symbol, and is star-free.",
    (Sub("R-trivial", "R^omega"), Sub("C-RASP@eos", "R^omega", within="REG"),
     Sub("R^omega", "star-free")),
    _ALGEBRA, "yes",
)

COMMUTATIVE = Axiom(
    "commutative-solvable",
    "The groups of a commutative monoid are commutative, so solvable.",
    (Sub("commutative", "solvable"),), None, "derived",
    note="Commutative groups are solvable; the syntactic monoid of a commutative language is "
         "commutative.",
)
