"""From automata to regular expressions, by eliminating states (Brzozowski, McCluskey 1963).

The order matters most for the length. States are taken by the length that their elimination adds
(Delgado, Morais 2004), with ties and near ties broken in several ways, from the minimal automaton
and from that of the reversal; the shortest result is kept. Only letters, classes, `|`, `*`, `+`,
`?` and brackets are used. Every result is parsed and compared with the automaton.
"""

from __future__ import annotations

import random
from collections import defaultdict
from typing import Final, TypeAlias
from weakref import WeakValueDictionary

from languages.dfa import DFA
from languages.errors import InputError
from languages.limits import Limits
from languages.operations import reverse
from languages.regex.compiler import regex_to_dfa
from languages.regex.parser import META

TRIALS: Final = 12
MAX_STATES: Final = 400
"""Automata with more states are refused: the cubic elimination would take minutes."""
RANGE: Final = 4  # letters in a row from which on a class is written with "-"


class Term:
    """An expression. There is one object for each expression, made by `term`.

    `rank` is 0 for a union, 1 for a concatenation, 2 for a repetition, 3 for an atom; `nullable`
    says whether the empty word belongs to it, `length` counts the characters of its text, which
    may be too long to be written: terms share their parts.
    """

    __slots__ = ("__weakref__", "kind", "length", "letters", "nullable", "parts", "rank")

    def __init__(self, kind: str, parts: tuple[Term, ...], letters: frozenset[str]) -> None:
        self.kind = kind
        self.parts = parts
        self.letters = letters
        self.rank = {"|": 0, ".": 1, "*": 2, "+": 2, "?": 2}.get(kind, 3) if parts else 3
        self.nullable: bool = (
            any(part.nullable for part in parts) if kind == "|" else
            kind in ("*", "?") or (kind in (".", "+") and all(part.nullable for part in parts)))
        if kind == "letters":
            self.length = len(_class(letters))
        elif not parts:
            self.length = 2
        else:
            self.length = sum(part.length + 2 * (part.rank < self.least) for part in parts)
            self.length += len(parts) - 1 if kind == "|" else kind in ("*", "+", "?")

    @property
    def least(self) -> int:
        """The rank from which on parts need no brackets."""
        return {"|": 1, ".": 2}.get(self.kind, 3)

    def text(self) -> str:
        """The expression as `languages.regex` reads it."""
        out: list[str] = []
        todo: list[Term | str] = [self]
        while todo:
            here = todo.pop()
            if isinstance(here, str):
                out.append(here)
            elif here.kind == "letters":
                out.append(_class(here.letters))
            elif not here.parts:
                out.append("()")
            else:
                row: list[Term | str] = []
                for i, part in enumerate(here.parts):
                    if i and here.kind == "|":
                        row.append("|")
                    row += ["(", part, ")"] if part.rank < here.least else [part]
                if here.kind in "*+?":
                    row.append(here.kind)
                todo += reversed(row)
        return "".join(out)


_TERMS: WeakValueDictionary[tuple[str, tuple[Term, ...], frozenset[str]], Term] = (
    WeakValueDictionary())


def term(kind: str, *parts: Term, letters: frozenset[str] = frozenset()) -> Term:
    """The term of this kind; the same object for the same parts."""
    key = kind, parts, letters
    found = _TERMS.get(key)
    if found is None:
        found = _TERMS[key] = Term(*key)
    return found


EMPTY: Final = term(".")
"""The empty word. There is no term for the empty set: edges that are not there are left out."""
Edges: TypeAlias = dict[int, dict[int, Term]]


def to_regex(dfa: DFA, limits: Limits | None = None) -> str:
    """A regular expression for the language, over the letters of the DFA.

    Letters that it does not mention have to be given as the alphabet when it is read. Raises
    `InputError` for letters that are not single characters, and when the automaton or the
    expression is too large.
    """
    limits = limits or Limits()
    for letter in dfa.alphabet:
        if len(letter) > 1:
            raise InputError(f"regex: the letter {letter!r} has several characters, expected "
                             "letters of one: write JSON or AT&T text")
    dfa = dfa.minimal()
    if dfa.states > MAX_STATES:
        raise InputError(f"regex: {dfa.states} states, expected at most {MAX_STATES}: write JSON "
                         "or AT&T text")
    found = _shortest(dfa, limits)
    # No word: an intersection is the only way to say so with letters alone.
    text = found.text() if found is not None else f"{_class(frozenset(dfa.alphabet[:1]))}&()"
    if len(text) > limits.max_regex_length:
        _too_long(limits)
    if not regex_to_dfa(text, dfa.alphabet, limits).same_language(dfa):
        raise RuntimeError("the expression is not that of the automaton")
    return text


def _too_long(limits: Limits) -> None:
    raise InputError(f"regex: more than {limits.max_regex_length} characters, which is as much as "
                     "is read: write JSON or AT&T text")


# -- terms --------------------------------------------------------------------------------------


def _class(letters: frozenset[str]) -> str:
    """One of these letters."""
    ordered = sorted(letters)
    if len(ordered) == 1:
        return _escaped(ordered[0], META)
    parts: list[str] = []
    i = 0
    while i < len(ordered):
        j = i
        while (j + 1 < len(ordered) and ord(ordered[j + 1]) == ord(ordered[j]) + 1
               and ordered[j + 1].isalnum() and ordered[i].isalnum()):
            j += 1
        if j - i + 1 >= RANGE:
            parts.append(f"{ordered[i]}-{ordered[j]}")
            i = j + 1
        else:
            parts.append(_escaped(ordered[i], frozenset("[]\\^-")))
            i += 1
    return "[" + "".join(parts) + "]"


def _escaped(letter: str, marks: frozenset[str]) -> str:
    return "\\" + letter if letter in marks or letter.isspace() else letter


def _union(terms: list[Term]) -> Term:
    """The union; single letters become a class, common ends are written once."""
    letters: set[str] = set()
    found: dict[Term, None] = {}
    optional = False
    for one in terms:
        for part in one.parts if one.kind == "|" else (one,):
            if part.kind == "letters":
                letters |= part.letters
            elif part is EMPTY:
                optional = True
            elif part.kind == "?":
                optional = True
                found[part.parts[0]] = None
            else:
                found[part] = None
    if letters:
        found = {term("letters", letters=frozenset(letters)): None, **found}
    parts = list(found)
    if optional and (plus := next((p for p in parts if p.kind == "+"), None)) is not None:
        parts[parts.index(plus)] = term("*", *plus.parts)
    if not parts:
        return EMPTY
    made = _factored(parts)
    return made if not optional or made.nullable else _optional(made)


def _optional(x: Term) -> Term:
    return term("*", *x.parts) if x.kind == "+" else term("?", x)


def _factored(parts: list[Term]) -> Term:
    """xy | xz as x(y|z), and the same for common ends, where that is shorter."""
    if len(parts) == 1:
        return parts[0]
    plain = term("|", *parts)
    for side in (0, -1):
        groups: dict[Term, list[Term]] = defaultdict(list)
        for part in parts:
            groups[_row(part)[side]].append(part)
        if len(groups) == len(parts):
            continue
        made = []
        for end, members in groups.items():
            if len(members) == 1:
                made.append(members[0])
                continue
            rest = _union([_concatenation(_row(m)[1:] if side == 0 else _row(m)[:-1])
                           for m in members])
            made.append(_concatenation([end, rest] if side == 0 else [rest, end]))
        shorter = _union(made) if len(made) > 1 else made[0]
        if shorter.length < plain.length:
            return shorter
    return plain


def _row(x: Term) -> tuple[Term, ...]:
    return x.parts if x.kind == "." and x.parts else (x,)


def _concatenation(terms: list[Term] | tuple[Term, ...]) -> Term:
    """One after the other; x x* becomes x+, and x* x? and the like x*."""
    row: list[Term] = []
    for one in terms:
        for part in one.parts if one.kind == "." else (one,):
            row.append(part)
            while len(row) > 1 and (merged := _merged(row[-2], row[-1])) is not None:
                row[-2:] = [merged]
    # x1 x2 (x1 x2)* and (x1 x2)* x1 x2
    i = 0
    while i < len(row):
        if row[i].kind == "*":
            inner = _row(row[i].parts[0])
            n = len(inner)
            if n > 1 and tuple(row[max(0, i - n):i]) == inner:
                row[i - n:i + 1] = [term("+", *row[i].parts)]
                i -= n
            elif n > 1 and tuple(row[i + 1:i + 1 + n]) == inner:
                row[i:i + 1 + n] = [term("+", *row[i].parts)]
        i += 1
    return row[0] if len(row) == 1 else term(".", *row)


def _merged(x: Term, y: Term) -> Term | None:
    """One term for two repetitions of the same, None if there is none."""
    for one, other in ((x, y), (y, x)):
        if one.kind in ("*", "+"):
            base = one.parts[0]
            if other is base:
                return term("+", base) if one.kind == "*" else None
            if other.kind in ("*", "?") and other.parts[0] is base:
                return one
            if other.kind == "+" and other.parts[0] is base and one.kind == "*":
                return other
    return None


def _star(x: Term | None) -> Term:
    """Any number of times."""
    if x is None or x is EMPTY:
        return EMPTY
    if x.kind in ("*", "+", "?"):
        return _star(x.parts[0]) if x.kind == "?" else term("*", *x.parts)
    if x.kind == "|":
        parts = [part.parts[0] if part.kind in ("*", "+", "?") else part for part in x.parts]
        if parts != list(x.parts):
            return _star(_union(parts))
    if x.kind == "." and x.nullable:  # (x* y*)* is (x|y)*
        return _star(_union([part.parts[0] if part.kind in ("*", "+", "?") else part
                             for part in x.parts]))
    return term("*", x)


# -- elimination --------------------------------------------------------------------------------


def _shortest(dfa: DFA, limits: Limits) -> Term | None:
    """The shortest of several tries; None for the empty language."""
    best: Term | None = None
    forth = _edges(dfa)
    if not forth[1]:
        return None
    tries = [(forth, False)]
    if dfa.states <= MAX_STATES // 4:
        back = reverse(dfa, limits)
        if back.states <= 2 * dfa.states:
            tries.append((_edges(back), True))
    most = 4 * limits.max_regex_length
    trials = TRIALS if dfa.states <= 30 else 2
    for trial in range(trials):
        for (states, edges), mirrored in tries:
            found = _eliminated(states, edges, random.Random(trial), trial > 0, mirrored, most)
            if found is not None and (best is None or found.length < best.length):
                best = found
                most = found.length
    if best is None:
        _too_long(limits)
    return best


def _edges(dfa: DFA) -> tuple[int, Edges]:
    """States that matter, with a start and an end of their own; single edges are classes."""
    live = {int(q) for q in dfa.accept.nonzero()[0]}
    before: dict[int, set[int]] = defaultdict(set)
    for q, row in enumerate(dfa.table):
        for r in row:
            before[r].add(q)
    todo = list(live)
    while todo:
        for q in before[todo.pop()] - live:
            live.add(q)
            todo.append(q)
    start, end = dfa.states, dfa.states + 1
    edges: Edges = {start: {}} if dfa.start not in live else {start: {dfa.start: EMPTY}}
    for q in sorted(live):
        letters: dict[int, set[str]] = defaultdict(set)
        for letter, r in zip(dfa.alphabet, dfa.table[q], strict=True):
            if r in live:
                letters[r].add(letter)
        edges[q] = {r: term("letters", letters=frozenset(found)) for r, found in letters.items()}
        if dfa.accept[q]:
            edges[q][end] = EMPTY
    return dfa.states, edges if edges[start] else {}


def _eliminated(states: int, given: Edges, rng: random.Random, varied: bool, mirrored: bool,
                most: int) -> Term | None:
    """The expression between start and end; None if it gets longer than `most`."""
    start, end = states, states + 1
    after: Edges = {q: dict(row) for q, row in given.items()}
    before: dict[int, set[int]] = defaultdict(set)
    for q, row in after.items():
        for r in row:
            before[r].add(q)
    left = set(after) - {start}
    while left:
        weights = {q: _weight(q, after, before) * (rng.uniform(1, 1.5) if varied else 1)
                   for q in left}
        q = min(left, key=lambda q: (weights[q], q))
        left.discard(q)
        loop = _star(after[q].pop(q, None))
        before[q].discard(q)
        for p in before[q]:
            incoming = after[p].pop(q)
            for r, outgoing in after[q].items():
                way = [incoming, loop, outgoing]
                made = _concatenation(way[::-1] if mirrored else way)
                if r in after[p]:
                    made = _union([after[p][r], made])
                if made.length > most:
                    return None
                after[p][r] = made
                before[r].add(p)
        for r in after.pop(q):
            before[r].discard(q)
    return after[start][end]


def _weight(q: int, after: Edges, before: dict[int, set[int]]) -> float:
    """How much longer the expressions get in all (Delgado, Morais 2004)."""
    incoming = [after[p][q].length for p in before[q] if p != q]
    outgoing = [x.length for r, x in after[q].items() if r != q]
    loop = after[q][q].length if q in after[q] else 0
    return (sum(incoming) * (len(outgoing) - 1) + sum(outgoing) * (len(incoming) - 1)
            + loop * (len(incoming) * len(outgoing) - 1))
