"""`expressivity`: the group of commands, and how errors reach the user."""

from __future__ import annotations

import io
import os
import sys

import click

from expressivity.cli import (
    ask,
    audit,
    bound,
    build,
    check,
    circuit,
    compare,
    convert,
    extract,
    language,
    listing,
    matrix,
    report,
    search,
    smt,
    think,
    variant,
    verify,
)
from expressivity.cli import run as run_command


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="expressivity")
def main() -> None:
    """Ask whether a kind of sequence model can recognise a formal language.

    Answers come with a derivation that `expressivity check` re-checks. Exit status: 0 answered,
    1 rejected or --expect not met, 2 bad usage or input.
    """


main.add_command(ask.command)
main.add_command(language.command)
main.add_command(variant.command)
main.add_command(compare.command)
main.add_command(matrix.command)
main.add_command(audit.command)
main.add_command(build.command)
main.add_command(run_command.command)
main.add_command(extract.command)
main.add_command(circuit.command)
main.add_command(verify.command)
main.add_command(think.command)
main.add_command(search.command)
main.add_command(smt.command)
main.add_command(bound.command)
main.add_command(convert.convert)
main.add_command(convert.quantise)
main.add_command(report.command)
main.add_command(check.command)
main.add_command(listing.command)


def run() -> None:
    """The console script: no traceback reaches a user."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # letters that the terminal cannot show
            stream.reconfigure(errors="backslashreplace")
    sys.exit(_status())


def _status() -> int:
    """Run the command; the exit status."""
    try:
        status = main.main(standalone_mode=False)
        sys.stdout.flush()
        return status if isinstance(status, int) else 0
    except click.exceptions.Exit as stop:
        return stop.exit_code
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except (click.Abort, KeyboardInterrupt):
        return _complain("interrupted", 130)
    except BrokenPipeError:
        # Nobody reads any more; keep the interpreter from complaining when it closes stdout.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 141
    except MemoryError:
        return _complain("out of memory; a smaller --max-states or --max-image-sets bounds it", 2)
    except OSError as error:
        return _complain(f"cannot write the answer: {error.strerror}", 2)
    except Exception as error:
        if "EXPRESSIVITY_DEBUG" in os.environ:
            raise
        return _complain(f"a defect of this program: {type(error).__name__}: {error}; set "
                         "EXPRESSIVITY_DEBUG=1 for details and report it", 2)


def _complain(message: str, status: int) -> int:
    click.echo(f"Error: {message}", err=True)
    return status
