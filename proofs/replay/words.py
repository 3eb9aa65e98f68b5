"""Statements of derivation files as sentences."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

_HARMLESS = re.compile(r"[\w.:,=+*/()^|<>!-]+(?: \(?[0-9]+\)?)?")


def shown(name: str) -> str:
    """A name from a file; quoted and escaped unless it can be taken for nothing but a name."""
    return name if name.isprintable() and _HARMLESS.fullmatch(name) else json.dumps(name)


def sentence(statement: Mapping[str, Any]) -> str:
    """The statement, as a checked file writes it, in words. Keys and class names stay as given."""
    texts = {key: shown(value) for key, value in statement.items() if type(value) is str}
    language, region = texts.get("language", ""), texts.get("region", "")
    cls, under = texts.get("class", ""), texts.get("under", "")
    lower, upper = texts.get("lower", ""), texts.get("upper", "")
    within = texts.get("within")
    scope = f" that is in {within}" if within else ""
    match statement["is"]:
        case "sub":
            return f"every language in {lower}{scope} is in {upper}"
        case "not-sub":
            return f"some language in {texts['left']} is not in {texts['right']}"
        case "in":
            return f"{language} is in {cls}"
        case "not-in":
            return f"{language} is not in {cls}"
        case "hard":
            return f"{language} is hard for {cls} under reductions of type {under}"
        case "hard-outside":
            return (f"every language in {within} that is not in {texts['outside']} is hard for "
                    f"{cls} under reductions of type {under}")
        case "closed":
            reductions = ", ".join(shown(x) for x in statement["under"])
            return f"{cls} is closed under reductions of type {reductions}"
        case "upper":
            return f"every language{scope} that a model of {region} recognises is in {cls}"
        case "lower":
            return f"every language in {cls} is recognised by some model of {region}"
        case "can":
            return f"some model of {region} recognises {language}"
        case "cannot":
            return f"no model of {region} recognises {language}"
        case _:
            return f"the literature records as open: {sentence(statement['statement'])}"


def words_used(statement: Mapping[str, Any]) -> tuple[set[str], set[str]]:
    """The names of classes and of kinds of reductions in a statement that is not `open`."""
    fields = ("class", "lower", "upper", "within", "left", "right", "outside")
    under = statement.get("under", ())
    return ({statement[key] for key in fields if statement.get(key) is not None},
            {under} if type(under) is str else set(under))
