"""The smallest past temporal formula for a regular language.

For one size after the other, a SAT solver looks for a formula that is right about some words. If
there is one, it is compared with the language at all lengths; a shortest word on which they differ
joins the words. If there is none for the words, there is none for the language.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Any, cast

from expressivity.queries.facts import automaton
from expressivity.solvers.solve import Limits, Satisfiable, Unsatisfiable, solve
from languages.dfa import DFA
from languages.errors import InputError
from languages.language import Language
from languages.logics.ltl import Formula, Node, Op
from languages.logics.to_automaton import formula_to_dfa
from proofs.bounds import formula_size as checker
from proofs.bounds.bound import FORMAT, VERSION
from proofs.bounds.formula_clauses import ARITY, MAX_LITERALS, encode, most_literals
from proofs.cnf import Cnf
from proofs.encode import plain_automaton

OPERATORS = tuple(ARITY)
Word = tuple[int, ...]
Progress = Callable[[str, int], None]


@dataclass(frozen=True)
class Found:
    """The least size is at least `least`; it is `least` if there is a `formula`.

    `reason` says why none was found, empty otherwise; `certificate` proves it.
    """

    least: int
    formula: Formula | None
    reason: str
    certificate: dict[str, Any]
    checked: checker.CheckedFormulaSize


def least_formula(language: Language, operators: Collection[str] = OPERATORS,
                  limits: Limits | None = None, progress: Progress | None = None) -> Found:
    """The smallest formula for a language; `limits.seconds` are for all of it.

    Raises:
        InputError: the language is not regular, or an operator is unknown.
    """
    if language.dfa is None:
        raise InputError(f"{language.name} is not regular, so no past formula defines it")
    unknown = [name for name in operators if name not in ARITY]
    if unknown:
        raise InputError(f"operator {unknown[0]!r}: expected one of {' '.join(ARITY)}")
    return _Search(language.dfa.minimal(), [name for name in ARITY if name in operators],
                   Limits() if limits is None else limits, progress).run()


class _Search:
    def __init__(self, dfa: DFA, operators: list[str], limits: Limits,
                 progress: Progress | None) -> None:
        self.dfa = dfa
        self.operators = operators
        self.limits = limits
        self.deadline = time.monotonic() + limits.seconds
        self.progress = progress
        self.words: list[Word] = []
        self.proof: tuple[list[Word], str] | None = None

    def run(self) -> Found:
        size = 1
        while True:
            if size == checker.MAX_LEAST:
                return self._found(size, None, f"size: {size}, the largest that is tried")
            places = sum(len(word) + 1 for word in self.words)
            if places > checker.MAX_LETTERS:
                return self._found(size, None, f"size {size}: the words to tell apart have more "
                                   f"than {checker.MAX_LETTERS} letters")
            if most_literals(len(self.dfa.alphabet), places, size) > MAX_LITERALS:
                return self._found(size, None, f"size {size}: more than {MAX_LITERALS} literals in "
                                   "clauses")
            if self.progress is not None:
                self.progress(f"size {size}: words", len(self.words))
            cnf = encode(len(self.dfa.alphabet), self.operators, self.words,
                         [bool(self.dfa.accept[self.dfa.run(word)]) for word in self.words], size)
            left = self.deadline - time.monotonic()
            result = solve(cnf, Limits(left, self.limits.megabytes))
            if isinstance(result, Satisfiable):
                formula = decode(cnf, result.true, self.dfa.alphabet, self.operators, size)
                difference = formula_to_dfa(formula).difference(self.dfa)
                if difference is None:
                    return self._found(size, formula, "")
                self.words.append(tuple(self.dfa.encode(difference)))
            elif isinstance(result, Unsatisfiable):
                self.proof = list(self.words), result.proof
                size += 1
            else:
                return self._found(size, None, f"size {size}: {result.reason}")

    def _found(self, least: int, formula: Formula | None, reason: str) -> Found:
        words, proof = self.proof if self.proof is not None else ([], None)
        nodes = None if formula is None else [[node.op, *node.args] for node in formula.nodes]
        certificate = {
            "format": FORMAT, "version": VERSION, "kind": checker.KIND,
            "claim": {"language": plain_automaton(automaton(self.dfa)),
                      "operators": self.operators, "least": least,
                      "most": None if nodes is None else len(nodes)},
            "data": {"formula": nodes, "words": [list(word) for word in words], "proof": proof}}
        return Found(least, formula, reason, certificate, checker.check(certificate))


def decode(cnf: Cnf, true: frozenset[int], alphabet: tuple[str, ...], operators: Collection[str],
           size: int) -> Formula:
    """The formula of an assignment that makes the clauses of `encode` true."""
    def chosen(what: str, i: int, values: Collection[int | str]) -> int | str:
        return next(value for value in values if cnf.names.get((what, i, value), 0) in true)

    nodes: list[Node] = []
    kinds: list[int | str] = [*range(len(alphabet)), *operators]
    for i in range(size):
        kind = chosen("kind", i, kinds)
        if isinstance(kind, int):
            nodes.append(Node("letter", (kind,)))
            continue
        sides = ("left", "right")[:ARITY[kind]]
        nodes.append(Node(cast(Op, kind),
                          tuple(int(chosen(side, i, range(i))) for side in sides)))
    return _needed(Formula(alphabet, tuple(nodes)))


def _needed(formula: Formula) -> Formula:
    """Without the nodes that the last one does not use."""
    needed = {len(formula.nodes) - 1}
    for i in range(len(formula.nodes) - 1, -1, -1):
        node = formula.nodes[i]
        if i in needed and node.op != "letter":
            needed.update(node.args)
    place = {old: new for new, old in enumerate(sorted(needed))}
    return Formula(formula.alphabet, tuple(
        node if node.op == "letter" else Node(node.op, tuple(place[a] for a in node.args))
        for i, node in enumerate(formula.nodes) if i in needed))
