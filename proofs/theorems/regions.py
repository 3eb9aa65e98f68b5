"""Bundles of axis values that several boxes share. Boxes stay complete: every axis is written."""

from __future__ import annotations

# One pass, no recurrence, nothing decoded, nothing appended but markers.
ONE_PASS = {"loops": "1", "cot": "0", "padding": "0", "thought": "any"}
FREE_ONE_PASS = ONE_PASS | {"thought": "each any"}
TRANSFORMER = {"family": "transformer", "transition": ""}
CONSTANT_SIZE = {"depth": "1..O(1)", "heads": "0..O(1)", "width": "1..O(1)",
                 "vocabulary": "1..O(1)"}

# No attention, no heads: recurrent families.
RECURRENT = {"attention": "", "masking": "", "softmax": "any", "division": "any",
             "positions": "none"}
FREE_RECURRENT = {"attention": "", "masking": "", "softmax": "each any", "division": "each any",
                  "positions": "none"}

# Unique hard attention without position encodings has finitely many activations for all n together
# if the numbers are exact, or if their precision is constant. With rounding and a precision that
# grows the table of activations may change with n: 3 * round(1/3) > 1 depends on the precision.
CONSTANT_NUMBERS = {"format": "any", "rounding": "any", "arithmetic": "any", "overflow": "any",
                    "division": "any", "softmax": "any", "precision": "1..O(1)",
                    "parameters": "any"}
EXACT_NUMBERS = {"format": "rational real", "rounding": "none", "arithmetic": "exact",
                 "overflow": "never", "division": "any", "softmax": "any",
                 "precision": "unbounded", "parameters": "any"}
ANY_NUMBERS = {"format": "any", "rounding": "any", "arithmetic": "any", "overflow": "any",
               "division": "any", "softmax": "any", "precision": "any", "parameters": "any"}
FREE_NUMBERS = {"format": "each any", "rounding": "each any", "arithmetic": "each any",
                "overflow": "each any", "division": "each any", "softmax": "each any",
                "parameters": "rational"}

ANY_NORM = {"norm": "any", "norm_epsilon": "any"}
FREE_NORM = {"norm": "none", "norm_epsilon": "each any"}

# Constant precision: finitely many values, infinity among them, sums that cannot stagnate
# (Li and Cotterell 2025): either fixed point rounded at each step, or exact sums rounded once.
# Weights are divided first; of quotients of sums speaks the module `quotient`.
OVERFLOWING_FIXED = {"format": "fixed", "rounding": "any", "arithmetic": "left-to-right exact-sums",
                     "division": "weights", "overflow": "infinity", "precision": "1..O(1)",
                     "parameters": "rational"}
OVERFLOWING_EXACT_SUMS = {"format": "fixed float", "rounding": "any", "arithmetic": "exact-sums",
                          "division": "weights", "overflow": "infinity", "precision": "1..O(1)",
                          "parameters": "rational"}

# Logarithmic precision in the sense of Merrill and Sabharwal: operations are computed with extra
# internal bits and truncated. For upper bounds it does not matter where a head divides: both ways
# are a few operations, iterated sums among them. Constructions that compare keys for equality may
# be right for one way only, and their sources do not say for which: the variant must offer both.
LOG_EXTRA = {"format": "fixed float", "rounding": "any", "arithmetic": "extra-precision",
             "division": "any", "overflow": "never", "precision": "log(n)",
             "parameters": "rational"}
FREE_LOG_EXTRA = {"format": "each fixed float", "rounding": "each floor nearest",
                  "arithmetic": "extra-precision", "division": "any", "overflow": "never",
                  "precision": "each log(n)..poly(n)", "parameters": "rational"}
# Constructions by uniform attention, whose margins are far above the errors of either division.
EITHER_DIVISION_LOG = FREE_LOG_EXTRA | {"division": "each any"}
