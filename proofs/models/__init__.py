"""What a model with weights means: number contracts, the format of models, a plain evaluator.

Everything here is standard library only and exact: rationals, or a stated number contract bit for
bit. Fast evaluators elsewhere are tested against `reference.run`, never the other way round.
"""
