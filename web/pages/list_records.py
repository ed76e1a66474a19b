"""The JSON records of lists, search results and places, one function a kind of item."""

from __future__ import annotations

from collections.abc import Iterable

from kg.lists.identifiers import TermOrSource
from kg.lists.items import ListItem
from kg.lists.listing import Listing
from kg.lists.places import MapPlace
from kg.lists.search import SearchHit
from kg.statements.sentences import Sentence, sentences_stating
from kg.store.store import Store
from kg.terms.completion import CLASS
from web import urls


def listing_record(store: Store, listing: Listing) -> dict[str, object]:
    """Return a page of results with its number and the total, each with its sentences."""
    sentences = sentences_stating(store, (item.thing.iri for item in listing.items))
    return {
        "total": listing.total,
        "page": listing.page,
        "pages": listing.pages,
        "results": [_cited_record(item, sentences[item.thing.iri]) for item in listing.items],
    }


def _cited_record(item: ListItem, sentences: Iterable[Sentence]) -> dict[str, object]:
    return item_record(item) | {"sentences": [sentence.iri for sentence in sentences]}


def item_record(item: ListItem) -> dict[str, object]:
    """Return a thing: its names, classes, status and dates, and the path of its page."""
    return {
        "iri": item.thing.iri,
        "label": item.thing.text,
        "lang": item.thing.language,
        "description": item.description,
        "classes": [value.iri for value in item.classes],
        "kinds": [value.text for value in item.classes],
        "status": item.thing.status,
        "earliest": item.earliest,
        "latest": item.latest,
        "day": item.day,
        "page": urls.local_path(item.thing.iri),
    }


def hit_record(hit: SearchHit) -> dict[str, object]:
    """Return a thing with the name that matched, in (text, matched) pieces."""
    return item_record(hit.item) | {
        "name": hit.name,
        "name_lang": hit.language,
        "pieces": hit.pieces,
    }


def reference_record(reference: TermOrSource) -> dict[str, object]:
    """Return a search result that is no thing: a class, property, source or sentence."""
    return {
        "iri": reference.iri,
        "label": reference.text,
        "kind": reference.kind,
        "description": reference.description,
        "page": reference_path(reference),
    }


def reference_path(reference: TermOrSource) -> str:
    """Return the path of such a result; for a class, of the list of its members."""
    # Who searches for “meeting” wants the meetings, not the definition of the class.
    if reference.kind == CLASS:
        return urls.class_path(reference.iri)
    return urls.local_path(reference.iri)


def place_record(place: MapPlace) -> dict[str, object]:
    """Return a place on the map: its degrees east and north, and the things there."""
    return {
        "iri": place.place.iri,
        "label": place.place.text,
        "longitude": place.longitude,
        "latitude": place.latitude,
        "kind": place.principal_class,
        "total": place.total,
        "things": [item.thing.iri for item in place.items],
        "page": urls.local_path(place.place.iri),
    }


def sentence_record(sentence: Sentence) -> dict[str, str]:
    """Return the place of a sentence, its hash, and its first and last words."""
    first, last = sentence.ends
    return {
        "iri": sentence.iri,
        "locator": sentence.locator,
        "place": sentence.place,
        "sha256": sentence.sha256,
        "begins": first,
        "ends": last or first,
    }
