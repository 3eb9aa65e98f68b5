"""Files of claims: what is read, and what is refused."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from expressivity.audit.claims import parse_claims
from languages.errors import InputError
from tests.expressivity.command_line import ROOT, run

GOOD = """
[[claim]]
id = "X"
text = "t"
variant = "uhat"
relation = "inside"
class = "AC0"
"""


def test_the_shipped_file_is_read() -> None:
    claims = parse_claims((ROOT / "examples" / "claims.toml").read_text(encoding="utf-8"))
    assert [claim.id for claim in claims] == [f"A{k}" for k in range(1, 30)]
    assert all(claim.parts or claim.kind for claim in claims)
    assert all(claim.text and claim.source for claim in claims)


@pytest.mark.parametrize(("text", "message"), [
    ("", "no claims"), ("x = 1", "unknown field 'x'"), ("[[claim]]", "id: expected a text"),
    ("[[claim]\n", "not TOML"), ("claim = 1", "no claims"), ("claim = [1]", "expected a table"),
    (GOOD + GOOD, "used twice"), (GOOD.replace("inside", "within"), "relation 'within'"),
    (GOOD.replace("AC0", "AC00"), "class 'AC00'"), (GOOD.replace("uhat", "uha"), "did you mean"),
    (GOOD + 'language = "parity"', "unknown field 'language'"),
    (GOOD.replace('relation = "inside"', 'relation = "recognises"'), "unknown field 'class'"),
    (GOOD.replace('class = "AC0"', ""), "class: expected a text"),
    (GOOD + "kind = 'size'", "unknown field 'variant'"),
    ("[[claim]]\nid='X'\ntext='t'\nkind='taste'", "kind 'taste'"),
    ("[[claim]]\nid='X'\ntext='t'\nkind='size'\nsee=['nothing']", "nothing that the base holds"),
    ("[[claim]]\nid='X'\ntext='t'\nkind='size'\nsee='peng'", "expected a list"),
    ("[[claim]]\nid='X'\ntext='t'\npart=[]", "part: expected tables"),
    (GOOD + "open = ['colour']", "unknown axis 'colour'"),
    (GOOD + "open = {cot = []}", "at least one value"),
    (GOOD + "open = {cot = 'n'}", "expected a list"), (GOOD + "open = 3", "expected a list"),
    ("[[claim]]\nid='X'\ntext='t'\nrelation='in'\nlanguage='nonsense'\nclass='AC0'", "nonsense"),
    ("[[claim]]\nid='X'\ntext='t'\nrelation='in'\nlanguage='parity'\nclass='AC0'\nvariant='uhat'",
     "unknown field 'variant'"), ("[[claim]]\nid=3", "id: expected a text"),
    ("a=" + "[" * 5000, "TOML")])
def test_what_is_refused(text: str, message: str) -> None:
    with pytest.raises(InputError, match=message.replace("[", r"\[")):
        parse_claims(text)


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=80))
def test_any_text_is_read_or_refused(text: str) -> None:
    for candidate in (text, GOOD + text):
        try:
            parse_claims(candidate)
        except InputError as error:
            assert "\n" not in str(error)


def test_the_command(tmp_path: Path) -> None:
    file = tmp_path / "claims.toml"
    file.write_text(GOOD)
    done = run("audit", str(file), "--json", "--certificate", str(tmp_path / "c"))
    assert done.returncode == 0, done.stderr
    (line,) = done.stdout.splitlines()
    assert json.loads(line)["id"] == "X"
    assert json.loads(line)["verdict"] == "outdated"  # star-free is strictly inside
    assert run("check", str(tmp_path / "c" / "X" / "derivation.json")).returncode == 0
    assert "read as: L(uhat) ⊆ AC0" in " ".join(run("audit", str(file)).stdout.split())
    for arguments in ((str(file), "--only", "Y"), (str(tmp_path / "none"),), (str(tmp_path),)):
        bad = run("audit", *arguments)
        assert bad.returncode == 2 and bad.stderr.startswith("Error: "), bad.stderr
    file.write_text("claim")
    bad = run("audit", str(file))
    assert bad.returncode == 2 and bad.stderr.startswith(f"Error: {file}: not TOML: ")
    file.write_text(GOOD + "open = ['cot']\n" + GOOD.replace("X", "Y"))
    assert run("audit", str(file), "--only", "Y").returncode == 0
    file.write_text(GOOD.replace("uhat", "uhat,cot=n") + "open = ['cot']")
    bad = run("audit", str(file))
    assert bad.returncode == 2 and "open and given" in bad.stderr
