"""What state-space models and recurrent networks have in common."""

from __future__ import annotations

from expressivity.configs import mapping
from expressivity.configs.mapping import Mapping, Sizes


def state_space(m: Mapping, what: str) -> None:
    """Diagonal nonnegative transitions beside a constant window."""
    m.set(what, family="ssm", transition="time-invariant nonnegative-diagonal")


def finish(m: Mapping, layers: int, state: int, *sizes: str, vocabulary: int,
           activation: str | None, rms: bool = True) -> None:
    """Everything but the transition. `state` counts the numbers of one layer's state."""
    m.axes |= {"attention": "", "masking": ""}
    m.set("no attention and no positions", softmax="max-subtracted uniform-if-zero plain",
          division="weights quotient", positions="none", uniformity="full")
    bits = mapping.numbers(m, recurrent=True)
    m.notes.append("run position by position, as in decoding, sums are rounded from left to "
                   "right: arithmetic=left-to-right")
    if rms:
        mapping.rms_norm(m)
    else:
        m.set("layer normalisation before each sublayer", norm="pre", norm_epsilon="positive")
    mapping.activation(m, activation, gated=True)
    mapping.constant_sizes(m, *sizes)
    mapping.language_model(m)
    m.sizes = Sizes(layers, precision=bits, state=layers * state,
                    vocabulary=m.fields.size("vocab_size", default=vocabulary))
