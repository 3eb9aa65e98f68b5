"""Traces of decoders: the tokens that were written, checked step by step.

    {"format": "expressivity trace", "version": 1,
     "word": [letter ...], "tokens": [name ...], "accept": name, "reject": name,
     "follows": {"kind": "automaton", "language": AUTOMATON, "states": {token: state ...}}
              | {"kind": "circuit", "inputs": n, "gates": [[left, right, [f00, f01, f10, f11]] ...],
                 "bits": [token of 0, token of 1]},
     "model": DECODER}                                    (may be left out)

Claims: the last token is the right answer on the word, and each token before it stands for what it
should. For an automaton, the k-th token stands for its state after k letters, and the answer says
whether the last state accepts. For a circuit over the letters 0 and 1, node 0 is false, then come
the inputs, then the gates, each with two operands among the nodes before it and its truth table;
the k-th token is the value of gate k - 1, and the answer is the value of the last.

With a model (see `proofs.models.decoder`) also: these are the tokens that it writes on the word, by
exact arithmetic. No position depends on later ones, so one run shows what every step emitted.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final, TypeAlias

from proofs.checkers.automaton import Automaton, parse_automaton
from proofs.checkers.rejection import integer, integers, items, mapping, record, reject, string
from proofs.models.decoder import Decoder, emitted, first_largest, parse_decoder, start
from proofs.models.numbers import NotANumber
from proofs.models.positions import OutOfRange
from proofs.models.reference import NoReadout

FORMAT: Final = "expressivity trace"
VERSION: Final = 1
Step: TypeAlias = tuple[str, set[str]]
"""What a token stands for, in words, and the tokens that do."""
MAX_POSITIONS: Final = 2000
"""Positions of a run that is computed again: each looks at all before it."""


@dataclass(frozen=True)
class CheckedTrace:
    """What was checked: an answer on a word, by what, and whether a model's run was repeated."""

    kind: str
    word: tuple[str, ...]
    tokens: int
    accepted: bool
    repeated: bool

    def describe(self) -> list[str]:
        """In words, as lines."""
        shown = " ".join(self.word) or "()"
        answer = "accepts" if self.accepted else "rejects"
        found = [f"Claim: the {self.kind} {answer} the word {shown} of {len(self.word)} letters.",
                 f"  The {self.tokens} tokens are its steps, the last the answer."]
        if self.repeated:
            found.append("  The model writes these tokens: its run was repeated exactly.")
        return found

    def plain(self) -> dict[str, Any]:
        """As a JSON value."""
        return {"follows": self.kind, "word": list(self.word), "tokens": self.tokens,
                "accepted": self.accepted, "repeated": self.repeated}


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
    else:
        reject("unknown-value", kind, "follows.kind", '"automaton" or "circuit"')
    items(fields["tokens"], "tokens", len(expected) + 1)
    for i, (token, (meaning, right)) in enumerate(zip(tokens, expected, strict=False)):
        if token in answers or token not in right:
            reject("wrong-step", token, f"tokens[{i}]", f"a token for {meaning}")
    if answers.get(tokens[-1]) is not accepted:
        reject("wrong-answer", tokens[-1], f"tokens[{len(tokens) - 1}]",
               f'the token "{"accept" if accepted else "reject"}"')
    if "model" in mapping(data, "trace"):
        _repeat(parse_decoder(fields["model"]), word, tokens, answers)
    return CheckedTrace(kind, tuple(word), len(tokens), accepted, fields["model"] is not None)


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
    try:
        prompt = start(decoder, [letter[a] for a in word])
        symbols = [*prompt, *(decoder.first + number[token] for token in tokens[:-1])]
        for i, values in enumerate(emitted(decoder, symbols, len(prompt) - 1)):
            written = decoder.tokens[first_largest(values)]
            if written != tokens[i]:
                reject("model-differs", tokens[i], f"tokens[{i}]",
                       f"{written!r}, which the model writes")
    except (OutOfRange, NoReadout, NotANumber) as error:
        reject("no-run", str(error), "model", "a model that has a run on the word")
