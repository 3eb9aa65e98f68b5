"""Falcon: causal, multi-query attention, rotary positions or ALiBi, parallel sublayers."""

from __future__ import annotations

from expressivity.configs import mapping
from expressivity.configs.mapping import Mapping, Sizes

MODEL_TYPES = ("falcon",)
INERT = ("bias", "multi_query", "new_decoder_architecture", "num_kv_heads", "n_head_kv",
         "num_ln_in_parallel_attn", "rope_theta", "max_position_embeddings", "ffn_hidden_size",
         "layer_norm_epsilon")


def read(m: Mapping) -> None:
    """Fields of FalconConfig (Almazrouei et al. 2023, arXiv 2311.16867)."""
    layers = m.fields.size("num_hidden_layers", "n_layer")
    heads = m.fields.size("num_attention_heads", "n_head")
    width = m.fields.size("hidden_size", "n_embed")
    bits = mapping.numbers(m, recurrent=False)
    mapping.attention(m)
    mapping.masks(m, layers, 0, None)
    if m.fields.flag("alibi", default=False):
        m.set("ALiBi: a slope times i - j is added to the scores", positions="relative",
              uniformity="full")
    else:
        mapping.rotary(m)
    if m.fields.flag("parallel_attn", default=True):
        m.set("attention and network in parallel: a network sublayer that ignores the coordinates "
              "where attention wrote", norm="pre masked-pre", norm_epsilon="positive")
    else:
        m.set("layer normalisation before each sublayer", norm="pre", norm_epsilon="positive")
    name = "apply_residual_connection_post_layernorm"
    if m.fields.has(name) and m.fields.flag(name, default=False):
        m.set("the residual is taken after the normalisation, which no value of the axis says",
              norm="any")
    mapping.activation(m, m.fields.word("activation", default="gelu"), gated=False)
    mapping.constant_sizes(m, "num_hidden_layers", "n_layer", "num_attention_heads", "n_head",
                           "hidden_size", "vocab_size")
    mapping.language_model(m)
    m.sizes = Sizes(layers, heads, mapping.head_dim(m, "hidden_size", width, heads), bits,
                    m.fields.size("vocab_size", default=65024))
