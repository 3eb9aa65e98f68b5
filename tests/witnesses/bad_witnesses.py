"""Bad certificates: each is a good one with one change, and the code of its rejection."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from tests.witnesses.make_good import GOOD
from tests.witnesses.small_models import RATIONAL, SATURATING

Json = Any
Change = Callable[[Json], object]


def good(name: str) -> Json:
    """A good certificate."""
    return json.loads((GOOD / f"{name}.json").read_text("utf-8"))


def put(value: object, *path: str | int) -> Change:
    """The change that puts a value at a path."""
    def change(certificate: Json) -> None:
        for key in path[:-1]:
            certificate = certificate[key]
        certificate[path[-1]] = value

    return change


@dataclass(frozen=True)
class Bad:
    """A sentence, a good certificate, what is changed, and the rejection."""

    code: str
    sentence: str
    base: str
    change: Change

    def certificate(self) -> Json:
        """The changed certificate."""
        value = good(self.base)
        self.change(value)
        return value


def both(*changes: Change) -> Change:
    """One change after the other."""
    def change(certificate: Json) -> None:
        for one in changes:
            one(certificate)

    return change


STAGE = ("data", "stages", 1)
STREAM = (*STAGE, "stream")
HEADS = (*STAGE, "heads")
MODEL = ("claim", "model")
HEAD = (*MODEL, "layers", 0, "heads", 0)
B, LAST, SOFT, WINDOW, PARITY, INFINITE = (
    "contains-b", "ends-with-b-at-an-odd-place", "soft", "window", "parity", "infinite")

BAD = (
    Bad("wrong-format", "a derivation", B, put("expressivity derivation", "format")),
    Bad("wrong-kind", "another kind of certificate", B, put("counting", "kind")),
    Bad("another-alphabet", "other letters", B,
        put(["a", "c"], "claim", "language", "alphabet")),
    Bad("another-language", "a state accepts that should not", B,
        put([0, 1], "claim", "language", "accept")),
    Bad("another-language", "another transition", PARITY,
        put([[0, 1], [1, 1]], "claim", "language", "delta")),
    Bad("another-language", "only the empty word is wrong", LAST,
        put([0, 2], "claim", "language", "accept")),
    Bad("another-language", "letters exchanged", B,
        put(["b", "a"], "claim", "language", "alphabet")),
    Bad("empty-word", "the empty word is not answered", WINDOW, put(True, "claim", "empty-word")),
    Bad("empty-word", "the empty word is answered", B, put(False, "claim", "empty-word")),
    Bad("readout-first", "read at the first position", B, put("first", *MODEL, "readout")),
    Bad("looped", "a block that is repeated", B, put(
        {"first": 0, "last": 0, "times": 2}, *MODEL, "loop")),
    Bad("looks-ahead", "a head that sees what comes", B, put("none", *HEAD, "mask")),
    Bad("not-periodic", "positions that end", B, put({"kind": "bounded"}, *MODEL, "positions")),
    Bad("not-periodic", "a formula", B, put(
        [{"dimension": "letter", "numerator": [[1, 1, 0]], "denominator": [[1, 0, 0]]}],
        *MODEL, "formulas")),
    Bad("not-streaming", "averages of exact numbers", B,
        put("average-hard", *HEAD, "selection")),
    Bad("not-streaming", "exact sums", SOFT, put("exact-sums", *MODEL, "contract", "arithmetic")),
    Bad("not-a-number", "score infinity - infinity", B, both(
        put(SATURATING | {"overflow": "infinity"}, *MODEL, "contract"),
        put([[0, 0, 7], [0, 0, 7]], *HEAD, "query"),
        put([[0, 0, 7], [0, 0, -7]], *HEAD, "key"),
        put([[1, 1], [1, 1]], *HEADS, "components", 0, "next"),
        put([0, None], *HEADS, "components", 0, "read"))),
    Bad("not-a-number", "the output is NaN", INFINITE, both(
        put([[0, 0, 7]], *MODEL, "layers", 0, "in"),
        put([[0, "inf"], [1, "inf"]], *STREAM, "vectors"))),
    Bad("too-many-bits", "a recurrent state that triples at each step", PARITY, both(
        put(RATIONAL, *MODEL, "contract"),
        put([[0, 0, 3]], *MODEL, "layers", 0, "transition", "gates"),
        put([[0], [0]], *MODEL, "layers", 0, "output"),
        put([[0, 0]], *STREAM, "vectors"), put([[0, 0], [0, 0]], *STREAM, "out"),
        put([0, 0], *STREAM, "end"))),
    Bad("no-end-marker", "an output at an end marker that is not there", WINDOW,
        put([0, 0], *STREAM, "end")),
    Bad("no-begin-marker", "an output at a begin marker that is not there", B,
        put(0, *STREAM, "begin")),
    Bad("no-heads", "heads before the first sublayer", B,
        put({}, "data", "stages", 0, "heads")),
    Bad("no-state", "a transducer without states", B,
        both(put([], *STREAM, "next"), put([], *STREAM, "out"))),
    Bad("no-state", "a component without states", B, put([], *HEADS, "components", 0, "next")),
    Bad("repeated-vector", "a vector under two numbers", B,
        put([[0, 0], [0, "0/2"]], *STREAM, "vectors")),
    Bad("wrong-output", "an output at a letter", B, put([[0, 1], [1, 1]], *STREAM, "out")),
    Bad("wrong-output", "an output at the end", B, put([0, 0], *STREAM, "end")),
    Bad("wrong-output", "the output at the begin marker", LAST, put(1, *STREAM, "begin")),
    Bad("wrong-output", "a successor", PARITY, put([[0, 0], [1, 0]], *STREAM, "next")),
    Bad("wrong-output", "a vector", PARITY, put([[0, 1], [0, -2]], *STREAM, "vectors")),
    Bad("wrong-output", "the embedding", B,
        put([[0, 0], [2, 0]], "data", "stages", 0, "stream", "vectors")),
    Bad("wrong-output", "nothing forgotten, yet 0", B, put([], *STAGE, "forgotten")),
    Bad("not-forgettable", "what the output reads", B, put([0, 1], *STAGE, "forgotten")),
    Bad("not-forgettable", "what a head reads", B, put([0], "data", "stages", 0, "forgotten")),
    Bad("not-forgettable", "what is written later, where sums may be infinity - infinity",
        INFINITE, put([1], "data", "stages", 0, "forgotten")),
    Bad("forgotten-infinity", "an infinite coordinate", INFINITE, put([1], *STAGE, "forgotten")),
    Bad("wrong-reading", "a reading", B, put([1, 1], *HEADS, "components", 0, "read")),
    Bad("wrong-reading", "a successor in a component", SOFT,
        put([[0, 0], [1, 1]], *HEADS, "components", 0, "next")),
    Bad("wrong-reading", "NaN that is none", B, put([0, None], *HEADS, "components", 0, "read")),
    Bad("wrong-reading", "keys exchanged", B, put([1, 0], *HEADS, "components", 0, "keys")),
    Bad("not-a-key", "a vector that is read is no key", B,
        put([0, None], *HEADS, "components", 0, "keys")),
    Bad("not-live", "a component that is asked later", B, put([[]], *HEADS, "live")),
    Bad("unasked-component", "a component that nothing asks, and no list", B, both(
        put([[0, 1]], *HEADS, "live"),
        lambda value: value["data"]["stages"][1]["heads"]["components"].append(None))),
    Bad("shared-component", "two query values, one component without a list", LAST, both(
        put([[1, 0, 1]], *HEAD, "query"), put([None], *HEADS, "components"))),
)


def two_kinds_of_model() -> Json:
    """A model with attention and a recurrence, of which no value of the axis family is true."""
    value = good(PARITY)
    idle = copy.deepcopy(good(B)["claim"]["model"]["layers"][0])
    idle["heads"][0]["output"] = [[0], [0]]
    value["claim"]["model"]["layers"].append(idle)
    below = value["data"]["stages"][1]
    # The head reads the letter, so that it cannot be forgotten before.
    below["forgotten"] = []
    below["stream"] = {"vectors": [[0, 1], [1, -1], [0, -1], [1, 1]], "next": [[0, 1], [1, 0]],
                       "out": [[0, 1], [2, 3]], "end": [0, 2], "begin": None}
    value["data"]["stages"].append({
        "forgotten": [0], "stream": good(PARITY)["data"]["stages"][1]["stream"],
        "heads": {"readings": [], "components": [None], "asks": [[0] * 4], "live": [[0], [0]]}})
    return value
