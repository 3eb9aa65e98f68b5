"""`python -m proofs check`: what it prints, its exit status, and that nothing gets through it."""

from __future__ import annotations

import copy
import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from proofs import __main__ as command
from proofs import base, check, check_report, replay
from proofs.check import Outcome, check_file
from proofs.checkers import CheckedClaim
from proofs.derivation import to_plain
from proofs.replay import Replayed
from proofs.statements import Sub
from proofs.theorems.named_languages import TASKS
from tests.proofs import derivations
from tests.proofs.derivations import PARITY_CERTIFICATE, Json

ROOT = Path(__file__).parents[2]
GOOD: Json = derivations.plain_good()
IMPOSSIBLE: Json = to_plain([derivations.parity_impossible()])
CONDITIONAL: Json = to_plain([derivations.tracking_conditional()])

Write = Callable[..., str]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Write a value as JSON, or bytes as they are, to a file; returns its path."""
    def write(value: Any, name: str = "file.json") -> str:
        path = tmp_path / name
        path.write_bytes(value if isinstance(value, bytes) else json.dumps(value).encode())
        return str(path)
    return write


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str]:
    """The exit status and what `check` printed."""
    status = command.main(["check", *arguments])
    return status, capsys.readouterr().out


def changed(value: Json, *path: Any, to: object) -> Json:
    """A copy with another value at a path."""
    value = copy.deepcopy(value)
    inner = value
    for key in path[:-1]:
        inner = inner[key]
    inner[path[-1]] = to
    return value


REJECTED = changed(IMPOSSIBLE, "steps", -1, "statement", "region", to="region 1")


# ---- what it says ---------------------------------------------------------------------------


def test_a_certificate(write: Write, capsys: pytest.CaptureFixture[str]) -> None:
    path = write(PARITY_CERTIFICATE)
    status, out = run(capsys, path)
    assert status == 0
    assert out.startswith(f"accepted {path}\n")
    assert "the language of this automaton is not quasi-aperiodic" in out
    assert '0: "0" -> 0, "1" -> 1' in out


def test_a_derivation(write: Write, capsys: pytest.CaptureFixture[str]) -> None:
    path = write(IMPOSSIBLE)
    status, out = run(capsys, path)
    assert status == 0
    lines = out.splitlines()
    assert lines[:3] == [f"accepted {path}", "  Conclusions:",
                         "    no model of region 2 recognises parity"]
    assert "unproved" not in out
    assert "Hao, Angluin, Frank (2022). Formal Language Recognition" in out
    assert "verified: textbook" not in out and "verified: compared with the paper" in out
    assert "parity is not in quasi-aperiodic (same-length-counting)" in out
    assert '      1: "0" -> 1, "1" -> 0' in lines
    region = out[out.index("region 2: models with"):]
    assert "positions=none;" in " ".join(region.split())
    assert "region 1" not in out  # the axiom's own region is read in the base
    assert all(len(line) <= 120 for line in lines)


def test_a_conditional_derivation(write: Write, capsys: pytest.CaptureFixture[str]) -> None:
    _, out = run(capsys, write(CONDITIONAL))
    assert ("    no model of region 1 recognises tracking:A5\n"
            "      if TC0 != NC1 (unproved)\n") in out
    assert "tracking:A5 is not in solvable (perfect-group)" in out


def test_disputes_are_printed(write: Write, capsys: pytest.CaptureFixture[str],
                              monkeypatch: pytest.MonkeyPatch) -> None:
    axioms = dict(base.axioms())
    object.__setattr__(entry := copy.copy(axioms["uhat-in-ac0"]), "disputed", "by somebody")
    monkeypatch.setattr(base, "axioms", lambda: axioms | {"uhat-in-ac0": entry})
    _, out = run(capsys, write(IMPOSSIBLE))
    assert "disputed: by somebody" in out


def test_everything_at_once(write: Write, capsys: pytest.CaptureFixture[str]) -> None:
    _, out = run(capsys, write(GOOD))
    assert "the union of 2 sets of models with" in out
    assert "star-free: star-free = aperiodic" in out
    assert out.count("parity is not in quasi-aperiodic") == 1  # used thrice, told once


def test_tasks_regions_with_each_and_other_statements(
        write: Write, capsys: pytest.CaptureFixture[str]) -> None:
    statements = [t.statement for t in derivations.kernel_axioms()]
    assert {type(s).__name__ for s in statements} >= {
        "Sub", "NotSub", "In", "NotIn", "Hard", "HardOutside", "Closed", "Upper", "Lower", "Can",
        "Open"}
    status, out = run(capsys, write(to_plain(derivations.kernel_axioms())))
    assert status == 0
    for words in ("the task majority of the catalogue", "the literature records as open: ",
                  "circuit-value is hard for P under reductions of type AC0",
                  "every language in REG that is not in solvable is hard for NC1 under",
                  "AC0 is closed under reductions of type projection, AC0",
                  "some language in D-ACC0 is not in AC0", "majority is not in AC0",
                  "every language in AC0 that is in REG is in quasi-aperiodic",
                  "holds for every single one of these values", "format=each fixed float",
                  "Reductions of type projection: DLOGTIME-uniform projections",
                  f"the task majority of the catalogue: {TASKS['majority']}"):
        assert words in out


def test_a_derivation_about_classes_alone(
        write: Write, capsys: pytest.CaptureFixture[str]) -> None:
    inclusions = derivations.kernel_axioms()
    _, out = run(capsys, write(to_plain([t for t in inclusions if isinstance(
        t.statement, Sub)][:1])))
    assert "Conclusions:" in out and "Classes:" in out
    assert "Languages:" not in out and "Regions:" not in out and "Certificates" not in out


def test_every_task_of_the_base_has_a_meaning() -> None:
    for theorem in derivations.kernel_axioms():
        language = getattr(theorem.statement, "language", None)
        if language is not None and language.task is not None:
            assert check_report.task_meaning(language.task), language.task
    assert check_report.task_meaning("no such task") == ""


def test_a_large_automaton_is_cut(write: Write, capsys: pytest.CaptureFixture[str]) -> None:
    n = 100
    wheel = {"alphabet": ["a"], "states": n, "start": 0, "accept": list(range(70)),
             "delta": [[(q + 1) % n] for q in range(n)]}
    value = {
        "format": "expressivity derivation", "version": 1, "regions": {},
        "languages": {"wheel": {"automaton": wheel}}, "steps": [
            {"rule": "regular", "premises": [],
             "statement": {"is": "in", "language": "wheel", "class": "REG"}}],
        "conclusions": [{"step": 0, "hypotheses": []}],
    }
    _, out = run(capsys, write(value))
    assert "... 40 more states" in out and "59, ... 10 more" in out and "states: 100" in out


def test_a_rejection(write: Write, capsys: pytest.CaptureFixture[str]) -> None:
    path = write(REJECTED)
    status, out = run(capsys, path)
    assert status == 1
    assert out == (f"rejected {path}: does-not-follow: expected what impossible gives, "
                   "got 'region 1' at steps[6].statement.region\n")


def test_an_assumed_axiom(write: Write, capsys: pytest.CaptureFixture[str]) -> None:
    place = next(k for k, s in enumerate(IMPOSSIBLE["steps"]) if s.get("axiom") == "uhat-in-ac0")
    path = write(changed(IMPOSSIBLE, "steps", place, "axiom", to="mine\nor yours"))
    status, out = run(capsys, path)
    assert status == 1 and "unknown-axiom" in out and out.count("\n") == 1
    status, out = run(capsys, path, "--assume-axiom", "other", "--assume-axiom", "mine\nor yours")
    assert status == 0
    assert ('  Assumed by you, not part of the base: axiom "mine\\nor yours"\n'
            "    every language that a model of region 1 recognises is in AC0\n") in out
    assert "Hao" not in out
    assert run(capsys, path, "--assume-axiom", "other")[0] == 1


# ---- files that are neither -----------------------------------------------------------------

MALFORMED: list[tuple[str, bytes, str]] = [
    ("empty", b"", "(line 1, column 1)"),
    ("no JSON", b"hello", "(line 1, column 1)"),
    ("two values", b"{} {}", "(line 1, column 4)"),
    ("a comma too many", b'{"a": 1,\n }', "(line 2, column 2)"),
    ("a key twice", b'{"format": 1,\n "format": 2}', "(line 2, column 2)"),
    ("a fraction", b"[1.0]", "(line 1, column 2)"),
    ("an exponent", b"[1e9]", "(line 1, column 2)"),
    ("NaN", b"[NaN]", "(line 1, column 2)"),
    ("minus infinity", b"[-Infinity]", "(line 1, column 2)"),
    ("not UTF-8", b'["\xff"]', "not UTF-8 (line 1, column 3)"),
    ("UTF-16", '{"a": 1}'.encode("utf-16"), "not UTF-8"),
    ("a byte order mark", b"\xef\xbb\xbf{}", "byte order mark"),
    ("half of a surrogate pair", b'["\\ud800"]', "surrogate"),
    ("deep nesting", b"[" * 100_000, "nesting"),
    ("a huge integer", b"[" + b"9" * 100_000 + b"]", "digits"),
    ("null", b"null", "got null"),
    ("a number", b"7", "expected an object"),
    ("a list", b"[]", "expected an object"),
    ("no format", b"{}", "got null"),
    ("another format", b'{"format": "SARIF"}', "got 'SARIF'"),
    ("a format that is no string", b'{"format": ["expressivity certificate"]}', "got a list"),
    ("a format with an escape", b'{"format": "\\u001b[2J"}', "got '\\x1b[2J'"),
]


@pytest.mark.parametrize(("said", "text", "expected"), MALFORMED, ids=[m[0] for m in MALFORMED])
def test_malformed(said: str, text: bytes, expected: str, write: Write,
                   capsys: pytest.CaptureFixture[str]) -> None:
    path = write(text)
    status, out = run(capsys, path)
    assert status == 2
    assert out.startswith(f"malformed {path}: ") and expected in out
    assert out.count("\n") == 1 and out.isprintable() is False and out[:-1].isprintable()


def test_unreadable(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    missing = str(tmp_path / "missing")
    assert run(capsys, missing) == (2, f"malformed {missing}: No such file or directory\n")
    assert run(capsys, str(tmp_path)) == (2, f"malformed {tmp_path}: Is a directory\n")
    status, out = run(capsys, "a\0b")
    assert status == 2 and out.startswith("malformed 'a\\x00b': ")


def test_file_size(write: Write, capsys: pytest.CaptureFixture[str]) -> None:
    path = write(PARITY_CERTIFICATE)
    size = Path(path).stat().st_size
    assert run(capsys, path, "--max-bytes", str(size))[0] == 0
    status, out = run(capsys, path, "--max-bytes", str(size - 1))
    assert (status, out) == (2, f"malformed {path}: more than {size - 1} bytes (--max-bytes)\n")
    assert check_file("/dev/zero", max_bytes=1000).status == "malformed"


def test_a_size_bound_beyond_all_memory(write: Write) -> None:
    assert check_file(write(PARITY_CERTIFICATE), max_bytes=10**18).status == "accepted"


def test_no_memory_to_read(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> bytes:
        raise MemoryError

    monkeypatch.setattr(check, "_read", fail)
    outcome = check_file("x")
    assert (outcome.status, outcome.message) == ("malformed", "not enough memory to read it")


# ---- exit status and JSON -------------------------------------------------------------------


def test_the_exit_status_is_that_of_the_worst_file(
        write: Write, capsys: pytest.CaptureFixture[str]) -> None:
    good, rejected = write(GOOD, "good"), write(REJECTED, "rejected")
    malformed = write(b"", "malformed")
    assert run(capsys, good, good)[0] == 0
    assert run(capsys, rejected, good)[0] == 1
    assert run(capsys, malformed, rejected, good)[0] == 2
    _, out = run(capsys, malformed, rejected, good)
    assert [line.split()[0] for line in out.splitlines() if not line.startswith(" ")] == [
        "malformed", "rejected", "accepted"]


def test_json_lines(write: Write, capsys: pytest.CaptureFixture[str]) -> None:
    files = [write(CONDITIONAL, "a"), write(PARITY_CERTIFICATE, "b"), write(REJECTED, "c"),
             write(b"{", "d"), write(GOOD, "e")]
    status, out = run(capsys, "--json", *files)
    assert status == 2
    lines = [json.loads(line) for line in out.splitlines()]
    assert [(x["file"], x["status"]) for x in lines] == list(zip(files, [
        "accepted", "accepted", "rejected", "malformed", "accepted"], strict=True))
    derivation, certificate, rejected, malformed, _ = lines
    (conclusion,) = derivation["conclusions"]
    assert conclusion["text"] == "no model of region 1 recognises tracking:A5"
    assert conclusion["statement"] == {"is": "cannot", "language": "tracking:A5",
                                       "region": "region 1"}
    assert conclusion["hypotheses"] == ["TC0 != NC1:holds"]
    assert derivation["conjectures"] == [{"hypothesis": "TC0 != NC1:holds",
                                          "text": "TC0 != NC1"}]
    assert {a["id"] for a in derivation["axioms"]} >= {"barrington", "closure-under-reductions"}
    assert derivation["certificates"][0]["kind"] == "perfect-group"
    assert derivation["languages"]["tracking:A5"]["states"] == 5
    assert derivation["regions"] == CONDITIONAL["regions"]
    assert derivation["assumed_axioms"] == {}
    assert certificate["claim"] == {**{k: PARITY_CERTIFICATE["claim"][k] for k in (
        "language", "class", "member")}, "kind": "same-length-counting"}
    assert (rejected["code"], rejected["place"]) == ("does-not-follow", "steps[6].statement.region")
    assert (malformed["code"], malformed["place"]) == (None, "line 1, column 2")
    assert all(x["message"] for x in (rejected, malformed))


@pytest.mark.parametrize("arguments", [
    [], ["check"], ["verify", "x"], ["check", "x", "--max-bytes", "0"],
    ["check", "x", "--max-bytes", "-1"], ["check", "x", "--max-bytes", "1e9"],
    ["check", "x", "--max-bytes", "9" * 5000], ["check", "x", "--assume-axiom"],
    ["check", "--unknown", "x"]])
def test_bad_usage(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        command.main(arguments)
    assert caught.value.code == 2
    assert "usage: python -m proofs" in capsys.readouterr().err


# ---- from the outside -----------------------------------------------------------------------


def shell(*arguments: str, **options: Any) -> subprocess.CompletedProcess[str]:
    """Run the command in a Python without any installed package."""
    return subprocess.run([sys.executable, "-S", "-m", "proofs", *arguments], cwd=ROOT,
                          text=True, capture_output=True, timeout=60, check=False, **options)


def test_with_the_standard_library_only(write: Write) -> None:
    done = shell("check", write(GOOD, "good"), write(PARITY_CERTIFICATE, "certificate"))
    assert (done.returncode, done.stderr) == (0, "")
    assert "no model of region 2 recognises parity" in done.stdout
    done = shell("check", write(b"[" * 100_000, "nested"), "nowhere")
    assert (done.returncode, done.stderr) == (2, "")
    assert len(done.stdout.splitlines()) == 2


def test_a_terminal_that_knows_ascii_only(write: Write) -> None:
    done = shell("check", write(GOOD), env={"PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"})
    assert (done.returncode, done.stderr) == (0, "")
    assert "REG \\u2229 AC0" in done.stdout


def test_nobody_reads_the_output(write: Write) -> None:
    with subprocess.Popen([sys.executable, "-S", "-m", "proofs", "check", *[write(GOOD)] * 50],
                          cwd=ROOT, text=True, stdout=subprocess.PIPE,
                          stderr=subprocess.PIPE) as process:
        assert process.stdout is not None and process.stderr is not None
        process.stdout.close()
        assert process.stderr.read() == ""
        assert process.wait(60) == command.BROKEN_PIPE


@pytest.mark.parametrize(("error", "status"), [
    (KeyboardInterrupt, command.INTERRUPTED), (MemoryError, 2), (RecursionError, 2)])
def test_no_traceback(error: type[BaseException], status: int, monkeypatch: pytest.MonkeyPatch,
                      capfd: pytest.CaptureFixture[str]) -> None:
    def fail(*_: object, **__: object) -> Outcome:
        raise error

    monkeypatch.setattr(check, "check_file", fail)
    monkeypatch.setattr(sys, "argv", ["proofs", "check", "x"])
    assert command.run() == status
    assert "Traceback" not in capfd.readouterr().err


@pytest.mark.parametrize("error", [MemoryError, RecursionError])
def test_out_of_resources_is_no_verdict(error: type[BaseException], write: Write,
                                        monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> None:
        raise error

    monkeypatch.setattr(replay, "replay", fail)
    outcome = check_file(write(GOOD))
    assert (outcome.status, outcome.kind, outcome.claim) == ("malformed", "derivation", None)


def test_names_cannot_draw_on_the_terminal(write: Write,
                                           capsys: pytest.CaptureFixture[str]) -> None:
    text = json.dumps(IMPOSSIBLE).replace('"parity"', '"parity\\u001b[2K, and all is well"')
    status, out = run(capsys, write(text.encode()))
    assert status == 0
    assert 'recognises "parity\\u001b[2K, and all is well"' in out and "\x1b" not in out
    text = json.dumps(changed(IMPOSSIBLE, "languages", "\x1b[2K\n" * 1000, to=[]))
    status, out = run(capsys, write(text.encode()))
    assert status == 1 and "\x1b" not in out and out.count("\n") == 1 and len(out) < 7000


def test_the_function_for_other_programs(write: Write) -> None:
    accepted = check_file(Path(write(GOOD)))
    assert isinstance(accepted.claim, Replayed) and accepted.exit_code == 0
    claim = check_file(write(PARITY_CERTIFICATE)).claim
    assert isinstance(claim, CheckedClaim) and not claim.member
    rejected = check_file(write(changed(PARITY_CERTIFICATE, "data", "k", to=3)))
    assert (rejected.status, rejected.kind, rejected.claim) == ("rejected", "certificate", None)
    assert rejected.code and rejected.message and rejected.place
