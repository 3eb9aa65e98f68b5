"""Kinds of models by name, and the text that denotes them.

    VARIANT := NAME | "config:" FILE | AXIS=VALUE | VARIANT "," AXIS=VALUE

FILE is a config.json of a known architecture (see `expressivity.configs`); its name ends at the
first comma. Examples: `uhat`, `log-precision,cot=n`, `attention=softmax,precision=const`. An axis
that is not named has its default value; `expressivity list axes` shows values and defaults. A
growth axis takes `LOW..HIGH` or a single growth rate, which means *at most* that rate, but for
`precision`, where it means exactly that rate.

`cot=f(n)` means at most f(n) decoded tokens, so it denotes two boxes: models that answer at once,
and decoders whose last token is the answer. Both see the past only, unless masking is given.
"""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from languages.errors import InputError
from proofs.axes import ALIASES, AXES, AXIS
from proofs.growth import GrowthError, Interval, constant, parse, parse_interval
from proofs.profile import Box, Profile, ProfileError, box_from_mapping

if TYPE_CHECKING:
    from expressivity.configs import Configuration


@dataclass(frozen=True)
class Variant:
    """A kind of models: its name as the user wrote it, its profile, and what that idealises."""

    name: str
    profile: Profile
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Preset:
    """A named variant: what it means, and how it differs from the defaults of the axes."""

    name: str
    meaning: str
    axes: Mapping[str, str] = field(default_factory=dict)


CAUSAL = "future strict-future"

_LOG = {"precision": "log", "arithmetic": "extra-precision", "overflow": "never",
        "format": "float", "rounding": "any", "softmax": "any", "division": "any"}
_ABSOLUTE = ALIASES["positions"]["absolute"]
_WIDE = {"norm": "any", "norm-epsilon": "any", "markers": "any", "readout": "eos last first",
         "acceptance": "sign", "thought": "discrete"}
# At constant precision the numerics of hard attention do not matter.
_NUMBERS = {"format": "any", "rounding": "any", "arithmetic": "any", "overflow": "any",
            "division": "any", "softmax": "any", "precision": "O(1)", "parameters": "any"}
_HARD = {**_NUMBERS, "norm": "any", "norm-epsilon": "any", "ffn": "any"}
_RECURRENT = {"attention": "", "masking": "", "softmax": "any", "division": "any", "norm": "any",
              "norm-epsilon": "any"}
_FINITE = {"format": "fixed float", "rounding": "floor nearest", "overflow": "infinity saturate",
           "ffn": "any"}

PRESETS: dict[str, Preset] = {p.name: p for p in (
    Preset("uhat", "unique hard attention, rightmost ties, strict future mask, no positions",
           {**_HARD, "attention": "uhat-right"}),
    Preset("uhat-left", "unique hard attention, leftmost ties, strict future mask, no positions",
           {**_HARD, "attention": "uhat-left"}),
    Preset("uhat-positions", "unique hard attention with arbitrary position encodings, a model "
           "for each length",
           {**_HARD, "precision": "any", "attention": "uhat",
            "masking": "none future strict-future past strict-past",
            "positions": "any-absolute", "uniformity": "any", "markers": "any"}),
    Preset("uhat-periodic", "masked rightmost hard attention with periodic positions",
           {**_HARD, "attention": "uhat-right", "positions": "none periodic"}),
    Preset("ahat-log", "average-hard attention, log precision",
           {**_LOG, **_WIDE, "attention": "average-hard", "masking": "none future strict-future",
            "positions": _ABSOLUTE}),
    Preset("ahat-rational", "average-hard attention over exact rationals, masked or not, "
           "computable positions",
           {**_WIDE, "attention": "average-hard", "norm": "none", "softmax": "any",
            "masking": "none future strict-future past strict-past", "division": "any",
            "positions": _ABSOLUTE, "format": "rational", "rounding": "none",
            "arithmetic": "exact", "overflow": "never", "precision": "unbounded"}),
    Preset("fixed-precision-softmax", "softmax at constant precision: fixed point, rounded to "
           "nearest after every operation from left to right, overflow to infinity, maximum "
           "subtracted, weights divided before they multiply values; strict future mask, no "
           "positions"),
    Preset("fixed-precision-softmax-periodic", "the same with begin and end symbols and position "
           "encodings of i mod m", {"positions": "periodic", "markers": "both"}),
    Preset("mixed-precision", "softmax exact inside attention, rounded down to constant "
           "precision outside (the C-RASP setting)",
           {"arithmetic": "exact-attention", "division": "any", "rounding": "floor",
            "softmax": "uniform-if-zero", "overflow": "saturate", "masking": "future",
            "markers": "bos", "readout": "last", "ffn": "any"}),
    Preset("log-precision", "softmax or average-hard attention with O(log n) bits, computable "
           "positions, any normalisation, masked or not",
           {**_LOG, **_WIDE, "attention": "average-hard softmax",
            "masking": "none future strict-future", "positions": _ABSOLUTE}),
    Preset("poly-precision", "softmax over floats of polynomially many bits",
           {**_LOG, **_WIDE, "precision": "log(n)..poly(n)", "attention": "softmax",
            "masking": "none future strict-future", "positions": _ABSOLUTE}),
    Preset("constant-bit-cot", "constant-bit softmax decoders of width O(log n), a model for "
           "each length, polynomially many tokens",
           {"attention": "softmax", "overflow": "saturate", "format": "fixed float",
            "softmax": "any", "positions": "any-absolute", "uniformity": "any",
            "markers": "any", "norm": "any", "norm-epsilon": "any", "width": "log(n)",
            "cot": "poly(n)"}),
    Preset("padded", "average-hard attention, log precision, masked pre-norm, polynomial padding",
           {**_LOG, "attention": "average-hard", "masking": "none future strict-future",
            "norm": "masked-pre", "markers": "any", "readout": "eos last",
            "padding": "poly(n)"}),
    Preset("looped-log", "average-hard attention, log precision, masked pre-norm, a block "
           "repeated O(log n) times, no padding",
           {**_LOG, "attention": "average-hard", "masking": "none future strict-future",
            "norm": "masked-pre", "markers": "any", "readout": "eos last", "loops": "log(n)"}),
    Preset("s6", "selective state-space model (Mamba): nonnegative diagonal transitions, log "
           "precision, closed-form scan",
           {**_RECURRENT, "family": "ssm", "transition": "time-invariant nonnegative-diagonal",
            "precision": "log", "arithmetic": "closed-form", "overflow": "never",
            "format": "float", "rounding": "any"}),
    Preset("negative-eigenvalue-ssm", "real diagonal state-space model with negative entries, "
           "constant precision, rounded at every step",
           {**_RECURRENT, **_FINITE, "family": "ssm",
            "transition": "nonnegative-diagonal signed-diagonal"}),
    Preset("householder-rnn", "linear RNN with products of Householder transitions, constant "
           "precision", {**_RECURRENT, **_FINITE, "family": "linear-rnn",
                         "transition": "householder"}),
    Preset("rnn", "non-linear RNN at constant precision",
           {**_RECURRENT, **_FINITE, "family": "rnn", "transition": "nonlinear"}),
)}


def parse_variant(text: str) -> Variant:
    """The variant that `text` denotes.

    Raises:
        InputError: unknown names (with the nearest), contradictory or malformed axes.
    """
    parts = [part.strip() for part in text.split(",")]
    given: dict[str, str] = {}
    preset = Preset("", "")
    config = None
    if parts[0].startswith("config:"):
        config = _configuration(parts.pop(0).removeprefix("config:"))
        preset = Preset("", "", config.axes)
    for k, part in enumerate(parts, start=0 if config is None else 1):
        name, equals, value = (piece.strip() for piece in part.partition("="))
        if not equals:
            preset = _preset(part, first=k == 0)
            continue
        if name not in AXIS:
            raise InputError(f"unknown axis {name!r}{_nearest(name, AXIS)}; "
                             "`expressivity list axes` shows all")
        if name in given and given[name] != value:
            raise InputError(f"axis {name!r} is given twice: {given[name]!r} and {value!r}")
        if not value and AXIS[name].kind != "menu":
            raise InputError(f"axis {name!r} has no value: expected {name}=VALUE")
        given[name] = value
    if config is None:
        return Variant(text, _profile(preset, given))
    if not config.decodes and given.get("cot", "0") != "0":
        raise InputError(f"cot={given['cot']}: a {config.model_type} model does not decode here")
    # What the file says of masks holds for its decoded tokens, too.
    profile = _profile(preset, {"masking": config.axes["masking"]} | given)
    own = ", ".join(f"{axis}={value}" for axis, value in given.items())
    return Variant(text, profile, (*config.notes, *(
        [f"set beside the file, in place of what it says: {own}"] if own else [])))


def _configuration(name: str) -> Configuration:
    from expressivity.configs import read_config

    if not name:
        raise InputError("config: nothing after the colon, expected config:FILE")
    return read_config(name)


def _preset(name: str, first: bool) -> Preset:
    if not first:
        raise InputError(f"{name!r} after a comma: expected AXIS=VALUE")
    if name not in PRESETS:
        raise InputError(f"unknown variant {name!r}{_nearest(name, PRESETS)}; "
                         "`expressivity list variants` shows all")
    return PRESETS[name]


def _nearest(name: str, known: Mapping[str, object]) -> str:
    close = difflib.get_close_matches(name, known, 1, 0.5)
    return f", did you mean {close[0]!r}?" if close else ""


def _profile(preset: Preset, given: Mapping[str, str]) -> Profile:
    chosen = {axis.name: axis.default for axis in AXES} | dict(preset.axes) | dict(given)
    try:
        values = {name: _spelled(name, text) for name, text in chosen.items()}
        steps = parse_interval("0..unbounded" if values["cot"] == "any" else values["cot"])
        none = constant(0)
        if steps.high == none:
            boxes = [values]
        else:
            if "masking" not in given and values["masking"]:
                values["masking"] = CAUSAL
            boxes = [values | {"cot": f"{max(steps.low, constant(1))}..{_end(steps)}",
                               "readout": _spelled("readout", given.get("readout", "token"))}]
            if steps.low == none and "readout" not in given:
                boxes.insert(0, values | {"cot": "0"})
        profile = tuple(box_from_mapping(box) for box in boxes)
    except (ProfileError, GrowthError) as error:
        raise InputError(str(error)) from None
    for box in profile:
        _consistent(box, given)
    return profile


def _end(steps: Interval) -> str:
    return ("<" if steps.high_open and not steps.high.is_supremum else "") + str(steps.high)


def _spelled(name: str, text: str) -> str:
    """The axis value with aliases and the at-most reading of growth rates written out."""
    axis = AXIS[name]
    if text.startswith("each"):
        raise ProfileError(f"{name}: unknown value {text!r}")
    if axis.kind != "growth":
        words = text.replace("+", " ").replace("|", " ").split()
        return " ".join(ALIASES.get(name, {}).get(word, word) for word in words)
    if text == "any" or ".." in text:
        return text
    try:
        point = parse(text)
    except GrowthError as error:
        raise ProfileError(f"{name}: {error}") from None
    if point < constant(int(axis.at_most)):
        raise ProfileError(f"{name}: {text} is too small, expected at least {axis.at_most}")
    if name == "precision" and not point.is_supremum:
        return text
    return f"{axis.at_most}..{text}"


_EXACT = {"rational", "real"}
_TRANSITIONS = {
    "ssm": {"time-invariant", "nonnegative-diagonal", "signed-diagonal", "complex-diagonal"},
    "linear-rnn": {"time-invariant", "nonnegative-diagonal", "signed-diagonal",
                   "complex-diagonal", "householder", "general"},
    "rnn": {"nonlinear"}}


def _words(box: Box, axis: str) -> list[str]:
    return box.to_plain()[axis].split()


def _consistent(box: Box, given: Mapping[str, str]) -> None:
    """Refuse boxes that hold no model at all."""
    families = box["family"]
    if _words(box, "readout") == ["eos"] and not {"eos", "both"} & set(_words(box, "markers")):
        raise InputError("readout=eos needs markers=eos or markers=both")
    decodes = str(box["cot"]) != "0"
    if decodes != ("token" in _words(box, "readout")):
        raise InputError("readout=token goes with chain of thought (cot), and only with it")
    formats, rounding = set(_words(box, "format")), set(_words(box, "rounding"))
    if formats <= _EXACT and "none" not in rounding:
        raise InputError(f"format={'+'.join(sorted(formats))} is exact: expected rounding=none")
    if not formats & _EXACT and rounding == {"none"}:
        raise InputError(f"format={'+'.join(sorted(formats))} needs a rounding, got rounding=none")
    plain = {name: text.replace(" ", "+") for name, text in box.to_plain().items()}
    if families == frozenset(["transformer"]):
        if box["transition"]:
            raise InputError(f"transition={plain['transition']}, but family=transformer has no "
                             "recurrence")
        if not box["attention"] or not box["masking"]:
            raise InputError("family=transformer needs a value for attention and for masking")
    elif "transformer" not in str(plain["family"]).split("+"):
        if not box["transition"]:
            raise InputError(f"family={plain['family']} needs a transition")
        allowed = set().union(*(_TRANSITIONS.get(f, set()) for f in _words(box, "family")))
        if not allowed & set(_words(box, "transition")):
            raise InputError(f"transition={plain['transition']} does not occur in "
                             f"family={plain['family']}")
        for name in ("attention", "masking"):
            if box[name]:
                raise InputError(f"{name}={plain[name]}, but family={plain['family']} has no "
                                 f"attention" + ("" if name in given else f"; write {name}="))
