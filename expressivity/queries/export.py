"""Verdicts as files that a third party can re-check."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from expressivity.queries.ask import Verdict, rests_on
from expressivity.queries.explain import source
from expressivity.queries.facts import Facts
from languages.classes.analysis import Budget
from languages.language import Language
from proofs import base, derivation, witnesses
from proofs.kernel import Theorem

HOW_TO = """How to re-check this verdict

derivation.json holds every step from the question to the answer, with its certificates. From a
checkout of the project, with Python alone and no third-party package:

    python -S -m proofs check derivation.json certificate-*.json

The replayer compares each cited theorem with the theorem base that it ships with, and runs the
certificate checkers. verdict.txt says the same in words, with the bibliography. A verdict that
rests on a witness has its weights in model.json, too; `expressivity run` and `verify` read them.
"""


def bibliography(theorems: tuple[Theorem, ...]) -> list[dict[str, Any]]:
    """The axioms that theorems rest on, with full citations, in order of use."""
    result = []
    for identifier in rests_on(theorems)["axioms"]:
        entry = base.axioms()[identifier]
        result.append(source(identifier) | {
            "reference": entry.cite.full() if entry.cite else "derived in the theorem base"})
    return result


def write_certificate(verdict: Verdict, words: str, directory: str) -> list[str]:
    """Write all that a third party needs into a directory; returns the paths written.

    `words` is the verdict as a person reads it. Every `.json` file is one that `check` accepts,
    but for `model.json`, the weights of a witness or of a decoder that was run.

    Raises:
        OSError: the directory or a file cannot be written.
    """
    folder = Path(directory)
    folder.mkdir(parents=True, exist_ok=True)
    files: dict[str, Any] = {}
    if verdict.theorems:
        plain = derivation.to_plain(verdict.theorems,
                                    {verdict.variant.profile: verdict.variant.name})
        files["derivation.json"] = plain
        used = [step["certificate"] for step in plain["steps"] if "certificate" in step]
        for number, value in enumerate(used, start=1):
            files[f"certificate-{number}-{value['kind']}.json"] = value
            if value["kind"] == witnesses.KIND:
                files["model.json"] = value["claim"]["model"]
    if verdict.run is not None:
        files |= {"trace.json": verdict.run.trace, "model.json": verdict.run.thinker.to_plain()}
    texts = {"verdict.txt": words} | {name: _text(value) for name, value in files.items()}
    if verdict.theorems:
        texts["README.txt"] = HOW_TO
    return _write(folder, texts)


def write_witness(certificate: dict[str, Any], directory: str) -> str:
    """Write the certificate of a witness; returns its path.

    Raises:
        OSError: the directory or the file cannot be written.
    """
    folder = Path(directory)
    folder.mkdir(parents=True, exist_ok=True)
    (path,) = _write(folder, {f"certificate-{witnesses.KIND}.json": _text(certificate)})
    return path


def write_head_lemmas(lemmas: Sequence[dict[str, Any]], directory: str) -> list[str]:
    """Write each head lemma to a file of its own; returns the paths.

    Raises:
        OSError: the directory or a file cannot be written.
    """
    folder = Path(directory)
    folder.mkdir(parents=True, exist_ok=True)
    return _write(folder, {f"head-lemma-{k}.json": _text(lemma)
                           for k, lemma in enumerate(lemmas, start=1)})


def write_class_certificates(language: Language, budget: Budget, directory: str,
                             prefix: str = "") -> list[str]:
    """Write a certificate for every class that a regular language is decided for.

    Raises:
        OSError: the directory or a file cannot be written.
    """
    folder = Path(directory)
    folder.mkdir(parents=True, exist_ok=True)
    facts = Facts(language, budget)
    texts = {}
    for cls in facts.certifiable():
        for theorem in facts.theorems([cls]):
            if theorem.certificate is not None:
                verb = "in" if theorem.certificate["claim"]["member"] else "not-in"
                name = "".join(c if c.isalnum() or c in "-@" else "-" for c in cls)
                texts[f"{prefix}{verb}-{name}.json"] = _text(theorem.certificate)
    return _write(folder, texts)


def _text(value: Any) -> str:
    return json.dumps(value, indent=1, ensure_ascii=False) + "\n"


def _write(folder: Path, texts: dict[str, str]) -> list[str]:
    for name, text in texts.items():
        (folder / name).write_text(text, encoding="utf-8")
    return [str(folder / name) for name in texts]
