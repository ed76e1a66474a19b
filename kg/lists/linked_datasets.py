"""The datasets that things are linked to: what there is of each, what is missing, what is the same.

A *bundle* is a thing with all of its records, for an IRI or identifier of any of the datasets.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TypeAlias

from pyoxigraph import NamedNode, Triple

from kg.lists.identifiers import resolve_identifier
from kg.model.outside_datasets import OutsideDataset, outside_datasets
from kg.model.source_texts import link_table_name
from kg.sparql.named_queries import page_query
from kg.store.memory import per_reader
from kg.store.store import Store
from kg.terms.display import DisplayValue, display_thing
from kg.terms.literals import text
from kg.terms.vocabulary import Vocabulary, read_vocabulary
from kg.things.outside_links import AbsentLink, OutsideLink, absent_links, all_links, outside_links

Reasons: TypeAlias = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class LinkedDataset:
    """A dataset and how many things are linked to it, in which relations; how many have no record.

    `description` is None for one that is not in the table of datasets. `table` tells whether the
    build carries an SSSOM table of the links.
    """

    id: str
    name: str
    description: OutsideDataset | None
    things: int
    relations: tuple[tuple[str, int], ...]
    absent: int
    table: bool


@dataclass(frozen=True)
class LinkOverview:
    """The datasets, the things that none of them has, with the reasons, and those still to link.

    `unlinked` has the things by their reasons, each (names of datasets, reason). `to_link` are the
    things of classes that other datasets describe, by class: they have neither a link nor a reason
    why there is none.
    """

    datasets: tuple[LinkedDataset, ...]
    things: int
    unlinked: tuple[tuple[Reasons, tuple[DisplayValue, ...]], ...]
    to_link: tuple[tuple[DisplayValue, tuple[DisplayValue, ...]], ...]


@dataclass(frozen=True)
class Bundle:
    """A thing that a text identifies, and its records in other datasets."""

    query: str
    thing: DisplayValue
    links: tuple[OutsideLink, ...]

    def triples(self) -> list[Triple]:
        """Return the links as statements about the thing."""
        ours = NamedNode(self.thing.iri)
        return [Triple(ours, NamedNode(x.relation), NamedNode(x.record)) for x in self.links]


def find_bundles(store: Store, query: str) -> list[Bundle]:
    """Return the things that an IRI, address or identifier stands for; most stand for one."""
    vocabulary = read_vocabulary(store)
    things, _ = resolve_identifier(store, query)
    return [Bundle(query, display_thing(vocabulary, iri), all_links(store, iri)) for iri in things]


@per_reader
def link_overview(store: Store) -> LinkOverview:
    """Count the links by dataset, and list what has none."""
    return LinkOverview(
        tuple(_datasets(store)),
        len(outside_links(store)),
        tuple(_unlinked(store)),
        tuple(_to_link(store)),
    )


def _unlinked(store: Store) -> Iterable[tuple[Reasons, tuple[DisplayValue, ...]]]:
    """Yield the things without any link by their reasons, the most frequent reasons first."""
    vocabulary, linked = read_vocabulary(store), outside_links(store)
    by_reasons: dict[Reasons, list[str]] = defaultdict(list)
    for thing, absent in absent_links(store).items():
        if thing not in linked:
            by_reasons[_reasons(absent)].append(thing)
    for reasons in sorted(by_reasons, key=lambda one: (-len(by_reasons[one]), one)):
        things = sorted(by_reasons[reasons], key=lambda iri: vocabulary.label(iri).casefold())
        yield reasons, tuple(display_thing(vocabulary, iri) for iri in things)


def _reasons(absent: Iterable[AbsentLink]) -> Reasons:
    names: dict[str, list[str]] = defaultdict(list)
    for one in absent:
        names[one.grounds.reason].append(one.dataset_name)
    return tuple((", ".join(datasets), reason) for reason, datasets in names.items())


def _datasets(store: Store) -> Iterable[LinkedDataset]:
    links: dict[tuple[str, str], list[tuple[str, OutsideLink]]] = defaultdict(list)
    for thing, its in outside_links(store).items():
        for link in its:
            links[link.dataset, link.dataset_name].append((thing, link))
    absent = Counter(
        (one.dataset, one.dataset_name) for its in absent_links(store).values() for one in its
    )
    order = {id_: place for place, id_ in enumerate(outside_datasets())}
    # Datasets that are not in the table come last.
    for key in sorted({*links, *absent}, key=lambda key: (order.get(key[0], len(order)), key)):
        yield _dataset(store, key, links[key], absent[key])


def _dataset(
    store: Store, key: tuple[str, str], links: list[tuple[str, OutsideLink]], absent: int
) -> LinkedDataset:
    id_, name = key
    relations = Counter(link.relation_label for _, link in links)
    return LinkedDataset(
        id_,
        name,
        outside_datasets().get(id_),
        len({thing for thing, _ in links}),
        tuple(sorted(relations.items(), key=lambda item: (-item[1], item[0]))),
        absent,
        link_table_name(id_) in store.texts.files,
    )


def _to_link(store: Store) -> Iterable[tuple[DisplayValue, tuple[DisplayValue, ...]]]:
    vocabulary, classes = read_vocabulary(store), defaultdict[str, list[str]](list)
    for row in store.select(page_query("to-link")):
        classes[text(row["thing"])].append(text(row["class"]))
    # Once in all, in the class that the home page lists first.
    members: dict[str, list[str]] = defaultdict(list)
    for thing in sorted(classes, key=lambda iri: vocabulary.label(iri).casefold()):
        members[min(classes[thing], key=_place(vocabulary))].append(thing)
    for class_ in sorted(members, key=_place(vocabulary)):
        things = (display_thing(vocabulary, thing) for thing in members[class_])
        yield display_thing(vocabulary, class_), tuple(things)


def _place(vocabulary: Vocabulary) -> Callable[[str], tuple[int, str]]:
    return lambda iri: (vocabulary.classes[iri].order, iri)
