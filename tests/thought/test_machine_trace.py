"""Traces of Turing machines: each way of being wrong is rejected with its code, at its place."""

from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import Any

import pytest

from expressivity.thought.files import save_trace
from expressivity.thought.machines import machine_decoder
from expressivity.thought.session import think
from expressivity.thought.target import MachineTarget
from expressivity.thought.thinker import Thinker
from expressivity.thought.trace import trace_data
from languages.machines.text import parse_machine
from proofs.check import check_file
from proofs.check_report import plain, report
from proofs.checkers.rejection import Rejected
from proofs.thought_machine import machine_steps
from proofs.thought_trace import check_trace

MACHINE = """input: a b
work: x
blank: _
states: go back yes no
start: go
accept: yes
reject: no
transitions:
  go a _ -> go x R R
  go _ _ -> back _ L L
  back a x -> back _ L L
  back _ _ -> yes _ S S
"""


def machine_trace() -> dict[str, Any]:
    """The words a^n, by copying them and going back."""
    target = MachineTarget("tm", parse_machine(MACHINE))
    thinker = Thinker.from_plain(machine_decoder(target.machine))
    return trace_data(thinker, target, ["a"], think(thinker, (0,)))


def test_good_traces(tmp_path: Path) -> None:
    made = machine_trace()
    found = check_trace(json.loads(json.dumps(made)))
    assert (found.kind, found.accepted, found.repeated, found.tokens) == ("machine", True, True, 5)
    del made["model"]
    assert check_trace(made).repeated is False
    outcome = check_file(save_trace(made, tmp_path))
    assert outcome.status == "accepted" and outcome.kind == "trace"
    shown = " ".join(report(outcome).split())
    assert 'the machine below accepts the word of 1 letters "a"' in shown
    assert '["back", ["a", "x"], "back", ["_"], ["L", "L"]]' in shown
    assert '"<go x RR>" = ["go", ["x"], ["R", "R"]]' in shown
    assert plain(outcome)["claim"]["accepted"] is True


BAD: list[tuple[str, Any, str, str]] = [
    ("color", 1, "unknown-key", "trace"),
    ("tokens.0", "<go x RS>", "wrong-step", "tokens[0]"),
    ("tokens.1", "<go x RR>", "wrong-step", "tokens[1]"),
    ("tokens.4", "<reject>", "wrong-answer", "tokens[4]"),
    ("tokens", ["<go x RR>"], "does-not-stop", "tokens"),
    ("tokens", ["<go x RR>", "<back _ LL>", "<back _ LL>", "<yes _ SS>"],
     "wrong-length", "tokens"),
    ("tokens", ["<go x RR>"] * 8, "wrong-length", "tokens"),
    ("word", ["b"], "wrong-length", "tokens"),
    ("word", ["c"], "unknown-letter", "word[0]"),
    ("follows.color", 1, "unknown-key", "follows"),
    ("follows.actions", [], "not-an-object", "follows.actions"),
    ("follows.actions.<go x RR>", ["go", ["x"]], "wrong-length",
     "follows.actions['<go x RR>']"),
    ("follows.actions.<go x RR>", ["gone", ["x"], ["R", "R"]], "unknown-name",
     "follows.actions['<go x RR>'][0]"),
    ("follows.actions.<go x RR>", ["go", ["a"], ["R", "R"]], "unknown-name",
     "follows.actions['<go x RR>'][1][0]"),
    ("follows.actions.<go x RR>", ["go", ["x"], ["R", "U"]], "unknown-name",
     "follows.actions['<go x RR>'][2][1]"),
    ("follows.actions.<go x RR>", ["go", ["x"], ["R", "S"]], "wrong-step",
     "tokens[0]"),
    ("follows.machine.tapes", 0, "out-of-range", "follows.machine.tapes"),
    ("follows.machine.tapes", 9, "out-of-range", "follows.machine.tapes"),
    ("follows.machine.tapes", 2, "wrong-length", "follows.machine.rules[0][1]"),
    ("follows.machine.time", [], "unknown-key", "follows.machine"),
    ("follows.machine.letters", ["a", "a"], "repeated-element",
     "follows.machine.letters"),
    ("follows.machine.letters", ["a", 1], "not-a-string",
     "follows.machine.letters[1]"),
    ("follows.machine.work", ["x", "_"], "repeated-element", "follows.machine.blank"),
    ("follows.machine.blank", "a", "repeated-element", "follows.machine.blank"),
    ("follows.machine.blank", "-", "unknown-name", "follows.machine.rules[0][1][1]"),
    ("follows.machine.start", "gone", "unknown-name", "follows.machine.start"),
    ("follows.machine.start", "back", "wrong-length", "tokens"),
    ("follows.machine.accept", "no", "repeated-element", "follows.machine.reject"),
    ("follows.machine.accept", "go", "goes-on", "follows.machine.rules[0][0]"),
    ("follows.machine.rules", [], "unknown-name", "follows.actions['<go x RR>'][0]"),
    ("follows.machine.rules.0", [], "wrong-length", "follows.machine.rules[0]"),
    ("follows.machine.rules.0.0", "gone", "unknown-name",
     "follows.machine.rules[0][0]"),
    ("follows.machine.rules.0.1.0", "x", "unknown-name",
     "follows.machine.rules[0][1][0]"),
    ("follows.machine.rules.0.1.1", "a", "unknown-name",
     "follows.machine.rules[0][1][1]"),
    ("follows.machine.rules.0.2", "gone", "unknown-name",
     "follows.machine.rules[0][2]"),
    ("follows.machine.rules.0.3", ["a"], "unknown-name",
     "follows.machine.rules[0][3][0]"),
    ("follows.machine.rules.0.3", [], "wrong-length", "follows.machine.rules[0][3]"),
    ("follows.machine.rules.0.4.0", 1, "not-a-string",
     "follows.machine.rules[0][4][0]"),
    ("follows.machine.rules.0.4", ["R"], "wrong-length",
     "follows.machine.rules[0][4]"),
    ("follows.machine.rules.1.1", ["a", "_"], "repeated-element",
     "follows.machine.rules[1]"),
    ("model.decoder.emit.bias.1", 7, "model-differs", "tokens[0]"),
]


@pytest.mark.parametrize(("field", "value", "code", "path"), BAD)
def test_bad_traces_are_rejected(field: str, value: Any, code: str, path: str) -> None:
    data = copy.deepcopy(machine_trace())
    *parents, last = [int(key) if key.isdigit() else key for key in field.split(".")]
    target: Any = data
    for key in parents:
        target = target[key]
    target[last] = value
    with pytest.raises(Rejected) as caught:
        check_trace(data)
    assert (caught.value.code, caught.value.path) == (code, path)


def test_long_names_are_written_out_once() -> None:
    """20,000 steps in a state with a long name would take gigabytes."""
    name = "q" * 10_000
    follows = {"kind": "machine", "actions": {"t": [name, ["_"], ["R", "S"]]}, "machine": {
        "letters": ["a"], "work": [], "blank": "_", "tapes": 1, "states": [name, "yes", "no"],
        "start": name, "accept": "yes", "reject": "no",
        "rules": [[name, ["a", "_"], name, ["_"], ["R", "S"]]]}}
    steps, accepted = machine_steps(follows, ["a"] * 1000, 1000)
    assert len(steps) == 1000 and not accepted
    assert len({id(meaning) for meaning, _ in steps}) == 1 and name in steps[0][0]
