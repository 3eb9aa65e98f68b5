"""How many hard attention heads one layer needs for a Boolean function, whatever its width.

    {"format": "expressivity certificate", "version": 1, "kind": "one-layer-heads",
     "claim": {"length": n, "function": TABLE, "readout": "cls" | "last",
               "least": L, "most": U},
     "data": {"orders": null | [[ORDER, ...], ...], "impossible": null | PROOF}}

    TABLE: a string of 2^n characters 0 and 1, the values of the function on the words of n bits,
        in order, the first bit of a word being the most significant
    ORDER: the 2n elements 2 * position + bit, for positions 0..n-1, from the highest down
    PROOF: {"kind": "subcubes", "last": LAST} | {"kind": "lrat", "last": LAST, "proof": TEXT}
    LAST: null with the readout "cls", 0 or 1 with "last"

Claim: the least number of heads of a model that computes the function is from L to U.

The models. One layer of attention heads over n bits, any embedding of (bit, position), n known,
any width, real numbers; unique hard attention, leftmost or rightmost; then any function of what
the heads read and of the residual stream at the readout. The readout "cls" is at a position of its
own, before or after the bits, so that queries are constant; "last" is at the last bit.

What a head does. With a constant query it gives each element (bit, position) a score; with ties
between positions broken leftmost or rightmost, scores are a linear order of the 2n elements, and on
a word x the head reads the highest element of x, top(x). All orders occur, and any function of
the tops can follow. So H heads compute f if and only if H orders exist such that words with equal
tops have equal values. (A head that may look at the readout's own position is no exception:
there it learns less than from the order alone.) At the last bit the queries depend on that bit, so
there is an order for either value, and f is computed if and only if both functions of the first
n - 1 bits, f with the last bit 0 and with 1, are computed by H heads with constant queries.
A lower bound for one of them suffices, an upper bound needs both.

Upper bounds. U = n (n - 1 with "last") needs no data: each head reads one position. Otherwise
`orders` has one list of at most U orders ("last": two, for last bit 0 and 1), and the definition
is checked word by word. A function that is constant has U = 0.

Lower bounds. L = 0 needs no data. "subcubes": the function is not constant on any subcube where at
most L - 1 bits are fixed. That is enough: fix, head by head, the bit of its highest element that
the bits fixed before still permit; then L - 1 heads read the same on all of the subcube.
"lrat": a proof in the format of `proofs.lrat` that the clauses of `encode(function, L - 1)` cannot
all be true. They are made here, from the function.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from proofs.bounds.bound import CheckedBound, outer
from proofs.checkers.rejection import distinct, integer, integers, items, record, reject, string
from proofs.cnf import Cnf
from proofs.lrat import check_refutation

KIND: Final = "one-layer-heads"
READOUTS: Final = ("cls", "last")
MAX_LENGTH: Final = 10


@dataclass(frozen=True)
class CheckedHeads(CheckedBound):
    """What was proved: the least number of heads is from `least` to `most`."""

    kind = KIND
    length: int
    function: str
    readout: str
    least: int
    most: int
    how: str

    def describe(self) -> list[str]:
        """The claim, in words."""
        number = str(self.least) if self.least == self.most else f"{self.least} to {self.most}"
        place = "at a position of its own" if self.readout == "cls" else "at the last bit"
        shown = self.function if len(self.function) <= 64 else self.function[:64] + "..."
        return [f"Claim: the least number of heads is {number}, for one layer of unique hard "
                "attention of any width",
                f"  that computes this function of {self.length} bits, read {place}.",
                f"  values on the words {'0' * self.length}, {1:0{self.length}b}, ...: {shown}",
                f"  fewer do not suffice: {self.how}"]

    def plain(self) -> dict[str, Any]:
        """The claim as JSON."""
        return {"length": self.length, "function": self.function, "readout": self.readout,
                "least": self.least, "most": self.most, "kind": self.kind}


def check(value: object) -> CheckedHeads:
    """What a certificate of this kind proves; `value` is parsed JSON.

    Raises:
        Rejected: it does not prove its claim; says where.
    """
    claimed, found = outer(value, KIND)
    claim = record(claimed, "claim", ("length", "function", "readout", "least", "most"))
    length = integer(claim["length"], "claim.length", 1, MAX_LENGTH + 1)
    table = string(claim["function"], "claim.function")
    if len(table) != 2**length or not set(table) <= {"0", "1"}:
        reject("not-a-table", table, "claim.function", f"{2**length} characters 0 and 1")
    readout = string(claim["readout"], "claim.readout")
    if readout not in READOUTS:
        reject("unknown-readout", readout, "claim.readout", " or ".join(READOUTS))
    most = integer(claim["most"], "claim.most", 0, length + 1)
    least = integer(claim["least"], "claim.least", 0, most + 1)
    data = record(found, "data", ("orders", "impossible"))
    _check_orders(data["orders"], table, readout, most)
    how = _check_impossible(data["impossible"], table, readout, least)
    return CheckedHeads(length, table, readout, least, most, how)


def parts(table: str, readout: str) -> tuple[str, ...]:
    """The functions that heads with constant queries have to compute."""
    return (table,) if readout == "cls" else (table[0::2], table[1::2])


def bits(table: str) -> int:
    """The number of arguments of a function."""
    return len(table).bit_length() - 1


# ---- upper bounds ---------------------------------------------------------------------------


def _check_orders(data: object, table: str, readout: str, most: int) -> None:
    functions = parts(table, readout)
    if data is None:
        if most < bits(functions[0]):
            reject("no-orders", data, "data.orders", f"orders of {most} heads")
        return
    for k, orders in enumerate(items(data, "data.orders", len(functions))):
        path = f"data.orders[{k}]"
        listed = items(orders, path)
        if len(listed) > most:
            reject("too-many-heads", listed, path, f"at most {most} orders")
        size = 2 * bits(functions[k])
        heads = [distinct(integers(order, f"{path}[{h}]", 0, size, size), f"{path}[{h}]")
                 for h, order in enumerate(listed)]
        clash = find_clash(functions[k], heads)
        if clash is not None:
            reject("not-separated", clash, path, "words with different values that some head "
                   "tells apart")


def find_clash(table: str, orders: Sequence[Sequence[int]]) -> str | None:
    """Two words with different values on which all heads read the same; None if there are none.

    The definition, word by word.
    """
    n = bits(table)
    seen: dict[tuple[int, ...], int] = {}
    for word, value in enumerate(table):
        tops = tuple(next((e for e in order if bit(word, e // 2, n) == e % 2), -1)
                     for order in orders)
        other = seen.setdefault(tops, word)
        if table[other] != value:
            return f"{other:0{n}b} {word:0{n}b}"
    return None


def bit(word: int, position: int, n: int) -> int:
    """The bit of a word at a position; position 0 is the most significant of n."""
    return word >> (n - 1 - position) & 1


# ---- lower bounds ---------------------------------------------------------------------------


def _check_impossible(data: object, table: str, readout: str, least: int) -> str:
    """How it was shown that fewer than `least` heads do not suffice, in words."""
    if data is None:
        if least > 0:
            reject("no-proof", data, "data.impossible", "why fewer heads do not suffice")
        return "nothing to show"
    path = "data.impossible"
    kind = data.get("kind") if isinstance(data, dict) else None
    proved = record(data, path, ("kind", "last", "proof") if kind == "lrat" else ("kind", "last"))
    if kind not in ("lrat", "subcubes"):
        reject("unknown-proof", kind, f"{path}.kind", "lrat or subcubes")
    if least == 0:
        reject("nothing-to-prove", kind, path, "null, with a least number of 0")
    if readout == "cls":
        if proved["last"] is not None:
            reject("last-without-last", proved["last"], f"{path}.last", "null")
        part = table
    else:
        part = parts(table, readout)[integer(proved["last"], f"{path}.last", 0, 2)]
    if kind == "subcubes":
        constant = find_constant_subcube(part, least - 1)
        if constant is not None:
            reject("constant-subcube", constant, path, "a function that is constant on no subcube "
                   f"with {least - 1} fixed bits")
        return "the function is constant on no large subcube"
    cnf = encode(part, least - 1)
    found = check_refutation(cnf.clauses, cnf.variables, string(proved["proof"], f"{path}.proof"),
                             f"{path}.proof")
    return f"a proof of {found.steps} steps"


def find_constant_subcube(table: str, fixed: int) -> str | None:
    """A subcube with so many fixed bits on which the function is constant, `*` for free bits.

    None if there is none; then it is not constant with fewer fixed bits either.
    """
    n = bits(table)
    ones = int(table[::-1], 2)  # bit w is the value on the word w
    words = (1 << 2**n) - 1
    half = [[sum(1 << w for w in range(2**n) if bit(w, i, n) == a) for a in (0, 1)]
            for i in range(n)]
    for positions in itertools.combinations(range(n), fixed):
        for values in itertools.product((0, 1), repeat=fixed):
            cube = words
            for i, a in zip(positions, values, strict=True):
                cube &= half[i][a]
            if ones & cube in (0, cube):
                named = dict(zip(positions, values, strict=True))
                return "".join(str(named.get(i, "*")) for i in range(n))
    return None


def encode(table: str, heads: int) -> Cnf:
    """Clauses that can all be true if so many heads with constant queries compute the function.

    Three simplifications, each without loss:

    *Neighbours.* Words with equal tops agree where the tops are. If x and y have equal tops, so has
    every word between them, bit by bit one of the two; so it suffices that words which differ in
    one bit and in their value are told apart. A head tells x and x with bit i flipped apart if and
    only if one of (0, i), (1, i) is higher than all other elements of x.

    *Signs.* For a head let sign(i) be the bit of the higher of the elements of position i, and
    order positions by these higher elements. If the head tells x and x with bit i flipped apart,
    then no position j before i has x_j = sign(j): its element would be the highest of position j,
    and so higher than both elements of position i. Conversely the order in which the elements
    (sign(i), i) come first, in the order of positions, tells x and its neighbour apart in this
    case. So a head is an order of positions, and signs.

    *Names of heads.* Go through the pairs of neighbours in a fixed order. If none of the heads
    named so far tells a pair apart, give a head that does the next name. So the k-th pair is told
    apart by one of the first k heads. If the function is invariant under permutations of positions,
    first rename positions such that head 0 has the order 0, 1, 2 ...; then one of the first k + 1
    heads.

    Variables: ("before", h, i, j), i < j: for head h position i is before position j; ("sign", h,
    i); ("apart", h, x, i): head h tells the word x, where bit i is 0, from its neighbour.
    """
    n = bits(table)
    cnf = Cnf()
    symmetric = heads > 0 and _symmetric(table)

    def before(h: int, i: int, j: int) -> int:
        return cnf.variable("before", h, i, j) if i < j else -cnf.variable("before", h, j, i)

    for h in range(heads):
        for i, j, k in itertools.combinations(range(n), 3):
            cnf.add(-before(h, i, j), -before(h, j, k), before(h, i, k))
            cnf.add(before(h, i, j), before(h, j, k), -before(h, i, k))
    if symmetric:
        for i, j in itertools.combinations(range(n), 2):
            cnf.add(before(0, i, j))
    named = int(symmetric)
    for x, i in itertools.product(range(2**n), range(n)):
        if bit(x, i, n) or table[x] == table[x | 1 << (n - 1 - i)]:
            continue
        named = min(named + 1, heads)
        cnf.add(*(cnf.variable("apart", h, x, i) for h in range(named)))
        for h in range(named):
            for j in range(n):
                if j != i:
                    sign = cnf.variable("sign", h, j)
                    cnf.add(-cnf.variable("apart", h, x, i), -before(h, j, i),
                            -sign if bit(x, j, n) else sign)
    return cnf


def _symmetric(table: str) -> bool:
    """Does the value depend on the number of ones only?"""
    values: dict[int, str] = {}
    return all(values.setdefault(word.bit_count(), value) == value
               for word, value in enumerate(table))
