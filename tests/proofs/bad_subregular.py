"""Bad certificates about definite, local and two-variable languages, commutativity and R^omega."""

from __future__ import annotations

from tests.proofs.certificate_edits import DATA, LANGUAGE, Edit
from tests.proofs.certificate_edits import bad as _bad

LAST = "last-letters--ends-with-a--definite"
LOOPS = "parallel-loops--contains-a--definite"
FIRST = "first-letters--begins-with-a--reverse-definite"
EXIT = "loop-exit--ab--reverse-definite"
ENDS = "both-ends--begins-with-a--generalised-definite"
JOINED = "joined-loops--contains-a--generalised-definite"
COMMUTE = "commuting-letters--one-a--commutative"
EXCHANGED = "order-of-letters--ab--commutative"
FACTORS = "factors--ab--strictly-local"
LIVE = "live-loops--one-a--strictly-local"
LOCAL = "local-order--ab--locally-testable"
SQUARE = "local-square--one-a--locally-testable"
EXCHANGE = "local-exchange--last-write-was-b--locally-testable"
ALPHABET = "alphabet-levels--contains-ab--FO2"
PATH = "alphabet-path--ab--FO2"
REVERSIBLE = "reversible-components--ab--R-omega"
MERGED = "merged-component--ends-with-a--R-omega"


def other_language(delta: list[list[int]], accept: list[int]) -> tuple[Edit, ...]:
    """The automaton with these transitions, start 0, in the place of the claim's."""
    return (((*LANGUAGE, "delta"), delta), ((*LANGUAGE, "states"), len(delta)),
            ((*LANGUAGE, "accept"), accept))


PARITY_OF_B = other_language([[0, 1], [1, 0]], [0])
ONE_A = other_language([[1, 0], [2, 1], [2, 2]], [1])
AB_STAR = other_language([[1, 2], [2, 0], [2, 2]], [0])
LONG_CYCLE = other_language([[(q + 1) % 5000] * 2 for q in range(5000)], [0])

BAD_SUBREGULAR = [
    # --- definite, reverse definite, generalised definite --------------------------------------
    _bad("not-merged", "the last no letters", LAST, "data.k", ((DATA, "k"), 0)),
    _bad("not-merged", "a letter that permutes two states", LAST, "data.k", *PARITY_OF_B,
         ((DATA, "k"), 10**30)),
    _bad("out-of-range", "fewer than no letters", LAST, "data.k", ((DATA, "k"), -1)),
    _bad("empty-word", "no loop", LOOPS, "data.x", ((DATA, "x"), [])),
    _bad("not-fixed", "a letter that moves the first state", LOOPS, "data.x",
         ((DATA, "x"), [[1, [0]]])),
    _bad("not-fixed", "a letter that moves the second state", LOOPS, "data.x",
         ((DATA, "u"), [[1, [0]]]), ((DATA, "w"), []), ((DATA, "x"), [[1, [0]]])),
    _bad("not-separated", "twice the same state", LOOPS, "data.v", ((DATA, "u"), [[1, [0]]])),
    _bad("not-constant", "the first no letters", FIRST, "data.k", ((DATA, "k"), 0)),
    _bad("not-constant", "a cycle of two states", FIRST, "data.k", *PARITY_OF_B,
         ((DATA, "k"), 10**30)),
    _bad("out-of-range", "fewer than no first letters", FIRST, "data.k", ((DATA, "k"), -1)),
    _bad("empty-word", "no cycle", EXIT, "data.x", ((DATA, "x"), [])),
    _bad("not-fixed", "a way that does not come back", EXIT, "data.x", ((DATA, "x"), [[1, [0]]])),
    _bad("not-separated", "a way out that comes back", EXIT, "data.v",
         ((DATA, "y"), [[1, [0, 1]]])),
    _bad("not-merged", "no ends", ENDS, "data", ((DATA, "k"), 0)),
    _bad("not-merged", "ends of a language that counts letters", ENDS, "data", *ONE_A),
    _bad("out-of-range", "fewer than no letters on both sides", ENDS, "data.k",
         ((DATA, "k"), -1)),
    _bad("empty-word", "no loop at two states", JOINED, "data.e", ((DATA, "e"), [])),
    _bad("not-fixed", "a loop that leaves the first of two states", JOINED, "data.e",
         ((DATA, "e"), [[1, [0]]])),
    _bad("not-fixed", "a loop that leaves the second of two states", JOINED, "data.e", *AB_STAR,
         ((DATA, "e"), [[1, [0, 1]]]), ((DATA, "x"), [[1, [0]]])),
    _bad("not-separated", "joined with itself", JOINED, "data.v", ((DATA, "x"), [[1, [1]]])),
    # --- commutative ---------------------------------------------------------------------------
    _bad("mixed-block", "an accepting and a rejecting state", COMMUTE, "data.block[1]",
         ((DATA, "block"), [0, 0, 1])),
    _bad("split-block", "the number of a's is forgotten too early", COMMUTE, "data.block[2]",
         ((DATA, "block"), [0, 1, 0])),
    _bad("letters-do-not-commute", "blocks of one state, but a and b do not commute", COMMUTE,
         "data.block", *AB_STAR),
    _bad("wrong-length", "a state without a block", COMMUTE, "data.block",
         ((DATA, "block"), [0, 1])),
    _bad("out-of-range", "a letter that does not exist", EXCHANGED, "data.a", ((DATA, "a"), 2)),
    _bad("not-separated", "a letter commutes with itself", EXCHANGED, "data.v", ((DATA, "b"), 0)),
    # --- strictly local ------------------------------------------------------------------------
    _bad("not-merged", "factors of one letter", FACTORS, "data.k", ((DATA, "k"), 1)),
    _bad("not-merged", "one a, and any number of b", FACTORS, "data.k", *ONE_A,
         ((DATA, "k"), 10**30)),
    _bad("too-much-work", "millions of pairs of states", FACTORS, "data.k", *LONG_CYCLE),
    _bad("out-of-range", "factors of no letters", FACTORS, "data.k", ((DATA, "k"), 0)),
    _bad("empty-word", "no loop at live states", LIVE, "data.x", ((DATA, "x"), [])),
    _bad("not-fixed", "a loop that counts", LIVE, "data.x", ((DATA, "x"), [[1, [0]]])),
    _bad("wrong-end", "the first end is not accepted", LIVE, "data.v", ((DATA, "v"), [])),
    _bad("wrong-end", "the exchanged ends are accepted", LIVE, "data.v",
         ((DATA, "w"), [])),
    _bad("wrong-end", "the second state may be dead", LIVE, "data.y", ((DATA, "y"), [[1, [0]]])),
    # --- locally testable ----------------------------------------------------------------------
    _bad("mutually-reachable", "two states of a component, fixed by a", LOCAL, "data.levels",
         *PARITY_OF_B, ((DATA, "levels"), [[0, 0], [0, 0]])),
    _bad("left-alone", "an a after which only one of two states leads to the second", LOCAL,
         "data.levels", *ONE_A, ((DATA, "levels"), [[0, 1, 2], [1, 0, 0], [2, 0, 0]])),
    _bad("level-rises", "the level of a pair that follows is higher", LOCAL, "data.levels[1][2]",
         ((DATA, "levels", 1, 2), 5)),
    _bad("diagonal-level", "a level for one state twice", LOCAL, "data.levels[1][1]",
         ((DATA, "levels", 1, 1), 1)),
    _bad("empty-word", "no word to be local at", SQUARE, "data.e", ((DATA, "e"), [])),
    _bad("not-fixed", "e leaves the state", SQUARE, "data.e", ((DATA, "e"), [[1, [0]]])),
    _bad("not-separated", "b is idempotent", SQUARE, "data.v", ((DATA, "x"), [[1, [1]]])),
    _bad("empty-word", "no word for the exchange to be local at", EXCHANGE, "data.e",
         ((DATA, "e"), [])),
    _bad("not-fixed", "e moves p.y", EXCHANGE, "data.e", ((DATA, "e"), [[1, [0]]])),
    _bad("not-separated", "x commutes with itself", EXCHANGE, "data.v",
         ((DATA, "y"), [[1, [2, 0, 2]]])),
    # --- FO2[<] ----------------------------------------------------------------------------------
    _bad("path-inside", "letters of a cycle of pairs that lead from one state to the other",
         ALPHABET, "data.levels[0][2]", *AB_STAR,
         ((DATA, "levels"), [[0, 2, 0], [3, 0, 0], [1, 1, 0]])),
    _bad("wrong-length", "the levels of two states only", ALPHABET, "data.levels",
         ((DATA, "levels"), [[0, 0], [0, 0]])),
    _bad("missing-letters", "a letter that the fixing word does not have", PATH, "data.w",
         ((DATA, "w"), [[1, [0]]]), ((DATA, "s"), [[1, [1]]])),
    _bad("not-fixed", "the word leads elsewhere", PATH, "data.w", ((DATA, "w"), [[1, [1]]])),
    _bad("not-separated", "a way back to the state", PATH, "data.v", ((DATA, "s"), [[1, [0, 1]]])),
    # --- R^omega ---------------------------------------------------------------------------------
    _bad("rank-falls", "the sink is ranked below", REVERSIBLE, "data.rank[2]",
         ((DATA, "rank"), [1, 1, 0])),
    _bad("merged-states", "one rank for all states", REVERSIBLE, "data.rank[2]",
         ((DATA, "rank"), [0, 0, 0])),
    _bad("first-set", "the orbit does not begin with all states", REVERSIBLE, "data.sets",
         ((DATA, "sets", 0), [0, 1])),
    _bad("not-merged", "a word that does not lead back", MERGED, "data.w",
         ((DATA, "w"), [[1, [1]]])),
    _bad("not-separated", "merged with itself", MERGED, "data.v", ((DATA, "x"), [])),
]
