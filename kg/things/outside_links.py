"""Links of things to records of other datasets: which, in what relation, why, how surely.

What a link is made of is a record in the graph of links (`kg/queries/pages/other-datasets.rq`), as
is the reason why there is none.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from pyoxigraph import DefaultGraph, Literal, NamedNode

from kg.model.outside_datasets import dataset_of, outside_datasets
from kg.model.prefixes import node
from kg.sparql.named_queries import page_query
from kg.store.engine import QuadPattern
from kg.store.memory import per_reader
from kg.store.store import Store, Term
from kg.terms.iri_names import split_outside_iri
from kg.terms.literals import format_literal, text
from kg.terms.vocabulary import Vocabulary, read_vocabulary
from kg.things.property_paths import Reading, run_readings

SAME_AS = node("owl:sameAs")

_SAME, _CLOSE = (SAME_AS, node("skos:exactMatch")), node("skos:closeMatch")
# Records that are the same, and links read of each: third-party data may have any number.
_MOST_SAME, _LINKS_READ = 200, 50


@dataclass(frozen=True)
class LinkGrounds:
    """Why a link is made, or is not: by what method, for what reason, on which day, by whom.

    `confidence` is from 0 to 1, or empty where nobody says it.
    """

    confidence: str = ""
    method: str = ""
    reason: str = ""
    day: str = ""
    by: tuple[str, ...] = ()


@dataclass(frozen=True)
class OutsideLink:
    """A link of a thing to a record of another dataset.

    `dataset` is the id in the table of datasets, empty for a dataset that is not in it; `page` is
    for readers. `label` is the record's name there; `relation_label` says the relation in words.
    """

    relation: str
    relation_label: str
    record: str
    dataset: str
    dataset_name: str
    identifier: str
    page: str
    label: str = ""
    grounds: LinkGrounds = LinkGrounds()

    @property
    def identifies(self) -> bool:
        """Tell whether the record is of the very same thing, so that its name is one of ours."""
        return self.relation in {relation.value for relation in _SAME}


@dataclass(frozen=True)
class AbsentLink:
    """A dataset that has no record of a thing, as far as was searched, and how that is known."""

    dataset: str
    dataset_name: str
    grounds: LinkGrounds


@per_reader
def outside_links(store: Store) -> Mapping[str, tuple[OutsideLink, ...]]:
    """Return the links of each thing that has any, by dataset and relation."""
    vocabulary = read_vocabulary(store)
    rows: dict[tuple[str, str, str], list[Mapping[str, Term]]] = defaultdict(list)
    for row in store.select(page_query("other-datasets")):
        rows[text(row["thing"]), text(row["relation"]), text(row["record"])].append(row)
    links: dict[str, list[OutsideLink]] = defaultdict(list)
    for (thing, relation, record), same in rows.items():
        label = text(same[0]["label"]) if "label" in same[0] else ""
        described = _describe(vocabulary, relation, record)
        links[thing].append(replace(described, label=label, grounds=_grounds(vocabulary, same)))

    def key(link: OutsideLink) -> tuple[object, ...]:
        return _place(link), vocabulary.property_order(link.relation), link.record

    return {thing: tuple(sorted(its, key=key)) for thing, its in links.items()}


@per_reader
def absent_links(store: Store) -> Mapping[str, tuple[AbsentLink, ...]]:
    """Return the datasets that have no record of each thing, with the reason."""
    vocabulary = read_vocabulary(store)
    rows: dict[tuple[str, str], list[Mapping[str, Term]]] = defaultdict(list)
    for row in store.select(page_query("no-records")):
        rows[text(row["thing"]), text(row["dataset"]).rpartition("#")[2]].append(row)
    absent: dict[str, list[AbsentLink]] = defaultdict(list)
    for (thing, dataset), same in rows.items():
        described = outside_datasets().get(dataset)
        name = described.name if described else dataset
        absent[thing].append(AbsentLink(dataset, name, _grounds(vocabulary, same)))
    return {thing: tuple(sorted(its, key=_place)) for thing, its in absent.items()}


def all_links(store: Store, thing: str) -> tuple[OutsideLink, ...]:
    """Return the links of a thing, then what the graph says or infers to be the same besides."""
    stated = outside_links(store).get(thing, ())
    there = {thing, *(link.record for link in stated)}
    further = (iri for iri in same_iris(store, thing) if iri not in there)
    vocabulary = read_vocabulary(store)
    return (*stated, *(_describe(vocabulary, SAME_AS.value, iri) for iri in further))


def linked_iris(store: Store, records: Iterable[str]) -> list[str]:
    """Return what is the same as each record of another dataset or, after it, close to it."""
    records = list(records)
    same = run_readings(store, map(_same_iris, records), _LINKS_READ)
    close = store.subjects_of_each(((_CLOSE, NamedNode(one)) for one in records), _LINKS_READ)
    of_each = zip(same, close, strict=True)
    return list(dict.fromkeys(iri for iris, near in of_each for iri in (*iris, *map(text, near))))


def same_iris(store: Store, iri: str) -> list[str]:
    """Return the IRIs that are the same as one, stated or inferred, either way round, and itself.

    What one dataset says of another's record joins both, so links are followed through others.
    """
    return run_readings(store, [_same_iris(iri)], _LINKS_READ)[0]


def _same_iris(iri: str) -> Reading[list[str]]:
    same, ahead = {iri: None}, [NamedNode(iri)]
    while ahead and len(same) < _MOST_SAME:
        links = yield [pattern for at in ahead for pattern in _links_at(at)]
        ends = (end for quads in links for quad in quads for end in (quad.subject, quad.object))
        new = dict.fromkeys(e for e in ends if isinstance(e, NamedNode) and e.value not in same)
        same.update(dict.fromkeys(one.value for one in new))
        ahead = list(new)
    return list(same)


def _links_at(node: NamedNode) -> Iterator[QuadPattern]:
    for relation in _SAME:
        yield QuadPattern(node, relation, None, DefaultGraph())
        yield QuadPattern(None, relation, node, DefaultGraph())


def _place(link: OutsideLink | AbsentLink) -> tuple[int, str]:
    """Return the sort key of a link by dataset: its place in their table, then its name."""
    order = list(outside_datasets())
    known = link.dataset in order
    return order.index(link.dataset) if known else len(order), link.dataset_name


def _grounds(vocabulary: Vocabulary, rows: Iterable[Mapping[str, Term]]) -> LinkGrounds:
    """Gather the rows of one mapping: one for each of its authors."""
    first, *_ = rows = list(rows)
    # The names of authors stand in the graph of links, which the index of names leaves out.
    by = dict.fromkeys(
        text(row["author"]) if "author" in row else vocabulary.label(text(row["by"]))
        for row in rows
        if "by" in row
    )
    method = vocabulary.term_label(text(first["method"])) if "method" in first else ""
    written = {
        name: _written(first[name]) for name in ("confidence", "reason", "day") if name in first
    }
    return LinkGrounds(method=method, by=tuple(by), **written)


def _describe(vocabulary: Vocabulary, relation: str, record: str) -> OutsideLink:
    label, dataset = vocabulary.term_label(relation), dataset_of(record)
    if not dataset:
        name, identifier = split_outside_iri(record)
        # Third-party IRIs need not be web addresses, with a host and a path.
        return OutsideLink(
            relation, label, record, "", name or record, identifier or record, record
        )
    identifier = dataset.identifier(record)
    page = dataset.page_address(identifier)
    return OutsideLink(relation, label, record, dataset.id, dataset.name, identifier, page)


def _written(term: Term) -> str:
    return format_literal(term) if isinstance(term, Literal) else text(term)
