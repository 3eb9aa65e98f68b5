"""Derivations and what they rest on, as data of a report."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from expressivity.queries.ask import rests_on
from expressivity.queries.explain import DERIVED, Wording
from expressivity.queries.export import bibliography
from expressivity.queries.facts import digest
from expressivity.report.data import Grounds, Node, Source
from proofs import base
from proofs.citation import Conjecture
from proofs.kernel import Theorem

MARKS = {"yes": "compared with the paper's text or abstract",
         "part": "headline compared with the paper",
         "textbook": "textbook", "derived": "argued in the theorem base", "no": "not compared"}


def nodes(theorems: tuple[Theorem, ...], wording: Wording) -> tuple[Node, ...]:
    """The derivation of each theorem."""
    return tuple(_node(t, wording.tree(t)) for t in theorems)


def _node(theorem: Theorem, tree: Mapping[str, Any]) -> Node:
    premises = tuple(_node(t, part) for t, part in
                     zip(theorem.premises, tree.get("from", ()), strict=True))
    if "citation" in tree:
        mark = "" if tree["citation"] == DERIVED else MARKS[tree["verified"]]
        return Node(tree["says"], "axiom", f"{tree['citation']} ({tree['axiom']})", mark,
                    tree.get("disputed", ""), premises)
    if "conjecture" in tree:
        return Node(tree["says"], "conjecture", f"assumed: {tree['conjecture']}")
    if theorem.certificate is not None:
        return Node(tree["says"], "certificate", named_certificate(theorem.certificate),
                    premises=premises)
    return Node(tree["says"], "rule" if premises else "definition", tree["why"],
                premises=premises)


def named_certificate(certificate: Mapping[str, Any]) -> str:
    """The kind of a certificate and the digest that identifies it."""
    return f"certificate {certificate['kind']} sha256:{digest(certificate)}, checked"


def grounds(theorems: tuple[Theorem, ...]) -> Grounds:
    """What theorems rest on, with full references."""
    rest = rests_on(theorems)
    conjectures = base.conjectures()
    return Grounds(
        tuple(source(entry) for entry in bibliography(theorems)), tuple(rest["certificates"]),
        tuple(_conjecture(name, conjectures[name]) for name in rest["conjectures"]),
        tuple(rest["definitions"]), tuple(rest.get("witnesses", ())))


def source(entry: Mapping[str, Any]) -> Source:
    """An entry of `bibliography`."""
    return Source(entry["axiom"], entry["theorem"], entry["reference"], MARKS[entry["verified"]],
                  entry.get("note", ""), entry.get("disputed", ""))


def _conjecture(name: str, entry: Conjecture) -> str:
    return f"{name}: {entry.believed} is believed, not proved" + (
        f" ({entry.note})" if entry.note else "")
