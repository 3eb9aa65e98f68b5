"""BERT: an encoder with post-norm and a learned table of positions."""

from __future__ import annotations

from expressivity.configs import mapping
from expressivity.configs.mapping import Mapping, Sizes

MODEL_TYPES = ("bert",)
INERT = ("type_vocab_size", "layer_norm_eps", "intermediate_size", "directionality",
         "pooler_fc_size", "pooler_num_attention_heads", "pooler_num_fc_layers",
         "pooler_size_per_head", "pooler_type")


def read(m: Mapping) -> None:
    """Fields of BertConfig (Devlin et al. 2019, arXiv 1810.04805)."""
    layers = m.fields.size("num_hidden_layers")
    heads = m.fields.size("num_attention_heads")
    width = m.fields.size("hidden_size")
    bits = mapping.numbers(m, recurrent=False)
    mapping.attention(m)
    if m.fields.has("is_decoder") and m.fields.flag("is_decoder", default=False):
        mapping.masks(m, layers, 0, None)
        mapping.language_model(m)
    else:
        m.decodes = False
        m.set("an encoder: every position sees all", masking="none")
        m.set("the answer is read at the marker in front ([CLS]), which sees all positions, as an "
              "end marker would", markers="both", readout="eos first", acceptance="sign")
    kind = m.fields.word("position_embedding_type", default="absolute")
    if kind == "absolute":
        mapping.learned_table(m, m.fields.size("max_position_embeddings", default=512),
                              "max_position_embeddings")
    elif kind in ("relative_key", "relative_key_query"):
        m.fields.value("max_position_embeddings")
        m.set(f"position_embedding_type={kind}: learned terms in i - j, up to a distance",
              positions="relative", uniformity="full dlogtime logspace nonuniform")
    else:
        raise m.fields.error("position_embedding_type",
                             "absolute, relative_key or relative_key_query")
    m.set("layer normalisation after each sublayer and residual", norm="post",
          norm_epsilon="positive")
    mapping.activation(m, m.fields.word("hidden_act", default="gelu"), gated=False)
    mapping.constant_sizes(m, "num_hidden_layers", "num_attention_heads", "hidden_size",
                           "vocab_size")
    m.sizes = Sizes(layers, heads, mapping.head_dim(m, "hidden_size", width, heads), bits,
                    m.fields.size("vocab_size", default=30522))
