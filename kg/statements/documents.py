"""The documents whose sentences the graph cites: title, authors, publishers, dates, kind."""

from __future__ import annotations

import difflib
from collections import defaultdict
from dataclasses import dataclass

from kg.model.errors import NotFound
from kg.model.prefixes import SOURCE, expand
from kg.sparql.named_queries import page_query
from kg.store.memory import per_reader
from kg.store.store import Store
from kg.terms.display import DisplayValue, display_thing
from kg.terms.literals import text
from kg.terms.vocabulary import read_vocabulary


@dataclass(frozen=True)
class SourceDocument:
    """A document whose sentences the graph cites; dates are ISO dates, or empty.

    `kind` says how near it stands to what it reports, `voices` in whose words it speaks, `origins`
    what it passes on: the agency, or the document that it reprints or translates. `instruments`
    are those whose text it is. `reliability` is that of its publisher, as rated.
    `common_origin` is the IRI that sources share whose publishers are not independent.
    """

    iri: str
    label: str
    title: str
    creators: tuple[DisplayValue, ...]
    publishers: tuple[DisplayValue, ...]
    issued: str
    modified: str = ""
    kind: DisplayValue | None = None
    extent: DisplayValue | None = None
    languages: tuple[str, ...] = ()
    addresses: tuple[str, ...] = ()
    voices: tuple[DisplayValue, ...] = ()
    origins: tuple[DisplayValue, ...] = ()
    instruments: tuple[DisplayValue, ...] = ()
    reliability: tuple[DisplayValue, ...] = ()
    common_origin: str = ""

    @property
    def newest(self) -> str:
        """Return the date of the last change, else of publication."""
        return max(self.issued, self.modified)


@per_reader
def documents_by_iri(store: Store) -> dict[str, SourceDocument]:
    """Read all cited documents of a build by IRI, the newest first."""
    values: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for row in store.select(page_query("sources")):
        names = values[text(row["source"])]
        if "value" in row:
            names[text(row["property"])].add(text(row["value"]))
    documents = [_document(store, iri, names) for iri, names in values.items()]
    documents.sort(key=lambda document: document.iri)
    documents.sort(key=lambda document: document.issued, reverse=True)
    return {document.iri: document for document in documents}


def _document(store: Store, iri: str, values: dict[str, set[str]]) -> SourceDocument:
    vocabulary = read_vocabulary(store)

    def texts(*names: str) -> list[str]:
        return sorted(value for name in names for value in values[expand(name)])

    def things(*names: str) -> tuple[DisplayValue, ...]:
        return tuple(display_thing(vocabulary, value) for value in texts(*names))

    return SourceDocument(
        iri,
        # Of several values one must win, the same in every build.
        label=min(texts("rdfs:label"), default=""),
        title=min(texts("dcterms:title"), default=""),
        creators=things("dcterms:creator"),
        publishers=things("dcterms:publisher"),
        issued=min(texts("dcterms:issued"), default=""),
        modified=max(texts("dcterms:modified"), default=""),
        kind=next(iter(things("dip:sourceKind")), None),
        extent=next(iter(things("dip:extent")), None),
        languages=tuple(texts("dcterms:language")),
        addresses=tuple(a for a in texts("dcterms:source") if a.startswith(("http:", "https:"))),
        voices=things("dip:voice"),
        origins=things("dip:basedOn", "dip:reprintOf", "dip:translationOf"),
        instruments=things("dip:textOf"),
        reliability=things("dip:reliability"),
        common_origin=min(texts("dip:commonOrigin"), default=iri),
    )


def find_document(store: Store, name: str) -> SourceDocument:
    """Return one document by its slug; NotFound if it is not cited."""
    documents = documents_by_iri(store)
    if SOURCE + name not in documents:
        slugs = (iri.removeprefix(SOURCE) for iri in documents)
        raise NotFound(f"source called {name}", difflib.get_close_matches(name[:100], slugs), name)
    return documents[SOURCE + name]
