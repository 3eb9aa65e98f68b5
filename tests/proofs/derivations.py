"""Derivations for the tests of the replayer and the command line: good ones, and a second opinion.

`rebuild` applies the kernel's rules to the steps of a derivation file. The replayer shares no code
with it, so that what one of them lets pass by mistake, the other one should not.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import product
from typing import Any

from proofs import base, kernel
from proofs.derivation import to_plain
from proofs.encode import Plain, Tables
from proofs.kernel import Theorem
from proofs.profile import Box, Profile, box_from_mapping
from proofs.statements import Automaton, Can, Cannot, Language, Lower, Upper
from proofs.theorems.named_languages import FIRST, PARITY

Json = Any

# ---- certificates ---------------------------------------------------------------------------


def _certificate(language: Language, kind: str, cls: str, member: bool, data: Json) -> Json:
    a = language.automaton
    assert a is not None
    return {
        "format": "expressivity certificate", "version": 1, "kind": kind,
        "claim": {"language": {"alphabet": list(a.alphabet), "states": len(a.delta),
                               "start": a.start, "accept": list(a.accept),
                               "delta": [list(row) for row in a.delta]},
                  "class": cls, "member": member},
        "data": data,
    }


PARITY_CERTIFICATE = _certificate(
    PARITY, "same-length-counting", "quasi-aperiodic", False,
    {"u": [], "e": [[1, [0]]], "g": [[1, [1]]], "v": [], "k": 2})
"""0 fixes both states and 1 swaps them: parity is not quasi-aperiodic."""

FIRST_CERTIFICATE = _certificate(FIRST, "partial-order", "R-trivial", True, {"rank": [0, 1, 1]})

_CYCLE, _THREE = (1, 2, 3, 4, 0), (1, 2, 0, 3, 4)
TRACKING = Language("tracking:A5", Automaton(
    ("a", "b"), tuple(zip(_CYCLE, _THREE, strict=True)), 0, (0,)))
"""Where the point 0 is after a product of a 5-cycle and a 3-cycle: A5, which is not solvable."""


def _tracking_certificate() -> Json:
    generators: list[tuple[int, ...]] = [_CYCLE, _THREE]
    known, program = list(generators), []
    k = 0
    while k < len(known):
        for g, generator in enumerate(generators):
            made = tuple(generator[x] for x in known[k])
            if made not in known:
                known.append(made)
                program.append(["*", k, g])
        k += 1
    assert len(known) == 60

    def commutator(x: tuple[int, ...], y: tuple[int, ...]) -> tuple[int, ...]:
        """x^-1 y^-1 x y, from left to right."""
        return tuple(y[x[y.index(x.index(p))]] for p in range(5))

    words = [next([[i, j]] for i, j in product(range(60), repeat=2)
                  if commutator(known[i], known[j]) == g) for g in generators]
    return _certificate(TRACKING, "perfect-group", "solvable", False, {
        "u": [], "v": [], "set": [0, 1, 2, 3, 4], "generators": [[[1, [0]]], [[1, [1]]]],
        "program": program, "commutators": words, "moved": 0})


TRACKING_CERTIFICATE = _tracking_certificate()


# ---- good derivations -----------------------------------------------------------------------


def _axiom(name: str, wanted: Callable[[Any], bool]) -> Theorem:
    """The first statement of an axiom that fits: places within axioms are not for tests to fix."""
    k = 0
    while not wanted(kernel.axiom(name, k).statement):
        k += 1
    return kernel.axiom(name, k)


def inclusion(name: str, lower: str, upper: str) -> Theorem:
    """The axiom `lower <= upper`."""
    return _axiom(name, lambda s: (getattr(s, "lower", None), getattr(s, "upper", None))
                  == (lower, upper))


def closed(cls: str) -> Theorem:
    """The axiom that a class is closed under reductions."""
    return _axiom("closure-under-reductions", lambda s: s.cls == cls)


def region_of(theorem: Theorem) -> Profile:
    """The region that a bound, possibility or impossibility speaks of."""
    statement = theorem.statement
    assert isinstance(statement, Upper | Lower | Can | Cannot)
    return statement.region


def narrowed(theorem: Theorem, **values: str) -> Box:
    """The first box of a theorem's region with single values on some axes."""
    texts = region_of(theorem)[0].to_plain()
    return box_from_mapping(texts | {k.replace("_", "-"): v for k, v in values.items()})


def parity_not_in_ac0() -> Theorem:
    """Parity is not in AC0, by a certificate."""
    return kernel.lower_exclusion(kernel.certified(PARITY, PARITY_CERTIFICATE),
                                  inclusion("regular-circuits", "AC0", "quasi-aperiodic"),
                                  kernel.regular(PARITY))


def parity_impossible() -> Theorem:
    """Unique hard attention does not recognise parity."""
    bound = kernel.axiom("uhat-in-ac0")
    small = kernel.restrict(bound, (narrowed(bound, positions="none", readout="eos"),))
    return kernel.impossible(small, parity_not_in_ac0())


def parity_possible() -> Theorem:
    """Decoders with linearly many tokens, and more, recognise parity."""
    found = kernel.possible(kernel.axiom("cot-linear-regular"), kernel.regular(PARITY))
    wide = narrowed(found, cot="0..n^2*log(n)", positions="none index", format="float",
                    rounding="nearest", softmax="plain", norm="projected-pre none",
                    precision="log(n)..<n", width="1..<log(n)")
    return kernel.extend(found, (wide, narrowed(found, format="fixed", rounding="floor",
                                                softmax="plain", precision="log(n)")))


def everything_regular() -> Theorem:
    """Decoders with linearly many tokens recognise every star-free language."""
    bound = kernel.axiom("cot-linear-regular")
    for lower, upper in (("solvable", "REG"), ("2-groups", "solvable"),
                         ("star-free", "2-groups")):
        bound = kernel.lower_lower(bound, inclusion("regular-classes", lower, upper))
    return kernel.extend(bound, (narrowed(bound, format="float", rounding="floor",
                                          softmax="plain", precision="log(n)",
                                          norm_epsilon="zero"),))


def tracking_conditional() -> Theorem:
    """Logarithmically many tokens do not suffice for A5, if NC1 is not inside TC0."""
    hard = kernel.hard_outside(kernel.axiom("barrington"), kernel.regular(TRACKING),
                               kernel.certified(TRACKING, TRACKING_CERTIFICATE))
    outside = kernel.hard_excludes(hard, kernel.assume("TC0 != NC1", True), closed("TC0"))
    below = kernel.lower_exclusion(outside, inclusion("uniformity", "L-TC0", "TC0"))
    bound = kernel.axiom("cot-logarithmic-tc0")
    return kernel.impossible(bound, below)


def by_cases() -> Theorem:
    """An upper bound for two boxes, one of which is put together from two readouts."""
    bound = kernel.axiom("uhat-in-ac0")
    raised = kernel.raise_upper(bound, inclusion("nonuniform-circuit-chain", "AC0", "ACC0"))
    parts = [kernel.restrict(raised, (narrowed(bound, readout=one),))
             for one in ("eos", "first")]
    whole = kernel.split(narrowed(bound, readout="eos first"), "readout", parts)
    other = kernel.restrict(raised, (narrowed(bound, readout="last", depth="3"),))
    return kernel.unite((*region_of(whole), *region_of(other)), [whole, other])


def scoped_bound() -> Theorem:
    """The regular languages of unique hard attention are quasi-aperiodic; parity is not."""
    bound = kernel.raise_upper(kernel.axiom("uhat-in-ac0"),
                               inclusion("regular-circuits", "AC0", "quasi-aperiodic"))
    statement = bound.statement
    assert isinstance(statement, Upper) and statement.within == "REG"
    found = kernel.impossible(bound, kernel.certified(PARITY, PARITY_CERTIFICATE),
                              kernel.regular(PARITY))
    inner = (narrowed(found, depth="1..4"), narrowed(found, depth="5", masking="none"))
    return kernel.restrict(found, inner)


def classes() -> list[Theorem]:
    """Facts about classes alone."""
    first = kernel.certified(FIRST, FIRST_CERTIFICATE)
    in_ac0 = kernel.raise_membership(kernel.raise_membership(
        kernel.raise_membership(kernel.raise_membership(
            first, inclusion("regular-classes", "R-trivial", "star-free")),
            inclusion("regular-classes", "star-free", "quasi-aperiodic")),
        inclusion("regular-circuits", "quasi-aperiodic", "D-AC0")),
        kernel.chain(inclusion("uniformity", "D-AC0", "L-AC0"),
                     inclusion("uniformity", "L-AC0", "AC0")))
    back = kernel.raise_membership(in_ac0,
                                   inclusion("regular-circuits", "AC0", "quasi-aperiodic"),
                                   kernel.regular(FIRST))
    apart = kernel.separate(kernel.regular(PARITY), parity_not_in_ac0())
    wider = kernel.widen_separation(apart, inclusion("regular-circuits", "REG", "NC1"))
    narrower = kernel.widen_separation(wider, inclusion("uniformity", "L-AC0", "AC0"))
    scoped = kernel.chain(inclusion("uniformity", "L-AC0", "AC0"),
                          inclusion("regular-circuits", "AC0", "quasi-aperiodic"))
    return [back, narrower, scoped]


def good() -> list[Theorem]:
    """Conclusions whose derivations together use every rule."""
    return [parity_impossible(), parity_possible(), everything_regular(), tracking_conditional(),
            by_cases(), scoped_bound(), *classes(), kernel.assume("P != NP", False)]


def plain_good() -> Json:
    """`good` as a derivation file."""
    return to_plain(good())


# ---- the second opinion ---------------------------------------------------------------------


def _region(value: Json) -> Profile:
    return tuple(box_from_mapping(box) for box in value)


def _language(key: str, value: Json) -> Language:
    if "task" in value:
        return Language(key, None, value["task"])
    a = value["automaton"]
    return Language(key, Automaton(tuple(a["alphabet"]), tuple(tuple(r) for r in a["delta"]),
                                   a["start"], tuple(a["accept"])))


def rebuild(value: Json) -> list[Theorem]:
    """The steps of a derivation, derived again by the kernel, which must claim what they claim.

    Raises whatever goes wrong first.
    """
    regions = {key: _region(found) for key, found in value["regions"].items()}
    languages = {key: _language(key, found) for key, found in value["languages"].items()}
    made: list[Theorem] = []
    for step in value["steps"]:
        theorem = _apply(step, [made[p] for p in step["premises"]], regions, languages)
        tables = Tables()
        got = inlined(tables.statement(theorem.statement), tables)
        tables = Tables()
        tables.languages |= value["languages"]
        tables.regions |= {key: [box.to_plain() for box in found]
                           for key, found in regions.items()}
        wanted = inlined(step["statement"], tables)
        if got != wanted:
            raise ValueError(f"the kernel derives {got}, not {wanted}")
        made.append(theorem)
    for conclusion in value["conclusions"]:
        if sorted(made[conclusion["step"]].hypotheses) != conclusion["hypotheses"]:
            raise ValueError("other hypotheses")
    return made


def _apply(step: Json, premises: list[Theorem], regions: dict[str, Profile],
           languages: dict[str, Language]) -> Theorem:
    rule, statement = step["rule"], step["statement"]
    if rule == "axiom":
        return kernel.axiom(step["axiom"], step["index"])
    if rule == "assume":
        return kernel.assume(step["conjecture"], step["holds"])
    if rule == "regular":
        return kernel.regular(languages[statement["language"]])
    if rule == "certificate":
        return kernel.certified(languages[statement["language"]], step["certificate"])
    if rule in ("restrict", "extend"):
        (premise,) = premises
        make = kernel.restrict if rule == "restrict" else kernel.extend
        return make(premise, regions[statement["region"]])
    if rule == "unite":
        return kernel.unite(regions[statement["region"]], premises)
    if rule == "split":
        (whole,) = regions[statement["region"]]
        return kernel.split(whole, step["axis"], premises)
    made: Theorem = getattr(kernel, rule.replace("-", "_"))(*premises)
    return made


def places(value: Json, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The paths to everything inside a JSON value."""
    entries: Any = ()
    if isinstance(value, dict):
        entries = value.items()
    elif isinstance(value, list):
        entries = enumerate(value)
    for key, inner in entries:
        yield (*path, key)
        yield from places(inner, (*path, key))


def kernel_axioms() -> list[Theorem]:
    """Every statement of the base as a theorem."""
    return [kernel.axiom(entry.id, k) for entry in base.axioms().values()
            for k in range(len(entry.statements))]


def inlined(statement: Plain, tables: Tables) -> Plain:
    """The statement with its languages and regions written out: comparable across files."""
    result = dict(statement)
    if "language" in result:
        result["language"] = tables.languages[result["language"]]
    if "region" in result:
        result["region"] = tables.regions[result["region"]]
    if "statement" in result:
        result["statement"] = inlined(result["statement"], tables)
    return result
