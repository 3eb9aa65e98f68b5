"""From forms to a model: which dimensions there are, and the tensors.

Every form that something reads is a dimension of the residual stream, or a combination of such
dimensions that are known as early. Each sublayer adds its part to a dimension, which is whole after
the time of its form. So most rows of queries, keys, values and networks have a single entry.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from expressivity.programs.rasp.basis import Entries, add_multiple, basis
from expressivity.programs.rasp.forms import (
    Column,
    Form,
    Head,
    Key,
    Power,
    Reciprocal,
    Symbol,
    Unit,
    Variable,
    exactly,
)
from expressivity.programs.rasp.values import Number
from languages.errors import LimitError
from proofs.models.architecture import MAX_ENTRIES


class Plan:
    """The dimensions and sublayers of a model that computes these outputs.

    Each output is a dimension of its own. Attributes: `dimensions` (forms), `names`, and `used`,
    the variables of each time in the order in which they were found.
    """

    def __init__(self, outputs: Sequence[tuple[str, Form]]) -> None:
        self.used: dict[int, list[Variable]] = {}
        self.dimensions: list[Form] = []
        self.names: list[str] = []
        self._rows: dict[Key, Entries] = {}
        self.outputs: list[int] = []
        self._choose(self._collect([form for _, form in outputs]),
                     {form.key: name for name, form in reversed(outputs)})
        self._separate(outputs)

    def _collect(self, outputs: Sequence[Form]) -> list[Form]:
        """All forms that are read, in the order of their times; finds the variables in use."""
        forms: dict[Key, Form] = {}
        seen: set[Variable] = set()
        todo = list(outputs)
        while todo:
            form = todo.pop()
            if form.key in forms:
                continue
            forms[form.key] = form
            for x in form.terms:
                if x not in seen:
                    seen.add(x)
                    self.used.setdefault(x.time, []).append(x)
                    todo += _read(x)
        return sorted(forms.values(), key=lambda form: form.time)

    def _choose(self, forms: Sequence[Form], names: Mapping[Key, str]) -> None:
        """Choose dimensions and write every form as a combination of them."""
        for rank, (form, entries) in enumerate(basis(forms)):
            if entries is None:
                entries = {len(self.dimensions): 1}
                self.names.append(names.get(form.key, f"{_stage(form.time)}.{rank}"))
                self.dimensions.append(form)
            self._rows[form.key] = entries

    def _separate(self, outputs: Sequence[tuple[str, Form]]) -> None:
        """A dimension for every output."""
        for name, form in outputs:
            entries = self._rows[form.key]
            if len(entries) == 1 and (k := next(iter(entries))) not in self.outputs \
                    and entries[k] == 1:
                self.names[k] = name
            else:
                k = len(self.dimensions)
                self.dimensions.append(form)
                self.names.append(name)
            self.outputs.append(k)

    @property
    def resources(self) -> dict[str, int]:
        """Counts as in `models.sizes`, from the plan alone."""
        times = sorted(time for time in self.used if time)
        networks = [time for time in times if time % 2 == 0]
        alone = [time for time in networks if time - 1 not in self.used]
        heads = [len(self.heads(time)) for time in times if time % 2]
        return {"layers": max(1, len(heads) + len(alone)), "attention_layers": len(heads),
                "networks": len(networks), "heads": max(heads, default=0),
                "width": len(self.dimensions)}

    def heads(self, time: int) -> dict[Head, list[Column]]:
        """The heads of an attention layer and the columns that are read of each."""
        found: dict[Head, list[Column]] = {}
        for x in self.used[time]:
            if isinstance(x, Column):
                found.setdefault(x.head, []).append(x)
        return found

    def layers(self) -> list[dict[str, Any]]:
        """The sublayers as plain data; LimitError if they have too many weights."""
        self._check_size()
        return [self._attention(time) if time % 2 else self._network(time)
                for time in sorted(self.used) if time]

    def embedding(self, letters: int, positions: int) -> list[list[list[int | str]]]:
        """Rows for the letters and the two markers, the same at so many positions."""
        tables: list[list[int | str]] = [[0] * len(self.dimensions) for _ in range(letters + 2)]
        for dimension, form in enumerate(self.dimensions):
            entries: dict[int, Number] = {}
            for x, c in form.terms.items():
                if isinstance(x, Symbol):
                    add_multiple(entries, c, dict.fromkeys(x.symbols(letters), 1))
            for symbol, entry in entries.items():
                tables[symbol][dimension] = exactly(entry)
        return [[list(row) for _ in range(positions)] for row in tables]

    def formulas(self) -> list[dict[str, Any]]:
        """What depends on the position."""
        made = []
        for name, form in zip(self.names, self.dimensions, strict=True):
            numerator: dict[int, Number] = {}
            reciprocal = any(isinstance(x, Reciprocal) for x in form.terms)
            for x, c in form.terms.items():
                if isinstance(x, Reciprocal):
                    add_multiple(numerator, c, {0: 1})
                elif isinstance(x, Power):
                    add_multiple(numerator, c, {x.exponent: 1})
                    if reciprocal:  # over the common denominator i + 1
                        add_multiple(numerator, c, {x.exponent + 1: 1})
            if numerator:
                made.append({
                    "dimension": name,
                    "numerator": [[exactly(c), a, 0] for a, c in sorted(numerator.items())],
                    "denominator": [[1, 0, 0], [1, 1, 0]] if reciprocal else [[1, 0, 0]]})
        return made

    def _check_size(self) -> None:
        width, entries = len(self.dimensions), 0
        for time, variables in self.used.items():
            if time and time % 2 == 0:
                entries += len(variables) * (3 * width + 2)
            elif time:
                for head, columns in self.heads(time).items():
                    entries += (2 * len(head.rows) + 2 * len(columns)) * (width + 1)
        if entries > MAX_ENTRIES:
            raise LimitError("weights of the model", entries, MAX_ENTRIES,
                             "MAX_ENTRIES, or do with a smaller length")

    def _attention(self, time: int) -> dict[str, Any]:
        heads = []
        for head, columns in self.heads(time).items():
            heads.append({
                "selection": "average-hard", "mask": head.mask,
                "query": [self._row(query) for query, _ in head.rows],
                "key": [self._row(key) for _, key in head.rows],
                "value": [self._row(column.value) for column in columns],
                "output": self._parts(columns, bias=False)})
        return {"kind": "attention", "heads": heads}

    def _network(self, time: int) -> dict[str, Any]:
        units = [x for x in self.used[time] if isinstance(x, Unit)]
        outer = self._parts(units, bias=True)
        gates = [self._row(x.gate) for x in units]
        if not any(x.factor for x in units):
            return {"kind": "ffn", "in": gates, "out": outer}
        one: list[int | str] = [*[0] * len(self.dimensions), 1]
        return {"kind": "gated-ffn", "gate": gates, "out": outer,
                "in": [self._row(x.factor) if x.factor else one for x in units]}

    def _row(self, form: Form) -> list[int | str]:
        """The form as an affine functional of the residual stream."""
        row: list[int | str] = [0] * (len(self.dimensions) + 1)
        for dimension, c in self._rows[form.key].items():
            row[dimension] = exactly(c)
        return row

    def _parts(self, variables: Sequence[Variable], bias: bool) -> list[list[int | str]]:
        """For each dimension the coefficients of these variables."""
        column = {x: k for k, x in enumerate(variables)}
        rows = []
        for form in self.dimensions:
            row: list[int | str] = [0] * (len(variables) + bias)
            for x, c in form.terms.items():
                if x in column:
                    row[column[x]] = exactly(c)
            rows.append(row)
        return rows


def _read(x: Variable) -> Iterable[Form]:
    """The forms that the sublayer of a variable reads."""
    if isinstance(x, Unit):
        return (x.gate,) if x.factor is None else (x.gate, x.factor)
    if isinstance(x, Column):
        return (x.value, *(form for row in x.head.rows for form in row))
    return ()


def _stage(time: int) -> str:
    """The sublayer that completes a dimension, for its name."""
    return "embedding" if not time else f"{'attention' if time % 2 else 'network'} {time}"
