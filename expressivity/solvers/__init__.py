"""SAT solvers in processes of their own, and the proofs of what they say. Untrusted.

`solve` runs a solver within limits; `prove` turns its DRAT proof into an LRAT proof, which
`proofs.lrat` checks.
"""
