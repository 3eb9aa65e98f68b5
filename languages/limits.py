"""How large an input may be before it is refused, in one place."""

from __future__ import annotations

from dataclasses import dataclass

from languages.errors import InputError, LimitError

STATES_OPTION = "--max-states"


@dataclass(frozen=True)
class Limits:
    """Bounds that are checked before memory is spent.

    `max_states` is the user's knob. It bounds the states of every automaton that is built or
    read; a tenth of it (or 2000) bounds the states of a nondeterministic automaton on the way
    from a regular expression, a hundred times it the entries (states times letters) of a
    transition table. The other bounds are fixed for the
    command line and only exist to refuse nonsense early.
    """

    max_states: int = 200_000
    max_file_bytes: int = 64_000_000
    max_regex_length: int = 10_000
    max_nesting: int = 200

    @property
    def max_positions(self) -> int:
        """States of the nondeterministic automaton of a regex: its bit sets are that long."""
        return max(2000, self.max_states // 10)

    @property
    def max_entries(self) -> int:
        """States times letters of a transition table."""
        return 100 * self.max_states

    def check_states(self, what: str, states: int | str, letters: int = 1) -> None:
        """`LimitError` if an automaton of that size is too large. A string counts as too large."""
        if isinstance(states, str) or states > self.max_states:
            raise LimitError(f"states of {what}", states, self.max_states, STATES_OPTION)
        if states * letters > self.max_entries:
            raise LimitError(
                f"transitions of {what}", states * letters, self.max_entries, STATES_OPTION
            )

    def check_positions(self, positions: int) -> None:
        """`LimitError` if the nondeterministic automaton of a regex is too large."""
        if positions > self.max_positions:
            raise LimitError(
                "states of the nondeterministic automaton",
                positions,
                self.max_positions,
                STATES_OPTION,
            )

    def check_length(self, what: str, length: int) -> None:
        """`InputError` if a text is too long."""
        if length > self.max_regex_length:
            raise InputError(
                f"{what}: got {length} characters, expected at most {self.max_regex_length}"
            )
