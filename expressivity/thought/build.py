"""Decoders for languages, circuits and machines inside a variant, and what was verified."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, Final

from expressivity.build import NoConstruction
from expressivity.defaults import SECONDS
from expressivity.models.sizes import sizes
from expressivity.thought import automata, circuits, machines
from expressivity.thought.target import CircuitTarget, MachineTarget, Target
from expressivity.thought.thinker import Thinker
from expressivity.thought.verify import Checked, Progress, verify_decoder
from expressivity.variants import Variant
from languages.errors import InputError
from languages.machines.machine import run
from languages.words import show_word
from proofs.models.decoder_profile import tokens
from proofs.models.positions import Periodic
from proofs.models.profile import exact_profile
from proofs.profile import Box, box_from_mapping, inside, outside_on

AUTOMATON: Final = "chain of thought, automaton"
CIRCUIT: Final = "chain of thought, circuit"
MACHINE: Final = "chain of thought, Turing machine"


_TIMED: Final = ("The number of tokens is limited by the time that the file claims, which nothing "
                 "here proves.")
_UNTIMED: Final = ("The file claims no time, so the number of tokens has no limit; where the "
                   "machine does not stop, the decoder does not answer.")


@dataclass(frozen=True)
class BuiltDecoder:
    """A decoder of the variant, its construction and its verification."""

    thinker: Thinker
    construction: str
    citation: str
    claimed: dict[str, int]
    tokens: str
    verification: Checked
    notes: tuple[str, ...]

    def summary(self) -> dict[str, Any]:
        """Sizes of the decoder and what was verified, as plain data."""
        length = self.thinker.definition.length
        return {"construction": self.construction, "citation": self.citation,
                "resources": sizes(self.thinker.definition.model), "claimed": self.claimed,
                "decoded_tokens": self.tokens,
                "made_for": "all lengths" if length is None else f"length {length}",
                "verified": self.verification.scope, "words": self.verification.words,
                "unanswered": self.verification.unanswered,
                "steps": self.verification.steps, "notes": list(self.notes)}


def thinks(variant: Variant) -> bool:
    """Does the variant have decoders?"""
    return any("token" in box.to_plain()["readout"].split() for box in variant.profile)


def build_decoder(target: Target, variant: Variant, seconds: float = SECONDS,
                  progress: Progress | None = None) -> BuiltDecoder:
    """A decoder of the variant for a regular language, a circuit or a Turing machine.

    A circuit's decoder is one member of a family that is not uniform, with arbitrary positions.

    Raises:
        NoConstruction: the language is not regular, or the decoder is outside the variant.
        InputError: a machine does not keep to the time that its file claims.
        LimitError: its tensors would be too large.
        RuntimeError: it is wrong, or not as large as claimed (a defect).
    """
    notes: tuple[str, ...] = ()
    if isinstance(target, CircuitTarget):
        name, citation, count = CIRCUIT, circuits.CITATION, str(len(target.program.gates))
        thinker = Thinker.from_plain(circuits.circuit_decoder(target.program))
        claimed = circuits.claimed(target.program)
        box = _member(thinker)
        notes = ("The decoder is for one length: it was compared with the variant as a member of "
                 "a family.",)
        found = {"tokens": thinker.definition.most(target.program.inputs) or 0}
    elif isinstance(target, MachineTarget):
        name, citation = MACHINE, machines.CITATION
        count = "t + 1 where the machine takes t steps"
        thinker = Thinker.from_plain(machines.machine_decoder(target.machine))
        claimed = machines.claimed(target.machine)
        box = thinker.profile()
        found = {"tokens": len(thinker.tokens)}
        notes = (_TIMED if target.machine.time is not None else _UNTIMED,)
    else:
        if target.dfa is None:
            raise NoConstruction(f"no construction: {AUTOMATON}: does not cover {target.name}")
        name, citation, count = AUTOMATON, automata.CITATION, "n + 1"
        thinker = Thinker.from_plain(automata.automaton_decoder(target.dfa))
        claimed = automata.claimed(target.dfa)
        box = thinker.profile()
        found = {"tokens": len(thinker.tokens)}
    if not any(inside(box, wanted) for wanted in variant.profile):
        axes = min((outside_on(box, wanted) for wanted in variant.profile), key=len)
        plain = box.to_plain()
        raise NoConstruction(f"no construction: {name} ({plain['format']}): outside the variant on "
                             + ", ".join(f"{a}={plain[a].replace(' ', '+')}" for a in axes)
                             + ("; the file claims no time" if plain["cot"] == "unbounded"
                                and "cot" in axes else ""))
    found |= sizes(thinker.definition.model)
    for size, number in claimed.items():
        if found[size] != number:
            raise RuntimeError(f"{name} claims {number} for {size}, its tensors have {found[size]}")
    checked = verify_decoder(thinker, target, seconds, progress=progress)
    if not checked.agrees and isinstance(target, MachineTarget):
        word = checked.word or ()
        most = target.machine.most(len(word))
        if most is not None and run(target.machine, word, most).accepted is None:
            raise InputError(f"{target.name}: the time that the file claims is {most} steps for "
                             f"the word {show_word(word)}, on which the machine takes more")
    if not checked.agrees:
        raise RuntimeError(f"{name} is wrong for {target.name} on {checked.word}: {checked.why}")
    return BuiltDecoder(thinker, name, citation, claimed, count, checked, notes)


def _member(thinker: Thinker) -> Box:
    """The box of a decoder for one length, as a member of a family without uniformity."""
    definition = thinker.definition
    values = exact_profile(replace(definition.model, positions=Periodic(), period=1))
    return box_from_mapping(values | {
        "positions": "arbitrary", "uniformity": "nonuniform", "readout": "token",
        "cot": tokens(definition),
        "vocabulary": str(int(values["vocabulary"]) + len(definition.tokens))})
