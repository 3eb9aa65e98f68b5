"""Continuous thought: decoders that feed vectors back, and reachability in graphs by superposition.

What such a decoder computes is defined in `proofs.models.latent`.
"""
