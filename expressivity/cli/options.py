"""Options and error handling that several commands share."""

from __future__ import annotations

import functools
import json
import sys
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any, TypeVar

import click

if TYPE_CHECKING:
    from languages.classes.analysis import Budget
    from languages.language import Language
    from languages.limits import Limits

F = TypeVar("F", bound=Callable[..., Any])

json_option = click.option("--json", "as_json", is_flag=True, help="Print JSON.")


def language_options(command: F) -> F:
    """`--alphabet` and the limits on the input's size."""
    for option in (
        click.option("--max-image-sets", default=200_000, show_default=True, metavar="N",
                     type=click.IntRange(1), help="Image sets to explore before a class is "
                     "undetermined."),
        click.option("--max-states", default=200_000, show_default=True, metavar="N",
                     type=click.IntRange(1), help="States an automaton may have."),
        click.option("--alphabet", metavar="LETTERS",
                     help="The alphabet, as in `ab` or `a,b,cc`."),
    ):
        command = option(command)
    return command


def limits(max_states: int) -> Limits:
    """The input limits that the options ask for."""
    from languages.limits import Limits

    return Limits(max_states=max_states)


def budget(max_image_sets: int) -> Budget:
    """The deciders' budget that the options ask for."""
    from languages.classes.analysis import Budget

    return Budget(max_image_sets=max_image_sets)


def read_language(text: str, alphabet: str | None, max_states: int) -> Language:
    """The language of a LANGUAGE argument."""
    from languages.parse import parse_language
    from languages.words import parse_alphabet

    letters = parse_alphabet(alphabet) if alphabet is not None else None
    return parse_language(text, alphabet=letters, limits=limits(max_states))


def reports_input_errors(command: F) -> F:
    """Turn the package's input errors into one line and exit status 2."""

    @functools.wraps(command)
    def wrapped(*args: Any, **kwargs: Any) -> Any:
        from languages.errors import InputError

        try:
            return command(*args, **kwargs)
        except InputError as error:
            raise BadInput(str(error)) from None

    return wrapped  # type: ignore[return-value]


class BadInput(click.ClickException):
    """One line about bad input; exit status 2."""

    exit_code = 2


def read_lines(name: str) -> Iterator[tuple[int, str]]:
    """The lines of a file (`-` for standard input) that are not blank, with their numbers."""
    try:
        stream = sys.stdin.buffer if name == "-" else open(name, "rb")  # noqa: SIM115
    except OSError as error:
        raise BadInput(f"cannot read {name}: {error.strerror}") from None
    with stream:
        try:
            for number, raw in enumerate(stream, start=1):
                try:
                    line = raw.decode("utf-8-sig" if number == 1 else "utf-8").strip("\r\n")
                except UnicodeDecodeError as error:
                    raise BadInput(f"{name}, line {number}: not UTF-8 at byte "
                                   f"{error.start}") from None
                if line.strip():
                    yield number, line
        except OSError as error:
            raise BadInput(f"cannot read {name}: {error.strerror}") from None


def echo_json(value: object) -> None:
    """One JSON value on one line."""
    click.echo(json.dumps(value, ensure_ascii=False))
