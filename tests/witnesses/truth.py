"""Is the claim of a certificate true, as far as short words show?"""

from __future__ import annotations

import itertools

from proofs.models.numbers import NotANumber
from proofs.models.reference import NoReadout, accepts
from proofs.witnesses import Witness


def is_true(claim: Witness, longest: int = 6) -> bool:
    """The reference evaluator and the automaton on all words up to a length."""
    model, automaton = claim.model, claim.automaton
    for n in range(longest + 1):
        for word in itertools.product(range(automaton.letters), repeat=n):
            state = automaton.start
            for a in word:
                state = automaton.delta[state][a]
            letters = [model.alphabet.index(automaton.alphabet[a]) for a in word]
            try:
                if accepts(model, letters) != (state in automaton.accept):
                    return False
            except NoReadout:
                if claim.empty_word or n:
                    return False
            except NotANumber:
                return False
    return True
