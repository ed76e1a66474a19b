"""Rank the things of ours that a query may mean."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from rapidfuzz import fuzz, process

from kg.index.folding import fold_name
from kg.index.name_search import name_search
from kg.index.reader import index
from kg.index.romanising import sound_keys
from kg.lists.identifiers import resolve_identifier
from kg.matching.features import Feature
from kg.matching.name_forms import name_forms
from kg.matching.score import Score, confident, score
from kg.matching.weights import weights
from kg.model.errors import Gone, Merged, NotFound
from kg.model.prefixes import THING
from kg.reconciliation.conditions import PreparedQuery, prepare
from kg.reconciliation.descriptions import describe_thing
from kg.reconciliation.office_names import is_title
from kg.reconciliation.offices import (
    POSITION,
    office,
    offices_of,
    score_holder,
    tenures,
    title_names,
)
from kg.reconciliation.property_values import subjects_with
from kg.reconciliation.query import ALL, ANY, ReconciliationCandidate, ReconciliationQuery
from kg.store.memory import per_store
from kg.store.store import Store
from kg.terms.slugs import has_page, thing_node

# Things that share words with the name, and how many of them are compared in full.
_BY_NAME, _COMPARED = 16, 6
_OFFICES_COMPARED = 6
# Roughly so far behind the likeliest, of 2, a thing is not meant.
_BEHIND = 0.8
_OFFICES = 20
_BY_PROPERTY = 200
# Columns repeat their names, and clients ask again with other settings: some megabytes.
_CACHED = 4_000
# Candidates less alike are none.
_LEAST = 0.3
# Longer ones are no code of a state.
_LONGEST_CODE = 3


def reconcile(store: Store, query: ReconciliationQuery) -> list[ReconciliationCandidate]:
    """Return the candidates of a query, best first, at most as many as it asks for.

    The first is marked as a match if it is sure: high, and ahead of the second.
    """
    cached = _cached(store)
    if query not in cached:
        if len(cached) >= _CACHED:
            cached.clear()
        cached[query] = tuple(_ranked(store, query))
    return list(cached[query])


@per_store
def _cached(_: Store) -> dict[ReconciliationQuery, tuple[ReconciliationCandidate, ...]]:
    return {}


def _ranked(store: Store, query: ReconciliationQuery) -> list[ReconciliationCandidate]:
    prepared = prepare(store, query)
    best: dict[str, ReconciliationCandidate] = {}
    for candidate in (*_things(store, prepared), *_holders(store, prepared)):
        known = best.get(candidate.iri)
        if candidate.score >= _LEAST and (known is None or known.score < candidate.score):
            best[candidate.iri] = candidate
    degree = {iri: index(store).resource(iri).degree for iri in best}
    ranked = sorted(best.values(), key=lambda c: (-c.score, -degree[c.iri], c.iri))
    if ranked and confident([Score(c.score, c.features) for c in ranked[:2]]):
        ranked[0] = replace(ranked[0], match=True)
    return ranked[: query.limit]


def _things(store: Store, prepared: PreparedQuery) -> Iterator[ReconciliationCandidate]:
    identified = set(_identified(store, prepared.query))
    for iri in dict.fromkeys([*identified, *_looked_up(store, prepared)]):
        thing = describe_thing(store, iri)
        if not _fits(prepared, thing.classes) or not prepared.admits(store, iri):
            continue
        candidate = replace(thing, values=prepared.values(store, iri))
        result = score(prepared.description, candidate)
        value, features = result.value, result.features
        if iri in identified:
            value = 1.0 if _fits(prepared, thing.classes, ANY) else value
            features = (Feature("identifier:id", 1.0), *features)
        if prepared.description.periods and POSITION in thing.classes and tenures(store).get(iri):
            value *= weights().office_with_day
        yield ReconciliationCandidate(iri, round(value, 4), features)


def _fits(prepared: PreparedQuery, classes: frozenset[str], strict: str = "") -> bool:
    wanted, strict = prepared.description.classes, strict or prepared.query.strict
    if strict == ALL:
        return wanted <= classes
    return strict != ANY or not wanted or bool(wanted & classes)


def _identified(store: Store, query: ReconciliationQuery) -> Iterator[str]:
    """Yield the things that are named by slug, address, code or identifier of another dataset."""
    for slug in query.slugs:
        iri = current_thing(store, slug.removeprefix(THING))
        if iri:
            yield iri
    for name in query.names:
        if len(name) <= _LONGEST_CODE or any(c.isdigit() or c in "/:" for c in name):
            yield from resolve_identifier(store, name)[0]


def current_thing(store: Store, slug: str) -> str:
    """Return the IRI of a thing, or of that which replaced it; "" if there is none."""
    try:
        return thing_node(store, slug).value
    except Merged as merged:
        return THING + merged.into
    except (Gone, NotFound):
        return ""


def _looked_up(store: Store, prepared: PreparedQuery) -> Iterator[str]:
    """Yield the things that share words with a name, or have an identifier that is wanted."""
    names = prepared.query.names
    if names:
        forms = dict.fromkeys(form.folded for name in names for form in name_forms(name))
        ranked = name_search(store).candidates((*names, *forms))
        most = max(_COMPARED, prepared.query.limit)
        yield from _closest(store, (*names, *forms), _best(ranked, ranked, most), most)
        wanted = prepared.description.classes
        if wanted and len(ranked) > _BY_NAME:
            of_kind = (iri for iri in ranked if _is_of(store, iri, wanted))
            yield from _closest(store, (*names, *forms), _best(ranked, of_kind, most), most)
    for condition in prepared.conditions:
        if condition.identifies or not names:
            for value in condition.values:
                named = subjects_with(store, condition.of, value, _BY_PROPERTY)
                # One that was merged or withdrawn may have the identifier, too.
                yield from (iri for iri in named if has_page(store, iri.removeprefix(THING)))


def _closest(
    store: Store, names: Sequence[str], votes: Mapping[str, float], most: int
) -> Iterator[str]:
    """Yield the things that are likeliest by a rough look at their names and their votes."""
    wanted = dict.fromkeys(key for name in names for key in sound_keys(name))
    keys = _keys(store)
    rough = dict(votes)
    for iri in votes:
        if iri not in keys:
            labels = describe_thing(store, iri).labels
            keys[iri] = tuple({key for name, _ in labels for key in sound_keys(name)})
        best = (process.extractOne(one, keys[iri], scorer=fuzz.ratio) for one in wanted)
        rough[iri] += max((one[1] for one in best if one), default=0.0) / 100
    ranked = sorted(rough, key=lambda iri: -rough[iri])[:most]
    yield from (iri for iri in ranked if rough[iri] >= rough[ranked[0]] - _BEHIND)


@per_store
def _keys(_: Store) -> dict[str, tuple[str, ...]]:
    return {}


def _best(votes: Mapping[str, float], iris: Iterable[str], most: int) -> dict[str, float]:
    return {iri: votes[iri] for iri in _first(iris, max(_BY_NAME, 2 * most))}


def _first(iris: Iterable[str], most: int) -> Sequence[str]:
    return [iri for _, iri in zip(range(most), iris, strict=False)]


def _is_of(store: Store, iri: str, classes: frozenset[str]) -> bool:
    return bool(classes & describe_thing(store, iri).classes)


def _holders(store: Store, prepared: PreparedQuery) -> Iterator[ReconciliationCandidate]:
    """Yield the persons who held an office that the names are titles of."""
    if not any(map(is_title, prepared.query.names)):
        return
    names = title_names(prepared.query.names)
    query = replace(prepared.description, labels=tuple((name, "") for name in names))
    for position in _positions(store, prepared, names):
        values = prepared.values(store, position)
        titles = office(store, position)
        for held in tenures(store)[position]:
            person = describe_thing(store, held.person)
            if not _fits(prepared, person.classes):
                continue
            result = score_holder(store, query, held, titles, values)
            label = describe_thing(store, position).labels
            yield ReconciliationCandidate(
                held.person, result.value, result.features, office=label[0][0]
            )


def _positions(store: Store, prepared: PreparedQuery, names: Sequence[str]) -> Sequence[str]:
    """Return the offices whose names share words with a title, in the states that are wanted."""
    places = [value for condition in prepared.conditions for value in condition.values]
    of_states = (iri for place in places for iri in offices_of(store, place))
    ranked = name_search(store).candidates([*names, *(f"{names[-1]} {p}" for p in places)])
    by_name = (iri for iri in ranked if iri in tenures(store))
    positions = _first(dict.fromkeys((*of_states, *by_name)), _OFFICES)
    folded = list(map(fold_name, names))
    rough = {
        iri: max(fuzz.ratio(one, name) for one in folded for name in office(store, iri).folded)
        for iri in positions
    }
    return sorted(positions, key=lambda iri: -rough[iri])[:_OFFICES_COMPARED]
