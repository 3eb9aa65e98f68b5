"""Lookups, tables and graphs; and what no model that only counts can do."""

from __future__ import annotations

from proofs.citation import Axiom, Citation
from proofs.statements import Hard, In, NotIn
from proofs.theorems.named_languages import (
    ADDITION,
    AN_BN_CN,
    ARITHMETIC_2,
    ARITHMETIC_3,
    ARITHMETIC_5,
    ARITHMETIC_7,
    CFG_MEMBERSHIP,
    CIRCUIT_VALUE,
    COPY,
    DETERMINISTIC_REACHABILITY,
    DISJOINTNESS,
    DIVISION,
    DYCK_2,
    DYCK_3,
    DYCK_4,
    EQUALITY,
    FORMULA_VALUE,
    FUNCTION_COMPOSITION,
    HORN_SAT,
    INDEX_LOOKUP,
    ITERATED_ADDITION,
    ITERATED_COMPOSITION,
    MATCH2,
    MATCH3,
    MULTIPLICATION,
    PALINDROMES,
    PERMANENT,
    PERMUTATION_INVERSION,
    REACHABILITY,
    SAT,
    SORTING,
    SPARSE_AVERAGE,
    TQBF,
    TWO_SAT,
    UNDIRECTED_REACHABILITY,
)

_IMMERMAN = Citation("Immerman", 1987, "Languages that capture complexity classes",
                     "SIAM Journal on Computing 16")
_COOK_MCKENZIE = Citation("Cook, McKenzie", 1987, "Problems complete for deterministic logarithmic "
                          "space", "Journal of Algorithms 8")
_REINGOLD = Citation("Reingold", 2008, "Undirected connectivity in log-space", "Journal of the ACM "
                     "55")

FIRST_ORDER = Axiom(
    "first-order-tasks",
    "Palindromes, copies, equality, disjointness, a^n b^n c^n, index lookup, composition of two "
    "functions and inversion of permutations are in DLOGTIME-uniform AC0.",
    (In(PALINDROMES, "D-AC0"), In(COPY, "D-AC0"), In(EQUALITY, "D-AC0"),
     In(DISJOINTNESS, "D-AC0"), In(AN_BN_CN, "D-AC0"), In(INDEX_LOOKUP, "D-AC0"),
     In(FUNCTION_COMPOSITION, "D-AC0"), In(PERMUTATION_INVERSION, "D-AC0")),
    None, "derived",
    note="First-order formulas with addition of positions and BIT. A letter is compared with the "
         "letter in the mirrored or shifted place; a number in binary is compared with a position "
         "bit by bit; the entries of a table are the stretches between semicolons, and entries "
         "are compared letter by letter. Bounds for one layer or for size say nothing else: they "
         "are not separations of classes.",
    results=("arithmetic-circuits",),
)

LOG_SPACE = Axiom(
    "deterministic-walks",
    "Reachability where at most one edge leaves each vertex, and composition of many functions, "
    "are complete for L under AC0 reductions.",
    (In(DETERMINISTIC_REACHABILITY, "L"), Hard(DETERMINISTIC_REACHABILITY, "L", "AC0"),
     In(ITERATED_COMPOSITION, "L"), Hard(ITERATED_COMPOSITION, "L", "AC0")),
    _COOK_MCKENZIE, "textbook",
    note="Also Immerman 1987. A walk of n steps is the n-fold composition of the successor "
         "function, with the goal as its own successor.",
    results=("complete-problems",),
)

UNDIRECTED = Axiom(
    "undirected-reachability",
    "Undirected reachability is in L.",
    (In(UNDIRECTED_REACHABILITY, "L"),), _REINGOLD, "textbook",
    results=("complete-problems",),
)

UNDIRECTED_HARD = Axiom(
    "undirected-reachability-hard",
    "Undirected reachability is hard for L under AC0 reductions.",
    (Hard(UNDIRECTED_REACHABILITY, "L", "AC0"),), _COOK_MCKENZIE, "textbook",
    note="A deterministic walk that ends in its goal is a path in a forest, which may be walked in "
         "both directions.",
)

MANY_PREFIXES = Axiom(
    "many-prefixes",
    "C-RASP knows of a prefix only how often some conditions held: polynomially many values. Tasks "
    "with more pairwise inequivalent prefixes of one length are not in C-RASP, at whichever "
    "position it is read, and not regular.",
    (NotIn(PALINDROMES, "REG"), NotIn(PALINDROMES, "C-RASP@last"),
     NotIn(COPY, "REG"), NotIn(COPY, "C-RASP@last"),
     NotIn(EQUALITY, "REG"), NotIn(EQUALITY, "C-RASP@last"),
     NotIn(DISJOINTNESS, "REG"), NotIn(DISJOINTNESS, "C-RASP@last"),
     NotIn(INDEX_LOOKUP, "REG"), NotIn(INDEX_LOOKUP, "C-RASP@last"),
     NotIn(SPARSE_AVERAGE, "REG"), NotIn(SPARSE_AVERAGE, "C-RASP@last"),
     NotIn(MATCH2, "REG"), NotIn(MATCH2, "C-RASP@last"),
     NotIn(MATCH3, "REG"), NotIn(MATCH3, "C-RASP@last"),
     NotIn(ADDITION, "REG"), NotIn(ADDITION, "C-RASP@last"),
     NotIn(MULTIPLICATION, "REG"), NotIn(MULTIPLICATION, "C-RASP@last"),
     NotIn(ITERATED_ADDITION, "REG"), NotIn(ITERATED_ADDITION, "C-RASP@last"),
     NotIn(DIVISION, "REG"), NotIn(DIVISION, "C-RASP@last"),
     NotIn(SORTING, "REG"), NotIn(SORTING, "C-RASP@last"),
     NotIn(FUNCTION_COMPOSITION, "REG"), NotIn(FUNCTION_COMPOSITION, "C-RASP@last"),
     NotIn(ITERATED_COMPOSITION, "REG"), NotIn(ITERATED_COMPOSITION, "C-RASP@last"),
     NotIn(PERMUTATION_INVERSION, "REG"), NotIn(PERMUTATION_INVERSION, "C-RASP@last"),
     NotIn(REACHABILITY, "C-RASP@last"),
     NotIn(DETERMINISTIC_REACHABILITY, "REG"), NotIn(DETERMINISTIC_REACHABILITY, "C-RASP@last"),
     NotIn(UNDIRECTED_REACHABILITY, "REG"), NotIn(UNDIRECTED_REACHABILITY, "C-RASP@last"),
     NotIn(SAT, "C-RASP@last"), NotIn(CIRCUIT_VALUE, "C-RASP@last"),
     NotIn(PERMANENT, "C-RASP@last"),
     NotIn(TWO_SAT, "REG"), NotIn(TWO_SAT, "C-RASP@last"),
     NotIn(HORN_SAT, "REG"), NotIn(HORN_SAT, "C-RASP@last"),
     NotIn(TQBF, "REG"), NotIn(TQBF, "C-RASP@last"),
     NotIn(CFG_MEMBERSHIP, "REG"), NotIn(CFG_MEMBERSHIP, "C-RASP@last"),
     NotIn(FORMULA_VALUE, "REG"), NotIn(FORMULA_VALUE, "C-RASP@last"),
     NotIn(ARITHMETIC_2, "REG"), NotIn(ARITHMETIC_2, "C-RASP@last"),
     NotIn(ARITHMETIC_3, "REG"), NotIn(ARITHMETIC_3, "C-RASP@last"),
     NotIn(ARITHMETIC_5, "REG"), NotIn(ARITHMETIC_5, "C-RASP@last"),
     NotIn(ARITHMETIC_7, "REG"), NotIn(ARITHMETIC_7, "C-RASP@last"),
     NotIn(DYCK_2, "C-RASP@last"), NotIn(DYCK_3, "C-RASP@last"), NotIn(DYCK_4, "C-RASP@last")),
    None, "derived",
    note="Strings of n letters stand before their copy, their mirror image, an equal or disjoint "
         "string, a question for one position, or an operation that gives them back (+ 0, * 1, "
         "/ 1; the list of one number). Tables, edges and clauses ~u,v; from one set of vertices "
         "to another, gates 0 and 1, rules with right side a or b, the first row of a matrix, "
         "numbers of one half of a range: what follows asks for one of them. Formulas: n brackets, "
         "some of which already have their left operand and its connective; what follows must know "
         "which. Dyck: n opening brackets of two kinds.",
    results=("jiang-2026-softmax-tm",),
    see=("tests/proofs/test_task_arguments.py",),
)
