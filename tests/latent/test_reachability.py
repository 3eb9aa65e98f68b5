"""Reachability by superposition: what is reached within D edges, against networkx, exactly."""

from __future__ import annotations

import itertools
import random

import pytest

from expressivity.latent.graphs import Graph
from expressivity.latent.questions import build_thinker, explore
from expressivity.latent.reachability import alphabet, claimed, prompt, reachability_model
from expressivity.latent.thinker import LatentThinker, support
from expressivity.models.sizes import sizes
from languages.errors import InputError, LimitError
from proofs.models.latent import Thought, think
from tests.models.random_models import RATIONAL

nx = pytest.importorskip("networkx")


def graph_of(edges: list[tuple[int, int]], vertices: int, start: int = 0,
             candidates: list[int] | None = None) -> Graph:
    return Graph(tuple(f"v{k}" for k in range(vertices)), tuple(dict.fromkeys(edges)), start,
                 tuple(range(vertices) if candidates is None else candidates))


def within(graph: Graph, steps: int) -> set[int]:
    """The vertices that are reached by at most so many edges, says networkx."""
    made = nx.DiGraph(graph.edges)
    made.add_nodes_from(range(len(graph.names)))
    return set(nx.single_source_shortest_path_length(made, graph.start, cutoff=steps))


def check(graph: Graph, steps: int) -> list[Thought]:
    """Answers, and the supports of all thoughts, which sum to 1; not by `explore`."""
    thinker = LatentThinker.from_plain(reachability_model(graph.names, steps))
    found = thinker.think([prompt(graph, c) for c in graph.candidates])
    for c, thought in zip(graph.candidates, found, strict=True):
        assert thought.accepted == (c in within(graph, steps)), (graph, steps, c)
        assert len(thought.streams) == steps + 1
        for t, state in enumerate(thought.streams):
            weights = dict(support(thinker, state, graph.names))
            assert set(weights) == {graph.names[v] for v in within(graph, t)}, (graph, t)
            assert sum(weights.values()) == 1
            assert all(weight > 0 for weight in weights.values())
        last = dict(support(thinker, thought.streams[-1], graph.names))
        assert thought.value == last.get(graph.names[c], 0)
    return found


def random_graph(rng: random.Random, vertices: int) -> Graph:
    kind = rng.randrange(4)
    if kind == 0:  # a long path in a random order, with some edges more
        order = rng.sample(range(vertices), vertices)
        edges = list(itertools.pairwise(order))
        edges += [(rng.randrange(vertices), rng.randrange(vertices)) for _ in range(2)]
        return graph_of(rng.sample(edges, len(edges)), vertices, order[0])
    share = rng.choice((0.5, 1.0, 1.5, 3.0)) / vertices
    edges = [(u, v) for u in range(vertices) for v in range(vertices) if rng.random() < share]
    return graph_of(rng.sample(edges, len(edges)), vertices, rng.randrange(vertices))


def test_small_random_graphs() -> None:
    rng = random.Random(1)
    answers: dict[bool, int] = {True: 0, False: 0}
    for _ in range(200):
        vertices = rng.randint(1, 8)
        for thought in check(random_graph(rng, vertices), rng.randint(0, vertices)):
            answers[thought.accepted] += 1
    assert min(answers.values()) > 200


def test_graphs_of_thirty_vertices() -> None:
    rng = random.Random(2)
    for vertices in (15, 20, 25, 30, 30):
        graph = random_graph(rng, vertices)
        some = graph_of(list(graph.edges), vertices, graph.start,
                        rng.sample(range(vertices), 3))
        for steps in (rng.randint(1, 4), vertices - 1):
            check(some, steps)


@pytest.mark.slow
def test_hundreds_of_larger_graphs() -> None:
    rng = random.Random(3)
    for _ in range(200):
        vertices = rng.randint(9, 30)
        graph = random_graph(rng, vertices)
        check(graph_of(list(graph.edges), vertices, graph.start,
                       rng.sample(range(vertices), 2)), rng.randint(0, vertices))


def test_a_path_is_walked_step_by_step() -> None:
    path = graph_of([(k, k + 1) for k in range(7)], 8)
    for steps in range(9):
        assert [thought.accepted for thought in check(path, steps)] == [
            k <= steps for k in range(8)]


def test_no_steps() -> None:
    found = check(graph_of([(0, 1), (1, 0), (0, 0)], 2), 0)
    assert [(thought.accepted, thought.value) for thought in found] == [(True, 1), (False, 0)]


@pytest.mark.parametrize("steps", [0, 1, 2, 5])
def test_boundary_cases(steps: int) -> None:
    check(graph_of([], 1), steps)                                     # one vertex, nothing else
    check(graph_of([(0, 0)], 1), steps)                               # a self-loop alone
    check(graph_of([(0, 0), (1, 1), (1, 0)], 3), steps)               # edges lead to the start only
    check(graph_of([(1, 2), (2, 1)], 4, start=0), steps)              # the start is isolated
    check(graph_of([(0, 1), (1, 2), (2, 0)], 4), steps)               # a cycle, one vertex alone
    check(graph_of([(u, v) for u in range(5) for v in range(5)], 5), steps)  # every edge
    check(graph_of([(0, v) for v in range(1, 6)] + [(5, 6)], 7), steps)  # one way goes on


def test_every_graph_on_three_vertices() -> None:
    pairs = [(u, v) for u in range(3) for v in range(3) if u != v]
    for chosen in range(2 ** len(pairs)):
        edges = [pair for k, pair in enumerate(pairs) if chosen >> k & 1]
        for steps in (1, 2):
            check(graph_of(edges, 3), steps)


def test_the_smallest_entry_that_is_met_is_not_lost() -> None:
    """All edges leave the support, all but one into the start: the smallest weight there is."""
    count = 12
    edges = [(u, v) for u in range(count) for v in range(count)] + [(0, count)]
    (thought,) = check(graph_of(edges, count + 2, 0, [count]), 3)
    assert 0 < thought.value < 1 / 100


def test_the_definition_agrees() -> None:
    rng = random.Random(4)
    for _ in range(4):
        graph = random_graph(rng, 3)
        thinker = LatentThinker.from_plain(reachability_model(graph.names, 2))
        for c in graph.candidates[:2]:
            word = prompt(graph, c)
            assert thinker.think([word]) == [think(thinker.definition, word)]


def test_explore_compares_with_a_search() -> None:
    graph = graph_of([(0, 1), (1, 2)], 4)
    found = explore(build_thinker(graph.names, 1), graph)
    assert [(a.accepted, a.distance) for a in found.answers] == [
        (True, 0), (True, 1), (False, 2), (False, None)]
    assert [{name for name, _ in thought} for thought in found.thoughts] == [{"v0"}, {"v0", "v1"}]
    plain = reachability_model(graph.names, 1)
    plain["output"]["bias"] = 1
    with pytest.raises(RuntimeError, match="wrong about v2"):
        explore(LatentThinker.from_plain(plain), graph)
    plain = reachability_model(graph.names, 1)
    plain["layers"][2]["heads"][0]["key"] = plain["layers"][2]["heads"][0]["value"] + [[0] * 38]
    with pytest.raises(RuntimeError, match="is not a superposition"):
        explore(LatentThinker.from_plain(plain), graph)
    with pytest.raises(InputError, match="expected those for the vertices"):
        explore(build_thinker(("a", "b"), 1), graph)


def test_sizes_and_profile() -> None:
    for vertices in (1, 2, 9):
        thinker = build_thinker([f"v{k}" for k in range(vertices)], 3)
        counts = sizes(thinker.definition.model)
        assert claimed(vertices).items() <= counts.items()
        assert (counts["layers"], counts["width"]) == (2, 8 * vertices + 5)
        values = thinker.profile().to_plain()
        assert (values["thought"], values["cot"], values["depth"]) == ("continuous", "4", "2")
        assert thinker.definition.model.contract.grid is None and RATIONAL["format"] == "rational"


def test_names_of_vertices_and_letters_differ() -> None:
    names = ["<edge>", "<candidate>", "<start:<edge>>"]
    letters = alphabet(names)
    assert len(set(letters)) == len(letters) == 8
    graph = Graph(tuple(names), ((0, 1),), 0, (0, 1, 2))
    assert [a.accepted for a in explore(build_thinker(names, 2), graph).answers] == [
        True, True, False]


def test_too_many_vertices_for_a_model() -> None:
    with pytest.raises(LimitError, match="weights of the model"):
        reachability_model([str(k) for k in range(200)], 1)
