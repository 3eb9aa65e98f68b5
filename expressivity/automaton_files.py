"""Regular languages as text: regular expressions, automata in JSON, AT&T, DOT and SVG."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import PurePath
from typing import Final

from languages.dfa import DFA
from languages.dot import to_dot
from languages.errors import InputError
from languages.formats import dfa_to_mapping, to_att
from languages.language import Language
from languages.limits import Limits
from languages.tables import shown

MAX_DRAWN: Final = 24
MAX_WRITTEN: Final = 2_000_000  # transitions
_STYLE: Final = (
    "svg{background:#fff}text{font:13px sans-serif;fill:#1b1f24;text-anchor:middle}"
    ".arrow{fill:none;stroke:#8c959f;stroke-width:1.4}.tip{fill:#8c959f}"
    ".state circle{fill:#f6f8fa;stroke:#1b1f24;stroke-width:1.3}"
    ".letter{font-size:12px;paint-order:stroke;stroke:#fff;stroke-width:4px}")


def _regex(dfa: DFA, limits: Limits) -> str:
    from languages.regex.writer import to_regex

    return to_regex(dfa, limits) + "\n"


def _json(dfa: DFA, limits: Limits) -> str:
    del limits
    return json.dumps(dfa_to_mapping(dfa), ensure_ascii=False) + "\n"


def _att(dfa: DFA, limits: Limits) -> str:
    del limits
    return to_att(dfa)


def _dot(dfa: DFA, limits: Limits) -> str:
    del limits
    return to_dot(dfa)


def _svg(dfa: DFA, limits: Limits) -> str:
    del limits
    from expressivity.report.parts import automaton
    from expressivity.report.pictures import automaton_svg

    drawn = automaton_svg(automaton(dfa), MAX_DRAWN, "A deterministic automaton")
    if not drawn:
        raise InputError(f"svg: {dfa.states} states and {dfa.letters} letters, expected at most "
                         f"{MAX_DRAWN} states: write DOT, which Graphviz draws")
    head, _, rest = drawn.removeprefix("<svg").partition(">")
    return f'<svg xmlns="http://www.w3.org/2000/svg"{head}><style>{_STYLE}</style>{rest}\n'


WRITERS: Final[dict[str, Callable[[DFA, Limits], str]]] = {
    "regex": _regex, "json": _json, "att": _att, "dot": _dot, "svg": _svg}
EXTENSIONS: Final = {".regex": "regex", ".re": "regex", ".json": "json", ".att": "att",
                     ".dot": "dot", ".gv": "dot", ".svg": "svg"}


def format_of(path: str) -> str:
    """The format that the name of a file asks for; `InputError` for other names."""
    suffix = PurePath(path).suffix.lower()
    if suffix not in EXTENSIONS:
        raise InputError(f"{path}: the name ends in {shown(suffix)}, expected "
                         f"{' '.join(EXTENSIONS)}, or --format {'|'.join(WRITERS)}")
    return EXTENSIONS[suffix]


def language_text(language: Language, name: str, limits: Limits | None = None) -> str:
    """The language in a format of `WRITERS`.

    Raises `InputError` when the language is not regular or does not fit into the format.
    """
    if language.dfa is None:
        raise InputError(f"{language.name} is not regular, so there is no automaton to write")
    dfa = language.dfa
    if dfa.states * dfa.letters > MAX_WRITTEN:
        raise InputError(f"{language.name}: {dfa.states * dfa.letters} transitions, expected at "
                         f"most {MAX_WRITTEN} to write")
    return WRITERS[name](dfa, limits or Limits())
