"""`expressivity`: the group of commands, and how errors reach the user."""

from __future__ import annotations

import os
import sys

import click

from expressivity.cli import ask, build, check, extract, language, listing, variant, verify
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
main.add_command(build.command)
main.add_command(run_command.command)
main.add_command(extract.command)
main.add_command(verify.command)
main.add_command(check.command)
main.add_command(listing.command)


def run() -> None:
    """The console script: no traceback reaches a user."""
    try:
        main()
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(0)
    except KeyboardInterrupt:
        click.echo("interrupted", err=True)
        sys.exit(130)
    except MemoryError:
        click.echo("Error: out of memory; a smaller --max-states or --max-image-sets bounds it",
                   err=True)
        sys.exit(2)
    except Exception as error:
        if "EXPRESSIVITY_DEBUG" in os.environ:
            raise
        click.echo(f"Error: a defect of this program: {type(error).__name__}: {error}; "
                   "set EXPRESSIVITY_DEBUG=1 for details and report it", err=True)
        sys.exit(2)
