"""Chain of thought: decoders that write tokens before they answer, made, run and verified.

What a decoder computes is defined in `proofs.models.decoder`.
"""
