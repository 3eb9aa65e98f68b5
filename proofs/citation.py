"""Where a statement of the base comes from, and the shape of an axiom."""

from __future__ import annotations

from dataclasses import dataclass

from proofs.statements import Statement


@dataclass(frozen=True)
class Citation:
    """Authors, year, title, venue or arXiv identifier, and the place in the text."""

    authors: str
    year: int
    title: str
    venue: str
    place: str = ""

    def __str__(self) -> str:
        place = f", {self.place}" if self.place else ""
        return f"{self.authors} {self.year}{place}"

    def full(self) -> str:
        """The bibliography entry."""
        place = f", {self.place}" if self.place else ""
        return f"{self.authors} ({self.year}). {self.title}. {self.venue}{place}."


@dataclass(frozen=True)
class Axiom:
    """A cited theorem of the literature, or one argued in `note` (`verified="derived"`).

    `verified`: "yes" the statement was checked against the paper's text or abstract; "part" its
    headline was; "no" unchecked; "derived" argued here from the cited sources; "textbook".
    `disputed` names public objections. `text` says the theorem in words. `results` are the keys of
    the results of the literature that it states, all or part; `see` are files of the project with
    the construction, or with what checks it.
    """

    id: str
    text: str
    statements: tuple[Statement, ...]
    cite: Citation | None
    verified: str
    note: str = ""
    disputed: str = ""
    results: tuple[str, ...] = ()
    see: tuple[str, ...] = ()


@dataclass(frozen=True)
class Conjecture:
    """A statement nobody has proved, which answers may be conditional on.

    `holds` is what is believed, or a statement that follows from it; `fails` what follows from its
    negation, None if nothing here does. `believed` and `refuted` are the words for the two, e.g.
    "DLOGTIME-uniform TC0 != NC1" and "DLOGTIME-uniform TC0 = NC1".
    """

    id: str
    believed: str
    refuted: str
    holds: Statement
    fails: Statement | None
    note: str = ""


# What a result that is kept as text is about.
REMARK_KINDS = {
    "recognition": "what models recognise, under hypotheses that the axes do not express",
    "margin": "recognition with a margin that does not shrink",
    "steps": "how many decoded tokens or repetitions are needed or suffice",
    "size": "how many layers, heads, dimensions or bits are needed or suffice",
    "generation": "next tokens or output sequences, not recognition",
    "probabilistic": "distributions over words, not languages",
    "approximation": "functions of real vectors, or of one length",
    "sample-complexity": "how many examples suffice",
    "learnability": "what training finds",
    "running-time": "how long a computation takes",
    "decidability": "how hard it is to answer questions about models or programs",
    "complexity": "classes and languages, without models",
    "monotonicity": "what a change of one axis keeps; only containment is a rule of inference",
    "open": "what nobody knows",
    "unchecked": "not compared with its source at all, and of no use before it is",
    "caution": "what must not be concluded",
}


@dataclass(frozen=True)
class Remark:
    """A result kept as text: nothing can be derived from it.

    `kind` is a key of `REMARK_KINDS`; the other fields are those of an axiom.
    """

    id: str
    text: str
    cite: Citation | None
    verified: str
    kind: str = "recognition"
    note: str = ""
    disputed: str = ""
    results: tuple[str, ...] = ()
    see: tuple[str, ...] = ()
