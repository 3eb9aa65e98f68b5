"""`expressivity convert`, `expressivity quantise`: models and languages between formats."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, cast

import click

from expressivity.cli.language import write_language
from expressivity.cli.options import echo_json, json_option, reports_input_errors

if TYPE_CHECKING:
    from expressivity.models.files import FileFormat

output_option = click.option("-o", "--output", required=True, metavar="DIR",
                             help="Where to write the model.")
format_option = click.option(
    "--format", "file_format", type=click.Choice(["json", "safetensors", "torch"]),
    help="json: model.json. safetensors: architecture.json and model.safetensors, exact. torch: "
    "the same files with every weight as the nearest float64, for `load_state_dict`.")


@click.command("convert")
@click.argument("model", metavar="MODEL|LANGUAGE")
@click.option("-o", "--output", required=True, metavar="DIR|FILE",
              help="Where to write the model or the language (- for standard output).")
@click.option("--format", "file_format",
              type=click.Choice(["json", "safetensors", "torch", "regex", "att", "dot", "svg"]),
              help="Of a model: json, safetensors (exact) or torch (rounded to float64). Of a "
              "language: regex, json, att, dot or svg, or as the name of FILE says.")
@click.option("--alphabet", metavar="LETTERS", help="The alphabet of a LANGUAGE.")
@click.option("--max-states", default=200_000, show_default=True, metavar="N",
              type=click.IntRange(1), help="States the automaton of a LANGUAGE may have.")
@json_option
@reports_input_errors
def convert(model: str, output: str, file_format: str | None, alphabet: str | None,
            max_states: int, as_json: bool) -> None:
    """Write a MODEL in another file format (safetensors, if none is named), or a regular LANGUAGE.

    Tensors have the names of the file layout in all formats. Weights become float64 numbers, or
    int64, or pairs of int64; those that fit nowhere stay in architecture.json. Only `--format
    torch` changes numbers, and says how far. What names a file or a directory is a MODEL.
    """
    from expressivity.models.files import load_model, save_model, save_plain
    from expressivity.models.quantise import float_weights

    if _is_language(model):
        if file_format in ("safetensors", "torch"):
            raise click.UsageError(f"{file_format} is a format of models, expected regex, json, "
                                   "att, dot or svg for a language")
        _convert_language(model, output, file_format, alphabet, max_states, as_json)
        return
    if file_format in ("regex", "att", "dot", "svg"):
        raise click.UsageError(f"{file_format} is a format of languages, expected json, "
                               "safetensors or torch for a model")
    loaded = load_model(model)
    if file_format == "torch":
        plain, change = float_weights(loaded.to_plain())
        path = save_plain(plain, output, "torch")
    else:
        change = None
        path = save_model(loaded, output, cast("FileFormat", file_format or "safetensors"))
    if as_json:
        echo_json({"wrote": str(path)} | ({} if change is None else {"rounded": change.summary()}))
        return
    if change is not None:
        click.echo(str(change))
    click.echo(f"wrote {path}")


def _is_language(text: str) -> bool:
    from languages.parse import names_language

    try:
        return not Path(text).exists() and names_language(text)
    except (OSError, ValueError):  # too long for a name, or with a null character
        return names_language(text)


def _convert_language(text: str, output: str, file_format: str | None, alphabet: str | None,
                      max_states: int, as_json: bool) -> None:
    from languages.limits import Limits
    from languages.parse import parse_language
    from languages.words import parse_alphabet

    limits = Limits(max_states=max_states)
    letters = None if alphabet is None else parse_alphabet(alphabet)
    language = parse_language(text, alphabet=letters, limits=limits)
    wrote = write_language(language, output, file_format, limits)
    if wrote and as_json:
        echo_json({"wrote": wrote})
    elif wrote:
        click.echo(f"wrote {wrote}")


@click.command("quantise")
@click.argument("model")
@click.option("--contract", required=True, metavar="CONTRACT",
              help="bf16, fixed:8.2, fp16,overflow=saturate ...")
@output_option
@format_option
@json_option
@reports_input_errors
def quantise(model: str, contract: str, output: str, file_format: FileFormat | None,
             as_json: bool) -> None:
    """Round the weights of a MODEL to a number contract.

    MODEL may be a trained checkpoint: architecture.json and model.safetensors, with weights of any
    float type. Each is rounded as the contract rounds; the largest change is reported. A weight
    that overflows to infinity is an error that names it.
    """
    from expressivity.models.contracts import parse_contract_text
    from expressivity.models.files import load_quantised, save_model

    found = load_quantised(model, parse_contract_text(contract))
    path = save_model(found.model, output, file_format or "json")
    if as_json:
        echo_json({"wrote": str(path), "contract": contract, **found.change.summary()})
        return
    click.echo(str(found.change))
    click.echo(f"wrote {path}")
