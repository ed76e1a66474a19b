"""What things and terms are called in English, for lines that people read."""

from __future__ import annotations

from collections.abc import Iterable

from pyoxigraph import Literal, NamedNode, Quad

from kg.model.prefixes import SOURCE, node, shorten


class Labels:
    """The labels of a tree."""

    def __init__(self, quads: Iterable[Quad]) -> None:
        """Read every rdfs:label, English before others."""
        label = node("rdfs:label")
        self._labels: dict[str, Literal] = {}
        for quad in quads:
            text = quad.object
            if quad.predicate == label and isinstance(text, Literal):
                iri = str(getattr(quad.subject, "value", ""))
                if text.language == "en" or iri not in self._labels:
                    self._labels[iri] = text

    def name(self, term: object) -> str:
        """Return what a term is called: its label, its place in a source, or its value."""
        if isinstance(term, Literal):
            return term.value
        if not isinstance(term, NamedNode):
            return str(term)
        if term.value in self._labels:
            return self._labels[term.value].value
        return place_name(term) if term.value.startswith(SOURCE) else shorten(term.value)


def place_name(graph: NamedNode) -> str:
    """Write the place of a sentence: its source and its locator.

    >>> place_name(NamedNode(f"{SOURCE}harbour-2020/p1s2"))
    'harbour-2020 p1s2'
    """
    return graph.value.removeprefix(SOURCE).replace("/", " ")
