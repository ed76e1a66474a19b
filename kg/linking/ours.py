"""Things of ours: which are to be linked, and what of them is compared with candidates."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from pyoxigraph import NamedNode

from kg.index.reader import Index, index
from kg.index.thing_filter import ThingFilter
from kg.linking.candidates.questions import linking_query, with_terms
from kg.linking.settings import linking_settings
from kg.matching.description import Description
from kg.model.dates import Period, period
from kg.model.errors import NotFound
from kg.model.prefixes import THING, shorten
from kg.store.store import Store
from kg.terms.literals import text
from kg.terms.vocabulary import read_vocabulary


@dataclass(frozen=True)
class NamedTie:
    """A thing tied to one of ours: its names, and how many statements point to it."""

    names: tuple[str, ...]
    degree: int


@dataclass(frozen=True)
class OurThing:
    """A thing of ours: its label and kind in words, what is compared, and when it was active.

    `types` are its classes without those above them. `active` is of things that live: from the
    first to the last day on which they did something.
    """

    iri: str
    label: str
    kind: str
    types: frozenset[str]
    description: Description
    active: Period | None = None
    ties: tuple[NamedTie, ...] = ()

    @property
    def slug(self) -> str:
        """The last part of its IRI."""
        return self.iri.removeprefix(THING)


def things_to_link(store: Store, classes: Sequence[str] = (), *, every: bool = False) -> list[str]:
    """Return the IRIs of things of some classes, or of those that other datasets may have.

    With `every`, of all classes. NotFound if no thing is of one of the classes.
    """
    names, settings = index(store), linking_settings()
    if every:
        return sorted(names.members(ThingFilter(), limit=-1))
    things: set[str] = set()
    for iri in classes or settings.asked:
        members = names.members(ThingFilter(pairs=(("class", iri),)), limit=-1)
        if classes and not members:
            raise NotFound(f"thing of the class {shorten(iri)}")
        things.update(members)
    if not classes:
        things = {iri for iri in things if not settings.left_out & {*names.values(iri, "class")}}
    return sorted(things)


def our_things(store: Store, iris: Sequence[str]) -> dict[str, OurThing]:
    """Return the things with these IRIs; NotFound if there is none of one."""
    context: dict[str, _Context] = defaultdict(_Context)
    query = with_terms(linking_query("context"), thing=map(NamedNode, iris))
    for row in store.select(query):
        feature, other, value = (text(row[name]) for name in ("feature", "other", "value"))
        of_thing = context[text(row["thing"])]
        if feature == "neighbour":
            of_thing.names[other].append(value)
        elif days := period(value):
            of_thing.days.append(days)
    return {iri: _our_thing(store, iri, context[iri]) for iri in iris}


@dataclass
class _Context:
    names: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    days: list[Period] = field(default_factory=list)


def _our_thing(store: Store, iri: str, context: _Context) -> OurThing:
    names, vocabulary = index(store), read_vocabulary(store)
    record, classes = names.resource(iri), frozenset(names.values(iri, "class"))
    if not record.names and not classes:
        raise NotFound(f"thing with the slug {iri.removeprefix(THING)}")
    days = context.days if classes & linking_settings().living else []
    description = Description(
        iri,
        tuple((name, language) for kind, name, language in record.names if kind != "point"),
        classes,
        tuple(_periods(record.earliest, record.latest)),
        tuple(_points(names, iri)),
    )
    ties = (
        NamedTie(tuple(some), names.resource(other).degree) for other, some in context.names.items()
    )
    kinds = vocabulary.most_specific(names.values(iri, "type"))
    return OurThing(
        iri,
        vocabulary.label(iri),
        ", ".join(map(vocabulary.label, kinds)),
        frozenset(kinds),
        description,
        Period(min(d.first for d in days), max(d.last for d in days), False) if days else None,
        tuple(ties),
    )


def _periods(earliest: str, latest: str) -> Iterable[Period]:
    """Yield the days of a thing, if it has any."""
    first, last = period(earliest), period(latest)
    if first or last:
        begin = first.first if first else date.min
        yield Period(begin, last.last if last else date.max, earliest == latest)


def _points(names: Index, iri: str) -> Iterable[tuple[float, float]]:
    for point in names.points(ThingFilter(among=(iri,)), limit=5):
        # Where something happened is where a place is, and not the thing itself.
        if point.place == iri:
            yield point.latitude, point.longitude
