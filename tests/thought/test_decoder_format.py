"""Files of decoders are read strictly; each way of being wrong has its code and its place."""

from __future__ import annotations

import ast
import copy
from pathlib import Path
from typing import Any

import pytest

from expressivity.thought.thinker import Thinker
from languages.errors import InputError
from proofs.models import decoder as decoder_module
from proofs.models.architecture import Rejected, parse_model
from proofs.models.decoder import decode, parse_decoder, plain_decoder
from proofs.models.positions import OutOfRange
from proofs.models.reference import NoReadout
from tests.thought.decoders import random_decoder


def example() -> dict[str, Any]:
    """Answers whether the last letter is a; before that it writes one token."""
    return {
        "format": "expressivity model", "version": 1, "alphabet": ["a", "b"], "markers": "none",
        "contract": {"format": "rational"}, "residual": ["a", "answer", "i"], "period": 1,
        "embedding": [[[1, 0, 0]], [[0, 0, 0]], [[0, 0, 0]], [[0, 0, 0]], [[0, 1, 0]],
                      [[0, 0, 0]], [[0, 0, 0]]],
        "formulas": [{"dimension": "i", "numerator": [[1, 1, 0]], "denominator": [[1, 0, 0]]}],
        "layers": [{"kind": "attention", "heads": [{
            "selection": "uhat-right", "mask": "strict-future", "query": [[0, 1, 0, 0]],
            "key": [[0, 0, 1, 0]], "value": [[1, 0, 0, 0]], "output": [[1], [0], [0]]}]}],
        "decoder": {"tokens": ["<wait>", "<yes>", "<no>"],
                    "emit": {"weights": [[0, -3, 0], [1, 1, 0], [-1, 1, 0]], "bias": [2, -1, 0]},
                    "accept": "<yes>", "reject": "<no>", "limit": [[1, 1], [2, 0]]}}


def test_the_example() -> None:
    decoder = parse_decoder(example())
    assert decode(decoder, [1, 0]).tokens == (0, 1)
    assert decode(decoder, [1, 0]).accepted is True
    assert decode(decoder, [0, 1]).accepted is False
    assert decode(decoder, [0, 1], 1).accepted is None
    assert decoder.first == 4
    assert decoder.most(5) == 7
    with pytest.raises(NoReadout, match="empty word"):
        decode(decoder, [])
    with pytest.raises(ValueError, match="letter 2"):
        decode(decoder, [2])


def test_ties_go_to_the_first_token() -> None:
    data = example()
    data["decoder"]["emit"] = {"weights": [[0, 0, 0]] * 3, "bias": [0, 1, 1]}
    assert decode(parse_decoder(data), [0]).tokens == (1,)


def test_one_length() -> None:
    data = example()
    data["decoder"]["length"] = 2
    decoder = parse_decoder(data)
    assert decode(decoder, [0, 0]).accepted is True
    with pytest.raises(OutOfRange, match="a word of length 3: the decoder is made for length 2"):
        decode(decoder, [0, 0, 0])
    with pytest.raises(InputError, match="has no profile"):
        Thinker(decoder).profile()


BAD: list[tuple[str, Any, str, str]] = [
    ("decoder", ..., "not-an-object", "model.decoder"),
    ("decoder.tokens", [], "wrong-length", "model.decoder.tokens"),
    ("decoder.tokens", ["<x>", "<yes>", "<yes>"], "repeated-element", "model.decoder.tokens"),
    ("decoder.tokens", ["a", "<yes>", "<no>"], "repeated-element", "model.decoder.tokens[0]"),
    ("decoder.accept", "<maybe>", "unknown-token", "model.decoder.accept"),
    ("decoder.accept", 1, "not-a-string", "model.decoder.accept"),
    ("decoder.reject", "<yes>", "repeated-element", "model.decoder.reject"),
    ("decoder.emit.weights", [[0, 0, 0]] * 2, "wrong-length", "model.decoder.emit.weights"),
    ("decoder.emit.bias", [0, 0, 0.5], "not-a-rational", "model.decoder.emit.bias[2]"),
    ("decoder.limit", [], "wrong-length", "model.decoder.limit"),
    ("decoder.limit", [[0, 1]], "out-of-range", "model.decoder.limit[0][0]"),
    ("decoder.limit", [[1, 9]], "out-of-range", "model.decoder.limit[0][1]"),
    ("decoder.length", -1, "out-of-range", "model.decoder.length"),
    ("decoder.length", True, "not-an-integer", "model.decoder.length"),
    ("decoder.color", 1, "unknown-key", "model.decoder"),
    ("readout", "last", "unknown-key", "model"),
    ("output", {"weights": [0, 0, 0], "bias": 0}, "unknown-key", "model"),
    ("sequence", {"dimensions": ["a"], "values": None}, "unknown-key", "model"),
    ("residual", 3, "not-a-list", "model.residual"),
    ("embedding", [[[0, 0, 0]]] * 4, "wrong-length", "model.embedding"),
    ("layers.0.heads.0.mask", "none", "not-causal", "model.layers[0].heads[0].mask"),
    ("layers.0.heads.0.mask", "past", "not-causal", "model.layers[0].heads[0].mask"),
    ("formulas.0.denominator", [[1, 0, 1]], "not-causal", "model.formulas[0]"),
    ("positions", {"kind": "table", "phases": {}}, "not-causal", "model.positions.kind"),
]


@pytest.mark.parametrize(("field", "value", "code", "path"), BAD)
def test_bad_decoders_are_rejected_naming_the_field(field: str, value: Any, code: str,
                                                    path: str) -> None:
    data = copy.deepcopy(example())
    *parents, last = [int(key) if key.isdigit() else key for key in field.split(".")]
    target: Any = data
    for key in parents:
        target = target[key]
    if value is ...:
        del target[last]
    else:
        target[last] = value
    with pytest.raises(Rejected) as caught:
        parse_decoder(data)
    assert (caught.value.code, caught.value.path) == (code, path)
    with pytest.raises(InputError, match=path.replace("[", r"\[")):
        Thinker.from_plain(data)


def test_every_code_has_a_bad_example() -> None:
    tree = ast.parse(Path(decoder_module.__file__).read_text(encoding="utf-8"))
    codes = {node.args[0].value for node in ast.walk(tree) if isinstance(node, ast.Call)
             and isinstance(node.func, ast.Name) and node.func.id == "reject"
             and isinstance(node.args[0], ast.Constant)}
    assert codes
    assert codes <= {code for _, _, code, _ in BAD}


def test_models_that_answer_at_once_have_no_decoder() -> None:
    """The field is optional: without it the format is what it was, with it no plain model."""
    with pytest.raises(Rejected) as caught:
        parse_model(example())
    assert caught.value.code == "missing-key"
    data = example() | {"readout": "last", "output": {"weights": [0, 0, 0], "bias": 0}}
    with pytest.raises(Rejected, match="decoder"):
        parse_model(data)


def test_reading_and_writing_are_inverse() -> None:
    for seed in range(30):
        decoder = parse_decoder(random_decoder(seed))
        assert parse_decoder(plain_decoder(decoder)) == decoder


@pytest.mark.parametrize(("limit", "cot"), [
    (None, "unbounded"), ([[3, 0], [4, 0]], "7"), ([[1, 1], [1, 0]], "n"), ([[5, 3]], "n^3")])
def test_profile(limit: Any, cot: str) -> None:
    data = example()
    data["decoder"]["limit"] = limit
    box = Thinker.from_plain(data).profile().to_plain()
    assert box["cot"] == cot
    assert box["readout"] == "token"
    assert box["vocabulary"] == "5"
