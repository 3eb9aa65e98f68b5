"""Regular languages that are complete for NC1."""

from __future__ import annotations

from proofs.citation import Axiom, Citation
from proofs.statements import HardOutside

NON_SOLVABLE = Axiom(
    "barrington",
    "A regular language whose syntactic monoid contains a non-solvable group is NC1-hard under "
    "projections; no neutral letter is needed.",
    (HardOutside("REG", "solvable", "NC1", "projection"),),
    Citation("Barrington", 1989, "Bounded-width polynomial-size branching programs recognize "
             "exactly those languages in NC1", "JCSS 38"), "textbook",
    note="The elements of a non-solvable group that words of one common length induce as the "
         "identity form a normal subgroup with cyclic quotient, still non-solvable; Barrington's "
         "program over it uses words of equal length, and one context separates 1 from some g.",
    results=("barrington-1989",),
    see=("proofs/checkers/perfect_group.py",),
)
