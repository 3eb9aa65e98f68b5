"""Words, families, states and permutations as text."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from languages.algebra.permutations import Permutation, cycles
from languages.algebra.words import Word
from languages.explanation.families import Family, Part, Sample, length, spelled

LONGEST = 90  # characters of a word
SPELLED = 40  # letters of an example that is written out
LISTED = 12  # items of a list
BRACKETS = (("(", ")"), ("[", "]"), ("{", "}"), ("<", ">"), ("⟨", "⟩"))
WRITTEN = 3  # times that a letter is written out instead of a power


class Spelling:
    """How words over an alphabet are written: brackets for powers that are no letters."""

    def __init__(self, alphabet: tuple[str, ...]) -> None:
        self.alphabet = alphabet
        self.separator = "" if all(len(letter) == 1 for letter in alphabet) else " "
        used = {character for letter in alphabet for character in letter}
        free = [pair for pair in BRACKETS if not used & set(pair)]
        self.left, self.right = free[0] if free else BRACKETS[-1]
        self.empty = "ε" if "ε" not in used else "the empty word"

    def letters(self, word: Iterable[int]) -> str:
        """Letters one by one."""
        return self.separator.join(self.alphabet[a] for a in word) or self.empty

    def power(self, base: str, simple: bool, exponent: str) -> str:
        """base^exponent, with brackets unless the base is a single letter."""
        if exponent == "1":
            return base
        inside = base if simple else f"{self.left}{base}{self.right}"
        return f"{inside}^{exponent}"

    def word(self, word: Word) -> str:
        """A word in blocks; of a long one the beginning."""
        return self._cut(self._blocks(word), sum(c * len(b) for c, b in word))

    def _blocks(self, word: Word) -> str:
        return self._joined([self._block(*block) for block in normal(word)])

    def _block(self, count: int, letters: tuple[int, ...]) -> tuple[str, bool]:
        """A block, and whether it is written out."""
        if count == 1 or (len(letters) == 1 and count <= WRITTEN):
            return self.letters(letters * count), True
        return self.power(self.letters(letters), len(letters) == 1, str(count)), False

    def _joined(self, pieces: Iterable[tuple[str, bool]]) -> str:
        """Neighbours that are written out as one word, the rest with spaces."""
        shown: list[str] = []
        joins = False
        for text, plain in pieces:
            if joins and plain:
                shown[-1] += self.separator + text
            else:
                shown.append(text)
            joins = plain
        return " ".join(shown) or self.empty

    def _cut(self, text: str, letters: int) -> str:
        if len(text) <= LONGEST:
            return text
        return f"{text[:LONGEST - 30]} ... ({letters} letters)" if letters < 10**9 else \
            f"{text[:LONGEST - 30]} ... (more than 10^9 letters)"

    def family(self, family: Family) -> str:
        """A family as a formula in n."""
        return self._joined(piece for part in family if (part.scale or part.shift)
                            for piece in self._part(part))

    def _part(self, part: Part) -> list[tuple[str, bool]]:
        scale, shift = part.scale, part.shift
        if isinstance(part.base, tuple):
            return [(self.power(self.family(part.base), False, exponent(scale, shift)), False)]
        word = normal(part.base)
        if not word:
            return []
        if (scale, shift) == (0, 1):
            shown = [self._block(*block) for block in word]
            long = self._joined(shown)
            return shown if len(long) <= LONGEST else [(self.word(word), False)]
        if len(word) == 1:  # one power instead of a power of a power
            count, letters = word[0]
            word, scale, shift = [(1, letters)], scale * count, shift * count
        simple = len(word) == 1 and len(word[0][1]) == 1
        return [(self.power(self.word(word), simple, exponent(scale, shift)), False)]

    def example(self, sample: Sample) -> tuple[int, str] | None:
        """(n, word): the first words that are written out; None when they are too long."""
        for n in (sample.least + 1, sample.least):
            word = spelled(sample.family, n, SPELLED)
            if word is not None:
                return n, self.letters(word)
        return None


def normal(word: Word) -> Word:
    """The same word with powers of single letters as such, and equal neighbours joined."""
    result: Word = []
    for count, letters in word:
        if not count or not letters:
            continue
        if len(set(letters)) == 1:
            count, letters = count * len(letters), letters[:1]
        if result and result[-1][1] == letters and (len(letters) == 1 or count > 1):
            result[-1] = result[-1][0] + count, letters
        else:
            result.append((count, letters))
    return result


def exponent(scale: int, shift: int) -> str:
    """scale n + shift as text; brackets around more than one symbol."""
    if scale == 0:
        return str(shift)
    text = ("" if scale == 1 else str(scale)) + "n"
    if shift:
        text += f"{'+' if shift > 0 else '-'}{abs(shift)}"
    return text if text == "n" else f"({text})"


def depends_on_n(family: Family) -> bool:
    """Does n occur in the family?"""
    return any(length(family, n) != length(family, n + 1) for n in (2, 3))


def states(some: Sequence[int]) -> str:
    """A set of states."""
    more = ", ..." if len(some) > LISTED else ""
    return "{" + ", ".join(map(str, some[:LISTED])) + more + "}"


def trail(walk: Sequence[int]) -> str:
    """States one after the other."""
    more = [*map(str, walk)]
    if len(more) > LISTED:
        more = [*more[:LISTED - 2], "...", more[-1]]
    return " -> ".join(more)


def permutation(points: Sequence[int], action: Permutation) -> str:
    """A permutation of states in cycles; `action` moves places of `points`."""
    found = cycles(action)
    shown = "".join("(" + " ".join(str(points[x]) for x in cycle) + ")" for cycle in found)
    return (shown if len(shown) <= LONGEST else shown[:LONGEST] + "...") or "the identity"
