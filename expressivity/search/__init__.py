"""Smallest models and formulas: searches that leave certificates, checked by `proofs`."""
