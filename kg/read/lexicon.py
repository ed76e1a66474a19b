"""The words of the ontology for completion: what each term means, the commonest first."""

from __future__ import annotations

from dataclasses import dataclass

from kg.ask import panel
from kg.memory import per_reader
from kg.prefixes import expand, prefixes, shorten
from kg.read.documentation import TermEntry, documentation
from kg.read.vocabulary import text
from kg.store import Store


@dataclass(frozen=True)
class Word:
    """A class or property: its prefixed name, its kind, its label, its meaning, its uses."""

    name: str
    kind: str
    label: str
    definition: str
    uses: int


# Terms of other vocabularies that queries need.
_OTHERS = {
    "rdf:type": ("property", "type", "Is of the class."),
    "rdfs:label": ("property", "label", "Is called; names are in English, Japanese and Russian."),
    "skos:altLabel": ("property", "other name", "Is also called."),
    "owl:sameAs": ("property", "same as", "Is the same thing in another dataset."),
    "geo:hasGeometry": ("property", "has geometry", "Lies where the geometry says."),
    "geo:asWKT": ("property", "as WKT", "Is written as well-known text, longitude first."),
    "dcterms:isPartOf": ("property", "is part of", "Is a sentence of the document."),
}


@per_reader
def lexicon(store: Store) -> tuple[Word, ...]:
    """Return the classes and properties, those that the graph uses most first."""
    known = documentation(store)
    uses = {text(row["term"]): int(text(row["uses"])) for row in store.select(panel("uses"))}
    found = [_word(one.entry, "class", uses) for one in known.classes]
    found += [_word(one.entry, "property", uses) for one in known.properties]
    for name, (kind, label, definition) in _OTHERS.items():
        found.append(Word(name, kind, label, definition, uses.get(expand(name), 0)))
    return tuple(sorted(found, key=lambda word: (-word.uses, word.name)))


def known_prefixes() -> dict[str, str]:
    """Return the prefixes that a completion may declare."""
    return prefixes()


def _word(entry: TermEntry, kind: str, uses: dict[str, int]) -> Word:
    iri = entry.term.iri
    return Word(shorten(iri), kind, entry.term.text, entry.definition, uses.get(iri, 0))
