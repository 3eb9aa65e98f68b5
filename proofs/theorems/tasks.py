"""Where the catalogue's non-regular tasks belong, and what reduces to them."""

from __future__ import annotations

from proofs.citation import Axiom, Citation
from proofs.statements import Hard, In, NotIn
from proofs.theorems.named_languages import (
    AN_BN,
    AN_BN_CN,
    CIRCUIT_VALUE,
    DYCK_1,
    DYCK_2,
    DYCK_3,
    DYCK_4,
    MAJORITY,
    PERMANENT,
    REACHABILITY,
    SAT,
    SHUFFLE_DYCK_2,
    SHUFFLE_DYCK_3,
)

_SMOLENSKY = Citation("Smolensky", 1987, "Algebraic methods in the theory of lower "
                      "bounds for Boolean circuit complexity", "STOC")
_ALGEBRA = Citation(
    "Yang, Veseli, Barloy, Cadilhac, Krebs, Paperman, Straubing, Hahn", 2026, "Algebraic "
    "Decomposition Theory for Transformer Length Generalization", "arXiv 2608.13433")
_BC = Citation("Barrington, Corbett", 1989, "On the relative complexity of some languages in NC1",
               "Information Processing Letters 32")
_LADNER = Citation("Ladner", 1975, "The circuit value problem is log space complete for P",
                   "SIGACT News 7")
_IMMERMAN = Citation("Immerman", 1987, "Languages that capture complexity classes",
                     "SIAM Journal on Computing 16")
_COOK = Citation("Cook", 1971, "The complexity of theorem-proving procedures", "STOC")
_ALLENDER = Citation("Allender", 1999, "The permanent requires large uniform threshold circuits",
                     "Chicago Journal of Theoretical Computer Science")

MAJORITY_FACTS = Axiom(
    "majority",
    "Majority is in DLOGTIME-uniform TC0 and in C-RASP, but neither in AC0 nor regular.",
    (In(MAJORITY, "D-TC0"), In(MAJORITY, "C-RASP@eos"), NotIn(MAJORITY, "AC0"),
     NotIn(MAJORITY, "REG")),
    _SMOLENSKY, "textbook",
    note="Not in AC0: also Razborov 1987. C-RASP: more ones than zeros is one comparison of "
         "counts. Not regular: the words 0^i are pairwise inequivalent.",
    results=("arithmetic-circuits", "known-separations"),
    see=("expressivity/circuits/families/majority.py",),
)

DYCK_1_FACTS = Axiom(
    "dyck-1",
    "Dyck-1 is in DLOGTIME-uniform TC0 and in C-RASP, but neither in AC0 nor regular.",
    (In(DYCK_1, "D-TC0"), In(DYCK_1, "C-RASP@eos"), NotIn(DYCK_1, "AC0"), NotIn(DYCK_1, "REG")),
    _ALGEBRA, "textbook",
    results=("context-free-classes",),
    see=("expressivity/circuits/families/dyck_one.py",),
)

DYCK_K_FACTS = Axiom(
    "dyck-k",
    "Dyck languages with at least two kinds of brackets are in DLOGTIME-uniform TC0, but neither "
    "in AC0 nor regular.",
    (In(DYCK_2, "D-TC0"), NotIn(DYCK_2, "AC0"), NotIn(DYCK_2, "REG"),
     In(DYCK_3, "D-TC0"), NotIn(DYCK_3, "AC0"), NotIn(DYCK_3, "REG"),
     In(DYCK_4, "D-TC0"), NotIn(DYCK_4, "AC0"), NotIn(DYCK_4, "REG")),
    _BC, "textbook",
    note="Stated for two to four kinds of brackets, which the catalogue writes with one "
         "character each; the proof is the same for any number.",
    results=("context-free-classes",),
)

AN_BN_FACTS = Axiom(
    "anbn",
    "The words a^n b^n form a language in DLOGTIME-uniform AC0 and in C-RASP that is not regular.",
    (In(AN_BN, "D-AC0"), In(AN_BN, "C-RASP@eos"), NotIn(AN_BN, "REG")),
    _ALGEBRA, "textbook",
    note="AC0: the length is even, the first half holds a only and the second half b only; "
         "addition is available in FO with BIT. C-RASP: equal counts and no b before an a.",
    results=("context-free-classes",),
)

COUNTING_FACTS = Axiom(
    "equal-counts",
    "The words a^n b^n c^n, and shuffles of Dyck-1 over two or three pairs of brackets, form "
    "languages in C-RASP that are not regular.",
    (In(AN_BN_CN, "C-RASP@eos"), NotIn(AN_BN_CN, "REG"),
     In(SHUFFLE_DYCK_2, "C-RASP@eos"), NotIn(SHUFFLE_DYCK_2, "REG"),
     In(SHUFFLE_DYCK_3, "C-RASP@eos"), NotIn(SHUFFLE_DYCK_3, "REG")),
    None, "derived",
    note="C-RASP: equal counts, and no letter behind a later one; for brackets, in each pair equal "
         "counts, and at no position more closed than opened. Not regular: the words a^n are "
         "pairwise inequivalent, and so are n opening brackets.",
    results=("context-free-classes",),
)

CIRCUIT_VALUE_FACTS = Axiom(
    "circuit-value",
    "The circuit value problem is complete for P under AC0 reductions.",
    (In(CIRCUIT_VALUE, "P"), Hard(CIRCUIT_VALUE, "P", "AC0")), _LADNER, "textbook",
    results=("complete-problems",),
)

REACHABILITY_FACTS = Axiom(
    "reachability",
    "Directed reachability is complete for NL under first-order reductions.",
    (In(REACHABILITY, "NL"), Hard(REACHABILITY, "NL", "AC0")), _IMMERMAN, "textbook",
    results=("complete-problems",),
)

SAT_FACTS = Axiom(
    "sat", "Satisfiability is complete for NP under first-order reductions.",
    (In(SAT, "NP"), Hard(SAT, "NP", "AC0")), _COOK, "textbook",
)

PERMANENT_FACTS = Axiom(
    "permanent",
    "The permanent of 0-1 matrices, bit by bit, is in PSPACE and not in DLOGTIME-uniform TC0.",
    (In(PERMANENT, "PSPACE"), NotIn(PERMANENT, "D-TC0")), _ALLENDER, "textbook",
    results=("known-separations",),
)

NOT_REGULAR = Axiom(
    "tasks-not-regular",
    "Reachability, circuit value, satisfiability and the permanent, as the catalogue writes them "
    "down, are not regular.",
    (NotIn(REACHABILITY, "REG"), NotIn(CIRCUIT_VALUE, "REG"), NotIn(SAT, "REG"),
     NotIn(PERMANENT, "REG")),
    None, "derived",
    note="For non-empty x and y, 0>1x;1y>1; is a member exactly if x = y. After m gates 0; and a "
         "gate 1; the gate |i,i; is true exactly if i = m. The clauses x;~y; are satisfiable "
         "exactly if x and y differ. The first row of an n by n identity matrix is completed by "
         "its other rows only.",
)
