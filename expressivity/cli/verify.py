"""`expressivity verify`: does a model recognise a language?"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from expressivity.cli.options import (
    BadInput,
    echo_json,
    extraction_options,
    json_option,
    progress_line,
    reports_input_errors,
)
from expressivity.cli.precision import precision_options
from expressivity.defaults import SEARCH_MEGABYTES, SECONDS

if TYPE_CHECKING:
    from expressivity.models.model import Model
    from expressivity.verify import Verification
    from languages.language import Language


@click.command("verify")
@click.argument("model")
@click.argument("language")
@extraction_options
@click.option("--alphabet", metavar="LETTERS", help="The alphabet, as in `ab` or `a,b,cc`.")
@click.option("--certificate", metavar="DIR", help="Write a certificate for all lengths, or for "
              "each length that was proved by SAT, checked, for `check`.")
@click.option("--length", type=click.IntRange(0), metavar="N", help="Only the words of this "
              "length, by SAT.")
@click.option("--megabytes", type=click.IntRange(100), default=SEARCH_MEGABYTES,
              show_default=True, metavar="M", help="Memory of the SAT solver's process.")
@click.option("--limit", type=click.IntRange(1), metavar="N", help="Decoders that need "
              "not stop: tokens compared at the most.  [default for tm:FILE: 300]")
@json_option
@precision_options
@reports_input_errors
def command(model: str, language: str, max_states: int, seconds: float | None,
            alphabet: str | None, certificate: str | None, length: int | None, megabytes: int,
            limit: int | None, as_json: bool) -> None:
    """Verify that a MODEL recognises a LANGUAGE, at all lengths where that can be decided.

    Where the model cannot be extracted, all words are tried in order of length for --seconds
    (10 by default); then, if the language is regular, longer words are compared for as long by a
    SAT solver, length by length, with proofs that are checked. The answer says up to which length.
    Exit status 1 and a shortest counterexample if they differ. With --length only the words of
    one length are compared, by SAT alone; a counterexample then need not be a shortest one, and
    where a limit is met the answer is "unknown", with exit status 1.

    A decoder is compared token by token with the automaton, with a circuit, aiger:FILE, or with a
    Turing machine, tm:FILE. With --precision the weights are rounded first; with --find-precision
    the least number of bits is sought, length by length. With --certificate an agreement is
    written as certificates that the checkers accept: for all lengths, or for those that were
    proved one by one.
    """
    from expressivity.cli import equality, thought
    from expressivity.extraction import Budget
    from expressivity.solvers.solve import Limits
    from expressivity.thought.files import load_either
    from expressivity.thought.target import CIRCUIT, MACHINE, parse_target
    from expressivity.thought.thinker import Thinker
    from expressivity.verify import verify
    from languages.parse import parse_language
    from languages.words import parse_alphabet, show_word

    loaded = load_either(model)
    letters = parse_alphabet(alphabet) if alphabet is not None else None
    if isinstance(loaded, Thinker):
        if certificate is not None:
            raise BadInput("--certificate: `run MODEL WORD --against LANGUAGE --certificate DIR` "
                           "writes the trace of a decoder on one word")
        if length is not None:
            raise BadInput("--length: decoders are run word by word; only models that answer at "
                           "once become clauses")
        if limit is not None and not (language.startswith(MACHINE)
                                      or loaded.definition.limit is None):
            raise BadInput("--limit is for machines, tm:FILE, and for decoders without a limit of "
                           "their own")
        thought.verify(loaded, parse_target(language, letters),
                       SECONDS if seconds is None else seconds, limit, as_json)
        return
    if limit is not None:
        raise BadInput("--limit is for machines, tm:FILE, and decoders")
    if language.startswith((CIRCUIT, MACHINE)):
        raise BadInput(f"{language}: circuits and machines are compared with decoders; this model "
                       "answers at once")
    wanted = parse_language(language, alphabet=letters)
    limits = Limits(SECONDS if seconds is None else seconds, megabytes)
    if length is not None:
        if not equality.at_length(loaded, wanted, length, limits, certificate, as_json):
            raise click.exceptions.Exit(1)
        return
    with progress_line() as show:
        found = verify(loaded, wanted, Budget(max_states=max_states, seconds=seconds),
                       seconds=limits.seconds, beyond=limits, progress=show)
    written = {} if certificate is None else _certify(loaded, wanted, found, certificate)
    if certificate is not None and found.proofs:
        written["lengths"] = [{"length": n, "certificate": equality.write(
            proof.certificate, certificate, f"-{n}")} for n, proof in found.proofs]
    if as_json:
        word = found.counterexample
        echo_json({"agrees": found.agrees, "scope": found.scope, "how": found.how,
                   "counterexample": None if word is None else list(word),
                   "notes": list(found.notes)} | written)
    elif found.agrees:
        click.echo(f"agrees with {language}: {found.scope} ({found.how})")
    else:
        word = found.counterexample or ()
        click.echo(f"differs from {language}, first on {show_word(word)}")
    if not as_json:
        for note in found.notes:
            click.echo(f"note: {note}")
        if written.get("certificate"):
            click.echo(f"wrote {written['certificate']}, checked; model sha256:{written['model']}")
        elif "not_certified" in written:
            click.echo(f"note: not certified: {written['not_certified']}")
        for one in written.get("lengths", ()):
            click.echo(f"wrote {one['certificate']}, checked")
    if not found.agrees:
        raise click.exceptions.Exit(1)


def _certify(model: Model, language: Language, found: Verification,
             directory: str) -> dict[str, Any]:
    """Write the certificate; its path and the model's digest, or why there is none."""
    from expressivity.certify import NotCertified, certify
    from expressivity.queries.export import write_witness

    try:
        certified = certify(model, language, found)
    except NotCertified as error:
        return {"certificate": None, "not_certified": str(error)}
    try:
        path = write_witness(certified.certificate, directory)
    except OSError as error:
        raise BadInput(f"cannot write to {directory}: {error.strerror}") from None
    return {"certificate": path, "model": certified.digest}
