"""Certificates of kind "perfect-group": the syntactic monoid contains an unsolvable group.

Data: words u, v; `set`, a list of distinct states R; `generators`, words g_1..g_k that each map R
onto R, with k >= 1; a `program` of permutations of R that starts from the k generators and adds a
product ["*", i, j] or an inverse ["-", i] of earlier entries at each step; `commutators`, for each
generator a list of pairs [x, y] of entries with g_i the product of the x^-1 y^-1 x y;
`moved`, the number of a generator. With q = start.u: q is in R, and exactly one of q.v and
(q.g).v accepts, where g is the moved generator. (Numbers start from 0.)

Soundness, for any complete automaton of L. The permutations of R that the words over g_1..g_k
induce are a group G, since R is finite. G is perfect: its generators are in [G, G]. Let
O = q.G, states that can be reached, and call two of them equivalent if they accept the same
words. Words respect this relation, so G acts on the classes; the image G' of G in the
permutations of the classes is perfect, and not trivial as g moves the class of q to another
one. A word acts on the classes of O as its syntactic image does. So the submonoid of the
syntactic monoid that the images of g_1..g_k generate maps onto G'. A group that is the image of
a submonoid of a finite monoid is the image of a group in it; a solvable group has no image that
is perfect and not trivial. So the syntactic monoid contains an unsolvable group. QED

(The language is then hard for NC1 under projections: Barrington 1989.)
"""

from __future__ import annotations

from proofs.checkers.automaton import parse_word
from proofs.checkers.claim import Claim
from proofs.checkers.permutation import Permutation, identity, inverse, product
from proofs.checkers.rejection import distinct, integer, integers, items, record, reject

FIELDS = ("u", "v", "set", "generators", "program", "commutators", "moved")


def check(claim: Claim, data: object) -> None:
    """Accept by returning, or reject."""
    fields = record(data, "data", FIELDS)
    automaton = claim.automaton
    u, v = (parse_word(fields[name], f"data.{name}", automaton) for name in ("u", "v"))
    listed = distinct(integers(fields["set"], "data.set", 0, automaton.states), "data.set")
    index = {q: x for x, q in enumerate(listed)}
    generators = items(fields["generators"], "data.generators")
    words = [parse_word(g, f"data.generators[{i}]", automaton) for i, g in enumerate(generators)]
    entries: list[Permutation] = []
    for i, word in enumerate(words):
        image = [automaton.run(q, word) for q in listed]
        if set(image) != set(listed):
            reject("not-a-permutation", image, f"data.generators[{i}]", "the set mapped to itself")
        entries.append(tuple(index[q] for q in image))
    for i, step in enumerate(items(fields["program"], "data.program")):
        entries.append(_entry(step, f"data.program[{i}]", entries))
    commutators = items(fields["commutators"], "data.commutators", len(words))
    for i, pairs in enumerate(commutators):
        path = f"data.commutators[{i}]"
        if _commutators(pairs, path, entries, len(listed)) != entries[i]:
            reject("not-the-generator", pairs, path, f"commutators whose product is generator {i}")
    moved = integer(fields["moved"], "data.moved", 0, len(words))
    q = automaton.run(automaton.start, u)
    if q not in index:
        reject("outside-the-set", q, "data.u", "a word that leads into the set")
    if not automaton.separates(q, automaton.run(q, words[moved]), v):
        reject("not-separated", fields["v"], "data.v", f"a word that separates q from q.g_{moved}")


def _entry(value: object, path: str, entries: list[Permutation]) -> Permutation:
    """The permutation of one step of the program."""
    step = items(value, path)
    operation = step[0] if step else None
    if operation not in ("*", "-"):
        reject("unknown-operation", operation, path, '"*" or "-" in the first place')
    items(value, path, 3 if operation == "*" else 2)
    first = entries[integer(step[1], f"{path}[1]", 0, len(entries))]
    if operation == "-":
        return inverse(first)
    return product(first, entries[integer(step[2], f"{path}[2]", 0, len(entries))])


def _commutators(
    value: object, path: str, entries: list[Permutation], degree: int
) -> Permutation:
    """The product of the commutators x^-1 y^-1 x y of the listed pairs of entries."""
    result = identity(degree)
    for j, pair in enumerate(items(value, path)):
        x, y = (entries[k] for k in integers(pair, f"{path}[{j}]", 0, len(entries), 2))
        swapped = product(inverse(x), inverse(y))
        result = product(result, product(swapped, product(x, y)))
    return result
