"""Reports of every kind, and readers of both formats, for tests."""

from __future__ import annotations

import html
import re
from dataclasses import fields, is_dataclass, replace
from functools import cache
from html.parser import HTMLParser
from typing import Any

from expressivity.build import build
from expressivity.cli.report import sample
from expressivity.models.model import Model
from expressivity.queries.ask import ask
from expressivity.queries.ask_witness import ask_witness
from expressivity.report.data import Report
from expressivity.report.makers import about_language, about_question, about_variant, dated
from expressivity.report.models import about_model
from expressivity.variants import parse_variant
from languages.classes.analysis import Budget
from languages.parse import parse_language

KINDS = {
    "language": ["regex:(ab)*", "word-problem:S5", "majority", "parity"],
    "variant": ["uhat", "log-precision,cot=n", "uhat-positions", "s6", "poly-precision"],
    "ask": ["word-problem:S5 padded", "parity uhat", "regex:(ab)* uhat", "majority uhat-positions",
            "dyck:1 s6", "anbn uhat-positions",
            "word-problem:S5 attention=softmax,precision=log,format=float,overflow=saturate,"
            "arithmetic=left-to-right"],
    "witness": ["regex:(ab)* uhat", "word-problem:S3 log-precision,cot=n"],
    "model": ["regex:(ab)* uhat", "parity rnn"],
}
ALL = [(kind, about) for kind, many in KINDS.items() for about in many]
CODES = {("Node", "basis"), ("ClassNode", "role"), ("ClassNode", "language"), ("Report", "kind"),
         ("Sample", "picture"), ("Growth", "picture")}
"""Fields that choose how something is shown; the program alone writes them."""
VOID = {"meta", "br", "img", "path", "rect", "circle"}


@cache
def model(language: str, variant: str) -> Model:
    return build(parse_language(language), parse_variant(variant)).model


@cache
def report(kind: str, about: str) -> Report:
    first, _, second = about.partition(" ")
    if kind == "language":
        made = about_language(parse_language(first), Budget())
    elif kind == "variant":
        made, _ = about_variant(parse_variant(first))
    elif kind in ("ask", "witness"):
        answer = ask if kind == "ask" else ask_witness
        verdict = answer(parse_language(first), parse_variant(second))
        made = about_question(verdict, Budget(), run=sample)
    else:
        made = about_model(model(first, second), "some/model", sample)
    return dated(made, "May 2021", "1.2.3")


def rewritten(value: Any, change: Any) -> Any:
    """The data with every text that a reader sees replaced by `change` of it."""
    if isinstance(value, str):
        return change(value)
    if isinstance(value, tuple):
        return tuple(rewritten(item, change) for item in value)
    if is_dataclass(value) and not isinstance(value, type):
        return replace(value, **{
            f.name: rewritten(getattr(value, f.name), change) for f in fields(value)
            if (type(value).__name__, f.name) not in CODES})
    return value


def texts(value: Any) -> list[str]:
    """Every text of the data that a reader sees; rows of numbers as one text."""
    if isinstance(value, str):
        return [value] if value.strip() else []
    if isinstance(value, tuple):
        if value and all(isinstance(item, int) for item in value):
            return [" ".join(map(str, value))] if len(value) > 1 else []
        return [text for item in value for text in texts(item)]
    if is_dataclass(value) and not isinstance(value, type):
        return [text for f in fields(value) if f.name != "accepting"
                and (type(value).__name__, f.name) not in CODES
                for text in texts(getattr(value, f.name))]
    return []


class Page(HTMLParser):
    """Tags in order, the text between them, and what is not well formed."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.words: list[str] = []
        self.open: list[str] = []
        self.wrong: list[str] = []
        self.feed(page)
        self.close()
        self.wrong += [f"<{tag}> stays open" for tag in self.open]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            self.wrong.append(f"</{tag}> closes something else")

    def handle_data(self, data: str) -> None:
        if not self.open or self.open[-1] != "style":
            self.words.append(data)

    @property
    def text(self) -> str:
        return squeezed(" ".join(self.words))


def markdown_text(page: str) -> str:
    """What a reader of the Markdown sees, without the bars of tables."""
    blocks = re.split(r"^(`{3,})sh\n(.*?)\n\1$", page, flags=re.MULTILINE | re.DOTALL)
    for k in range(0, len(blocks), 3):
        plain = re.sub(r"(?<!\\)\|", " ", blocks[k])
        plain = re.sub(r"\\([\\`*_\[\]|~$=+:#.)-])", r"\1", plain)
        blocks[k] = html.unescape(plain).replace("\u2060", "")
    return squeezed(" ".join(blocks))


def squeezed(text: str) -> str:
    return " ".join(text.split())
