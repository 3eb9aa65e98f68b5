"""The languages that the base speaks of by name.

Those with an automaton are that automaton; the others are tasks of the catalogue, defined there.
"""

from __future__ import annotations

from proofs.statements import Automaton, Language

PARITY = Language("parity", Automaton(("0", "1"), ((0, 1), (1, 0)), 0, (0,)))
FIRST = Language("first", Automaton(("0", "1"), ((1, 2), (1, 1), (2, 2)), 0, (2,)))

MAJORITY = Language("majority", None, "majority")
DYCK_1 = Language("dyck:1", None, "dyck:1")
DYCK_2 = Language("dyck:2", None, "dyck:2")
DYCK_3 = Language("dyck:3", None, "dyck:3")
DYCK_4 = Language("dyck:4", None, "dyck:4")
AN_BN = Language("anbn", None, "anbn")
AN_BN_CN = Language("anbncn", None, "anbncn")
SHUFFLE_DYCK_2 = Language("shuffle-dyck:2", None, "shuffle-dyck:2")
SHUFFLE_DYCK_3 = Language("shuffle-dyck:3", None, "shuffle-dyck:3")
CIRCUIT_VALUE = Language("circuit-value", None, "circuit-value")
REACHABILITY = Language("reachability", None, "reachability")
SAT = Language("sat", None, "sat")
PERMANENT = Language("permanent", None, "permanent")

# What the tasks are, in words; the catalogue has the same as exact membership tests.
TASKS = {
    "majority": "the words over 0, 1 with strictly more 1 than 0",
    "dyck:1": "the well-nested words over one pair of brackets, the empty word included",
    "dyck:2": "the well-nested words over two kinds of brackets, the empty word included",
    "dyck:3": "the well-nested words over three kinds of brackets, the empty word included",
    "dyck:4": "the well-nested words over four kinds of brackets, the empty word included",
    "anbn": "the words of n letters a, then n letters b, for n >= 0",
    "anbncn": "the words of n letters a, then n letters b, then n letters c, for n >= 0",
    "shuffle-dyck:2": "the words over two kinds of brackets that are well nested in each kind if "
                      "the other is erased, the empty word included",
    "shuffle-dyck:3": "the words over three kinds of brackets that are well nested in each kind if "
                      "the others are erased, the empty word included",
    "circuit-value": "lists of gates, each ended by a semicolon and numbered from 0 in order: 0, "
                     "1, ~i, &i,j and |i,j, where i and j are numbers of earlier gates in binary "
                     "without leading zeros; the last gate is true",
    "reachability": "lists of edges i>j, each ended by a semicolon, vertices in binary without "
                    "leading zeros; some path leads from vertex 0 to vertex 1",
    "sat": "lists of clauses, each ended by a semicolon, of literals separated by commas, a "
           "literal being a variable in binary without leading zeros, or ~ and a variable; some "
           "valuation satisfies all clauses",
    "permanent": "the rows of a square 0-1 matrix, each ended by a semicolon, then a number i in "
                 "binary without leading zeros; bit i of the permanent is 1",
}
