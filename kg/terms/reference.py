"""The ontology as its own reference: classes as a tree, properties, concept schemes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from pyoxigraph import BlankNode, Literal

from kg.model.named_graphs import ONTOLOGY
from kg.model.prefixes import TERM, expand, shorten
from kg.model.translations import gettext_noop
from kg.store.memory import per_reader
from kg.store.store import Store, Term
from kg.terms.display import DisplayValue, display_term
from kg.terms.literals import text
from kg.terms.vocabulary import Vocabulary, read_vocabulary

_Statements = dict[str, dict[str, list[Term]]]

_PROPERTY_KINDS = {
    expand("owl:ObjectProperty"): gettext_noop("relation"),
    expand("owl:DatatypeProperty"): gettext_noop("value"),
    expand("owl:AnnotationProperty"): gettext_noop("note"),
}
_TRAITS = {
    expand("owl:SymmetricProperty"): gettext_noop("symmetric"),
    expand("owl:TransitiveProperty"): gettext_noop("transitive"),
    expand("owl:FunctionalProperty"): gettext_noop("at most one value"),
    expand("owl:InverseFunctionalProperty"): gettext_noop("at most one subject"),
    expand("owl:IrreflexiveProperty"): gettext_noop("never of itself"),
    expand("owl:AsymmetricProperty"): gettext_noop("never both ways"),
}
_CODES = {TERM + "cameoCode": "CAMEO", TERM + "ploverType": "PLOVER"}
_MAPPINGS = [
    expand(name)
    for name in (
        "owl:equivalentClass", "owl:equivalentProperty", "skos:exactMatch", "skos:closeMatch",
        "skos:broadMatch", "skos:narrowMatch", "skos:relatedMatch",
    )
]  # fmt: skip


@dataclass(frozen=True)
class TermEntry:
    """A term with its definition, an example, wider terms, and mappings to other vocabularies.

    `note` tells it from near terms; `codes` are those of event data.
    """

    term: DisplayValue
    definition: str
    note: str
    example: str
    codes: tuple[str, ...]
    above: tuple[DisplayValue, ...]
    aligned: tuple[DisplayValue, ...]


@dataclass(frozen=True)
class ClassEntry:
    """A class and its depth in the tree, 0 for the top."""

    entry: TermEntry
    depth: int


@dataclass(frozen=True)
class PropertyEntry:
    """A property with its domains, ranges (or schemes of values), inverses and logical traits."""

    entry: TermEntry
    kind: str
    domains: tuple[DisplayValue, ...]
    ranges: tuple[DisplayValue, ...]
    inverses: tuple[DisplayValue, ...]
    traits: tuple[str, ...]


@dataclass(frozen=True)
class SchemeEntry:
    """A concept scheme: the values that a property may have."""

    entry: TermEntry
    concepts: tuple[TermEntry, ...]


@dataclass(frozen=True)
class OntologyReference:
    """The ontology: its title, description and version, and entries for all of its terms."""

    title: str
    description: str
    version: str
    classes: tuple[ClassEntry, ...]
    properties: tuple[PropertyEntry, ...]
    schemes: tuple[SchemeEntry, ...]


@per_reader
def ontology_reference(store: Store) -> OntologyReference:
    """Read the reference from the ontology's graph."""
    statements: _Statements = defaultdict(lambda: defaultdict(list))
    for triple in store.graph(ONTOLOGY):
        statements[text(triple.subject)][triple.predicate.value].append(triple.object)
    reader = _Reader(read_vocabulary(store), statements)
    ontology = statements.get(TERM.rstrip("#"), {})
    return OntologyReference(
        _english(ontology, "dcterms:title") or "Ontology",
        _english(ontology, "dcterms:description"),
        _english(ontology, "owl:versionInfo"),
        tuple(reader.classes()),
        tuple(reader.properties()),
        tuple(reader.schemes()),
    )


@dataclass(frozen=True)
class _Reader:
    """Reads entries from the statements of the ontology, by subject and property."""

    vocabulary: Vocabulary
    statements: _Statements

    def classes(self) -> Iterator[ClassEntry]:
        """Read the classes in the order of the tree; a class with several parents stands once."""
        iris = self._of_type(expand("owl:Class"))
        children: dict[str, list[str]] = defaultdict(list)
        for iri in iris:
            parents = sorted(p for p in self.vocabulary.classes[iri].parents if p in iris)
            # Under its first parent only: a tree that repeats branches is hard to scan.
            children[parents[0] if parents else ""].append(iri)
        # A stack, not recursion: nothing limits the depth of an ontology.
        stack = [(iri, 0) for iri in reversed(children[""])]
        while stack:
            iri, depth = stack.pop()
            yield ClassEntry(self._entry(iri, "rdfs:subClassOf"), depth)
            stack.extend((child, depth + 1) for child in reversed(children[iri]))

    def properties(self) -> Iterator[PropertyEntry]:
        """Read the properties, by label."""
        for iri in self._of_type(*_PROPERTY_KINDS):
            statements = self.statements[iri]
            types = [text(value) for value in statements[expand("rdf:type")]]
            record = self.vocabulary.properties.get(iri)
            yield PropertyEntry(
                self._entry(iri, "rdfs:subPropertyOf"),
                next(_PROPERTY_KINDS[name] for name in types if name in _PROPERTY_KINDS),
                self._display(statements[expand("rdfs:domain")]),
                self._display(statements[TERM + "scheme"] or statements[expand("rdfs:range")]),
                tuple(
                    display_term(self.vocabulary, inverse)
                    for inverse in sorted(record.inverses if record else ())
                ),
                self._traits(iri, types),
            )

    def _traits(self, iri: str, types: list[str]) -> tuple[str, ...]:
        """Name the logical traits of a property; values of an exclusive one are compared."""
        exclusive = "true" in map(text, self.statements[iri][TERM + "exclusive"])
        traits = [_TRAITS[name] for name in types if name in _TRAITS]
        return (*traits, *([gettext_noop("one value in each source")] if exclusive else []))

    def schemes(self) -> Iterator[SchemeEntry]:
        """Read the concept schemes, by label, with their concepts."""
        in_scheme, broader = expand("skos:inScheme"), "skos:broader"
        for iri in self._of_type(expand("skos:ConceptScheme")):
            concepts = [
                concept
                for concept in self.statements
                if iri in map(text, self.statements[concept].get(in_scheme, ()))
            ]
            concepts.sort(key=self.vocabulary.term_label)
            entries = tuple(self._entry(concept, broader) for concept in concepts)
            yield SchemeEntry(self._entry(iri, broader), entries)

    def _entry(self, iri: str, wider: str) -> TermEntry:
        statements = self.statements[iri]
        return TermEntry(
            display_term(self.vocabulary, iri),
            _english(statements, "skos:definition"),
            _english(statements, "skos:scopeNote"),
            _english(statements, "skos:example"),
            tuple(
                f"{scheme} {text(code)}"
                for name, scheme in _CODES.items()
                for code in statements.get(name, [])
            ),
            self._display(statements.get(expand(wider), [])),
            self._display([value for name in _MAPPINGS for value in statements.get(name, [])]),
        )

    def _of_type(self, *types: str) -> list[str]:
        """Return our terms of some types, by label."""
        wanted, rdf_type = set(types), expand("rdf:type")
        iris = (
            iri
            for iri, statements in self.statements.items()
            if iri.startswith(TERM) and wanted & set(map(text, statements.get(rdf_type, ())))
        )
        return sorted(iris, key=self.vocabulary.term_label)

    def _display(self, nodes: list[Term]) -> tuple[DisplayValue, ...]:
        """Label our terms, name others by prefix, and list the members of a union."""
        iris = [iri for node in nodes for iri in self._members(node)]
        return tuple(
            display_term(self.vocabulary, iri)
            if iri.startswith(TERM)
            else DisplayValue(shorten(iri).strip("<>"), iri)
            for iri in dict.fromkeys(iris)
        )

    def _members(self, node: Term) -> list[str]:
        if not isinstance(node, BlankNode):
            return [text(node)]
        # A domain of several classes is a blank node with an owl:unionOf list.
        unions = self.statements[text(node)].get(expand("owl:unionOf"), [])
        return [iri for head in unions for iri in self._list(text(head))]

    def _list(self, head: str) -> Iterator[str]:
        """Read an RDF list."""
        # An unfinished list ends instead of failing: checks, not pages, report it.
        while head in self.statements and head != expand("rdf:nil"):
            yield from map(text, self.statements[head][expand("rdf:first")])
            head = text(self.statements[head][expand("rdf:rest")][0])


def _english(statements: dict[str, list[Term]], name: str) -> str:
    """Return the first value of an annotation, in English where there is a choice."""
    values = [value for value in statements.get(expand(name), []) if isinstance(value, Literal)]
    values.sort(key=lambda value: value.language != "en")
    return values[0].value if values else ""
