from datetime import date

import pytest

from kg.errors import NotFound
from kg.prefixes import THING
from kg.read.dated import dated
from kg.store import Store


def test_events_have_the_days_that_the_sources_give(built: Store) -> None:
    days = {one.item.thing.iri.removeprefix(THING): one for one in dated(built)}
    attack = days["skripal-attack"]
    assert (attack.first, attack.last, attack.precise) == (date(2018, 3, 4), date(2018, 3, 4), True)
    visit = days["abe-visit-to-russia-2018"]
    assert (visit.first, visit.last, visit.precise) == (date(2018, 5, 1), date(2018, 5, 31), False)


def test_what_only_came_after_something_has_no_day(built: Store) -> None:
    assert THING + "expulsions-2018" not in {one.item.thing.iri for one in dated(built)}


def test_an_actor_has_the_events_that_it_took_part_in(built: Store) -> None:
    names = {one.item.thing.iri.removeprefix(THING) for one in dated(built, "vladimir-putin")}
    assert "abe-putin-meeting-da-nang-2017" in names
    assert "skripal-attack" not in names


def test_an_event_has_itself(built: Store) -> None:
    found = dated(built, "skripal-attack")
    assert [one.item.thing.iri for one in found] == [THING + "skripal-attack"]


def test_an_unknown_thing_offers_near_ones(built: Store) -> None:
    with pytest.raises(NotFound) as failure:
        dated(built, "vladimir-putn")
    assert failure.value.near[0] == "vladimir-putin"
