"""Look-through: what a linked dataset says of a thing now, beside what we say."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode

from kg.model.errors import NotFound, Overloaded
from kg.model.languages import current_language
from kg.model.outside_datasets import OutsideDataset, outside_datasets
from kg.model.prefixes import expand
from kg.model.text import truncate
from kg.outside.client import OutsideClient
from kg.outside.comparison import AspectRow, compare_record
from kg.outside.errors import OutsideError
from kg.outside.image import CreditedImage, Permit, credited_image
from kg.outside.record import OutsideRecord, OutsideRecords, has_records
from kg.store.store import Store
from kg.terms.display import DisplayValue, display_thing
from kg.terms.literals import text
from kg.terms.slugs import thing_node
from kg.terms.vocabulary import read_vocabulary
from kg.things.outside_links import OutsideLink, outside_links

_DESCRIPTION, _IMAGE = expand("schema:description"), expand("schema:image")
# The closest first: with it the record is likeliest to be of the very thing.
_RELATIONS = tuple(
    expand(name) for name in ("owl:sameAs", "skos:exactMatch", "skos:closeMatch", "skos:broadMatch")
)
_SAME = _RELATIONS[:2]


@dataclass(frozen=True)
class LinkedRecord:
    """A thing, and a link of it to a record of a dataset that records can be fetched from."""

    thing: DisplayValue
    dataset: OutsideDataset
    link: OutsideLink

    @property
    def same(self) -> bool:
        """Tell whether the record is of the very thing: a difference is then a disagreement."""
        return self.link.relation in _SAME


@dataclass(frozen=True)
class LookThrough:
    """What a record says: a description, an image that may be shown, and all that is compared."""

    linked: LinkedRecord
    record: OutsideRecord
    description: DisplayValue | None
    rows: tuple[AspectRow, ...]
    image: CreditedImage | None


def linked_records(store: Store, slug: str, dataset_id: str) -> tuple[LinkedRecord, ...]:
    """Return the records of a dataset that a thing is linked to, the closest first.

    NotFound if there is no such thing or dataset, the dataset has no records to look at, or the
    thing is not linked to any.
    """
    node, datasets = thing_node(store, slug), outside_datasets()
    dataset = datasets.get(dataset_id)
    if dataset is None or not has_records(dataset):
        names = [name for name, each in datasets.items() if has_records(each)]
        raise NotFound(f"dataset called {dataset_id} to look at", names)
    links = [o for o in outside_links(store).get(node.value, ()) if o.dataset == dataset.id]
    if not links:
        raise NotFound(f"link from {slug} to {dataset.name}")
    thing = display_thing(read_vocabulary(store), node.value)
    # A record may be linked in several relations: the closest counts.
    links.sort(key=lambda one: (_place(one.relation), one.record))
    closest = {one.record: LinkedRecord(thing, dataset, one) for one in reversed(links)}
    return tuple(sorted(closest.values(), key=lambda record: links.index(record.link)))


def look_through(
    store: Store, linked: LinkedRecord, record: OutsideRecord, image: CreditedImage | None = None
) -> LookThrough:
    """Compare a record with the thing that is linked to it."""
    rows = compare_record(store, NamedNode(linked.thing.iri), record)
    return LookThrough(linked, record, _description(record), rows, image)


def fetched_record(linked: LinkedRecord, records: OutsideRecords, permit: Permit) -> OutsideRecord:
    """Return the record of a link, from the cache or fetched within `permit`; OutsideError."""
    record = records.cached(linked.dataset, linked.link.record)
    if record is None:
        with permit():
            record = records.fetch(linked.dataset, linked.link.record)
    return record


def record_image(
    client: OutsideClient, record: OutsideRecord, permit: Permit
) -> CreditedImage | None:
    """Return the first image of a record with its credit; None without either.

    A page is complete without an image: no failure is raised.
    """
    images = sorted(text(value) for value in record.values.get(_IMAGE, ()))
    with suppress(OutsideError, Overloaded):
        return credited_image(client, images[0], permit) if images else None
    return None


def _place(relation: str) -> int:
    return _RELATIONS.index(relation) if relation in _RELATIONS else len(_RELATIONS)


def _description(record: OutsideRecord) -> DisplayValue | None:
    """Return the description in the reader's language, else in English, else any."""
    preferred = {current_language(): 0, "en": 1}
    literals = [v for v in record.values.get(_DESCRIPTION, ()) if isinstance(v, Literal)]
    first = min(literals, key=lambda v: (preferred.get(v.language or "", 2), v.value), default=None)
    return DisplayValue(truncate(first.value), language=first.language or "") if first else None
