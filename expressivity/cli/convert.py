"""`expressivity convert` and `expressivity quantise`: models between files and contracts."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

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
@click.argument("model")
@output_option
@format_option
@json_option
@reports_input_errors
def convert(model: str, output: str, file_format: FileFormat | None, as_json: bool) -> None:
    """Write a MODEL in another file format (safetensors, if none is named).

    Tensors have the names of the file layout in all formats. Weights become float64 numbers, or
    int64, or pairs of int64; those that fit nowhere stay in architecture.json. Only `--format
    torch` changes numbers, and says how far.
    """
    from expressivity.models.files import load_model, save_model, save_plain
    from expressivity.models.quantise import float_weights

    loaded = load_model(model)
    if file_format == "torch":
        plain, change = float_weights(loaded.to_plain())
        path = save_plain(plain, output, "torch")
    else:
        change = None
        path = save_model(loaded, output, file_format or "safetensors")
    if as_json:
        echo_json({"wrote": str(path)} | ({} if change is None else {"rounded": change.summary()}))
        return
    if change is not None:
        click.echo(str(change))
    click.echo(f"wrote {path}")


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
