"""Traces: each way of being wrong is rejected with its code, at its place."""

from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import Any

import pytest

from expressivity.circuits.circuit import Circuit, Gate
from expressivity.thought.automata import automaton_decoder
from expressivity.thought.circuits import circuit_decoder, straight
from expressivity.thought.files import save_trace
from expressivity.thought.session import OutOfTime, Session, think
from expressivity.thought.target import CircuitTarget, follows
from expressivity.thought.thinker import Thinker
from expressivity.thought.trace import attended, trace_data
from expressivity.thought.verify import verify_decoder
from languages.errors import InputError, LimitError
from languages.parse import parse_language
from proofs.check import check_file, check_text
from proofs.check_report import plain, report
from proofs.checkers.rejection import Rejected
from proofs.models.decoder import parse_decoder
from proofs.thought_trace import check_trace, decoder_digest, run_work


def automaton_trace() -> dict[str, Any]:
    """Two steps of (ab)*, with the decoder that made them."""
    language = parse_language("regex:(ab)*")
    assert language.dfa is not None
    thinker = Thinker.from_plain(automaton_decoder(language.dfa))
    return trace_data(thinker, language, ["a", "b"], think(thinker, (0, 1)))


def circuit_trace() -> dict[str, Any]:
    """x xor y by three ANDs."""
    gates = [Gate("AND", (2, 4)), Gate("AND", (3, 5)), Gate("AND", (7, 9))]
    target = CircuitTarget("xor", straight(Circuit.from_gates(["x", "y"], gates, {"out": 10})))
    thinker = Thinker.from_plain(circuit_decoder(target.program))
    return trace_data(thinker, target, ["1", "0"], think(thinker, (1, 0)))


def test_good_traces(tmp_path: Path) -> None:
    for made, kind in ((automaton_trace(), "automaton"), (circuit_trace(), "circuit")):
        found = check_trace(json.loads(json.dumps(made)))
        assert (found.kind, found.accepted, found.repeated) == (kind, True, True)
        del made["model"]
        assert check_trace(made).repeated is False
        outcome = check_file(save_trace(made, tmp_path))
        assert outcome.status == "accepted" and outcome.kind == "trace"
        assert f"the {kind} below accepts the word of 2 letters" in report(outcome)
        assert plain(outcome)["claim"]["accepted"] is True


def test_reports_say_what_the_tokens_follow() -> None:
    """Without automaton, circuit and model a reader could not tell what was claimed."""
    made = automaton_trace()
    text = report(check_text(json.dumps(made).encode(), "file"))
    digest = decoder_digest(parse_decoder(made["model"]))
    assert f"model sha256:{digest}" in text
    assert '0: "a" -> 1, "b" -> 2' in text and 'tokens of states: "<q0>" = 0, "<q1>" = 1' in text
    made["model"]["decoder"]["emit"]["bias"][0] = "-1/2"  # another model, the same tokens
    made["follows"]["language"]["accept"] = [0, 1]  # another automaton
    outcome = check_text(json.dumps(made).encode(), "file")
    assert digest not in report(outcome) and "accepting (2): 0, 1" in report(outcome)
    claim = plain(outcome)["claim"]
    assert claim["automaton"]["language"] == made["follows"]["language"]
    assert claim["automaton"]["states"] == made["follows"]["states"]
    made = circuit_trace()
    outcome = check_text(json.dumps(made).encode(), "file")
    for k, (left, right, table) in enumerate(made["follows"]["gates"], start=3):
        assert f"{k}: {left}, {right}; {''.join(map(str, table))}" in report(outcome)
    assert 'tokens of bits: "<0>" = 0, "<1>" = 1' in report(outcome)
    assert plain(outcome)["claim"]["circuit"]["gates"] == made["follows"]["gates"]
    spaced = automaton_trace()
    spaced["follows"]["language"]["alphabet"][1] = "b a"
    del spaced["model"]
    spaced["word"] = ["a", "b a"]
    assert 'the word of 2 letters "a" "b a".' in report(check_text(json.dumps(spaced).encode(), ""))


def test_many_gates_are_not_all_shown() -> None:
    made = circuit_trace()
    del made["model"]
    made["follows"]["gates"] += [[0, 0, [0, 0, 0, 0]]] * 100
    made["tokens"] = [*made["tokens"][:2], "<1>", *["<0>"] * 99, "<reject>"]
    text = report(check_text(json.dumps(made).encode(), "file"))
    assert "... 43 more" in text and len(text.splitlines()) < 80


BAD: list[tuple[str, str, Any, str, str]] = [
    ("automaton", "format", "x", "wrong-format", "format"),
    ("automaton", "version", 2, "out-of-range", "version"),
    ("automaton", "color", 1, "unknown-key", "trace"),
    ("automaton", "reject", "<accept>", "repeated-element", "reject"),
    ("automaton", "follows.kind", "x", "unknown-value", "follows.kind"),
    ("automaton", "tokens.0", "<q0>", "wrong-step", "tokens[0]"),
    ("automaton", "tokens.0", "<accept>", "wrong-step", "tokens[0]"),
    ("automaton", "tokens.2", "<reject>", "wrong-answer", "tokens[2]"),
    ("automaton", "tokens.2", "<q0>", "wrong-answer", "tokens[2]"),
    ("automaton", "tokens", [], "wrong-length", "tokens"),
    ("automaton", "tokens", ["<q1>", "<accept>"], "wrong-length", "tokens"),
    ("automaton", "word", ["a"], "wrong-length", "tokens"),
    ("automaton", "word.1", "c", "unknown-letter", "word[1]"),
    ("automaton", "word.1", 1, "not-a-string", "word[1]"),
    ("automaton", "follows.states.<q0>", 9, "out-of-range", "follows.states['<q0>']"),
    ("automaton", "follows.states.<q0>", 1, "wrong-step", "tokens[1]"),
    ("automaton", "follows.language.states", 9, "wrong-states", "follows.language.states"),
    ("automaton", "model.decoder.accept", "<q0>", "other-answers", "model.decoder"),
    ("automaton", "model.decoder.limit", [[2, 0]], "beyond-limit", "tokens"),
    ("automaton", "model.decoder.length", 3, "no-run", "model"),
    ("automaton", "model.alphabet", ["a", "c"], "unknown-letter", "word[1]"),
    ("automaton", "model.decoder.tokens.0", "<r0>", "unknown-token", "tokens[1]"),
    ("automaton", "model.decoder.emit.bias.2", 5, "model-differs", "tokens[0]"),
    ("automaton", "model.layers", None, "not-a-list", "model.layers"),
    ("automaton", "model.formulas.0.denominator", [[1, 1, 0]], "no-run", "model"),
    ("circuit", "tokens.0", "<1>", "wrong-step", "tokens[0]"),
    ("circuit", "tokens.2", "<1>", "wrong-answer", "tokens[2]"),
    ("circuit", "word.0", "2", "unknown-letter", "word[0]"),
    ("circuit", "follows.inputs", 3, "wrong-length", "word"),
    ("circuit", "follows.bits", ["<0>", "<0>"], "repeated-element", "follows.bits"),
    ("circuit", "follows.gates", [], "wrong-length", "follows.gates"),
    ("circuit", "follows.gates.0.0", 3, "out-of-range", "follows.gates[0][0]"),
    ("circuit", "follows.gates.0.0", -1, "out-of-range", "follows.gates[0][0]"),
    ("circuit", "follows.gates.0.2", [0, 1, 0], "wrong-length", "follows.gates[0][2]"),
    ("circuit", "follows.gates.0.2", [0, 2, 0, 1], "out-of-range", "follows.gates[0][2][1]"),
    ("circuit", "model.decoder.emit.bias.0", 7, "model-differs", "tokens[2]"),
]


@pytest.mark.parametrize(("base", "field", "value", "code", "path"), BAD)
def test_bad_traces_are_rejected(base: str, field: str, value: Any, code: str, path: str) -> None:
    data = copy.deepcopy(automaton_trace() if base == "automaton" else circuit_trace())
    *parents, last = [int(key) if key.isdigit() else key for key in field.split(".")]
    target: Any = data
    for key in parents:
        target = target[key]
    target[last] = value
    with pytest.raises(Rejected) as caught:
        check_trace(data)
    assert (caught.value.code, caught.value.path) == (code, path)
    outcome = check_text(json.dumps(data).encode(), "file")
    assert (outcome.status == "rejected") or field == "format"


def test_runs_that_are_too_long_to_repeat() -> None:
    data = automaton_trace()
    data["word"] = ["a", "b"] * 600
    data["tokens"] = ["<q1>", "<q0>"] * 600 + ["<accept>"]
    with pytest.raises(Rejected, match="to repeat the run"):
        check_trace(data)
    del data["model"]
    assert check_trace(data).tokens == 1201


def squaring(layers: int) -> dict[str, Any]:
    """The trace of a model whose numbers have twice as many digits after each sublayer."""
    made = automaton_trace()
    model = made["model"]
    width = len(model["residual"])
    unit = [int(k == width) for k in range(width + 1)]  # the bias, always 1
    ones = [[*unit[:-1], 3]]
    model["layers"] = [{"kind": "gated-ffn", "gate": ones, "in": ones,
                        "out": [[1, 0]] + [[0, 0]] * (width - 1)}]
    first = [[1, *[0] * width]]
    model["layers"] += [{"kind": "gated-ffn", "gate": first, "in": first,
                         "out": [[1, 0]] + [[0, 0]] * (width - 1)}] * layers
    return made


def test_numbers_that_grow_without_end() -> None:
    """A few kilobytes could ask for numbers of 2^60 digits."""
    with pytest.raises(Rejected) as caught:
        check_trace(squaring(60))
    assert caught.value.code == "no-run" and "more than 10000 bits" in caught.value.message
    with pytest.raises(Rejected) as caught:
        check_trace(squaring(3))
    assert caught.value.code == "model-differs"


def test_runs_of_many_products(monkeypatch: pytest.MonkeyPatch) -> None:
    made = automaton_trace()
    products = run_work(parse_decoder(made["model"]), 6)
    monkeypatch.setattr("proofs.thought_trace.MAX_WORK", products)
    assert check_trace(made).repeated
    monkeypatch.setattr("proofs.thought_trace.MAX_WORK", products - 1)
    with pytest.raises(Rejected) as caught:
        check_trace(made)
    assert caught.value.code == "too-much-work"
    monkeypatch.setattr("expressivity.thought.trace.MAX_WORK", products - 1)
    assert "model" not in automaton_trace()  # nothing is written that will not be accepted


def test_large_models_are_left_out() -> None:
    language = parse_language("word-problem:A5")
    assert language.dfa is not None
    thinker = Thinker.from_plain(automaton_decoder(language.dfa))
    word = (0, 1) * 60
    made = trace_data(thinker, language, [thinker.alphabet[k] for k in word], think(thinker, word))
    assert "model" not in made
    assert check_trace(made).repeated is False


def test_where_heads_look() -> None:
    language = parse_language("regex:(ab)*")
    assert language.dfa is not None
    thinker = Thinker.from_plain(automaton_decoder(language.dfa))
    found = attended(thinker, (0, 1, 0), think(thinker, (0, 1, 0)).tokens)
    for k, heads in enumerate(found):
        assert [j for j, _ in heads[0, 0]] == [0, 1, 2, 3]  # the begin marker and the letters
        assert heads[1, 0] == [(k + 1, 1)]  # the next letter, in the end the first token
    xor = circuit_trace()
    circuit = Thinker.from_plain(xor["model"])
    looked = [[heads[0, h] for h in (0, 1)] for heads in attended(circuit, (1, 0), (0, 0, 2))]
    assert looked == [[[(left, 1)], [(right, 1)]] for left, right, _ in xor["follows"]["gates"]]
    with pytest.raises(LimitError, match="positions of a run"):
        attended(thinker, (0,) * 2001, (0,))


def test_no_trace_without_names_or_automaton() -> None:
    language = parse_language("regex:(ab)*")
    thinker = Thinker.from_plain(circuit_trace()["model"])
    with pytest.raises(InputError, match="not named"):
        follows(language, thinker)


def test_wrong_decoders_are_found() -> None:
    """A decoder with one weight changed, on a word of its own language."""
    language = parse_language("parity")
    assert language.dfa is not None
    good = automaton_decoder(language.dfa)
    assert verify_decoder(Thinker.from_plain(good), language).agrees
    for change in ("answers", "step", "silent"):
        plain_decoder = copy.deepcopy(good)
        emit = plain_decoder["decoder"]["emit"]
        if change == "answers":
            emit["weights"][-1], emit["weights"][-2] = emit["weights"][-2], emit["weights"][-1]
        elif change == "step":
            emit["weights"][0], emit["weights"][1] = emit["weights"][1], emit["weights"][0]
        else:
            emit["bias"][0] = 2
        found = verify_decoder(Thinker.from_plain(plain_decoder), language)
        assert not found.agrees and found.word is not None
        assert {"answers": "expected the contrary", "step": "step 1 writes",
                "silent": "no answer within 1 tokens"}[change] in found.why


def constant(length: int | None = None, answers: bool = True) -> Thinker:
    """A decoder without markers that accepts all words, or writes for ever."""
    return Thinker.from_plain({
        "format": "expressivity model", "version": 1, "alphabet": ["0", "1"], "markers": "none",
        "contract": {"format": "rational"}, "residual": ["x"], "period": 1,
        "embedding": [[[0]]] * 7, "layers": [],
        "decoder": {"tokens": ["<accept>", "<reject>", "<on>"],
                    "emit": {"weights": [[0]] * 3, "bias": [int(answers), 0, int(not answers)]},
                    "accept": "<accept>", "reject": "<reject>", "length": length}})


def test_the_empty_word_is_in_the_scope_only_if_it_was_tried() -> None:
    """Without markers decoding cannot start from it, so nothing is said about it."""
    for text in ("regex:(0|1)*", "regex:(0|1)(0|1)*"):
        found = verify_decoder(constant(), parse_language(text))
        assert found.agrees and found.scope == "length 1 to 10 and 15 longer words"
        assert found.words == 2**11 - 2 + 15
    with pytest.raises(InputError, match="no words to verify: the shortest has"):
        verify_decoder(constant(), parse_language("regex:(0|1)*"), longest=0)


def test_decoders_for_very_long_words_are_not_verified() -> None:
    for length in (10_001, 10**12):
        with pytest.raises(InputError, match=f"length {length}, expected"):
            verify_decoder(constant(length), parse_language("regex:(0|1)*"))
    assert verify_decoder(constant(200), parse_language("regex:(0|1)*")).words == 1000


def test_decoders_that_never_answer_are_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(InputError, match="nothing was verified: within"):
        verify_decoder(constant(answers=False), parse_language("regex:(0|1)*"), seconds=0.2)
    found = verify_decoder(constant(answers=False), parse_language("regex:(0|1)*"), most=7)
    assert not found.agrees and found.why == "no answer within 7 tokens"
    thinker = constant()
    whole = Session.run

    def late(session: Session, until: float | None = None) -> Any:
        if len(session.words[0]) == 4:
            raise OutOfTime
        return whole(session, until)

    monkeypatch.setattr(Session, "run", late)
    found = verify_decoder(thinker, parse_language("regex:(0|1)*"))
    assert found.agrees and found.scope == "length 1 to 3" and found.words == 14
