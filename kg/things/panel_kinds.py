"""Which questions the pages of which classes answer, as `ontology/display.ttl` says."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from difflib import get_close_matches

from kg.model.errors import NotFound
from kg.sparql.named_queries import page_query
from kg.store.memory import per_store
from kg.store.store import Store, Term
from kg.terms.vocabulary import text


@dataclass(frozen=True)
class PanelKind:
    """What is said of a panel (`dip:Panel`): title, question, view, place on the page, its classes.

    `of` are the principal classes if it only lists what has a statement about the thing; `says` the
    properties that its title says already.
    """

    title: str
    question: str
    view: str
    order: int
    classes: frozenset[str]
    of: frozenset[str]
    says: frozenset[str]


@per_store
def panel_kinds(store: Store) -> tuple[PanelKind, ...]:
    """Return all panels, in the order of pages."""
    several: dict[tuple[str, str], set[str]] = defaultdict(set)
    first: dict[str, dict[str, Term]] = {}
    for row in store.select(page_query("panels")):
        first[text(row["panel"])] = row
        for name in ("class", "of", "says"):
            several[text(row["panel"]), name] |= {text(row[name])} if name in row else set()
    found = (
        PanelKind(
            text(row["title"]),
            text(row["question"]),
            text(row["view"]),
            int(text(row["order"])),
            *(frozenset(several[iri, name]) for name in ("class", "of", "says")),
        )
        for iri, row in first.items()
    )
    return tuple(sorted(found, key=lambda kind: (kind.order, kind.question)))


def find_panel_kind(store: Store, question: str) -> PanelKind:
    """Return the panel that answers a question; NotFound offers the names that come near."""
    known = {kind.question: kind for kind in panel_kinds(store)}
    if question not in known:
        raise NotFound(f"panel called {question}", get_close_matches(question, known), question)
    return known[question]


def panel_queries(store: Store) -> set[str]:
    """Return the names of the questions that panels answer."""
    return {kind.question for kind in panel_kinds(store)}
