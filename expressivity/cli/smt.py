"""`expressivity smt`: what z3 says of models and of the theorem base, without certificates."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

import click

from expressivity.cli.options import (
    BadInput,
    echo_json,
    json_option,
    progress_line,
    reports_input_errors,
)
from expressivity.defaults import SEARCH_MEGABYTES, SEARCH_SECONDS

if TYPE_CHECKING:
    from expressivity.models.model import Model
    from expressivity.smt.consistency import Consistency
    from expressivity.smt.lemmas import Given

F = TypeVar("F", bound=Callable[..., Any])


def limit_options(function: F) -> F:
    """`--seconds` and `--megabytes` for z3's process."""
    function = click.option("--megabytes", type=click.IntRange(100), default=SEARCH_MEGABYTES,
                            show_default=True, metavar="M",
                            help="Memory of z3's process.")(function)
    return click.option("--seconds", type=click.FloatRange(0), default=SEARCH_SECONDS,
                        show_default=True, metavar="S", help="Time for z3.")(function)


@click.group("smt")
def command() -> None:
    """Ask z3 what enumeration does badly. Its answers carry no certificate and enter no verdict.

    A limit that is hit gives "unknown" and the limit.
    """


@command.command("consistency")
@click.option("--language", "languages", multiple=True, metavar="LANGUAGE",
              help="Ask about this language, too.")
@limit_options
@json_option
@reports_input_errors
def consistency(languages: tuple[str, ...], seconds: float, megabytes: int,
                as_json: bool) -> None:
    """Does the base derive, for some kind of models, both a language and its absence?

    All boxes of the profile space are covered, for all languages of the catalogue and all classes
    that the base tells apart, without assuming conjectures. Exit status 1 if there is such a box;
    it is shown with both derivations.
    """
    from expressivity.smt.consistency import check_consistency
    from expressivity.solvers.child import Limits
    from languages.parse import parse_language

    with progress_line() as show:
        found = check_consistency([parse_language(text) for text in languages],
                                  Limits(seconds, megabytes), show)
    if as_json:
        echo_json(_plain(found))
    else:
        _show(found)
    if found.contradiction is not None:
        raise click.exceptions.Exit(1)


def _plain(found: Consistency) -> dict[str, Any]:
    """The answer as JSON; the derivations as a file of `check` has them."""
    from proofs.derivation import to_plain

    value = "contradiction" if found.contradiction else "unknown" if found.unknown else "consistent"
    plain: dict[str, Any] = {
        "answer": value, "how": "z3, no certificate", "topics": found.topics,
        "constructions": found.constructions, "bounds": found.bounds, "pairs": found.pairs,
        "reason": found.unknown, "contradiction": None}
    if found.contradiction is not None:
        plain["how"] = "found by z3, derived by the kernel"
        plain["contradiction"] = {
            "topic": found.contradiction.topic,
            "profile": [box.to_plain() for box in found.contradiction.profile],
            "derivation": to_plain(found.contradiction.theorems)}
    return plain


def _show(found: Consistency) -> None:
    compared = (f"{found.pairs} pairs of a construction and a bound: {found.constructions} "
                f"constructions, {found.bounds} bounds, {found.topics} languages and pairs of "
                "classes")
    if found.unknown is not None:
        click.echo(f"unknown: {found.unknown}")
        click.echo(compared)
        return
    if found.contradiction is None:
        click.echo("consistent: no box derives both a language and its absence (z3, no "
                   "certificate)")
        click.echo(compared)
        return
    from expressivity.cli.display import box_table, console
    from expressivity.queries.explain import Wording

    click.echo(f"contradiction: {found.contradiction.topic}, in the kind of models V below "
               "(found by z3, derived by the kernel)")
    wording = Wording("V", found.contradiction.profile)
    for theorem in found.contradiction.theorems:
        click.echo()
        _show_tree(wording.tree(theorem), 0)
    click.echo()
    console().print(box_table(found.contradiction.profile))


def _show_tree(node: dict[str, Any], depth: int) -> None:
    """A derivation, premises indented below what follows from them."""
    click.echo(f"{'  ' * depth}{node['says']}  [{node.get('citation', node['why'])}]")
    for premise in node.get("from", ()):
        _show_tree(premise, depth + 1)


@command.command("verify")
@click.argument("model")
@click.argument("language")
@click.option("--length", required=True, metavar="N", help="The length of words, or LOW..HIGH.")
@click.option("--precision", metavar="CONTRACT", help="Round the weights to this float contract "
              "first, as in `bf16` or `float:4.3,overflow=saturate`.")
@click.option("--alphabet", metavar="LETTERS", help="The alphabet, as in `ab` or `a,b,cc`.")
@limit_options
@json_option
@reports_input_errors
def verify(model: str, language: str, length: str, precision: str | None, alphabet: str | None,
           seconds: float, megabytes: int, as_json: bool) -> None:
    """Does a MODEL under a float contract agree with a LANGUAGE on all words of some lengths?

    z3 looks for a word on which they differ, in the theory of floating-point numbers; a word that
    it finds is run again by the reference evaluator, and is exit status 1. That there is none is
    z3's word alone, about these lengths. --seconds is for all lengths together.
    """
    from expressivity.smt.verify import verify_lengths
    from expressivity.solvers.child import Limits
    from languages.parse import parse_language
    from languages.words import parse_alphabet, show_word

    letters = parse_alphabet(alphabet) if alphabet is not None else None
    lengths = _lengths(length)
    loaded = _model(model, precision)
    found = []
    with progress_line() as show:
        for answer in verify_lengths(loaded, parse_language(language, alphabet=letters), lengths,
                                     Limits(seconds, megabytes), show):
            found.append(answer)
            if answer.agrees is not True:
                break
    last = found[-1]
    if as_json:
        echo_json({"how": "z3, no certificate", "lengths": [
            {"length": a.length, "agrees": a.agrees, "undefined": a.undefined, "reason": a.reason,
             "word": None if a.word is None else list(a.word)} for a in found]})
    else:
        agreed = [a.length for a in found if a.agrees]
        if agreed:
            which = f"length {agreed[0]}" if len(agreed) == 1 else \
                f"lengths {agreed[0]} to {agreed[-1]}"
            click.echo(f"agrees with {language}: {which} (z3, no certificate)")
        if last.agrees is False:
            click.echo(f"differs from {language} on {show_word(last.word or ())} (found by z3, "
                       "run again by the reference evaluator)")
            if last.undefined:
                click.echo(f"note: The model computes no value on this word: {last.reason}")
        elif last.agrees is None:
            click.echo(f"unknown at length {last.length}: {last.reason}")
    if last.agrees is False:
        raise click.exceptions.Exit(1)


def _lengths(text: str) -> range:
    """The lengths that `--length` names."""
    low, dots, high = text.partition("..")
    for part in (low, high) if dots else (low,):
        if not (part.isascii() and part.isdigit() and len(part) <= 6):
            raise BadInput(f"--length: got {text!r}, expected a number, or two as in 1..8")
    found = range(int(low), int(high if dots else low) + 1)
    if not found:
        raise BadInput(f"--length: got {text!r}, expected the smaller number first")
    return found


def _model(path: str, precision: str | None) -> Model:
    """The model of a MODEL argument, rounded to a contract if one is given."""
    from expressivity.models.contracts import parse_contract_text
    from expressivity.models.files import load_model, load_quantised

    if precision is None:
        return load_model(path)
    return load_quantised(path, parse_contract_text(precision)).model


@command.command("lemmas")
@click.argument("model")
@click.option("--layer", type=click.IntRange(0), metavar="L", help="Only this sublayer, from 0.")
@click.option("--head", type=click.IntRange(0), metavar="H", help="Only this head, from 0.")
@click.option("--given", metavar="FILE", help="JSON with what is supposed: parameters, least_i, "
              "query and key, as in a head lemma.")
@click.option("--degree", type=click.IntRange(0, 4), default=1, show_default=True, metavar="D",
              help="Of the target as a polynomial.")
@click.option("--squares", type=click.IntRange(0, 4), default=0, show_default=True, metavar="K",
              help="Squares in the proof besides that of the distance.")
@click.option("-o", "--output", metavar="DIR", help="Write the lemmas, for `check`.")
@limit_options
@json_option
@reports_input_errors
def lemmas(model: str, layer: int | None, head: int | None, given: str | None, degree: int,
           squares: int, output: str | None, seconds: float, megabytes: int,
           as_json: bool) -> None:
    """Where do the hard attention heads of a MODEL look, for all positions and lengths?

    z3 looks for the position as a polynomial in i, N and parameters, and for a proof that the
    score is largest there and nowhere else; the checker of head lemmas accepts it, or it is not
    shown. Dimensions of the query that are not functions of positions become parameters.
    --seconds is for each head. No lemma is no claim: it may need a larger --degree or --squares.
    """
    from expressivity.smt.lemmas import Found, find_lemma
    from expressivity.solvers.child import Limits

    loaded = _model(model, None)
    places = _heads(loaded, layer, head)
    supposed = None if given is None else _given(given)
    rows: list[dict[str, Any]] = []
    accepted = []
    with progress_line() as show:
        for k, h in places:
            show(f"layer {k}, head", h)
            found = find_lemma(loaded.to_plain(), k, h, supposed, Limits(seconds, megabytes),
                               degree=degree, squares=squares)
            row: dict[str, Any] = {"layer": k, "head": h}
            if isinstance(found, Found):
                accepted.append(found.lemma)
                row |= {"target": found.checked.target, "least_i": found.checked.least_i,
                        "given": list(found.checked.hypotheses)}
            else:
                row |= {"target": None, "reason": found.reason}
            rows.append(row)
    written = _write_lemmas(accepted, output)
    if as_json:
        echo_json({"how": "found by z3, accepted by the checker", "heads": rows,
                   "written": written})
        return
    for row in rows:
        where = f"layer {row['layer']}, head {row['head']}: "
        if row["target"] is None:
            click.echo(f"{where}none found: {row['reason']}")
            continue
        click.echo(f"{where}position i looks at {row['target']}, for i >= {row['least_i']} (found "
                   "by z3, accepted by the checker)")
        for line in row["given"]:
            click.echo(f"  given that {line}")
    for path in written:
        click.echo(f"wrote {path}, checked")


def _heads(model: Model, layer: int | None, head: int | None) -> list[tuple[int, int]]:
    """The hard attention heads that are asked about."""
    from expressivity.models.model import Attention

    found = [(k, h) for k, part in enumerate(model.layers) if isinstance(part, Attention)
             for h, one in enumerate(part.heads) if one.selection != "softmax"
             if layer in (None, k) and head in (None, h)]
    if not found:
        raise BadInput("the model has no such head with hard attention")
    return found


def _given(path: str) -> Given:
    """What a file supposes of the residual stream."""
    from pathlib import Path

    from expressivity.models.files import read_json
    from expressivity.smt.lemmas import read_given

    return read_given(read_json(Path(path)))


def _write_lemmas(lemmas: list[dict[str, Any]], output: str | None) -> list[str]:
    from expressivity.queries.export import write_head_lemmas

    if output is None or not lemmas:
        return []
    try:
        return write_head_lemmas(lemmas, output)
    except OSError as error:
        raise BadInput(f"cannot write to {output}: {error.strerror}") from None
