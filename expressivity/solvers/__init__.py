"""SAT and SMT solvers in processes of their own, and the proofs of what they say. Untrusted.

`solve.solve` runs a solver within limits. Where there is no assignment its DRAT proof becomes an
LRAT proof (`elaborate`), which `proofs.lrat` checks against clauses that the checker makes itself.
`smt.solve_smt` runs z3, which leaves no proof.
"""
