"""The ontology as its own reference: classes as a tree, properties, concept schemes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from pyoxigraph import BlankNode, Literal, NamedNode

from kg.model.prefixes import GRAPH, TERM, expand, shorten
from kg.store.memory import per_reader
from kg.store.store import Store, Term
from kg.terms.display import DisplayValue, display_term
from kg.terms.vocabulary import Vocabulary, read_vocabulary, text

_Facts = dict[str, dict[str, list[Term]]]

_PROPERTY_KINDS = {
    expand("owl:ObjectProperty"): "relation",
    expand("owl:DatatypeProperty"): "value",
    expand("owl:AnnotationProperty"): "note",
}
_TRAITS = {
    expand("owl:SymmetricProperty"): "symmetric",
    expand("owl:TransitiveProperty"): "transitive",
    expand("owl:FunctionalProperty"): "at most one value",
    expand("owl:InverseFunctionalProperty"): "at most one subject",
    expand("owl:IrreflexiveProperty"): "never of itself",
    expand("owl:AsymmetricProperty"): "never both ways",
}
_ALIGNED = [
    expand(name)
    for name in (
        "owl:equivalentClass", "owl:equivalentProperty", "skos:exactMatch", "skos:closeMatch",
        "skos:broadMatch", "skos:narrowMatch", "skos:relatedMatch",
    )
]  # fmt: skip


@dataclass(frozen=True)
class TermEntry:
    """What every term has: its name, its meaning, an example, its like elsewhere."""

    term: DisplayValue
    definition: str
    example: str
    above: tuple[DisplayValue, ...]
    aligned: tuple[DisplayValue, ...]


@dataclass(frozen=True)
class ClassEntry:
    """A class and how deep it stands in the tree."""

    entry: TermEntry
    depth: int


@dataclass(frozen=True)
class PropertyEntry:
    """A property and what it joins."""

    entry: TermEntry
    kind: str
    domains: tuple[DisplayValue, ...]
    ranges: tuple[DisplayValue, ...]
    inverses: tuple[DisplayValue, ...]
    traits: tuple[str, ...]


@dataclass(frozen=True)
class SchemeEntry:
    """A scheme of concepts: the values that a property may take."""

    entry: TermEntry
    concepts: tuple[TermEntry, ...]


@dataclass(frozen=True)
class OntologyReference:
    """The whole reference."""

    title: str
    description: str
    version: str
    classes: tuple[ClassEntry, ...]
    properties: tuple[PropertyEntry, ...]
    schemes: tuple[SchemeEntry, ...]


@per_reader
def ontology_reference(store: Store) -> OntologyReference:
    """Read the reference from the ontology's graph."""
    vocabulary = read_vocabulary(store)
    facts: _Facts = defaultdict(lambda: defaultdict(list))
    for triple in store.graph(NamedNode(GRAPH + "ontology")):
        facts[text(triple.subject)][triple.predicate.value].append(triple.object)
    about = facts.get(TERM.rstrip("#"), {})
    return OntologyReference(
        _words(about, "dcterms:title") or "Ontology",
        _words(about, "dcterms:description"),
        _words(about, "owl:versionInfo"),
        tuple(_classes(vocabulary, facts)),
        tuple(
            _property(vocabulary, facts, iri)
            for iri in _of_kind(vocabulary, facts, *_PROPERTY_KINDS)
        ),
        tuple(_schemes(vocabulary, facts)),
    )


def _classes(vocabulary: Vocabulary, facts: _Facts) -> Iterator[ClassEntry]:
    names = _of_kind(vocabulary, facts, expand("owl:Class"))
    children: dict[str, list[str]] = defaultdict(list)
    for iri in names:
        parents = sorted(p for p in vocabulary.classes[iri].parents if p in names)
        children[parents[0] if parents else ""].append(iri)
    ahead = [(iri, 0) for iri in reversed(children[""])]
    while ahead:
        iri, depth = ahead.pop()
        yield ClassEntry(_entry(vocabulary, facts, iri, "rdfs:subClassOf"), depth)
        ahead.extend((child, depth + 1) for child in reversed(children[iri]))


def _property(vocabulary: Vocabulary, facts: _Facts, iri: str) -> PropertyEntry:
    kinds = [text(kind) for kind in facts[iri][expand("rdf:type")]]
    notes = vocabulary.properties.get(iri)
    return PropertyEntry(
        _entry(vocabulary, facts, iri, "rdfs:subPropertyOf"),
        next(_PROPERTY_KINDS[kind] for kind in kinds if kind in _PROPERTY_KINDS),
        _named(vocabulary, facts, facts[iri][expand("rdfs:domain")]),
        _named(vocabulary, facts, facts[iri][expand("rdfs:range")]),
        tuple(display_term(vocabulary, other) for other in sorted(notes.inverses if notes else ())),
        tuple(_TRAITS[kind] for kind in kinds if kind in _TRAITS),
    )


def _schemes(vocabulary: Vocabulary, facts: _Facts) -> Iterator[SchemeEntry]:
    within, broader = expand("skos:inScheme"), "skos:broader"
    for iri in _of_kind(vocabulary, facts, expand("skos:ConceptScheme")):
        members = [c for c in facts if iri in map(text, facts[c].get(within, ()))]
        members.sort(key=vocabulary.term_label)
        yield SchemeEntry(
            _entry(vocabulary, facts, iri, broader),
            tuple(_entry(vocabulary, facts, member, broader) for member in members),
        )


def _entry(vocabulary: Vocabulary, facts: _Facts, iri: str, above: str) -> TermEntry:
    known = facts[iri]
    return TermEntry(
        display_term(vocabulary, iri),
        _words(known, "skos:definition"),
        _words(known, "skos:example"),
        _named(vocabulary, facts, known.get(expand(above), [])),
        _named(vocabulary, facts, [o for name in _ALIGNED for o in known.get(name, [])]),
    )


def _of_kind(vocabulary: Vocabulary, facts: _Facts, *kinds: str) -> list[str]:
    """Return our terms of some kinds, by label."""
    wanted, type_ = set(kinds), expand("rdf:type")
    found = (
        iri
        for iri, known in facts.items()
        if iri.startswith(TERM) and wanted & set(map(text, known.get(type_, ())))
    )
    return sorted(found, key=vocabulary.term_label)


def _named(vocabulary: Vocabulary, facts: _Facts, nodes: list[Term]) -> tuple[DisplayValue, ...]:
    """Name nodes, of a union its members: ours in words, others by their prefixed names."""
    iris = [iri for node in nodes for iri in _members(facts, node)]
    return tuple(
        display_term(vocabulary, iri)
        if iri.startswith(TERM)
        else DisplayValue(shorten(iri).strip("<>"), iri)
        for iri in dict.fromkeys(iris)
    )


def _members(facts: _Facts, node: Term) -> list[str]:
    if not isinstance(node, BlankNode):
        return [text(node)]
    unions = facts[text(node)].get(expand("owl:unionOf"), [])
    return [iri for head in unions for iri in _list(facts, text(head))]


def _list(facts: _Facts, head: str) -> Iterator[str]:
    while head in facts and head != expand("rdf:nil"):
        yield from map(text, facts[head][expand("rdf:first")])
        head = text(facts[head][expand("rdf:rest")][0])


def _words(known: dict[str, list[Term]], name: str) -> str:
    """Return what a term's note says, in English where there is a choice."""
    values = [value for value in known.get(expand(name), []) if isinstance(value, Literal)]
    values.sort(key=lambda value: value.language != "en")
    return values[0].value if values else ""
