"""A thing of ours as far as a check of its links compares it: its names and its classes."""

from __future__ import annotations

from dataclasses import dataclass

from pyoxigraph import NamedNode

from kg.link_check.asking import check_query
from kg.model.prefixes import TERM
from kg.store.store import Store
from kg.terms.literals import text


@dataclass(frozen=True)
class LinkedThing:
    """Its names in all languages, and its classes, those that were inferred included."""

    names: tuple[str, ...]
    classes: tuple[str, ...]


def read_linked_thing(store: Store, iri: str) -> LinkedThing:
    """Read a thing from a build; one that it does not have yet has neither."""
    rows = store.select(check_query("thing"), thing=NamedNode(iri))
    names = {text(row["name"]) for row in rows if "name" in row}
    classes = {text(row["class"]) for row in rows if "class" in row}
    ours = (one for one in classes if one.startswith(TERM))
    return LinkedThing(tuple(sorted(names)), tuple(sorted(ours)))
