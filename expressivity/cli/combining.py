"""`--and`, `--or`, `--not`, `--reverse`: languages made of others, in the order of the options."""

from __future__ import annotations

import functools
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, TypeVar, cast

import click

if TYPE_CHECKING:
    from expressivity.cli.options import Settings
    from languages.language import Language
    from languages.operations import Operation

F = TypeVar("F", bound=Callable[..., Any])
_ORDER: Final = "expressivity.cli.combining.order"


class OrderedCommand(click.Command):
    """A command that remembers in which order its options were given."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Parse twice: click keeps the values of an option together, but not the order."""
        _, _, order = self.make_parser(ctx).parse_args(list(args))
        ctx.meta[_ORDER] = [param.name for param in order]
        return super().parse_args(ctx, args)


@dataclass(frozen=True)
class Change:
    """One of the options, and the language of `--and` and `--or`."""

    operation: Operation
    other: str | None = None


def combining_options(command: F) -> F:
    """The four options of an `OrderedCommand`; it gets them as its argument `changes`."""

    @functools.wraps(command)
    def wrapped(*args: Any, both: tuple[str, ...], either: tuple[str, ...], negate: bool,
                mirror: bool, **kwargs: Any) -> Any:
        del negate, mirror  # the order has them as often as they were given
        intersections, unions = iter(both), iter(either)
        changes = []
        for name in click.get_current_context().meta[_ORDER]:
            if name == "both":
                changes.append(Change("and", next(intersections)))
            elif name == "either":
                changes.append(Change("or", next(unions)))
            elif name in ("negate", "mirror"):
                changes.append(Change("not" if name == "negate" else "reverse"))
        return command(*args, changes=changes, **kwargs)

    for option in (
        click.option("--reverse", "mirror", is_flag=True, help="The words read backwards."),
        click.option("--not", "negate", is_flag=True, help="The other words over the alphabet."),
        click.option("--or", "either", metavar="LANGUAGE", multiple=True, help="Union."),
        click.option("--and", "both", metavar="LANGUAGE", multiple=True,
                     help="Intersection. These four may be repeated and are applied from left to "
                     "right: X --and Y --not is not(and(X; Y))."),
    ):
        wrapped = option(wrapped)
    return cast(F, wrapped)  # click calls it by the names of the options


def changed(language: Language, changes: list[Change], settings: Settings) -> Language:
    """The language after all changes."""
    from languages.operations import combined

    for change in changes:
        parts = [language]
        if change.other is not None:
            parts.append(settings.language(change.other))
        language = combined(change.operation, parts, settings.limits)
    return language
