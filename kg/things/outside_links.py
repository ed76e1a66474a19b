"""Links of things to records of other datasets: which, in what relation, why, how surely."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, replace

from pyoxigraph import Literal, NamedNode

from kg.model.outside_datasets import dataset_of
from kg.model.prefixes import node
from kg.sparql.named_queries import page_query
from kg.store.memory import per_store
from kg.store.store import Store, Term
from kg.terms.iri_names import split_outside_iri
from kg.terms.literals import format_literal, text
from kg.terms.vocabulary import read_vocabulary

SAME_AS = node("owl:sameAs")

_SAME, _CLOSE = (SAME_AS, node("skos:exactMatch")), node("skos:closeMatch")
# Records that are the same, and links read of each: third-party data may have any number.
_MOST_SAME, _LINKS_READ = 200, 50
_DETAILS = ("label", "confidence", "reason", "day", "by")


@dataclass(frozen=True)
class OutsideLink:
    """A link of a thing to a record of another dataset.

    `dataset` is the id in the table of datasets, empty for a dataset that is not in it; `page` is
    for readers. `label` is the record's name there, `confidence` from 0 to 1, or empty where no
    table says it; `method`, `reason`, `day` and `by` say how, why, when and by whom it was made.
    """

    relation: str
    record: str
    dataset: str
    dataset_name: str
    identifier: str
    page: str
    label: str = ""
    confidence: str = ""
    method: str = ""
    reason: str = ""
    day: str = ""
    by: str = ""


@per_store
def outside_links(store: Store) -> Mapping[str, tuple[OutsideLink, ...]]:
    """Return the links of each thing that has any, by relation and dataset."""
    links: dict[str, list[OutsideLink]] = defaultdict(list)
    for row in store.select(page_query("other-datasets")):
        links[text(row["thing"])].append(_link(row))
    order = read_vocabulary(store).property_order
    return {
        thing: tuple(
            sorted(its, key=lambda one: (order(one.relation), one.dataset_name, one.record))
        )
        for thing, its in links.items()
    }


def all_links(store: Store, thing: str) -> tuple[OutsideLink, ...]:
    """Return the links of a thing, then what the graph says or infers to be the same besides."""
    stated = outside_links(store).get(thing, ())
    there = {thing, *(link.record for link in stated)}
    further = (iri for iri in same_iris(store, thing) if iri not in there)
    return (*stated, *(_describe(SAME_AS.value, iri) for iri in further))


def linked_iris(store: Store, record: str) -> list[str]:
    """Return what is the same as a record of another dataset or, after it, close to it."""
    close = store.subjects(_CLOSE, NamedNode(record), _LINKS_READ)
    return list(dict.fromkeys((*same_iris(store, record), *map(text, close))))


def same_iris(store: Store, iri: str) -> list[str]:
    """Return the IRIs that are the same as one, stated or inferred, either way round, and itself.

    What one dataset says of another's record joins both, so links are followed through others.
    """
    same, ahead = {iri: None}, [NamedNode(iri)]
    while ahead and len(same) < _MOST_SAME:
        at = ahead.pop(0)
        for relation in _SAME:
            others = store.objects(at, relation, _LINKS_READ)
            others += store.subjects(relation, at, _LINKS_READ)
            new = [one for one in others if isinstance(one, NamedNode) and one.value not in same]
            same.update(dict.fromkeys(one.value for one in new))
            ahead += new
    return list(same)


def _link(row: Mapping[str, Term]) -> OutsideLink:
    details = {key: _written(row[key]) for key in _DETAILS if key in row}
    method = text(row["method"]) if "method" in row else ""
    return replace(_describe(text(row["relation"]), text(row["record"])), method=method, **details)


def _describe(relation: str, record: str) -> OutsideLink:
    dataset = dataset_of(record)
    if not dataset:
        return OutsideLink(relation, record, "", *split_outside_iri(record), record)
    identifier = dataset.identifier(record)
    page = dataset.page_address(identifier)
    return OutsideLink(relation, record, dataset.id, dataset.name, identifier, page)


def _written(term: Term) -> str:
    return format_literal(term) if isinstance(term, Literal) else text(term)
