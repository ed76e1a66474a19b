"""The panels that pages of each class have, declared as `dip:Panel` in `ontology/display.ttl`.

A new panel is a `dip:Panel` there and a query in `kg/queries/pages/`; no Python.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from difflib import get_close_matches

from kg.model.errors import NotFound
from kg.sparql.named_queries import page_query
from kg.store.memory import per_reader
from kg.store.store import Store, Term
from kg.terms.literals import text
from kg.terms.vocabulary import read_vocabulary


@dataclass(frozen=True)
class PanelKind:
    """A panel of the pages of some classes: its title, page query, view and order on the page.

    `listed_classes` are principal classes, for a panel that lists all things of these classes with
    a statement about the page's thing; `implied_roles` are the properties that its title states.
    """

    title: str
    query_name: str
    view: str
    order: int
    classes: frozenset[str]
    listed_classes: frozenset[str]
    implied_roles: frozenset[str]


@per_reader
def panel_kinds(store: Store) -> tuple[PanelKind, ...]:
    """Read all panels, in their order on pages, with titles in the reader's language."""
    values: dict[tuple[str, str], set[str]] = defaultdict(set)
    rows: dict[str, dict[str, Term]] = {}
    for row in store.select(page_query("panels")):
        # One row for each combination of class, listed class and role; the other values repeat.
        rows[text(row["panel"])] = row
        for name in ("class", "of", "says"):
            values[text(row["panel"]), name] |= {text(row[name])} if name in row else set()
    kinds = (
        PanelKind(
            read_vocabulary(store).term_label(iri),
            text(row["question"]),
            text(row["view"]),
            int(text(row["order"])),
            *(frozenset(values[iri, name]) for name in ("class", "of", "says")),
        )
        for iri, row in rows.items()
    )
    return tuple(sorted(kinds, key=lambda kind: (kind.order, kind.query_name)))


def find_panel_kind(store: Store, query_name: str) -> PanelKind:
    """Return the panel with a page query; NotFound offers similar names."""
    kinds = {kind.query_name: kind for kind in panel_kinds(store)}
    if query_name not in kinds:
        similar = get_close_matches(query_name, kinds)
        raise NotFound(f"panel called {query_name}", similar, query_name)
    return kinds[query_name]


def panel_queries(store: Store) -> set[str]:
    """Return the names of the page queries of panels."""
    return {kind.query_name for kind in panel_kinds(store)}
