"""A decoder in the making: a model's stream whose embedding also has rows for tokens."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Literal

from expressivity.constructions.stream import Row, Stream, check_weights, dense


def fresh(names: Sequence[str], alphabet: Sequence[str]) -> list[str]:
    """The names of tokens in brackets, as many as it takes to be no letters."""
    brackets = 1
    while {"<" * brackets + name + ">" * brackets for name in names} & set(alphabet):
        brackets += 1
    return ["<" * brackets + name + ">" * brackets for name in names]


class TokenStream(Stream):
    """A stream with tokens: token m is symbol `token(m)`, the last two are the answers."""

    def __init__(self, alphabet: Sequence[str], markers: Literal["none", "bos", "eos", "both"],
                 tokens: Sequence[str], period: int = 1) -> None:
        super().__init__(alphabet, markers, period)
        self.tokens = fresh([*tokens, "accept", "reject"], alphabet)

    @property
    def accept(self) -> int:
        """The number of the token that accepts."""
        return len(self.tokens) - 2

    @property
    def reject(self) -> int:
        """The number of the token that rejects."""
        return len(self.tokens) - 1

    def token(self, number: int) -> int:
        """The symbol of a token."""
        return self.end + 1 + number

    def decoder(self, contract: Mapping[str, Any], emit: Mapping[int, Row],
                limit: list[list[int]] | None, length: int | None = None) -> dict[str, Any]:
        """Plain data of the decoder; `emit` maps tokens to rows over the stream, biases included.

        Raises:
            LimitError: its tensors are too large.
        """
        width = len(self.names)
        check_weights(width * (self.period * (self.end + 1 + len(self.tokens))
                               + len(self.tokens)))
        made = self.model(contract, "last", {})
        del made["readout"], made["output"]
        made["embedding"] = [
            [dense(self._embedding.get((symbol, phase), {}), width)[:-1]
             for phase in range(self.period)]
            for symbol in range(self.end + 1 + len(self.tokens))]
        rows = [dense(emit.get(m, {}), width) for m in range(len(self.tokens))]
        described: dict[str, Any] = {
            "tokens": self.tokens,
            "emit": {"weights": [row[:-1] for row in rows], "bias": [row[-1] for row in rows]},
            "accept": self.tokens[self.accept], "reject": self.tokens[self.reject]}
        if limit is not None:
            described["limit"] = limit
        if length is not None:
            described["length"] = length
        return made | {"decoder": described}
