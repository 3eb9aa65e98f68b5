"""GPT-2: causal, pre-norm, a learned table of positions."""

from __future__ import annotations

from expressivity.configs import mapping
from expressivity.configs.mapping import Mapping, Sizes

MODEL_TYPES = ("gpt2",)
INERT = ("n_ctx", "scale_attn_weights", "scale_attn_by_inverse_layer_idx",
         "reorder_and_upcast_attn", "n_inner", "layer_norm_epsilon")


def read(m: Mapping) -> None:
    """Fields of GPT2Config (Radford et al. 2019)."""
    layers = m.fields.size("n_layer", "num_hidden_layers")
    heads = m.fields.size("n_head", "num_attention_heads")
    width = m.fields.size("n_embd", "hidden_size")
    bits = mapping.numbers(m, recurrent=False)
    mapping.attention(m)
    mapping.masks(m, layers, 0, None)
    mapping.learned_table(m, m.fields.size("n_positions", "max_position_embeddings",
                                           default=1024), "n_positions")
    m.set("layer normalisation before each sublayer", norm="pre", norm_epsilon="positive")
    mapping.activation(m, m.fields.word("activation_function", default="gelu_new"), gated=False)
    mapping.constant_sizes(m, "n_layer", "n_head", "n_embd", "vocab_size")
    mapping.language_model(m)
    m.sizes = Sizes(layers, heads, mapping.head_dim(m, "n_embd", width, heads), bits,
                    m.fields.size("vocab_size", default=50257))
