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
from kg.terms.literals import text
from kg.terms.vocabulary import read_vocabulary


@dataclass(frozen=True)
class SourceDocument:
    """A document whose sentences the graph cites; dates are ISO dates, or empty."""

    iri: str
    label: str
    title: str
    creators: tuple[DisplayValue, ...]
    publishers: tuple[DisplayValue, ...]
    issued: str
    modified: str = ""

    @property
    def newest(self) -> str:
        """Return the date of the last change, else of publication."""
        return max(self.issued, self.modified)


@per_reader
def documents_by_iri(store: Store) -> dict[str, SourceDocument]:
    """Read all cited documents of a build by IRI."""
    vocabulary = read_vocabulary(store)
    rows: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for row in store.select(page_query("sources")):
        for name, term in row.items():
            rows[text(row["source"])][name].add(text(term))
    return {
        iri: SourceDocument(
            iri,
            # Of several values one must win, the same in every build.
            label=min(row["label"], default=""),
            title=min(row["title"], default=""),
            creators=tuple(display_thing(vocabulary, agent) for agent in sorted(row["creator"])),
            publishers=tuple(
                display_thing(vocabulary, agent) for agent in sorted(row["publisher"])
            ),
            issued=min(row["issued"], default=""),
            modified=max(row["modified"], default=""),
        )
        for iri, row in rows.items()
    }


def find_document(store: Store, name: str) -> SourceDocument:
    """Return one document by its slug; NotFound if it is not cited."""
    documents = documents_by_iri(store)
    if SOURCE + name not in documents:
        slugs = (iri.removeprefix(SOURCE) for iri in documents)
        raise NotFound(f"source called {name}", difflib.get_close_matches(name[:100], slugs), name)
    return documents[SOURCE + name]
