"""`expressivity circuit`: circuits of a language or a model, length by length."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import click
from click.core import ParameterSource

from expressivity.cli.options import (
    BadInput,
    echo_json,
    json_option,
    progress_line,
    reports_input_errors,
)
from expressivity.defaults import SEARCH_MEGABYTES, SEARCH_SECONDS

if TYPE_CHECKING:
    from expressivity.circuits.circuit import Circuit
    from expressivity.circuits.letters import Code, Options
    from expressivity.circuits.prediction import Judgement, Prediction
    from expressivity.circuits.subject import Subject
    from expressivity.circuits.table import Fit, Row

PICTURE = "A fit is a picture of these rows; it is no evidence, and no verdict depends on it."


@click.command("circuit")
@click.argument("subject", metavar="LANGUAGE|MODEL")
@click.option("--length", "lengths", default="4..12", show_default=True, metavar="RANGE",
              help="Lengths of words: 8, 4..12 or 4,8,16..18.")
@click.option("--family", metavar="NAME", help="The family of circuits for a language.  "
              "[default: the best that applies]")
@click.option("--code", type=click.Choice(["binary", "one-hot"]), help="How letters are inputs.  "
              "[default: binary for two letters, one-hot for more]")
@click.option("--alphabet", metavar="LETTERS", help="The alphabet, as in `ab` or `a,b,cc`.")
@click.option("--check", "check_words", type=click.IntRange(0), default=4096, show_default=True,
              metavar="N", help="Compare on all words of a length where they are at most N.")
@click.option("--max-wires", type=click.IntRange(1), default=5_000_000, show_default=True,
              metavar="N", help="Wires a circuit may have.")
@click.option("--max-values", type=click.IntRange(1), default=2000, show_default=True, metavar="N",
              help="Values an activation of a model may have at one position.")
@click.option("--aiger", metavar="FILE", help="Write the circuit of the last length as ASCII AIGER "
              "(.aag).")
@click.option("--dot", metavar="FILE", help="Write the circuit of the last length for Graphviz.")
@click.option("--svg", metavar="FILE", help="Draw depth and size against length (needs the extra "
              "plot).")
@click.option("--equal", metavar="OTHER", help="Compare with the circuits of another language or "
              "model, or with aiger:FILE, by SAT.")
@click.option("--equal-family", metavar="NAME", help="The family of circuits for OTHER.")
@click.option("--seconds", type=click.FloatRange(0), default=SEARCH_SECONDS, show_default=True,
              metavar="S", help="--equal: time for all solving.")
@click.option("--megabytes", type=click.IntRange(100), default=SEARCH_MEGABYTES,
              show_default=True, metavar="M", help="--equal: memory of the solver's process.")
@click.option("--certificate", metavar="DIR", help="--equal: write a certificate for each length, "
              "for `check`.")
@json_option
@reports_input_errors
def command(subject: str, lengths: str, family: str | None, code: str | None,
            alphabet: str | None, check_words: int, max_wires: int, max_values: int,
            aiger: str | None, dot: str | None, svg: str | None, equal: str | None,
            equal_family: str | None, seconds: float, megabytes: int, certificate: str | None,
            as_json: bool) -> None:
    """Show depth, size and gates of circuits, length by length.

    A LANGUAGE has families of circuits (--family); a MODEL, a directory or file, is unrolled:
    unique hard attention, and average-hard or softmax attention whose sums over positions are
    exact. Gates are AND, OR, THRESHOLD and MOD of any fan-in; negations are free. The class that
    the theorem base says is shown beside; a contradiction with it is exit status 1.

    With --equal two circuits are compared on all words of each length, by a SAT solver; equality
    leaves a proof that is checked, a difference is a word. Either may be aiger:FILE. Exit status 1
    unless all are equal.
    """
    if equal is not None:
        _compare(subject, equal, (family, equal_family), lengths, alphabet,
                 _options(code, max_wires), max_values, (seconds, megabytes), certificate, as_json)
        return
    if subject.startswith("aiger:"):
        raise BadInput("aiger:FILE goes with --equal")
    for name, value in (("--equal-family", equal_family), ("--certificate", certificate)):
        if value is not None:
            raise BadInput(f"{name} goes with --equal")
    from expressivity.circuits.subject import subject as parse
    from languages.words import parse_alphabet

    found = parse(subject, family=family,
                  alphabet=parse_alphabet(alphabet) if alphabet is not None else None)
    run = _Run(found, _options(code, max_wires), check_words, max_values)
    run.measure(lengths)
    run.write(aiger, dot, svg)
    run.show(as_json)
    if run.interrupted:
        raise click.exceptions.Exit(130)
    if run.wrong:
        raise click.exceptions.Exit(1)


def _compare(left: str, right: str, families: tuple[str | None, str | None], lengths: str,
             alphabet: str | None, options: Options, max_values: int, limits: tuple[float, int],
             certificate: str | None, as_json: bool) -> None:
    """What --equal asks."""
    from expressivity.cli import equality
    from expressivity.solvers.solve import Limits

    context = click.get_current_context()

    def given(name: str) -> bool:
        return context.get_parameter_source(name) is ParameterSource.COMMANDLINE

    for name in ("aiger", "dot", "svg", "check_words"):
        if given(name):
            raise BadInput(f"--{name.removesuffix('_words')} does not go with --equal")
    # The default is for words; a file says itself how many inputs there are.
    files = left.startswith("aiger:") or right.startswith("aiger:")
    if not equality.circuits(left, right, families=families, alphabet=alphabet,
                             lengths=lengths if given("lengths") or not files else None,
                             options=options, max_values=max_values, limits=Limits(*limits),
                             directory=certificate, as_json=as_json):
        raise click.exceptions.Exit(1)


def _options(code: str | None, max_wires: int) -> Options:
    from expressivity.circuits.builder import CircuitLimits
    from expressivity.circuits.letters import Options

    return Options(CircuitLimits(max_wires), cast("Code | None", code))


class _Run:
    """Rows as far as they are finished, and what is said about them."""

    def __init__(self, found: Subject, options: Options, check_words: int,
                 max_values: int) -> None:
        self.subject = found
        self.options = options
        self.check_words = check_words
        self.max_values = max_values
        self.rows: list[Row] = []
        self.last: Circuit | None = None
        self.end = ""
        self.interrupted = False

    def measure(self, text: str) -> None:
        """Finish rows until the lengths end, a limit is met or the user has enough."""
        from expressivity.circuits.table import parse_lengths
        from languages.errors import InputError

        lengths = parse_lengths(text)
        with progress_line() as show:
            try:
                for length in lengths:
                    show(f"length {length}", 0)
                    made = self.subject.circuit(length, self.options, max_values=self.max_values,
                                                progress=show)
                    self.rows.append(self.subject.row(made, length, self.options,
                                                      self.check_words))
                    self.last = made
            except KeyboardInterrupt:
                self.interrupted, self.end = True, "interrupted"
            except InputError as error:
                if not self.rows:
                    raise
                self.end = str(error)
        from expressivity.circuits.prediction import judge
        from expressivity.circuits.table import fits

        self.prediction: Prediction = self.subject.prediction()
        self.judgement: Judgement = judge(self.rows, self.prediction, self.subject.family)
        self.fits: list[Fit] = fits(self.rows)

    @property
    def wrong(self) -> bool:
        """Is anything of this a defect?"""
        return bool(self.judgement.contradictions) or any(row.differs is not None
                                                          for row in self.rows)

    def write(self, aiger: str | None, dot: str | None, svg: str | None) -> None:
        """Write the files that were asked for."""
        from expressivity.circuits.aiger import aiger_text
        from expressivity.circuits.dot import dot_text
        from expressivity.circuits.plot import growth_svg

        if svg is not None:
            _write(svg, growth_svg(self.rows, self.title))
        if self.last is None:
            return
        if aiger is not None:
            comments = [self.title, f"words of length {self.rows[-1].length}, letters in "
                        f"{self.code}: {' '.join(self.subject.alphabet)}"]
            _write(aiger, aiger_text(self.last, self.options.limits, comments).encode())
        if dot is not None:
            _write(dot, dot_text(self.last).encode())

    @property
    def title(self) -> str:
        """What the circuits are of."""
        family = self.subject.family
        return self.subject.name if family is None else f"{self.subject.name}: {family.NAME}"

    @property
    def code(self) -> str:
        """How letters are inputs."""
        from expressivity.circuits.letters import Letters

        return Letters(self.subject.alphabet, 0, self.options).code

    def show(self, as_json: bool) -> None:
        """Print everything."""
        if as_json:
            echo_json(self._plain())
            return
        family = self.subject.family
        click.echo(self.title)
        if family is not None:
            click.echo(f"  {family.SHAPE}")
            click.echo(f"  {family.CITATION}")
        click.echo(f"  inputs: {self.code} code of {' '.join(self.subject.alphabet)}")
        click.echo(f"  by the base: {self.prediction.text}")
        for line in _lines(self.rows):
            click.echo(line)
        if self.end:
            click.echo(f"the table ends: {self.end}")
        for row in self.rows:
            if row.differs is not None:
                from languages.words import show_word

                click.echo(f"WRONG at length {row.length}, first on {show_word(row.differs)}: a "
                           "defect of this program; please report it")
        for text in self.judgement.contradictions:
            click.echo(f"CONTRADICTION: {text}")
        for text in self.judgement.remarks:
            click.echo(f"remark: {text}")
        for fit in self.fits:
            click.echo(f"fit: {fit}")
        if self.fits:
            click.echo(PICTURE)

    def _plain(self) -> dict[str, Any]:
        from expressivity.queries.explain import shown_class

        family = self.subject.family
        return {
            "subject": self.subject.name, "alphabet": list(self.subject.alphabet),
            "code": self.code,
            "family": None if family is None else {
                "name": family.NAME, "shape": family.SHAPE, "citation": family.CITATION,
                "class": family.CLASS and shown_class(family.CLASS)},
            "base": {"text": self.prediction.text,
                     "within": [shown_class(c) for c in self.prediction.within],
                     "outside": [shown_class(c) for c in self.prediction.outside]},
            "rows": [row.to_plain() for row in self.rows], "end": self.end or None,
            "contradictions": self.judgement.contradictions, "remarks": self.judgement.remarks,
            "fits": [fit.to_plain() for fit in self.fits], "note": PICTURE}


def _lines(rows: list[Row]) -> list[str]:
    header = ("length", "depth", "size", "fan-in", "gates", "checked")
    table = [header] + [(str(row.length), str(row.depth), str(row.size), str(row.fan_in),
                         ", ".join(f"{kind} {n}" for kind, n in row.counts.items()) or "none",
                         "all words" if row.checked else "") for row in rows]
    widths = [max(len(line[k]) for line in table) for k in range(len(header))]
    return ["  ".join(cell.ljust(width) if k == 4 else cell.rjust(width) if k < 4 else cell
                      for k, (cell, width) in enumerate(zip(line, widths, strict=True))).rstrip()
            for line in table]


def _write(file: str, content: bytes) -> None:
    try:
        Path(file).write_bytes(content)
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else str(error)
        raise BadInput(f"{file}: cannot be written: {reason}") from None
