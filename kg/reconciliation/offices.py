"""Persons by the offices that they held, for names that are titles."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from pyoxigraph import Literal, NamedNode

from kg.index.folding import fold_name
from kg.index.reader import index
from kg.index.romanising import sound_keys
from kg.matching.description import Description
from kg.matching.features import Feature
from kg.matching.score import Score, score
from kg.matching.weights import weights
from kg.model.dates import Period, period
from kg.model.prefixes import TERM, THING
from kg.model.text_files import read
from kg.reconciliation.descriptions import describe_thing, open_period
from kg.reconciliation.office_names import same_titles, spell_out, without_states
from kg.sparql.named_queries import QUERIES
from kg.store.memory import per_store
from kg.store.store import Store
from kg.terms.literals import text

POSITION = TERM + "Position"
_KIND = NamedNode(TERM + "positionKind")
_MOST_KINDS = 5


@dataclass(frozen=True)
class Tenure:
    """Who held an office: the days from start to end, or those between which sources say so."""

    person: str
    position: str
    iri: str
    held: tuple[Period, ...]
    attested: tuple[Period, ...]


@per_store
def tenures(store: Store) -> Mapping[str, tuple[Tenure, ...]]:
    """Return all tenures, by position."""
    by_position: dict[str, dict[str, Tenure]] = defaultdict(dict)
    for row in store.select(read(QUERIES / "reconciliation" / "office-holders.rq")):
        days = {name: text(term) for name, term in row.items() if isinstance(term, Literal)}
        tenure = Tenure(
            text(row["person"]),
            text(row["position"]),
            text(row["tenure"]),
            open_period(days.get("from", ""), days.get("until", ""), stated=True),
            _between(days.get("attestedFrom", ""), days.get("attestedUntil", "")),
        )
        by_position[tenure.position][tenure.iri] = tenure
    return {iri: tuple(rows[key] for key in sorted(rows)) for iri, rows in by_position.items()}


def _between(first: str, last: str) -> tuple[Period, ...]:
    days = [one for one in (period(first), period(last)) if one]
    return (Period(days[0].first, days[-1].last, False),) if days else ()


@dataclass(frozen=True)
class Office:
    """A position: what it is called, with and without its states, and the same folded."""

    iri: str
    labels: tuple[tuple[str, str], ...]
    folded: tuple[str, ...]


def office(store: Store, iri: str) -> Office:
    """Describe an office."""
    cached = _offices(store)
    if iri not in cached:
        names = tuple(_names(store, iri, _states(store, iri)))
        labels = tuple((name, "") for name in names)
        cached[iri] = Office(iri, labels, tuple(map(fold_name, names)))
    return cached[iri]


def _states(store: Store, iri: str) -> list[str]:
    rows = store.select(read(QUERIES / "reconciliation" / "country.rq"), thing=NamedNode(iri))
    return sorted({text(row["value"]) for row in rows})


def offices_of(store: Store, state: str) -> tuple[str, ...]:
    """Return the offices that somebody held in a state or body, by one of its names or its slug."""
    keys = [state, *sound_keys(state)]
    return tuple(dict.fromkeys(iri for key in keys for iri in _by_state(store).get(key, ())))


@per_store
def _by_state(store: Store) -> Mapping[str, Sequence[str]]:
    by_key: dict[str, list[str]] = defaultdict(list)
    for position in tenures(store):
        for state in _states(store, position):
            names = [name for name, _ in describe_thing(store, state).labels]
            keys = {state.removeprefix(THING), *(key for n in names for key in sound_keys(n))}
            for key in keys:
                by_key[key].append(position)
    return by_key


@per_store
def _offices(_: Store) -> dict[str, Office]:
    return {}


def _names(store: Store, iri: str, states: Iterable[str]) -> Iterable[str]:
    stated = [[name for name, _ in describe_thing(store, state).labels] for state in states]
    flat = [name for names in stated for name in names]
    names = dict.fromkeys(name for name, _ in describe_thing(store, iri).labels)
    titles = dict.fromkeys(without_states(name, flat) for name in names)
    titles |= dict.fromkeys(name for title in list(titles) for name in same_titles(title))
    for kind in store.objects(NamedNode(iri), _KIND, _MOST_KINDS):
        titles |= dict.fromkeys(n for _, n, _ in index(store).resource(text(kind)).names)
    for title in filter(None, titles):
        names |= dict.fromkeys([title, *(f"{title} {state}" for state in flat)])
        names[" ".join([title, *(some[0] for some in stated if some)])] = None
    return names


def title_names(names: Iterable[str]) -> tuple[str, ...]:
    """Return the ways to write some titles: as they are, spelt out, and with synonyms.

    >>> title_names(["Japanese PM"])
    ('Japanese PM', 'japan pm', 'japan prime minister')
    """
    spelt = {name: spell_out(name) for name in names}
    return tuple(
        dict.fromkeys(
            form for name, full in spelt.items() for form in (name, full, *same_titles(full))
        )
    )


def score_holder(
    store: Store,
    query: Description,
    held: Tenure,
    titles: Office,
    values: tuple[tuple[str, str], ...],
) -> Score:
    """Score a person by an office held: its titles, its states, and the day if one is wanted."""
    person = describe_thing(store, held.person)
    days, factor = held.held, 1.0
    if not query.periods:
        days, factor = (), weights().without_day
    elif not days:
        days = held.attested
        if not any(attested.contains(day) for attested in days for day in query.periods):
            days, factor = (), weights().not_attested
    candidate = Description(
        person.iri, titles.labels, person.classes, days, values=values, titles=True
    )
    result = score(replace(query, points=()), candidate)
    reasons = (Feature("office", 1.0), *result.features)
    return Score(round(result.value * factor, 4), reasons)
