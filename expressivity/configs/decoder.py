"""What causal decoders with RMS pre-norm, rotary positions and gated networks have in common."""

from __future__ import annotations

from collections.abc import Callable

from expressivity.configs import mapping
from expressivity.configs.mapping import Mapping, Sizes


def none_windowed(layers: int) -> int:
    """No layer has a window."""
    return 0 * layers


def every_other(layers: int) -> int:
    """The first, third, fifth ... layer has a window."""
    return (layers + 1) // 2


def but_every(period: int) -> Callable[[int], int]:
    """All layers but the last of each `period` have a window."""
    return lambda layers: layers - layers // period


def read(m: Mapping, *, activation: str, key_heads: int | None = None,
         head_dim: int | None = None, window: int | None = None,
         windowed: Callable[[int], int] = none_windowed) -> None:
    """Read the usual fields.

    Args:
        m: where the axes and notes go.
        activation: the documented default of the activation.
        key_heads: that of num_key_value_heads; None for as many as heads.
        head_dim: that of head_dim; None for hidden_size / num_attention_heads.
        window: the sliding window, if there is one.
        windowed: how many of so many layers have it, where layer_types does not say.
    """
    fields = m.fields
    layers = fields.size("num_hidden_layers")
    heads = fields.size("num_attention_heads")
    width = fields.size("hidden_size")
    fields.value("intermediate_size", "rms_norm_eps")
    keys = fields.size("num_key_value_heads", default=min(key_heads or heads, heads))
    if heads % keys:
        raise fields.error("num_key_value_heads", f"a divisor of num_attention_heads={heads}")
    if fields.has("head_dim"):
        dim = fields.size("head_dim")
    elif head_dim is not None:
        dim = fields.size("head_dim", default=head_dim)
    else:
        fields.value("head_dim")
        dim = mapping.head_dim(m, "hidden_size", width, heads)
    bits = mapping.numbers(m, recurrent=False)
    mapping.attention(m)
    local = windowed(layers) if window is not None else 0
    full, local = mapping.layer_kinds(m, layers) or (layers - local, local)
    all_local = mapping.masks(m, full, local, window)
    mapping.rotary(m)
    mapping.rms_norm(m)
    mapping.activation(m, fields.word("hidden_activation", "hidden_act", default=activation),
                       gated=True)
    if keys != heads:
        m.notes.append(f"num_key_value_heads={keys}: heads share keys and values, a restriction "
                       "of the weights that is not on any axis")
    mapping.constant_sizes(m, "num_hidden_layers", "num_attention_heads", "hidden_size",
                           "vocab_size")
    mapping.language_model(m)
    state = 2 * layers * keys * dim * window if all_local and window is not None else None
    m.sizes = Sizes(layers, heads, dim, bits,
                    fields.size("vocab_size") if fields.has("vocab_size") else None, state)
