"""The network around things: who is tied to whom, and by what."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from kg.prefixes import THING
from kg.read.around import around
from kg.read.entity import Entity
from kg.read.index import Narrowing, index
from kg.read.slug import thing_node
from kg.read.statement import Value, thing
from kg.read.support import INFERRED, Edge, without_repetition
from kg.read.vocabulary import Vocabulary, text, vocabulary
from kg.store import Store

# Around one thing so many ties are drawn; of each property no more than a share of them.
TIES = 120
EACH = 25

_STARTS = 12


@dataclass(frozen=True)
class Node:
    """A thing in the network: its kinds in words, and the principal class that it is drawn as."""

    thing: Value
    kinds: str
    group: str

    @property
    def slug(self) -> str:
        """Return the thing's short name in IRIs."""
        return self.thing.iri.removeprefix(THING)


@dataclass(frozen=True)
class Tie:
    """A statement between two things, by their slugs; not `stated` if only the rules say so."""

    source: str
    target: str
    property: str
    label: str
    stated: bool


@dataclass(frozen=True)
class Network:
    """Things and their ties; `focus` are those that it was asked about, `more` those not whole."""

    focus: tuple[str, ...]
    nodes: tuple[Node, ...]
    ties: tuple[Tie, ...]
    more: tuple[str, ...]


def network(store: Store, slugs: Iterable[str]) -> Network:
    """Return the ties around each of these things; NotFound offers the slugs that come near.

    However connected a thing is, only so many of its ties are read.
    """
    focus = tuple(dict.fromkeys(slugs))
    ties: dict[Tie, None] = {}
    more = []
    for slug in focus:
        found, whole = _ties(store, slug)
        ties |= dict.fromkeys(found)
        more += [] if whole else [slug]
    known = dict.fromkeys([*focus, *(end for tie in ties for end in (tie.source, tie.target))])
    return Network(focus, tuple(_node(store, slug) for slug in known), tuple(ties), tuple(more))


def relations(found: Network) -> list[tuple[str, str, int]]:
    """Count the ties by property: its local name, its label, how many; commonest first."""
    counts = Counter((tie.property, tie.label) for tie in found.ties)
    ordered = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
    return [(name, label, count) for (name, label), count in ordered]


def starts(store: Store) -> list[Node]:
    """Return the things that are spoken of most, to start from."""
    iris = index(store).members(Narrowing(), "degree", _STARTS)
    return [_node(store, iri.removeprefix(THING)) for iri in iris]


def ties_of(found: Entity) -> list[Tie]:
    """Return the ties that a thing's page tells of."""
    groups = [*found.key, *found.outgoing, *found.incoming]
    said = [s for group in groups for s in group.statements]
    ties = [
        Tie(_slug(s.subject), _slug(s.value), s.property.iri, s.property.text, True)
        for s in said
        if s.subject.iri.startswith(THING) and s.value.iri.startswith(THING)
    ]
    rows = [row for one in found.panels for row in one.rows]
    ties += [Tie(_slug(row.thing), found.slug, row.role, row.label, True) for row in rows]
    return list(dict.fromkeys(tie for tie in ties if "#" not in tie.source + tie.target))


def names_in(found: Entity) -> dict[str, Value]:
    """Return the things that a page names, by their slugs."""
    groups = [*found.key, *found.outgoing, *found.incoming]
    values = [v for group in groups for s in group.statements for v in (s.subject, s.value)]
    values += [row.thing for one in found.panels for row in one.rows]
    here = Value(found.label, found.iri, found.spoken)
    return {_slug(value): value for value in (*values, here) if value.iri.startswith(THING)}


def _slug(value: Value) -> str:
    return value.iri.removeprefix(THING)


def _ties(store: Store, slug: str) -> tuple[list[Tie], bool]:
    words, node = vocabulary(store), thing_node(store, slug)
    out = around(store, node, outwards=True)
    back = around(store, node, outwards=False)
    going, coming, _ = without_repetition(words, _things(out.edges), _things(back.edges))
    by_property: dict[str, list[Tie]] = defaultdict(list)
    for edges, outwards in ((going, True), (coming, False)):
        for edge in sorted(edges, key=lambda e: words.order(text(e.other))):
            tie = _tie(words, slug, edge, outwards)
            by_property[tie.property].append(tie)
    ordered = sorted(by_property.values(), key=len)
    ties = [tie for same in ordered for tie in same[:EACH]]
    whole = not (out.cut or back.cut) and len(ties) <= TIES
    return ties[:TIES], whole and all(len(same) <= EACH for same in ordered)


def _things(edges: Iterable[Edge]) -> list[Edge]:
    return [e for e in edges if text(e.other).startswith(THING) and "#" not in text(e.other)]


def _tie(words: Vocabulary, slug: str, edge: Edge, outwards: bool) -> Tie:
    other = text(edge.other).removeprefix(THING)
    ends = (slug, other) if outwards else (other, slug)
    name = edge.predicate.rpartition("#")[2].rpartition("/")[2]
    return Tie(*ends, name, words.term_label(edge.predicate), edge.graphs != {INFERRED})


def _node(store: Store, slug: str) -> Node:
    words, known = vocabulary(store), index(store)
    iri = THING + slug
    types = sorted(words.term_label(kind) for kind in known.values(iri, "type"))
    classes = known.values(iri, "class")
    notes = [(words.classes[kind], kind) for kind in classes if kind in words.classes]
    principal = min(((note.order, kind) for note, kind in notes if note.principal), default=None)
    group = principal[1].rpartition("#")[2] if principal else ""
    return Node(thing(words, iri), ", ".join(types), group)
