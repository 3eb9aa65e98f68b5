"""Llama: causal, RMS pre-norm, rotary positions, gated networks."""

from __future__ import annotations

from expressivity.configs import decoder
from expressivity.configs.mapping import Mapping

MODEL_TYPES = ("llama",)
INERT = ("attention_bias", "mlp_bias", "rope_theta", "max_position_embeddings")


def read(m: Mapping) -> None:
    """Fields of LlamaConfig (Touvron et al. 2023, arXiv 2302.13971, and later versions)."""
    decoder.read(m, activation="silu")
