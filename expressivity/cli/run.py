"""`expressivity run`: a model on one word."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from expressivity.cli.options import BadInput, echo_json, json_option, reports_input_errors

if TYPE_CHECKING:
    from expressivity.models.model import Model
    from proofs.models.reference import Trace


@click.command("run")
@click.argument("model")
@click.argument("word")
@click.option("--sep", metavar="TEXT", help="What separates the letters of WORD.")
@click.option("--svg", metavar="FILE", help="Write the attention of every head as a picture.")
@click.option("--trace", is_flag=True, help="Decoders: each token, and where heads looked.")
@click.option("--limit", type=click.IntRange(1), metavar="N", help="Decoders: tokens at the most.")
@click.option("--against", metavar="LANGUAGE", help="Decoders: compare each token with the "
              "automaton of a language, with a circuit, aiger:FILE, or a machine, tm:FILE.")
@click.option("--certificate", metavar="DIR", help="Decoders, with --against: write trace.json for "
              "`check`.")
@json_option
@reports_input_errors
def command(model: str, word: str, sep: str | None, svg: str | None, trace: bool,
            limit: int | None, against: str | None, certificate: str | None,
            as_json: bool) -> None:
    """Run a MODEL on a WORD, exactly.

    MODEL is a file or a directory with model.json, or architecture.json and model.safetensors. The
    residual stream is shown by the names of its dimensions, attention as a matrix of weights after
    division (a dot is 0, blank is masked; where it would be too wide, the largest weights), and
    the states of recurrences. Long numbers are shortened (~); --json is exact. Of a decoder (chain
    of thought) the tokens are shown; Ctrl-C ends it and keeps what was written so far.
    """
    from expressivity.cli import think, thought
    from expressivity.latent.thinker import load_latent
    from expressivity.thought.files import load_either
    from expressivity.thought.thinker import Thinker
    from languages.words import parse_word
    from proofs.models.numbers import NotANumber
    from proofs.models.positions import OutOfRange
    from proofs.models.reference import NoReadout

    latent = load_latent(model)
    if latent is not None:
        for option, value in (("--svg", svg), ("--limit", limit), ("--against", against),
                              ("--certificate", certificate)):
            if value is not None:
                raise BadInput(f"{option}: the model is a decoder with continuous thought; it "
                               "takes --trace")
        think.run(latent, word, sep, trace, as_json)
        return
    loaded = load_either(model)
    letters = parse_word(word, loaded.alphabet, sep)
    if isinstance(loaded, Thinker):
        from expressivity.thought.target import parse_target

        if svg is not None:
            raise BadInput("--svg: the model is a decoder; --trace shows where its heads look")
        target = None if against is None else parse_target(against, loaded.alphabet)
        thought.run(loaded, letters, limit, trace, target, certificate, as_json)
        return
    for option, given in (("--trace", trace), ("--limit", limit), ("--against", against),
                          ("--certificate", certificate)):
        if given:
            raise BadInput(f"{option} is for decoders; this model answers at once")
    try:
        found = loaded.run(loaded.indices(letters))
    except (NoReadout, NotANumber, OutOfRange) as error:
        raise BadInput(f"no answer on this word: {error}") from None
    if svg is not None:
        from expressivity.cli.attention_svg import write_attention

        write_attention(loaded, found, svg)
    if as_json:
        echo_json({"word": list(letters), **_plain(loaded, found)})
        return
    from expressivity.cli.model_display import show_run

    show_run(loaded, found)


def _plain(model: Model, trace: Trace) -> dict[str, Any]:
    """The run as plain data. `attention` holds weights before division, `shares` after it."""
    from expressivity.cli.model_display import head_shares, layer_kind
    from proofs.models.layers import Attention
    from proofs.models.sequences import outputs

    layers = trace.layers
    made = {} if model.definition.sequence is None else {
        "outputs": _texts(outputs(model.definition, trace.residual[-1]))}
    return made | {
        "accepted": trace.accepted, "output": str(trace.value), "readout": trace.readout,
        "residual": [[_texts(state) for state in stream] for stream in trace.residual],
        "dimensions": list(model.definition.residual),
        "sublayers": [layer_kind(layer) for layer in layers],
        "attention": [[[_texts(row) for row in head.weights] for head in heads]
                      for heads in trace.heads],
        "shares": [[[_texts(row) for row in head_shares(model, head, did)]
                    for head, did in zip(layer.heads, heads, strict=True)]
                   if isinstance(layer, Attention) else []
                   for layer, heads in zip(layers, trace.heads, strict=True)],
        "states": [[_texts(state) for state in states] for states in trace.hidden]}


def _texts(values: Any) -> list[str | None]:
    return [None if value is None else str(value) for value in values]
