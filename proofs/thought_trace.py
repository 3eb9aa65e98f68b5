"""Traces of decoders: the tokens that were written, checked step by step.

    {"format": "expressivity trace", "version": 1,
     "word": [letter ...], "tokens": [name ...], "accept": name, "reject": name,
     "follows": {"kind": "automaton", "language": AUTOMATON, "states": {token: state ...}}
              | {"kind": "circuit", "inputs": n, "gates": [[left, right, [f00, f01, f10, f11]] ...],
                 "bits": [token of 0, token of 1]}
              | {"kind": "machine", "machine": MACHINE, "actions": ACTIONS},   (`thought_machine`)
     "model": DECODER}                                    (may be left out)

Claims: the last token is the right answer on the word, and each token before it stands for what it
should. For an automaton, the k-th token stands for its state after k letters, and the answer says
whether the last state accepts. For a circuit over the letters 0 and 1, node 0 is false, then come
the inputs, then the gates, each with two operands among the nodes before it and its truth table;
the k-th token is the value of gate k - 1, and the answer is the value of the last. For a Turing
machine, the k-th token stands for what its k-th step does, and it stops after the last of them.

With a model (see `proofs.models.decoder`) also: these are the tokens that it writes on the word, by
exact arithmetic. No position depends on later ones, so one run shows what every step emitted.
Models whose runs are long, or whose numbers grow long, are refused.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Final, TypeAlias

from proofs.checkers.automaton import Automaton, parse_automaton
from proofs.checkers.claim import describe_automaton
from proofs.checkers.rejection import integer, integers, items, mapping, record, reject, string
from proofs.models.decoder import (
    Decoder,
    emitted,
    first_largest,
    parse_decoder,
    plain_decoder,
    start,
)
from proofs.models.layers import Attention
from proofs.models.numbers import NotANumber, ShortNumbers, TooLong
from proofs.models.positions import OutOfRange
from proofs.models.reference import NoReadout
from proofs.thought_machine import describe_machine, machine_steps

FORMAT: Final = "expressivity trace"
VERSION: Final = 1
Step: TypeAlias = tuple[str, set[str]]
"""What a token stands for, in words, and the tokens that do."""
MAX_POSITIONS: Final = 2000
"""Positions of a run that is computed again: each looks at all before it."""
MAX_WORK: Final = 25_000_000
"""Products of such a run, see `run_work`: a minute or so."""
SHOWN: Final = 60
"""So many tokens or gates are written out; then only how many more there are."""


@dataclass(frozen=True)
class CheckedTrace:
    """What was checked: an answer on a word, by what, and whether a model's run was repeated.

    `follows` is that part of the trace, checked; `model_sha256` is the digest of the model whose
    run was repeated, None without a model.
    """

    follows: dict[str, Any]
    word: tuple[str, ...]
    tokens: int
    accepted: bool
    model_sha256: str | None

    @property
    def kind(self) -> str:
        """What the tokens follow: "automaton", "circuit" or "machine"."""
        return str(self.follows["kind"])

    @property
    def repeated(self) -> bool:
        """Was the run of a model repeated?"""
        return self.model_sha256 is not None

    def describe(self) -> list[str]:
        """In words, as lines."""
        shown = " ".join(json.dumps(letter) for letter in self.word) or "()"
        answer = "accepts" if self.accepted else "rejects"
        found = [f"Claim: the {self.kind} below {answer} the word of {len(self.word)} letters "
                 f"{shown}.",
                 f"  The {self.tokens} tokens are its steps, the last the answer."]
        if self.model_sha256 is not None:
            found += ["  The model writes these tokens: its run was repeated exactly.",
                      f"  model sha256:{self.model_sha256}"]
        return [*found, f"  the {self.kind}:", *(f"  {line}" for line in self._subject())]

    def _subject(self) -> list[str]:
        """The automaton, the gates or the machine, and what tokens stand for."""
        if self.kind == "automaton":
            names = [f"{json.dumps(token)} = {state}"
                     for token, state in self.follows["states"].items()]
            return [*describe_automaton(parse_automaton(self.follows["language"], "language")),
                    f"  tokens of states: {', '.join(_some(names))}"]
        if self.kind == "machine":
            head, listed = describe_machine(self.follows)
            return [*head, *_some(listed)]
        inputs = self.follows["inputs"]
        gates = [f"  {k}: {left}, {right}; {''.join(map(str, table))}" for k, (left, right, table)
                 in enumerate(self.follows["gates"], start=1 + inputs)]
        zero, one = map(json.dumps, self.follows["bits"])
        return [f"  node 0 is false, 1 to {inputs} are the inputs, the last one answers; gates "
                "(node: operands; values on 00 01 10 11):", *_some(gates),
                f"  tokens of bits: {zero} = 0, {one} = 1"]

    def plain(self) -> dict[str, Any]:
        """As a JSON value."""
        return {"follows": self.kind,
                self.kind: {key: x for key, x in self.follows.items() if key != "kind"},
                "word": list(self.word), "tokens": self.tokens, "accepted": self.accepted,
                "repeated": self.repeated, "model_sha256": self.model_sha256}


def _some(listed: list[str]) -> list[str]:
    left_out = len(listed) - SHOWN
    return [*listed[:SHOWN], f"  ... {left_out} more"] if left_out > 0 else listed


def check_trace(data: object) -> CheckedTrace:
    """What a trace shows; `data` is parsed JSON.

    Raises:
        Rejected: some token is not what it should be; says which.
    """
    fields = record({"model": None, **mapping(data, "trace")}, "trace",
                    ("format", "version", "word", "tokens", "accept", "reject", "follows", "model"))
    if fields["format"] != FORMAT:
        reject("wrong-format", fields["format"], "format", f'"{FORMAT}"')
    integer(fields["version"], "version", VERSION, VERSION + 1)
    word = [string(x, f"word[{i}]") for i, x in enumerate(items(fields["word"], "word"))]
    tokens = [string(x, f"tokens[{i}]") for i, x in enumerate(items(fields["tokens"], "tokens"))]
    answers = {string(fields[key], key): key == "accept" for key in ("accept", "reject")}
    if len(answers) < 2:
        reject("repeated-element", fields["reject"], "reject", 'another token than "accept"')
    follows = mapping(fields["follows"], "follows")
    kind = follows.get("kind")
    if kind == "automaton":
        expected, accepted = _automaton(follows, word)
    elif kind == "circuit":
        expected, accepted = _circuit(follows, word)
    elif kind == "machine":
        expected, accepted = machine_steps(follows, word, len(tokens))
    else:
        reject("unknown-value", kind, "follows.kind", '"automaton", "circuit" or "machine"')
    items(fields["tokens"], "tokens", len(expected) + 1)
    for i, (token, (meaning, right)) in enumerate(zip(tokens, expected, strict=False)):
        if token in answers or token not in right:
            reject("wrong-step", token, f"tokens[{i}]", f"a token for {meaning}")
    if answers.get(tokens[-1]) is not accepted:
        reject("wrong-answer", tokens[-1], f"tokens[{len(tokens) - 1}]",
               f'the token "{"accept" if accepted else "reject"}"')
    digest = None
    if "model" in mapping(data, "trace"):
        decoder = parse_decoder(fields["model"])
        _repeat(decoder, word, tokens, answers)
        digest = decoder_digest(decoder)
    return CheckedTrace(follows, tuple(word), len(tokens), accepted, digest)


def decoder_digest(decoder: Decoder) -> str:
    """SHA-256 of the canonical JSON text of a decoder: sorted keys, no spaces."""
    text = json.dumps(plain_decoder(decoder), sort_keys=True, separators=(",", ":"),
                      ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def run_work(decoder: Decoder, positions: int) -> int:
    """How many products a run of so many positions takes, at the most; exponentials count too."""
    model = decoder.model
    pairs = sum(len(head.query) + len(head.value) + (20 if head.selection == "softmax" else 1)
                for layer in model.layers if isinstance(layer, Attention) for head in layer.heads)
    weights = _numbers([plain_decoder(decoder)["layers"], decoder.emit])
    return positions * (positions * pairs + weights)


def _numbers(value: object) -> int:
    """How many numbers are in lists of lists and objects."""
    if isinstance(value, dict):
        return sum(map(_numbers, value.values()))
    return sum(map(_numbers, value)) if isinstance(value, (list, tuple)) else 1


def _automaton(data: dict[str, object], word: Sequence[str]) -> tuple[list[Step], bool]:
    """What each token but the last must be, and the answer."""
    path = "follows"
    fields = record(data, path, ("kind", "language", "states"))
    automaton: Automaton = parse_automaton(fields["language"], f"{path}.language")
    tokens: dict[int, set[str]] = {}
    for token, state in mapping(fields["states"], f"{path}.states").items():
        number = integer(state, f"{path}.states[{token!r}]", 0, automaton.states)
        tokens.setdefault(number, set()).add(token)
    letter = {a: k for k, a in enumerate(automaton.alphabet)}
    state = automaton.start
    steps: list[Step] = []
    for i, a in enumerate(word):
        if a not in letter:
            reject("unknown-letter", a, f"word[{i}]", "a letter of the automaton")
        state = automaton.delta[state][letter[a]]
        steps.append((f"state {state}", tokens.get(state, set())))
    return steps, state in automaton.accept


def _circuit(data: dict[str, object], word: Sequence[str]) -> tuple[list[Step], bool]:
    """What each token but the last must be, and the answer."""
    path = "follows"
    fields = record(data, path, ("kind", "inputs", "gates", "bits"))
    inputs = integer(fields["inputs"], f"{path}.inputs", 0)
    if len(word) != inputs:
        reject("wrong-length", word, "word", f"{inputs} letters, one for each input")
    zero, one = (string(x, f"{path}.bits[{k}]")
                 for k, x in enumerate(items(fields["bits"], f"{path}.bits", 2)))
    if zero == one:
        reject("repeated-element", one, f"{path}.bits", "distinct tokens")
    values = [0]
    for i, a in enumerate(word):
        if a not in ("0", "1"):
            reject("unknown-letter", a, f"word[{i}]", '"0" or "1"')
        values.append(int(a))
    gates = items(fields["gates"], f"{path}.gates")
    if not gates:
        reject("wrong-length", gates, f"{path}.gates", "at least one gate")
    for g, gate in enumerate(gates):
        where = f"{path}.gates[{g}]"
        left, right, table = items(gate, where, 3)
        rows = integers(table, f"{where}[2]", 0, 2, 4)
        operands = [integer(x, f"{where}[{k}]", 0, len(values))
                    for k, x in enumerate((left, right))]
        values.append(rows[2 * values[operands[0]] + values[operands[1]]])
    return ([(f"the bit {bit}", {one if bit else zero}) for bit in values[1 + inputs:-1]],
            values[-1] == 1)


def _repeat(decoder: Decoder, word: Sequence[str], tokens: Sequence[str],
            answers: dict[str, bool]) -> None:
    """Reject unless the decoder writes these tokens on the word."""
    names = (decoder.tokens[decoder.accept], decoder.tokens[decoder.reject])
    if {names[0]: True, names[1]: False} != answers:
        reject("other-answers", names, "model.decoder", "the answers of the trace")
    letter = {a: k for k, a in enumerate(decoder.model.alphabet)}
    number = {name: k for k, name in enumerate(decoder.tokens)}
    for i, a in enumerate(word):
        if a not in letter:
            reject("unknown-letter", a, f"word[{i}]", "a letter of the model")
    for i, token in enumerate(tokens):
        if token not in number:
            reject("unknown-token", token, f"tokens[{i}]", "a token of the model")
    most = decoder.most(len(word))
    if most is not None and len(tokens) > most:
        reject("beyond-limit", len(tokens), "tokens", f"at most {most} tokens, the model's limit")
    if len(word) + len(tokens) > MAX_POSITIONS:
        reject("too-long", len(word) + len(tokens), "tokens",
               f"at most {MAX_POSITIONS} letters and tokens to repeat the run of a model")
    work = run_work(decoder, len(word) + len(tokens) + 1)
    if work > MAX_WORK:
        reject("too-much-work", work, "model", f"a run of at most {MAX_WORK} products")
    if decoder.model.contract.grid is None:
        decoder = replace(decoder, model=replace(decoder.model, contract=ShortNumbers()))
    try:
        prompt = start(decoder, [letter[a] for a in word])
        symbols = [*prompt, *(decoder.first + number[token] for token in tokens[:-1])]
        for i, values in enumerate(emitted(decoder, symbols, len(prompt) - 1)):
            written = decoder.tokens[first_largest(values)]
            if written != tokens[i]:
                reject("model-differs", tokens[i], f"tokens[{i}]",
                       f"{written!r}, which the model writes")
    except (OutOfRange, NoReadout, NotANumber, TooLong) as error:
        reject("no-run", str(error), "model", "a model that has a run on the word")
