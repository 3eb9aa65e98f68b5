"""Mamba-2: one nonnegative decay for each head and step."""

from __future__ import annotations

from expressivity.configs import recurrent
from expressivity.configs.mapping import Mapping

MODEL_TYPES = ("mamba2",)
INERT = ("chunk_size", "layer_norm_epsilon", "norm_before_gate", "rescale_prenorm_residual",
         "residual_in_fp32", "rms_norm", "time_step_floor", "time_step_limit", "time_step_max",
         "time_step_min", "time_step_rank", "use_bias", "use_conv_bias", "use_mambapy")


def read(m: Mapping) -> None:
    """Fields of Mamba2Config (Dao, Gu 2024, arXiv 2405.21060).

    State per layer: num_heads x head_dim x state_size numbers of the recurrence, and
    (expand x hidden_size + 2 n_groups x state_size) x conv_kernel of the convolution.
    """
    layers = m.fields.size("num_hidden_layers")
    width = m.fields.size("hidden_size")
    heads = m.fields.size("num_heads", default=128)
    dim = m.fields.size("head_dim", default=64)
    states = m.fields.size("state_size", default=128)
    groups = m.fields.size("n_groups", default=8)
    kernel = m.fields.size("conv_kernel", default=4)
    inner = m.fields.size("expand", default=2) * width
    if inner != heads * dim:
        raise m.fields.error("num_heads", f"expand * hidden_size / head_dim, that is {inner} / "
                             f"{dim}")
    recurrent.state_space(m, "one decay in [0, 1] for each head and step, a multiple of the "
                          "identity; the convolution of constant width is a time-invariant shift")
    recurrent.finish(m, layers, heads * dim * states + (inner + 2 * groups * states) * kernel,
                     "num_hidden_layers", "hidden_size", "num_heads", "state_size", "vocab_size",
                     vocabulary=32768, activation=m.fields.word("hidden_act", default="silu"))
