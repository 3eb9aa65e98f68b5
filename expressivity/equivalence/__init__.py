"""Equality at one length, settled by a SAT solver, with proofs that the island checks."""
