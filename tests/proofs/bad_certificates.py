"""Bad certificates: each is a good one (a file in `good/`) with a few edits, and a sentence.

An edit is a path of keys and indices and the value to put there; DELETE removes a key or an
element, a last index equal to the length of a list appends.
"""

from __future__ import annotations

import copy
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

GOOD = Path(__file__).parent / "good"
DELETE = object()

Edit = tuple[tuple[str | int, ...], object]

DATA = "data"
LANGUAGE = ("claim", "language")


def good(name: str) -> Any:
    """A good certificate, parsed."""
    return json.loads((GOOD / f"{name}.json").read_text(encoding="utf-8"))


def edited(value: Any, *edits: Edit) -> Any:
    """A copy with the edits made."""
    result = copy.deepcopy(value)
    for path, new in edits:
        if not path:
            result = new
            continue
        place = result
        for key in path[:-1]:
            place = place[key]
        if new is DELETE:
            del place[path[-1]]
        elif isinstance(place, list) and path[-1] == len(place):
            place.append(new)
        else:
            place[path[-1]] = new
    return result


@dataclass(frozen=True)
class Bad:
    """A good certificate, the edits that spoil it, and the code and path of the rejection."""

    code: str
    sentence: str
    base: str
    edits: tuple[Edit, ...]
    path: str

    def certificate(self) -> Any:
        """The spoilt certificate."""
        return edited(good(self.base), *self.edits)


def _bad(code: str, sentence: str, base: str, path: str, *edits: Edit) -> Bad:
    return Bad(code, sentence, base, edits, path)


PARITY = "counting--parity--star-free"
SAME = "same-length-counting--parity--quasi-aperiodic"
ABAB = "group-levels--abab--quasi-aperiodic"
AB = "group-levels--ab--star-free"
AC = "group-levels--ab-ac-with-evenly-many-cs--solvable"
S3 = "group-levels--tracking-in-s3--solvable"
EVEN = "group-levels--even-length--quasi-aperiodic"
TAIL = "group-levels--second-to-last-is-a--star-free"
A5 = "perfect-group--tracking-in-a5--solvable"
BLOCK = "nc0-block--even-length-begins-with-a--nc0-regular"
SWAP = "nc0-swap--ab--nc0-regular"
ORDER = "partial-order--contains-ab--R-trivial"
CYCLE = "cycle--ends-with-a--R-trivial"
LEFT = "left-order--contains-ab--L-trivial"
PATTERN = "left-pattern--contains-ab-three-letters--J-trivial"
TWO = "group-levels--ab-ac-with-evenly-many-cs--2-groups"
ODD = "counting--tracking-in-s3--2-groups"
RINGS = "periodic-order--ab--LTL-P-MOD"
RING = "same-length-cycle--ends-with-a--LTL-P-MOD"
COUNTS = "c-rasp--ab-ba--C-RASP-eos"
COUNTS_LAST = "c-rasp--ends-with-a--C-RASP-last"
CONFUSED = "c-rasp-partition--ab-bba--C-RASP-eos"
ENDS = "c-rasp-partition--ends-with-a--C-RASP-eos"
CONFUSED_LAST = "c-rasp-partition--parity--C-RASP-last"
PIECES = "piecewise-testable--one-a--J-trivial"

BAD = [
    # --- reading values -----------------------------------------------------------------------
    _bad("not-an-object", "the certificate is a list", PARITY, "certificate", ((), [])),
    _bad("not-an-object", "the data are null", PARITY, "data", (("data",), None)),
    _bad("not-an-object", "the groups are a list", S3, "data.groups", ((DATA, "groups"), [])),
    _bad("missing-key", "no separating word", PARITY, "data", ((DATA, "v"), DELETE)),
    _bad("missing-key", "no start", PARITY, "claim.language", ((*LANGUAGE, "start"), DELETE)),
    _bad("unknown-key", "a comment", PARITY, "certificate", (("comment",), "true, trust me")),
    _bad("unknown-key", "a second alphabet", PARITY, "claim.language", ((*LANGUAGE, "letters"), 2)),
    _bad("not-a-list", "a word as text", PARITY, "data.u", ((DATA, "u"), "ab")),
    _bad("not-a-list", "a count as a word", PARITY, "data.w", ((DATA, "w"), 1)),
    _bad("not-a-list", "an exponent instead of a list", S3, "data.moves[0][1]",
         ((DATA, "moves", 0, 1), 1)),
    _bad("wrong-length", "a block of three entries", PARITY, "data.w[0]",
         ((DATA, "w", 0, 2), 0)),
    _bad("wrong-length", "a row of delta is too short", PARITY, "claim.language.delta[1]",
         ((*LANGUAGE, "delta", 1, 1), DELETE)),
    _bad("wrong-length", "a rank is missing", ORDER, "data.rank", ((DATA, "rank", 2), DELETE)),
    _bad("wrong-length", "the phase of one set is missing", AB, "data.phases",
         ((DATA, "phases", 3), DELETE)),
    _bad("wrong-length", "an exponent too many", S3, "data.moves[0][0]",
         ((DATA, "moves", 0, 0, 2), 0)),
    _bad("wrong-length", "exponents where the level has no group", TAIL, "data.moves[1][0]",
         ((DATA, "levels", 1), 2), ((DATA, "moves", 1, 0), None), ((DATA, "levels", 2), 2),
         ((DATA, "sets", 1), [2, 1]), ((DATA, "levels", 3), 2), ((DATA, "levels", 4), 2),
         ((DATA, "levels", 0), 2), ((DATA, "next", 0), [0, 0]),
         ((*LANGUAGE, "delta"), [[0, 0], [1, 1], [2, 2], [3, 3]]),
         ((DATA, "moves", 0), [None, None]), ((DATA, "next", 1), [1, 1]),
         ((DATA, "moves", 1), [[0], None])),
    _bad("wrong-length", "an inverse of two entries", A5, "data.program[7]",
         ((DATA, "program", 7, 2), 0)),
    _bad("wrong-length", "a commutator of one entry", A5, "data.commutators[0][0]",
         ((DATA, "commutators", 0, 0, 1), DELETE)),
    _bad("wrong-length", "a generator without commutators listed", A5, "data.commutators",
         ((DATA, "commutators", 2), DELETE)),
    _bad("not-an-integer", "true for 1", PARITY, "data.w[0][0]", ((DATA, "w", 0, 0), True)),
    _bad("not-an-integer", "true for the version", PARITY, "version", (("version",), True)),
    _bad("not-an-integer", "false for the letter 0", PARITY, "data.w[0][1][0]",
         ((DATA, "w", 0, 1, 0), False)),
    _bad("not-an-integer", "a state as text", PARITY, "claim.language.delta[0][0]",
         ((*LANGUAGE, "delta", 0, 0), "0")),
    _bad("not-an-integer", "a float", PARITY, "data.k", ((DATA, "k"), 2.0)),
    _bad("not-an-integer", "null for a transition", PARITY, "claim.language.delta[0][1]",
         ((*LANGUAGE, "delta", 0, 1), None)),
    _bad("out-of-range", "another version", PARITY, "version", (("version",), 2)),
    _bad("out-of-range", "a negative state would count from the end", PARITY,
         "claim.language.delta[0][0]", ((*LANGUAGE, "delta", 0, 0), -2)),
    _bad("out-of-range", "a letter that is not in the alphabet", PARITY, "data.w[0][1][0]",
         ((DATA, "w", 0, 1, 0), 2)),
    _bad("out-of-range", "a block repeated no times", PARITY, "data.w[0][0]",
         ((DATA, "w", 0, 0), 0)),
    _bad("out-of-range", "a count of 41 digits", PARITY, "data.w[0][0]",
         ((DATA, "w", 0, 0), 10**40)),
    _bad("out-of-range", "counting modulo 1", PARITY, "data.k", ((DATA, "k"), 1)),
    _bad("out-of-range", "no states", PARITY, "claim.language.states",
         ((*LANGUAGE, "states"), 0), ((*LANGUAGE, "delta"), [])),
    _bad("out-of-range", "a start that is no state", PARITY, "claim.language.start",
         ((*LANGUAGE, "start"), 2)),
    _bad("out-of-range", "an accepting state that is no state", PARITY, "claim.language.accept[0]",
         ((*LANGUAGE, "accept"), [2])),
    _bad("out-of-range", "a cycle longer than the number of states", SAME, "data.k",
         ((DATA, "k"), 3)),
    _bad("out-of-range", "blocks of no letters", BLOCK, "data.s", ((DATA, "s"), 0)),
    _bad("out-of-range", "a negative context", BLOCK, "data.k", ((DATA, "k"), -1)),
    _bad("out-of-range", "an exponent as large as the order", S3, "data.moves[0][0][1]",
         ((DATA, "moves", 0, 0, 1), 3)),
    _bad("out-of-range", "a power written with the generator itself", S3,
         "data.groups['0'].powers[0][0]", ((DATA, "groups", "0", "powers", 0, 0), 1)),
    _bad("out-of-range", "a conjugate written with the conjugating generator", S3,
         "data.groups['0'].conjugates[0][0][0]",
         ((DATA, "groups", "0", "conjugates", 0, 0, 0), 1)),
    _bad("out-of-range", "a period of 0", S3, "data.groups['0'].period",
         ((DATA, "groups", "0", "period"), 0)),
    _bad("out-of-range", "a generator of order 1", S3, "data.groups['0'].orders[0]",
         ((DATA, "groups", "0", "orders", 0), 1)),
    _bad("out-of-range", "a step of the program uses itself", A5, "data.program[0][1]",
         ((DATA, "program", 0, 1), 3)),
    _bad("out-of-range", "no generators, so none that moves a state", A5, "data.moved",
         ((DATA, "generators"), []), ((DATA, "program"), []), ((DATA, "commutators"), [])),
    _bad("repeated-element", "a state accepts twice", PARITY, "claim.language.accept",
         ((*LANGUAGE, "accept"), [0, 0])),
    _bad("repeated-element", "a label used twice", S3, "data.sets[0]",
         ((DATA, "sets", 0, 2), 0)),
    _bad("repeated-element", "c is no permutation", S3, "data.groups['0'].c",
         ((DATA, "groups", "0", "c"), [0, 0, 1])),
    _bad("repeated-element", "a state twice in R", A5, "data.set", ((DATA, "set", 5), 4)),
    _bad("not-a-string", "the kind is a number", PARITY, "kind", (("kind",), 1)),
    _bad("not-a-string", "a letter is a number", PARITY, "claim.language.alphabet[0]",
         ((*LANGUAGE, "alphabet", 0), 0)),
    _bad("not-a-string", "the class is null", PARITY, "claim.class", (("claim", "class"), None)),
    _bad("not-a-boolean", "0 for false", PARITY, "claim.member", (("claim", "member"), 0)),
    # --- the certificate and its claim --------------------------------------------------------
    _bad("wrong-format", "another format", PARITY, "format", (("format",), "expressivity")),
    _bad("unknown-kind", "a kind that does not exist", PARITY, "kind", (("kind",), "trust-me")),
    _bad("unknown-class", "a class that does not exist", PARITY, "claim.class",
         (("claim", "class"), "starfree")),
    _bad("class-mismatch", "counting shows nothing about AC0", PARITY, "claim",
         (("claim", "class"), "quasi-aperiodic")),
    _bad("class-mismatch", "a forbidden pattern for membership", PARITY, "claim",
         (("claim", "member"), True)),
    _bad("class-mismatch", "levels against membership", AB, "claim", (("claim", "member"), False)),
    _bad("class-mismatch", "an order of states says nothing of L-triviality", ORDER, "claim",
         (("claim", "class"), "L-trivial")),
    _bad("bad-alphabet", "a letter twice", PARITY, "claim.language.alphabet",
         ((*LANGUAGE, "alphabet"), ["a", "a"])),
    _bad("bad-alphabet", "the empty text as a letter", PARITY, "claim.language.alphabet",
         ((*LANGUAGE, "alphabet"), ["a", ""])),
    _bad("bad-alphabet", "no letters", PARITY, "claim.language.alphabet",
         ((*LANGUAGE, "alphabet"), []), ((*LANGUAGE, "delta"), [[], []])),
    _bad("wrong-states", "more states than rows", PARITY, "claim.language.states",
         ((*LANGUAGE, "states"), 3)),
    _bad("not-sorted", "accepting states out of order", PARITY, "claim.language.accept",
         ((*LANGUAGE, "accept"), [1, 0])),
    _bad("empty-block", "a block of no letters", PARITY, "data.w[1][1]", ((DATA, "w", 1), [1, []])),
    # --- group-levels -------------------------------------------------------------------------
    _bad("repeated-set", "two labellings of one set turn a swap into the identity", EVEN,
         "data.sets[1]",
         (("claim", "class"), "star-free"), ((DATA, "sets"), [[0, 1], [1, 0]]),
         ((DATA, "next"), [[1, 1], [0, 0]]), ((DATA, "levels"), [0, 0]),
         ((DATA, "phases"), [0, 0]), ((DATA, "moves"), [[None, None], [None, None]]),
         ((DATA, "groups"), {})),
    _bad("first-set", "the list of sets is empty", AB, "data.sets", ((DATA, "sets"), [])),
    _bad("first-set", "the first set lacks a state", AB, "data.sets", ((DATA, "sets", 0), [0, 1])),
    _bad("unknown-level", "a group for a level that does not occur", AB, "data.groups['7']",
         ((DATA, "groups", "7"), {})),
    _bad("unknown-level", "a level spelt with a leading zero", ABAB, "data.groups['01']",
         ((DATA, "groups", "01"), {})),
    _bad("unequal-sizes", "one group for sets of two and of three states", AB,
         "data.groups['1']", ((DATA, "levels"), [1, 1, 1, 0])),
    _bad("group-not-trivial", "a group of words of one length", S3,
         "data.groups['0'].generators", (("claim", "class"), "quasi-aperiodic")),
    _bad("group-not-trivial", "a group, for a star-free language", S3,
         "data.groups['0'].generators", (("claim", "class"), "star-free")),
    _bad("c-not-identity", "c moves labels, for a star-free language", ABAB,
         "data.groups['1'].c", (("claim", "class"), "star-free")),
    _bad("bad-phase", "a phase as large as the period", ABAB, "data.phases[1]",
         ((DATA, "phases", 1), 2)),
    _bad("bad-phase", "a phase in a level without a group", AB, "data.phases[3]",
         ((DATA, "phases", 3), 1)),
    _bad("wrong-phase", "the phase does not go up", AB, "data.next[1][1]",
         ((DATA, "phases", 2), 0)),
    _bad("level-rises", "the level of a set that is reached is higher", AB, "data.next[0][0]",
         ((DATA, "levels", 0), 0)),
    _bad("wrong-set", "a letter leads to another set than listed", AB, "data.next[0][0]",
         ((DATA, "next", 0, 0), 2)),
    _bad("move-outside-level", "exponents on an edge that leaves the level", AB, "data.moves[0][0]",
         ((DATA, "moves", 0, 0), [])),
    _bad("wrong-move", "the exponents spell another permutation", S3, "data.moves[0][1]",
         ((DATA, "moves", 0, 1), [0, 2])),
    _bad("wrong-move", "c is left out", ABAB, "data.moves[2][0]",
         ((DATA, "groups", "1", "c"), [0, 1, 2])),
    _bad("wrong-move", "no group at all", EVEN, "data.moves[0][0]", ((DATA, "groups"), {})),
    _bad("wrong-power", "a generator of order 2 said to have order 3", S3,
         "data.groups['0'].powers[0]", ((DATA, "groups", "0", "orders", 0), 3)),
    _bad("wrong-conjugate", "S3 said to be commutative", S3,
         "data.groups['0'].conjugates[0][0]",
         ((DATA, "groups", "0", "conjugates", 0, 0), [0, 1])),
    _bad("wrong-c-conjugate", "c said to move a generator", S3,
         "data.groups['0'].c_conjugates[1]",
         ((DATA, "groups", "0", "c_conjugates", 1), [0, 2])),
    # --- patterns -----------------------------------------------------------------------------
    _bad("not-a-cycle", "parity said to count modulo 3", PARITY, "data.w", ((DATA, "k"), 3)),
    _bad("not-a-cycle", "three steps of length 2", SAME, "data.g",
         ((*LANGUAGE, "states"), 3), ((*LANGUAGE, "delta", 2), [2, 2]), ((DATA, "k"), 3)),
    _bad("not-a-cycle", "no way back", CYCLE, "data.y", ((DATA, "y"), [])),
    _bad("not-separated", "w does not change the state", PARITY, "data.v",
         ((DATA, "w"), [])),
    _bad("not-separated", "g does not change the state", SAME, "data.v",
         ((DATA, "g"), good(SAME)["data"]["e"])),
    _bad("not-separated", "x does not change the state", SWAP, "data.v",
         ((DATA, "x"), good(SWAP)["data"]["e"])),
    _bad("not-separated", "a cycle of one state", CYCLE, "data.v",
         ((DATA, "x"), []), ((DATA, "y"), [])),
    _bad("not-separated", "the pair has been merged", PATTERN, "data.v",
         ((DATA, "z"), [[1, [1, 2]]]), ((DATA, "u"), []), ((DATA, "a"), 2)),
    _bad("not-separated", "the generator moves the state, but v does not tell", A5, "data.v",
         ((*LANGUAGE, "accept"), [])),
    _bad("not-prime", "counting modulo 4", SAME, "data.k",
         ((*LANGUAGE, "states"), 4),
         ((*LANGUAGE, "delta"), [[0, 1], [1, 2], [2, 3], [3, 0]]), ((DATA, "k"), 4)),
    _bad("unequal-lengths", "e is longer than g", SAME, "data.e",
         ((DATA, "e", 0, 0), 3)),
    _bad("unequal-lengths", "e is shorter than x", SWAP, "data.e", ((DATA, "e"), [])),
    _bad("empty-word", "e and g are empty", SAME, "data.g", ((DATA, "e"), []), ((DATA, "g"), [])),
    _bad("empty-word", "e and x are empty", SWAP, "data.x", ((DATA, "e"), []), ((DATA, "x"), [])),
    _bad("not-fixed", "e moves the state", SAME, "data.e",
         ((DATA, "e"), good(SAME)["data"]["g"])),
    _bad("not-fixed", "e moves the second state", SWAP, "data.e",
         ((DATA, "x"), [[1, [0, 0]]]), ((*LANGUAGE, "delta", 2, 0), 1)),
    _bad("not-fixed", "f moves a state", PATTERN, "data.f", ((DATA, "f"), [[1, [0, 1, 2]]])),
    _bad("missing-letters", "the letter a is not in f", PATTERN, "data.f",
         ((DATA, "f"), [[1, [2]]])),
    _bad("missing-letters", "a letter of z is not in f", PATTERN, "data.f",
         ((DATA, "f"), [[1, [1, 0]]])),
    # --- orders -------------------------------------------------------------------------------
    _bad("not-merged", "no context", BLOCK, "data", ((DATA, "k"), 0)),
    _bad("not-merged", "blocks of one letter, for a language that knows the parity of the length",
         BLOCK, "data", ((DATA, "s"), 1)),
    _bad("not-merged", "a context of any length", BLOCK, "data",
         ((DATA, "k"), 10**39), ((DATA, "s"), 10**39 + 1)),
    _bad("rank-not-rising", "a rank goes down", ORDER, "data.rank[2]", ((DATA, "rank", 2), 0)),
    _bad("rank-not-rising", "a rank stays the same", PIECES, "data.rank[1]",
         ((DATA, "rank", 1), 0)),
    _bad("diagonal-level", "a level on the diagonal", LEFT, "data.levels[1][1]",
         ((DATA, "levels", 1, 1), 3)),
    _bad("level-rises", "the level of a pair that is reached is higher", LEFT, "data.levels[1][2]",
         ((DATA, "levels", 1, 2), 3)),
    _bad("level-reached", "all pairs have one level", PIECES, "data.levels[1][0]",
         ((DATA, "levels"), [[0, 0, 0], [0, 0, 0], [0, 0, 0]])),
    _bad("level-reached", "begins with a: not L-trivial", LEFT, "data.levels[1][2]",
         ((*LANGUAGE, "delta"), [[1, 2], [1, 1], [2, 2]]),
         ((DATA, "levels"), [[0, 3, 4], [5, 0, 1], [6, 2, 0]])),
    # --- 2-groups, LTL[P,MOD] -----------------------------------------------------------------
    _bad("even-count", "parity is a 2-group", PARITY, "data.k", (("claim", "class"), "2-groups")),
    _bad("not-a-cycle", "three steps around two states", ODD, "data.w",
         ((DATA, "w"), [[1, [0]]]), ((DATA, "u"), [])),
    _bad("not-a-power-of-two", "a generator of order 3", S3, "data.groups['0'].orders[1]",
         (("claim", "class"), "2-groups")),
    _bad("not-a-power-of-two", "c of order 3", AB, "data.groups['0'].c",
         (("claim", "class"), "2-groups"), ((*LANGUAGE, "delta"), [[1, 1], [2, 2], [0, 0]]),
         ((DATA, "sets"), [[0, 1, 2]]), ((DATA, "next"), [[0, 0]]), ((DATA, "levels"), [0]),
         ((DATA, "phases"), [0]), ((DATA, "moves"), [[[], []]]),
         ((DATA, "groups"), {"0": {"period": 1, "c": [1, 2, 0], "generators": [], "orders": [],
                                   "powers": [], "conjugates": [], "c_conjugates": []}})),
    _bad("out-of-range", "steps of no letters", RINGS, "data.k", ((DATA, "k"), 0)),
    _bad("rank-not-rising", "around a ring, one letter at a time", RINGS, "data.rank[1]",
         ((DATA, "k"), 1)),
    _bad("rank-not-rising", "a rank stays the same", RINGS, "data.rank[2]",
         ((DATA, "rank"), [0, 0, 0])),
    _bad("not-separated", "x leads back at once", RING, "data.v",
         ((DATA, "x"), good(RING)["data"]["e"])),
    _bad("not-fixed", "e moves the state", RING, "data.e", ((DATA, "e"), good(RING)["data"]["x"])),
    _bad("not-a-cycle", "y does not lead back", RING, "data.y",
         ((DATA, "y"), good(RING)["data"]["x"])),
    _bad("unequal-lengths", "e is longer than x", RING, "data.e", ((DATA, "e", 0, 0), 2)),
    _bad("unequal-lengths", "y is longer than x", RING, "data.y", ((DATA, "y", 0, 0), 2)),
    _bad("empty-word", "all words are empty", RING, "data.x",
         ((DATA, "x"), []), ((DATA, "e"), []), ((DATA, "y"), [])),
    # --- perfect-group ------------------------------------------------------------------------
    _bad("not-a-permutation", "a generator leads out of R", A5, "data.generators[0]",
         ((DATA, "set", 4), DELETE)),
    _bad("not-a-permutation", "a letter that merges states", A5, "data.generators[0]",
         ((*LANGUAGE, "delta", 0, 0), 2)),
    _bad("unknown-operation", "a power", A5, "data.program[0]",
         ((DATA, "program", 0), ["^", 0, 2])),
    _bad("unknown-operation", "an empty step", A5, "data.program[0]",
         ((DATA, "program", 0), [])),
    _bad("not-the-generator", "a product of no commutators", A5, "data.commutators[1]",
         ((DATA, "commutators", 1), [])),
    _bad("not-the-generator", "a commutator the wrong way round", A5, "data.commutators[0]",
         ((DATA, "commutators", 0), [[9, 0]])),
    _bad("outside-the-set", "the start is not in R", A5, "data.u",
         ((*LANGUAGE, "states"), 6), ((*LANGUAGE, "delta", 5), [5, 5]), ((*LANGUAGE, "start"), 5)),
    # --- c-rasp -------------------------------------------------------------------------------
    _bad("rank-falls", "the way out is ranked below", COUNTS, "data.rank[3]",
         ((DATA, "rank"), [3, 3, 3, 2])),
    _bad("unequal-gains", "a letter gains 1 in one state and 0 in another", COUNTS,
         "data.values[0][0]", ((DATA, "values", 0), [0, 1, 1, 0])),
    _bad("unequal-gains", "classes that only the next round would show", COUNTS,
         "data.values[0][0]", ((DATA, "values", 0), [0, 1, 0, 0])),
    _bad("unequal-gains", "one rank for all states: the sink counts too", COUNTS,
         "data.values[0][3]", ((DATA, "rank"), [0, 0, 0, 0])),
    _bad("not-told-apart", "nothing is counted", COUNTS, "data.values", ((DATA, "values"), [])),
    _bad("not-told-apart", "the last letter is not counted when reading after it", COUNTS_LAST,
         "data.values", (("claim", "class"), "C-RASP@eos")),
    _bad("not-told-apart", "two states that a letter leads to different states", COUNTS_LAST,
         "data.values", ((*LANGUAGE, "delta"), [[1, 0], [0, 0]])),
    _bad("wrong-length", "no value for the sink", COUNTS, "data.values[1]",
         ((DATA, "values", 1, 3), DELETE)),
    _bad("out-of-range", "a value of 41 digits", COUNTS, "data.values[0][1]",
         ((DATA, "values", 0, 1), -(10**40))),
    _bad("not-connected", "the sink is in the set", CONFUSED, "data.states",
         ((DATA, "states", 4), 4), ((DATA, "classes", 4), 0),
         ((DATA, "combinations", 4), [1, []])),
    _bad("not-connected", "no way to the second state inside the set", CONFUSED_LAST, "data.states",
         ((*LANGUAGE, "delta"), [[0, 0], [0, 1]])),
    _bad("outside-the-set", "u leads to the sink", CONFUSED, "data.u",
         ((DATA, "u"), [[1, [0, 0]]])),
    _bad("outside-the-set", "an equation of a transition to the sink", CONFUSED,
         "data.combinations[1][1][5]", ((DATA, "combinations", 1, 1, 5), [1, 0, 1])),
    _bad("wrong-combination", "a difference that is 0 only if each letter gains 0", CONFUSED,
         "data.combinations[2]", ((DATA, "combinations", 2, 1, 0, 2), 2)),
    _bad("wrong-combination", "two steps of b for one", CONFUSED_LAST, "data.combinations[1]",
         ((DATA, "combinations", 1, 0), 1)),
    _bad("wrong-combination", "the labels are split by states that are in one class", CONFUSED_LAST,
         "data.combinations[1]", ((DATA, "combinations", 1), [1, [[0, 1, 1]]])),
    _bad("wrong-combination", "V(p) - V(r) is 0 times something", CONFUSED, "data.combinations[1]",
         ((DATA, "combinations", 1, 1), [])),
    _bad("out-of-range", "a difference taken 0 times", CONFUSED, "data.combinations[1][0]",
         ((DATA, "combinations", 1), [0, []])),
    _bad("out-of-range", "a transition from a state outside the set", CONFUSED,
         "data.combinations[1][1][0][0]", ((DATA, "combinations", 1, 1, 0, 0), 4)),
    _bad("out-of-range", "a letter of an equation that is not in the alphabet", CONFUSED,
         "data.combinations[1][1][0][1]", ((DATA, "combinations", 1, 1, 0, 1), 2)),
    _bad("unequal-classes", "a pair of states in classes of their own", ENDS, "data.pair",
         ((DATA, "classes"), [0, 1]), ((DATA, "combinations"), [[1, []], [1, []]])),
    _bad("empty-word", "read at the last letter, there must be one", CONFUSED_LAST, "data.v",
         ((DATA, "v"), [])),
    _bad("not-separated", "one state is not told apart from itself", CONFUSED, "data.v",
         ((DATA, "pair"), [1, 1])),
    _bad("not-separated", "both states reject", CONFUSED, "data.v", ((DATA, "v"), [[1, [0, 0]]])),
]
