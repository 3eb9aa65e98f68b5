"""Why a model has no exact profile."""

from __future__ import annotations


class NoProfile(ValueError):
    """No value of some axis describes the model exactly, or it is no model for all n; says why."""
