"""How large the smallest past temporal formula for a regular language is.

    {"format": "expressivity certificate", "version": 1, "kind": "formula-size",
     "claim": {"language": <automaton>, "operators": [NAME, ...], "least": L, "most": U | null},
     "data": {"formula": null | [NODE, ...], "words": [[letter index, ...], ...],
              "proof": null | TEXT}}

    NAME: one of true, not, and, or, Y, P, S
    NODE: ["letter", letter index] | [NAME, operand, ...], operands being indices of nodes before

Formulas. At each position of a word, and at the appended end position without a letter: a letter
holds where it stands; Y f: there is a previous position and f holds there; P f: f holds at some
strictly earlier position; f S g: g holds at some strictly earlier position j and f at all positions
strictly between j and this one (operators are strict; Kamp 1968). `and` and `or` have two
operands. A word satisfies a formula that holds at its end position. The size of a formula is the
number of its distinct subformulas, letters included.

Claim: the formulas with letters and these operators that exactly the words of the language
satisfy have at least L subformulas, and, unless U is null, one has at most U.

Upper bound. The last node of `formula` is a formula with the letters and operators and at most U
nodes. The values of Y, P and S at a position follow from those of all nodes at the position before;
paired with the automaton's state, all values that occur are gone through, and formula and
automaton agree each time. This is about words of all lengths.

Lower bound. No data for L <= 1. Otherwise the proof, in the format of `proofs.lrat`, shows that
the clauses of `proofs.bounds.formula_clauses` for L - 1 nodes cannot all be true: no formula of at
most L - 1 subformulas is right about all of `words`. So the lower bound holds for every language
that agrees with this one on these words.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from proofs.bounds.bound import CheckedBound, outer
from proofs.bounds.formula_clauses import ARITY, MAX_LITERALS, encode, most_literals
from proofs.checkers.automaton import Automaton, parse_automaton
from proofs.checkers.claim import describe_automaton
from proofs.checkers.rejection import integer, integers, items, record, reject, string
from proofs.lrat import check_refutation

KIND: Final = "formula-size"
MAX_LEAST: Final = 20
MAX_MOST: Final = 1000
MAX_LETTERS: Final = 5000
"""Letters of all words together."""
MAX_VALUES: Final = 200_000
"""Pairs of a state and values of the temporal nodes."""
MAX_WORK: Final = 20_000_000
"""Values of nodes: one for each such pair, each letter or the end, and each node."""

Node = tuple[str, tuple[int, ...]]


@dataclass(frozen=True)
class CheckedFormulaSize(CheckedBound):
    """What was proved: the least size is at least `least` and, if known, at most `most`."""

    kind = KIND
    automaton: Automaton
    operators: tuple[str, ...]
    least: int
    most: int | None
    how: str

    def describe(self) -> list[str]:
        """The claim, in words."""
        if self.most is None:
            first = ("Claim: every past temporal formula for this language, if there is one, has "
                     f"at least {self.least} distinct subformulas,")
        else:
            number = str(self.least) if self.least == self.most else f"{self.least} to {self.most}"
            first = (f"Claim: the smallest past temporal formula for this language has {number} "
                     "distinct subformulas,")
        return [first,
                f"  with letters and the operators {' '.join(self.operators) or '(none)'}; strict, "
                "read at the end position.",
                f"  no smaller one: {self.how}",
                "  the language is that of this automaton:",
                *(f"  {line}" for line in describe_automaton(self.automaton))]

    def plain(self) -> dict[str, Any]:
        """The claim as JSON."""
        return {"language": {"alphabet": list(self.automaton.alphabet),
                             "states": self.automaton.states, "start": self.automaton.start,
                             "accept": sorted(self.automaton.accept),
                             "delta": [list(row) for row in self.automaton.delta]},
                "operators": list(self.operators), "least": self.least, "most": self.most,
                "kind": self.kind}


def check(value: object) -> CheckedFormulaSize:
    """What a certificate of this kind proves; `value` is parsed JSON.

    Raises:
        Rejected: it does not prove its claim; says where.
    """
    claimed, found = outer(value, KIND)
    claim = record(claimed, "claim", ("language", "operators", "least", "most"))
    automaton = parse_automaton(claim["language"], "claim.language")
    operators = _operators(claim["operators"])
    least = integer(claim["least"], "claim.least", 0, MAX_LEAST + 1)
    data = record(found, "data", ("formula", "words", "proof"))
    most = None
    if claim["most"] is not None:
        most = integer(claim["most"], "claim.most", least, MAX_MOST + 1)
        nodes = _formula(data["formula"], automaton, operators, most)
        _check_equal(nodes, automaton)
    elif data["formula"] is not None:
        reject("formula-without-bound", data["formula"], "data.formula", "null, without a bound")
    how = _check_least(data["words"], data["proof"], automaton, operators, least)
    return CheckedFormulaSize(automaton, operators, least, most, how)


def _operators(data: object) -> tuple[str, ...]:
    names = [string(name, f"claim.operators[{k}]")
             for k, name in enumerate(items(data, "claim.operators"))]
    for name in names:
        if name not in ARITY:
            reject("unknown-operator", name, "claim.operators", "one of " + ", ".join(ARITY))
    if names != [name for name in ARITY if name in names]:
        reject("not-sorted", names, "claim.operators", "each once, in the order of the list above")
    return tuple(names)


def _formula(data: object, automaton: Automaton, operators: tuple[str, ...],
             most: int) -> list[Node]:
    """The nodes of a formula."""
    listed = items(data, "data.formula")
    if not 1 <= len(listed) <= most:
        reject("wrong-size", listed, "data.formula", f"1 to {most} nodes")
    nodes: list[Node] = []
    for k, node in enumerate(listed):
        path = f"data.formula[{k}]"
        parts = items(node, path)
        name = string(parts[0] if parts else None, f"{path}[0]")
        if name != "letter" and name not in operators:
            reject("operator-not-claimed", name, f"{path}[0]", "letter or an operator of the claim")
        arity, bound = (1, automaton.letters) if name == "letter" else (ARITY[name], k)
        nodes.append((name, tuple(integers(parts[1:], path, 0, bound, arity))))
    return nodes


def _check_equal(nodes: list[Node], automaton: Automaton) -> None:
    """Formula and automaton agree on all words: go through all values that occur."""
    temporal = [k for k, (name, _) in enumerate(nodes) if name in ("Y", "P", "S")]
    first = (automaton.start, (False,) * len(temporal))
    at_once = len(nodes) * (automaton.letters + 1)
    most = min(MAX_VALUES, MAX_WORK // at_once)
    seen = {first}
    queue = [first]
    for state, remembered in queue:
        before = dict(zip(temporal, remembered, strict=True))
        if _values(nodes, before, None)[-1] != (state in automaton.accept):
            reject("wrong-formula", f"state {state}", "data.formula", "a formula that holds after "
                   "the same words as the automaton accepts; after some word that leads to this "
                   "state it differs")
        for a in range(automaton.letters):
            values = _values(nodes, before, a)
            after = (automaton.delta[state][a],
                     tuple(_remember(nodes[k], values, values[k]) for k in temporal))
            if after not in seen:
                if len(seen) >= most:
                    reject("too-many-values", len(seen) + 1, "data.formula", f"at most {most} "
                           f"pairs of a state and values, with {len(nodes)} nodes and "
                           f"{automaton.letters} letters")
                seen.add(after)
                queue.append(after)


def _values(nodes: list[Node], before: dict[int, bool], letter: int | None) -> list[bool]:
    """The values of all nodes at a position with this letter, or at the end position."""
    values: list[bool] = []
    for k, (name, args) in enumerate(nodes):
        if name == "letter":
            values.append(args[0] == letter)
        elif name == "true":
            values.append(True)
        elif name == "not":
            values.append(not values[args[0]])
        elif name == "and":
            values.append(values[args[0]] and values[args[1]])
        elif name == "or":
            values.append(values[args[0]] or values[args[1]])
        else:
            values.append(before[k])
    return values


def _remember(node: Node, values: list[bool], own: bool) -> bool:
    """The value of a temporal node at the next position."""
    name, args = node
    if name == "Y":
        return values[args[0]]
    if name == "P":
        return values[args[0]] or own
    return values[args[1]] or (values[args[0]] and own)


def _check_least(words: object, proof: object, automaton: Automaton, operators: tuple[str, ...],
                 least: int) -> str:
    """How it was shown that no smaller formula exists, in words."""
    sample: list[tuple[int, ...]] = []
    total = 0
    for k, word in enumerate(items(words, "data.words")):
        letters = integers(word, f"data.words[{k}]", 0, automaton.letters)
        total += len(letters) + 1
        if total > MAX_LETTERS:
            reject("too-many-letters", total, "data.words", f"at most {MAX_LETTERS} in all")
        sample.append(tuple(letters))
    if least <= 1:
        if proof is not None or sample:
            reject("nothing-to-prove", proof, "data.proof", "no words and null, with a least size "
                   "of at most 1")
        return "every formula has a subformula"
    member = [automaton.run(automaton.start, [(1, list(word))]) in automaton.accept
              for word in sample]
    literals = most_literals(automaton.letters, total, least - 1)
    if literals > MAX_LITERALS:
        reject("too-many-clauses", literals, "data.words", f"at most {MAX_LITERALS} literals in "
               "clauses, as bounded before they are made: fewer letters, or a smaller claim")
    cnf = encode(automaton.letters, operators, sample, member, least - 1)
    found = check_refutation(cnf.clauses, cnf.variables, string(proof, "data.proof"), "data.proof")
    return f"{len(sample)} words, a proof of {found.steps} steps"
