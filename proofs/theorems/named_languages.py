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
ADDITION = Language("addition", None, "addition")
ARITHMETIC_2 = Language("arithmetic:2", None, "arithmetic:2")
ARITHMETIC_3 = Language("arithmetic:3", None, "arithmetic:3")
ARITHMETIC_5 = Language("arithmetic:5", None, "arithmetic:5")
ARITHMETIC_7 = Language("arithmetic:7", None, "arithmetic:7")
CFG_MEMBERSHIP = Language("cfg-membership", None, "cfg-membership")
COPY = Language("copy", None, "copy")
DETERMINISTIC_REACHABILITY = Language("deterministic-reachability", None,
                                      "deterministic-reachability")
DISJOINTNESS = Language("disjointness", None, "disjointness")
DIVISION = Language("division", None, "division")
EQUALITY = Language("equality", None, "equality")
FORMULA_VALUE = Language("formula-value", None, "formula-value")
FUNCTION_COMPOSITION = Language("function-composition", None, "function-composition")
HORN_SAT = Language("horn-sat", None, "horn-sat")
INDEX_LOOKUP = Language("index-lookup", None, "index-lookup")
ITERATED_ADDITION = Language("iterated-addition", None, "iterated-addition")
ITERATED_COMPOSITION = Language("iterated-composition", None, "iterated-composition")
LINEAR_SYSTEM = Language("linear-system", None, "linear-system")
LINEAR_SYSTEM_2 = Language("linear-system:2", None, "linear-system:2")
LINEAR_SYSTEM_3 = Language("linear-system:3", None, "linear-system:3")
LINEAR_SYSTEM_5 = Language("linear-system:5", None, "linear-system:5")
LINEAR_SYSTEM_7 = Language("linear-system:7", None, "linear-system:7")
MATCH2 = Language("match2", None, "match2")
MATCH3 = Language("match3", None, "match3")
MULTIPLICATION = Language("multiplication", None, "multiplication")
NONNEGATIVE_SYSTEM = Language("nonnegative-linear-system", None, "nonnegative-linear-system")
PALINDROMES = Language("palindromes", None, "palindromes")
PERMUTATION_INVERSION = Language("permutation-inversion", None, "permutation-inversion")
SORTING = Language("sorting", None, "sorting")
SPARSE_AVERAGE = Language("sparse-average", None, "sparse-average")
TQBF = Language("tqbf", None, "tqbf")
TWO_SAT = Language("2-sat", None, "2-sat")
UNDIRECTED_REACHABILITY = Language("undirected-reachability", None, "undirected-reachability")

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
    "addition": "binary numbers x+y=z without leading zeros such that the sum is right",
    "arithmetic:2": "words F=d, F built from digits 0, 1 by (F+F), (F-F) and (F*F), whose value "
                    "modulo 2 is the digit d",
    "arithmetic:3": "words F=d, F built from digits 0 to 2 by (F+F), (F-F) and (F*F), whose value "
                    "modulo 3 is the digit d",
    "arithmetic:5": "words F=d, F built from digits 0 to 4 by (F+F), (F-F) and (F*F), whose value "
                    "modulo 5 is the digit d",
    "arithmetic:7": "words F=d, F built from digits 0 to 6 by (F+F), (F-F) and (F*F), whose value "
                    "modulo 7 is the digit d",
    "cfg-membership": "rules i>s,...,t of a context-free grammar, each ended by a semicolon, "
                      "nonterminals in binary without leading zeros, terminals a and b, right "
                      "sides possibly empty, then a colon and a word over a, b that nonterminal 0 "
                      "derives",
    "copy": "the words ww over a, b",
    "deterministic-reachability": "lists of edges i>j, each ended by a semicolon, vertices in "
                                  "binary without leading zeros, no i twice; the edges lead from "
                                  "vertex 0 to vertex 1",
    "disjointness": "words x|y of bit strings of equal length that have no 1 in the same place",
    "division": "words x/y;i of binary numbers without leading zeros, y not 0; bit i of the "
                "quotient, rounded down, is 1",
    "equality": "words x=x with a bit string x",
    "formula-value": "true formulas built from 0 and 1 by ~F, (F&F) and (F|F)",
    "function-composition": "words f|g|x>y; with tables f and g, lists of entries i>j; in binary "
                            "without leading zeros, no i twice; g(f(x)) = y",
    "horn-sat": "lists of clauses as in sat, with at most one literal not negated in each; some "
                "valuation satisfies all clauses",
    "index-lookup": "words w#i with bits w and a number i in binary without leading zeros; bit i "
                    "of w, from 0 and from the left, is 1",
    "iterated-addition": "words x+...+y;i of binary numbers without leading zeros; bit i of the "
                         "sum is 1",
    "iterated-composition": "tables as in function-composition, any number, then x>y; the tables, "
                            "applied in order, lead from x to y",
    "linear-system": "equations a,...,b=c;, signed integers in binary without leading zeros, with "
                     "equally many coefficients, one at least; some rational point solves all",
    "linear-system:2": "equations as in linear-system that have a solution modulo 2",
    "linear-system:3": "equations as in linear-system that have a solution modulo 3",
    "linear-system:5": "equations as in linear-system that have a solution modulo 5",
    "linear-system:7": "equations as in linear-system that have a solution modulo 7",
    "match2": "lists of binary numbers without leading zeros, each ended by a semicolon, the "
              "first larger than all others, of which there is one; one of these and the last sum "
              "to a multiple of the first",
    "match3": "lists as in match2 in which two of the numbers behind the first, or one twice, and "
              "the last sum to a multiple of the first",
    "multiplication": "words x*y;i of binary numbers without leading zeros; bit i of the product "
                      "is 1",
    "nonnegative-linear-system": "equations as in linear-system that a rational point without "
                                 "negative entries solves",
    "palindromes": "the words over a, b that are their own reversals",
    "permutation-inversion": "words p|q with tables as in function-composition; p is a "
                             "permutation of its points and q its inverse",
    "sorting": "words x,...,y;k;v of binary numbers without leading zeros; v is in place k, from "
               "0, of the list in ascending order",
    "sparse-average": "words w#i;...;j; with bits w and different positions in them, one at "
                      "least, in binary without leading zeros, from 0; more than half of these "
                      "bits are 1",
    "tqbf": "quantifiers ?x (there is) and !x (for all), each ended by a semicolon, no x twice, "
            "then a colon and clauses as in sat over these variables; the formula is true",
    "2-sat": "lists of clauses as in sat, with at most two different literals in each; some "
             "valuation satisfies all clauses",
    "undirected-reachability": "lists of undirected edges i-j, each ended by a semicolon, "
                               "vertices in binary without leading zeros; some path connects "
                               "vertices 0 and 1",
}
