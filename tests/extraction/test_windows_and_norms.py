"""Automata of models with windows, gates, layer norm and masks that look forward, by hand."""

from __future__ import annotations

import random
from fractions import Fraction
from typing import Any

import pytest

from expressivity.extraction import Budget, Refused, extract
from expressivity.extraction.samples import RECIPES, sample
from expressivity.models.model import Model
from languages.dfa import DFA
from proofs.models.reference import accepts
from tests.extraction.by_hand import FLOATS, RATIONAL, SATURATING, extracted, plain_model, words


def head(mask: str, selection: str = "average-hard", **rows: Any) -> dict[str, Any]:
    """A head on (letter, answer) with equal scores: it looks at the letter."""
    return {"selection": selection, "mask": mask, "query": [[0, 0, 0]], "key": [[0, 0, 0]],
            "value": [[1, 0, 0]], "output": [[0], [1]], **rows}


def attention(*heads: dict[str, Any]) -> dict[str, Any]:
    return {"kind": "attention", "heads": list(heads)}


LETTERS = {"a": [1, 0], "b": [-1, 0]}


def definite(dfa: DFA, length: int) -> bool:
    """Do the last `length` letters decide about words that have as many?"""
    return all(dfa.run(dfa.encode((*before, *word))) == dfa.run(dfa.encode(word))
               for word in words(dfa.alphabet, length) if len(word) == length
               for before in words(dfa.alphabet, 3))


@pytest.mark.parametrize("contract", [RATIONAL, SATURATING | {"arithmetic": "exact-attention"}])
def test_the_majority_of_a_window_is_definite(contract: dict[str, Any]) -> None:
    plain = plain_model(LETTERS, [attention(head("window:3"))], [0, 1], contract=contract)
    found = extracted(plain, lambda w: 2 * w[-3:].count("a") > len(w[-3:]), 8)
    assert definite(found, 3) and not definite(found, 2)


def test_windows_of_different_sizes_share_a_queue() -> None:
    # The last four letters minus the last two, by averages: twice the former minus the latter.
    heads = [head("window:4", output=[[0], [2]]), head("window:2", output=[[0], [-1]]),
             head("window:1", "uhat-left", output=[[0], [0]])]
    plain = plain_model(LETTERS, [attention(*heads)], [0, 1])

    def average(word: str) -> Fraction:
        return Fraction(word.count("a") - word.count("b"), max(1, len(word)))

    found = extracted(plain, lambda w: 2 * average(w[-4:]) > average(w[-2:]), 8)
    assert definite(found, 4)


def test_a_window_beside_a_head_that_sees_all_of_the_past() -> None:
    # Some earlier a, and the last two letters are alike.
    some = head("strict-future", "uhat-left", query=[[0, 0, 1]], key=[[1, 0, 0]])
    pair = head("window:2", output=[[0], [1]])
    own = {"kind": "ffn", "in": [[1, 0, 0], [-1, 0, 0], [0, 1, 0]],
           "out": [[0, 0, 0, 0], [1, -1, 0, 0]]}
    plain = plain_model(LETTERS, [attention(some, pair), own], [0, 1], -2)
    found = extracted(plain, lambda w: "a" in w[:-1] and w.endswith("aa"), 8)
    assert found.states == 3


def test_long_windows_are_covered_up_to_a_length(monkeypatch: pytest.MonkeyPatch) -> None:
    plain = plain_model(LETTERS, [attention(head("window:9000"))], [0, 1])
    found = extract(Model.from_plain(plain), Budget(max_states=300))
    assert found.partial is not None and found.covered == 7
    assert found.partial.accepts("aaabb") and not found.partial.accepts("aabb")
    monkeypatch.setattr("expressivity.extraction.window.MAX_QUEUED", 50)
    found = extract(Model.from_plain(plain))
    assert found.covered is not None and 2 <= found.covered < 7
    assert "queues of more than 50 entries" in found.reason


@pytest.mark.parametrize("contract", [RATIONAL, SATURATING, FLOATS])
def test_a_gated_network_multiplies(contract: dict[str, Any]) -> None:
    # ReLU(x) y, with x from the letter and y from the letter before it.
    before = {"kind": "attention", "heads": [{
        "selection": "uhat-left", "mask": "window:2", "query": [[0, 0, 0, 0]],
        "key": [[0, 0, 0, 0]], "value": [[1, 0, 0, 0]], "output": [[0], [1], [0]]}]}
    gated = {"kind": "gated-ffn", "gate": [[1, 0, 0, 0]], "in": [[0, 1, 0, 0]],
             "out": [[0, 0], [0, 0], [1, 0]]}
    letters = {"a": [1, 0, 0], "b": [-1, 0, 0], "c": [0, 0, 0]}
    plain = plain_model(letters, [before, gated], [0, 0, 1], contract=contract)
    found = extracted(plain, lambda w: w == "a" or w.endswith("aa"), 5)
    assert found.states == 3


def norm_model(letters: dict[str, list[Any]], **norm: Any) -> dict[str, Any]:
    """The norm of (x, -x) is (sign x, -sign x); the answer is whether it is over 1/2."""
    copy = {"kind": "ffn", "in": [[1, 0, 0], [0, 1, 0]], "out": [[0, 0, 0], [1, 0, 0]],
            "norm": {"matrix": [[1, 0, 0], [-1, 0, 0]], "epsilon": 0, **norm}}
    return plain_model(letters, [copy], [0, 1], "-1/2")


def test_a_norm_before_a_sublayer_is_a_sign() -> None:
    found = extracted(norm_model({"a": [3, 0], "b": ["-1/7", 0]}), lambda w: w.endswith("a"))
    assert found.states == 2


def test_a_norm_without_a_value_is_refused_with_a_word() -> None:
    with pytest.raises(Refused, match=r"NaN .* in sublayer 1 of 1 \(feed-forward\) on: c$"):
        extract(Model.from_plain(norm_model({"a": [3, 0], "c": [0, 0]})))
    irrational = {"matrix": [[1, 0, 0], [0, 0, 0], [0, 0, 0]]}
    plain = norm_model({"a": [3, 0]}, **irrational)
    plain["layers"][0]["in"] = [[1, 0, 0, 0], [0, 1, 0, 0]]
    with pytest.raises(Refused, match="NaN"):
        extract(Model.from_plain(plain))


@pytest.mark.parametrize("kind", ["attention", "recurrence"])
def test_a_norm_without_a_value_in_a_sublayer_that_mixes_positions(kind: str) -> None:
    norm = {"matrix": [[1, 0, 0], [-1, 0, 0]], "epsilon": 0}
    mixing = attention(head("window:2")) if kind == "attention" else {
        "kind": "recurrence", "initial": [0], "transition": {
            "kind": "nonnegative-diagonal", "gates": [[0, 0, 1]]}, "input": [[1, 0, 0]],
        "reads": "after", "output": [[0], [1]]}
    plain = plain_model({"a": [3, 0], "b": [-2, 0]}, [mixing | {"norm": norm}], [0, 1])
    if kind == "attention":  # the recurrence counts signs without bound
        extracted(plain, lambda w: w[-2:] in ("a", "aa"))
    plain["embedding"][1] = [[0, 0]]
    with pytest.raises(Refused, match=r"NaN .* on: b$"):
        extract(Model.from_plain(plain))


def test_a_norm_sublayer_replaces_coordinates() -> None:
    plain = plain_model({"a": [5, -5, 1], "b": [-2, 2, 1]},
                        [{"kind": "norm", "coordinates": ["x1", "x0"], "epsilon": 0}],
                        [1, 0, "-1/2"])
    assert extracted(plain, lambda w: w.endswith("a")).states == 2


# -- masks that look forward ---------------------------------------------------------------------

def forward(markers: str, **rows: Any) -> dict[str, Any]:
    """Read at the first position: the leftmost later letter of the highest key."""
    plain = plain_model(LETTERS, [attention(head("strict-past", "uhat-left", **rows))], [0, 1],
                        markers=markers, readout="first")
    plain["embedding"][2:] = [[[0, 0]], [["1/2", 0]]]
    return plain


def test_the_first_position_sees_what_follows() -> None:
    # The leftmost later position without a preference: the next letter, or the end symbol.
    found = extracted(forward("both"), lambda w: not w.startswith("b"))
    assert found.states == 3
    extracted(forward("bos"), lambda w: w.startswith("a"))
    extracted(forward("none"), lambda w: w[1:2] == "a")
    # The empty word is read at the end symbol, which sees nothing.
    extracted(forward("eos"), lambda w: bool(w) and w[1:2] != "b")
    last = forward("none", key=[[0, 0, 1]])
    last["layers"][0]["heads"][0]["selection"] = "uhat-right"
    extracted(last, lambda w: len(w) > 1 and w.endswith("a"))


def test_nan_on_a_mirrored_word() -> None:
    # infinity - infinity where the first letter sees a c, which is the last.
    plain = plain_model({"a": [0, 0], "c": [15, 0]}, [attention(head(
        "past", "uhat-left", query=[[0, 0, 1]], key=[[1, 0, 0]], output=[[0], [2]])), {
            "kind": "ffn", "in": [[0, 1, 0], [0, 0, 1]], "out": [[1, -15, 0], [-15, 15, 0]]}],
        [0, 1], readout="first", contract=SATURATING | {"overflow": "infinity"})
    with pytest.raises(Refused) as error:
        extract(Model.from_plain(plain))
    model = Model.from_plain(plain)
    word = error.value.reason.split(" on: ")[1].split()
    with pytest.raises(ArithmeticError):
        model.run(model.indices(word))


def test_looking_back_the_first_position_knows_its_letter() -> None:
    plain = plain_model(LETTERS, [attention(head("future", "uhat-right"))], [0, 1],
                        readout="first")
    assert extracted(plain, lambda w: w.startswith("a")).states == 3
    for markers, empty in (("bos", False), ("both", False), ("eos", True)):
        plain["markers"] = markers
        plain["embedding"][2:] = [[[0, 0]], [[1, 0]]]
        expected = (lambda w: not w or w[0] == "a") if empty else (lambda w: False)
        extracted(plain, expected)


def test_a_mirror_image_too_large_is_refused() -> None:
    for seed in range(60):
        model = sample(random.Random(f"mirror {seed}"), RECIPES["unique hard, looking forward"])
        try:
            found = extract(model, Budget(max_states=4))
        except Refused as error:
            if "from right to left" in error.reason:
                assert "--up-to" in error.reason
                return
            continue
        for word in words(model.alphabet, 4):
            if word and found.dfa is not None:
                assert found.dfa.accepts(word) == accepts(model.definition, model.indices(word))
    pytest.fail("no mirror image with more than four states")
