"""From fields to a profile: the axes that are set, and in words what each setting idealises."""

from __future__ import annotations

from dataclasses import dataclass, field

from expressivity.configs.fields import Fields
from languages.errors import InputError


@dataclass(frozen=True)
class Sizes:
    """The numbers of a model that size bounds speak of.

    Attributes:
        layers: layers with attention or recurrences.
        heads: attention heads a layer, None for recurrent models.
        dim: dimension of the values of one head, None for recurrent models.
        precision: bits of one number, running sums included; None if the file does not say.
        vocabulary: number of tokens, None if the file does not say.
        state: numbers that a model hands on from one position to the next, all layers together;
            None where they grow with the number of positions.
    """

    layers: int
    heads: int | None = None
    dim: int | None = None
    precision: int | None = None
    vocabulary: int | None = None
    state: int | None = None

    def describe(self) -> str:
        """The sizes, and what they idealise, in words."""
        shown = [f"{name}={value}" for name, value in (
            ("layers", self.layers), ("heads", self.heads), ("dim", self.dim),
            ("vocabulary", self.vocabulary)) if value is not None]
        if self.precision is not None:
            shown.append(f"precision={self.precision} (no running sum has more bits: idealised, "
                         "the file gives the format of stored numbers only)")
        if self.state is not None:
            shown.append(f"a state of {self.state} numbers of so many bits, caches of windows and "
                         "convolutions included")
        return "sizes from the file: " + ", ".join(shown)


@dataclass
class Mapping:
    """What a family writes while it reads fields.

    Attributes:
        axes: axis -> value, as in VARIANT.
        notes: idealisations, in words, each with the field that it is about.
        decodes: whether the model generates tokens, so that chain of thought makes sense.
    """

    fields: Fields
    axes: dict[str, str] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    sizes: Sizes | None = None
    decodes: bool = True

    def set(self, note: str, **axes: str) -> None:
        """Set axes (`_` for `-`), and say which and why."""
        named = {name.replace("_", "-"): value for name, value in axes.items()}
        self.axes |= named
        shown = ", ".join(f"{k}={v.replace(' ', '+')}" for k, v in named.items())
        self.notes.append(f"{note} -> {shown}" if shown else note)


# Sign, exponent and significand bits that are stored.
_FLOATS = {"float16": (1, 5, 10), "bfloat16": (1, 8, 7), "float32": (1, 8, 23),
           "float64": (1, 11, 52)}
ACCUMULATOR = 32  # bits of running sums that common kernels keep, whatever the format


def numbers(m: Mapping, *, recurrent: bool) -> int | None:
    """Set the axes of arithmetic from dtype; the bits of a number, running sums included.

    The file gives the format of stored numbers only. Where and in which order sums are rounded
    depends on the kernel that runs the model, so the profile is the union of the usual ways.
    """
    name = m.fields.word("dtype", "torch_dtype")
    bits = None
    if name is None or name == "auto":
        m.notes.append("dtype is not in the file: floats of some constant number of bits")
        given = "floats"
    else:
        name = name.removeprefix("torch.")
        if name not in _FLOATS:
            key = "dtype" if m.fields.has("dtype") else "torch_dtype"
            raise m.fields.error(key, "one of " + ", ".join(_FLOATS))
        sign, exponent, significand = _FLOATS[name]
        bits = sign + exponent + significand
        given = (f"dtype {name} ({bits} bits: 1 sign, {exponent} exponent, {significand} "
                 "significand)")
    m.set(f"{given}: an IEEE-like contract, each result rounded to nearest, overflow to infinity, "
          "any constant number of bits; models that produce NaN are excluded",
          format="float", rounding="nearest", overflow="infinity", precision="1..O(1)",
          parameters="rational")
    orders = "left-to-right other-order exact-sums extra-precision"
    m.set("the file does not say where and in which order sums are rounded: a union of contracts; "
          "a no holds for each of them, a yes for at least one (narrow it by arithmetic=...)",
          arithmetic=orders + (" closed-form" if recurrent else ""))
    if m.fields.has("quantization_config", "quantization"):
        m.fields.mapping("quantization_config", "quantization")
        m.notes.append("quantization_config: quantised weights are a restriction of the weights, "
                       "the arithmetic is that of dtype; not taken into account further")
    return None if bits is None else max(bits, ACCUMULATOR)


def attention(m: Mapping) -> None:
    """Softmax attention as the usual implementations have it."""
    m.set("attention is softmax with the maximum subtracted", attention="softmax",
          softmax="max-subtracted")
    m.set("the file does not say where heads divide (fused kernels: at the end): both",
          division="weights quotient")
    m.axes |= {"family": "transformer", "transition": ""}


def constant_sizes(m: Mapping, *names: str) -> None:
    """Depth, width, heads, vocabulary: any constant."""
    got = ", ".join(f"{name}={m.fields.value(name)}" for name in names if m.fields.has(name))
    m.set(f"{got}: any constant instead; a no is about models of every size, a yes may need a "
          "larger one; `bound` is about sizes", depth="1..O(1)", width="1..O(1)",
          heads="0..O(1)", vocabulary="1..O(1)")


def language_model(m: Mapping) -> None:
    """Where a decoder's answer is read."""
    m.set("a next-token head is read as a yes or no: the sign of the difference of two tokens' "
          "scores, at the last symbol or at an end symbol, with or without a begin symbol",
          readout="eos last", markers="none bos eos both", acceptance="sign")


def rms_norm(m: Mapping) -> None:
    """RMSNorm before each sublayer."""
    m.set("RMSNorm before each sublayer: that of x is the layer normalisation of (x, -x), so a "
          "projected pre-norm; equal before rounding", norm="pre projected-pre",
          norm_epsilon="positive")


def activation(m: Mapping, name: str | None, *, gated: bool) -> None:
    """Position-wise networks."""
    if name == "relu" and not gated:
        m.set("feed-forward networks with ReLU", ffn="relu")
        return
    kind = "gated networks" if gated else "networks"
    m.set(f"{kind} with {name or 'an activation that the file does not name'}: any position-wise "
          "map of constant precision", ffn="relu arbitrary")


_ROPE = {"default": 0, "linear": 1, "llama3": 2, "yarn": 3, "dynamic": 4, "longrope": 5}


def rotary(m: Mapping) -> None:
    """Rotary positions, scaled as the file says."""
    kind = rope_kind(m) or "default"
    if kind in ("default", "linear", "llama3", "yarn"):
        extra = "" if kind == "default" else f", scaled ({kind})"
        m.set(f"rotary positions{extra}: a data-independent function of i - j in the scores; not "
              "as periodic, since realised angles need not be", positions="relative",
              uniformity="full")
    elif kind in ("dynamic", "longrope"):
        m.set(f"rotary positions scaled by a rule that depends on n ({kind}): a union with "
              "arbitrary positions, a model for each length", positions="relative arbitrary",
              uniformity="full dlogtime logspace nonuniform")
    else:
        raise InputError(f"{m.fields.source}: unknown kind of rotary scaling {kind!r}, expected "
                         + ", ".join(_ROPE))


def rope_kind(m: Mapping) -> str | None:
    """The kind of rotary scaling that the file names, if any."""
    for name in ("rope_scaling", "rope_parameters"):
        values = m.fields.mapping(name)
        if values is None:
            continue
        kinds = [values[key] for key in ("rope_type", "type") if values.get(key) is not None]
        # Files with a kind for each sort of layer nest one object deeper.
        kinds += [inner["rope_type"] for inner in values.values()
                  if isinstance(inner, dict) and inner.get("rope_type") is not None]
        if not all(isinstance(kind, str) for kind in kinds):
            raise m.fields.error(name, "an object whose rope_type is a string")
        if kinds:  # an unknown kind first, so that it is refused; else the one that covers most
            return str(max(kinds, key=lambda kind: _ROPE.get(kind, len(_ROPE))))
    return None


def learned_table(m: Mapping, length: int, name: str) -> None:
    """A learned table of absolute positions."""
    m.set(f"{name}={length}: a learned table of {length} positions; the model ends there, the "
          "answer is about all lengths: a table for each n, any function of position and length",
          positions="none periodic finite-image index length-dependent arbitrary",
          uniformity="full dlogtime logspace nonuniform")


def masks(m: Mapping, full: int, local: int, window: int | None) -> bool:
    """Causal masks of so many full and so many windowed layers; True if all are windowed."""
    if local and window is not None:
        m.set(f"{local} of {full + local} layers see a window of {window} positions: a window of "
              "any constant length", masking="window" if not full else "future window")
        return not full
    m.set("causal masks", masking="future")
    return False


def head_dim(m: Mapping, name: str, width: int, heads: int) -> int:
    """Width divided by heads, which must be a divisor."""
    if width % heads:
        raise m.fields.error(name, f"a multiple of the number of heads, {heads}")
    return width // heads


def layer_kinds(m: Mapping, layers: int) -> tuple[int, int] | None:
    """(full, sliding) layers by `layer_types`, or None where the field is missing."""
    kinds = m.fields.words("layer_types")
    if kinds is None:
        return None
    known = {"full_attention", "sliding_attention"}
    if unknown := sorted(set(kinds) - known):
        raise m.fields.error("layer_types", f"full_attention or sliding_attention, not "
                             f"{unknown[0]!r}")
    if len(kinds) != layers:
        raise m.fields.error("layer_types", f"{layers} kinds, one for each layer")
    return kinds.count("full_attention"), kinds.count("sliding_attention")
