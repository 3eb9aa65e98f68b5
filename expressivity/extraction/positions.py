"""The first transducer: embeddings of letters at positions i mod m."""

from __future__ import annotations

from expressivity.extraction.numbers import Vector
from expressivity.extraction.transducer import Interner, Transducer
from proofs.models.architecture import Model


def embed(model: Model) -> Transducer[Vector]:
    """The embeddings; the state is the phase of the position to come."""
    symbols: Interner[Vector] = Interner()
    period = model.period
    marked = model.markers in ("bos", "both")
    begin = symbols(model.embedding[model.begin][0]) if marked else None
    first = 1 % period if marked else 0
    phases = [(first + i) % period for i in range(period)]
    letters = range(len(model.alphabet))
    end = None
    if model.markers in ("eos", "both"):
        end = [symbols(model.embedding[model.end][phase]) for phase in phases]
    return Transducer(
        [[(i + 1) % period for _ in letters] for i in range(period)],
        [[symbols(model.embedding[a][phase]) for a in letters] for phase in phases],
        end, begin, symbols.values)
