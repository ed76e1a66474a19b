"""Values in which sources differ: which is served, which others there are, and who states each."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode

from kg.model.named_graphs import DISAGREEMENTS, ENTITIES
from kg.model.prefixes import expand
from kg.model.translations import gettext
from kg.statements.documents import documents_by_iri
from kg.store.memory import per_reader
from kg.store.store import Store, Term
from kg.terms.display import DisplayValue, display_term, display_thing, display_value
from kg.terms.literals import text
from kg.terms.vocabulary import read_vocabulary

_TYPE, _COURSE, _VALUE = map(expand, ("rdf:type", "dip:StatusCourse", "rdf:value"))
_ABOUT, _ON, _RULE, _PART, _REASON = (
    expand(f"dip:{name}")
    for name in ("disagreementAbout", "disagreementOn", "decidedBy", "hasStatedValue", "reason")
)
_SERVED, _WITH, _IN, _AGREES = (
    expand(f"dip:{name}") for name in ("served", "statedWith", "statedIn", "agreesWith")
)
_SOURCE = expand("prov:wasDerivedFrom")

# What is stated of each subject of graph/disagreements, by property.
_Records = Mapping[str, Mapping[str, list[Term]]]


@dataclass(frozen=True)
class VariantValue:
    """One of the values: who states it, in which sentences, with which properties.

    `agrees` is true of a coarser value that fits the one served; `by` are the publishers, each with
    the IRI of its source.
    """

    value: DisplayValue
    served: bool
    agrees: bool
    by: tuple[DisplayValue, ...]
    sentences: frozenset[str]
    stated_with: frozenset[str]


@dataclass(frozen=True)
class Variation:
    """A disagreement, or the course of a status, `on` a property of things.

    `rule` is that by which the value to serve was chosen, `reason` the editors' if they chose it.
    """

    page: DisplayValue
    on: DisplayValue
    things: frozenset[str]
    rule: DisplayValue | None
    reason: str
    is_course: bool
    values: tuple[VariantValue, ...]

    @property
    def others(self) -> tuple[VariantValue, ...]:
        """Return the values that are not served and do not fit the one that is."""
        return tuple(value for value in self.values if not (value.served or value.agrees))

    def serves(self, property_: str, value: DisplayValue) -> bool:
        """Tell whether a statement of one of the things is in the default graph."""
        served = (variant for variant in self.values if variant.served)
        if property_ == self.on.iri:
            return any(variant.value == value for variant in served)
        return any(property_ in variant.stated_with for variant in served)

    def concerns(self, property_: str, other: str) -> bool:
        """Tell whether a statement of one of the things is what the sources differ in."""
        if property_ == self.on.iri:
            return True
        stated = any(property_ in value.stated_with for value in self.values)
        return stated and other in self.things


@per_reader
def variations_by_iri(store: Store) -> dict[str, Variation]:
    """Read what sources differ in, by the IRI of the disagreement or course."""
    records = _records(store)
    return {
        iri: _variation(store, records, iri) for iri in sorted(records) if _PART in records[iri]
    }


@per_reader
def variations_by_thing(store: Store) -> dict[str, list[Variation]]:
    """Read what sources differ in, by the IRI of each thing concerned."""
    by_thing: dict[str, list[Variation]] = defaultdict(list)
    for variation in variations_by_iri(store).values():
        for thing in variation.things:
            by_thing[thing].append(variation)
    return dict(by_thing)


def variation_of(store: Store, subject: str, property_: str, other: str) -> Variation | None:
    """Return in what sources differ about a statement, if they do."""
    variations = variations_by_thing(store).get(subject, ())
    return next((one for one in variations if one.concerns(property_, other)), None)


def _records(store: Store) -> _Records:
    records: dict[str, dict[str, list[Term]]] = defaultdict(lambda: defaultdict(list))
    for triple in store.graph(DISAGREEMENTS):
        records[text(triple.subject)][triple.predicate.value].append(triple.object)
    return records


def _variation(store: Store, records: _Records, iri: str) -> Variation:
    vocabulary, record = read_vocabulary(store), records[iri]
    rules = [text(rule) for rule in record.get(_RULE, ())]
    reasons = (reason for rule in rules for reason in records.get(rule, {}).get(_REASON, ()))
    parts = sorted(text(part) for part in record[_PART])
    values = [_value(store, records, part) for part in parts]
    values.sort(key=lambda value: (not value.served, value.value.raw or value.value.text))
    return Variation(
        display_thing(vocabulary, iri),
        display_term(vocabulary, text(record[_ON][0])),
        frozenset(text(thing) for thing in record[_ABOUT]),
        display_thing(vocabulary, rules[0]) if rules else None,
        next((text(reason) for reason in reasons), ""),
        _COURSE in map(text, record[_TYPE]),
        tuple(values),
    )


def _value(store: Store, records: _Records, part: str) -> VariantValue:
    record, documents = records[part], documents_by_iri(store)
    served = Literal("true", datatype=NamedNode(expand("xsd:boolean")))
    finer = (records[text(other)] for other in record.get(_AGREES, ()))
    publishers = []
    for source in sorted(text(source) for source in record[_SOURCE]):
        document = documents.get(source)
        names = ", ".join(who.text for who in document.publishers) if document else ""
        title = document.title if document else gettext("background") * (source == ENTITIES.value)
        publishers.append(DisplayValue(names or title or source, source if document else ""))
    return VariantValue(
        display_value(read_vocabulary(store), record[_VALUE][0]),
        served in record[_SERVED],
        any(served in other[_SERVED] for other in finer),
        tuple(publishers),
        frozenset(text(sentence) for sentence in record.get(_IN, ())),
        frozenset(text(property_) for property_ in record[_WITH]),
    )
