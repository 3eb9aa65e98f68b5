"""What the keys of a classification mean, in words."""

from __future__ import annotations

TITLES = {
    "finite": "finite",
    "cofinite": "cofinite (finite complement)",
    "piecewise_testable": "piecewise testable (J-trivial)",
    "r_trivial": "R-trivial (past temporal logic with P)",
    "l_trivial": "L-trivial",
    "star_free": "star-free (aperiodic; first-order logic with <)",
    "nc0": "in NC0",
    "ac0": "in AC0 (quasi-aperiodic)",
    "solvable": "all groups solvable (in ACC0)",
    "nc1_complete": "NC1-complete (a group is not solvable)",
    "c_rasp_eos": "C-RASP, read after the last letter",
    "c_rasp_last": "C-RASP, read at the last letter",
    "ltl_p_mod": "LTL[P,MOD] (P and positions mod m)",
    "two_groups": "all groups are 2-groups",
    "definite": "definite (the last k letters decide)",
    "reverse_definite": "reverse definite (the first k letters decide)",
    "generalised_definite": "generalised definite (both ends decide)",
    "strictly_local": "strictly local (allowed factors of length k)",
    "tier_strictly_local": "tier-based strictly local",
    "strictly_piecewise": "strictly piecewise (forbidden subwords)",
    "locally_testable": "locally testable (the set of factors decides)",
    "locally_threshold_testable": "locally threshold testable (FO[+1])",
    "dot_depth_one": "dot-depth one",
    "commutative": "commutative",
    "fo2": "FO2[<] (two variables, order; DA)",
    "fo2_successor": "FO2[<,+1]",
    "fo2_mod": "FO2[<,MOD]",
    "r_omega": "R^omega",
    "ac0_p": "in AC0[p] for some prime p",
    "group_language": "group language",
}


def title(key: str) -> str:
    """The class of a decider's KEY in words; the key itself where none are written here."""
    return TITLES.get(key, key.replace("_", " "))
