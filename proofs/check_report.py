"""The outcome of a check as text, and as plain data for JSON."""

from __future__ import annotations

import json
import textwrap
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from proofs import base, head_lemma
from proofs.axes import AXES, Axis
from proofs.bounds import CheckedBound
from proofs.check import Outcome
from proofs.checkers import Automaton, CheckedClaim, describe
from proofs.classes import CLASSES
from proofs.head_lemma import CheckedLemma
from proofs.replay import Replayed
from proofs.replay.words import sentence, shown, words_used
from proofs.statements import REDUCTIONS
from proofs.theorems.named_languages import TASKS
from proofs.thought_trace import CheckedTrace
from proofs.witnesses import Witness, model_digest
from proofs.witnesses import wording as witness_wording

MARKS = {
    "yes": "compared with the paper's text or abstract",
    "part": "its headline was compared with the paper",
    "no": "not compared with the paper",
    "derived": "argued in the base from the cited sources",
    "textbook": "textbook",
}
"""What the verification marks of axioms mean."""

ENTRIES = 60
"""So many states, letters or transitions are written out; then only how many more there are."""


def report(outcome: Outcome) -> str:
    """All that `check` prints about a file: the verdict and, if accepted, the claim."""
    name = outcome.path if outcome.path.isprintable() else ascii(outcome.path)
    match outcome.claim:
        case CheckedClaim() as claim:
            lines = [f"  {line}" for line in describe(claim).split("\n")]
        case Witness() as witness:
            lines = [f"  {_line(line)}" for line in witness_wording.describe(witness)]
        case CheckedLemma() as lemma:
            lines = [f"  {_line(line)}" for line in head_lemma.describe(lemma)]
        case CheckedBound() | CheckedTrace() as bound:
            lines = [f"  {_line(line)}" for line in bound.describe()]
        case Replayed() as replayed:
            lines = list(_derivation(replayed))
        case None:
            code = f"{outcome.code}: " if outcome.code else ""
            where = f" ({outcome.place})" if outcome.place else ""
            if outcome.status == "rejected":
                where = f" at {_line(outcome.place)}"
            return f"{outcome.status} {name}: {code}{_line(outcome.message)}{where}"
    return "\n".join([f"accepted {name}", *lines])


def plain(outcome: Outcome) -> dict[str, Any]:
    """The outcome as a JSON value."""
    value: dict[str, Any] = {"file": outcome.path, "status": outcome.status,
                             "kind": outcome.kind}
    match outcome.claim:
        case CheckedClaim() as claim:
            return value | {"claim": _plain_claim(claim)}
        case Witness() as witness:
            return value | {"claim": _plain_witness(witness)}
        case CheckedLemma() as lemma:
            return value | {"claim": {
                "model_sha256": model_digest(lemma.model), "layer": lemma.layer,
                "head": lemma.head, "least_i": lemma.least_i, "target": lemma.target,
                "hypotheses": list(lemma.hypotheses)}}
        case CheckedBound() | CheckedTrace() as bound:
            return value | {"claim": bound.plain()}
        case Replayed() as replayed:
            return value | _plain_derivation(replayed)
        case None:
            return value | {"code": outcome.code or None, "message": outcome.message,
                            "place": outcome.place or None}


def _line(text: str) -> str:
    """Text that quotes a file: short, on one line, without control characters."""
    short = text if len(text) <= 1000 else text[:1000] + "..."
    return "".join(c if c.isprintable() else ascii(c)[1:-1] for c in short)


# ---- derivations ----------------------------------------------------------------------------


def _derivation(replayed: Replayed) -> Iterator[str]:
    yield "  Conclusions:"
    for conclusion in replayed.conclusions:
        yield f"    {sentence(conclusion.statement)}"
        for hypothesis in conclusion.hypotheses:
            yield f"      if {_hypothesis(hypothesis)} (unproved)"
    for key, said in replayed.assumed.items():
        yield f"  Assumed by you, not part of the base: axiom {shown(key)}"
        for statement in said:
            yield f"    {sentence(statement)}"
    if replayed.axioms:
        yield "  Axioms:"
        for key in replayed.axioms:
            yield from _axiom(key)
    if replayed.certificates:
        yield "  Certificates, checked:"
        names = {of: key for key, of in replayed.languages.items()}
        for claim in dict.fromkeys(replayed.certificates):
            verb = "is" if claim.member else "is not"
            yield (f"    {shown(names[claim.automaton])} {verb} in {claim.algebraic_class} "
                   f"({claim.kind})")
    if replayed.witnesses:
        yield "  Witnesses, checked:"
        names = {of: key for key, of in replayed.languages.items()}
        for witness in replayed.witnesses:
            yield (f"    the model below recognises {shown(names[witness.automaton])}, "
                   f"{witness_wording.scope(witness)}")
            for line in witness_wording.describe_model(witness.model):
                yield from _wrapped(line, "      ", "        ")
    yield from _definitions(replayed)


def _axiom(key: str) -> Iterator[str]:
    axiom = base.axioms()[key]
    yield from _wrapped(f"{key}: {axiom.text}", "    ", "      ")
    if axiom.cite is not None:
        yield from _wrapped(axiom.cite.full(), "      ", "        ")
    yield f"      verified: {MARKS.get(axiom.verified, axiom.verified)}"
    if axiom.disputed:
        yield from _wrapped(f"disputed: {axiom.disputed}", "      ", "        ")


def _definitions(replayed: Replayed) -> Iterator[str]:
    """What the names in conclusions and assumptions mean. Axioms are read in the base."""
    said = [c.statement for c in replayed.conclusions]
    said += [s for statements in replayed.assumed.values() for s in statements]
    said = [s["statement"] if s["is"] == "open" else s for s in said]
    named = {s["language"] for s in said if "language" in s}
    certified = {claim.automaton for claim in replayed.certificates}
    certified |= {witness.automaton for witness in replayed.witnesses}
    languages = {key: of for key, of in replayed.languages.items()
                 if key in named or of in certified}
    if languages:
        yield "  Languages:"
        for key, language in languages.items():
            if isinstance(language, str):
                meaning = task_meaning(language)
                yield f"    {shown(key)}: the task {shown(language)} of the catalogue" + (
                    f": {meaning}" if meaning else "")
            else:
                yield f"    {shown(key)}: the language of this automaton"
                yield from _automaton(language)
    regions = [key for key in replayed.regions if any(s.get("region") == key for s in said)]
    if regions:
        yield "  Regions:"
        for key in regions:
            yield from _region(key, replayed.regions[key])
    used = [words_used(statement) for statement in said]
    classes = sorted(set().union(*(names for names, _ in used)))
    if classes:
        yield "  Classes:"
        for name in classes:
            meaning = CLASSES[name].meaning if name in CLASSES else "not a class of the base"
            yield from _wrapped(f"{shown(name)}: {meaning}", "    ", "      ")
    for name in sorted(set().union(*(names for _, names in used))):
        yield f"  Reductions of type {shown(name)}: {REDUCTIONS.get(name, 'unknown')}"


def _automaton(automaton: Automaton) -> Iterator[str]:
    letters = [json.dumps(letter) for letter in automaton.alphabet]
    yield f"      letters ({len(letters)}): {_some(letters)}"
    yield f"      states: {automaton.states}, start {automaton.start}"
    accepting = [str(q) for q in sorted(automaton.accept)]
    yield f"      accepting ({len(accepting)}): {_some(accepting)}"
    for q, row in enumerate(automaton.delta[:ENTRIES]):
        moves = [f"{a} -> {r}" for a, r in zip(letters, row, strict=True)]
        yield f"      {q}: {_some(moves)}"
    if automaton.states > ENTRIES:
        yield f"      ... {automaton.states - ENTRIES} more states"


def _region(key: str, boxes: Sequence[Mapping[str, str]]) -> Iterator[str]:
    what = "models with" if len(boxes) == 1 else f"the union of {len(boxes)} sets of models with"
    yield f"    {shown(key)}: {what}"
    for box in boxes:
        values = "; ".join(f"{axis.name}={_values(axis, box[axis.name])}" for axis in AXES)
        yield from _wrapped(values, "      ", "        ")
    if any(text.startswith("each ") for box in boxes for text in box.values()):
        yield "      (`each`: the statement holds for every single one of these values)"


def _values(axis: Axis, text: str) -> str:
    each = "each " if text.startswith("each ") else ""
    if axis.values and text.removeprefix("each ").split(" ") == sorted(axis.values):
        return f"{each}any"
    return text or "(none)"


def _hypothesis(tag: str) -> str:
    key, _, side = tag.rpartition(":")
    conjecture = base.conjectures()[key]
    return conjecture.believed if side == "holds" else conjecture.refuted


def task_meaning(task: str) -> str:
    """What a task of the base is, in words; empty for one that it does not know."""
    return TASKS.get(task, "")


def _plain_derivation(replayed: Replayed) -> dict[str, Any]:
    return {
        "conclusions": [{"statement": dict(c.statement), "text": sentence(c.statement),
                         "hypotheses": list(c.hypotheses)} for c in replayed.conclusions],
        "conjectures": [{"hypothesis": h, "text": _hypothesis(h)} for h in replayed.conjectures],
        "assumed_axioms": {key: [sentence(s) for s in said]
                           for key, said in replayed.assumed.items()},
        "axioms": [_plain_axiom(key) for key in replayed.axioms],
        "certificates": [_plain_claim(c) for c in replayed.certificates],
        "witnesses": [_plain_witness(w) for w in replayed.witnesses],
        "languages": {key: {"task": of, "meaning": task_meaning(of)} if isinstance(of, str)
                      else _plain_automaton(of) for key, of in replayed.languages.items()},
        "regions": {key: list(boxes) for key, boxes in replayed.regions.items()},
    }


# ---- helpers --------------------------------------------------------------------------------


def _wrapped(text: str, first: str, rest: str) -> list[str]:
    return textwrap.wrap(text, 100, initial_indent=first, subsequent_indent=rest,
                         break_long_words=False, break_on_hyphens=False)


def _some(texts: Sequence[str]) -> str:
    more = [] if len(texts) <= ENTRIES else [f"... {len(texts) - ENTRIES} more"]
    return ", ".join([*texts[:ENTRIES], *more])


def _plain_axiom(key: str) -> dict[str, Any]:
    axiom = base.axioms()[key]
    return {"id": key, "text": axiom.text, "verified": axiom.verified,
            "cite": axiom.cite.full() if axiom.cite is not None else None,
            "disputed": axiom.disputed or None, "note": axiom.note or None}


def _plain_claim(claim: CheckedClaim) -> dict[str, Any]:
    return {"language": _plain_automaton(claim.automaton), "class": claim.algebraic_class,
            "member": claim.member, "kind": claim.kind}


def _plain_witness(witness: Witness) -> dict[str, Any]:
    return {"model_sha256": witness.digest, "empty_word": witness.empty_word,
            "language": _plain_automaton(witness.automaton), "kind": witness.kind}


def _plain_automaton(automaton: Automaton) -> dict[str, Any]:
    return {"alphabet": list(automaton.alphabet), "states": automaton.states,
            "start": automaton.start, "accept": sorted(automaton.accept),
            "delta": [list(row) for row in automaton.delta]}
