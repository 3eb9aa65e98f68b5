"""From a language to theorems about it: deciders give evidence, checkers accept it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from typing import Any

from languages.classes import certifiers
from languages.classes.analysis import Analysis, Budget
from languages.dfa import DFA
from languages.evidence import Answer, Evidence
from languages.language import Language
from proofs import checkers, kernel
from proofs.checkers.rejection import Rejected
from proofs.classes import CLASSES
from proofs.encode import plain_automaton
from proofs.kernel import Theorem
from proofs.search import NOTHING, Assumptions, Knowledge
from proofs.statements import Automaton
from proofs.statements import Language as Term


def term(language: Language) -> Term:
    """The language as statements speak of it."""
    if language.dfa is None:
        return Term(language.name, None, language.statement_id)
    return Term(language.name, automaton(language.dfa))


def automaton(dfa: DFA) -> Automaton:
    """The automaton as plain data; minimal and canonical if `dfa` is."""
    accept = tuple(int(q) for q in dfa.accept.nonzero()[0])
    delta = tuple(tuple(int(r) for r in row) for row in dfa.delta)
    return Automaton(dfa.alphabet, delta, dfa.start, accept)


def certificate(about: Automaton, evidence: Evidence) -> dict[str, Any]:
    """Evidence as a certificate about an automaton."""
    return {
        "format": checkers.FORMAT, "version": checkers.VERSION, "kind": evidence.kind,
        "claim": {"language": plain_automaton(about), "class": evidence.algebraic_class,
                  "member": evidence.member},
        "data": evidence.data,
    }


def digest(value: Mapping[str, Any]) -> str:
    """SHA-256 of the canonical JSON text."""
    text = json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


class Facts:
    """Certified theorems about one language, made on demand and kept."""

    def __init__(self, language: Language, budget: Budget) -> None:
        self.language = language
        self.term = term(language)
        self._analysis = Analysis(language.dfa, budget) if language.dfa is not None else None
        self._answers: dict[str, Answer] = {}
        self._made: dict[str, Theorem] = {}
        self._known: dict[tuple[frozenset[str], Assumptions], Knowledge] = {}

    def classes(self) -> list[str]:
        """The classes of the theorem base that can be certified, for a regular language."""
        return [cls for cls in self.certifiable() if cls in CLASSES]

    def certifiable(self) -> list[str]:
        """All classes that can be certified, those among them that depend on the empty word."""
        return list(certifiers()) if self._analysis is not None else []

    def answer(self, cls: str) -> Answer:
        """What the decider of an algebraic class says."""
        if self._analysis is None:
            return Answer("undetermined", f"{self.term.name} has no automaton")
        if cls not in self._answers:
            self._answers[cls] = certifiers()[cls].decide(self._analysis)
        return self._answers[cls]

    def theorems(self, classes: Iterable[str]) -> list[Theorem]:
        """Certified memberships and exclusions for those of the classes that are decided."""
        return [t for t in map(self._theorem, classes) if t is not None]

    def knowledge(self, classes: Iterable[str],
                  assumptions: Assumptions = NOTHING) -> Knowledge:
        """What follows from those of the classes that are decided; kept."""
        key = (frozenset(classes), assumptions)
        if key not in self._known:
            self._known[key] = Knowledge(self.term, self.theorems(sorted(key[0])),
                                         assumptions=assumptions)
        return self._known[key]

    def undecided(self) -> list[str]:
        """Why classes asked about so far stayed undetermined."""
        return [f"{cls}: {answer.reason}" for cls, answer in self._answers.items()
                if answer.value == "undetermined"]

    def _theorem(self, cls: str) -> Theorem | None:
        if cls in self._made:
            return self._made[cls]
        if self._analysis is None or self.answer(cls).value == "undetermined":
            return None
        evidence = certifiers()[cls].evidence(self._analysis)
        if evidence is None or self.term.automaton is None:
            return None
        try:
            theorem = kernel.certified(self.term, certificate(self.term.automaton, evidence))
        except Rejected as error:
            if error.code != "too-much-work":
                raise
            return None  # decided, but not certified
        self._made[cls] = theorem
        return theorem
