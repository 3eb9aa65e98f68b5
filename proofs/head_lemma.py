"""Head lemmas: at which position a hard attention head looks, for all positions and lengths.

    {"format": "expressivity head lemma", "version": 1, "model": MODEL, "layer": l, "head": h,
     "parameters": [name ...], "least_i": i,
     "query": {dimension: VALUE ...}, "key": {dimension: VALUE ...},
     "target": POLYNOMIAL,
     "gap": [{"coefficient": c, "times": [POLYNOMIAL ...], "over": [POLYNOMIAL ...],
              "square": POLYNOMIAL} ...]}

    VALUE: {"above": POLYNOMIAL, "below": POLYNOMIAL, "from": "positions" | "hypothesis"}

The variables: i, the position that asks, at least `least_i`; j, the position asked; N, the number
of positions; and the parameters, unknown integers that are at least 0. `query` gives dimensions of
the residual stream at position i as functions of i, N and the parameters, `key` at position j as
functions of j and N; the head must not read any other dimension in its query and key. A value "from
positions" is checked: the embedding and the formulas of the model give it, whatever the symbol, and
no sublayer before the head writes it. A hypothesis is taken for granted, and listed.

Nothing is said of inputs on which the model computes NaN: where a formula divides by 0, say.

Claim: where the hypotheses hold and `target`, a function of i, N and the parameters, is a visible
position, the score has its only maximum there. Proof: the score at the target minus the score at j
is, as an identity of rational functions of all variables, the sum of the terms

    coefficient * product(times) / product(over) * square^2

with positive coefficients and positive factors; and `square` of the first term is a constant times
j - target, which is not 0 for another position j. A factor counts as positive if its coefficients
are at least 0 and its value at i = least_i, j = 0, N = 1 and parameters 0 is positive: all
variables are at least these values.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from fractions import Fraction
from math import prod
from typing import Any, Final

from proofs.checkers.rejection import integer, items, mapping, record, reject, string
from proofs.models.architecture import Model, parse_model
from proofs.models.layers import Attention, FeedForward, GatedFeedForward, Matrix, Normalisation
from proofs.models.polynomials import (
    Polynomial,
    Quotient,
    add,
    constant,
    multiply,
    number,
    parse_polynomial,
    product,
    subtract,
    text,
    variable,
)
from proofs.models.positions import Periodic
from proofs.models.tensors import bounded, index_of, one_of, rational
from proofs.witnesses import model_digest

FORMAT: Final = "expressivity head lemma"
VERSION: Final = 1
RESERVED: Final = ("i", "j", "N")
MAX_PARAMETERS: Final = 8


@dataclass(frozen=True)
class CheckedLemma:
    """What was proved: where the head looks, and under which hypotheses, in words."""

    model: Model
    layer: int
    head: int
    least_i: int
    target: str
    hypotheses: tuple[str, ...]


@dataclass(frozen=True)
class _Value:
    quotient: Quotient
    from_positions: bool


def check_head_lemma(data: object) -> CheckedLemma:
    """What a head lemma proves; `data` is parsed JSON.

    Raises:
        Rejected: it does not prove its claim; says where.
    """
    fields = record(data, "lemma", ("format", "version", "model", "layer", "head", "parameters",
                                    "least_i", "query", "key", "target", "gap"))
    if fields["format"] != FORMAT:
        reject("wrong-format", fields["format"], "format", f'"{FORMAT}"')
    integer(fields["version"], "version", VERSION, VERSION + 1)
    model = parse_model(fields["model"])
    if model.loop is not None:
        reject("looped", "a loop", "model.loop", "a model that runs each sublayer once")
    at = integer(fields["layer"], "layer", 0, len(model.layers))
    layer = model.layers[at]
    if not isinstance(layer, Attention) or layer.norm is not None:
        reject("not-a-plain-attention", at, "layer", "an attention sublayer without a norm")
    which = integer(fields["head"], "head", 0, len(layer.heads))
    head = layer.heads[which]
    if head.selection == "softmax":
        reject("not-hard", head.selection, "head", "a head with hard attention")
    if model.contract.grid is not None:
        reject("rounded", "a rounded contract", "model.contract", "exact rationals")
    parameters = _parameters(fields["parameters"])
    least = {"N": 1, "i": integer(fields["least_i"], "least_i", 0)}
    query = _values(fields["query"], "query", model, at, "i", parameters, least)
    key = _values(fields["key"], "key", model, at, "j", (), least)
    target = parse_polynomial(fields["target"], "target", ("i", "N", *parameters))
    score = _score(head.query, head.key, query, key)
    gap = score.with_value("j", target).minus(score)
    if not gap.equals(_sum_of_terms(fields["gap"], target, parameters, least)):
        reject("gap-not-equal", text(gap.above), "gap",
               "the score at the target minus the score at j")
    hypotheses = [
        f"{name} at position {place} is ({text(value.quotient.above)}) / "
        f"({text(value.quotient.below)})"
        for values, place in ((query, "i"), (key, "j"))
        for name, value in ((model.residual[d], v) for d, v in sorted(values.items()))
        if not value.from_positions]
    return CheckedLemma(model, at, which, least["i"], text(target), tuple(hypotheses))


def describe(lemma: CheckedLemma) -> list[str]:
    """Lines of text: what was proved."""
    given = [f"    {hypothesis}" for hypothesis in lemma.hypotheses] or ["    nothing"]
    return [f"Claim: head {lemma.head} of sublayer {lemma.layer} (from 0) of this model looks from",
            f"  position i at position {lemma.target} and at no other, wherever that is a visible",
            f"  position, for all i >= {lemma.least_i} and all numbers N of positions on which the",
            "  model computes no NaN, given that (parameters are integers of at least 0)", *given,
            f"  model sha256:{model_digest(lemma.model)}"]


def _parameters(data: object) -> tuple[str, ...]:
    found: list[str] = []
    for k, name in enumerate(bounded(data, "parameters", 0, MAX_PARAMETERS)):
        given = string(name, f"parameters[{k}]")
        # ASCII: other alphabets have letters that look like i, j and N.
        if not (given.isascii() and given.isidentifier()) or given in (*RESERVED, *found):
            reject("not-a-parameter", name, f"parameters[{k}]",
                   "a new name of ASCII letters, digits and underscores, other than i, j and N")
        found.append(given)
    return tuple(found)


def _values(data: object, path: str, model: Model, layer: int, place: str,
            parameters: Collection[str], least: Mapping[str, int]) -> dict[int, _Value]:
    """The claimed values of dimensions; those from positions are checked."""
    number_of = {name: d for d, name in enumerate(model.residual)}
    found: dict[int, _Value] = {}
    for name, value in mapping(data, path).items():
        where = f"{path}.{name}"
        d = index_of(name, where, number_of)
        fields = record(value, where, ("above", "below", "from"))
        known = (place, "N", *parameters)
        below = parse_polynomial(fields["below"], f"{where}.below", known)
        if not _positive(below, least):
            reject("not-positive", text(below), f"{where}.below", "a positive polynomial")
        quotient = Quotient(parse_polynomial(fields["above"], f"{where}.above", known), below)
        source = one_of(fields["from"], f"{where}.from", ("positions", "hypothesis"))
        if source == "positions":
            _check_position_value(model, layer, d, quotient, place, where)
        found[d] = _Value(quotient, source == "positions")
    return found


def _check_position_value(model: Model, layer: int, d: int, claimed: Quotient, place: str,
                          path: str) -> None:
    """The embedding and the formulas give dimension d this value, and nothing changes it."""
    if not isinstance(model.positions, Periodic):
        reject("not-periodic", "positions", path, "a model with periodic positions and formulas")
    entries = {row[d] for rows in model.embedding for row in rows}
    if len(entries) != 1:
        reject("depends-on-symbols", sorted(map(str, entries)), path,
               "a dimension with one value for all symbols and phases in the embedding")
    if any(_writes(part, d) for part in model.layers[:layer]):
        reject("written-before", model.residual[d], path,
               "a dimension that no earlier sublayer writes")
    total = number(entries.pop())
    for formula in model.formulas:
        if formula.dimension == d:
            total = total.plus(Quotient(_in_variables(formula.numerator, place),
                                        _in_variables(formula.denominator, place)))
    if not total.equals(claimed):
        reject("value-not-equal", text(total.above), path, "the value that the model computes")


def _in_variables(polynomial: tuple[tuple[Fraction, int, int], ...], place: str) -> Polynomial:
    total: Polynomial = {}
    for c, a, b in polynomial:
        total = add(total, product([constant(c), *[variable(place)] * a, *[variable("N")] * b]))
    return total


def _writes(layer: Any, d: int) -> bool:
    if isinstance(layer, Attention):
        return any(any(head.output[d]) for head in layer.heads)
    if isinstance(layer, FeedForward | GatedFeedForward):
        return any(layer.outer[d])
    if isinstance(layer, Normalisation):
        return d in layer.coordinates
    return any(layer.output[d])


def _score(query: Matrix, key: Matrix, at_i: dict[int, _Value],
           at_j: dict[int, _Value]) -> Quotient:
    """score(i, j) as a rational function."""
    total = number(Fraction(0))
    for left, right in zip(query, key, strict=True):
        total = total.plus(_affine(left, at_i, "query").times(_affine(right, at_j, "key")))
    return total


def _affine(row: tuple[Fraction, ...], values: dict[int, _Value], path: str) -> Quotient:
    total = number(row[-1])
    for d, weight in enumerate(row[:-1]):
        if weight:
            if d not in values:
                reject("unknown-value", d, path, "values for all dimensions that the head reads")
            total = total.plus(values[d].quotient.times(number(weight)))
    return total


def _sum_of_terms(data: object, target: Polynomial, parameters: Collection[str],
                  least: Mapping[str, int]) -> Quotient:
    """The gap as the terms say it; rejects it unless it is positive for j other than the target."""
    total = number(Fraction(0))
    for k, term in enumerate(bounded(data, "gap", 1)):
        where = f"gap[{k}]"
        fields = record(term, where, ("coefficient", "times", "over", "square"))
        coefficient = rational(fields["coefficient"], f"{where}.coefficient")
        if coefficient <= 0:
            reject("not-positive", str(coefficient), f"{where}.coefficient", "a positive number")
        known = (*RESERVED, *parameters)
        factors = {name: _factors(fields[name], f"{where}.{name}", known, least)
                   for name in ("times", "over")}
        square = parse_polynomial(fields["square"], f"{where}.square", known)
        if k == 0 and not _proportional(square, subtract(variable("j"), target)):
            reject("not-the-distance", text(square), f"{where}.square",
                   "a constant times j minus the target")
        above = product([constant(coefficient), *factors["times"], square, square])
        total = total.plus(Quotient(above, product(factors["over"])))
    return total


def _factors(data: object, path: str, known: Collection[str],
             least: Mapping[str, int]) -> list[Polynomial]:
    found = []
    for k, factor in enumerate(items(data, path)):
        polynomial = parse_polynomial(factor, f"{path}[{k}]", known)
        if not _positive(polynomial, least):
            reject("not-positive", text(polynomial), f"{path}[{k}]",
                   "coefficients of at least 0, and a positive value at the least arguments")
        found.append(polynomial)
    return found


def _positive(polynomial: Polynomial, least: Mapping[str, int]) -> bool:
    """Are all coefficients at least 0, and is it positive where all variables are least?"""
    total = sum((x * prod(least.get(name, 0)**power for name, power in monomial)
                 for monomial, x in polynomial.items()), Fraction(0))
    return all(x >= 0 for x in polynomial.values()) and total > 0


def _proportional(left: Polynomial, right: Polynomial) -> bool:
    """Is left a non-zero constant times right, which is not 0?"""
    if not left or left.keys() != right.keys():
        return False
    monomial = next(iter(left))
    return multiply(left, constant(right[monomial])) == multiply(right, constant(left[monomial]))


def plain_polynomial(polynomial: Polynomial) -> list[list[Any]]:
    """A polynomial as plain data."""
    return [[str(x) if x.denominator > 1 else x.numerator, dict(monomial)]
            for monomial, x in polynomial.items()]


__all__ = ["FORMAT", "VERSION", "CheckedLemma", "check_head_lemma", "describe",
           "plain_polynomial"]
