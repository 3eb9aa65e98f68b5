"""`expressivity run`: a model on one word."""

from __future__ import annotations

import click

from expressivity.cli.options import BadInput, echo_json, json_option, reports_input_errors


@click.command("run")
@click.argument("model")
@click.argument("word")
@click.option("--sep", metavar="TEXT", help="What separates the letters of WORD.")
@json_option
@reports_input_errors
def command(model: str, word: str, sep: str | None, as_json: bool) -> None:
    """Run a MODEL on a WORD, exactly.

    MODEL is a file or a directory with model.json. The residual stream is shown by the names of
    its dimensions, attention as a matrix.
    """
    from expressivity.models.files import load_model
    from languages.words import parse_word
    from proofs.models.numbers import NotANumber
    from proofs.models.reference import NoReadout

    loaded = load_model(model)
    letters = parse_word(word, loaded.alphabet, sep)
    try:
        trace = loaded.run(loaded.indices(letters))
    except (NoReadout, NotANumber) as error:
        raise BadInput(f"no answer on this word: {error}") from None
    if as_json:
        echo_json({"word": list(letters), "accepted": trace.accepted, "output": str(trace.value),
                   "readout": trace.readout,
                   "residual": [[[str(x) for x in state] for state in stream]
                                for stream in trace.residual],
                   "dimensions": list(loaded.definition.residual),
                   "attention": [[[[None if w is None else str(w) for w in row]
                                   for row in head.weights] for head in layer]
                                 for layer in trace.heads]})
        return
    from expressivity.cli.model_display import show_run

    show_run(loaded, trace)
