"""Bad certificates about identities of semigroups, AC0[p], groups, subsequences and tiers."""

from __future__ import annotations

from tests.proofs.bad_subregular import PARITY_OF_B, other_language
from tests.proofs.certificate_edits import DATA, DELETE, LANGUAGE
from tests.proofs.certificate_edits import bad as _bad

KNAST = "knast-identity--one-a--dot-depth-one"
KNAST_NOT = "knast-pattern--last-write-was-b--dot-depth-one"
THRESHOLD = "threshold-identity--one-a--locally-threshold-testable"
THRESHOLD_NOT = "threshold-pattern--last-write-was-b--locally-threshold-testable"
LOCAL = "locally-in-da--ab-bba--FO2-1"
LOCAL_NOT = "local-da-pattern--ab-ba--FO2-1"
STABLE = "stably-in-da--abab--FO2-MOD"
STABLE_NOT = "stable-da-pattern--parity--FO2-MOD"
PRIMES = "two-primes--tracking-in-s3--AC0-p-regular"
S3 = "group-levels--tracking-in-s3--solvable"
PERMUTED = "permuted-blocks--parity--group-language"
MERGING = "merging-word--ab--group-language"
CLOSED = "closed-under-deletion--at-most-one-a--strictly-piecewise"
DELETION = "deletion--one-a--strictly-piecewise"
TIER = "tier-factors--one-a--tier-strictly-local"
TIER_NOT = "tier-loops--contains-ab-three-letters--tier-strictly-local"

AB_OR_BA = other_language([[1, 2], [3, 0], [0, 3], [3, 3]], [0])
LONG_ROW = (*other_language([[min(q + 1, 9_999)] for q in range(10_000)], [0]),
            ((*LANGUAGE, "alphabet"), ["a"]))

BAD_IDENTITIES = [
    # --- the semigroup ---------------------------------------------------------------------------
    _bad("out-of-range", "no elements", KNAST, "data.elements", ((DATA, "elements"), 0)),
    _bad("out-of-range", "more elements than are enumerated", KNAST, "data.elements",
         ((DATA, "elements"), 3_001)),
    _bad("too-many-elements", "fewer elements than there are", KNAST, "data.elements",
         ((DATA, "elements"), 2)),
    _bad("too-much-work", "elements of too many states", KNAST, "data.elements", *LONG_ROW,
         ((DATA, "elements"), 3_000)),
    _bad("not-aperiodic", "a letter that exchanges two states", KNAST, "data.elements",
         *PARITY_OF_B),
    _bad("not-aperiodic", "a group does not threshold", THRESHOLD, "data.elements", *PARITY_OF_B),
    # --- dot-depth one ---------------------------------------------------------------------------
    _bad("identity-fails", "bounded depth two", KNAST, "data", *AB_OR_BA,
         ((DATA, "elements"), 100)),
    _bad("empty-word", "no word e", KNAST_NOT, "data.e", ((DATA, "e"), [])),
    _bad("empty-word", "no word f", KNAST_NOT, "data.f", ((DATA, "f"), [])),
    _bad("not-fixed", "e moves p", KNAST_NOT, "data.e", ((DATA, "e"), [[1, [0]]])),
    _bad("not-fixed", "e moves s only", KNAST_NOT, "data.e", ((DATA, "e"), [[1, [1]]])),
    _bad("not-fixed", "f moves p.x", KNAST_NOT, "data.f", ((DATA, "f"), [[1, [1]]])),
    _bad("not-fixed", "f moves p.z only", KNAST_NOT, "data.f", ((DATA, "f"), [[1, [0]]])),
    _bad("not-a-cycle", "y does not lead back", KNAST_NOT, "data.y", ((DATA, "y"), [[1, [2]]])),
    _bad("not-a-cycle", "zt exchanges two states", KNAST_NOT, "data.z",
         *other_language([[1, 0], [0, 0]], [1]), ((*LANGUAGE, "alphabet"), ["a", "b"]),
         ((DATA, "u"), []), ((DATA, "e"), [[2, [0]]]), ((DATA, "f"), [[2, [0]]]),
         ((DATA, "x"), [[1, [0]]]), ((DATA, "y"), [[1, [0]]]), ((DATA, "z"), [[1, [0]]]),
         ((DATA, "t"), [[2, [0]]])),
    _bad("not-separated", "once around instead of x", KNAST_NOT, "data.v",
         ((DATA, "x"), [[1, [2]]])),
    # --- locally threshold testable --------------------------------------------------------------
    _bad("identity-fails", "pqr is not rqp", THRESHOLD, "data", *AB_OR_BA,
         ((DATA, "elements"), 100)),
    _bad("empty-word", "no first idempotent", THRESHOLD_NOT, "data.e", ((DATA, "e"), [])),
    _bad("empty-word", "no second idempotent", THRESHOLD_NOT, "data.f", ((DATA, "f"), [])),
    _bad("not-fixed", "e moves the state", THRESHOLD_NOT, "data.e", ((DATA, "e"), [[1, [1]]])),
    _bad("not-fixed", "e moves s.pq only", THRESHOLD_NOT, "data.e", ((DATA, "q"), [[1, [1]]])),
    _bad("not-fixed", "f moves s.r only", THRESHOLD_NOT, "data.f", ((DATA, "f"), [[1, [0]]])),
    _bad("not-separated", "p and r are the same", THRESHOLD_NOT, "data.v",
         ((DATA, "r"), [[1, [0]]])),
    # --- FO2[<,+1] and FO2[<,MOD] ----------------------------------------------------------------
    _bad("not-idempotent", "a local semigroup that is not in DA", LOCAL, "data", *AB_OR_BA),
    _bad("too-many-elements", "one element is left out", LOCAL, "data.elements",
         ((DATA, "elements"), 24)),
    _bad("empty-word", "no word to be local at", LOCAL_NOT, "data.e", ((DATA, "e"), [])),
    _bad("not-fixed", "e leaves p", LOCAL_NOT, "data.e", ((DATA, "e"), [[1, [0]]])),
    _bad("not-a-cycle", "yx leads elsewhere", LOCAL_NOT, "data.y", ((DATA, "y"), [[1, [0]]])),
    _bad("not-separated", "x leads nowhere", LOCAL_NOT, "data.v", ((DATA, "x"), []),
         ((DATA, "y"), [])),
    _bad("not-idempotent", "a group of words of one length", STABLE, "data", *PARITY_OF_B),
    _bad("too-many-elements", "one element fewer", STABLE, "data.elements",
         ((DATA, "elements"), 8)),
    _bad("unequal-lengths", "a longer x", STABLE_NOT, "data.x", ((DATA, "x"), [[1, [1, 0]]])),
    _bad("unequal-lengths", "a longer y", STABLE_NOT, "data.y", ((DATA, "y"), [[1, [1, 0]]])),
    _bad("empty-word", "three empty words", STABLE_NOT, "data.e", ((DATA, "e"), []),
         ((DATA, "x"), []), ((DATA, "y"), [])),
    _bad("not-fixed", "words of odd length count the length", STABLE_NOT, "data.e",
         ((DATA, "e"), [[1, [1]]])),
    _bad("not-a-cycle", "yx leads to the other state", STABLE_NOT, "data.y",
         ((DATA, "y"), [[1, [0]]])),
    _bad("not-separated", "x that changes nothing", STABLE_NOT, "data.v",
         ((DATA, "x"), [[1, [0]]]), ((DATA, "y"), [[1, [0]]])),
    # --- AC0[p] ----------------------------------------------------------------------------------
    _bad("second-prime", "a group of order six", S3, "data.groups['0'].orders[1]",
         (("claim", "class"), "AC0[p]-regular")),
    _bad("same-prime", "two times three", PRIMES, "data.second.k",
         ((DATA, "first"), {"u": [], "e": [[6, [1]]], "g": [[2, [0]], [4, [1]]], "v": [], "k": 3})),
    _bad("missing-key", "one prime only", PRIMES, "data", ((DATA, "second"), DELETE)),
    _bad("not-prime", "four is no prime", PRIMES, "data.second.k", ((DATA, "second", "k"), 4),
         ((*LANGUAGE, "delta"), [[1, 1], [0, 2], [2, 0], [3, 3]]), ((*LANGUAGE, "states"), 4)),
    _bad("unequal-lengths", "e is shorter", PRIMES, "data.second.e",
         ((DATA, "second", "e"), [[3, [1]]])),
    _bad("empty-word", "both are empty", PRIMES, "data.first.g", ((DATA, "first", "e"), []),
         ((DATA, "first", "g"), [])),
    _bad("not-fixed", "e moves a state", PRIMES, "data.second.e",
         ((DATA, "second", "e"), [[5, [1]], [1, [0]]])),
    _bad("not-a-cycle", "two steps instead of three", PRIMES, "data.second.g",
         ((DATA, "second", "k"), 2)),
    _bad("not-separated", "g is e", PRIMES, "data.first.v", ((DATA, "first", "g"), [[6, [1]]])),
    # --- group languages -------------------------------------------------------------------------
    _bad("blocks-merge", "a letter that resets", PERMUTED, "data.block",
         *other_language([[0, 1], [0, 1]], [1])),
    _bad("mixed-block", "one block for both states", PERMUTED, "data.block[1]",
         ((DATA, "block"), [0, 0])),
    _bad("not-merged", "a letter that permutes", MERGING, "data.x", ((DATA, "x"), [])),
    _bad("not-separated", "one state twice", MERGING, "data.v", ((DATA, "u"), []),
         ((DATA, "w"), [])),
    # --- strictly piecewise ----------------------------------------------------------------------
    _bad("lost-by-deletion", "one a and no less", CLOSED, "claim.language",
         ((*LANGUAGE, "accept"), [1])),
    _bad("unknown-key", "a field that is not read", CLOSED, "data", ((DATA, "k"), 2)),
    _bad("wrong-end", "the long word is not in the language", DELETION, "data.x",
         ((DATA, "x"), [[2, [0]]])),
    _bad("wrong-end", "the short word is in the language", DELETION, "data.v",
         ((DATA, "x"), [[1, [1]]]), ((DATA, "v"), [[1, [0]]])),
    # --- tier-based strictly local ---------------------------------------------------------------
    _bad("letter-matters", "no tier", TIER, "data.tier", ((DATA, "tier"), [])),
    _bad("repeated-element", "a letter twice", TIER, "data.tier", ((DATA, "tier"), [0, 0])),
    _bad("not-merged", "factors of one letter on a tier", TIER, "data.k", ((DATA, "k"), 1)),
    _bad("mixed-block", "one block only", TIER, "data.block[1]", ((DATA, "block"), [0, 0, 0])),
    _bad("missing-letters", "a letter that need not be on a tier", TIER_NOT, "data.tier",
         ((DATA, "tier", 0), DELETE)),
    _bad("not-separated", "a letter that changes nothing there", TIER_NOT, "data.tier[0][2]",
         ((DATA, "tier", 0, 2), [])),
    _bad("wrong-length", "no word after the letter", TIER_NOT, "data.tier[0]",
         ((DATA, "tier", 0), [0, []])),
    _bad("empty-word", "no loop on a tier", TIER_NOT, "data.x", ((DATA, "x"), [])),
    _bad("wrong-end", "an end that is not in the language", TIER_NOT, "data.y",
         ((DATA, "y"), [])),
]
