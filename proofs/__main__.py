"""`python -m proofs check FILE...`: check certificates and derivations.

Exit status: 0 all accepted, 1 some rejected, 2 some malformed, unreadable or of another format.
"""

from __future__ import annotations

import argparse
import io
import json
import os
import sys
from collections.abc import Sequence

MAX_BYTES = 64_000_000
INTERRUPTED = 130
BROKEN_PIPE = 141


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m proofs", description="Check certificates and derivations, with the "
        "Python standard library only.")
    commands = parser.add_subparsers(dest="command", required=True)
    check = commands.add_parser(
        "check", help="check files", description="Check certificates and derivations. Prints "
        "what each accepted file claims, as the checker understood it.",
        epilog="Exit status: 0 all accepted, 1 some rejected, 2 some malformed or unreadable.")
    check.add_argument("files", nargs="+", metavar="FILE")
    check.add_argument("--json", action="store_true", help="print one JSON object for each file")
    check.add_argument("--max-bytes", type=_positive, default=MAX_BYTES, metavar="N",
                       help="refuse longer files (default: %(default)s)")
    check.add_argument("--assume-axiom", action="append", default=[], metavar="ID",
                       help="let derivations use this axiom although the theorem base does not "
                       "have it like that (repeatable)")
    return parser


def _positive(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) <= 15 and int(text) > 0):
        raise argparse.ArgumentTypeError(f"expected a positive number of bytes, got {text!r}")
    return int(text)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; returns the exit status. Bad usage exits with status 2."""
    options = _parser().parse_args(arguments)
    # Imported here so that an interruption while the theorem base loads is caught as well.
    from proofs.check import check_file
    from proofs.check_report import plain, report

    worst = 0
    for path in options.files:
        outcome = check_file(path, max_bytes=options.max_bytes,
                             assume_axioms=options.assume_axiom)
        print(json.dumps(plain(outcome)) if options.json else report(outcome), flush=True)
        worst = max(worst, outcome.exit_code)
    return worst


def run() -> int:
    """`main`, with names that the terminal cannot show escaped, and no traceback on Ctrl-C."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # not where a caller put in something else
            stream.reconfigure(errors="backslashreplace")
    try:
        return main()
    except KeyboardInterrupt:
        return INTERRUPTED
    except (MemoryError, RecursionError) as error:
        print(f"out of resources: {type(error).__name__}", file=sys.stderr)
        return 2
    except BrokenPipeError:
        # Nobody reads any more; keep the interpreter from complaining when it closes stdout.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return BROKEN_PIPE


if __name__ == "__main__":
    sys.exit(run())
