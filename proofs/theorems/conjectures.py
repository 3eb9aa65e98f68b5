"""What nobody has proved and answers may be conditional on."""

from __future__ import annotations

from proofs.citation import Conjecture
from proofs.statements import NotSub, Sub

BELIEVED_SEPARATIONS = (
    Conjecture("D-TC0 != NC1", "DLOGTIME-uniform TC0 != NC1", "DLOGTIME-uniform TC0 = NC1",
               NotSub("NC1", "D-TC0"), Sub("NC1", "D-TC0")),
    Conjecture("L-TC0 != NC1", "L-uniform TC0 != L-uniform NC1", "L-uniform TC0 = L-uniform NC1",
               NotSub("NC1", "L-TC0"), Sub("NC1", "L-TC0"),
               note="L-uniform families reduce to an NC1-complete language by L-uniform "
                    "projections, so the inclusion gives equality with L-uniform NC1."),
    Conjecture("TC0 != NC1", "TC0 != NC1", "TC0 = NC1",
               NotSub("NC1", "TC0"), Sub("NC1", "TC0"), note="Non-uniform TC0 and NC1: "
               "non-uniform families reduce to an NC1-complete language by non-uniform "
               "projections."),
    Conjecture("TC0 not in ACC0", "DLOGTIME-uniform TC0 is not inside non-uniform ACC0",
               "DLOGTIME-uniform TC0 is inside non-uniform ACC0",
               NotSub("D-TC0", "ACC0"), Sub("D-TC0", "ACC0")),
    Conjecture("D-TC0 != L", "L is not inside DLOGTIME-uniform TC0", "DLOGTIME-uniform TC0 = L",
               NotSub("L", "D-TC0"), Sub("L", "D-TC0")),
    Conjecture("L-TC0 != L", "L-uniform TC0 != L", "L-uniform TC0 = L",
               NotSub("L", "L-TC0"), Sub("L", "L-TC0")),
    Conjecture("L not in TC0", "L is not inside non-uniform TC0", "L is inside non-uniform TC0",
               NotSub("L", "TC0"), Sub("L", "TC0")),
    Conjecture("NC1 != L", "NC1 != L", "NC1 = L", NotSub("L", "NC1"), Sub("L", "NC1")),
    Conjecture("L != NL", "L != NL", "L = NL", NotSub("NL", "L"), Sub("NL", "L")),
    Conjecture("L != P", "L != P", "L = P", NotSub("P", "L"), Sub("P", "L")),
    Conjecture("NL != P", "NL != P", "NL = P", NotSub("P", "NL"), Sub("P", "NL")),
    Conjecture("NC2 != P", "NC2 != P", "NC2 = P", NotSub("P", "NC2"), Sub("P", "NC2")),
    Conjecture("NC != P", "NC != P", "NC = P", NotSub("P", "NC"), Sub("P", "NC")),
    Conjecture("NC != NP", "NC != NP", "NC = NP", NotSub("NP", "NC"), Sub("NP", "NC")),
    Conjecture("D-TC0 != NL", "NL is not inside DLOGTIME-uniform TC0",
               "DLOGTIME-uniform TC0 = NL", NotSub("NL", "D-TC0"), Sub("NL", "D-TC0")),
    Conjecture("L-TC0 != NL", "L-uniform TC0 != NL", "L-uniform TC0 = NL",
               NotSub("NL", "L-TC0"), Sub("NL", "L-TC0")),
    Conjecture("D-TC0 != P", "DLOGTIME-uniform TC0 != P", "DLOGTIME-uniform TC0 = P",
               NotSub("P", "D-TC0"), Sub("P", "D-TC0")),
    Conjecture("L-TC0 != P", "L-uniform TC0 != P", "L-uniform TC0 = P",
               NotSub("P", "L-TC0"), Sub("P", "L-TC0")),
    Conjecture("D-TC0 != NP", "DLOGTIME-uniform TC0 != NP", "DLOGTIME-uniform TC0 = NP",
               NotSub("NP", "D-TC0"), Sub("NP", "D-TC0")),
    Conjecture("L-TC0 != NP", "L-uniform TC0 != NP", "L-uniform TC0 = NP",
               NotSub("NP", "L-TC0"), Sub("NP", "L-TC0")),
    Conjecture("P not in TC0", "P is not inside non-uniform TC0", "P is inside non-uniform TC0",
               NotSub("P", "TC0"), Sub("P", "TC0")),
    Conjecture("NL not in TC0", "NL is not inside non-uniform TC0",
               "NL is inside non-uniform TC0", NotSub("NL", "TC0"), Sub("NL", "TC0")),
    Conjecture("NP not in TC0", "NP is not inside non-uniform TC0",
               "NP is inside non-uniform TC0", NotSub("NP", "TC0"), Sub("NP", "TC0")),
    Conjecture("D-TC1 != P", "DLOGTIME-uniform TC1 != P", "DLOGTIME-uniform TC1 = P",
               NotSub("P", "D-TC1"), Sub("P", "D-TC1")),
    Conjecture("D-TC1 != NP", "DLOGTIME-uniform TC1 != NP", "DLOGTIME-uniform TC1 = NP",
               NotSub("NP", "D-TC1"), Sub("NP", "D-TC1")),
    Conjecture("NC1 != NL", "NC1 != NL", "NC1 = NL", NotSub("NL", "NC1"), Sub("NL", "NC1")),
    Conjecture("NC1 != P", "NC1 != P", "NC1 = P", NotSub("P", "NC1"), Sub("P", "NC1")),
    Conjecture("NC1 != NP", "NC1 != NP", "NC1 = NP", NotSub("NP", "NC1"), Sub("NP", "NC1")),
    Conjecture("P != NP", "P != NP", "P = NP", NotSub("NP", "P"), Sub("NP", "P")),
    Conjecture("NP not in P/poly", "NP is not inside P/poly", "NP is inside P/poly",
               NotSub("NP", "P/poly"), Sub("NP", "P/poly")),
    Conjecture("P != PSPACE", "P != PSPACE", "P = PSPACE",
               NotSub("PSPACE", "P"), Sub("PSPACE", "P")),
    Conjecture("ETH", "the exponential time hypothesis",
               "the exponential time hypothesis fails", NotSub("NP", "P"), None,
               note="3-SAT with n variables needs time 2^(cn) for some c > 0 (Impagliazzo, Paturi "
                    "2001). Of what follows from it, only P != NP is used here."),
)
