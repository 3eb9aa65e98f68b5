"""Repeated sublayers: the format, what they compute, and who refuses them."""

from __future__ import annotations

import ast
import copy
import itertools
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from expressivity.circuits.from_model import NoCircuit, model_circuit
from expressivity.circuits.letters import Letters, all_words
from expressivity.circuits.membership import answers
from expressivity.extraction import Refused, extract
from expressivity.extraction.bounded import up_to
from expressivity.models import fast
from expressivity.models.fast import evaluate, residual
from expressivity.models.files import load_model, save_model
from expressivity.models.model import Model
from expressivity.models.profile import model_profile
from expressivity.models.quantise import quantise
from expressivity.models.sizes import sizes
from expressivity.smt.floats import NotTranslated
from expressivity.smt.runs import Run
from languages.errors import InputError, LimitError
from languages.parse import parse_language
from proofs import head_lemma
from proofs.bounds.equal_at_length import encode
from proofs.checkers.automaton import parse_automaton
from proofs.checkers.rejection import Rejected
from proofs.models.architecture import parse_model, plain_model, unrolled
from proofs.models.decoder import parse_decoder
from proofs.models.loops import MAX_SUBLAYERS, Loop, describe_loop, order
from proofs.models.numbers import NotANumber
from proofs.models.positions import OutOfRange
from proofs.models.reference import NoReadout, run, sublayers
from proofs.models.sequences import outputs
from proofs.witnesses.model_language import check_witness
from proofs.witnesses.wording import describe_model
from tests.models.agreement import compare
from tests.models.random_models import RATIONAL, random_extended_model, random_plain_model
from tests.models.test_architecture import example
from tests.proofs.test_head_lemma import lemma
from tests.thought.decoders import random_decoder
from tests.witnesses.bad_witnesses import good


def looped(plain: dict[str, Any], first: int, last: int, times: int | str) -> dict[str, Any]:
    return plain | {"loop": {"first": first, "last": last, "times": times}}


def random_looped(seed: int, **choices: Any) -> dict[str, Any]:
    rng = random.Random(seed)
    plain = random_extended_model(rng, layers=rng.randint(1, 3), **choices)
    first = rng.randrange(len(plain["layers"]))
    last = rng.randrange(first, len(plain["layers"]))
    return looped(plain, first, last, rng.choice((1, 2, 3, "ceil-log2", "ceil-log2")))


def doubling(times: int | str, markers: str = "none") -> dict[str, Any]:
    """Doubles the 1 of its embedding in each round, and outputs it less 8."""
    return looped({
        "format": "expressivity model", "version": 1, "alphabet": ["a"], "markers": markers,
        "readout": "last", "contract": RATIONAL, "residual": ["x"], "period": 1,
        "embedding": [[[1]]] * 3,
        "layers": [{"kind": "ffn", "in": [[1, 0]], "out": [[1, 0]]}],
        "output": {"weights": [1], "bias": -8}}, 0, 0, times)


@pytest.mark.parametrize("markers", ["none", "bos"])
def test_a_power_of_two_for_each_length(markers: str) -> None:
    """2^ceil(log2 n), as integers say it: the first power of 2 that is not below n."""
    model = parse_model(doubling("ceil-log2", markers))
    for n in range(0 if markers == "bos" else 1, 70):
        power = next(2**k for k in itertools.count() if 2**k >= n)
        trace = run(model, [0] * n)
        assert trace.value == power - 8
        assert len(trace.layers) == len(trace.heads) == len(trace.residual) - 1
        assert 2**len(trace.layers) == power
    assert run(parse_model(doubling(5)), [0]).value == 24


def test_the_order_of_sublayers() -> None:
    assert order(5, Loop(1, 3, 2), 9) == [0, 1, 2, 3, 1, 2, 3, 4]
    assert order(5, Loop(1, 3, None), 5) == [0, *[1, 2, 3] * 3, 4]
    assert order(3, Loop(0, 1, None), 1) == order(3, Loop(0, 1, None), 0) == [2]
    assert order(2, None, 100) == [0, 1]


def listed(plain: dict[str, Any], letters: int) -> dict[str, Any]:
    """The same model for words of this length, its sublayers written out."""
    loop, layers = plain["loop"], plain["layers"]
    times = loop["times"]
    if times == "ceil-log2":
        times = next(k for k in itertools.count() if 2**k >= letters)
    block = layers[loop["first"]:loop["last"] + 1]
    return {**{key: value for key, value in plain.items() if key != "loop"},
            "layers": layers[:loop["first"]] + block * times + layers[loop["last"] + 1:]}


def answer(plain: dict[str, Any], word: tuple[int, ...]) -> Any:
    try:
        trace = run(parse_model(plain), word)
    except (NotANumber, NoReadout, OutOfRange) as error:
        return str(type(error))
    return trace.value, trace.residual, trace.accepted


def test_a_loop_is_its_block_written_out() -> None:
    for seed in range(60):
        plain = random_looped(seed)
        for n in (0, 1, 2, 3, 5):
            word = tuple(random.Random(n).choices(range(2), k=n))
            assert answer(plain, word) == answer(listed(plain, n), word)


def test_the_fast_evaluator_agrees() -> None:
    seen = set()
    for seed in range(150):
        seen |= compare(Model.from_plain(random_looped(seed)), 4)
    assert {True, False, "not a number"} <= seen


def test_streams_and_outputs_of_batches() -> None:
    compared = 0
    for seed in range(60):
        model = Model.from_plain(random_looped(seed, contract=RATIONAL))
        for n in (1, 3, 5):
            word = random.Random(n).choices(range(2), k=n)
            try:
                trace = run(model.definition, word)
            except (NotANumber, OutOfRange):
                continue
            for k in (0, len(trace.layers) // 2, len(trace.layers)):
                found = residual(model, [word], k)[0]
                assert [tuple(row) for row in found] == list(trace.residual[k])
            if model.definition.sequence is not None:
                wanted = outputs(model.definition, trace.residual[-1])
                assert list(fast.outputs(model, [word])[0]) == list(wanted)
            compared += 1
    assert compared > 80


def test_the_loop_goes_round_through_files(tmp_path: Any) -> None:
    choices: list[int | str] = [1, 7, "ceil-log2"]
    for k, times in enumerate(choices):
        plain = looped(example(), 0, 1, times)
        model = Model.from_plain(plain)
        assert plain_model(model.definition)["loop"] == plain["loop"]
        assert parse_model(model.to_plain()) == model.definition
        save_model(model, tmp_path / str(k))
        assert load_model(tmp_path / str(k)).definition == model.definition
        assert quantise(model, model.contract).model.definition == model.definition
    assert "loop" not in plain_model(parse_model(example()))


def test_the_loop_goes_round_through_tensors(tmp_path: Any) -> None:
    pytest.importorskip("safetensors")
    model = Model.from_plain(looped(example(), 0, 0, "ceil-log2"))
    save_model(model, tmp_path, "safetensors")
    assert load_model(tmp_path).definition == model.definition


def test_the_module_runs_the_loop() -> None:
    torch = pytest.importorskip("torch")
    from expressivity.models.torch_module import to_torch

    for times in (3, "ceil-log2"):
        module = to_torch(Model.from_plain(doubling(times)))
        assert module.to_plain() == doubling(times)
        for n in (1, 2, 3, 9):
            value = module(torch.zeros((1, n), dtype=torch.int64)).item()
            assert value == run(parse_model(doubling(times)), [0] * n).value


BAD: list[tuple[str, str, Any]] = [
    ("not-an-object", "model.loop", 3),
    ("missing-key", "model.loop", {"first": 0, "last": 0}),
    ("unknown-key", "model.loop", {"first": 0, "last": 0, "times": 1, "more": 1}),
    ("out-of-range", "model.loop.first", {"first": -1, "last": 0, "times": 1}),
    ("out-of-range", "model.loop.first", {"first": 2, "last": 2, "times": 1}),
    ("not-an-integer", "model.loop.first", {"first": True, "last": 1, "times": 1}),
    ("out-of-range", "model.loop.last", {"first": 1, "last": 0, "times": 1}),
    ("out-of-range", "model.loop.last", {"first": 0, "last": 2, "times": 1}),
    ("out-of-range", "model.loop.times", {"first": 0, "last": 1, "times": 0}),
    ("out-of-range", "model.loop.times", {"first": 0, "last": 1,
                                          "times": MAX_SUBLAYERS // 2 + 1}),
    ("unknown-value", "model.loop.times", {"first": 0, "last": 1, "times": "log2"}),
    ("not-an-integer", "model.loop.times", {"first": 0, "last": 1, "times": None}),
    ("not-an-integer", "model.loop.times", {"first": 0, "last": 1, "times": 1.0}),
]


@pytest.mark.parametrize(("code", "path", "loop"), BAD)
def test_bad_loops_are_rejected(code: str, path: str, loop: Any) -> None:
    with pytest.raises(Rejected) as caught:
        parse_model(example() | {"loop": loop})
    assert (caught.value.code, caught.value.path) == (code, path)


def test_as_many_rounds_as_allowed() -> None:
    model = parse_model(looped(example(), 0, 1, MAX_SUBLAYERS // 2))
    assert len(unrolled(model, 3).layers) == MAX_SUBLAYERS


def test_whoever_cannot_loop_says_so() -> None:
    plain = looped(example(), 0, 1, "ceil-log2")
    model = Model.from_plain(plain)
    with pytest.raises(ValueError, match="unroll it first"):
        sublayers(model.definition, (0, 1))
    for times, what in (("ceil-log2", "as often as the length says"), (2, "looped: sublayers")):
        with pytest.raises(Refused, match=what):
            extract(Model.from_plain(looped(example(), 0, 1, times)))
    mirror = random_plain_model(random.Random(1), markers="bos", readout="first", period=1,
                                layers=1, masks=["past"], selections=["uhat-left"])
    with pytest.raises(Refused, match="looped"):
        extract(Model.from_plain(looped(mirror, 0, 0, 2)))


def test_extraction_up_to_a_length() -> None:
    """8 < 2^ceil(log2 n) iff n > 8."""
    found = up_to(Model.from_plain(doubling("ceil-log2")), 12)
    assert found.partial is not None
    assert [found.partial.accepts("a" * n) for n in range(13)] == [n > 8 for n in range(13)]


def test_certificates_of_looped_models_are_rejected() -> None:
    claim = good("parity")
    claim["claim"]["model"] = looped(claim["claim"]["model"], 0, 0, 2)
    with pytest.raises(Rejected) as caught:
        check_witness(claim)
    assert (caught.value.code, caught.value.path) == ("looped", "claim.model.loop")
    data = copy.deepcopy(lemma())
    data["model"] = looped(data["model"], 0, 0, 2)
    with pytest.raises(Rejected) as caught:
        head_lemma.check_head_lemma(data)
    assert (caught.value.code, caught.value.path) == ("looped", "model.loop")
    decoder = looped(random_decoder(1), 0, 0, 2)
    with pytest.raises(Rejected) as caught:
        parse_decoder(decoder)
    assert caught.value.code == "unknown-key" and "'loop'" in caught.value.message


def test_circuits_unroll_the_loop() -> None:
    compared = 0
    for seed in range(60):
        model = Model.from_plain(random_looped(seed, selections=("uhat-left", "uhat-right")))
        for n in (2, 3):
            try:
                circuit = model_circuit(model, n, max_values=2000)
            except (NoCircuit, LimitError):
                continue
            got = answers(circuit, Letters(model.alphabet, n, None))
            wanted = evaluate(model, all_words(2, n))
            assert (got["accepted"] == wanted.accepted).all()
            compared += 1
    assert compared > 30


def test_clauses_and_terms_at_one_length_unroll_the_loop() -> None:
    """Those of solvers and of their checker are those of the model written out."""
    automaton = parse_automaton({"alphabet": ["a", "b"], "states": 2, "start": 0, "accept": [0],
                                 "delta": [[1, 0], [0, 1]]}, "automaton")
    compared = translated = 0
    for seed in range(40):
        plain = random_looped(seed, selections=("uhat-left", "uhat-right"))
        models = [parse_model(one) for one in (plain, listed(plain, 3))]
        try:
            clauses, expected = (encode(model, automaton, 3).clauses for model in models)
        except Rejected:
            continue
        assert clauses == expected
        compared += 1
    for seed in range(40):
        contract = {"format": "float", "exponent": 3, "significand": 3, "rounding": "nearest",
                    "overflow": "infinity", "arithmetic": "left-to-right", "softmax": "plain"}
        plain = random_looped(seed, contract=contract, selections=("uhat-left", "uhat-right"))
        try:
            one, other = (Run(parse_model(p), 3) for p in (plain, listed(plain, 3)))
        except (NotTranslated, OutOfRange, NoReadout, NotANumber):
            continue
        assert (one.accepted, one.floats.lines) == (other.accepted, other.floats.lines)
        translated += 1
    assert compared > 15 and translated > 15


LOOKED_AT = """
    expressivity/circuits/cut.py circuits/from_model.py extraction/certificate.py
    extraction/layers.py extraction/mirror.py extraction/support.py latent/thinker.py
    models/dense.py models/fast.py models/interned.py models/model.py models/sizes.py
    thought/cache.py thought/session.py thought/trace.py cli/report.py cli/smt.py report/models.py
    report/decoders.py smt/lemmas.py
    proofs/bounds/unrolled.py head_lemma.py thought_trace.py models/architecture.py
    models/decoder.py models/profile.py models/profile_norm.py models/reference.py
    witnesses/forgetting.py witnesses/model_language.py witnesses/wording.py"""


def test_whoever_reads_the_sublayers_of_a_model_knows_of_loops() -> None:
    """A file that is not in the list reads `layers`: see that it unrolls or refuses loops first."""
    root = Path(__file__).parents[2]
    known = set()
    for name in LOOKED_AT.split():
        if name.startswith(("expressivity/", "proofs/")):
            folder, _, name = name.partition("/")
        known.add(f"{folder}/{name}")
    found = set()
    for folder in ("expressivity", "proofs"):
        for file in (root / folder).rglob("*.py"):
            for node in ast.walk(ast.parse(file.read_text("utf-8"))):
                if isinstance(node, ast.Attribute) and node.attr == "layers" and (
                        getattr(node.value, "id", getattr(node.value, "attr", ""))
                        in ("model", "definition")):
                    found.add(str(file.relative_to(root)))
    assert found <= known, sorted(found - known)


def test_loops_in_words() -> None:
    assert describe_loop(Loop(0, 0, None)).startswith("sublayer 1 runs ceil(log2 n) times")
    assert describe_loop(Loop(1, 3, 5)).startswith("sublayers 2 to 4 run 5 times")
    lines = describe_model(parse_model(doubling("ceil-log2")))
    assert "loop: sublayer 1 runs ceil(log2 n) times, n being the number of letters" in lines
    assert not any(line.startswith("loop") for line in describe_model(parse_model(example())))


def profiles(plain: dict[str, Any]) -> dict[str, str]:
    (box,) = model_profile(Model.from_plain(plain))
    return box.to_plain()


def test_profile_and_sizes() -> None:
    plain = example()
    kinds = [layer["kind"] for layer in plain["layers"]]
    assert kinds == ["attention", "ffn"]
    for first, last, depth, inner in ((0, 1, 1, 1), (0, 0, 2, 1), (1, 1, 2, 1)):
        for times, loops in ((4, "4"), ("ceil-log2", "log(n)")):
            made = looped(plain, first, last, times)
            assert profiles(made) | {"loops": "1", "depth": "1"} == profiles(plain)
            assert (profiles(made)["loops"], profiles(made)["depth"]) == (loops, str(depth))
            counts = sizes(parse_model(made))
            assert (counts["layers"], counts["looped_layers"]) == (depth, inner)
    assert sizes(parse_model(plain))["looped_layers"] == 0


NORM = {"kind": "norm", "coordinates": ["x", "y"], "epsilon": 1}


def normed(kinds: str) -> dict[str, Any]:
    """Sublayers by letter: F a network, N the norm of the stream, H that of its first half."""
    network = {"kind": "ffn", "in": [[1, 0, 0]], "out": [[1, 0], [0, 0]]}
    made = {"F": network, "N": NORM, "H": NORM | {"coordinates": ["x"]}}
    return {"format": "expressivity model", "version": 1, "alphabet": ["a"], "markers": "none",
            "readout": "last", "contract": example()["contract"], "residual": ["x", "y"],
            "period": 1, "embedding": [[[1, 0]]] * 3, "layers": [made[k] for k in kinds],
            "output": {"weights": [1, 0], "bias": 0}}


def cases() -> Iterator[tuple[str, int, int, int | str, str | None]]:
    """Kinds, the loop, and the norm that is described; None if none is."""
    yield "FNFN", 2, 3, "ceil-log2", "post"
    yield "FNFN", 0, 3, "ceil-log2", "post"
    yield "FN", 0, 1, 3, "post"
    yield "FNFH", 2, 3, 2, "block-wise"
    yield "FNFH", 2, 3, "ceil-log2", None   # short words have no block
    yield "FNFN", 1, 2, 2, "post"
    yield "FNFN", 1, 2, "ceil-log2", "post"
    yield "FFN", 1, 2, "ceil-log2", None    # F without norm in any case
    yield "FNF", 1, 2, 2, None              # the last F has no norm
    yield "FFN", 0, 1, 2, None
    yield "FN", 1, 1, 2, None               # normalised twice
    yield "FN", 1, 1, 1, "post"


@pytest.mark.parametrize(("kinds", "first", "last", "times", "value"), list(cases()))
def test_norms_of_loops(kinds: str, first: int, last: int, times: int | str,
                        value: str | None) -> None:
    plain = looped(normed(kinds), first, last, times)
    if value is None:
        with pytest.raises(InputError, match="no value of the axis norm"):
            profiles(plain)
    else:
        assert profiles(plain)["norm"] == value


def test_verify_tries_words() -> None:
    from expressivity.verify import verify

    model = Model.from_plain(doubling("ceil-log2"))
    found = verify(model, parse_language("regex:aaaaaaaaaa*"), longest=20)
    assert (found.agrees, found.scope) == (True, "length <= 20")
    assert "looped" in " ".join(found.notes)
    found = verify(model, parse_language("regex:aaaaaaaaaaaaaaaaa*"), longest=20)
    assert (found.agrees, found.counterexample) == (False, ("a",) * 9)
