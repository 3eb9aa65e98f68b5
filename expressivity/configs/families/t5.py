"""T5: encoder and decoder, RMS pre-norm, bucketed relative positions."""

from __future__ import annotations

from expressivity.configs import mapping
from expressivity.configs.mapping import Mapping, Sizes

MODEL_TYPES = ("t5",)
INERT = ("d_ff", "dropout_rate", "layer_norm_epsilon", "relative_attention_num_buckets",
         "relative_attention_max_distance", "is_encoder_decoder", "n_positions",
         "dense_act_fn", "is_gated_act")


def read(m: Mapping) -> None:
    """Fields of T5Config (Raffel et al. 2020, arXiv 1910.10683)."""
    layers = m.fields.size("num_layers")
    decoders = m.fields.size("num_decoder_layers", default=layers, why="as num_layers")
    heads = m.fields.size("num_heads")
    m.fields.size("d_model")
    dim = m.fields.size("d_kv")
    bits = mapping.numbers(m, recurrent=False)
    mapping.attention(m)
    m.decodes = False
    m.set("the encoder reads the word; the decoder's first step is read as an end position that "
          "sees all of it; that the encoder does not see this position is idealised away, and so "
          "is what the decoder would write later", masking="none future", markers="eos both",
          readout="eos", acceptance="sign")
    m.set("relative positions in buckets, one bias for each and for each head",
          positions="relative", uniformity="full")
    mapping.rms_norm(m)
    kind = m.fields.word("feed_forward_proj", default="relu")
    mapping.activation(m, str(kind).removeprefix("gated-"), gated=str(kind).startswith("gated-"))
    mapping.constant_sizes(m, "num_layers", "num_decoder_layers", "num_heads", "d_model",
                           "vocab_size")
    # One decoder layer attends twice: to itself, and to the encoder.
    m.sizes = Sizes(layers + 2 * decoders, heads, dim, bits,
                    m.fields.size("vocab_size", default=32128))
