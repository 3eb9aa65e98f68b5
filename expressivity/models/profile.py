"""The exact profile of one model as a box; see `proofs.models.profile`."""

from __future__ import annotations

from expressivity.models.model import Model
from languages.errors import InputError
from proofs.models import profile
from proofs.models.profile import NoProfile
from proofs.profile import Profile, box_from_mapping


def model_profile(model: Model) -> Profile:
    """One box: every axis has the value, or the exact size, that this model has.

    Raises:
        InputError: no value of some axis describes the model exactly, or the model is none for
            all n; names the part of the model.
    """
    try:
        return (box_from_mapping(profile.exact_profile(model.definition)),)
    except NoProfile as error:
        raise InputError(str(error)) from None


def depth(model: Model) -> int:
    """The number of blocks, each an attention or recurrent sublayer followed by a network."""
    return profile.depth(model.definition)
