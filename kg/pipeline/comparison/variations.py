"""Values that differ, as statements of graph/disagreements."""

from __future__ import annotations

from collections.abc import Iterator

from pyoxigraph import Literal, NamedNode, Triple

from kg.model.prefixes import TERM, THING, node
from kg.pipeline.comparison.readings import Reading
from kg.pipeline.comparison.resolution import Resolution
from kg.pipeline.comparison.values import ComparedValue
from kg.store.store import Store

_LABELS_READ = 100
_BOOLEAN = node("xsd:boolean")


def variation(store: Store, resolution: Resolution) -> Iterator[Triple]:
    """Describe a disagreement, or the course of a status, with every value that sources give.

    The store tells what the things and properties are called.
    """
    matter, kind = resolution.matter, "course" if resolution.is_course else "disagreement"
    iri = NamedNode(f"{THING}{kind}-{_slug(resolution)}")
    yield Triple(iri, node("rdf:type"), node(_CLASSES[kind]))
    yield Triple(iri, node("rdfs:label"), _label(store, resolution))
    # What a statement that is not served starts from has a page that should show why.
    subjects = (triple.subject for triple in resolution.withdrawn)
    aside = {subject.value for subject in subjects if isinstance(subject, NamedNode)}
    for thing in sorted(matter.things | aside):
        yield Triple(iri, node("dip:disagreementAbout"), NamedNode(thing))
    yield Triple(iri, node("dip:disagreementOn"), matter.on)
    if resolution.rule:
        yield Triple(iri, node("dip:decidedBy"), resolution.rule)
    parts = {
        value: NamedNode(f"{iri.value}#value-{number}")
        for number, value in enumerate(resolution.values, start=1)
    }
    for value, part in parts.items():
        yield Triple(iri, node("dip:hasStatedValue"), part)
        yield from _stated_value(part, value, resolution)
        for finer in resolution.coarser.get(value, ()):
            yield Triple(part, node("dip:agreesWith"), parts[finer])


_CLASSES = {"course": "dip:StatusCourse", "disagreement": "dip:Disagreement"}


def _stated_value(
    part: NamedNode, value: ComparedValue, resolution: Resolution
) -> Iterator[Triple]:
    served = Literal(str(value == resolution.served).lower(), datatype=_BOOLEAN)
    yield Triple(part, node("rdf:type"), node("dip:StatedValue"))
    yield Triple(part, node("rdf:value"), value.term)
    yield Triple(part, node("dip:served"), served)
    for reading in resolution.values[value]:
        yield from _statement(part, reading)


def _statement(part: NamedNode, reading: Reading) -> Iterator[Triple]:
    yield Triple(part, node("dip:statedWith"), reading.stated_with)
    # The background has no sentences.
    if reading.source != reading.graph:
        yield Triple(part, node("dip:statedIn"), reading.graph)
    yield Triple(part, node("prov:wasDerivedFrom"), reading.source)


def _slug(resolution: Resolution) -> str:
    matter = resolution.matter
    things = [matter.about, *([matter.whose] if matter.whose else [])]
    names = [thing.value.removeprefix(THING) for thing in things]
    return "-".join([*names, matter.on.value.removeprefix(TERM)])


def _label(store: Store, resolution: Resolution) -> Literal:
    matter = resolution.matter
    about = _name(store, matter.about)
    if matter.whose:
        words = f"part of {_name(store, matter.whose)} in {about}"
    else:
        words = f"{_name(store, matter.on)} of {about}"
    kind = "course" if resolution.is_course else "disagreement"
    return Literal(f"{words} ({kind})", language="en")


def _name(store: Store, thing: NamedNode) -> str:
    labels = store.objects(thing, node("rdfs:label"), _LABELS_READ)
    literals = [label for label in labels if isinstance(label, Literal)]
    best = min(literals, key=lambda label: (label.language != "en", label.value), default=thing)
    return best.value
