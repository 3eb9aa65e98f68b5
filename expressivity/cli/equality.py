"""What `verify --length` and `circuit --equal` share: outcomes of a SAT solver, shown."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from expressivity.cli.options import BadInput, echo_json, progress_line

if TYPE_CHECKING:
    from expressivity.circuits.letters import Options
    from expressivity.equivalence.outcome import Outcome
    from expressivity.models.model import Model
    from expressivity.solvers.solve import Limits
    from languages.language import Language


def at_length(model: Model, language: Language, length: int, limits: Limits,
              directory: str | None, as_json: bool) -> bool:
    """Compare on the words of a length, say what came of it; do they agree?"""
    from expressivity.equivalence.at_length import equal_at_length
    from expressivity.equivalence.outcome import Clock, Different
    from languages.words import show_word

    if set(model.alphabet) != set(language.alphabet):
        raise BadInput(f"alphabet: the model's is {' '.join(model.alphabet)}, that of "
                       f"{language.name} is {' '.join(language.alphabet)}; expected the same")
    if language.dfa is None:
        raise BadInput(f"--length: {language.name} is not regular; clauses are made of automata")
    with progress_line() as show:
        found = equal_at_length(model, language.dfa.with_alphabet(model.alphabet), length,
                                Clock(limits), show)
    summary = plain(found, directory, f"-{length}")
    if as_json:
        word = list(found.example) if isinstance(found, Different) else None
        echo_json({"agrees": summary.pop("equal"), "scope": f"length = {length}",
                   "counterexample": word} | summary)
    elif isinstance(found, Different):
        click.echo(f"differs from {language.name} at length {length}, on "
                   f"{show_word(found.example)}")
    else:
        says = "agrees with" if summary["equal"] else "unknown whether it agrees with"
        click.echo(f"{says} {language.name}: length = {length} ({summary['how']})")
    if not as_json and summary.get("certificate"):
        click.echo(f"wrote {summary['certificate']}, checked")
    return summary.get("steps") is not None


def plain(found: Outcome, directory: str | None, ending: str = "") -> dict[str, Any]:
    """An outcome as JSON, the difference left out; a certificate is written if there is one."""
    from expressivity.equivalence.outcome import Different, Equal

    if isinstance(found, Equal):
        path = None if directory is None else write(found.certificate, directory, ending)
        return {"equal": True, "how": f"SAT, a proof of {found.steps} steps, checked",
                "steps": found.steps, "certificate": path}
    if isinstance(found, Different):
        return {"equal": False, "how": "SAT, the difference checked"}
    return {"equal": None, "how": found.reason}


def write(certificate: dict[str, Any], directory: str, ending: str = "") -> str:
    """Write a certificate; its path."""
    path = Path(directory) / f"certificate-{certificate['kind']}{ending}.json"
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(certificate, ensure_ascii=False) + "\n", encoding="utf-8")
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else str(error)
        raise BadInput(f"cannot write to {directory}: {reason}") from None
    return str(path)


def circuits(left: str, right: str, *, families: tuple[str | None, str | None],
             alphabet: str | None, lengths: str | None, options: Options, max_values: int,
             limits: Limits, directory: str | None, as_json: bool) -> bool:
    """Compare circuits, say what came of it for each length; are all of them equal?"""
    from expressivity.circuits.table import parse_lengths
    from expressivity.equivalence.sides import compare, side
    from languages.words import parse_alphabet, show_word

    letters = parse_alphabet(alphabet) if alphabet is not None else None
    sides = [side(text, family=family, alphabet=letters if not text.startswith("aiger:") else None)
             for text, family in zip((left, right), families, strict=True)]
    rows: list[dict[str, Any]] = []
    with progress_line() as show:
        for row in compare(sides[0], sides[1],
                           None if lengths is None else parse_lengths(lengths), options, limits,
                           max_values):
            ending = "" if row.length is None else f"-{row.length}"
            rows.append({"length": row.length, **plain(row.outcome, directory, ending),
                         "difference": None if row.difference is None else list(row.difference)})
            show(f"circuits compared, length {row.length}", 0)
    if as_json:
        echo_json({"left": left, "right": right, "rows": rows})
    for row_plain in () if as_json else rows:
        length, difference = row_plain["length"], row_plain["difference"]
        where = "" if length is None else f"length {length}: "
        if difference is not None:
            word = "".join(difference) if length is None else show_word(tuple(difference))
            click.echo(f"{where}differ on {word}")
        else:
            click.echo(f"{where}{'equal' if row_plain['equal'] else 'unknown'} "
                       f"({row_plain['how']})")
        if row_plain.get("certificate"):
            click.echo(f"wrote {row_plain['certificate']}, checked")
    return all(row["equal"] is True for row in rows)
