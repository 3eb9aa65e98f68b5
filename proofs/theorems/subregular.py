"""Inclusions between classes of regular languages below the star-free ones, and commutativity."""

from __future__ import annotations

from proofs.citation import Axiom, Citation
from proofs.statements import Sub

_LOCAL = Citation("McNaughton, Papert", 1971, "Counter-Free Automata", "MIT Press")
_DEFINITE = Citation("Perles, Rabin, Shamir", 1963, "The theory of definite automata",
                     "IEEE Transactions on Electronic Computers 12")
_DA = Citation("Thérien, Wilke", 1998, "Over words, two variables are as powerful as one "
               "quantifier alternation", "STOC")
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
