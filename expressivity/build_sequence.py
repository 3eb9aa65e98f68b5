"""Weights for programs that map sequences to sequences, and what was verified about them."""

from __future__ import annotations

import itertools
import random
import time
from dataclasses import dataclass
from typing import Any

from expressivity.build import NoConstruction
from expressivity.defaults import SECONDS
from expressivity.extraction.budget import Progress
from expressivity.models.model import Model
from expressivity.models.profile import model_profile
from expressivity.models.sizes import sizes
from expressivity.programs.rasp import CompiledRasp, compile_rasp, interpret
from expressivity.programs.rasp.named import SequenceProgram
from expressivity.programs.rasp.values import Value
from expressivity.variants import Variant
from languages.errors import InputError
from proofs.profile import inside, outside_on

CITATION = ("Weiss, Goldberg, Yahav, Thinking Like Transformers, ICML 2021, arXiv 2106.06981; as "
            "weights first by Lindner et al., Tracr, NeurIPS 2023, arXiv 2301.05062")
LONG = (10, 20, 40)
SAMPLES = 20


@dataclass(frozen=True)
class BuiltSequence:
    """A model of the variant for the program; all words up to `tried` were compared.

    `long_words` counts random longer ones; on `undefined` words of both kinds the program has no
    value, and the model was not asked. `note`: why the variant was not checked, if it was not.
    """

    model: Model
    compiled: CompiledRasp
    tried: int
    long_words: int
    undefined: int
    note: str

    def summary(self) -> dict[str, Any]:
        """Sizes of the model and what was verified, as plain data."""
        longest = self.compiled.longest
        return {"construction": "RASP", "citation": CITATION,
                "resources": sizes(self.model.definition),
                "claimed": dict(self.compiled.resources),
                "made_for": "all lengths" if longest is None else f"length <= {longest}",
                "verified": f"length <= {self.tried}", "long_words": self.long_words,
                "undefined": self.undefined, "notes": [self.note] if self.note else []}


def build_sequence(program: SequenceProgram, variant: Variant, length: int | None = None,
                   progress: Progress | None = None, seconds: float = SECONDS) -> BuiltSequence:
    """A model of the variant that computes the program, compared with its interpreter.

    It is made for all lengths if the compiler can, else for inputs up to `length`.

    Raises:
        InputError: the program needs a length and none is given.
        NoConstruction: the model is outside the variant.
        RuntimeError: model and interpreter differ (a defect).
    """
    compiled = compile_rasp(program.sop, program.alphabet, length or program.length)
    model = Model.from_plain(compiled.model)
    found = sizes(model.definition)
    for size, claimed in compiled.resources.items():
        if found[size] != claimed:
            raise RuntimeError(f"{program.name}: {claimed} claimed for {size}, the tensors have "
                               f"{found[size]}")
    note = _check_variant(program, model, variant)
    deadline = time.monotonic() + seconds
    tried = undefined = 0
    for n in itertools.count(1):
        # The first length is tried whatever the time.
        if n > 1 and (time.monotonic() > deadline or len(program.alphabet) ** n > 1_000_000
                      or (compiled.longest is not None and n > compiled.longest)):
            break
        if progress is not None:
            progress(f"words of length {n}", 0)
        words = list(itertools.product(program.alphabet, repeat=n))
        complete = _compare(program, compiled, words, deadline if n > 1 else None)
        if complete is None:
            break
        undefined += complete
        tried = n
    rng = random.Random(1)
    lengths = [n for n in LONG if n > tried and (compiled.longest is None
                                                 or n <= compiled.longest)]
    for n in lengths:
        sample = [tuple(rng.choices(program.alphabet, k=n)) for _ in range(SAMPLES)]
        undefined += _compare(program, compiled, sample, None) or 0
    return BuiltSequence(model, compiled, tried, SAMPLES * len(lengths), undefined, note)


def _check_variant(program: SequenceProgram, model: Model, variant: Variant) -> str:
    """Empty if the model lies in the variant, or why that is not a question; NoConstruction."""
    try:
        (box,) = model_profile(model)
    except InputError as error:
        return f"Not compared with the variant: {error}."
    # What is read of a sequence is read in place, whatever the readout of the variant.
    if not any(set(outside_on(box, wanted)) <= {"readout"} or inside(box, wanted)
               for wanted in variant.profile):
        axes = min((outside_on(box, wanted) for wanted in variant.profile), key=len)
        plain = box.to_plain()
        raise NoConstruction(f"{program.name}: outside the variant on " + ", ".join(
            f"{a}={plain[a].replace(' ', '+')}" for a in axes))
    return ""


def _compare(program: SequenceProgram, compiled: CompiledRasp, words: list[tuple[Value, ...]],
             deadline: float | None) -> int | None:
    """Compare on words of one length; the number without a value, None if time is up."""
    expected = []
    defined = []
    for word in words:
        if deadline is not None and time.monotonic() > deadline:
            return None
        try:
            expected.append(interpret(program.sop, word))
        except InputError:
            continue
        defined.append(word)
    for word, want, got in zip(defined, expected, compiled.run_many(defined), strict=True):
        if want != got:
            raise RuntimeError(f"{program.name}: on {word} the model gives {got}, expected {want}")
    return len(words) - len(defined)
