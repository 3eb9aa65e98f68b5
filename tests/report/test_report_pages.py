"""Both formats say all that the data say; pages load nothing, run nothing and read well."""

from __future__ import annotations

import itertools
import re
from itertools import pairwise

import pytest
from report_samples import ALL, Page, markdown_text, report, rewritten, squeezed, texts

from expressivity.report.data import AutomatonTable
from expressivity.report.render import TEMPLATES, render

pytest.importorskip("jinja2")


@pytest.mark.parametrize(("kind", "about"), ALL)
def test_both_formats_say_all_that_the_data_say(kind: str, about: str) -> None:
    made = report(kind, about)
    wanted = {squeezed(text) for text in texts(made)}
    assert len(wanted) > 30
    page = Page(render(made, "html")).text
    assert [text for text in sorted(wanted) if text not in page] == []
    page = markdown_text(render(made, "markdown"))
    assert [text for text in sorted(wanted) if text not in page] == []


@pytest.mark.parametrize(("kind", "about"), ALL)
def test_automata_and_marks_are_the_same_in_both_formats(kind: str, about: str) -> None:
    made = report(kind, about)
    for text in (Page(render(made, "html")).text, markdown_text(render(made, "markdown"))):
        if (dfa := made.automaton) is not None and dfa.rows:
            for state, row in enumerate(dfa.rows):
                marks = (" start" * (state == dfa.start)) + (" accepts" * (state in dfa.accepting))
                assert f" {state}{marks} {' '.join(map(str, row))} " in text
        for row in made.classes:
            assert f"{row.name} {row.value}" in text
        if made.diagram is not None:
            for edge in made.diagram.inclusions:
                lower, upper = (made.diagram.classes[k].name for k in (edge.lower, edge.upper))
                assert f"{lower} {'⊊' if edge.proper else '⊆'} {upper} " in text


@pytest.mark.parametrize(("kind", "about"), ALL)
def test_pages_are_well_formed_and_load_nothing(kind: str, about: str) -> None:
    text = render(report(kind, about), "html")
    page = Page(text)
    assert page.wrong == []
    names = [tag for tag, _ in page.tags]
    assert not {"script", "link", "iframe", "object", "embed", "form"} & set(names)
    identifiers = [a["id"] for _, a in page.tags if "id" in a]
    assert len(identifiers) == len(set(identifiers))
    for tag, attributes in page.tags:
        assert not [name for name in attributes if name.startswith("on")]
        for name in ("src", "href", "action", "data", "poster", "srcset", "style", "xlink:href"):
            if (value := attributes.get(name)) is not None:
                assert value.startswith(("#", "data:image/svg+xml;base64,")), (tag, value)
                if value.startswith("#"):
                    assert value[1:] in identifiers
    style = text[text.index("<style>"):text.index("</style>")]
    assert "url(" not in style and "@import" not in style and "http" not in style


@pytest.mark.parametrize(("kind", "about"), ALL)
def test_pages_are_accessible(kind: str, about: str) -> None:
    page = Page(render(report(kind, about), "html"))
    headings = [int(tag[1]) for tag, _ in page.tags if re.fullmatch("h[1-6]", tag)]
    assert headings[0] == 1 and headings.count(1) == 1
    assert all(b <= a + 1 for a, b in pairwise(headings))
    assert all(a.get("alt") for tag, a in page.tags if tag == "img")
    assert all(a.get("aria-label") for tag, a in page.tags if tag == "svg")
    assert all(a.get("scope") for tag, a in page.tags if tag == "th")
    assert [a for tag, a in page.tags if tag == "html"] == [{"lang": "en"}]
    # What may be wider than the screen scrolls in its own box, which the keyboard reaches.
    inside = [a for tag, a in page.tags if a.get("class") == "scroll"]
    assert all(a.get("tabindex") == "0" and a.get("aria-label") for a in inside)
    wide = [tag for tag, _ in page.tags if tag in ("table", "svg", "img")]
    assert len(inside) == len(wide)


def test_an_automaton_that_is_too_large_says_so() -> None:
    made = report("language", "word-problem:S5")
    assert made.automaton is not None and made.automaton.rows == ()
    assert "120 states" in made.automaton.note
    small = report("language", "parity").automaton
    assert isinstance(small, AutomatonTable) and small.rows == ((0, 1), (1, 0))
    assert small.accepting == (0,)


def test_a_date_is_printed_only_if_one_is_asked_for() -> None:
    made = report("variant", "uhat")
    assert "May 2021" in render(made, "html")
    assert not re.search(r"Made by[^<\n]*,", render(
        type(made)(**{**vars(made), "date": ""}), "markdown"))


def _luminance(colour: str) -> float:
    parts = [int(colour[k:k + 2], 16) / 255 for k in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("mode", [0, 1], ids=["light", "dark"])
def test_text_has_the_contrast_that_wcag_asks_for(mode: int) -> None:
    style = (TEMPLATES / "style.css").read_text(encoding="utf-8")
    roots = re.findall(r":root \{(.*?)\}", style, re.DOTALL)
    colours = dict(re.findall(r"--([a-z]+): (#[0-9a-f]{6})", roots[mode]))

    def contrast(a: str, b: str) -> float:
        high, low = sorted((_luminance(colours[a]), _luminance(colours[b])), reverse=True)
        return (high + 0.05) / (low + 0.05)

    for text in ("ink", "soft", "link", "yes", "no", "maybe", "open"):
        for ground in ("paper", "panel"):
            assert contrast(text, ground) >= 4.5, (text, ground)
    for text in ("ink", "soft", "yes", "no"):  # names and marks inside the boxes of the diagram
        for ground in ("in", "above", "between"):
            assert contrast(text, ground) >= 4.5, (text, ground)
    for line in ("edge", "yes", "link", "maybe"):
        assert contrast(line, "paper") >= 3, line


@pytest.mark.parametrize("about", ["word-problem:S5 padded", "regex:(ab)* uhat"])
def test_what_is_seldom_said_is_shown_too(about: str) -> None:
    """Disputes, conditions, notes: whatever a field holds, both pages show it."""
    kind = "ask" if about.endswith("padded") else "model"
    numbers = itertools.count()
    full = rewritten(report(kind, about), lambda text: text or f"seldom{next(numbers)}said")
    html, text = Page(render(full, "html")).text, markdown_text(render(full, "markdown"))
    wanted = [f"seldom{k}said" for k in range(next(numbers))]
    assert len(wanted) > 20
    assert [word for word in wanted if word not in html] == []
    assert [word for word in wanted if word not in text] == []


def test_every_answer_occurs_in_these_tests() -> None:
    answers = {report(kind, about).answer for kind, about in ALL if kind == "ask"}
    assert answers == {"yes", "no", "conditional", "open", "unknown"}
