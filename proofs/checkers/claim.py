"""What a certificate claims: that the language of an automaton is, or is not, in a class."""

from __future__ import annotations

import json
from dataclasses import dataclass

from proofs.checkers.automaton import Automaton, parse_automaton
from proofs.checkers.rejection import boolean, record, reject, string

CLASSES = {
    "star-free": "the syntactic monoid contains no non-trivial group (FO[<])",
    "quasi-aperiodic": "the syntactic images of the words of one length contain no non-trivial "
    "group, whatever the length (the regular languages in AC0)",
    "AC0[p]-regular": "for some prime p, the syntactic images of the words of one length contain "
    "p-groups only, whatever the length (the regular languages in AC0[p])",
    "2-groups": "every group in the syntactic monoid has a power of two as its order",
    "solvable": "every group in the syntactic monoid is solvable",
    "nc0-regular": "the stable semigroup of the syntactic morphism is locally trivial "
    "(the regular languages in NC0)",
    "R-trivial": "the syntactic monoid is R-trivial",
    "L-trivial": "the syntactic monoid is L-trivial",
    "J-trivial": "the syntactic monoid is J-trivial (piecewise testable languages)",
    "LTL[P,MOD]": "the stable semigroup of the syntactic morphism is R-trivial (past temporal "
    "logic with P and positions modulo m, read after the last letter)",
    "C-RASP@eos": "temporal logic with linear tests on counts of earlier positions, read after "
    "the last letter",
    "C-RASP@last": "temporal logic with linear tests on counts of earlier positions, read at "
    "the last letter (the empty word is not looked at)",
    "definite": "for some k the last k letters decide, for words of k or more letters",
    "reverse-definite": "for some k the first k letters decide, for words of k or more letters",
    "generalised-definite": "for some k the first k and the last k letters decide, for words of k "
    "or more letters",
    "commutative": "the order of the letters of a word does not matter",
    "strictly-local": "for some k the words all of whose factors of k letters, end markers "
    "counted, are allowed",
    "locally-testable": "for some k the factors of k letters that occur, and the first and last "
    "k - 1 letters, decide, for words of k or more letters",
    "FO2[<]": "the syntactic monoid is in DA (first-order logic with two variables and <)",
    "locally-threshold-testable": "for some k and t the numbers of occurrences of factors of k "
    "letters, counted up to t, and the first and last k - 1 letters decide, for words of k or more "
    "letters (FO[+1])",
    "dot-depth-one": "a Boolean combination of languages u0 A* u1 A* ... A* uk (dot-depth at most "
    "one)",
    "FO2[<,+1]": "first-order logic with two variables, < and successor: eSe is in DA for the "
    "idempotents e of the syntactic semigroup S of the words that are not empty",
    "FO2[<,MOD]": "first-order logic with two variables, < and positions modulo m: the stable "
    "semigroup of the syntactic morphism is in DA",
    "R^omega": "the syntactic monoid is aperiodic, with at most one idempotent in each R-class",
    "group-language": "the syntactic monoid is a group (the empty word counts)",
    "strictly-piecewise": "the words without any of finitely many subsequences, so closed under "
    "leaving out letters (the empty word counts)",
    "tier-strictly-local": "strictly local when the letters that are not on some tier are erased "
    "(the empty word counts)",
}
"""The classes that certificates speak of, each with its definition.

The last ones depend on the empty word, which some models never see. They have certificates, but are
no classes of the theorem base (`proofs.classes`), so that nothing is derived from them.
"""


@dataclass(frozen=True)
class Claim:
    """The language of `automaton` is (`member`) or is not in `algebraic_class`."""

    automaton: Automaton
    algebraic_class: str
    member: bool


@dataclass(frozen=True)
class CheckedClaim(Claim):
    """A claim that the checker of certificates of this `kind` accepted."""

    kind: str


def parse_claim(value: object, path: str) -> Claim:
    """The claim of {"language", "class", "member"}, or rejected."""
    fields = record(value, path, ("language", "class", "member"))
    name = string(fields["class"], f"{path}.class")
    if name not in CLASSES:
        reject("unknown-class", name, f"{path}.class", "one of " + ", ".join(CLASSES))
    member = boolean(fields["member"], f"{path}.member")
    return Claim(parse_automaton(fields["language"], f"{path}.language"), name, member)


def describe(claim: Claim, entries: int = 60) -> str:
    """The claim as it was understood, for a reader to compare with what they meant.

    Several lines of plain ASCII; of a list longer than `entries` the beginning is shown.
    """
    verb = "is" if claim.member else "is not"
    return "\n".join(
        [
            f"Claim: the language of this automaton {verb} {claim.algebraic_class}.",
            f"  {claim.algebraic_class}: {CLASSES[claim.algebraic_class]}",
            *describe_automaton(claim.automaton, entries),
        ]
    )


def describe_automaton(automaton: Automaton, entries: int = 60) -> list[str]:
    """Lines of plain ASCII, indented by two spaces."""
    names = [json.dumps(letter) for letter in automaton.alphabet]
    moves = [
        f"    {q}: " + _some([f"{a} -> {r}" for a, r in zip(names, row, strict=True)], entries)
        for q, row in enumerate(automaton.delta[:entries])
    ]
    if automaton.states > entries:
        moves.append(f"    ... {automaton.states - entries} more states")
    return [
        f"  letters ({automaton.letters}): {_some(names, entries)}",
        f"  states: {automaton.states}, start {automaton.start}",
        f"  accepting ({len(automaton.accept)}): "
        + _some([str(q) for q in sorted(automaton.accept)], entries),
        "  transitions:",
        *moves,
    ]


def _some(shown: list[str], entries: int) -> str:
    more = [] if len(shown) <= entries else [f"... {len(shown) - entries} more"]
    return ", ".join(shown[:entries] + more)
