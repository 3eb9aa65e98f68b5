"""`expressivity list`: what there is to ask about, and what answers rest on."""

from __future__ import annotations

from typing import Any

import click

from expressivity.cli.options import echo_json, json_option

KINDS = ["languages", "programs", "constructions", "variants", "axes", "classes", "theorems",
         "conjectures"]


@click.command("list")
@click.argument("kind", type=click.Choice(KINDS))
@json_option
def command(kind: str, as_json: bool) -> None:
    """List languages, RASP programs, constructions, variants, axes, classes, theorems or
    conjectures."""
    rows = {"languages": _languages, "programs": _programs, "constructions": _constructions,
            "variants": _variants, "axes": _axes, "classes": _classes,
            "theorems": _theorems, "conjectures": _conjectures}[kind]()
    if as_json:
        echo_json(rows)
        return
    for row in rows:
        (_, name), *rest = row.items()
        click.secho(str(name), bold=True)
        for key, value in rest:
            if isinstance(value, dict):
                for inner, meaning in value.items():
                    click.echo(f"    {inner or '(empty)'}: {meaning}")
            elif value not in ("", None):
                click.echo(f"  {value}" if key in ("meaning", "text") else f"  {key}: {value}")


def _languages() -> list[dict[str, Any]]:
    from languages.catalogue import entries

    return [{"name": e.syntax, "meaning": e.summary, "examples": " ".join(e.examples)}
            for e in entries().values()] + [
        {"name": "regex:EXPRESSION", "meaning": "a regular expression over single letters: "
         "| * + ? {m,n} [abc] [^a] . ( ), ~ complement, & intersection",
         "examples": "regex:(ab)*"},
        {"name": "ltl:FORMULA", "meaning": "a temporal formula: letters, true, false, not, and, "
         "or, ->, <->; strict Y P H S (back) and X F G U (forth); with this position included once "
         "historically since, eventually always until. Read at the end if it looks back, at the "
         "first letter if forth, or where at first:, at last: or at end: before it says",
         "examples": "ltl:P a and not P (b and Y b), ltl:a until b, ltl:at last: once (a and X b)"},
        {"name": "fo:SENTENCE", "meaning": "a first-order sentence: exists x. forall y. with "
         "letters as predicates a(x), comparisons x <= y + 1 (< <= = != >= >), mod(x, m, r) with "
         "positions from 0, true, false, not, and, or, ->, <->",
         "examples": "fo:forall x y. (y = x + 1 and a(x) -> b(y))"},
        {"name": "dfa:FILE", "meaning": "an automaton: JSON, or OpenFst AT&T text",
         "examples": "dfa:even.json"},
        {"name": "and(LANGUAGE; ...)", "meaning": "regular languages over the same letters "
         "together; likewise or(...), not(LANGUAGE), reverse(LANGUAGE)",
         "examples": "and(parity;not(mod:3))"}]


def _programs() -> list[dict[str, Any]]:
    from expressivity.programs.rasp.named import NAMED

    return [{"name": f"rasp:{p.syntax}", "meaning": p.meaning} for p in NAMED.values()]


def _constructions() -> list[dict[str, Any]]:
    from expressivity.constructions import constructions

    return [{"name": c.NAME, "meaning": (c.__doc__ or "").strip().split("\n")[0],
             "source": c.CITATION} for c in constructions().values()]


def _variants() -> list[dict[str, Any]]:
    from expressivity.configs import model_types
    from expressivity.variants import PRESETS

    return [{"name": p.name, "meaning": p.meaning,
             "axes": ", ".join(f"{k}={v.replace(' ', '+')}" for k, v in p.axes.items())}
            for p in PRESETS.values()] + [
        {"name": "config:FILE", "meaning": "a Hugging Face config.json, with its idealisations: "
         + ", ".join(model_types()), "axes": ""}]


def _axes() -> list[dict[str, Any]]:
    from proofs.axes import AXES

    return [{"name": a.name, "meaning": a.meaning, "kind": a.kind, "default": a.default,
             "values": a.values} for a in AXES]


def _classes() -> list[dict[str, Any]]:
    from proofs.classes import CLASSES

    return [{"name": c.shown, "meaning": c.meaning, "id": c.id} for c in CLASSES.values()]


def _theorems() -> list[dict[str, Any]]:
    from expressivity.queries.explain import DERIVED
    from proofs import base
    from proofs.citation import REMARK_KINDS

    rows: list[dict[str, Any]] = [
        {"name": a.id, "text": a.text, "source": a.cite.full() if a.cite else DERIVED,
         "verified": a.verified, "note": a.note, "disputed": a.disputed,
         "results": ", ".join(a.results), "see": ", ".join(a.see)}
        for a in base.axioms().values()]
    rows += [{"name": r.id, "text": r.text, "kind": f"{r.kind} ({REMARK_KINDS[r.kind]}); kept as "
              "text, nothing is derived from it", "source": r.cite.full() if r.cite else "",
              "verified": r.verified, "note": r.note, "disputed": r.disputed,
              "results": ", ".join(r.results), "see": ", ".join(r.see)}
             for r in base.remarks().values()]
    return rows


def _conjectures() -> list[dict[str, Any]]:
    from proofs import base

    return [{"name": c.id, "believed": c.believed, "note": c.note}
            for c in base.conjectures().values()]
