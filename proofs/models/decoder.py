"""Decoders: models that write tokens before they answer (a chain of thought), as plain loops.

A decoder is a file of a model (see `architecture`) in which "readout" and "output" are missing and

    "decoder": {"tokens": [name of each of the t tokens],
                "emit": {"weights": [t][d], "bias": [t]},
                "accept": name, "reject": name,
                "limit": [[coefficient, power of n], ...] | null,   (may be left out: null)
                "length": n | null}                                 (may be left out: null)

stands instead. Tokens are symbols: letters are 0..k-1, the begin marker k, the end marker k + 1,
and token number m is symbol k + 2 + m, so that "embedding" has k + 2 + t rows, those of the tokens
last.

Decoding starts from the marked input. The model runs on what is there; at the last position the
affine map "emit" gives each token a value, and the first token of largest value is appended. This
is repeated until the token "accept" or "reject" is appended, which is the answer. There is no
answer if there is none after limit(n) tokens, n being the number of letters; null is no limit. With
a "length" the decoder is made for words of that length alone.

No position may depend on what comes after it: masks are "future", "strict-future" or windows,
formulas do not depend on N, and positions are periodic or bounded.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Final, TypeAlias

from proofs.checkers.rejection import integer, items, mapping, record, reject
from proofs.models.architecture import Model, parse_model, plain_model
from proofs.models.layers import Attention, Matrix, window_size
from proofs.models.linear import affine
from proofs.models.numbers import Contract, NotANumber, Value
from proofs.models.positions import OutOfRange, Table
from proofs.models.reference import NoReadout, marked, sublayers
from proofs.models.tensors import Tensors, bounded, index_of, names, plain, plain_vector

MAX_POWER: Final = 8
MAX_COEFFICIENT: Final = 10**12
CAUSAL: Final = ("future", "strict-future")

Limit: TypeAlias = tuple[tuple[int, int], ...]
"""Pairs (coefficient, power) of a polynomial in n."""


@dataclass(frozen=True)
class Decoder:
    """A decoder. `emit` has shape (t, d + 1), the bias last; `accept`, `reject` number tokens.

    `model` has the embedding rows of the tokens, too; its readout and its output mean nothing.
    """

    model: Model
    tokens: tuple[str, ...]
    emit: Matrix
    accept: int
    reject: int
    limit: Limit | None
    length: int | None

    @property
    def first(self) -> int:
        """The symbol of token 0."""
        return len(self.model.alphabet) + 2

    def most(self, length: int) -> int | None:
        """How many tokens may be written after a word of that length; None is no limit."""
        if self.limit is None:
            return None
        total: int = sum(c * length**a for c, a in self.limit)
        return total


@dataclass(frozen=True)
class Decoded:
    """The tokens that were appended, by number, and the answer; None if there is none."""

    tokens: tuple[int, ...]
    accepted: bool | None


def decode(decoder: Decoder, word: Sequence[int], most: int | None = None) -> Decoded:
    """Run the decoder on a word, given as indices of letters; at most `most` tokens, if given.

    Raises:
        ValueError: an index is not that of a letter.
        OutOfRange: the decoder is not made for words of this length.
        NoReadout: nothing is there to start from: the empty word without markers.
        NotANumber: some quantity has no value; says where.
    """
    symbols = list(start(decoder, word))
    bounds = [bound for bound in (decoder.most(len(word)), most) if bound is not None]
    tokens: list[int] = []
    while not bounds or len(tokens) < min(bounds):
        *_, values = emitted(decoder, symbols, len(symbols) - 1)
        token = first_largest(values)
        tokens.append(token)
        if token in (decoder.accept, decoder.reject):
            return Decoded(tuple(tokens), token == decoder.accept)
        symbols.append(decoder.first + token)
    return Decoded(tuple(tokens), None)


def start(decoder: Decoder, word: Sequence[int]) -> tuple[int, ...]:
    """The marked input; raises as `decode`."""
    if decoder.length is not None and len(word) != decoder.length:
        raise OutOfRange(f"a word of length {len(word)}: the decoder is made for length "
                         f"{decoder.length}")
    symbols = marked(decoder.model, word)
    if not symbols:
        raise NoReadout('with markers "none" decoding cannot start from the empty word')
    return symbols


def emitted(decoder: Decoder, symbols: Sequence[int], position: int) -> Iterator[
        tuple[Value, ...]]:
    """The values of the tokens at `position` and at each later one.

    As no position depends on later ones, one run gives what each step of decoding gave.
    """
    stream = sublayers(decoder.model, symbols)[0][-1]
    for i in range(position, len(symbols)):
        try:
            yield affine(decoder.model.contract, decoder.emit, stream[i])
        except NotANumber as error:
            raise NotANumber(error.what, f"what is emitted at position {i}") from None


def first_largest(values: Sequence[Value]) -> int:
    """The index of the first largest value."""
    return values.index(max(values))


def parse_decoder(data: object) -> Decoder:
    """The decoder that `data`, parsed JSON, describes.

    Raises:
        Rejected: with the path of the field, what was expected and what was found.
    """
    given = dict(mapping(data, "model"))
    described = given.get("decoder")
    if isinstance(described, dict) and "thought" in described:
        reject("unknown-key", "thought", "model.decoder",
               "a decoder that writes tokens, not one with continuous thought, which `run` takes")
    for key in ("readout", "output", "sequence", "loop"):
        if key in given:
            reject("unknown-key", key, "model", 'no such key beside "decoder"')
    fields = record({"limit": None, "length": None, **mapping(given.pop("decoder", None),
                                                             "model.decoder")},
                    "model.decoder", ("tokens", "emit", "accept", "reject", "limit", "length"))
    tokens = names(fields["tokens"], "model.decoder.tokens")
    width = len(items(given.get("residual"), "model.residual"))
    model = parse_model({**given, "readout": "last",
                         "output": {"weights": [0] * width, "bias": 0}}, len(tokens))
    for m, name in enumerate(tokens):
        if name in model.alphabet:
            reject("repeated-element", name, f"model.decoder.tokens[{m}]",
                   "a name that is no letter")
    check_causal(model)
    number = {name: m for m, name in enumerate(tokens)}
    accept = _token(fields["accept"], "model.decoder.accept", number)
    refuse = _token(fields["reject"], "model.decoder.reject", number)
    if accept == refuse:
        reject("repeated-element", fields["reject"], "model.decoder.reject",
               'another token than "accept"')
    length = fields["length"]
    return Decoder(
        model, tokens, _emit(fields["emit"], model.contract, len(tokens), width), accept, refuse,
        _limit(fields["limit"]),
        None if length is None else integer(length, "model.decoder.length", 0))


def _token(value: object, path: str, known: dict[str, int]) -> int:
    if type(value) is str and value not in known:
        reject("unknown-token", value, path, "the name of a token")
    return index_of(value, path, known)


def _emit(data: object, contract: Contract, tokens: int, width: int) -> Matrix:
    path = "model.decoder.emit"
    fields = record(data, path, ("weights", "bias"))
    tensors = Tensors(contract)
    weights = tensors.matrix(fields["weights"], f"{path}.weights", tokens, width)
    bias = tensors.vector(fields["bias"], f"{path}.bias", tokens)
    return tuple((*row, b) for row, b in zip(weights, bias, strict=True))


def _limit(data: object) -> Limit | None:
    if data is None:
        return None
    path = "model.decoder.limit"
    terms = []
    for k, term in enumerate(bounded(data, path, 1, 2 * MAX_POWER)):
        coefficient, power = items(term, f"{path}[{k}]", 2)
        terms.append((integer(coefficient, f"{path}[{k}][0]", 1, MAX_COEFFICIENT + 1),
                      integer(power, f"{path}[{k}][1]", 0, MAX_POWER + 1)))
    return tuple(terms)


def check_causal(model: Model) -> None:
    """Raise Rejected for what makes a position depend on later ones."""
    for place, layer in enumerate(model.layers):
        for h, head in enumerate(layer.heads if isinstance(layer, Attention) else ()):
            if head.mask not in CAUSAL and window_size(head.mask) is None:
                reject("not-causal", head.mask, f"model.layers[{place}].heads[{h}].mask",
                       'a mask that does not look ahead: "future", "strict-future" or a window')
    for k, formula in enumerate(model.formulas):
        if any(power for _, _, power in (*formula.numerator, *formula.denominator)):
            reject("not-causal", "a power of N", f"model.formulas[{k}]",
                   "a formula in i alone: N grows while tokens are written")
    if isinstance(model.positions, Table):
        reject("not-causal", "table", "model.positions.kind",
               '"periodic" or "bounded": N grows while tokens are written')


def plain_decoder(decoder: Decoder) -> dict[str, Any]:
    """The plain data from which `parse_decoder` makes an equal decoder."""
    made = plain_model(decoder.model)
    del made["readout"], made["output"]
    described: dict[str, Any] = {
        "tokens": list(decoder.tokens),
        "emit": {"weights": [plain_vector(row[:-1]) for row in decoder.emit],
                 "bias": [plain(Fraction(row[-1])) for row in decoder.emit]},
        "accept": decoder.tokens[decoder.accept], "reject": decoder.tokens[decoder.reject]}
    if decoder.limit is not None:
        described["limit"] = [list(term) for term in decoder.limit]
    if decoder.length is not None:
        described["length"] = decoder.length
    return made | {"decoder": described}
