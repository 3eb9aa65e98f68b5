"""Head lemmas found by z3: at which position a hard attention head looks, for all lengths.

The score of a head is a rational function A / B of i, j, N and parameters. Wanted are a polynomial
target t, without j, and a proof in the form of `proofs.head_lemma`. Its terms are never negative
and vanish at j = t, so each square there is a multiple of j - t, and the proof is an identity

    A(t) B(j) - A(j) B(t)  =  (j - t)^2 (M + c_1 L_1^2 + c_2 L_2^2 ...)

with coefficients c_k of at least 0 and a polynomial M of coefficients of at least 0, positive at
the least values of the variables. Degrees are bounded; z3 finds the coefficients of t, M and the
L_k by nonlinear real arithmetic, and `proofs.head_lemma` checks the lemma that they make. Nothing
else is believed: without an accepted lemma the answer is why none was found.
"""

from __future__ import annotations

import itertools
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from expressivity.models.model import Model
from expressivity.solvers.smt import Limits, NoModel, Unknown, solve_smt
from languages.errors import InputError
from proofs.checkers.rejection import Rejected, integer, mapping, record, string
from proofs.head_lemma import (
    FORMAT,
    MAX_PARAMETERS,
    VERSION,
    CheckedLemma,
    check_head_lemma,
    plain_polynomial,
)
from proofs.models import architecture
from proofs.models.layers import Attention, Matrix, Vector
from proofs.models.polynomials import (
    Monomial,
    Polynomial,
    Quotient,
    add,
    constant,
    multiply,
    number,
    parse_polynomial,
    product,
    substitute,
    subtract,
    variable,
)
from proofs.models.tensors import bounded

MAX_UNKNOWNS = 400
_UNKNOWN = "?"  # no name of a parameter starts like this


@dataclass(frozen=True)
class Given:
    """What is supposed of the residual stream, as the lemma's fields of these names hold it.

    `query` and `key`: dimension -> {"above": POLYNOMIAL, "below": POLYNOMIAL, "from": ...}.
    """

    parameters: tuple[str, ...]
    query: Mapping[str, Any]
    key: Mapping[str, Any]
    least_i: int = 0


@dataclass(frozen=True)
class Found:
    """A lemma as files hold it, and what the island accepted."""

    lemma: dict[str, Any]
    checked: CheckedLemma


@dataclass(frozen=True)
class NoneFound:
    """Why there is no lemma: none of this form, a limit, or what the lemma cannot speak of."""

    reason: str


def find_lemma(plain: Mapping[str, Any], layer: int, head: int, given: Given | None = None,
               limits: Limits | None = None, *, degree: int = 1,
               squares: int = 0) -> Found | NoneFound:
    """A lemma for one head of a model (plain data), accepted by the island, or why there is none.

    `degree` bounds that of the target, `squares` is the number of the L_k. Without `given`, see
    `supposed`.

    Raises:
        InputError: there is no such hard attention head, or a hypothesis is malformed.
    """
    model = Model.from_plain(plain).definition
    query, key = _head(model, layer, head)
    if given is None:
        found = supposed(model, layer, head)
        if isinstance(found, NoneFound):
            return found
        given = found
    try:
        score = _score(model, query, key, given)
        search = _Search(score, given, degree, squares)
        answer = solve_smt(search.script(), limits, "QF_NRA")
        if isinstance(answer, Unknown):
            return NoneFound(f"unknown: {answer.reason}")
        if isinstance(answer, NoModel):
            return NoneFound(f"no lemma with a target of degree at most {degree} and "
                             f"{squares} squares (z3, no certificate)")
        lemma = {"format": FORMAT, "version": VERSION, "model": dict(plain), "layer": layer,
                 "head": head, "parameters": list(given.parameters), "least_i": given.least_i,
                 "query": dict(given.query), "key": dict(given.key), **search.proof(answer.values)}
        return Found(lemma, check_head_lemma(lemma))
    except Rejected as error:
        return NoneFound(f"not accepted: {error}")


def read_given(data: object) -> Given:
    """What parsed JSON supposes: parameters, query, key and least_i, as in a lemma.

    Raises:
        InputError: a field is missing, unknown or malformed; the lemma's checker reads the rest.
    """
    try:
        fields = record({"parameters": [], "query": {}, "key": {}, "least_i": 0,
                         **mapping(data, "given")}, "given",
                        ("parameters", "query", "key", "least_i"))
        names = tuple(string(name, f"parameters[{k}]") for k, name in
                      enumerate(bounded(fields["parameters"], "parameters", 0, MAX_PARAMETERS)))
        sides = []
        for side in ("query", "key"):
            values = mapping(fields[side], side)
            for name, value in values.items():
                record(value, f"{side}.{name}", ("above", "below", "from"))
            sides.append(values)
        return Given(names, sides[0], sides[1], integer(fields["least_i"], "least_i", 0))
    except Rejected as error:
        raise InputError(f"{error.path}: {error.message}") from None


def supposed(model: architecture.Model, layer: int, head: int) -> Given | NoneFound:
    """What the model's formulas say of the dimensions that the head reads.

    A dimension of the query that is not a function of positions is a parameter, an unknown integer
    of at least 0; one of the key leaves nothing to say about all positions.

    Raises:
        InputError: there is no such hard attention head.
    """
    query, key = _head(model, layer, head)
    parameters: list[str] = []
    values: list[dict[str, Any]] = []
    for rows, place in ((query, "i"), (key, "j")):
        found: dict[str, Any] = {}
        for d in sorted({d for row in rows for d, weight in enumerate(row[:-1]) if weight}):
            name = model.residual[d]
            value = _from_positions(model, layer, d, place)
            if value is not None:
                found[name] = value
            elif place == "i":
                parameters.append(f"c{len(parameters)}")
                found[name] = {"above": [[1, {parameters[-1]: 1}]], "below": [[1, {}]],
                               "from": "hypothesis"}
            else:
                return NoneFound(f"the key reads {name!r}, which is not a function of positions")
        values.append(found)
    return Given(tuple(parameters), values[0], values[1])


def _head(model: architecture.Model, layer: int, head: int) -> tuple[Matrix, Matrix]:
    """Query and key of the head."""
    part = model.layers[layer] if 0 <= layer < len(model.layers) else None
    if not isinstance(part, Attention) or not 0 <= head < len(part.heads):
        raise InputError(f"layer {layer}, head {head}: the model has no such attention head")
    if part.heads[head].selection == "softmax":
        raise InputError(f"layer {layer}, head {head}: softmax attention looks everywhere")
    return part.heads[head].query, part.heads[head].key


def _from_positions(model: architecture.Model, layer: int, d: int,
                    place: str) -> dict[str, Any] | None:
    """The value that embedding and formulas give, in the form of a lemma, which checks it.

    None where letters matter or a sublayer before this one may write the dimension.
    """
    entries = {row[d] for rows in model.embedding for row in rows}
    if len(entries) != 1 or any(_writes(part, d) for part in model.layers[:layer]):
        return None
    total = number(entries.pop())
    for formula in model.formulas:
        if formula.dimension == d:
            total = total.plus(Quotient(*(_in_variables(side, place) for side in (
                formula.numerator, formula.denominator))))
    return {"above": plain_polynomial(total.above), "below": plain_polynomial(total.below),
            "from": "positions"}


def _writes(layer: Any, d: int) -> bool:
    if isinstance(layer, Attention):
        return any(any(head.output[d]) for head in layer.heads)
    if hasattr(layer, "coordinates"):
        return d in layer.coordinates
    return any((layer.outer if hasattr(layer, "outer") else layer.output)[d])


def _in_variables(side: Sequence[tuple[Fraction, int, int]], place: str) -> Polynomial:
    total: Polynomial = {}
    for c, a, b in side:
        total = add(total, product([constant(c), *[variable(place)] * a, *[variable("N")] * b]))
    return total


def _score(model: architecture.Model, query: Matrix, key: Matrix, given: Given) -> Quotient:
    """score(i, j) under what is given."""
    sides = []
    for values, names, place in ((given.query, given.parameters, "i"), (given.key, (), "j")):
        known = (place, "N", *names)
        sides.append({name: Quotient(parse_polynomial(v["above"], f"{name}.above", known),
                                     parse_polynomial(v["below"], f"{name}.below", known))
                      for name, v in values.items()})
    total = number(Fraction(0))
    for left, right in zip(query, key, strict=True):
        total = total.plus(_affine(model, left, sides[0]).times(_affine(model, right, sides[1])))
    return total


def _affine(model: architecture.Model, row: Vector, values: Mapping[str, Quotient]) -> Quotient:
    total = number(row[-1])
    for name, weight in zip(model.residual, row[:-1], strict=True):
        if weight:
            if name not in values:
                raise InputError(f"the head reads {name!r}, of which nothing is given")
            total = total.plus(values[name].times(number(weight)))
    return total


class _Search:
    """The identity with unknown coefficients, and the lemma that values for them make."""

    def __init__(self, score: Quotient, given: Given, degree: int, squares: int) -> None:
        self._unknowns: list[str] = []
        self._constraints: list[str] = []
        self._least = {"i": given.least_i, "j": 0, "N": 1} | dict.fromkeys(given.parameters, 0)
        variables = ("i", "N", *given.parameters)
        self._target = self._polynomial(variables, degree)
        at_target, below = (substitute(p, "j", self._target) for p in (score.above, score.below))
        gap = subtract(multiply(at_target, score.below), multiply(score.above, below))
        self._over = [score.below, below] if _has(score.below, "j") else [score.below]
        if len(self._over) == 1:  # A(t) / B - A(j) / B, without a common factor B
            gap = subtract(at_target, score.above)
        rest = max(0, max((_degree(m) for m in gap), default=0) - 2)
        known = (*variables, "j")
        self._multiplier = self._polynomial(known, rest)
        for name in self._names(self._multiplier):
            self._constraints.append(f"(>= {name} 0)")
        self._constraints.append(f"(> {_sum(self._at_least(self._multiplier))} 0)")
        self._weights = []
        self._squares = []
        for _ in range(squares):
            weight = self._polynomial((), 0)
            self._constraints += [f"(>= {name} 0)" for name in self._names(weight)]
            self._weights.append(weight)
            self._squares.append(self._polynomial(known, rest // 2))
        self._distance = subtract(variable("j"), self._target)
        factor: Polynomial = self._multiplier
        for weight, square in zip(self._weights, self._squares, strict=True):
            factor = add(factor, product([weight, square, square]))
        claimed = product([self._distance, self._distance, factor])
        for coefficient in _by_known(subtract(gap, claimed)).values():
            self._constraints.append(f"(= {_sum(coefficient)} 0)")

    def _polynomial(self, variables: Sequence[str], degree: int) -> Polynomial:
        """A polynomial with an unknown coefficient for each monomial."""
        total: Polynomial = {}
        for k in range(degree + 1 if variables else 1):
            for chosen in itertools.combinations_with_replacement(sorted(variables), k):
                name = f"{_UNKNOWN}{len(self._unknowns)}"
                self._unknowns.append(name)
                total = add(total, product([variable(name), *map(variable, chosen)]))
        if len(self._unknowns) > MAX_UNKNOWNS:
            raise InputError(f"{len(self._unknowns)} unknown coefficients, more than "
                             f"{MAX_UNKNOWNS}; a smaller degree needs fewer")
        return total

    @staticmethod
    def _names(polynomial: Polynomial) -> Iterator[str]:
        for monomial in polynomial:
            yield from (_shown(name) for name, _ in monomial if name.startswith(_UNKNOWN))

    def _at_least(self, polynomial: Polynomial) -> Polynomial:
        for name, value in self._least.items():
            polynomial = substitute(polynomial, name, constant(Fraction(value)))
        return polynomial

    def script(self) -> str:
        """SMT-LIB that has a model exactly if there is a proof of this form."""
        return "\n".join([f"(declare-const {_shown(name)} Real)" for name in self._unknowns]
                         + [f"(assert {c})" for c in self._constraints])

    def proof(self, values: Mapping[str, str]) -> dict[str, Any]:
        """The lemma's target and gap. What z3 leaves out, or cannot write as a rational, is 0."""
        known = {name: Fraction(values.get(_shown(name), "0")) for name in self._unknowns}

        def solved(polynomial: Polynomial) -> Polynomial:
            for name in {n for m in polynomial for n, _ in m if n.startswith(_UNKNOWN)}:
                polynomial = substitute(polynomial, name, constant(known[name]))
            return polynomial

        over = [plain_polynomial(p) for p in map(solved, self._over) if p != constant(Fraction(1))]
        distance = solved(self._distance)
        gap = [{"coefficient": 1, "over": over, "square": plain_polynomial(distance),
                "times": _factors(solved(self._multiplier))}]
        for weight, square in zip(map(solved, self._weights), map(solved, self._squares),
                                  strict=True):
            if weight and square:
                gap.append({"coefficient": str(weight[()]), "times": [], "over": over,
                            "square": plain_polynomial(multiply(distance, square))})
        return {"target": plain_polynomial(solved(self._target)), "gap": gap}


def _factors(multiplier: Polynomial) -> list[Any]:
    return [] if multiplier == constant(Fraction(1)) else [plain_polynomial(multiplier)]


def _has(polynomial: Polynomial, name: str) -> bool:
    return any(name == n for monomial in polynomial for n, _ in monomial)


def _degree(monomial: Monomial) -> int:
    return sum(power for name, power in monomial if not name.startswith(_UNKNOWN))


def _by_known(polynomial: Polynomial) -> dict[Monomial, Polynomial]:
    """The coefficients, polynomials in the unknowns, of the monomials in the variables."""
    found: dict[Monomial, dict[Monomial, Fraction]] = {}
    for monomial, x in polynomial.items():
        known = tuple(part for part in monomial if not part[0].startswith(_UNKNOWN))
        rest = tuple(part for part in monomial if part[0].startswith(_UNKNOWN))
        found.setdefault(known, {})[rest] = x
    return dict(found)


def _sum(polynomial: Polynomial) -> str:
    """A polynomial in the unknowns as a term of SMT-LIB."""
    parts = []
    for monomial, x in polynomial.items():
        above = str(x.numerator) if x >= 0 else f"(- {-x.numerator})"
        factors: Collection[str] = [f"(/ {above} {x.denominator})", *(
            _shown(name) for name, power in monomial for _ in range(power))]
        parts.append(f"(* {' '.join(factors)})" if len(factors) > 1 else " ".join(factors))
    return f"(+ 0 {' '.join(parts)})" if parts else "0"


def _shown(name: str) -> str:
    return name.replace(_UNKNOWN, "u")
