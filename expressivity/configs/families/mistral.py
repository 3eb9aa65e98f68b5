"""Mistral: as Llama, with a sliding window in all layers or none."""

from __future__ import annotations

from expressivity.configs import decoder
from expressivity.configs.mapping import Mapping

MODEL_TYPES = ("mistral",)
INERT = ("rope_theta", "max_position_embeddings")


def read(m: Mapping) -> None:
    """Fields of MistralConfig (Jiang et al. 2023, arXiv 2310.06825).

    `sliding_window` is null for models without a window; where it is missing, the documented
    default of 4096 holds, in all layers.
    """
    window = (m.fields.optional_size("sliding_window") if m.fields.states("sliding_window")
              else m.fields.size("sliding_window", default=4096))
    decoder.read(m, activation="silu", key_heads=8, window=window,
                 windowed=lambda layers: layers if window is not None else 0)
