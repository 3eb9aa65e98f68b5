"""What the deciders share: the minimal DFA and, computed when first asked for, its structures."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import TypeVar, cast

import numpy as np
from numpy.typing import NDArray

from languages.algebra.core import merged, settled
from languages.algebra.orbit import Component, ImageOrbit
from languages.algebra.pairs import PairGraph
from languages.algebra.probe import Probe, probes
from languages.algebra.same_length import SameLengthGroup
from languages.algebra.semigroup import Semigroup, enumerate_semigroup
from languages.algebra.states import StateGraph
from languages.algebra.words import Word, action, as_json, cycle_lengths, plain
from languages.algebra.work import Work, WorkLimit
from languages.dfa import DFA

JsonWord = list[list[object]]
Result = TypeVar("Result")
Progress = Callable[[str, int], None]
FIRST_STAGE = 500
STAGE_FACTOR = 8


@dataclass(frozen=True)
class Budget:
    """Where the deciders give up and answer `undetermined`.

    `max_image_sets`: sets Q.w of states; `max_pairs`: cells of the pair graph, pairs times
    different letters; `seconds`: wall clock for the search through image sets (None: no limit).
    `max_image_cells`: image sets times states times different letters, a bound on the work; and
    once more for the permutations of image sets, a point of which counts as `work.POINT` cells.
    `max_elements`: elements of the syntactic semigroup, where a class needs it.
    """

    max_image_sets: int = 200_000
    max_pairs: int = 20_000_000
    seconds: float | None = None
    max_image_cells: int = 1_000_000_000
    max_elements: int = 20_000


class Analysis:
    """The minimal DFA of a language with what deciders ask about it.

    Evidence speaks of `dfa`, the minimal DFA in its canonical numbering. Internally letters
    that act alike are one: `delta` has a column per action. With `minimise=False` the automaton
    stays as it is, and only its algebra, not its language, may be asked about.
    """

    def __init__(
        self,
        dfa: DFA,
        budget: Budget | None = None,
        progress: Progress | None = None,
        *,
        minimise: bool = True,
    ) -> None:
        self.dfa = dfa.minimal() if minimise else dfa
        self.budget = Budget() if budget is None else budget
        self.progress = progress
        limit = self.budget.seconds
        self._deadline = None if limit is None else time.monotonic() + limit
        # Distinct columns in the order of their first letters, so that words stay canonical.
        columns = np.ascontiguousarray(self.dfa.delta.T)
        first: dict[bytes, int] = {}
        self.representative: list[int] = []
        self.letter_class: list[int] = []
        for a in range(self.dfa.letters):
            key = columns[a].tobytes()
            if key not in first:
                first[key] = len(self.representative)
                self.representative.append(a)
            self.letter_class.append(first[key])
        self.delta = np.ascontiguousarray(self.dfa.delta[:, self.representative])
        self.work = Work(self.budget.max_image_cells)
        self._components: tuple[int, list[Component]] = (-1, [])
        self._groups: dict[int, SameLengthGroup] = {}
        self._notes: dict[str, object] = {}

    def once(self, name: str, compute: Callable[[], Result]) -> Result:
        """The value under this name, computed at the first call: deciders keep findings here."""
        if name not in self._notes:
            self._notes[name] = compute()
        return cast(Result, self._notes[name])

    # -- words ------------------------------------------------------------------------------

    def json(self, word: Word) -> JsonWord:
        """A word over `delta` as certificates write it, over the letters of `dfa`."""
        return as_json(word, self.representative)

    def access(self, state: int) -> JsonWord:
        """A shortest word from the start to the state."""
        return as_json(plain(self.dfa.access_word(state) or []), range(self.dfa.letters))

    def distinguish(self, p: int, q: int) -> JsonWord:
        """A shortest word that exactly one of two different states accepts."""
        return as_json(plain(self.dfa.distinguish(p, q) or []), range(self.dfa.letters))

    def run(self, state: int, word: Word) -> int:
        """The state reached from `state` by a word over `delta`."""
        return int(action(word, self.delta)[state])

    # -- graphs -----------------------------------------------------------------------------

    @cached_property
    def states(self) -> StateGraph:
        """The graph of states."""
        return StateGraph(self.delta)

    @cached_property
    def pairs(self) -> PairGraph | None:
        """The cyclic part of the pair graph; None when it would be over budget."""
        return None if self.pair_cells > self.budget.max_pairs else PairGraph(self.states)

    @property
    def pair_cells(self) -> int:
        """The size of the pair graph: pairs of states times different letters."""
        n, m = self.states.n, self.states.m
        return n * (n - 1) // 2 * m

    @property
    def pairs_over_budget(self) -> str:
        """The reason to give when `pairs` is None."""
        return (
            f"more than {self.budget.max_pairs} cells in the pair graph of "
            f"{self.delta.shape[0]} states; raise --max-pairs"
        )

    # -- smaller automata -------------------------------------------------------------------

    @cached_property
    def merged(self) -> Analysis | None:
        """Without pairs of states that no word fixes both; None if that is hardly smaller."""
        return self._smaller(merged(self.delta))

    @cached_property
    def core(self) -> Analysis | None:
        """The same, of the states that words of any length lead to; with the same groups."""
        return self._smaller(merged(settled(self.states)))

    def _smaller(self, delta: NDArray[np.int32]) -> Analysis | None:
        if 4 * len(delta) > 3 * len(self.delta):
            return None
        letters = tuple(self.dfa.alphabet[a] for a in self.representative)
        dfa = DFA(letters, delta, 0, np.zeros(len(delta), dtype=np.bool_))
        return Analysis(dfa, self.budget, self.progress, minimise=False)

    # -- groups -----------------------------------------------------------------------------

    @cached_property
    def orbit(self) -> ImageOrbit:
        """The image orbit without single states, explored as far as somebody needed it."""
        return ImageOrbit(self.delta, smallest=2)

    @property
    def max_sets(self) -> int:
        """The number of image sets at which the search stops."""
        n, m = self.states.n, self.states.m
        return min(self.budget.max_image_sets, self.budget.max_image_cells // (n * m))

    def _out_of_time(self) -> bool:
        return self._deadline is not None and time.monotonic() > self._deadline

    def explore(self, orbit: ImageOrbit, largest: int) -> bool:
        """Explore another orbit within the budget; true when it is complete.

        Stops, too, when its sets have more than `largest` states together.
        """
        counted = total = 0

        def stop() -> bool:
            nonlocal counted, total
            total += sum(orbit.size[counted:])
            counted = len(orbit.size)
            return total > largest or self._out_of_time()

        return orbit.explore(self.max_sets, stop) and not stop()

    def components(self, stages: int | None = None) -> Iterator[Component]:
        """The components of the orbit; again and again while it grows within the budget.

        At most `stages` times, if that is given. The first stage is small.

        Whatever a part of a component shows about its group holds for the whole. Ask
        `orbit.complete` afterwards whether the components seen last were all.
        """
        stage = FIRST_STAGE
        while True:
            limit = min(stage, self.max_sets)
            self.orbit.explore(limit, self._out_of_time)
            done = len(self.orbit.next)
            if self._components[0] != done:
                if self.progress is not None:
                    self.progress("image sets", done)
                # Small groups first: they may settle a question before a large one is tried.
                parts = sorted(self.orbit.components(self.work), key=lambda c: c.cells)
                self._components = (done, parts)
                self._groups.clear()
            yield from self._components[1]
            if self.orbit.complete or limit < stage or self._out_of_time():
                return
            stage *= STAGE_FACTOR
            if stages is not None:
                stages -= 1
                if stages == 0:
                    return

    def same_length(self, component: Component | Probe) -> SameLengthGroup:
        """The same-length group of a component, computed once. May raise `WorkLimit`."""
        known = self._groups.get(id(component))
        if known is None or known.component is not component:
            known = self._groups[id(component)] = SameLengthGroup(component, self.work)
        return known

    # -- the semigroup ----------------------------------------------------------------------

    @cached_property
    def semigroup(self) -> Semigroup | None:
        """The syntactic semigroup of the words that are not empty; None over budget."""
        return enumerate_semigroup(self.delta, self._max_elements, self._out_of_time)

    @property
    def _max_elements(self) -> int:
        n, m = self.states.n, self.states.m
        return min(self.budget.max_elements, self.budget.max_image_cells // (4 * n * m))

    @property
    def semigroup_over_budget(self) -> str:
        """The reason to give when `semigroup` is None."""
        if self._out_of_time():
            return f"more than {self.budget.seconds} seconds; raise --seconds"
        small = self._max_elements < self.budget.max_elements
        option = "--max-image-cells" if small else "--max-elements"
        return f"more than {self._max_elements} elements of the syntactic semigroup; raise {option}"

    @property
    def identities_over_budget(self) -> str:
        """The reason to give when an identity of the semigroup took too much work."""
        limit = self.budget.max_image_cells
        return f"more than {limit} products of elements of a semigroup; raise --max-image-cells"

    @property
    def orbit_over_budget(self) -> str:
        """The reason to give when the orbit is not complete."""
        if len(self.orbit.keys) > self.max_sets:
            small = self.max_sets < self.budget.max_image_sets
            option = "--max-image-cells" if small else "--max-image-sets"
            return f"more than {self.max_sets} image sets; raise {option}"
        return f"more than {self.budget.seconds} seconds of image sets; raise --seconds"

    @property
    def groups_over_budget(self) -> str:
        """The reason to give when permutations took too much work."""
        limit = self.budget.max_image_cells
        return f"more than {limit} cells in permutations of states; raise --max-image-cells"

    @cached_property
    def letter_cycle(self) -> tuple[int, int, int] | None:
        """(state, letter, k): a letter that moves the state along a cycle of length k >= 2."""
        for a in range(self.delta.shape[1]):
            for q, k in cycle_lengths(self.delta[:, a]).items():
                if k > 1:
                    return q, a, k
        return None

    @cached_property
    def probes(self) -> list[Probe]:
        """Groups that random words generate."""
        return list(probes(self.delta))

    @cached_property
    def same_length_primes(self) -> frozenset[int] | None:
        """The primes dividing the orders of the same-length groups.

        None when these are not all known, or not all solvable.
        """
        primes: set[int] = set()
        try:
            for c in self.components():
                if not c.trivial:
                    if not self.same_length(c).solvable:
                        return None
                    primes |= self.same_length(c).primes
        except WorkLimit:
            return None
        return frozenset(primes) if self.orbit.complete else None
