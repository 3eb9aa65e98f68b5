"""The errors that users can cause. One line each, naming the value and what was expected."""

from __future__ import annotations


class InputError(ValueError):
    """The user's text, file or value is not what was expected.

    `message` names the offending value and what was expected; `position` says where it
    stands ("character 5", "line 3, column 7"), when the input has places.
    """

    def __init__(self, message: str, position: str | None = None) -> None:
        self.message = message
        self.position = position
        super().__init__(message if position is None else f"{message} ({position})")


class LimitError(InputError):
    """The input is larger than a limit. `option` names the way to raise it."""

    def __init__(self, what: str, got: int | str, limit: int, option: str) -> None:
        self.limit = limit
        self.option = option
        super().__init__(f"{what}: {got} is over the limit of {limit}; raise it with {option}")
