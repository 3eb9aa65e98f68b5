"""Qwen2 and Qwen3: as Llama; the first layers may be full, the others windowed."""

from __future__ import annotations

from expressivity.configs import decoder
from expressivity.configs.mapping import Mapping

MODEL_TYPES = ("qwen2", "qwen3")
INERT = ("attention_bias", "rope_theta", "max_position_embeddings")


def read(m: Mapping) -> None:
    """Fields of Qwen2Config and Qwen3Config (Yang et al. 2024, arXiv 2407.10671; 2025, arXiv
    2505.09388). The window is off unless `use_sliding_window`; then layers from number
    `max_window_layers` on have it."""
    window = None
    first = 0
    if m.fields.flag("use_sliding_window", default=False):
        window = m.fields.size("sliding_window", default=4096)
        first = m.fields.count("max_window_layers", default=28)
    else:
        m.fields.value("sliding_window", "max_window_layers")
    third = m.fields.word("model_type") == "qwen3"
    decoder.read(m, activation="silu", key_heads=32, head_dim=128 if third else None,
                 window=window, windowed=lambda layers: max(layers - first, 0))
    if third:
        m.set("queries and keys of each head are normalised, too", norm="any")
