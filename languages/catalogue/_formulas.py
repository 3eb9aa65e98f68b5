"""Fully bracketed formulas, evaluated from left to right with a stack."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

Operation = Callable[[int, int], int]


def evaluate(text: Sequence[str], constants: Mapping[str, int], binary: Mapping[str, Operation],
             unary: Mapping[str, Callable[[int], int]]) -> int | None:
    """The value of F ::= constant | unary F | (F binary F); None if `text` is no such formula.

    The three sets of letters are disjoint, and no letter is a bracket.
    """
    stack: list[int | str] = []
    for letter in text:
        top = stack[-1] if stack else "("  # where a formula may start
        starts = isinstance(top, str)
        value: int | None = None
        if letter in constants and starts:
            value = constants[letter]
        elif ((letter == "(" or letter in unary) if starts else
              letter in binary and len(stack) > 1 and stack[-2] == "("):
            stack.append(letter)
        elif letter == ")" and len(stack) > 3 and not starts:
            _, left, operator, right = stack[-4:]
            if not (isinstance(left, int) and isinstance(operator, str)
                    and isinstance(right, int) and operator in binary):
                return None
            del stack[-4:]
            value = binary[operator](left, right)
        else:
            return None
        if value is not None:
            while stack and isinstance(sign := stack[-1], str) and sign in unary:
                stack.pop()
                value = unary[sign](value)
            stack.append(value)
    return stack[0] if len(stack) == 1 and isinstance(stack[0], int) else None
