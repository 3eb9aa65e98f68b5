"""Certificates of kind "c-rasp" and "c-rasp-partition": the language is, or is not, in C-RASP.

C-RASP, or TL[#], has the formulas a (the letter here is a), not, and, and the counting tests c_1
#[F_1] + ... + c_m #[F_m] >= b with integers c_i, b, where #[F] is the number of earlier positions
at which F holds. (Counting the present position too changes nothing, by induction on F: whether F
holds here is a formula.) A formula is read after the last letter for C-RASP@eos, and at the last
letter for C-RASP@last, which does not tell L from L without the empty word. A *label* (a, c) is a
letter a with the class c of the state in which it is read; p.a is the state to which it leads.

"c-rasp", data: a number `rank[q]` for each state that never falls along a transition, and lists
`values` of integers V_1(q), ..., V_m(q). The class of q in round i consists of rank[q] and
V_1(q), ..., V_(i-1)(q). For transitions p -> p.a between states of equal rank, the gain V_i(p.a)
- V_i(p) depends on the label of the transition in round i only; call it X_i(label). In round m +
1 no two states have one class; for C-RASP@last: none that some letter leads to different states.

Soundness, for any complete automaton of L. A *block* is the set of states of one rank; a run
enters each at most once, from blocks of smaller rank. By induction on the rank we define, for
each class C of round m + 1, a formula that holds at a position iff the run is in C before it
reads the letter there. Together with the letter it shows the next state. So formulas show whether
the run has entered the next block at an earlier position, and in which state p (or it started
there). While it has not left the block, V_1(q) - V_1(p) is the sum over the labels l of X_1(l)
times the number of positions with label l since the entrance, that is, positions that have the
entrance before them. Two counting tests say whether V_1(q) = v. With the classes that this shows,
another one says whether V_2(q) = v, and so on. The run has left the block iff at an earlier
position since the entrance these formulas showed a class that the letter there leads out of the
block: until the run leaves the block the formulas are right. So after the last letter the class
is known, hence whether q accepts; and at the last letter the state that it leads to. QED

"c-rasp-partition", data: a word u, a list `states` of distinct states (the set W), a class for
each (`classes`), a list [d, terms] for each (`combinations`), a `pair` of indices into W, and a
word v. W is strongly connected by transitions inside W. Let V(q) and X(l) be unknowns for states
and labels. For p in W, and r the first state of its class, d >= 1 times V(p) - V(r) is the sum of
c (V(t.a) - V(t) - X(label)) over the terms [t, a, c], where t is an index into W and t.a is in W.
The state start.u is in W; the pair has one class, and exactly one of its states accepts after v.
For C-RASP@last, v is not empty.

Soundness, for any complete automaton of L. Suppose a formula defines L, and let b = start.u. For
a walk w in W and numbers X(l), let X(w) be their sum along w. If X(w) = 0 for all closed walks,
call X *balanced*: V(q) = X(walk from b to q) is well defined with V(t.a) - V(t) - X(label) = 0,
so that V is constant on classes. If the truth of each F_i in a counting test is a function of the
label, then the test gains c_1 F_1(l) + ... + c_m F_m(l) with each label l; so only finitely many
X can come from tests in the formula. Pick a closed walk z at b with X(z) != 0 for all of these
that are not balanced: a product of suitable powers of closed walks is one (empty, if all are).

Claim: for each subformula F there is a function f of labels such that for each B and all large M,
F is f(label) at each position of x in u z^M x, if x leads from b along a walk in W of length at
most B. For letters and Boolean combinations that is clear. Let F be a test on the sum T. By
induction T gains X(label), for an X as above, at the positions of x and of all copies of z but
the first few. If X is not balanced, T is M X(z) up to a bounded amount, so that F is true for all
large M or false for all. If it is, then X(z) = 0, and T is a constant plus V(q): a function of
the class of q.

Now let p and q be the pair, x and y words from b to them inside W. By induction each subformula
has for all large M the same truth at corresponding positions of v, and after v, in the two words
u z^M x v and u z^M y v: a sum T that is balanced is the same after u z^M x and u z^M y, since
V(p) = V(q), any other is far from the bound of its test, on the same side; and then both gain the
same. But exactly one of the words is in L. QED

The refinement behind both: Yang, Veseli, Barloy et al. (2026), appendix J.
"""

from __future__ import annotations

from collections import Counter

from proofs.checkers.automaton import Automaton, parse_word
from proofs.checkers.claim import Claim
from proofs.checkers.rejection import HUGE, distinct, integer, integers, items, record, reject


def check_values(claim: Claim, data: object) -> None:
    """Accept a certificate that the language is in C-RASP by returning, or reject."""
    fields = record(data, "data", ("rank", "values"))
    automaton = claim.automaton
    n = automaton.states
    classes = integers(fields["rank"], "data.rank", 0, length=n)
    for q, row in enumerate(automaton.delta):
        for a, r in enumerate(row):
            if classes[r] < classes[q]:
                expected = f"at least rank[{q}] = {classes[q]}, as letter {a} leads there"
                reject("rank-falls", classes[r], f"data.rank[{r}]", expected)
    rank = classes
    for i, listed in enumerate(items(fields["values"], "data.values")):
        path = f"data.values[{i}]"
        values = integers(listed, path, 1 - HUGE, HUGE, n)
        gains: dict[tuple[int, int], int] = {}
        for q, row in enumerate(automaton.delta):
            for a, r in enumerate(row):
                gain = values[r] - values[q]
                if rank[r] == rank[q] and gains.setdefault((a, classes[q]), gain) != gain:
                    expected = f"the gain {gains[a, classes[q]]} of letter {a} from state {q}"
                    reject("unequal-gains", gain, f"{path}[{r}]", expected)
        names: dict[tuple[int, int], int] = {}
        pairs = zip(classes, values, strict=True)
        classes = [names.setdefault(pair, len(names)) for pair in pairs]
    first: dict[int, int] = {}
    for q, c in enumerate(classes):
        r = first.setdefault(c, q)
        alike = claim.algebraic_class == "C-RASP@last" and automaton.delta[q] == automaton.delta[r]
        if r != q and not alike:
            reject("not-told-apart", q, "data.values", f"values that tell this state from {r}")


def check_partition(claim: Claim, data: object) -> None:
    """Accept a certificate that the language is not in C-RASP by returning, or reject."""
    fields = record(data, "data", ("u", "states", "classes", "combinations", "pair", "v"))
    automaton = claim.automaton
    u, v = (parse_word(fields[x], f"data.{x}", automaton) for x in "uv")
    states = integers(fields["states"], "data.states", 0, automaton.states)
    place = {q: i for i, q in enumerate(distinct(states, "data.states"))}
    q = automaton.run(automaton.start, u)
    if q not in place:
        reject("outside-the-set", q, "data.u", "a word that leads into the set")
    _check_connected(automaton, states)
    classes = integers(fields["classes"], "data.classes", 0, length=len(states))
    first: dict[int, int] = {}
    combinations = items(fields["combinations"], "data.combinations", len(states))
    for i, combination in enumerate(combinations):
        r = first.setdefault(classes[i], i)
        _check_combination(automaton, states, place, classes, (i, r), combination)
    i, j = integers(fields["pair"], "data.pair", 0, len(states), 2)
    if classes[i] != classes[j]:
        reject("unequal-classes", fields["pair"], "data.pair", "two states of one class")
    if not v and claim.algebraic_class == "C-RASP@last":
        reject("empty-word", fields["v"], "data.v", "a word that is not empty")
    if not automaton.separates(states[i], states[j], v):
        reject("not-separated", fields["v"], "data.v", "a word that separates the pair")


def _check_connected(automaton: Automaton, states: list[int]) -> None:
    """Reject unless transitions inside the set lead from its first state to all and back."""
    inside = set(states)
    forward: dict[int, set[int]] = {q: inside.intersection(automaton.delta[q]) for q in states}
    backward: dict[int, set[int]] = {q: set() for q in states}
    for q, targets in forward.items():
        for r in targets:
            backward[r].add(q)
    for graph, direction in ((forward, "from"), (backward, "to")):
        found = [states[0]]
        seen = {states[0]}
        for q in found:
            found.extend(graph[q] - seen)
            seen |= graph[q]
        if len(seen) < len(states):
            missing = min(inside - seen)
            expected = f"a path {direction} state {states[0]} inside the set"
            reject("not-connected", missing, "data.states", expected)


def _check_combination(
    automaton: Automaton,
    states: list[int],
    place: dict[int, int],
    classes: list[int],
    pair: tuple[int, int],
    value: object,
) -> None:
    """Reject unless the equations show that the pair, as indices into the set, has one value."""
    i, r = pair
    path = f"data.combinations[{i}]"
    head, listed = items(value, path, 2)
    d = integer(head, f"{path}[0]", 1)
    # The sum of the terms minus d (V(i) - V(r)); the unknowns V have one index, the X have two.
    rest: dict[tuple[int, ...], int] = Counter()
    rest[i,] -= d
    rest[r,] += d
    for j, term in enumerate(items(listed, f"{path}[1]")):
        t, a, c = integers(term, f"{path}[1][{j}]", 1 - HUGE, HUGE, 3)
        integer(t, f"{path}[1][{j}][0]", 0, len(states))
        integer(a, f"{path}[1][{j}][1]", 0, automaton.letters)
        target = automaton.delta[states[t]][a]
        if target not in place:
            reject("outside-the-set", target, f"{path}[1][{j}]", "a transition inside the set")
        rest[place[target],] += c
        rest[t,] -= c
        rest[a, classes[t]] -= c
    wrong = [unknown for unknown, coefficient in rest.items() if coefficient != 0]
    if wrong:
        expected = f"a combination that is {d} (V({states[i]}) - V({states[r]}))"
        reject("wrong-combination", wrong, path, expected)
