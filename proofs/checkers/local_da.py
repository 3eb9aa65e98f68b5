"""Certificates about two-variable logic with more than the order: FO2[<,+1] and FO2[<,MOD].

Let S be the syntactic image of the words that are not empty. A language is in FO2[<,+1] iff eSe is
in DA for all idempotents e of S (Therien and Wilke 1998; Almeida 1996). It is in FO2[<,MOD],
two variables with the order and positions modulo m, iff its stable semigroup is in DA (Dartois and
Paperman 2013): the image T of Sigma^s for an s > 0 with eta(Sigma^s) = eta(Sigma^2s), where eta is
the syntactic morphism; then also T = eta(Sigma^ms) for all m > 0.

A finite semigroup is in DA iff all its regular elements x (those with x = xyx for some y in it) are
idempotent (Schuetzenberger 1976). Then g x g = g for an idempotent g = (yx)^n and large n: x is a
factor of g.

"locally-in-da", data: a bound `elements` on the transition semigroup. For the idempotents e of
`proofs.checkers.semigroup`, all regular elements of eSe are idempotent there.

"stably-in-da", data: the same. All elements x with x = xyx for some y that words of length s give
are idempotent, for an s for which words of length s and 2s give the same elements.

Soundness. What is shown of the transition semigroup passes to its quotient, the syntactic one: each
idempotent is the image of an idempotent, eSe of a local semigroup eSe, T of the stable semigroup;
and DA is closed under quotients.

"local-da-pattern", data: words u, e, x, y, v, e not empty. With p = start.u, q = p.x: p.yx = p and
q.yx = q; e fixes p, p.y, q and q.y; and exactly one of p.v and q.v accepts.

Soundness. Let E be the idempotent power of the image of e, X = ExE and Y = EyE in ESE. They lead
from these states where x and y do. If ESE were in DA, (YX)^n X (YX)^n = (YX)^n for large n; but
u (YX)^n v leads to p.v, and u (YX)^n X (YX)^n v to q.v. QED

"stable-da-pattern", data: words u, e, x, y, v with |e| = |x| = |y| > 0. With p = start.u, q = p.x:
p.yx = p and q.yx = q; e fixes p and q; and exactly one of p.v and q.v accepts.

Soundness. With s as above X = x e^(s-1) and Y = e^(s-1) y have length s|e|, so that their images
are in T. They lead from p, p.y, q, q.y where x and y do, and the end is as before. QED

The kinds "alphabet-levels" (of FO2[<]), "periodic-order" (of LTL[P,MOD], inside FO2[<,MOD]),
"piecewise-testable" and "local-order" (dot-depth one, inside FO2[<,+1]) show more. FO2[<,+1] is
inside FO[<], and "counting" excludes from it; FO2[<,MOD] is inside FO[<,MOD], from which
"same-length-counting" excludes.
"""

from __future__ import annotations

from proofs.checkers.automaton import Automaton, Word, length, parse_word
from proofs.checkers.claim import Claim
from proofs.checkers.ends import check_loop
from proofs.checkers.rejection import record, reject
from proofs.checkers.semigroup import Semigroup, parse_semigroup


def check_local(claim: Claim, data: object) -> None:
    """Accept a certificate that the language is in FO2[<,+1] by returning, or reject."""
    semigroup = parse_semigroup(claim.automaton, data)
    for e in semigroup.representatives():
        _check_regular(semigroup, semigroup.between(e, e))


def check_stable(claim: Claim, data: object) -> None:
    """Accept a certificate that the language is in FO2[<,MOD] by returning, or reject."""
    semigroup = parse_semigroup(claim.automaton, data)
    layer = frozenset(semigroup.letters)
    layers = [layer]
    first = {layer: 0}
    while True:
        semigroup.spend(8 * len(layer) * len(semigroup.letters))  # for memory, too
        layer = frozenset(y for x in layer for y in semigroup.right[x])
        if layer in first:
            break
        first[layer] = len(layers)
        layers.append(layer)
    # layers[t - 1] belongs to the words of length t; from `again` + 1 on they come periodically.
    again = first[layer]
    period = len(layers) - again
    stable = layers[period * (again // period + 1) - 1]
    _check_regular(semigroup, sorted(stable))


def _check_regular(semigroup: Semigroup, elements: list[int]) -> None:
    """Reject unless those of the elements are idempotent that are regular among them."""
    for x in elements:
        row = semigroup.row(x)
        if row[x] == x:
            continue
        semigroup.spend(len(elements))
        for y in elements:
            if semigroup.row(row[y])[x] == x:
                reject("not-idempotent", x, "data", "regular elements that are idempotent")


def check_local_pattern(claim: Claim, data: object) -> None:
    """Accept a certificate that the language is not in FO2[<,+1] by returning, or reject."""
    automaton = claim.automaton
    fields = record(data, "data", tuple("uexyv"))
    u, e, x, y, v = (parse_word(fields[w], f"data.{w}", automaton) for w in "uexyv")
    p, q = _turns(automaton, u, x, y)
    check_loop(automaton, "e", e, (p, q, automaton.run(p, y), automaton.run(q, y)))
    _check_separated(automaton, p, q, v)


def check_stable_pattern(claim: Claim, data: object) -> None:
    """Accept a certificate that the language is not in FO2[<,MOD] by returning, or reject."""
    automaton = claim.automaton
    fields = record(data, "data", tuple("uexyv"))
    u, e, x, y, v = (parse_word(fields[w], f"data.{w}", automaton) for w in "uexyv")
    for name, word in (("x", x), ("y", y)):
        if length(word) != length(e):
            reject("unequal-lengths", length(word), f"data.{name}",
                   f"the length of e, {length(e)}")
    p, q = _turns(automaton, u, x, y)
    check_loop(automaton, "e", e, (p, q))
    _check_separated(automaton, p, q, v)


def _turns(automaton: Automaton, u: Word, x: Word, y: Word) -> tuple[int, int]:
    """p = start.u and q = p.x, both of which yx leads back to themselves."""
    p = automaton.run(automaton.start, u)
    q = automaton.run(p, x)
    for state in (p, q):
        end = automaton.run(automaton.run(state, y), x)
        if end != state:
            reject("not-a-cycle", end, "data.y", f"the state {state} again after y and x")
    return p, q


def _check_separated(automaton: Automaton, p: int, q: int, v: Word) -> None:
    if not automaton.separates(p, q, v):
        reject("not-separated", len(v), "data.v", "a word that separates p from p.x")
