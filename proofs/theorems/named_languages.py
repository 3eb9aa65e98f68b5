"""The languages that the base speaks of by name.

Those with an automaton are that automaton; the others are tasks of the catalogue, defined there.
"""

from __future__ import annotations

from proofs.statements import Automaton, Language

PARITY = Language("parity", Automaton(("0", "1"), ((0, 1), (1, 0)), 0, (0,)))
FIRST = Language("first", Automaton(("0", "1"), ((1, 2), (1, 1), (2, 2)), 0, (2,)))

MAJORITY = Language("majority", None, "majority")
DYCK_1 = Language("dyck:1", None, "dyck:1")
DYCK_2 = Language("dyck:2", None, "dyck:2")
DYCK_3 = Language("dyck:3", None, "dyck:3")
DYCK_4 = Language("dyck:4", None, "dyck:4")
AN_BN = Language("anbn", None, "anbn")
CIRCUIT_VALUE = Language("circuit-value", None, "circuit-value")
REACHABILITY = Language("reachability", None, "reachability")
SAT = Language("sat", None, "sat")
PERMANENT = Language("permanent", None, "permanent")
