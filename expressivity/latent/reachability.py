"""Directed reachability in D continuous steps: a vector holds all vertices reached, superposed.

The model is for one set of vertices and one D. The word that describes a question is, for each edge
from u to v, the letters u v <edge>; then c <candidate>, c being the vertex that is asked about;
then <start:s>, the first thought. A thought is a vector over the vertices, its entries not negative
and of sum 1; its *support*, where it is positive, is what has been reached.

Layer 1. The token <edge> copies the two letters before it: a head that sees two positions looks at
the vertex among them, the target; one that sees three averages over both. Twice the latter less
the former is the source. <candidate> copies the letter before it. The network puts them in their
places, and makes the indicator min(1, K h_v) of the support of a thought h.

Layer 2. Keys are the sources of edges, queries the indicators, so scores are 1 at edges that leave
the support and 0 elsewhere. Each vertex letter is a key, too, as an edge from its vertex to itself.
Average-hard attention returns the average of the targets of the edges of score 1, letters included:
the next thought. It is a superposition of sum 1, and its support is the old one and all that is one
edge away (what is in the support has been named by a letter). The network leaves that vector and
nothing else in the stream, but for the overlap of the old thought with the candidate, its entry at
c. That is the output. (The begin marker has score 1/2 and no target: where there is no thought,
heads look at it.)

So the word is accepted iff c is reached from s by a path of at most D edges, exactly, where each
edge is given once: then an entry that is not 0 is at least 1 / K, K = 3 V^2 + 2 being no less than
the number of letters and edges. Nothing is claimed of words that are no such question.

Zhu et al. use softmax attention, whose weights only tend to these averages, and normalise thoughts
to length 1, which takes square roots; here all is exact over the rationals.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from expressivity.constructions.stream import (
    BIAS,
    Attention,
    Head,
    Network,
    Row,
    Stream,
    check_weights,
)
from expressivity.latent.graphs import Graph
from expressivity.models.contracts import RATIONAL
from expressivity.thought.assembly import fresh
from proofs.models.latent import CONTINUOUS

NAME: Final = "reachability by superposition"
CITATION: Final = (
    "Zhu, Hao, Hu, Jiao, Russell, Tian, Reasoning by Superposition: A Theoretical Perspective on "
    "Chain of Continuous Thought, NeurIPS 2025, arXiv 2505.12514 (average-hard attention over "
    "rationals instead of softmax; thoughts of sum 1)"
)


def alphabet(names: Sequence[str]) -> list[str]:
    """The letters: the vertices, what ends an edge and a candidate, and the starts."""
    return [*names, *fresh(["edge", "candidate", *(f"start:{name}" for name in names)], names)]


def prompt(graph: Graph, candidate: int) -> list[int]:
    """The word, as indices of letters, that asks whether the candidate is reached."""
    edge = len(graph.names)
    word = [letter for u, v in graph.edges for letter in (u, v, edge)]
    return [*word, candidate, edge + 1, edge + 2 + graph.start]


def reachability_model(names: Sequence[str], steps: int) -> dict[str, Any]:
    """Plain data of the decoder for these vertices.

    Raises:
        LimitError: its tensors would be too large.
    """
    vertices = range(len(names))
    size = claimed(len(names))
    check_weights(size["hidden"] * (2 * size["width"] + 1))  # before so many rows are made
    letters = alphabet(names)
    stream = Stream(letters, "bos")
    begin, vertex, edge, asked, overlap = map(stream.dimension, (
        "begin", "vertex", "edge", "candidate", "overlap"))
    thought, source, target, last, both, reached, following, candidate = (
        [stream.dimension(f"{what} {name}") for name in names] for what in (
            "thought", "source", "target", "last", "last two", "reached", "next", "candidate"))
    stream.embed(begin, stream.begin, 1)
    for v in vertices:
        start = len(names) + 2 + v
        stream.embed(vertex, v, 1)
        stream.embed(thought[v], start, 1)
        for letter in (v, start):
            stream.embed(source[v], letter, 1)
            stream.embed(target[v], letter, 1)
    stream.embed(edge, len(names), 1)
    stream.embed(asked, len(names) + 1, 1)

    copy: list[Row] = [{d: 1} for d in source]
    stream.layers.append(Attention([
        Head("average-hard", window, [{BIAS: 1}], [{vertex: 1}], copy,
             {part[v]: {v: 1} for v in vertices})
        for window, part in (("window:2", last), ("window:3", both))]))
    most = 3 * len(names) ** 2 + 2
    units: list[Row] = [{overlap: 1}]
    output: dict[int, dict[int, int]] = {overlap: {0: -1}}
    for v in vertices:
        for part, row in (
                # What heads found is at most 1, so that elsewhere this is not positive.
                (source, {both[v]: 2, last[v]: -1, edge: 3, BIAS: -3}),
                (target, {last[v]: 1, edge: 1, BIAS: -1}),
                (candidate, {last[v]: 1, asked: 1, BIAS: -1}),
                (reached, {thought[v]: most})):
            output[part[v]] = {len(units): 1}
            units.append(row)
        output[reached[v]][len(units)] = -1
        units.append({thought[v]: most, BIAS: -1})
    stream.layers.append(Network(units, output))

    stream.layers.append(Attention([
        Head("average-hard", "future", [*({d: 1} for d in reached), {BIAS: 1}],
             [*({d: 1} for d in source), {begin: "1/2"}], [{d: 1} for d in target],
             {following[v]: {v: 1} for v in vertices}),
        Head("average-hard", "future", [{BIAS: 1}], [{asked: 1, begin: "1/2"}],
             [{d: 1} for d in candidate],
             {candidate[v]: {v: 1} for v in vertices})]))
    units, output = [], {overlap: {}}
    for v in vertices:
        output[overlap][len(units)] = 1
        units.append({thought[v]: 1, candidate[v]: 1, BIAS: -1})
        output[thought[v]] = {len(units): 1}
        for part in (following, thought, source, target, last, both, reached, candidate):
            output.setdefault(part[v], {})[len(units)] = -1
            units.append({part[v]: 1})
    stream.layers.append(Network(units, output))

    made = stream.model(RATIONAL, "last", {overlap: 1})
    del made["readout"]
    return made | {"decoder": {"thought": CONTINUOUS, "steps": steps}}


def claimed(vertices: int) -> dict[str, int]:
    """The size of the decoder for so many vertices."""
    return {"layers": 2, "attention_layers": 2, "recurrent_layers": 0, "networks": 2, "heads": 2,
            "rank": vertices + 1, "hidden": 9 * vertices, "width": 8 * vertices + 5}
