"""Numbers: addition in AC0; counting, multiplication, division and sorting complete for TC0;
linear systems."""

from __future__ import annotations

from proofs.citation import Axiom, Citation
from proofs.statements import Hard, In, NotIn
from proofs.theorems.named_languages import (
    ADDITION,
    DIVISION,
    DYCK_1,
    DYCK_2,
    DYCK_3,
    DYCK_4,
    ITERATED_ADDITION,
    LINEAR_SYSTEM,
    LINEAR_SYSTEM_2,
    LINEAR_SYSTEM_3,
    LINEAR_SYSTEM_5,
    LINEAR_SYSTEM_7,
    MAJORITY,
    MATCH2,
    MATCH3,
    MULTIPLICATION,
    NONNEGATIVE_SYSTEM,
    SHUFFLE_DYCK_2,
    SHUFFLE_DYCK_3,
    SORTING,
    SPARSE_AVERAGE,
)

_VOLLMER = Citation("Vollmer", 1999, "Introduction to Circuit Complexity", "Springer", "Chapter 1")
_CSV = Citation("Chandra, Stockmeyer, Vishkin", 1984, "Constant depth reducibility",
                "SIAM Journal on Computing 13")
_HAB = Citation("Hesse, Allender, Barrington", 2002, "Uniform constant-depth threshold circuits "
                "for division and iterated multiplication", "JCSS 65")
_GHR = Citation("Greenlaw, Hoover, Ruzzo", 1995, "Limits to Parallel Computation: P-Completeness "
                "Theory", "Oxford University Press")
_MULMULEY = Citation("Mulmuley", 1987, "A fast parallel algorithm to compute the rank of a matrix "
                     "over an arbitrary field", "Combinatorica 7")

ADDITION_FACTS = Axiom(
    "addition",
    "Addition of two binary numbers is in DLOGTIME-uniform AC0.",
    (In(ADDITION, "D-AC0"),), _VOLLMER, "textbook",
    note="Carry look-ahead: a carry arrives at a place if some lower place generates one and all "
         "between them pass it on. The places of x, y and z are found from + and =, which occur "
         "once.",
    results=("arithmetic-circuits",),
)

COUNTING_COMPLETE = Axiom(
    "counting-complete",
    "Majority, multiplication, iterated addition and sorting are complete for DLOGTIME-uniform TC0 "
    "under AC0 Turing reductions.",
    (Hard(MAJORITY, "D-TC0", "AC0-Turing"),
     In(MULTIPLICATION, "D-TC0"), Hard(MULTIPLICATION, "D-TC0", "AC0-Turing"),
     In(ITERATED_ADDITION, "D-TC0"), Hard(ITERATED_ADDITION, "D-TC0", "AC0-Turing"),
     In(SORTING, "D-TC0"), Hard(SORTING, "D-TC0", "AC0-Turing")),
    _CSV, "textbook",
    note="The catalogue's languages ask for one bit, or for the item in one place; all of these "
         "questions together are the function. Uniform versions: Barrington, Immerman, Straubing "
         "1990; Hesse, Allender, Barrington 2002.",
    results=("arithmetic-circuits", "arithmetic-in-tc0"),
)

DIVISION_FACTS = Axiom(
    "division",
    "Integer division is complete for DLOGTIME-uniform TC0 under AC0 Turing reductions.",
    (In(DIVISION, "D-TC0"), Hard(DIVISION, "D-TC0", "AC0-Turing")), _HAB, "textbook",
    note="Hardness: for 2^m > x^3 + x the quotient of 2^(3m) by 2^m - x is 2^(2m) + x 2^m + x^2, "
         "which shows the square of x; products are differences of squares.",
    results=("arithmetic-in-tc0",),
    see=("tests/proofs/test_task_arguments.py",),
)

BRACKETS_COUNT = Axiom(
    "brackets-count",
    "Dyck languages and shuffles of them are hard for DLOGTIME-uniform TC0 under AC0 Turing "
    "reductions.",
    (Hard(DYCK_1, "D-TC0", "AC0-Turing"), Hard(DYCK_2, "D-TC0", "AC0-Turing"),
     Hard(DYCK_3, "D-TC0", "AC0-Turing"), Hard(DYCK_4, "D-TC0", "AC0-Turing"),
     In(SHUFFLE_DYCK_2, "D-TC0"), Hard(SHUFFLE_DYCK_2, "D-TC0", "AC0-Turing"),
     In(SHUFFLE_DYCK_3, "D-TC0"), Hard(SHUFFLE_DYCK_3, "D-TC0", "AC0-Turing")),
    None, "derived",
    note="Write n bits as brackets, 1 opening and 0 closing, with n opening brackets in front and "
         "j closing ones behind: the word is nested exactly if there are j - n more ones than "
         "zeros. Words over one kind of brackets are nested in the other languages exactly if "
         "they are in Dyck-1.",
    see=("tests/proofs/test_task_arguments.py",),
)

SPARSE_AVERAGE_FACTS = Axiom(
    "sparse-average",
    "Sparse averaging, asked as whether the average exceeds one half, is complete for "
    "DLOGTIME-uniform TC0 under AC0 Turing reductions.",
    (In(SPARSE_AVERAGE, "D-TC0"), Hard(SPARSE_AVERAGE, "D-TC0", "AC0-Turing")),
    None, "derived",
    note="In TC0: each listed position is looked up, and the ones are counted. Hard: with all "
         "positions listed the question is majority; 2^k zeros in front that are not listed make "
         "all listed numbers equally long.",
    results=("sanford-2023-sparse-average",),
    see=("tests/proofs/test_task_arguments.py",),
)

MATCH_FACTS = Axiom(
    "match",
    "Match2 and Match3, with numbers below the modulus in binary, are in DLOGTIME-uniform AC0.",
    (In(MATCH2, "D-AC0"), In(MATCH3, "D-AC0")), None, "derived",
    note="Two or three numbers below m add up to 0, m or 2m, which is tested by addition. Items "
         "are the stretches between neighbouring semicolons. Bounds for one layer (Sanford, Hsu, "
         "Telgarsky 2023) are about size, not about classes.",
    results=("sanford-2023-match",),
)

LINEAR_FACTS = Axiom(
    "linear-systems",
    "Solvability of linear systems, over the rationals or modulo a prime, is in NC2.",
    (In(LINEAR_SYSTEM, "NC2"), In(LINEAR_SYSTEM_2, "NC2"), In(LINEAR_SYSTEM_3, "NC2"),
     In(LINEAR_SYSTEM_5, "NC2"), In(LINEAR_SYSTEM_7, "NC2")), _MULMULEY, "textbook",
    note="There is a solution exactly if the right side does not raise the rank.",
    results=("linear-and-context-free-problems", "feng-2023"),
)

LINEAR_HARD = Axiom(
    "linear-systems-hard",
    "Solvability of linear systems is hard for L under AC0 reductions.",
    (Hard(LINEAR_SYSTEM, "L", "AC0"), Hard(LINEAR_SYSTEM_2, "L", "AC0"),
     Hard(LINEAR_SYSTEM_3, "L", "AC0"), Hard(LINEAR_SYSTEM_5, "L", "AC0"),
     Hard(LINEAR_SYSTEM_7, "L", "AC0")), None, "derived",
    note="The equations x_u - x_v = 0 for the edges of an undirected graph, x_s = 1 and x_t = 0 "
         "are solvable, over any field, exactly if s and t are not connected; connectivity is hard "
         "for L (Cook, McKenzie 1987) and L is closed under complement. To have all signs in known "
         "places write x_u - x_v + c z = 0 for every pair, with a variable z of its own: c is 0 "
         "for an edge, and 1 for a pair without.",
    see=("tests/proofs/test_task_arguments.py",),
)

FEASIBILITY_FACTS = Axiom(
    "nonnegative-linear-systems",
    "Linear systems with a solution that is nowhere negative are complete for P under "
    "logarithmic-space reductions.",
    (In(NONNEGATIVE_SYSTEM, "P"), Hard(NONNEGATIVE_SYSTEM, "P", "L")), _GHR, "textbook",
    note="In P: Khachiyan 1979. Without the sign condition the problem is in NC2.",
    results=("linear-and-context-free-problems", "complete-problems"),
)

FEASIBILITY_HARD = Axiom(
    "nonnegative-linear-systems-ac0-hard",
    "Linear systems with a solution that is nowhere negative are hard for P under AC0 reductions.",
    (Hard(NONNEGATIVE_SYSTEM, "P", "AC0"),), None, "derived",
    note="From circuits of a polynomial-time machine: for each gate g variables x and x' with x + "
         "x' = 1, for a negation of a the equation x + x_a = 1, for a conjunction of a and b the "
         "equations x + x_a' + s = 1, x + x_b' + s' = 1 and x_a + x_b + x' + s'' = 2 with slacks "
         "of their own, and x = 1 for the last gate. All values are forced to be 0 or 1. All "
         "coefficients are 0 or 1 and stand in known places.",
    see=("tests/proofs/test_task_arguments.py",),
)

LINEAR_PREFIXES = Axiom(
    "linear-systems-not-regular",
    "Linear systems, in the catalogue's encoding, are neither regular nor in C-RASP.",
    (NotIn(LINEAR_SYSTEM, "REG"), NotIn(LINEAR_SYSTEM, "C-RASP@last"),
     NotIn(LINEAR_SYSTEM_2, "REG"), NotIn(LINEAR_SYSTEM_2, "C-RASP@last"),
     NotIn(LINEAR_SYSTEM_3, "REG"), NotIn(LINEAR_SYSTEM_3, "C-RASP@last"),
     NotIn(LINEAR_SYSTEM_5, "REG"), NotIn(LINEAR_SYSTEM_5, "C-RASP@last"),
     NotIn(LINEAR_SYSTEM_7, "REG"), NotIn(LINEAR_SYSTEM_7, "C-RASP@last"),
     NotIn(NONNEGATIVE_SYSTEM, "REG"), NotIn(NONNEGATIVE_SYSTEM, "C-RASP@last")),
    None, "derived",
    note="After an equation with n coefficients 0 or 1 and right side 0, the equations x_j = 1 and "
         "x_k = 0 for all other k are solvable exactly if coefficient j is 0: exponentially many "
         "prefixes of one length that are pairwise inequivalent (see `many-prefixes`).",
    see=("tests/proofs/test_task_arguments.py",),
)
