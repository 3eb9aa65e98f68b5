"""Gemma, Gemma 2 and the text models of Gemma 3."""

from __future__ import annotations

from collections.abc import Callable

from expressivity.configs import decoder
from expressivity.configs.mapping import Mapping

MODEL_TYPES = ("gemma", "gemma2", "gemma3_text")
INERT = ("attention_bias", "rope_theta", "max_position_embeddings", "query_pre_attn_scalar",
         "rope_local_base_freq", "hidden_act")


def read(m: Mapping) -> None:
    """Fields of GemmaConfig, Gemma2Config, Gemma3TextConfig (Gemma Team 2024, arXiv 2403.08295,
    2408.00118; 2025, arXiv 2503.19786)."""
    version = m.fields.word("model_type")
    window = None
    windowed: Callable[[int], int] = decoder.none_windowed
    if version == "gemma2":  # every other layer, from the first on
        window = m.fields.size("sliding_window", default=4096)
        windowed = decoder.every_other
    elif version == "gemma3_text":  # five of six
        window = m.fields.size("sliding_window", default=4096)
        windowed = decoder.but_every(m.fields.size("sliding_window_pattern", default=6))
    decoder.read(m, activation="gelu_pytorch_tanh", head_dim=256, window=window,
                 windowed=windowed, key_heads={"gemma": 16}.get(str(version), 4))
    if version != "gemma":
        m.set("each sublayer's output is normalised again before it is added, which no value of "
              "the axis says", norm="any")
    for name, what in (("attn_logit_softcapping", "attention scores"),
                       ("final_logit_softcapping", "output scores")):
        if m.fields.has(name):
            m.notes.append(f"{name}={m.fields.value(name)}: {what} pass through c tanh(s / c), "
                           "a bounded increasing map that is not on any axis: idealised away")
        else:
            m.fields.value(name)
