"""No text of a user becomes markup, in either format, wherever it stands."""

from __future__ import annotations

import shlex
from functools import cache
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from report_samples import Page, markdown_text, report, rewritten

from expressivity.report.makers import about_language
from expressivity.report.parts import shell
from expressivity.report.render import escape_markdown, fenced, printable, render
from languages.classes.analysis import Budget
from languages.parse import parse_language

pytest.importorskip("jinja2")
markdown_it = pytest.importorskip("markdown_it")

NASTY = ["<script>alert(1)</script>", "</style></svg><img src=x onerror=y>", '" onload="x',
         "](http://e.org)", "![x](http://e.org/y.png)", "<http://e.org>", "# a", "- a", "+ a",
         "1. a", "2) a", "> a", "***a***", "__a__", "~~a~~", "`a`", "``", "| a | b |", "\\",
         "a\\|b", "a\n\n# b", "a\n- b", "    a", "\ta", "---", "===", "```\n# b\n```", "~~~",
         "&lt;b&gt;", "&#60;b&#62;", "{{ 7 * 7 }}", "{% raw %}", "a  \nb", "[a]: http://e.org",
         "[x] a", "$x$", "http://e.org", "www.e.org", "a@e.org", ":", "a\x00b", "\u202eab",
         "\udc80", "]]>", "<!--", "-->", "'"]
KINDS = [("ask", "word-problem:S5 padded"), ("model", "regex:(ab)* uhat")]


@cache
def tame(kind: str, about: str) -> tuple[list[Any], list[str]]:
    """The shapes of both pages of a report whose texts are harmless."""
    made = rewritten(report(kind, about), lambda text: "word" if text else "")
    return html_shape(render(made, "html")), markdown_shape(render(made, "markdown"))


def check(kind: str, about: str, text: str) -> None:
    wild = rewritten(report(kind, about), lambda old: text if old else "")
    page = render(wild, "html")
    assert (html_shape(page), markdown_shape(render(wild, "markdown"))) == tame(kind, about)
    assert Page(page).wrong == []


def html_shape(page: str) -> list[tuple[str, list[str]]]:
    return [(tag, sorted(attributes)) for tag, attributes in Page(page).tags]


def markdown_shape(page: str) -> list[str]:
    reader = markdown_it.MarkdownIt("commonmark").enable(["table", "strikethrough"])
    return [f"{token.type} {token.level}" if token.type != "inline" else
            " ".join(child.type for child in token.children or () if child.type != "text")
            for token in reader.parse(page)]


@pytest.mark.parametrize(("kind", "about"), KINDS)
@pytest.mark.parametrize("nasty", NASTY, ids=repr)
def test_nasty_text_leaves_the_shape_of_pages_alone(kind: str, about: str, nasty: str) -> None:
    check(kind, about, nasty)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.sampled_from(NASTY) | st.text(min_size=1), min_size=1, max_size=6))
def test_mixtures_leave_the_shape_of_pages_alone(parts: list[str]) -> None:
    check("ask", "parity uhat", "x" + "".join(parts))


@given(st.text())
def test_markdown_reads_as_the_text(text: str) -> None:
    (*_, inline, _) = markdown_it.MarkdownIt("commonmark").parse(
        "x " + escape_markdown(text)) or [None, None]
    seen = "".join(child.content for child in inline.children)
    wanted = " ".join(f"x {printable(text)}".split())
    assert seen.replace("\u2060", "") == wanted.replace("\u2060", "")


@given(st.text(alphabet="`~a\n\\<"))
def test_code_stays_code(text: str) -> None:
    (token,) = markdown_it.MarkdownIt("commonmark").parse(fenced((text,)))
    assert token.type == "fence"
    assert token.content == text + "\n"


@given(st.lists(st.text()))
def test_commands_are_what_a_shell_splits_into_the_words(words: list[str]) -> None:
    assert shlex.split(shell(*words)) == ["expressivity", *words]


def test_a_language_that_is_named_like_a_script() -> None:
    name = "regex:(<script>alert(1)</script>)*"
    made = about_language(parse_language(name), Budget())
    page = render(made, "html")
    assert "<script" not in page and "&lt;script&gt;" in page
    assert name in Page(page).text
    text = render(made, "markdown")
    assert "<script" not in text.partition("## How to re-check")[0]
    assert name in markdown_text(text)
    assert "expressivity language 'regex:(<script>alert(1)</script>)*'" in text


def test_letters_that_are_markup_stay_letters_in_pictures() -> None:
    made = about_language(parse_language('regex:(<|")*>'), Budget())
    page = render(made, "html")
    assert Page(page).wrong == []
    assert "&lt;" in page[page.index('id="automaton"'):page.index("Transition table")]
