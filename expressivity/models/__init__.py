"""Models with weights: arrays, fast evaluation, files, exact profiles.

What a model computes is defined in `proofs.models.reference`; everything here agrees with it.
"""
