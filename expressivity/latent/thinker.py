"""Continuous thought, one position at a time, for many words of one length side by side.

Bit for bit what `proofs.models.latent` computes by running the model anew after each step.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, Final, TypeAlias

import numpy as np

from expressivity.models import dense
from expressivity.models.engine import Array, Engine
from expressivity.models.fast import exactly
from expressivity.models.files import load_plain, save_plain
from expressivity.models.model import Model
from expressivity.thought.cache import Caches, after
from expressivity.thought.session import BLOCK_CELLS
from languages.errors import InputError, LimitError
from proofs.models import latent
from proofs.models.architecture import Rejected
from proofs.models.latent import LatentDecoder, Thought
from proofs.models.numbers import NotANumber, Value
from proofs.models.positions import Periodic
from proofs.models.profile import NoProfile, exact_profile
from proofs.models.reference import embedded
from proofs.profile import Box, box_from_mapping

Progress: TypeAlias = Callable[[str, int], None]
MAX_POSITIONS: Final = 20_000
CELLS: Final = 4_000_000


@dataclass(frozen=True, eq=False)
class LatentThinker:
    """A decoder with continuous thought; its weights as arrays are made when asked for."""

    definition: LatentDecoder

    @classmethod
    def from_plain(cls, data: object) -> LatentThinker:
        """The decoder that plain data describes; raises InputError."""
        try:
            return cls(latent.parse_latent(data))
        except Rejected as error:
            raise InputError(f"{error.path}: {error.message}") from None

    @cached_property
    def model(self) -> Model:
        """The sublayers; the readout means nothing."""
        return Model(self.definition.model)

    @property
    def alphabet(self) -> tuple[str, ...]:
        """The letters, in the order of their indices."""
        return self.definition.model.alphabet

    def to_plain(self) -> dict[str, Any]:
        """Plain data, ready for JSON."""
        return latent.plain_latent(self.definition)

    def profile(self) -> Box:
        """The exact profile of the decoder: D steps and the answer.

        Raises:
            InputError: no value of some axis describes it.
        """
        try:
            values = exact_profile(self.definition.model)
        except NoProfile as error:
            raise InputError(str(error)) from None
        return box_from_mapping(values | {"thought": latent.CONTINUOUS, "readout": "token",
                                          "cot": str(self.definition.steps + 1)})

    def think(self, words: Sequence[Sequence[int]],
              max_positions: int = MAX_POSITIONS,
              progress: Progress | None = None) -> list[Thought]:
        """What `proofs.models.latent.think` gives for each word, all of one length.

        Raises:
            LimitError: there are more positions than `max_positions`.
            ValueError, NoReadout, OutOfRange, NotANumber: as it does.
        """
        found: list[Thought] = []
        positions = (len(words[0]) if words else 0) + 2 + self.definition.steps
        if positions > max_positions:
            raise LimitError("positions of the prompt and thoughts", positions, max_positions,
                             "--max-positions")
        rows = max(1, CELLS // positions**2)
        for first in range(0, len(words), rows):
            part = words[first:first + rows]
            try:
                with np.errstate(invalid="ignore"):  # NaN has its own account
                    found += self._think(part, progress)
            except NotANumber:
                for word in part:
                    latent.think(self.definition, word)
                raise
        return found

    def _think(self, words: Sequence[Sequence[int]],
               progress: Progress | None) -> list[Thought]:
        definition = self.definition
        prompts = [latent.start(definition, word) for word in words]
        new = len(prompts[0])
        engine = dense.engine_for(self.model, len(words), new + definition.steps)
        caches = Caches()
        done = 0
        streams: list[Array] = []
        stream = self._embedded(engine, prompts)
        for step in range(definition.steps + 1):
            streams.append(exactly(engine.values(engine.take(stream, (slice(None), -1)))))
            left = None
            first = 0
            while first < new:  # as many positions at once as memory allows
                rows = max(1, min(new - first, BLOCK_CELLS // (len(words) * (done + new) + 1)))
                part = engine.take(stream, (slice(None), slice(first, first + rows)))
                for place in range(len(self.model.layers)):
                    part = after(engine, self.model, place, part, (len(words), rows), done, caches)
                done += rows
                if progress is not None:
                    progress(f"{len(words)} words, positions", done)
                first += rows
                left = engine.take(part, (slice(None), slice(-1, None)))
            if engine.undefined().any():
                raise NotANumber("some quantity", "a step of thought")
            if step < definition.steps:
                stream = engine.lift(np.array([
                    [latent.next_state(definition, tuple(state), done)]
                    for state in exactly(engine.values(left)[:, 0])], dtype=object))
            new = 1
        values = exactly(engine.values(engine.affine(self.model.output, left))[:, 0, 0])
        if engine.undefined().any():
            raise NotANumber("some quantity", "the output")
        return [Thought(tuple(tuple(part[k]) for part in streams), value, bool(value > 0))
                for k, value in enumerate(values)]

    def _embedded(self, engine: Engine, prompts: Sequence[Sequence[int]]) -> Any:
        """The stream before the first sublayer at the positions of the prompts."""
        model = self.definition.model
        if model.formulas or not isinstance(model.positions, Periodic):
            return engine.lift(np.array([embedded(model, prompt) for prompt in prompts],
                                        dtype=object))
        # Few distinct rows: they are converted once.
        rows = np.array([[row] for symbol in model.embedding for row in symbol], dtype=object)
        at = np.arange(len(prompts[0])) % model.period
        return engine.take(engine.lift(rows), (np.array(prompts) * model.period + at, 0))


def support(thinker: LatentThinker, state: Sequence[Value],
            names: Sequence[str]) -> Iterator[tuple[str, Value]]:
    """The vertices of a thought with their weights, those that are not 0.

    Raises:
        InputError: the decoder has no dimensions that hold thoughts over these names.
    """
    number = {name: k for k, name in enumerate(thinker.definition.model.residual)}
    for name in names:
        if f"thought {name}" not in number:
            raise InputError(f"the model has no dimension 'thought {name}'")
        if state[number[f"thought {name}"]]:
            yield name, state[number[f"thought {name}"]]


def save_latent(thinker: LatentThinker, directory: str | Path) -> Path:
    """Write model.json into the directory; returns its path. Raises InputError."""
    return save_plain(thinker.to_plain(), directory)


def load_latent(path: str | Path) -> LatentThinker | None:
    """The decoder with continuous thought in a file or a directory; None if there is another model.

    Raises:
        InputError: as `expressivity.models.files.load_model`.
    """
    file, data = load_plain(path)
    if not latent.is_latent(data):
        return None
    try:
        return LatentThinker(latent.parse_latent(data))
    except Rejected as error:
        raise InputError(f"{file}: {error.path}: {error.message}") from None
