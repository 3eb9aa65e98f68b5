"""Formulas, satisfiability and grammars: membership and hardness, with the kind of reduction."""

from __future__ import annotations

from proofs.citation import Axiom, Citation
from proofs.statements import Hard, In
from proofs.theorems.named_languages import (
    ARITHMETIC_2,
    ARITHMETIC_3,
    ARITHMETIC_5,
    ARITHMETIC_7,
    CFG_MEMBERSHIP,
    FORMULA_VALUE,
    HORN_SAT,
    TQBF,
    TWO_SAT,
)

_BUSS = Citation("Buss", 1987, "The Boolean formula value problem is in ALOGTIME", "STOC")
_BCGR = Citation("Buss, Cook, Gupta, Ramachandran", 1992, "An optimal parallel algorithm for "
                 "formula evaluation", "SIAM Journal on Computing 21")
_HORN = Citation("Jones, Laaser", 1976, "Complete problems for deterministic polynomial time",
                 "Theoretical Computer Science 3")
_JLL = Citation("Jones, Lien, Laaser", 1976, "New problems complete for nondeterministic log "
                "space", "Mathematical Systems Theory 10")
_SM = Citation("Stockmeyer, Meyer", 1973, "Word problems requiring exponential time", "STOC")

FORMULA_VALUE_FACTS = Axiom(
    "formula-value",
    "The Boolean formula value problem is complete for NC1 under AC0 reductions.",
    (In(FORMULA_VALUE, "NC1"), Hard(FORMULA_VALUE, "NC1", "AC0")), _BUSS, "textbook",
    note="NC1 is alternating logarithmic time. The catalogue's fully bracketed formulas are an "
         "input-driven language, which is in NC1 too (Dymond 1988). Hardness: the computation of "
         "an alternating machine is a complete binary tree of connectives, written with all "
         "leaves at known places.",
    results=("complete-problems",),
)

ARITHMETIC_FACTS = Axiom(
    "arithmetic-modulo-p",
    "Evaluation of arithmetic expressions modulo a prime p is complete for NC1 under AC0 "
    "reductions.",
    (In(ARITHMETIC_2, "NC1"), Hard(ARITHMETIC_2, "NC1", "AC0"),
     In(ARITHMETIC_3, "NC1"), Hard(ARITHMETIC_3, "NC1", "AC0"),
     In(ARITHMETIC_5, "NC1"), Hard(ARITHMETIC_5, "NC1", "AC0"),
     In(ARITHMETIC_7, "NC1"), Hard(ARITHMETIC_7, "NC1", "AC0")),
    _BCGR, "textbook",
    note="In NC1: bracketed expressions are an input-driven language (Dymond 1988). Hard: x and y "
         "is x*y, not x is 1-x, so that formulas of fixed shape become expressions of fixed shape.",
    results=("feng-2023", "complete-problems"),
    see=("tests/proofs/test_task_arguments.py",),
)

HORN_SAT_FACTS = Axiom(
    "horn-sat",
    "Satisfiability of Horn formulas is complete for P under first-order reductions.",
    (In(HORN_SAT, "P"), Hard(HORN_SAT, "P", "AC0")), _HORN, "textbook",
    note="The reduction from circuits writes boundedly many clauses of fixed length for each gate "
         "(Immerman 1999, Descriptive Complexity).",
    results=("complete-problems",),
)

TWO_SAT_FACTS = Axiom(
    "2-sat",
    "Satisfiability of clauses of two literals is complete for NL under first-order reductions.",
    (In(TWO_SAT, "NL"), Hard(TWO_SAT, "NL", "AC0")), _JLL, "textbook",
    note="The edges u -> v as clauses ~u,v; with the clauses s; and ~t; are satisfiable exactly if "
         "there is no path from s to t, and NL is closed under complement (Immerman 1988, "
         "Szelepcsényi 1988). A clause ~u,u; stands for an edge that is missing, so that all "
         "places are known.",
    results=("complete-problems",),
    see=("tests/proofs/test_task_arguments.py",),
)

TQBF_FACTS = Axiom(
    "tqbf",
    "Truth of quantified Boolean formulas is complete for PSPACE under logarithmic-space "
    "reductions.",
    (In(TQBF, "PSPACE"), Hard(TQBF, "PSPACE", "L")), _SM, "textbook",
    note="The quantifier-free part may be in conjunctive normal form.",
)

QUANTIFIED_HARD = Axiom(
    "tqbf-np-hard",
    "Quantified formulas are hard for NP under AC0 reductions.",
    (Hard(TQBF, "NP", "AC0"),), None, "derived",
    note="Satisfiability is the case of quantifiers ? only; variables whose numbers have one "
         "length stand in known places.",
    see=("tests/proofs/test_task_arguments.py",),
)

CFG_FACTS = Axiom(
    "cfg-membership",
    "Membership in a context-free language is complete for P under logarithmic-space reductions "
    "if the grammar, with empty rules, is part of the input.",
    (In(CFG_MEMBERSHIP, "P"), Hard(CFG_MEMBERSHIP, "P", "L")), _HORN, "textbook",
    note="For a fixed grammar the problem is in LOGCFL, inside AC1. Hard already for the empty "
         "word: a Horn clause is a rule.",
    results=("linear-and-context-free-problems", "feng-2023"),
)

CFG_HARD = Axiom(
    "cfg-membership-ac0-hard",
    "Membership in a context-free language is hard for P under AC0 reductions if the grammar, with "
    "empty rules, is part of the input.",
    (Hard(CFG_MEMBERSHIP, "P", "AC0"),), None, "derived",
    note="From circuits of a polynomial-time machine, as monotone circuits over literals: "
         "nonterminal g has the rule g>a,b; for a conjunction of a and b, the rules g>a; and g>b; "
         "for a disjunction, g>e; for a literal that is true and g>g; for one that is false, with "
         "e>; for one more nonterminal e. All numbers but that in 0>r;, for the last gate r, have "
         "one length, so that all rules stand in known places. The word is empty.",
    see=("tests/proofs/test_task_arguments.py",),
)
