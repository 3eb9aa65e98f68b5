"""The PyTorch module beside the definition, and the way from training to an automaton."""

from __future__ import annotations

import itertools
import json
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from expressivity.extraction import Budget, extract
from expressivity.models.contracts import parse_contract_text
from expressivity.models.files import load_model, load_quantised, save_model
from expressivity.models.layout import split
from expressivity.models.model import Model
from expressivity.verify import ALL_LENGTHS, verify
from languages.errors import InputError
from languages.parse import parse_language
from proofs.models.numbers import NotANumber
from proofs.models.reference import NoReadout
from tests.models.every_kind import FP64, KINDS, RATIONAL, models
from tests.models.test_architecture import example

torch = pytest.importorskip("torch")
safetensors = pytest.importorskip("safetensors.torch")
torch_module = pytest.importorskip("expressivity.models.torch_module")
torch.set_num_threads(1)


def compared(plain: dict[str, Any], tolerance: float) -> int:
    """Compare the module with the definition on short words; how many had a value."""
    model = Model.from_plain(plain)
    module = torch_module.to_torch(model)
    count = 0
    for n in range(5):
        words = list(itertools.product(range(2), repeat=n))[-3:]
        try:
            found = module(torch.tensor(words, dtype=torch.int64).reshape(len(words), n))
        except NoReadout:
            continue
        for word, value in zip(words, found.tolist(), strict=True):
            try:
                expected = float(model.run(word).value)
            except NotANumber:
                continue
            assert value == pytest.approx(expected, rel=tolerance, abs=tolerance), (plain, word)
            count += 1
    return count


@pytest.mark.parametrize("norm", [False, True])
@pytest.mark.parametrize("kind", KINDS)
def test_the_module_computes_what_the_definition_says(kind: str, norm: bool) -> None:
    if norm and kind == "norm":
        pytest.skip("the sublayer that normalises has no norm of its own")
    # Hard selections are compared without norms, where floats are exact and ties are ties.
    selections = ("softmax",) if norm else ("uhat-left", "uhat-right", "average-hard", "softmax")
    assert sum(compared(plain, 1e-9) for plain in
               models(kind, 4, norm=norm, selections=selections)) > 20


def test_hard_attention_with_dyadic_weights_is_exact() -> None:
    for plain in models("attention", 8, RATIONAL, selections=("uhat-left", "uhat-right")):
        assert compared(plain, 0) > 5


@pytest.mark.parametrize("kind", KINDS)
def test_parameters_are_named_as_in_the_files(tmp_path: Path, kind: str) -> None:
    for i, plain in enumerate(models(kind, 2, norm=kind != "norm")):
        model, folder = Model.from_plain(plain), tmp_path / str(i)
        save_model(model, folder, "safetensors")
        stored = safetensors.load_file(folder / "model.safetensors")
        module = torch_module.TorchModel(json.loads((folder / "architecture.json").read_text()))
        module.load_state_dict(stored)
        assert dict(module.named_parameters()).keys() == split(plain)[1].keys()
        assert module.to_plain() == plain
        safetensors.save_file(module.state_dict(), folder / "model.safetensors")
        assert load_model(folder).definition == model.definition
        assert Model.from_plain(torch_module.load_torch(folder).to_plain()
                                ).definition == model.definition


def test_rationals_become_the_nearest_floats(tmp_path: Path) -> None:
    plain = next(models("attention", 1, RATIONAL, selections=("uhat-left",)))
    plain["output"]["bias"] = "1/3"
    module = torch_module.to_torch(Model.from_plain(plain))
    assert module.to_plain()["output"]["bias"] == str(Fraction(1 / 3))
    save_model(Model.from_plain(plain), tmp_path, "safetensors")
    assert torch_module.load_torch(tmp_path).output.bias.item() == 1 / 3
    plain["output"]["bias"] = str(10**400)
    with pytest.raises(InputError, match=r"output\.bias: expected a number that float64 reaches"):
        torch_module.to_torch(Model.from_plain(plain))


def test_what_is_no_model_is_refused(tmp_path: Path) -> None:
    architecture = split(example())[0]
    with pytest.raises(InputError, match=r"model\.embedding"):
        torch_module.TorchModel({**architecture, "residual": ["one"]})
    plain = example()
    plain["output"]["weights"] = [[1, 2], [3]]
    (tmp_path / "model.json").write_text(json.dumps(plain))
    with pytest.raises(InputError, match=r"model\.json: .*output\.weights"):
        torch_module.load_torch(tmp_path)
    plain["output"]["weights"] = [1, "x"]
    (tmp_path / "model.json").write_text(json.dumps(plain))
    with pytest.raises(InputError, match=r"output\.weights\[1\]: expected an integer or a string"):
        torch_module.load_torch(tmp_path)
    (tmp_path / "model.json").write_text("[]")
    with pytest.raises(InputError, match="expected an object"):
        torch_module.load_torch(tmp_path)


def test_weights_that_are_not_finite_are_named(tmp_path: Path) -> None:
    module = torch_module.TorchModel(split(example())[0]).initialise(1)
    with torch.no_grad():
        module.layers[1].out[0, 1] = torch.nan
    with pytest.raises(InputError, match=r"layers\.1\.out\[0\]\[1\]: expected a finite number, "
                       "got nan"):
        torch_module.save_torch(module, tmp_path)


def test_rows_that_see_nothing_have_gradients() -> None:
    plain = next(models("attention", 1, selections=("softmax",)))
    for layer in plain["layers"]:
        for head in layer["heads"]:
            head["mask"] = "strict-future"
    module = torch_module.to_torch(Model.from_plain(plain)).initialise(3)
    module(torch.tensor([[0, 1, 1]])).sum().backward()
    assert all(bool(p.grad.isfinite().all()) for p in module.parameters())
    assert module.layers[0].heads[0].query.grad.abs().sum() > 0


ARCHITECTURE: dict[str, Any] = {
    "format": "expressivity architecture", "version": 1, "alphabet": ["a", "b"],
    "markers": "both", "readout": "eos", "contract": FP64, "residual": ["x", "y", "z"], "period": 1,
    "embedding": {"shape": [4, 1, 3]},
    "layers": [{"kind": "attention", "heads": [
        {"selection": "softmax", "mask": "future", "query": {"shape": [1, 4]},
         "key": {"shape": [1, 4]}, "value": {"shape": [1, 4]}, "output": {"shape": [3, 1]}}]}],
    "output": {"weights": {"shape": [3]}, "bias": {"shape": []}}}


def trained() -> Any:
    """A softmax model trained on "some letter is b", on all words up to length 5."""
    module = torch_module.TorchModel(ARCHITECTURE).initialise(5)
    optimiser = torch.optim.Adam(module.parameters(), lr=0.1)
    batches = []
    for n in range(6):
        words = torch.tensor(list(itertools.product(range(2), repeat=n)),
                             dtype=torch.int64).reshape(2**n, n)
        batches.append((words, (words == 1).any(dim=1).to(torch.float64)))
    for _ in range(150):
        loss = sum(torch.nn.functional.binary_cross_entropy_with_logits(module(words), wanted)
                   for words, wanted in batches)
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
    return module


def test_from_training_to_an_automaton(tmp_path: Path) -> None:
    """Training gives floats; rounding gives a model with an exact meaning; that, an automaton."""
    path = torch_module.save_torch(trained(), tmp_path)
    assert path.name == "architecture.json"
    rounded = load_quantised(tmp_path, parse_contract_text("fixed:8.4,overflow=saturate"))
    assert (rounded.change.weights, rounded.change.changed) == (31, 31)
    assert 0 < rounded.change.largest <= Fraction(1, 32)
    found = extract(rounded.model, Budget(max_states=20_000, seconds=20.0))
    assert found.dfa is not None
    for n in range(6):
        for word in itertools.product(range(2), repeat=n):
            assert (found.dfa.accepts([found.dfa.alphabet[i] for i in word])
                    == rounded.model.run(word).accepted == (1 in word))
    language = parse_language("regex:(a|b)*b(a|b)*")
    assert verify(rounded.model, language).scope == ALL_LENGTHS


def test_loading_can_round(tmp_path: Path) -> None:
    torch_module.save_torch(torch_module.TorchModel(ARCHITECTURE).initialise(2), tmp_path)
    contract = parse_contract_text("bf16")
    model = load_model(tmp_path, contract)
    assert model.contract == contract
    assert model.definition == load_quantised(tmp_path, contract).model.definition
