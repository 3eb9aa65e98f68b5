"""Which vertices are reached within D steps? Asked of a model, compared with a search."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from expressivity.latent.graphs import Graph
from expressivity.latent.reachability import NAME, alphabet, claimed, prompt, reachability_model
from expressivity.latent.thinker import MAX_POSITIONS, LatentThinker, Progress, support
from expressivity.models.sizes import sizes
from languages.errors import InputError
from proofs.models.latent import Thought


@dataclass(frozen=True)
class Reached:
    """The model's answer about a candidate, and the length of a shortest path to it, if any.

    `overlap` is the weight of the candidate in the last thought.
    """

    vertex: int
    accepted: bool
    overlap: Fraction
    distance: int | None


@dataclass(frozen=True)
class Explored:
    """The answers, and the thoughts after 0, 1 ... D steps: vertices and their weights.

    Thoughts are those of the first candidate; the letters of others change weights, not supports.
    """

    answers: tuple[Reached, ...]
    thoughts: tuple[tuple[tuple[str, Fraction], ...], ...]


def build_thinker(names: Sequence[str], steps: int) -> LatentThinker:
    """The decoder for these vertices, its sizes compared with the formula.

    Raises:
        LimitError: its tensors would be too large.
        RuntimeError: it is not as large as claimed (a defect).
    """
    thinker = LatentThinker.from_plain(reachability_model(names, steps))
    found = sizes(thinker.definition.model)
    for size, number in claimed(len(names)).items():
        if found[size] != number:
            raise RuntimeError(f"{NAME} claims {number} for {size}, its tensors have {found[size]}")
    return thinker


def explore(thinker: LatentThinker, graph: Graph, max_positions: int = MAX_POSITIONS,
            progress: Progress | None = None) -> Explored:
    """Ask about each candidate; each answer and thought is compared with breadth-first search.

    Raises:
        InputError: the model is not for these vertices, or is no model for such questions.
        LimitError: there are too many positions.
        RuntimeError: an answer or a thought is wrong (a defect).
    """
    if list(thinker.alphabet) != alphabet(graph.names):
        raise InputError(f"the model has the letters {' '.join(thinker.alphabet)[:60]}, expected "
                         f"those for the vertices {' '.join(graph.names)[:60]}")
    distances = graph.distances()
    found = thinker.think([prompt(graph, c) for c in graph.candidates], max_positions,
                          progress)
    for thought in found:
        for step, layer in enumerate(_weights(thinker, graph, thought)):
            wanted = {name for name, d in zip(graph.names, distances, strict=True)
                      if d is not None and d <= step}
            if {name for name, _ in layer} != wanted or sum(x for _, x in layer) != 1:
                raise RuntimeError(f"the thought after {step} steps is not a superposition of what "
                                   f"is reached: {layer}")
    answers = tuple(Reached(c, thought.accepted, Fraction(thought.value), distances[c])
                    for c, thought in zip(graph.candidates, found, strict=True))
    for answer in answers:
        near = answer.distance is not None and answer.distance <= thinker.definition.steps
        if answer.accepted != near:
            raise RuntimeError(f"wrong about {graph.names[answer.vertex]}, at distance "
                               f"{answer.distance}")
    return Explored(answers, _weights(thinker, graph, found[0]))


def _weights(thinker: LatentThinker, graph: Graph,
             thought: Thought) -> tuple[tuple[tuple[str, Fraction], ...], ...]:
    return tuple(tuple((name, Fraction(x)) for name, x in support(thinker, state, graph.names))
                 for state in thought.streams)
