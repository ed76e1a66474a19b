"""The sections of a thing's page: one list, from which its contents and its body are made.

A new section is a row here and a template of that name in `templates/thing/`; a new panel is not:
panels come from `ontology/display.ttl`, all shown by `templates/thing/panel.html`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kg.added_data.added_statements import AddedData
from kg.lists.places import MapPlace
from kg.model.translations import gettext
from kg.things.entity import Entity
from kg.things.panels import Panel


@dataclass(frozen=True)
class Section:
    """One section of a page: its template, anchor and title, and the name of its page query.

    A section without an anchor is not in the page's contents. `panel` are the rows of a panel.
    """

    template: str
    anchor: str
    title: str
    query: str = ""
    panel: Panel | None = None


def thing_sections(
    entity: Entity, places: Sequence[MapPlace], added: Sequence[AddedData] = ()
) -> list[Section]:
    """Return the sections that have something to show, in the order of the page."""
    # Who is responsible for an event is often only claimed, so claims about it come early; for
    # anything else the facts come first.
    event, shortened = is_event(entity), "properties" in entity.shortened
    more_facts = gettext("More facts") if entity.key_facts else gettext("Facts")
    claims = Section("claims", "about", gettext("Claims about this"), "claimed")
    connections = Section("connections", "network", gettext("Connections"), "neighbourhood")
    rows: list[tuple[object, Section]] = [
        *_first_sections(entity),
        (places, Section("location", "where", _location_title(entity, places), "place")),
        (entity.claims and event, claims),
        *((True, section) for section in _panel_sections(entity.panels)),
        (entity.outgoing, Section("facts", "stated", more_facts, "outgoing")),
        (entity.incoming, Section("related", "mentioned", gettext("Related"), "incoming")),
        (shortened, Section("more_properties", "", gettext("More properties"))),
        (entity.neighbourhood.ties, connections),
        (entity.claims and not event, claims),
        *_outside_sections(entity, added),
        (entity.inferred, Section("inferred", "", gettext("Inferred facts"), "derived")),
        (entity.cited_sentences, Section("sources", "sources", gettext("Sources"))),
    ]
    return [section for content, section in rows if content]


def percent(share: str) -> str:
    """Write a share of one in percent, with a narrow space that does not break.

    >>> percent("0.95"), percent("9.75E-1")
    ('95\u202f%', '97.5\u202f%')
    """
    return f"{100 * float(share):g}\u202f%"


def is_event(entity: Entity) -> bool:
    """Return whether a thing is an event of any kind."""
    return entity.neighbourhood.nodes[0].principal_class == "Event"


def _first_sections(entity: Entity) -> Iterator[tuple[object, Section]]:
    yield entity.content, Section("content", "claimed-title", gettext("What is claimed"), "content")
    stated = Section("variants", "variants", gettext("Values stated"), "stated-variants")
    yield entity.variants, stated
    yield entity.key_facts, Section("key_facts", "key", gettext("Key facts"), "key-facts-of")


def _outside_sections(
    entity: Entity, added: Sequence[AddedData]
) -> Iterator[tuple[object, Section]]:
    links = Section("other_datasets", "elsewhere", gettext("In other datasets"), "other-datasets")
    yield entity.outside_links or entity.absent_links, links
    yield added, Section("added_data", "added", gettext("Outside data"), "added-data")


def _panel_sections(panels: Sequence[Panel]) -> Iterator[Section]:
    for panel in panels:
        title = panel.title[:1].upper() + panel.title[1:]
        yield Section("panel", f"panel-{panel.query_name}", title, panel.query_name, panel)


def _location_title(entity: Entity, places: Sequence[MapPlace]) -> str:
    # Of what is only planned or alleged nothing has happened anywhere.
    elsewhere = bool(places) and places[0].place.iri != entity.thing.iri
    happened = is_event(entity) and not entity.thing.status
    return gettext("Where it happened") if elsewhere and happened else gettext("Location")
