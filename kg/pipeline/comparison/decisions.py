"""The editors' decisions, each with a reason: `kg/sources/decisions.ttl`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode

from kg.model.errors import SourceError
from kg.model.named_graphs import DISAGREEMENTS
from kg.model.prefixes import node, shorten
from kg.store.store import Store

FILE = "kg/sources/decisions.ttl"
_ABOUT = "dip:disagreementAbout"
_ONCE = ("dip:disagreementOn", "rdf:value", "dip:reason")


@dataclass(frozen=True)
class Decision:
    """A value that the editors chose for a property of a thing."""

    iri: NamedNode
    value: NamedNode | Literal


def read_decisions(store: Store) -> Mapping[tuple[frozenset[str], str], Decision]:
    """Return the decisions by the things and the property that they are about.

    SourceError for one that lacks a part.
    """
    decisions = {}
    for iri, parts in _by_decision(store).items():
        wrong = [part for part in _ONCE if len(parts.get(part, ())) != 1]
        if wrong or _ABOUT not in parts:
            message = f"{shorten(iri)} needs one {' and one '.join(wrong or [_ABOUT])}"
            raise SourceError(FILE, 0, 0, message, "say on what, which value, and why")
        (on,), (value,), _ = (parts[part] for part in _ONCE)
        things = frozenset(_iri(thing) for thing in parts[_ABOUT])
        decisions[things, _iri(on)] = Decision(NamedNode(iri), value)
    return decisions


def _by_decision(store: Store) -> dict[str, dict[str, list[NamedNode | Literal]]]:
    triples = store.graph(DISAGREEMENTS)
    kind = node("dip:EditorialDecision")
    parts: dict[str, dict[str, list[NamedNode | Literal]]] = {
        _iri(triple.subject): {} for triple in triples if triple.object == kind
    }
    for triple in triples:
        stated = parts.get(_iri(triple.subject))
        if stated is not None and isinstance(triple.object, NamedNode | Literal):
            stated.setdefault(shorten(triple.predicate.value), []).append(triple.object)
    return parts


def _iri(term: object) -> str:
    return term.value if isinstance(term, NamedNode) else str(term)
