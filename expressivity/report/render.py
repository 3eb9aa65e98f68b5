"""From the data of a report to a page: HTML and Markdown, by the templates beside this file.

Every value is escaped where it is put into a page, in both formats, so that no text of a user can
become markup. What a page holds is in its one file: it loads nothing and runs nothing.
"""

from __future__ import annotations

import base64
import re
from functools import cache
from pathlib import Path
from typing import Any, Final, Literal

from expressivity.models.extras import extra
from expressivity.report.data import Report
from expressivity.report.pictures import ROLES, STATUS, automaton_svg, diagram_svg

Format = Literal["html", "markdown"]

TEMPLATES: Final = Path(__file__).parent / "templates"
FILES: Final[dict[Format, str]] = {"html": "report.html.j2", "markdown": "report.md.j2"}

_SPECIAL: Final = re.compile(r"[\\`*_\[\]|~$]")
_LEADING: Final = re.compile(r"^([-+#=:])|^(\d+)([.)])(?=\s|$)")
_LINK: Final = re.compile(r"(?i)(?<=://)|(?<=www\.)|(?<=mailto:)|(?<=@)(?=[\w.-]+\.\w)")


def render(report: Report, page: Format) -> str:
    """The report as a page; the same report gives the same text.

    Raises:
        InputError: Jinja2 is not installed; names the extra.
    """
    environment = _environment(page)
    markup = extra("markupsafe", "report", "a report").Markup
    shared: dict[str, Any] = {"report": report, "roles": ROLES, "status": STATUS}
    if page == "html":
        shared |= {"style": markup((TEMPLATES / "style.css").read_text(encoding="utf-8")),
                   "pictures": _pictures(report, markup)}
    else:
        shared |= {"code": lambda lines: markup(fenced(lines)),
                   "indent": lambda depth: markup("  " * depth)}
    text: str = environment.get_template(FILES[page]).render(shared)
    return text if page == "html" else re.sub(r"\n{3,}", "\n\n", text)


@cache
def _environment(page: Format) -> Any:
    """Templates of one format; every value that they show is escaped for it."""
    jinja2 = extra("jinja2", "report", "a report")
    markup = extra("markupsafe", "report", "a report").Markup

    def plain(value: object) -> object:
        return value if isinstance(value, markup) else printable(str(value))

    def escaped(value: object) -> object:
        return value if isinstance(value, markup) else markup(escape_markdown(str(value)))

    return jinja2.Environment(
        loader=jinja2.FileSystemLoader(TEMPLATES), undefined=jinja2.StrictUndefined,
        autoescape=True, finalize=plain if page == "html" else escaped, trim_blocks=True,
        lstrip_blocks=True, keep_trailing_newline=True)


def _pictures(report: Report, markup: Any) -> dict[str, Any]:
    """Pictures that this program drew; they escape what they show themselves."""
    sample = report.sample
    drawn = {"diagram": "" if report.diagram is None else diagram_svg(report.diagram),
             "automaton": "" if report.automaton is None else automaton_svg(report.automaton)}
    return {name: markup(printable(text)) for name, text in drawn.items()} | {
        "attention": _embedded("" if sample is None else sample.picture),
        "growth": _embedded("" if report.growth is None else report.growth.picture)}


def _embedded(svg: str) -> str:
    """The address of a picture that the page holds itself."""
    encoded = base64.b64encode(svg.encode()).decode()
    return f"data:image/svg+xml;base64,{encoded}" if svg else ""


def printable(text: str) -> str:
    """The text without control characters, lone surrogates and marks that reverse writing."""
    return "".join(char if char.isprintable() or char == "\n" else ascii(char)[1:-1]
                   for char in text)


def escape_markdown(text: str) -> str:
    """One line of Markdown (CommonMark, and GitHub's) that reads as the text."""
    text = " ".join(printable(text).split())
    text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    text = _SPECIAL.sub(lambda found: "\\" + found[0], text)
    text = _LEADING.sub(lambda found: "\\" + found[1] if found[1] else f"{found[2]}\\{found[3]}",
                        text)
    return _LINK.sub("\u2060", text)  # a word joiner: no address, so no link


def fenced(lines: tuple[str, ...]) -> str:
    """A code block that holds the lines, whatever they are."""
    body = "\n".join(map(printable, lines))
    longest = max((len(run) for run in re.findall("`+", body)), default=0)
    fence = "`" * max(3, longest + 1)
    return f"{fence}sh\n{body}\n{fence}"
