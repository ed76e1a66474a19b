from datetime import date

import pytest
from pyoxigraph import Literal, NamedNode, Quad

from kg.lists.dated_events import MOST_EVENTS, DatedEvent, dated_events
from kg.model.errors import NotFound
from kg.model.named_graphs import with_default_graph
from kg.model.prefixes import SOURCE, TERM, THING, node
from kg.store.store import Store

GAZETTE = NamedNode(SOURCE + "gazette-1894/p1s1")


def by_name(store: Store, slug: str = "") -> dict[str, DatedEvent]:
    return {one.item.thing.iri.removeprefix(THING): one for one in dated_events(store, slug).events}


def told(tiny: list[Quad], *facts: tuple[str, str, str]) -> Store:
    """Return the small graph with dates for the flood, and with what follows from them."""
    flood = NamedNode(THING + "river-flood")
    quads = [
        Quad(flood, NamedNode(TERM + name), Literal(value, datatype=node(kind)), GAZETTE)
        for name, value, kind in facts
    ]
    first = Literal("1894-01-01", datatype=node("xsd:date"))
    earliest = Quad(flood, NamedNode(TERM + "earliest"), first, GAZETTE)
    return Store.of(with_default_graph([*tiny, *quads, earliest]))


def days(found: DatedEvent) -> tuple[str, str, str]:
    return found.first.isoformat(), found.last.isoformat(), found.note


def test_events_have_the_days_that_the_sources_give(corpus: Store) -> None:
    known = by_name(corpus)
    assert days(known["belport-attack"]) == ("2018-03-04", "2018-03-04", "")
    meeting = known["five-powers-meeting-2018"]
    assert days(meeting) == ("2018-04-22", "2018-04-24", "")
    visit = known["linde-visit-to-vostria-2018"]
    assert days(visit) == ("2018-05-01", "2018-05-31", "Not dated to the day: May 2018.")
    assert [one.first for one in known.values()] == sorted(one.first for one in known.values())


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        (
            [("startDate", "1894-05-03", "xsd:date")],
            ("1894-05-03", "1894-05-03", "Its end is not dated."),
        ),
        (
            [("startDate", "1894", "xsd:gYear")],
            ("1894-01-01", "1894-12-31", "Not dated to the day: from 1894. Its end is not dated."),
        ),
        (
            [("startDate", "1894-05-03", "xsd:date"), ("endDate", "1894-06", "xsd:gYearMonth")],
            ("1894-05-03", "1894-06-30", "Not dated to the day: from 3 May 1894; until June 1894."),
        ),
        (
            [("endDate", "1894-05-03", "xsd:date")],
            ("1894-05-03", "1894-05-03", "Its beginning is not dated."),
        ),
        (
            [("date", "1894-05-03", "xsd:date"), ("date", "1894-05-05", "xsd:date")],
            (
                "1894-05-03",
                "1894-05-05",
                "Several dates are on record: 3 May 1894; 5 May 1894.",
            ),
        ),
    ],
)
def test_a_note_says_in_what_the_days_differ_from_what_is_known(
    tiny: list[Quad], facts: list[tuple[str, str, str]], expected: tuple[str, str, str]
) -> None:
    assert days(by_name(told(tiny, *facts))["river-flood"]) == expected


@pytest.mark.parametrize("value", ["soon", "-0044-03-15", "9999-12-31"])
def test_what_no_calendar_can_mark_is_left_out(tiny: list[Quad], value: str) -> None:
    assert "river-flood" not in by_name(told(tiny, ("date", value, "xsd:date")))


def test_what_only_came_after_something_has_no_day(corpus: Store) -> None:
    assert "expulsions-2018" not in by_name(corpus)


def test_what_exists_only_in_a_claim_is_left_out(tiny: list[Quad]) -> None:
    flood, status = NamedNode(THING + "river-flood"), NamedNode(TERM + "assertionStatus")
    day = ("date", "1894-05-03", "xsd:date")
    known = told(tiny, day)
    assert "river-flood" in by_name(known)
    only = Quad(flood, status, NamedNode(TERM + "claimedOnly"), GAZETTE)
    quads = [quad for quad in known.quads() if isinstance(quad.graph_name, NamedNode)]
    assert "river-flood" not in by_name(Store.of(with_default_graph([*quads, only])))


def test_an_event_is_where_somebody_says_not_in_the_states_around(corpus: Store) -> None:
    known = by_name(corpus)
    ceremony = known["winter-games-opening-2014"].venue
    assert [place.text for place in ceremony.places] == ["Vellin"]
    assert ceremony.point == pytest.approx((43.59, 39.73), abs=0.01)
    visit = known["linde-visit-to-vellin-2016"].venue
    assert [place.text for place in visit.places] == ["Vellin"]


def test_the_middle_of_a_state_is_not_where_an_event_took_place(corpus: Store) -> None:
    attack = by_name(corpus)["belport-attack"].venue
    assert [place.text for place in attack.places] == ["United Isles"]
    assert attack.point is None


def test_an_actor_has_the_events_that_it_took_part_in(corpus: Store) -> None:
    names = by_name(corpus, "anton-velkov")
    assert "linde-velkov-meeting-palm-bay-2017" in names
    assert "belport-attack" not in names


def test_a_place_has_the_events_there(corpus: Store) -> None:
    assert "winter-games-opening-2014" in by_name(corpus, "vellin")


def test_an_event_has_itself(corpus: Store) -> None:
    assert list(by_name(corpus, "belport-attack")) == ["belport-attack"]


def test_an_unknown_thing_offers_near_ones(corpus: Store) -> None:
    with pytest.raises(NotFound) as failure:
        dated_events(corpus, "anton-velkv")
    assert failure.value.similar[0] == "anton-velkov"


def test_of_too_many_the_last_are_kept(tiny: list[Quad]) -> None:
    quads = []
    for number in range(MOST_EVENTS + 3):
        event = NamedNode(f"{THING}day-{number}")
        day = Literal(
            date.fromordinal(date(1900, 1, 1).toordinal() + number).isoformat(),
            datatype=node("xsd:date"),
        )
        quads.append(Quad(event, node("rdf:type"), NamedNode(TERM + "Event"), GAZETTE))
        quads += [Quad(event, NamedNode(TERM + n), day, GAZETTE) for n in ("date", "earliest")]
    found = dated_events(Store.of(with_default_graph([*tiny, *quads])))
    assert found.incomplete
    assert len(found.events) == MOST_EVENTS
    assert found.events[-1].item.thing.iri == f"{THING}day-{MOST_EVENTS + 2}"
    assert not dated_events(Store.of(with_default_graph(tiny))).incomplete
