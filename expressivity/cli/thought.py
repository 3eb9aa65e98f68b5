"""Decoders on the command line: building, running and verifying chains of thought."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from expressivity.cli.options import BadInput, echo_json, progress_line

if TYPE_CHECKING:
    from expressivity.thought.target import Target
    from expressivity.thought.thinker import Thinker
    from expressivity.thought.trace import HeadShares
    from expressivity.thought.verify import Checked
    from expressivity.variants import Variant
    from languages.machines.machine import Configuration
    from proofs.models.decoder import Decoded

SHOWN: Final = 40
"""So many tokens are shown without --trace; then the last ones only."""


def build(target: Target, variant: Variant, named: dict[str, str], output: str,
          as_json: bool) -> None:
    """Build a decoder, write it, and say what was verified; raises NoConstruction."""
    from expressivity.thought.build import build_decoder
    from expressivity.thought.files import save_decoder

    with progress_line() as show:
        built = build_decoder(target, variant, progress=show)
    path = save_decoder(built.thinker, output)
    summary = named | built.summary()
    try:
        (Path(output) / "build.json").write_text(
            json.dumps(summary, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    except OSError as error:
        raise BadInput(f"cannot write to {output}: {error.strerror}") from None
    if as_json:
        echo_json(summary)
        return
    click.echo(f"{built.construction}: {built.citation}")
    counts = summary["resources"]
    click.echo(", ".join(f"{name.replace('_', ' ')} {counts[name]}" for name in counts
                         if counts[name]))
    click.echo(f"decoded tokens: {built.tokens}, the answer included; made for "
               f"{summary['made_for']}")
    click.echo(f"verified step by step: {built.verification.scope}")
    _say_unanswered(built.verification)
    for note in built.notes:
        click.echo(f"note: {note}")
    click.echo(f"wrote {path}")


def _say_unanswered(found: Checked) -> None:
    """The words on which nothing answered, if there are any."""
    if found.unanswered:
        click.echo(f"note: on {found.unanswered} of {found.words} words neither machine nor model "
                   "answers within the tokens that were compared (verify --limit)")


def verify(thinker: Thinker, target: Target, seconds: float, limit: int | None,
           as_json: bool) -> None:
    """Verify a decoder; exit status 1 with a word on which it is wrong."""
    from expressivity.thought.verify import verify_decoder
    from languages.words import show_word

    with progress_line() as show:
        found = verify_decoder(thinker, target, seconds, progress=show, most=limit)
    how = "step by step" if found.steps else "answers alone"
    if as_json:
        echo_json({"agrees": found.agrees, "scope": found.scope, "how": how,
                   "words": found.words, "unanswered": found.unanswered,
                   "why": found.why or None,
                   "counterexample": None if found.word is None else list(found.word)})
    elif found.agrees:
        click.echo(f"agrees with {target.name}, {how}: {found.scope}")
        _say_unanswered(found)
    else:
        click.echo(f"differs from {target.name} on {show_word(found.word or ())}: {found.why}")
    if not found.agrees:
        raise click.exceptions.Exit(1)


def run(thinker: Thinker, word: Sequence[str], limit: int | None, trace: bool,
        against: Target | None, certificate: str | None, as_json: bool) -> None:
    """Run a decoder on a word and show its tokens; exit status 1 if a step is wrong."""
    from expressivity.thought.files import save_trace
    from expressivity.thought.target import over, step_names
    from expressivity.thought.trace import attended, configurations, trace_data
    from expressivity.thought.verify import difference

    if certificate is not None and against is None:
        raise BadInput("--certificate needs --against, the language or circuit of the trace")
    target = None if against is None else over(against, thinker)
    number = {letter: k for k, letter in enumerate(thinker.alphabet)}
    coded = [number[letter] for letter in word]
    decoded, interrupted = _decode(thinker, coded, limit)
    written: dict[str, Any] = {}
    wrong = None
    if target is not None and not interrupted:
        names = step_names(target, thinker)
        wrong = difference(thinker, target, word, decoded.tokens, decoded.accepted, names)
        written = {"against": target.name, "agrees": wrong is None, "why": wrong,
                   "steps": names is not None}
        if certificate is not None and wrong is None and decoded.accepted is None:
            written |= {"certificate": None, "repeated": False}
        elif certificate is not None and wrong is None:
            data = trace_data(thinker, target, word, decoded)
            written |= {"certificate": save_trace(data, certificate),
                        "repeated": "model" in data}
    shares = attended(thinker, coded, decoded.tokens) if trace and decoded.tokens else []
    machine = configurations(thinker, word, decoded.tokens) if shares else None
    if as_json:
        echo_json({"word": list(word), "accepted": decoded.accepted,
                   "tokens": [thinker.tokens[m] for m in decoded.tokens],
                   "interrupted": interrupted} | written
                  | ({"attention": [_plain_shares(step) for step in shares]} if trace else {})
                  | ({} if machine is None else {"configurations": [
                      {"state": now.state, "heads": now.heads, "tapes": now.shown()}
                      for now in machine]}))
    else:
        _show(thinker, word, decoded, shares, machine, interrupted)
        if wrong is not None:
            click.echo(f"differs from {written['against']}: {wrong}")
        elif written:
            what = "each step" if written["steps"] else "the answer"
            click.echo(f"{what} agrees with {written['against']}")
        if "certificate" in written and written["certificate"] is None:
            click.echo("note: no trace was written, as there is no answer")
        elif "certificate" in written:
            click.echo(f"wrote {written['certificate']}, checked"
                       + ("" if written["repeated"] else " (without the model, which is large)"))
    if interrupted:
        raise click.exceptions.Exit(130)
    if wrong is not None:
        raise click.exceptions.Exit(1)


def _decode(thinker: Thinker, word: list[int], limit: int | None) -> tuple[Decoded, bool]:
    """The tokens, and whether Ctrl-C ended them."""
    from expressivity.thought.session import Session
    from proofs.models.decoder import Decoded
    from proofs.models.numbers import NotANumber
    from proofs.models.positions import OutOfRange
    from proofs.models.reference import NoReadout

    tokens: list[int] = []
    answers = (thinker.definition.accept, thinker.definition.reject)
    interrupted = False
    try:
        with progress_line() as show:
            for step in Session(thinker, [word], limit).steps():
                tokens.append(int(step[0]))
                if len(tokens) % 100 == 0:
                    show("tokens", len(tokens))
    except KeyboardInterrupt:
        interrupted = True
    except (NoReadout, NotANumber, OutOfRange) as error:
        raise BadInput(f"no answer on this word: {error}") from None
    answer = tokens[-1] == answers[0] if tokens and tokens[-1] in answers else None
    return Decoded(tuple(tokens), answer), interrupted and answer is None


def _show(thinker: Thinker, word: Sequence[str], decoded: Decoded, shares: list[HeadShares],
          machine: list[Configuration] | None, interrupted: bool) -> None:
    names = [thinker.tokens[m] for m in decoded.tokens]
    if decoded.accepted is None:
        click.echo(f"interrupted after {len(names)} tokens" if interrupted
                   else f"no answer within {len(names)} tokens")
    else:
        click.echo("accepted" if decoded.accepted else "rejected")
    if not shares:
        left_out = max(0, len(names) - SHOWN)
        click.echo(f"{len(names)} tokens: {f'({left_out} more) ' if left_out else ''}"
                   + " ".join(names[left_out:]))
        return
    from proofs.models.reference import marked

    definition = thinker.definition
    symbols = [*thinker.alphabet, "^", "$", *thinker.tokens]
    number = {letter: k for k, letter in enumerate(thinker.alphabet)}
    prompt = marked(definition.model, [number[letter] for letter in word])
    read = [*(symbols[s] for s in prompt), *names[:-1]]
    click.echo("step  token, and where each head looked (sublayer.head: position symbol)")
    for step, (name, heads) in enumerate(zip(names, shares, strict=True), start=1):
        looked = "; ".join(f"{place}.{head}: {_looked(found, read)}"
                           for (place, head), found in heads.items())
        click.echo(f"{step:>4}  {name}  {looked}")
        if machine is not None and step <= len(machine):
            now = machine[step - 1]
            tapes = "; ".join(f"tape {t} {tape}" for t, tape in enumerate(now.shown()))
            click.echo(f"      state {now.state}; {tapes.replace('tape 0', 'input', 1)}")


def _looked(found: list[tuple[int, Any]], read: Sequence[str]) -> str:
    """The positions of a head in words: the one, a few, or the first and the last of many."""
    if not found:
        return "-"
    if len(found) <= 3:
        return ", ".join(f"{j} {read[j]}" + ("" if share == 1 else f" ({share})")
                         for j, share in found)
    return f"{len(found)} positions from {found[0][0]} to {found[-1][0]}"


def _plain_shares(step: HeadShares) -> list[dict[str, Any]]:
    return [{"sublayer": place, "head": head, "shares": {str(j): str(x) for j, x in found}}
            for (place, head), found in step.items()]
