"""The process in which z3 runs: SMT-LIB 2 from standard input, the answer to standard output.

Started by `smt`, as `python -m expressivity.solvers.smt_worker LOGIC SECONDS MEGABYTES`. The answer
is a line, "sat", "unsat" or "unknown", then the values as JSON, nothing, or the reason.
"""

from __future__ import annotations

import json
import sys
from typing import Any

from expressivity.solvers.child import limit_resources


def main() -> None:
    """Solve what standard input holds."""
    logic, seconds, megabytes = sys.argv[1], float(sys.argv[2]), int(sys.argv[3])
    limit_resources(seconds, megabytes)
    import z3

    # Before the limit of the process: then z3 says what happened.
    z3.set_param("memory_max_size", max(1, megabytes * 8 // 10))
    solver = z3.SolverFor(logic)
    try:
        solver.from_string(sys.stdin.read())
        found = solver.check()
    except z3.Z3Exception as error:
        sys.exit(f"z3: {error}".replace("\n", " "))
    if found == z3.sat:
        model = solver.model()
        values = {d.name(): text for d in model.decls() if d.arity() == 0
                  and (text := _text(model[d])) is not None}
        sys.stdout.write("sat\n" + json.dumps(values))
    elif found == z3.unsat:
        sys.stdout.write("unsat\n")
    else:
        sys.stdout.write("unknown\n" + solver.reason_unknown())


def _text(value: Any) -> str | None:
    """A value as `Solution` gives it; None for other sorts."""
    import z3

    if z3.is_bool(value):
        return str(bool(z3.is_true(value))).lower()
    if z3.is_int_value(value) or z3.is_bv_value(value):
        return str(value.as_long())
    if z3.is_rational_value(value):
        return str(value.as_fraction())
    return None


if __name__ == "__main__":
    main()
