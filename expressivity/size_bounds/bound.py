"""What a bound on sizes is: a task, hypotheses, and a count of bits against a count of cases."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, fields, replace
from typing import Literal

from proofs.citation import Citation

Kind = Literal["one layer of attention", "fixed state", "decoded tokens", "asymptotic"]

# How a bound was verified.
DERIVED = "derived here, constants and all; the source has the bound without them"
STATED = "stated by the source; not derived here"


@dataclass(frozen=True)
class Size:
    """The size of a model; None where it is not given.

    Attributes:
        layers: layers with attention or recurrences.
        heads: heads of a layer (H).
        dim: numbers in a query, key or value of one head (d).
        precision: bits of each number that a head computes, running sums included (p).
        vocabulary: number of tokens (V).
        state: bits that a model hands on from one position to the next (b).
        cot: decoded tokens, the answer included (T); 0 = answers at once.
    """

    layers: int = 1
    heads: int | None = None
    dim: int | None = None
    precision: int | None = None
    vocabulary: int | None = None
    state: int | None = None
    cot: int = 0

    def missing(self, names: tuple[str, ...]) -> list[str]:
        """Those of the names that are not given."""
        return [name for name in names if getattr(self, name) is None]

    def with_(self, name: str, value: int) -> Size:
        """The same with one number changed."""
        if name not in {field.name for field in fields(self)}:
            raise ValueError(f"no size is called {name!r}")
        return replace(self, **{name: value})


@dataclass(frozen=True)
class Bound:
    """One lower bound.

    A model that solves the task for n tells `cases(n)` = base^exponent things apart, by at most
    `spent(size)` bits. So it cannot if base^exponent > 2^spent. That is monotone in n.

    Attributes:
        task: the name of the task.
        kind: what the bound is about.
        problem: the task, with the order of the input and the meaning of n.
        hypotheses: all that is assumed about the models.
        formula: what a model that solves the task fulfils, in H, d, p, V, b, T, n.
        cite: where the bound, or its idea, is from.
        verified: how it was verified.
        note: how it differs from the source, if it does.
        needs: the sizes that `spent` and `cases` read.
        varies: the sizes of which the least that suffices is shown.
        spent: the bits of a size.
        cases: base and exponent for n.
        refuses: why it says nothing about models of a size, or None.
        largest: the largest n that the task has for a size, or None.
    """

    task: str
    kind: Kind
    problem: str
    hypotheses: tuple[str, ...]
    formula: str
    cite: Citation | None
    verified: str
    note: str = ""
    needs: tuple[str, ...] = ()
    varies: tuple[str, ...] = ()
    spent: Callable[[Size], int] | None = None
    cases: Callable[[int, Size], tuple[int, int]] | None = None
    refuses: Callable[[Size], str | None] = lambda size: None
    largest: Callable[[Size], int | None] = lambda size: None


def one_layer(size: Size) -> str | None:
    """Why a bound on one layer without chain of thought says nothing, or None."""
    return only_one_layer(size) or (
        "the bound is about models that answer at once: a first token can hold the result of the "
        "first step" if size.cot else None)


def only_one_layer(size: Size) -> str | None:
    """Why a bound on one layer says nothing, or None."""
    return (f"the bound is about one layer of attention, not {size.layers}"
            if size.layers != 1 else None)


def read(size: Size, name: str) -> int:
    """A size that is known to be given."""
    value = getattr(size, name)
    if type(value) is not int:
        raise ValueError(f"the size {name!r} is not given")
    return value


def one_pass_bits(size: Size) -> int:
    """H (d + 2) p: the running states of all heads."""
    return read(size, "heads") * (read(size, "dim") + 2) * read(size, "precision")


def passes_bits(size: Size) -> int:
    """H (d + 4) p: maxima and denominators there and back, and the numerators."""
    return read(size, "heads") * (read(size, "dim") + 4) * read(size, "precision")


ATTENTION = ("heads", "dim", "precision")

ONE_LAYER = ("one layer of attention with H heads, masked or not, between position-wise maps of "
             "any kind; embeddings of (token, position) of any kind, positions not computed from "
             "the input; covered even with one model for each n")
NUMBERS = ("p bounds the bits of every number that a head computes or adds up, d the numbers in a "
           "query, a key or a value of one head")
ONE_PASS = ("a head reads the positions once, from left to right, and keeps at most d + 2 numbers: "
            "maximum, denominator, numerators (quotients of running sums; hard attention), with "
            "any rounding; NOT weights that are divided before they multiply values, which takes "
            "several passes")
PASSES = ("a head adds from left to right, in one pass or in three (maximum; denominator; weights "
          "times values), with any rounding and overflow, weights divided first or last")
ANY_SPLIT = ("for any two sets that share out the positions, a head's result depends on d + 2 "
             "numbers for each set (sums that do not depend on the order: exact fixed-point sums; "
             "unique hard attention, where a position fits in p bits); NOT floating-point sums, "
             "which depend on it")
AT_ONCE = "no chain of thought"
STATE = ("b bounds the bits that pass from one position to the next: recurrent models of any "
         "number of layers, and attention whose windows bound the cache; any chain of thought; "
         "step numbers and positions are free")
