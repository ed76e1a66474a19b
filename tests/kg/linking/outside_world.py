"""A dataset like Wikidata, made of our graph by script: its records, and decoys of the same names.

Which things have a record is drawn by the hash of their slugs, so that it is the same each time.
Every thing has decoys: a film or ship of its name, and a namesake of its kind that differs in
dates, place or company. Of an absent thing there are only decoys.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from pyoxigraph import Literal, NamedNode, Triple

from kg.linking.candidates.alignment import ClassAlignment
from kg.linking.ours import OurThing
from kg.model.prefixes import node

WIKIDATA = "http://www.wikidata.org/entity/"
_DIRECT = "http://www.wikidata.org/prop/direct/"
_LABEL, _ALSO = node("rdfs:label"), node("skos:altLabel")
_KIND, _WIDER = NamedNode(_DIRECT + "P31"), NamedNode(_DIRECT + "P279")
_BORN, _DIED, _DAY, _POINT, _TIE = (
    NamedNode(_DIRECT + name) for name in ("P569", "P570", "P585", "P625", "P361")
)
_DESCRIPTION = NamedNode("http://schema.org/description")
_FILM, _SHIP, _HUMAN = (NamedNode(WIKIDATA + name) for name in ("Q11424", "Q11446", "Q5"))
_DATE_TIME = node("xsd:dateTime")
_FAR = ("Bolivia", "Lake Titicaca", "Potosí")
# A record is tied to what we tie it to, as far as that has records; one thing in so many has none.
_MOST_TIES, _ABSENT_EACH = 12, 4


@dataclass(frozen=True)
class OutsideWorld:
    """Triples of another dataset, and for each thing of ours the record that it is, or None."""

    triples: tuple[Triple, ...]
    records: dict[str, str | None]


def outside_world(things: Iterable[OurThing], alignment: ClassAlignment) -> OutsideWorld:
    """Make a dataset that has records of three in four things, and decoys of all."""
    triples: dict[Triple, None] = {}
    things = list(things)
    records = {thing.iri: _record_of(thing) for thing in things}
    named = {name: records[thing.iri] for thing in things for name, _ in thing.description.labels}
    for thing in things:
        english = [name for tie in thing.ties for name in tie.names if name.isascii()]
        tied = [(name, named.get(name, _other(name))) for name in english]
        ties = [(name, iri) for name, iri in tied if iri]
        record = records[thing.iri]
        if record:
            triples |= dict.fromkeys(_record(thing, NamedNode(record), alignment))
            triples |= dict.fromkeys(_ties(NamedNode(record), ties[:_MOST_TIES]))
        triples |= dict.fromkeys(_decoys(thing, alignment))
        if len(ties) > 2:
            film = NamedNode(f"{WIKIDATA}Q{_draw(thing.slug, 'film')}")
            triples |= dict.fromkeys(_ties(film, ties[:1]))
    return OutsideWorld(tuple(triples), records)


def _record_of(thing: OurThing) -> str | None:
    absent = _draw(thing.slug, "absent") % _ABSENT_EACH == 0
    return None if absent else f"{WIKIDATA}Q{_draw(thing.slug, 'record')}"


def _other(name: str) -> str:
    return f"{WIKIDATA}Q{_draw(name, 'other')}"


def _record(thing: OurThing, record: NamedNode, alignment: ClassAlignment) -> Iterator[Triple]:
    yield from _names(thing, record)
    yield from _kind(thing, record, alignment)
    yield Triple(record, _DESCRIPTION, Literal(f"the real {thing.kind}", language="en"))
    for latitude, longitude in thing.description.points:
        # Nobody measures the middle of a city at the same corner.
        yield _at(record, latitude + 0.02, longitude - 0.03)
    for days in thing.description.periods:
        known = days.last if days.first == date.min else days.first
        yield _dated(record, _DAY, known.isoformat())
    if thing.active:
        yield _dated(record, _BORN, f"{thing.active.first.year - 50}-03-01")


def _decoys(thing: OurThing, alignment: ClassAlignment) -> Iterator[Triple]:
    other = NamedNode(f"{WIKIDATA}Q{_draw(thing.slug, 'film')}")
    yield from _names(thing, other)
    yield Triple(other, _KIND, (_FILM, _SHIP)[_draw(thing.slug, "kind") % 2])
    namesake = NamedNode(f"{WIKIDATA}Q{_draw(thing.slug, 'namesake')}")
    yield from _names(thing, namesake)
    yield from _kind(thing, namesake, alignment)
    yield Triple(namesake, _DESCRIPTION, Literal(f"another {thing.kind}", language="en"))
    for latitude, longitude in thing.description.points:
        yield _at(namesake, -latitude / 2, longitude / 2 + 20)
    for days in thing.description.periods:
        yield _dated(namesake, _DAY, f"{days.last.year - 60}-05-05")
    if thing.active:
        yield _dated(namesake, _BORN, "1801-03-02")
        yield _dated(namesake, _DIED, "1870-03-02")
    yield from _ties(namesake, [(name, _other(name)) for name in _FAR])


def _names(thing: OurThing, record: NamedNode) -> Iterator[Triple]:
    """Yield most of the names of a thing, not always the same languages."""
    labels = [*thing.description.labels]
    for number, (text, language) in enumerate(labels):
        # Of several names a dataset lacks some.
        if number and _draw(record.value, text) % 3 == 0:
            continue
        yield Triple(record, _ALSO if number > 2 else _LABEL, Literal(text, language=language))


def _kind(thing: OurThing, record: NamedNode, alignment: ClassAlignment) -> Iterator[Triple]:
    """Yield the kind of a thing; of every other one a narrower kind of its own."""
    kind = alignment.nearest(thing.types, WIKIDATA)
    kind = kind or alignment.nearest(alignment.above(thing.types), WIKIDATA)
    # What has no class like ours there is of one that our alignments do not name.
    kind = kind or f"{WIKIDATA}Q{_draw(*sorted(thing.types))}"
    if _draw(record.value, "narrow") % 2 and kind != _HUMAN.value:
        narrow = NamedNode(f"{WIKIDATA}Q{_draw(kind, 'narrow')}")
        yield Triple(record, _KIND, narrow)
        yield Triple(narrow, _WIDER, NamedNode(kind))
    else:
        yield Triple(record, _KIND, NamedNode(kind))


def _ties(record: NamedNode, others: Iterable[tuple[str, str]]) -> Iterator[Triple]:
    for name, iri in others:
        yield Triple(record, _TIE, NamedNode(iri))
        yield Triple(NamedNode(iri), _LABEL, Literal(name, language="en"))


def _at(record: NamedNode, latitude: float, longitude: float) -> Triple:
    point = f"Point({longitude} {latitude})"
    return Triple(record, _POINT, Literal(point, datatype=node("geo:wktLiteral")))


def _dated(record: NamedNode, property_: NamedNode, day: str) -> Triple:
    return Triple(record, property_, Literal(f"{day}T00:00:00Z", datatype=_DATE_TIME))


def _draw(*parts: str) -> int:
    """Return a number that depends on the parts alone."""
    return int(hashlib.sha256(" ".join(parts).encode()).hexdigest()[:8], 16)
