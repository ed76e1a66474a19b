"""The list of sources, filtered by kind, language and publisher."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from kg.lists.facets import Facet, FacetCounts, FacetValue
from kg.model.languages import LANGUAGES
from kg.model.prefixes import TERM, THING
from kg.statements.documents import SourceDocument

# The names of the filters in addresses.
SOURCE_FACETS = ("kind", "language", "publisher")


def filter_sources(
    documents: list[SourceDocument], filters: Mapping[str, str]
) -> tuple[list[SourceDocument], FacetCounts]:
    """Return the documents that pass the filters, and the values of each facet among them.

    A filter that no document has passes none, and stays among the values so that it can be removed.
    """
    values = {document.iri: _values(document) for document in documents}
    selected = [
        document
        for document in documents
        if all(value in values[document.iri][name] for name, value in filters.items() if value)
    ]
    facets = (_facet(name, selected, values, filters.get(name, "")) for name in SOURCE_FACETS)
    return selected, FacetCounts(tuple(facets), ())


def _values(document: SourceDocument) -> dict[str, dict[str, str]]:
    """Return what a document has of each facet: the label of each value by its name."""
    kinds = [document.kind] if document.kind else []
    return {
        "kind": {kind.iri.removeprefix(TERM): kind.text for kind in kinds},
        "language": {tag: LANGUAGES.get(tag, tag) for tag in document.languages},
        "publisher": {who.iri.removeprefix(THING): who.text for who in document.publishers},
    }


def _facet(
    name: str,
    selected: list[SourceDocument],
    values: Mapping[str, Mapping[str, Mapping[str, str]]],
    chosen: str,
) -> Facet:
    labels = {key: label for of_one in values.values() for key, label in of_one[name].items()}
    counts = Counter(key for document in selected for key in values[document.iri][name])
    if chosen:
        return Facet(name, (FacetValue(chosen, labels.get(chosen, chosen), counts[chosen], True),))
    commonest = sorted(counts.items(), key=lambda item: (-item[1], labels[item[0]]))
    return Facet(name, tuple(FacetValue(key, labels[key], n, False) for key, n in commonest))
