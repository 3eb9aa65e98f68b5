"""How many languages fall into each class: all minimal automata over two letters, by size.

Run as a script, this file rewrites the table in `docs/classes.md`; with four states it takes some
minutes.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from languages.classes import deciders
from languages.classes.analysis import Analysis
from languages.classify import ORDER
from languages.dfa import DFA
from tests import small_automata

DOCUMENT = Path(__file__).parent.parent / "docs" / "classes.md"
STATES = (1, 2, 3, 4)
HEAD = """# Classes of small languages

The number of languages over {a, b} in each class, by the number of states of their minimal complete
automaton. Every class is decided; none is undetermined. Written by `make classes`.

"""


def counts(states: int) -> Counter[str]:
    """The number of languages whose minimal automaton has so many states: all, and by class."""
    found: Counter[str] = Counter()
    modules = deciders()
    for letters, delta, start, accept in small_automata.all_minimal(states, 2):
        table = [list(row) for row in delta]
        analysis = Analysis(DFA.from_lists(["a", "b"][:letters], table, start, sorted(accept)))
        found["all"] += 1
        for key, module in modules.items():
            value = module.decide(analysis).value
            if value == "undetermined":
                raise ValueError(f"{key} is undetermined for {table}")
            found[key] += value == "yes"
    return found


def rows(columns: Iterable[Counter[str]]) -> list[str]:
    """The lines of the table, one for all languages and one for each class."""
    listed = list(columns)
    keys = ["all", *ORDER, *sorted(deciders().keys() - set(ORDER))]
    return [f"| {key} | " + " | ".join(f"{column[key]:,}" for column in listed) + " |"
            for key in keys]


def document() -> str:
    """The whole file."""
    head = "| class | " + " | ".join(f"{n} state{'s' * (n > 1)}" for n in STATES) + " |"
    rule = "|---|" + "---:|" * len(STATES)
    return HEAD + "\n".join([head, rule, *rows(map(counts, STATES))]) + "\n"


if __name__ == "__main__":
    DOCUMENT.write_text(document(), encoding="utf-8")
