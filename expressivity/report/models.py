"""Reports about one model: what it is, what it computes, and what its kind can do at all."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from expressivity.extraction import Budget, extract
from expressivity.extraction.layers import KINDS, Extraction
from expressivity.models.model import Model
from expressivity.models.profile import model_profile
from expressivity.models.sizes import sizes
from expressivity.queries.bounds import Bounds, bounds
from expressivity.queries.explain import Wording
from expressivity.queries.facts import Facts
from expressivity.queries.place import place
from expressivity.report.circuits import model_growth
from expressivity.report.data import ClassRow, Command, Fact, Group, Report, Run
from expressivity.report.derivations import grounds, nodes
from expressivity.report.diagram import classes_of, diagram, frontier, interval
from expressivity.report.makers import bound_facts
from expressivity.report.parts import (
    EVIDENCE,
    automaton,
    boxes,
    check_command,
    class_rows,
    language_facts,
    shell,
)
from expressivity.samples import sample_word
from expressivity.variants import Variant
from languages.classes import analysis
from languages.errors import InputError
from languages.language import Language
from languages.words import Word, parse_word, show_word
from proofs import witnesses
from proofs.kernel import Theorem
from proofs.models.architecture import plain_contract
from proofs.models.layer_format import transition_kind
from proofs.models.layers import Attention, Layer, Nonlinear, Recurrence
from proofs.models.loops import describe_loop
from proofs.search import Knowledge

LIKE_IT: Final = "models of this profile"



@dataclass(frozen=True)
class _Kind:
    """What is known about all models of the profile."""

    profile: tuple[Group, ...]
    bounds: Bounds | None
    theorems: tuple[Theorem, ...]
    variant: Variant
    notes: tuple[str, ...]


def about_model(model: Model, path: str, run: Run, *, word: str | None = None,
                separator: str | None = None, budget: Budget | None = None,
                deciding: analysis.Budget | None = None,
                progress: Callable[[str, int], None] | None = None) -> Report:
    """Contract, sizes, profile, a run on a word, the automaton if it can be extracted.

    `run` shows the model on a word; without `word` one is chosen that the model accepts, if its
    automaton is known. `path` is how the user named the model.

    Raises:
        InputError: a letter of `word` is not in the alphabet.
    """
    given = None if word is None else parse_word(word, model.alphabet, separator)
    kind = _kind(model)
    try:
        found: Extraction | None = extract(model, budget or Budget(), progress)
        reason = "" if found is None else found.reason
    except InputError as error:
        found, reason = None, str(error)
    dfa = None if found is None else found.dfa
    shown = sample_word(dfa, model.alphabet) if given is None else given
    classes: tuple[ClassRow, ...] = ()
    knowledge = None
    facts = [Fact("alphabet", " ".join(model.alphabet))]
    if dfa is not None:
        language = Language.regular(path, dfa, f"what the model in {path} recognises, extracted "
                                    "from its weights")
        placement = place(language, deciding)
        certified = Facts(language, deciding or analysis.Budget())
        classes = class_rows(placement, certified)
        knowledge = Knowledge(certified.term, certified.theorems(certified.classes()))
        facts = list(language_facts(placement))
    chosen = classes_of(kind.theorems) | (interval(kind.bounds) if kind.bounds else set())
    return Report(
        "model", path,
        f"extracted: {dfa.states} states, all lengths" if dfa is not None else "not extracted",
        tuple(f"L({LIKE_IT}) {fact.label}: {fact.value}." for fact in
              (bound_facts(kind.bounds) if kind.bounds else [])),
        (*facts, *_definition(model)),
        (Group("Number contract", tuple(flat(plain_contract(model.contract)))),
         Group("Sizes", tuple(flat(sizes(model.definition)))),
         Group("Sublayers", tuple(Fact(f"{k}", described(layer)) for k, layer in
                                  enumerate(model.layers, start=1))), *kind.profile),
        nodes(kind.theorems, Wording(LIKE_IT, kind.variant.profile)),
        diagram(chosen | (frontier(knowledge) if knowledge else set()), bounds=kind.bounds,
                variant=LIKE_IT if kind.bounds else "", knowledge=knowledge,
                language="the model's language" if knowledge else ""),
        None if dfa is None else automaton(dfa), classes, run(model, shown),
        model_growth(model, path), grounds(kind.theorems),
        _commands(path, shown, model.alphabet, dfa is not None),
        (*kind.notes, *(("The automaton was not extracted: " + reason,) if dfa is None else ()),
         *(found.notes if found is not None else ())))


def _kind(model: Model) -> _Kind:
    try:
        profile = model_profile(model)
    except InputError as error:
        return _Kind((), None, (), Variant(LIKE_IT, ()), (f"The model has no profile: {error}",))
    found = bounds(profile)
    return _Kind(boxes(profile, "The exact profile of the model"), found,
                 (*found.upper, *found.regular, *found.lower), Variant(LIKE_IT, profile),
                 (f"L({LIKE_IT}) is the class of languages that some model with the same value on "
                  "every axis recognises; this model recognises one of them.",))


def _definition(model: Model) -> list[Fact]:
    definition = model.definition
    return [Fact("markers", definition.markers), Fact("readout", definition.readout),
            Fact("period of positions", str(definition.period)),
            *([] if definition.loop is None else [Fact("loop", describe_loop(definition.loop))]),
            Fact("residual dimensions", ", ".join(definition.residual))]


def flat(values: dict[str, Any]) -> list[Fact]:
    """Named values as facts."""
    return [Fact(name.replace("_", " "), str(value)) for name, value in values.items()]


def described(layer: Layer) -> str:
    """A sublayer in a line."""
    name = KINDS[type(layer)]
    if isinstance(layer, Attention):
        heads = "; ".join(f"head {k}: {head.selection}, mask {head.mask}"
                          for k, head in enumerate(layer.heads, start=1))
        return f"{name} ({heads})"
    if isinstance(layer, Recurrence):
        return f"{name} ({transition_kind(layer.transition)})"
    return f"{name} ({layer.activation})" if isinstance(layer, Nonlinear) else name


def _commands(path: str, word: Word, alphabet: tuple[str, ...], extracted: bool
              ) -> tuple[Command, ...]:
    separator = () if all(len(letter) == 1 for letter in alphabet) else ("--sep", " ")
    found = [Command("Run the sample word again", (
        shell("run", path, show_word(word, separator[1] if separator else None), *separator),))]
    if extracted:
        found.append(Command("Extract the automaton again, and certify where it falls", (
            shell("extract", path, "--json") + " > extracted.json",
            shell("language", "dfa:extracted.json", "--certificate", EVIDENCE))))
        found.append(check_command("*.json"))
    beside = Path(path) / f"certificate-{witnesses.KIND}.json"
    if beside.is_file():
        found.append(Command("Check the certificate beside the model with Python alone, from a "
                             "checkout of the project", (
                                 shell("check", str(beside)).replace(
                                     "expressivity check", "python3 -S -m proofs check", 1),)))
    return tuple(found)
