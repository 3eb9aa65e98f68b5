"""State-space models, linear and non-linear recurrent networks."""

from __future__ import annotations

from proofs.citation import Axiom, Citation
from proofs.profile import box
from proofs.statements import Can, Lower, Upper
from proofs.theorems.named_languages import PARITY
from proofs.theorems.regions import (
    ANY_NORM,
    FREE_NORM,
    FREE_ONE_PASS,
    FREE_RECURRENT,
    ONE_PASS,
    RECURRENT,
)

_ILLUSION = Citation("Merrill, Petty, Sabharwal", 2024, "The Illusion of State in State-Space "
                     "Models", "ICML, arXiv 2404.08819")
_ALSMANN = Citation("Alsmann, Noori, Lange", 2026, "On the Expressiveness of State Space Models "
                    "via Temporal Logics", "ICLR, arXiv 2601.19467")
_GRAZZI = Citation("Grazzi, Siems, Zela, Franke, Hutter, Pontil", 2025, "Unlocking State-Tracking "
                   "in Linear RNNs Through Negative Eigenvalues", "ICLR, arXiv 2411.12537")
_MERRILL20 = Citation("Merrill, Weiss, Goldberg, Schwartz, Smith, Yahav", 2020, "A Formal "
                      "Hierarchy of RNN Architectures", "ACL")

_PARALLEL = Citation("Merrill, Jiang, Li, Lin, Sabharwal", 2026, "Why Are Linear RNNs More "
                     "Parallelizable?", "ICML, arXiv 2603.03612")

_STACK = {"depth": "1..O(1)", "width": "1..O(1)", "heads": "0..O(1)", "vocabulary": "1..O(1)"}
_FINITE = {"format": "fixed float", "rounding": "floor nearest", "overflow": "infinity saturate",
           "precision": "1..O(1)", "parameters": "rational"}
_FREE_FINITE = {"format": "each fixed float", "rounding": "each floor nearest",
                "overflow": "each infinity saturate", "precision": "1..O(1)",
                "parameters": "rational", "arithmetic": "left-to-right"}

DIAGONAL_SSM = Axiom(
    "diagonal-ssm-in-tc0",
    "State-space models with time-invariant or real diagonal input-dependent transitions and log "
    "precision, recurrences evaluated in closed form: only languages in L-uniform TC0.",
    (Upper((box(
        **_STACK, **RECURRENT, **ONE_PASS, **ANY_NORM,
        family="ssm", transition="time-invariant nonnegative-diagonal signed-diagonal",
        ffn="relu", uniformity="full dlogtime logspace", format="fixed float", rounding="any",
        arithmetic="closed-form", overflow="never", precision="log(n)", parameters="rational",
        markers="any", readout="eos last", acceptance="any",
    ),), "L-TC0"),),
    _ILLUSION, "yes",
    results=("merrill-petty-sabharwal-2024-lti", "merrill-petty-sabharwal-2024-diagonal"),
)

DIAGONAL_STAR_FREE = Axiom(
    "diagonal-ssm-star-free",
    "State-space models with nonnegative diagonal gates recognise every star-free language, at "
    "constant and at log precision.",
    (
        Lower("star-free", (box(
            **_STACK, **FREE_RECURRENT, **FREE_ONE_PASS, **FREE_NORM,
            **_FREE_FINITE, family="ssm", transition="nonnegative-diagonal", ffn="relu",
            uniformity="full", markers="each eos both", readout="eos", acceptance="sign",
        ),)),
        Lower("star-free", (box(
            **_STACK, **FREE_RECURRENT, **FREE_ONE_PASS, **FREE_NORM,
            family="ssm", transition="nonnegative-diagonal", ffn="relu",
            uniformity="full", markers="each eos both", readout="eos", acceptance="sign",
            format="each fixed float", rounding="each floor nearest", arithmetic="closed-form",
            overflow="never", precision="log(n)", parameters="rational",
        ),)),
    ),
    _ALSMANN, "part",
    note="Cascades of flip-flops with gates in {0, 1} and delay layers (Krohn, Rhodes 1965).",
    results=("alsmann-2026",),
    see=("expressivity/constructions/state_space.py",),
)

SIGNED_TWO_GROUPS = Axiom(
    "signed-diagonal-two-groups",
    "Real diagonal recurrences at constant precision, rounded at every step: only regular "
    "languages whose syntactic monoid contains 2-groups only; so no counting modulo 3 and no "
    "non-solvable group.",
    (
        Upper((box(
            **_STACK, **RECURRENT, **ONE_PASS, **ANY_NORM, **_FINITE,
            family="ssm", transition="nonnegative-diagonal signed-diagonal", ffn="any",
            uniformity="full", arithmetic="left-to-right", markers="any", readout="eos last",
            acceptance="any",
        ),), "2-groups"),
        Upper((box(
            **_STACK, **RECURRENT, **ONE_PASS, **ANY_NORM, **_FINITE,
            family="ssm", transition="nonnegative-diagonal", ffn="any", uniformity="full",
            arithmetic="left-to-right", markers="any", readout="eos last", acceptance="any",
        ),), "star-free"),
    ),
    Citation(_GRAZZI.authors, 2025, _GRAZZI.title, _GRAZZI.venue, "Theorems 1-2"), "derived",
    note="One coordinate's step h -> round(round(a h) + b) is a map of a finite chain that "
         "preserves the order for a >= 0 and reverses it for a < 0; a group of such maps has at "
         "most two elements. Layers form a cascade, and 2-groups are closed under extension. "
         "Models that produce NaN are excluded. The paper's theorems are the special cases "
         "parity and counting modulo m.",
    results=("grazzi-2025-parity", "grazzi-2025-mod"),
    see=("expressivity/constructions/state_space.py",),
)

SIGNED_PARITY = Axiom(
    "signed-diagonal-parity",
    "One layer with transition entries 1 and -1 recognises parity.",
    (Can(PARITY, (box(
        **_STACK, **FREE_RECURRENT, **FREE_ONE_PASS, **FREE_NORM,
        **_FREE_FINITE, family="ssm", transition="signed-diagonal", ffn="relu",
        uniformity="full", markers="each eos both", readout="eos", acceptance="sign",
    ),)),),
    _GRAZZI, "derived",
    note="h_0 = 1 and h_t = -h_(t-1) on letter 1, h_t = h_(t-1) on letter 0: exact in any format "
         "with 1 and -1.",
    results=("grazzi-2025-parity",),
    see=("expressivity/constructions/state_space.py",),
)

_ONE_LINEAR_LAYER = _STACK | FREE_RECURRENT | FREE_ONE_PASS | FREE_NORM | {
    "depth": "1", "family": "linear-rnn", "transition": "general", "ffn": "relu",
    "uniformity": "full", "markers": "each eos both", "readout": "eos", "acceptance": "sign"}

GENERAL_TRANSITIONS = Axiom(
    "general-linear-rnn-regular",
    "One layer of linear recurrence with arbitrary input-dependent matrices recognises every "
    "regular language, at constant and at log precision.",
    (
        Lower("REG", (box(**_ONE_LINEAR_LAYER, **_FREE_FINITE),)),
        Lower("REG", (box(
            **_ONE_LINEAR_LAYER, format="each fixed float", rounding="each floor nearest",
            arithmetic="closed-form", overflow="never", precision="log(n)", parameters="rational",
        ),)),
    ),
    _ILLUSION, "derived",
    note="The state is the automaton's, one coordinate for each, and a letter's matrix moves it. "
         "All entries, of products too, are 0 or 1, hence exact in any order and format with 0 "
         "and 1.",
    results=("merrill-petty-sabharwal-2024-ids4",),
    see=("expressivity/constructions/linear_rnn.py",),
)

RATIONAL_LINEAR = Axiom(
    "rational-linear-rnn-in-l",
    "One layer of linear recurrence over exact rationals recognises only languages in L.",
    (Upper((box(
        **_STACK | {"depth": "1"}, **RECURRENT, **ONE_PASS, family="linear-rnn",
        transition="time-invariant nonnegative-diagonal signed-diagonal householder general",
        norm="none", norm_epsilon="any", ffn="relu", uniformity="full", format="rational",
        rounding="none", arithmetic="exact", overflow="never", precision="unbounded",
        parameters="rational", markers="any", readout="eos last", acceptance="any",
    ),), "L"),),
    _PARALLEL, "derived",
    note="The paper has PNC1, inside L, for constantly many layers; stated here for one, where the "
         "matrices come from a finite set: entries of their product are polynomially long "
         "integers over a power of a common denominator, computed in L, and a network of constant "
         "size compares boundedly many of them.",
    results=("merrill-2026-linear-rnn",),
)

HOUSEHOLDER = Axiom(
    "householder-regular",
    "Linear recurrences whose transitions are products of generalised Householder matrices with "
    "eigenvalues in [-1, 1], at finite precision: every regular language.",
    (Lower("REG", (box(
        **_STACK, **FREE_RECURRENT, **FREE_ONE_PASS, **FREE_NORM,
        **_FREE_FINITE, family="linear-rnn", transition="householder", ffn="relu",
        uniformity="full", markers="each eos both", readout="eos", acceptance="sign",
    ),)),),
    Citation(_GRAZZI.authors, 2025, _GRAZZI.title, _GRAZZI.venue, "Theorems 3-4"), "part",
    results=("grazzi-2025-regular",),
    see=("expressivity/constructions/householder.py",),
)

FINITE_STATE = Axiom(
    "finite-precision-recurrence-regular",
    "A recurrence at constant precision, rounded at every step, has finitely many states: only "
    "regular languages. Simple non-linear networks recognise them all.",
    (
        Upper((box(
            **_STACK, **RECURRENT, **ONE_PASS, **ANY_NORM, **_FINITE,
            family="any", transition="any", ffn="any", uniformity="full",
            arithmetic="left-to-right", markers="any", readout="eos last", acceptance="any",
        ),), "REG"),
        Lower("REG", (box(
            **_STACK, **FREE_RECURRENT, **FREE_ONE_PASS, **FREE_NORM,
            **_FREE_FINITE, family="rnn", transition="nonlinear", ffn="relu",
            uniformity="full", markers="each eos both", readout="eos", acceptance="sign",
        ),)),
    ),
    _MERRILL20, "part",
    note="Minsky 1967: |Q||Σ| threshold units.",
    results=("finite-precision-rnn",),
    see=("expressivity/constructions/simple_rnn.py", "expressivity/extraction/recurrence.py"),
)
