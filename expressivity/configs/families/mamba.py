"""Mamba and Falcon-Mamba: selective state spaces with nonnegative diagonal transitions."""

from __future__ import annotations

from expressivity.configs import recurrent
from expressivity.configs.mapping import Mapping

MODEL_TYPES = ("mamba", "falcon_mamba")
INERT = ("bias", "conv_bias", "d_inner", "d_model", "fused_add_norm", "layer_norm_epsilon",
         "mixer_rms_eps", "n_layer", "rescale_prenorm_residual", "residual_in_fp32", "rms_norm",
         "ssm_cfg", "time_step_floor", "time_step_init_scheme", "time_step_max", "time_step_min",
         "time_step_rank", "time_step_scale", "use_associative_scan", "use_bias",
         "use_conv_bias", "use_falcon_mambapy", "use_mambapy")


def read(m: Mapping) -> None:
    """Fields of MambaConfig (Gu, Dao 2023, arXiv 2312.00752).

    State per layer: intermediate_size x state_size numbers of the recurrence, and
    intermediate_size x conv_kernel of the convolution.
    """
    layers = m.fields.size("num_hidden_layers")
    width = m.fields.size("hidden_size")
    states = m.fields.size("state_size", default=16)
    kernel = m.fields.size("conv_kernel", default=4)
    if m.fields.has("intermediate_size"):
        inner = m.fields.size("intermediate_size")
        m.fields.value("expand")
    else:
        inner = m.fields.size("expand", default=2) * width
    recurrent.state_space(m, "input-dependent transitions exp(D A) with A < 0, so entries in "
                          "[0, 1]; the convolution of constant width is a time-invariant shift")
    recurrent.finish(m, layers, inner * (states + kernel), "num_hidden_layers", "hidden_size",
                     "state_size", "vocab_size", vocabulary=50280,
                     activation=m.fields.word("hidden_act", default="silu"))
