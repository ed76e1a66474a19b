"""The description of a build in parts, each small: an overview, and pages of all else.

Every triple of graph:description is in the overview or on one page; the overview repeats what is
counted most. A page is full by the length of its N-Triples, the longest of the formats.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import chain

from pyoxigraph import Literal, NamedNode, Triple

from kg.model.errors import NotFound
from kg.model.named_graphs import DESCRIPTION
from kg.model.prefixes import BASE, node
from kg.pipeline.describe import DATASET, PARTITIONS
from kg.store.memory import per_store
from kg.store.store import Store

OVERVIEW = ""
# What has pages, by how its names begin; graphs of added data may have any name.
_BEGINNINGS = {
    "void#class/": "classes",
    "void#property/": "properties",
    "void#links/": "linksets",
    "query/": "questions",
    "void#dump/": OVERVIEW,
    "sparql#service": OVERVIEW,
    "reconcile#": OVERVIEW,
}
_GRAPHS = "graphs"
PARTS = (*dict.fromkeys(name for name in _BEGINNINGS.values() if name), _GRAPHS)
# How many of each are in the overview, those with most statements or members first.
_SHOWN = {"classes": 8, "properties": 8, _GRAPHS: 5, "linksets": 12}

# Clients read documents of less than 50 KB; the rest is for the links to other parts.
_MOST_BYTES = 44_000

_ENDPOINT_DATASET = NamedNode(BASE + "sparql#dataset")
_WHOLES = {DATASET, _ENDPOINT_DATASET}
_NAMED_GRAPH, _GRAPH = node("sd:namedGraph"), node("sd:graph")
# A link to a part is said with the part, as no document could hold all of them.
_LINKS = {*(link for link, _ in PARTITIONS.values()), node("void:subset"), _NAMED_GRAPH}
_COUNTS = {node("void:triples"), node("void:entities")}
_TARGET = node("void:objectsTarget")

Groups = Mapping[str, list[Triple]]


def overview(store: Store) -> tuple[Triple, ...]:
    """Describe the dataset, its endpoint and dumps, and the largest of its parts.

    NotFound if the build was made before builds were described.
    """
    return _overview(store)


def service_description(store: Store) -> tuple[Triple, ...]:
    """Describe the endpoint, with canonical IRIs on every host: the overview without partitions."""
    apart = tuple(BASE + begin for begin, name in _BEGINNINGS.items() if name in PARTS)
    return tuple(
        triple for triple in _overview(store) if not _subject(_holder(triple)).startswith(apart)
    )


def part_pages(store: Store, name: str) -> list[list[Triple]]:
    """Return the pages of a part of the description: at least one, even if it is empty.

    NotFound if the build was made before builds were described.
    """
    overview(store)
    pages: list[list[Triple]] = [[]]
    full = 0
    for triples in _groups(store, name).values():
        length = _length(triples)
        if full + length > _MOST_BYTES and pages[-1]:
            pages.append([])
            full = 0
        pages[-1] += triples
        full += length
    return pages


@per_store
def _overview(store: Store) -> tuple[Triple, ...]:
    described = dict.fromkeys(chain.from_iterable(_groups(store, OVERVIEW).values()))
    if not described:
        raise NotFound("description in this build; make a new one with: kg build")
    full = _length(described)
    for name, most in _SHOWN.items():
        for triples in _largest(_groups(store, name), most):
            new = [triple for triple in triples if triple not in described]
            full += _length(new)
            if full > _MOST_BYTES:
                return tuple(described)
            described |= dict.fromkeys(new)
    return tuple(described)


def _largest(groups: Groups, most: int) -> Iterator[list[Triple]]:
    """Return the groups of direct parts with the highest counts, with what these lead to."""
    direct = [triples for triples in groups.values() if any(map(_is_direct, triples))]
    for triples in sorted(direct, key=_count, reverse=True)[:most]:
        targets = (_subject(each.object) for each in triples if each.predicate == _TARGET)
        yield [*triples, *chain.from_iterable(groups.get(target, ()) for target in targets)]


def _is_direct(triple: Triple) -> bool:
    return triple.predicate in _LINKS and triple.subject in _WHOLES


def _count(triples: Iterable[Triple]) -> int:
    values = [each.object for each in triples if each.predicate in _COUNTS]
    return max((int(value.value) for value in values if isinstance(value, Literal)), default=0)


def _groups(store: Store, part: str) -> dict[str, list[Triple]]:
    """Group the triples of a part by what they describe, so that no page breaks it in two."""
    groups: dict[str, list[Triple]] = {}
    for triple in store.graph(DESCRIPTION):
        holder = _holder(triple)
        if _part_of(holder) == part:
            # A named graph and the graph that it names are described together.
            name = _subject(holder).replace("sparql#named/", "sparql#", 1)
            groups.setdefault(name, []).append(triple)
    # Equal builds have equal pages, in whichever order the engine has them.
    return {name: sorted(triples, key=str) for name, triples in sorted(groups.items())}


def _holder(triple: Triple) -> object:
    return triple.object if triple.predicate in _LINKS else triple.subject


def _part_of(holder: object) -> str:
    name = _subject(holder).removeprefix(BASE)
    if name == "void" or holder in _WHOLES:
        return OVERVIEW
    fits = (part for begin, part in _BEGINNINGS.items() if name.startswith(begin))
    return next(fits, _GRAPHS)


def _subject(term: object) -> str:
    return term.value if isinstance(term, NamedNode) else str(term)


def _length(triples: Iterable[Triple]) -> int:
    return sum(len(str(triple).encode()) + len(" .\n") for triple in triples)
