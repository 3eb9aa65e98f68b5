"""RWKV, version 4: sums of values with fixed decays."""

from __future__ import annotations

from expressivity.configs import recurrent
from expressivity.configs.mapping import Mapping

MODEL_TYPES = ("rwkv",)
INERT = ("context_length", "max_position_embeddings", "intermediate_size", "layer_norm_epsilon",
         "rescale_every")


def read(m: Mapping) -> None:
    """Fields of RwkvConfig (Peng et al. 2023, arXiv 2305.13048).

    State per layer: two vectors of hidden_size (the previous position's, for each sublayer) and
    three of attention_hidden_size (numerator, denominator, running maximum).
    """
    layers = m.fields.size("num_hidden_layers")
    width = m.fields.size("hidden_size")
    inner = m.fields.size("attention_hidden_size", default=width, why="as hidden_size")
    m.set("weighted sums with a fixed decay for each channel, kept as numerator, denominator and "
          "running maximum: a time-invariant recurrence; rounded, the maximum makes it a "
          "non-linear one, so both", family="ssm rnn",
          transition="time-invariant nonnegative-diagonal nonlinear")
    recurrent.finish(m, layers, 2 * width + 3 * inner, "num_hidden_layers", "hidden_size",
                     "attention_hidden_size", "vocab_size", vocabulary=50277,
                     activation="squared ReLU", rms=False)
