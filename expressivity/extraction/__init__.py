"""From the weights of a model to the automaton of its language, at all lengths.

Models whose attention looks back only (future masks), with positions i mod m or none, unique hard
attention in any arithmetic, average-hard and softmax attention whose sums are rounded after every
addition from left to right.
"""

from expressivity.extraction.bounded import up_to
from expressivity.extraction.budget import Budget, Refused
from expressivity.extraction.layers import Extraction, Sublayer, extract

__all__ = ["Budget", "Extraction", "Refused", "Sublayer", "extract", "up_to"]
