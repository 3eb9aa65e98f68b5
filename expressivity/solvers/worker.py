"""The process that solves: clauses from standard input, the answer to standard output.

Started by `solve`, as `python -m expressivity.solvers.worker SOLVER SECONDS MEGABYTES`. The answer
is a line, "satisfiable" or "unsatisfiable", then the true variables or an LRAT proof.
"""

from __future__ import annotations

import sys

from expressivity.solvers.child import limit_resources
from expressivity.solvers.elaborate import NotElaborated, elaborate


def main() -> None:
    """Solve what standard input holds: a clause a line, closed by 0."""
    solver, seconds, megabytes = sys.argv[1], float(sys.argv[2]), int(sys.argv[3])
    limit_resources(seconds, megabytes)
    from pysat.solvers import Solver

    clauses = [[int(x) for x in line.split()[:-1]] for line in sys.stdin]
    with Solver(name=solver, bootstrap_with=clauses, with_proof=True) as engine:
        if engine.solve():
            print("satisfiable")
            print(*(x for x in engine.get_model() if x > 0))
            return
        drat = engine.get_proof()
    sys.stdout.write("unsatisfiable\n")
    sys.stdout.flush()  # known even if the rest does not come
    try:
        sys.stdout.write(elaborate(clauses, drat))
    except NotElaborated as error:
        sys.exit(str(error))


if __name__ == "__main__":
    main()
