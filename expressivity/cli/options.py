"""Options and error handling that several commands share."""

from __future__ import annotations

import functools
import json
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar, cast

import click

if TYPE_CHECKING:
    from languages.classes.analysis import Budget
    from languages.language import Language
    from languages.limits import Limits
    from proofs.kernel import Theorem
    from proofs.profile import Profile

F = TypeVar("F", bound=Callable[..., Any])

json_option = click.option("--json", "as_json", is_flag=True, help="Print JSON.")


@dataclass(frozen=True)
class Settings:
    """What the user set about reading languages and deciding classes."""

    alphabet: str | None
    max_states: int
    max_pairs: int
    max_image_sets: int
    max_image_cells: int
    max_elements: int
    seconds: float | None

    @property
    def limits(self) -> Limits:
        """Limits on the size of automata."""
        from languages.limits import Limits

        return Limits(max_states=self.max_states)

    @property
    def budget(self) -> Budget:
        """Where deciders give up."""
        from languages.classes.analysis import Budget

        return Budget(max_image_sets=self.max_image_sets, max_pairs=self.max_pairs,
                      max_image_cells=self.max_image_cells, max_elements=self.max_elements,
                      seconds=self.seconds)

    def language(self, text: str) -> Language:
        """The language of a LANGUAGE argument."""
        from languages.parse import parse_language

        return parse_language(text, alphabet=self.letters, limits=self.limits)

    def source(self, text: str) -> Language:
        """The language of a LANGUAGE argument that may also name a program."""
        from expressivity.programs.source import parse_source

        return parse_source(text, alphabet=self.letters, limits=self.limits)

    @property
    def letters(self) -> tuple[str, ...] | None:
        """The letters of --alphabet, if it was given."""
        from languages.words import parse_alphabet

        return parse_alphabet(self.alphabet) if self.alphabet is not None else None


def language_options(command: F) -> F:
    """`--alphabet` and limits; the command gets them as its argument `settings`."""

    @functools.wraps(command)
    def wrapped(*args: Any, alphabet: str | None, max_states: int, max_pairs: int,
                max_image_sets: int, max_image_cells: int, max_elements: int,
                seconds: float | None, **kwargs: Any) -> Any:
        settings = Settings(alphabet, max_states, max_pairs, max_image_sets, max_image_cells,
                            max_elements, seconds)
        return command(*args, settings=settings, **kwargs)

    number: dict[str, Any] = {"metavar": "N", "type": click.IntRange(1), "show_default": True}
    for option in (
        click.option("--seconds", type=click.FloatRange(0), metavar="S", help="Time for the search "
                     "through image sets.  [default: no limit]"),
        click.option("--max-elements", default=20_000, help="Elements of the syntactic semigroup, "
                     "for the classes that need it.", **number),
        click.option("--max-image-cells", default=1_000_000_000, help="Image sets times states "
                     "times letters, and work on permutations of states, likewise.", **number),
        click.option("--max-image-sets", default=200_000, help="Image sets to explore before a "
                     "class is undetermined.", **number),
        click.option("--max-pairs", default=20_000_000, help="Cells of the pair graph to explore, "
                     "likewise.", **number),
        click.option("--max-states", default=200_000, help="States an automaton may have.",
                     **number),
        click.option("--alphabet", metavar="LETTERS", help="The alphabet, as in `ab` or `a,b,cc`."),
    ):
        wrapped = option(wrapped)
    return cast(F, wrapped)  # click calls it by the names of the options


def extraction_options(command: F) -> F:
    """`--max-states` and `--seconds` for extracting automata from models."""
    command = click.option("--seconds", type=click.FloatRange(0), metavar="S",
                           help="Time for each sublayer, or for trying words.")(command)
    return click.option("--max-states", default=100_000, show_default=True, metavar="N",
                        type=click.IntRange(1), help="States to explore.")(command)


assume_option = click.option(
    "--assume", "assume", multiple=True, metavar="TEXT", help="Take a conjecture or its contrary "
    "for granted, such as \"TC0 != NC1\" or ETH; may be repeated.")


def assumptions_of(texts: tuple[str, ...]) -> frozenset[str]:
    """The tags of --assume; shows the derivation of a contradiction before it is refused."""
    if not texts:
        return frozenset()
    from expressivity.queries.assumptions import Contradiction, parse_assumptions

    try:
        return parse_assumptions(texts)
    except Contradiction as error:
        from expressivity.cli.display import show_theorems

        show_theorems(error.theorems)
        raise


def write_derivation(theorems: tuple[Theorem, ...], names: Mapping[Profile, str],
                     directory: str) -> str:
    """Write derivation.json into the directory; returns its path. Raises BadInput."""
    from pathlib import Path

    from proofs import derivation

    path = Path(directory) / "derivation.json"
    text = json.dumps(derivation.to_plain(theorems, names), indent=1, ensure_ascii=False) + "\n"
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        raise BadInput(f"cannot write to {directory}: {error.strerror}") from None
    return str(path)


@contextmanager
def progress_line() -> Iterator[Callable[[str, int], None]]:
    """A status line on standard error, if that is a terminal: what is done, and a count."""
    if not sys.stderr.isatty():
        yield lambda what, count: None
        return
    from rich.console import Console

    with Console(stderr=True).status("starting") as status:
        def show(what: str, count: int) -> None:
            status.update(f"{what}{f': {count}' if count else ''}")

        yield show


def reports_input_errors(command: F) -> F:
    """Turn the package's input errors into one line and exit status 2."""

    @functools.wraps(command)
    def wrapped(*args: Any, **kwargs: Any) -> Any:
        from languages.errors import InputError

        try:
            return command(*args, **kwargs)
        except InputError as error:
            raise BadInput(str(error)) from None

    return cast(F, wrapped)  # it takes and returns what the command does


class BadInput(click.ClickException):
    """One line about bad input; exit status 2."""

    exit_code = 2


def read_lines(name: str) -> Iterator[tuple[int, str]]:
    """The lines of a file (`-` for standard input) that are not blank, with their numbers.

    Bytes that are not UTF-8 become lone surrogates, which no language or variant contains, so
    that their line is an error like any other and the rest still runs.
    """
    try:
        # The error is about opening only, so the `with` that closes the file comes after it.
        stream = sys.stdin.buffer if name == "-" else open(name, "rb")  # noqa: SIM115
    except OSError as error:
        raise BadInput(f"cannot read {name}: {error.strerror}") from None
    with stream:
        try:
            for number, raw in enumerate(stream, start=1):
                encoding = "utf-8-sig" if number == 1 else "utf-8"
                line = raw.decode(encoding, errors="surrogateescape").strip("\r\n")
                if line.strip():
                    yield number, line
        except OSError as error:
            raise BadInput(f"cannot read {name}: {error.strerror}") from None


def echo_json(value: object) -> None:
    """One JSON value on one line."""
    click.echo(json.dumps(value, ensure_ascii=False))
