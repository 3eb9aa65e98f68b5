"""RASP: programs over sequences, their meaning, a library, and exact weights.

    from expressivity.programs.rasp import compile_rasp, indices, tokens
    from expressivity.programs.rasp.library import hist

    compile_rasp(hist(), "abc").run("abac")     # [2, 1, 2, 1], at every length

Weiss, Goldberg, Yahav, "Thinking like transformers" (ICML 2021); compiled to weights first by
Lindner et al., "Tracr: compiled transformers as a laboratory for interpretability" (2023).
"""

from expressivity.programs.rasp.compiled import CompiledRasp, compile_rasp
from expressivity.programs.rasp.interpreter import interpret, selection
from expressivity.programs.rasp.language import (
    Aggregate,
    And,
    Compare,
    Comparison,
    Full,
    Indices,
    Linear,
    Map,
    Not,
    Or,
    Product,
    Select,
    Selector,
    SelectorAnd,
    SelectorNot,
    SelectorOr,
    SelectorWidth,
    SequenceMap,
    SOp,
    Tokens,
    indices,
    tokens,
)
from expressivity.programs.rasp.values import Value

__all__ = ["Aggregate", "And", "Compare", "Comparison", "CompiledRasp", "Full", "Indices",
           "Linear", "Map", "Not", "Or", "Product", "SOp", "Select", "Selector", "SelectorAnd",
           "SelectorNot", "SelectorOr", "SelectorWidth", "SequenceMap", "Tokens", "Value",
           "compile_rasp", "indices", "interpret", "selection", "tokens"]
