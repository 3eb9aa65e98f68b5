"""Reports about one decoder: what it is, what it writes on a word, what its kind can do at all."""

from __future__ import annotations

from typing import Final

from expressivity.models.shares import short_share
from expressivity.models.sizes import sizes
from expressivity.queries.bounds import Bounds, bounds
from expressivity.queries.explain import Wording
from expressivity.report.data import Command, Fact, Group, HeadTable, Report, Sample
from expressivity.report.derivations import grounds, nodes
from expressivity.report.diagram import diagram, interval
from expressivity.report.makers import bound_facts
from expressivity.report.models import LIKE_IT, described, flat
from expressivity.report.parts import boxes, shell
from expressivity.samples import sample_word
from expressivity.thought.session import think
from expressivity.thought.thinker import Thinker
from expressivity.thought.trace import Share, attended
from expressivity.variants import Variant
from languages.errors import InputError
from languages.words import Word, parse_word, show_word
from proofs.models.architecture import plain_contract
from proofs.models.numbers import NotANumber
from proofs.models.positions import OutOfRange
from proofs.models.reference import NoReadout, marked

MAX_TOKENS: Final = 200
"""Tokens after which a sample run is ended."""
MAX_TABLE: Final = 40
"""Positions up to which attention is shown."""


def about_decoder(thinker: Thinker, path: str, *, word: str | None = None,
                  separator: str | None = None) -> Report:
    """Contract, sizes, tokens, profile, and a run on a word, by default a short one.

    Raises:
        InputError: a letter of `word` is not in the alphabet.
    """
    definition = thinker.definition
    shown = parse_word(word, thinker.alphabet, separator) if word is not None else \
        _usual_word(thinker)
    notes: list[str] = []
    found: Bounds | None = None
    profile: tuple[Group, ...] = ()
    variant = Variant(LIKE_IT, ())
    try:
        variant = Variant(LIKE_IT, (thinker.profile(),))
        found = bounds(variant.profile)
        profile = boxes(variant.profile, "The exact profile of the decoder")
    except InputError as error:
        notes.append(f"The decoder has no profile: {error}")
    theorems = () if found is None else (*found.upper, *found.regular, *found.lower)
    short = all(len(letter) == 1 for letter in thinker.alphabet)
    separated: tuple[str, ...] = () if short else ("--sep", " ")
    facts = [Fact("alphabet", " ".join(thinker.alphabet)),
             Fact("markers", definition.model.markers),
             Fact("made for", "words of any length" if definition.length is None
                  else f"words of length {definition.length}"),
             Fact("tokens", f"{len(thinker.tokens)}: {' '.join(thinker.tokens[:20])}"
                  + (" ..." if len(thinker.tokens) > 20 else ""))]
    return Report(
        "model", path, "a decoder, which writes a chain of thought",
        tuple(f"L({LIKE_IT}) {fact.label}: {fact.value}." for fact in
              (bound_facts(found) if found else [])), tuple(facts),
        (Group("Number contract", tuple(flat(plain_contract(definition.model.contract)))),
         Group("Sizes", tuple(flat(sizes(definition.model)))),
         Group("Sublayers", tuple(Fact(f"{k}", described(layer)) for k, layer in
                                  enumerate(definition.model.layers, start=1))), *profile),
        nodes(theorems, Wording(LIKE_IT, variant.profile)),
        diagram(interval(found), bounds=found, variant=LIKE_IT) if found else None,
        sample=_sample(thinker, shown), grounds=grounds(theorems),
        commands=(Command("Run the sample word again", (shell(
            "run", path, show_word(shown, None if short else " "), "--trace", *separated),)),),
        notes=tuple(notes))


def _usual_word(thinker: Thinker) -> Word:
    length = thinker.definition.length
    if length is None:
        return sample_word(None, thinker.alphabet)
    return tuple(thinker.alphabet[k % len(thinker.alphabet)] for k in range(length))


def _sample(thinker: Thinker, word: Word) -> Sample:
    """The tokens on a word; rows of the tables are the positions that wrote one."""
    definition = thinker.definition
    coded = [thinker.alphabet.index(letter) for letter in word]
    text = show_word(word)
    try:
        decoded = think(thinker, coded, MAX_TOKENS)
    except (NoReadout, NotANumber, OutOfRange) as error:
        return Sample(text, f"no answer: {error}")
    names = [thinker.tokens[m] for m in decoded.tokens]
    answer = {None: f"no answer within {len(names)} tokens", True: "accepted",
              False: "rejected"}[decoded.accepted]
    said = f"{answer}; tokens: {' '.join(names)}"
    symbols = [*thinker.alphabet, "^", "$", *thinker.tokens]
    prompt = marked(definition.model, coded)
    places = [symbols[s] for s in prompt] + names[:-1]
    if len(places) > MAX_TABLE:
        return Sample(text, said, note=f"No tables: {len(places)} positions, shown up to "
                      f"{MAX_TABLE}.")
    if not names:
        return Sample(text, said)
    steps = attended(thinker, coded, decoded.tokens)
    blank = ("",) * len(places)
    heads = tuple(
        HeadTable(f"sublayer {place + 1}, head {head + 1}", (
            *(blank for _ in range(len(prompt) - 1)),
            *(_row(step[place, head], len(places)) for step in steps)))
        for place, head in steps[0])
    return Sample(text, said, tuple(f"{j}:{name}" for j, name in enumerate(places)), heads)


def _row(shares: list[Share], length: int) -> tuple[str, ...]:
    given = dict(shares)
    return tuple(short_share(given[j]) if j in given else "" for j in range(length))
