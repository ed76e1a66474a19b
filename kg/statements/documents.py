"""The documents whose sentences the graph cites: title, authors, publishers, dates."""

from __future__ import annotations

import difflib
from collections import defaultdict
from dataclasses import dataclass

from kg.model.errors import NotFound
from kg.model.prefixes import SOURCE
from kg.sparql.named_queries import page_query
from kg.store.memory import per_reader
from kg.store.store import Store
from kg.terms.display import DisplayValue, display_thing
from kg.terms.vocabulary import read_vocabulary, text


@dataclass(frozen=True)
class SourceDocument:
    """A cited document."""

    iri: str
    label: str
    title: str
    creators: tuple[DisplayValue, ...]
    publishers: tuple[DisplayValue, ...]
    issued: str
    modified: str = ""

    @property
    def newest(self) -> str:
        """Return the last date on record: of a change, else of its appearance."""
        return max(self.issued, self.modified)


@per_reader
def documents_by_iri(store: Store) -> dict[str, SourceDocument]:
    """Return every cited document by its IRI."""
    vocabulary = read_vocabulary(store)
    rows: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for row in store.select(page_query("sources")):
        for name, term in row.items():
            rows[text(row["source"])][name].add(text(term))
    return {
        iri: SourceDocument(
            iri,
            label=min(row["label"], default=""),
            title=min(row["title"], default=""),
            creators=tuple(display_thing(vocabulary, who) for who in sorted(row["creator"])),
            publishers=tuple(display_thing(vocabulary, who) for who in sorted(row["publisher"])),
            issued=min(row["issued"], default=""),
            modified=max(row["modified"], default=""),
        )
        for iri, row in rows.items()
    }


def find_document(store: Store, name: str) -> SourceDocument:
    """Return one document by its slug; NotFound if it is not cited."""
    known = documents_by_iri(store).get(SOURCE + name)
    if known is None:
        names = (iri.removeprefix(SOURCE) for iri in documents_by_iri(store))
        near = difflib.get_close_matches(name[:100], names)
        raise NotFound(f"source called {name}", near, name)
    return known
