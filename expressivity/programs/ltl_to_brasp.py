"""From past temporal formulas to B-RASP programs, one vector per subformula.

f S g attends to the rightmost earlier position where f fails or g holds, and returns g there:
f has held since, and the answer is g's. P f attends to the leftmost or the rightmost earlier
position with f, whichever is wanted; so formulas with P alone need no rightmost attention, and
no formula needs leftmost attention. Y f attends to the rightmost earlier position.
Yang, Chiang, Angluin (2024); for P, Jerad, Svete, Li, Cotterell (2025).
"""

from __future__ import annotations

from expressivity.programs.brasp import (
    FALSE,
    TRUE,
    And,
    At,
    Attend,
    Definition,
    Expression,
    Letter,
    Local,
    Not,
    Or,
    Program,
    Readout,
    Side,
    Vector,
)
from languages.errors import InputError
from languages.logics.ltl import Formula


def ltl_to_brasp(
    formula: Formula, readout: Readout = "eos", *, previously: Side = "leftmost"
) -> Program:
    """The program that accepts when the formula holds, at the end position or the last letter.

    `previously` is the side of the attention for P. There is one attention per temporal operator,
    nested as deep as the operators are. Raises `InputError` for X, F and U.
    """
    definitions: list[Definition] = []
    at: list[dict[At, Expression]] = []  # per node, how it is written at i and at j
    for number, (op, args) in enumerate(formula.nodes):
        if op == "letter":
            letter = formula.alphabet[args[0]]
            at.append({"i": Letter(letter, "i"), "j": Letter(letter, "j")})
            continue
        if op == "true":
            at.append({"i": TRUE, "j": TRUE})
            continue
        if op == "not":
            operand = at[args[0]]
            at.append({"i": _negation(operand["i"]), "j": _negation(operand["j"])})
            continue
        name = f"v{number}"
        here = [at[a]["i"] for a in args]
        there = [at[a]["j"] for a in args]
        if op in ("and", "or"):
            make = And if op == "and" else Or
            definitions.append(Local(name, make(tuple(here))))
        elif op == "Y":
            definitions.append(Attend(name, "rightmost", "j < i", TRUE, there[0], FALSE))
        elif op == "P":
            definitions.append(Attend(name, previously, "j < i", there[0], TRUE, FALSE))
        elif op != "S":
            raise InputError(f"the formula looks forth, with {op}: expected a past formula")
        else:
            score = Or((_negation(there[0]), there[1]))
            definitions.append(Attend(name, "rightmost", "j < i", score, there[1], FALSE))
        at.append({"i": Vector(name, "i"), "j": Vector(name, "j")})
    root = at[-1]["i"]
    if not isinstance(root, Vector):
        definitions.append(Local("v", root))
        root = Vector("v", "i")
    return Program(formula.alphabet, readout, tuple(definitions), root.name).checked()


def _negation(expression: Expression) -> Expression:
    if expression in (TRUE, FALSE):
        return FALSE if expression == TRUE else TRUE
    return expression.operand if isinstance(expression, Not) else Not(expression)
