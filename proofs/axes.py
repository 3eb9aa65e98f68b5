"""The axes along which kinds of models differ, and the values that each axis can take.

Three kinds of axis. *Alternatives*: a model has exactly one value. *Menus*: a model may mix
several values, head by head or layer by layer; a box says which are on the menu. *Growth*: a
resource as a function of n; a model has one growth rate, a box an interval of them. The function
itself is computable in DLOGTIME-uniform TC0 wherever the uniformity is not `nonuniform`.

Values of one axis never overlap: `uniformity=logspace` alone means families that are computable
in logarithmic space and in no smaller class named here. `ALIASES` spells the usual nested readings.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True)
class Axis:
    """One axis. `values` maps each value to its meaning; growth axes have none."""

    name: str
    kind: Literal["alternatives", "menu", "growth"]
    meaning: str
    values: dict[str, str]
    default: str
    at_most: str = ""  # growth axes: the low end when only an upper bound is given


AXES: tuple[Axis, ...] = (
    Axis("family", "alternatives", "the kind of sequence model", {
        "transformer": "layers of attention heads and position-wise networks",
        "ssm": "state-space model: linear recurrence with a structured transition, then a "
               "position-wise network",
        "linear-rnn": "linear recurrence S_t = A_t S_(t-1) + B_t with input-dependent A_t",
        "rnn": "recurrence with a non-linear state update",
    }, "transformer"),
    Axis("attention", "menu", "how heads attend (empty for recurrent families)", {
        "uhat-left": "unique hard attention, ties to the leftmost maximum",
        "uhat-right": "unique hard attention, ties to the rightmost maximum",
        "average-hard": "the average over all positions of maximal score (saturated attention)",
        "softmax": "softmax at a fixed temperature",
        "softmax-scaled": "softmax whose temperature depends on the number of positions",
    }, "softmax"),
    Axis("masking", "menu", "the positions j that a head at position i sees", {
        "none": "all positions",
        "future": "j <= i",
        "strict-future": "j < i",
        "past": "j >= i",
        "strict-past": "j > i",
        "window": "a window of constant length that ends at i",
    }, "strict-future"),
    Axis("transition", "menu", "state transitions of recurrent layers (empty for transformers)", {
        "time-invariant": "a fixed matrix, the same at each step",
        "nonnegative-diagonal": "input-dependent diagonal, entries in [0, infinity)",
        "signed-diagonal": "input-dependent real diagonal, negative entries allowed",
        "complex-diagonal": "input-dependent complex diagonal",
        "householder": "products of generalised Householder matrices I - b v v^T, 0 <= b <= 2, "
                       "as many factors as the state has coordinates",
        "general": "arbitrary input-dependent matrices",
        "nonlinear": "a non-linear update",
    }, ""),
    Axis("positions", "alternatives", "position encodings", {
        "none": "none",
        "periodic": "a function of i mod m for a constant m (a table, or rational angles)",
        "finite-image": "finitely many values, one set for all n, not periodic, computable in "
                        "DLOGTIME-uniform TC0",
        "index": "depends on i alone, unbounded, computable in DLOGTIME-uniform TC0",
        "length-dependent": "depends on i and n, such as i/n with (-1)^i, computable in "
                            "DLOGTIME-uniform TC0",
        "arbitrary": "any other function of i and n, computable or not",
        "relative": "data-independent terms in i - j inside the attention score (rotary, ALiBi)",
        "data-dependent": "computed from the input, as in PaTH attention",
    }, "none"),
    Axis("norm", "alternatives", "layer normalisation", {
        "none": "no normalisation",
        "pre": "of the residual stream, before each sublayer",
        "post": "of sublayer plus residual",
        "projected-pre": "before each sublayer, after a linear projection of the stream",
        "masked-pre": "before each sublayer, of a chosen set of coordinates",
        "block-wise": "of blocks of coordinates",
    }, "none"),
    Axis("norm-epsilon", "alternatives", "the constant added to the variance", {
        "zero": "none is added",
        "positive": "a positive constant is added",
    }, "zero"),
    Axis("ffn", "alternatives", "position-wise networks", {
        "relu": "feed-forward networks of constant depth with ReLU units",
        "arbitrary": "any other position-wise map of the stated precision",
    }, "relu"),
    Axis("parameters", "alternatives", "the numbers that the weights may be", {
        "rational": "rationals, each of the stated precision",
        "real": "reals: one of them can hold infinitely much information",
    }, "rational"),
    Axis("uniformity", "alternatives", "how the models for different n hang together, position "
         "encodings and temperatures included", {
             "full": "one finite set of parameters for all n; position encodings, if any, "
                     "computable in time polylog(n)",
             "dlogtime": "a family, computable in DLOGTIME",
             "logspace": "a family, computable in logarithmic space",
             "nonuniform": "for every n some model, computable or not",
         }, "full"),
    Axis("format", "alternatives", "number format", {
        "fixed": "fixed point, no exponent bits",
        "float": "floating point",
        "integer": "integers of the stated number of bits; recurrent counters",
        "rational": "exact rationals",
        "real": "exact reals",
    }, "fixed"),
    Axis("rounding", "alternatives", "rounding of a single result", {
        "floor": "to the greatest representable value that is not above",
        "nearest": "to the nearest representable value",
        "none": "no rounding (exact formats)",
    }, "nearest"),
    Axis("arithmetic", "alternatives", "where and in which order sums are rounded", {
        "left-to-right": "each operation rounded, sums from left to right",
        "other-order": "each operation rounded, sums in another order (tree, right to left)",
        "exact-sums": "sums exact, then rounded once",
        "exact-attention": "sums and quotient of attention exact, rounded once at the end "
                           "(mixed precision)",
        "extra-precision": "operations computed with extra internal bits, then truncated",
        "closed-form": "recurrences evaluated in closed form, then rounded",
        "exact": "no rounding anywhere",
    }, "left-to-right"),
    Axis("division", "alternatives", "where average-hard and softmax heads divide; without effect "
         "on exact attention, unique hard attention and recurrences", {
             "weights": "each weight is divided by the rounded sum of the weights, then multiplies "
                        "its value",
             "quotient": "the rounded sum of the weighted values is divided by that of the weights",
         }, "weights"),
    Axis("overflow", "alternatives", "results above the largest value", {
        "infinity": "become infinite, with x / infinity = 0",
        "saturate": "become the largest value",
        "never": "cannot occur (the range grows, or exact formats)",
    }, "infinity"),
    Axis("softmax", "alternatives", "how softmax is normalised", {
        "max-subtracted": "the maximal score is subtracted first",
        "plain": "as written; 0/0 is possible when all exponentials vanish",
        "uniform-if-zero": "as written; if the denominator is 0, a plain average",
    }, "max-subtracted"),
    Axis("markers", "alternatives", "symbols added to the input", {
        "none": "none",
        "bos": "one in front",
        "eos": "one appended",
        "both": "one in front and one appended",
    }, "eos"),
    Axis("readout", "alternatives", "where the answer is read", {
        "eos": "at an appended end symbol (EOS, CLS)",
        "last": "at the last input symbol; says nothing of the empty word unless markers=bos",
        "first": "at the first position (masks that look to the right)",
        "token": "the last decoded token is the answer",
        "in-place": "in the residual stream at input positions",
        "generator": "the support of the next-token distribution",
    }, "eos"),
    Axis("acceptance", "alternatives", "when a value means yes", {
        "sign": "when positive, however small the margin",
        "margin": "with a fixed margin that does not shrink with n",
    }, "sign"),
    Axis("thought", "alternatives", "what decoded steps carry", {
        "discrete": "a token of the vocabulary",
        "continuous": "a vector (latent thought)",
    }, "discrete"),
    Axis("precision", "growth", "bits of a number", {}, "1..O(1)", "1"),
    Axis("depth", "growth", "layers, or layers of a repeated block", {}, "1..O(1)", "1"),
    Axis("loops", "growth", "how often the block is repeated; 1 = not looped", {}, "1", "1"),
    Axis("width", "growth", "dimension of the residual stream and of hidden layers", {},
         "1..O(1)", "1"),
    Axis("heads", "growth", "attention heads a layer", {}, "0..O(1)", "0"),
    Axis("cot", "growth", "decoded tokens or steps, the answer included; 0 = answers at once", {},
         "0", "0"),
    Axis("padding", "growth", "padding tokens appended to the input", {}, "0", "0"),
    Axis("vocabulary", "growth", "size of the vocabulary", {}, "1..O(1)", "1"),
)

AXIS = {axis.name: axis for axis in AXES}

# Usual readings that name several values, or a value by another name.
ALIASES: dict[str, dict[str, str]] = {
    "attention": {"uhat": "uhat-left uhat-right", "leftmost": "uhat-left",
                  "rightmost": "uhat-right", "ahat": "average-hard", "saturated": "average-hard",
                  "smat": "softmax", "soft": "softmax"},
    "masking": {"causal": "future", "unmasked": "none"},
    "positions": {"sinusoidal": "periodic", "absolute": "none periodic finite-image index "
                  "length-dependent", "any-absolute": "none periodic finite-image index "
                  "length-dependent arbitrary"},
    "ffn": {"any-map": "relu arbitrary"},
    "uniformity": {"L": "full dlogtime logspace", "l-uniform": "full dlogtime logspace",
                   "fo-uniform": "full dlogtime",
                   "per-length": "full dlogtime logspace nonuniform"},
    "arithmetic": {"mixed": "exact-attention", "ltr": "left-to-right"},
    "overflow": {"inf": "infinity"},
}
