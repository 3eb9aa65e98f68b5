"""GPT-NeoX and Pythia: causal, partly rotary positions, parallel sublayers."""

from __future__ import annotations

from expressivity.configs import mapping
from expressivity.configs.mapping import Mapping, Sizes

MODEL_TYPES = ("gpt_neox",)
INERT = ("rotary_pct", "rotary_emb_base", "rope_theta", "partial_rotary_factor",
         "attention_bias", "layer_norm_eps", "max_position_embeddings", "intermediate_size",
         "is_decoder")


def read(m: Mapping) -> None:
    """Fields of GPTNeoXConfig (Black et al. 2022, arXiv 2204.06745)."""
    layers = m.fields.size("num_hidden_layers")
    heads = m.fields.size("num_attention_heads")
    width = m.fields.size("hidden_size")
    bits = mapping.numbers(m, recurrent=False)
    mapping.attention(m)
    mapping.masks(m, layers, 0, None)
    mapping.rotary(m)
    if m.fields.flag("use_parallel_residual", default=True):
        m.set("attention and network read the same stream, in parallel: a network sublayer that "
              "ignores the coordinates where attention wrote", norm="pre masked-pre",
              norm_epsilon="positive")
    else:
        m.set("layer normalisation before each sublayer", norm="pre", norm_epsilon="positive")
    mapping.activation(m, m.fields.word("hidden_act", default="gelu"), gated=False)
    mapping.constant_sizes(m, "num_hidden_layers", "num_attention_heads", "hidden_size",
                           "vocab_size")
    mapping.language_model(m)
    m.sizes = Sizes(layers, heads, mapping.head_dim(m, "hidden_size", width, heads), bits,
                    m.fields.size("vocab_size", default=50432))
