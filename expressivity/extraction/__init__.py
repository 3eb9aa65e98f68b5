"""From the weights of a model to the automaton of its language, at all lengths.

Covered are models whose attention looks back (future masks and windows), with positions i mod m or
none: unique hard attention in any arithmetic; average-hard and softmax attention whose sums are
rounded after every addition from left to right, and in windows any; recurrences of every kind,
which are finite-state when they are rounded; networks and layer norm anywhere. Of models that look
forward, those with unique hard attention that are read at the first position.
"""

from expressivity.extraction.bounded import up_to
from expressivity.extraction.budget import Budget, Refused
from expressivity.extraction.layers import Extraction, Sublayer, extract

__all__ = ["Budget", "Extraction", "Refused", "Sublayer", "extract", "up_to"]
