"""The terms of the ontology for who writes a source: what one means, and what goes with it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from pyoxigraph import Literal, NamedNode
from rapidfuzz import fuzz

from kg.index.folding import fold_name
from kg.model.named_graphs import ONTOLOGY, with_default_graph
from kg.model.prefixes import TERM, node, shorten
from kg.pipeline.checks.shapes import class_messages
from kg.pipeline.load import load
from kg.store.store import Store
from kg.terms.display import DisplayValue
from kg.terms.reference import OntologyReference, PropertyEntry, TermEntry, ontology_reference

SHAPES_FILE = "ontology/shapes.ttl"
_MOST = 12


def term_lines(root: Path, name: str) -> list[str]:
    """Describe the terms of a name or label in lines; else list those that come nearest.

    Of a class: its properties; of a property: what it goes from and to; of a scheme: its concepts.
    """
    quads = [quad for quad in load(root).quads if quad.graph_name == ONTOLOGY]
    key_facts: dict[str, list[str]] = defaultdict(list)
    background = set()
    for quad in quads:
        match quad.subject, quad.predicate, quad.object:
            case NamedNode() as term, predicate, NamedNode() as fact if predicate == _KEY_FACT:
                key_facts[term.value].append(fact.value)
            case NamedNode() as term, predicate, Literal("true") if predicate == _BACKGROUND:
                background.add(term.value)
    reference = ontology_reference(Store.of(with_default_graph(quads)))
    messages = class_messages(root / SHAPES_FILE)
    dictionary = _Dictionary(reference, key_facts, messages, background)
    wanted = fold_name(name.removeprefix("dip:"))
    exact = [entry for entry in dictionary.entries() if wanted in _names(entry)]
    if not exact:
        nearest = [_line(entry) for entry in dictionary.nearest(wanted)]
        return nearest or [f"no term is near “{name}”"]
    return [line for entry in exact for line in dictionary.description(entry)]


_KEY_FACT, _BACKGROUND = node("dip:keyFact"), node("dip:background")
# Percent of rapidfuzz: “detained” is near “detainee” (87), “ramming” not near “rating” (77).
_NEAR = 82
# So many letters that begin another word are near it too: “veto” and “vetoed”.
_STEM = 4
# Nearly every definition has these.
_COMMON = {
    "a", "an", "and", "at", "by", "for", "from", "in", "of", "on", "or", "that", "the", "to",
    "which", "who", "with",
}  # fmt: skip


@dataclass(frozen=True)
class _Dictionary:
    reference: OntologyReference
    key_facts: dict[str, list[str]]
    # What the shapes say to a thing of a class that does not fit.
    messages: dict[str, list[str]]
    # The properties that may stand in `graph/entities`.
    background: set[str]

    def entries(self) -> list[TermEntry]:
        schemes = self.reference.schemes
        return [
            *(class_.entry for class_ in self.reference.classes),
            # Notes are of the ontology itself: no source has them.
            *(prop.entry for prop in self.reference.properties if prop.kind != "note"),
            *(scheme.entry for scheme in schemes),
            *(concept for scheme in schemes for concept in scheme.concepts),
        ]

    def nearest(self, wanted: str) -> list[TermEntry]:
        """Return the terms whose label or definition has words like these, likest first."""

        def likeness(entry: TermEntry) -> float:
            label = _likeness(wanted, entry.term.text)
            return max(label, 0.9 * _likeness(wanted, f"{entry.definition} {entry.example}"))

        near = [(score, entry) for entry in self.entries() if (score := likeness(entry))]
        return [entry for _, entry in sorted(near, key=lambda scored: -scored[0])[:_MOST]]

    def description(self, entry: TermEntry) -> Iterator[str]:
        """Yield what is to be said of a term, and of the terms that go with it."""
        yield _line(entry)
        if entry.note:
            yield f"  {entry.note}"
        if entry.example:
            yield f"  for example: {entry.example}"
        if entry.above:
            yield f"  narrower than {_joined(entry.above)}"
        classes = (class_.entry for class_ in self.reference.classes)
        narrower = [class_.term for class_ in classes if entry.term in class_.above]
        if narrower:
            yield f"  wider than {_joined(narrower)}"
        yield from self._of_property(entry)
        yield from self._of_class(self._lineage(entry))

    def _of_property(self, entry: TermEntry) -> Iterator[str]:
        """Yield where a property leads from and to, and where it may stand; then concepts."""
        for property_ in self.reference.properties:
            if property_.entry == entry:
                yield f"  from {_joined(property_.domains) or 'anything'}"
                yield f"  to {_joined(property_.ranges) or 'anything'}"
                if entry.term.iri in self.background:
                    yield "  may stand in graph/entities (dip:background true)"
                else:
                    yield "  may not stand in graph/entities"
        takers = self._takers(entry.term.iri, *self._schemes_of(entry))
        if takers and self._schemes_of(entry):
            yield f"  value of {_joined(property_.entry.term for property_ in takers)}"
        for concept in self._concepts(entry):
            yield f"    {_line(concept)}"

    def _of_class(self, lineage: Sequence[str]) -> Iterator[str]:
        """Yield what a class needs and its properties, given it and the classes above it."""
        messages = (message for iri in lineage for message in self.messages.get(iri, ()))
        yield from (f"  {m}" for m in dict.fromkeys(messages) if m.startswith("needs"))
        for property_ in self._properties(lineage[0]) if lineage else ():
            yield f"    {_line(property_.entry)} (to {_joined(property_.ranges) or 'anything'})"
        through = ", ".join(
            f"{shorten(property_.entry.term.iri)} (from {_joined(property_.domains)})"
            for property_ in self._takers(*lineage[:1])
            if property_.domains
        )
        if through:
            yield f"  reached through {through}"
        for iri in lineage[1:]:
            names = _joined(property_.entry.term for property_ in self._properties(iri))
            if names:
                yield f"  as any {shorten(iri)}: {names}"

    def _concepts(self, entry: TermEntry) -> Iterator[TermEntry]:
        """Yield the concepts of a scheme, or of the scheme that a property takes values from."""
        ranges = [prop.ranges for prop in self.reference.properties if prop.entry == entry]
        wanted = {entry.term.iri, *(value.iri for values in ranges for value in values)}
        for scheme in self.reference.schemes:
            if scheme.entry.term.iri in wanted:
                yield from scheme.concepts

    def _schemes_of(self, concept: TermEntry) -> list[str]:
        schemes = self.reference.schemes
        return [scheme.entry.term.iri for scheme in schemes if concept in scheme.concepts]

    def _takers(self, *ranges: str) -> list[PropertyEntry]:
        """Return the properties that lead to one of some classes or schemes."""
        return [
            property_
            for property_ in self.reference.properties
            if property_.kind != "note" and {v.iri for v in property_.ranges} & set(ranges)
        ]

    def _lineage(self, entry: TermEntry) -> list[str]:
        """Return a class and those above it; nothing for another term."""
        classes = {c.entry.term.iri: c.entry for c in self.reference.classes}
        lineage = [entry.term.iri] if entry.term.iri in classes else []
        for iri in lineage:
            above = (wider.iri for wider in classes[iri].above if wider.iri in classes)
            lineage += [wider for wider in above if wider not in lineage]
        return lineage

    def _properties(self, iri: str) -> list[PropertyEntry]:
        """Return the properties that start from a class, or that its things are known by."""
        return [
            property_
            for property_ in self.reference.properties
            if property_.entry.term.iri in self.key_facts.get(iri, ())
            or iri in {domain.iri for domain in property_.domains}
        ]


def _likeness(wanted: str, text: str) -> float:
    """Return how well each of some words is matched by one of a text, on average, in percent.

    A word that none is near counts nothing, nor does a common one.
    """
    wanted_words, words = (
        [word for word in fold_name(one).split() if word not in _COMMON] for one in (wanted, text)
    )
    best = [max((_nearness(one, word) for word in words), default=0) for one in wanted_words]
    return sum(best) / max(len(best), 1)


def _nearness(one: str, other: str) -> float:
    short, long = sorted((one, other), key=len)
    near = len(short) >= _STEM and long.startswith(short)
    score = fuzz.ratio(one, other)
    return score if near or score >= _NEAR else 0


def _names(entry: TermEntry) -> set[str]:
    return {fold_name(entry.term.iri.removeprefix(TERM)), fold_name(entry.term.text)}


def _line(entry: TermEntry) -> str:
    return f"{shorten(entry.term.iri)}  {entry.definition}"


def _joined(values: Iterable[DisplayValue]) -> str:
    return ", ".join(shorten(value.iri) for value in values)
