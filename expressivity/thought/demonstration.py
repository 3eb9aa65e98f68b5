"""A run beside a theorem: a decoder of the language, what it writes on one word, checked.

It proves nothing about other words, and where the decoder's own profile leaves the variant (its
numbers are exact rationals) nothing about the variant: the verdict rests on its derivation.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from expressivity.samples import sample_word
from expressivity.thought import automata
from expressivity.thought.build import AUTOMATON, thinks
from expressivity.thought.session import think
from expressivity.thought.thinker import Thinker
from expressivity.thought.trace import trace_data
from expressivity.thought.verify import Checked, Progress, verify_decoder
from expressivity.variants import Variant
from languages.language import Language
from languages.words import Word
from proofs.profile import inside, outside_on
from proofs.thought_trace import check_trace


@dataclass(frozen=True)
class Demonstration:
    """A decoder and its run on a word.

    `outside` names the axes on which the decoder is not a model of the variant, as AXIS=VALUE.
    `trace` is a certificate of the run, accepted by its checker; `repeated` says whether the
    checker also ran the decoder.
    """

    thinker: Thinker
    construction: str
    citation: str
    outside: tuple[str, ...]
    checked: Checked
    word: Word
    tokens: tuple[str, ...]
    accepted: bool
    trace: dict[str, Any]
    repeated: bool

    def to_json(self) -> dict[str, Any]:
        """As plain data."""
        return {"construction": self.construction, "citation": self.citation,
                "outside": list(self.outside), "verified": self.checked.scope,
                "words": self.checked.words, "word": list(self.word),
                "tokens": list(self.tokens), "accepted": self.accepted,
                "trace": "checked, the decoder's run repeated" if self.repeated else "checked"}


def demonstrate(language: Language, variant: Variant, seconds: float,
                progress: Progress | None = None) -> Demonstration | None:
    """A decoder of a regular language run on a short word that it accepts; None for others.

    Raises:
        LimitError: its tensors would be too large.
        RuntimeError: it is wrong (a defect).
    """
    if language.dfa is None or not thinks(variant):
        return None
    thinker = Thinker.from_plain(automata.automaton_decoder(language.dfa))
    box = thinker.profile()
    outside: list[str] = []
    if not any(inside(box, wanted) for wanted in variant.profile):
        plain = box.to_plain()
        outside = min(([f"{a}={plain[a].replace(' ', '+')}" for a in outside_on(box, wanted)]
                       for wanted in variant.profile), key=len)
    checked = verify_decoder(thinker, language, seconds, progress=progress)
    if not checked.agrees:
        raise RuntimeError(f"{AUTOMATON} is wrong for {language.name} on {checked.word}: "
                           f"{checked.why}")
    word = sample_word(language.dfa, language.alphabet)
    decoded = think(thinker, [language.alphabet.index(letter) for letter in word])
    trace = trace_data(thinker, language, word, decoded)
    shown = check_trace(trace)
    return Demonstration(thinker, AUTOMATON, automata.CITATION, tuple(outside), checked, word,
                         tuple(thinker.tokens[m] for m in decoded.tokens), shown.accepted, trace,
                         shown.repeated)
