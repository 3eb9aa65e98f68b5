"""Names of classes of languages. What is inside what is said by the theorem base only.

A circuit class without a uniformity in its name is non-uniform. Every class here is closed under
adding and removing the empty word, so statements about models that never see it lose nothing.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class LanguageClass:
    """A class: its id, which statements use, how it is shown, and what it means."""

    id: str
    shown: str
    meaning: str


_ALL = (
    LanguageClass("REG", "REG", "regular languages"),
    LanguageClass("star-free", "star-free", "star-free = aperiodic = FO[<] = LTL = counter-free"),
    LanguageClass("quasi-aperiodic", "REG ∩ AC0", "quasi-aperiodic = FO[<,MOD] = REG ∩ AC0: no "
                  "group inside the image of words of one length"),
    LanguageClass("solvable", "REG, solvable groups", "regular languages whose syntactic monoid "
                  "contains solvable groups only"),
    LanguageClass("AC0[p]-regular", "REG ∩ AC0[p], some p", "for one prime p, words of one length "
                  "form p-groups only = REG ∩ AC0[p]"),
    LanguageClass("2-groups", "REG, 2-groups", "regular languages whose syntactic monoid contains "
                  "2-groups only"),
    LanguageClass("nc0-regular", "REG ∩ NC0", "regular languages with a locally trivial stable "
                  "semigroup"),
    LanguageClass("R-trivial", "R-trivial", "R-trivial = partially ordered minimal DFA = LTL[P] "
                  "read at the end position"),
    LanguageClass("L-trivial", "L-trivial", "L-trivial: the mirror image of R-trivial"),
    LanguageClass("J-trivial", "J-trivial", "J-trivial = piecewise testable"),
    LanguageClass("LTL[P,MOD]", "LTL[P,MOD]", "LTL[P] with tests of i mod m, read at the end "
                  "position; some power of the minimal DFA is partially ordered"),
    LanguageClass("stutter-invariant star-free", "stutter-invariant star-free",
                  "star-free languages closed under repeating and merging adjacent equal letters"),
    LanguageClass("definite", "definite", "regular languages of which, for some k, the last k "
                  "letters decide long words"),
    LanguageClass("reverse-definite", "reverse definite", "regular languages of which, for some "
                  "k, the first k letters decide long words"),
    LanguageClass("generalised-definite", "generalised definite", "regular languages of which, "
                  "for some k, the first k and last k letters decide long words"),
    LanguageClass("commutative", "REG, commutative", "regular languages in which the order of "
                  "letters does not matter"),
    LanguageClass("permutation-closed", "permutation-closed", "languages, regular or not, in which "
                  "the order of letters does not matter"),
    LanguageClass("strictly-local", "strictly local", "the words all of whose factors of k "
                  "letters, end markers counted, are allowed, for some k"),
    LanguageClass("locally-testable", "locally testable", "Boolean combinations of strictly local "
                  "languages"),
    LanguageClass("FO2[<]", "FO²[<]", "first-order logic with two variables = DA = unary temporal "
                  "logic"),
    LanguageClass("locally-threshold-testable", "locally threshold testable", "FO[+1]: factors of "
                  "k letters, counted up to t, and both ends decide"),
    LanguageClass("dot-depth-one", "dot-depth one", "Boolean combinations of u0 A* u1 A* ... A* "
                  "uk"),
    LanguageClass("FO2[<,+1]", "FO²[<,+1]", "first-order logic with two variables, the order and "
                  "successor"),
    LanguageClass("FO2[<,MOD]", "FO²[<,MOD]", "first-order logic with two variables, the order and "
                  "positions modulo m"),
    LanguageClass("R^omega", "R^ω", "aperiodic, at most one idempotent in each R-class of the "
                  "syntactic monoid"),
    LanguageClass("FO[<,MON]", "FO[<,MON]", "first-order logic with order and arbitrary unary "
                  "numerical predicates"),
    LanguageClass("C-RASP@eos", "C-RASP@eos", "C-RASP = temporal logic of past counting, read "
                  "after the last symbol"),
    LanguageClass("C-RASP@last", "C-RASP@last", "C-RASP = temporal logic of past counting, read "
                  "at the last symbol"),
    LanguageClass("NC0", "NC0", "non-uniform constant depth, fan-in two"),
    LanguageClass("AC0", "AC0", "non-uniform AC0"),
    LanguageClass("L-AC0", "L-uniform AC0", "AC0 circuits built in logarithmic space"),
    LanguageClass("D-AC0", "DLOGTIME-uniform AC0", "FO with BIT"),
    LanguageClass("ACC0", "ACC0", "non-uniform AC0 with MOD m gates, for all m"),
    LanguageClass("D-ACC0", "DLOGTIME-uniform ACC0", "the union of DLOGTIME-uniform AC0[m]"),
    LanguageClass("TC0", "TC0", "non-uniform TC0"),
    LanguageClass("L-TC0", "L-uniform TC0", "TC0 circuits built in logarithmic space"),
    LanguageClass("D-TC0", "DLOGTIME-uniform TC0", "FO with majority quantifiers and BIT"),
    LanguageClass("NC1", "NC1", "DLOGTIME-uniform NC1 = alternating logarithmic time"),
    LanguageClass("nonuniform NC1", "non-uniform NC1", "formulas of polynomial size"),
    LanguageClass("L", "L", "logarithmic space"),
    LanguageClass("NL", "NL", "nondeterministic logarithmic space"),
    LanguageClass("D-AC1", "DLOGTIME-uniform AC1", "unbounded fan-in, depth O(log n)"),
    LanguageClass("D-TC1", "DLOGTIME-uniform TC1", "threshold circuits of depth O(log n)"),
    LanguageClass("NC2", "NC2", "logspace-uniform circuits of fan-in two and depth O(log^2 n)"),
    LanguageClass("NC", "NC", "uniform circuits of polynomial size and depth polylog(n)"),
    LanguageClass("P", "P", "polynomial time"),
    LanguageClass("P/poly", "P/poly", "non-uniform circuits of polynomial size"),
    LanguageClass("NP", "NP", "nondeterministic polynomial time"),
    LanguageClass("SPACE(n)", "SPACE(n)", "deterministic linear space, inside the "
                  "context-sensitive languages"),
    LanguageClass("PSPACE", "PSPACE", "polynomial space"),
    LanguageClass("decidable", "decidable", "decided by a Turing machine that always halts"),
)

CLASSES = {c.id: c for c in _ALL}
