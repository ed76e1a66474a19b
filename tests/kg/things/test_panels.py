import pytest
from pyoxigraph import NamedNode

from kg.index.reader import index
from kg.model.prefixes import TERM, THING
from kg.sparql.named_queries import page_query
from kg.store.store import Store
from kg.terms.literals import text
from kg.things.entity import read_entity
from kg.things.panel_declarations import panel_queries
from kg.things.panels import ROWS_SHOWN

LISTED = {
    "events": ["Event"],
    "events-at": ["Event"],
    "measures": ["Measure", "Abstention"],
    "instruments": ["Instrument"],
}


@pytest.mark.parametrize("name", LISTED)
def test_the_index_gives_what_the_question_gives(corpus: Store, name: str) -> None:
    asked = 0
    for iri in index(corpus).iris_starting_with(THING):
        if "#" in iri:
            continue
        rows = corpus.select(page_query(name).replace("LIMIT 61", ""), thing=NamedNode(iri))
        answers = {text(row["item"]) for row in rows if text(row["item"]).startswith(THING)}
        found = index(corpus).tied_things(iri, [TERM + kind for kind in LISTED[name]], 1000)
        assert {one for one in found if "#" not in one} == answers, iri
        asked += len(answers)
    assert asked > 10


def test_every_question_of_a_panel_is_there(corpus: Store) -> None:
    assert LISTED.keys() < panel_queries(corpus)
    for name in panel_queries(corpus):
        assert "?thing" in page_query(name)


def test_a_panel_says_what_part_a_thing_had_and_on_which_sentence_it_rests(corpus: Store) -> None:
    found = {one.query_name: one for one in read_entity(corpus, "norland").panels}
    instruments = {row.thing.text: row for row in found["instruments"].rows}
    signed = instruments["Five Powers' statement on the Belport attack"]
    assert signed.role == "signed"
    assert signed.footnotes


def test_a_panel_runs_forwards_in_time_and_is_cut_at_its_end(corpus: Store) -> None:
    found = {one.query_name: one for one in read_entity(corpus, "norland").panels}
    days = [row.earliest or row.latest or "~" for row in found["events"].rows]
    assert days == sorted(days)
    assert found["events"].rows[0].day == "1945"
    assert found["events"].rows[1].day == "in or before 1945"
    assert len(found["events"].rows) <= ROWS_SHOWN


def test_what_was_only_planned_stands_apart_at_the_end(corpus: Store) -> None:
    panels = {p.query_name: p for p in read_entity(corpus, "great-theatre").panels}
    assert "events-at" not in panels
    assert all(row.not_occurred for row in panels["prospects"].rows)
    (rows,) = (p.rows for p in read_entity(corpus, "norland").panels if p.query_name == "stances")
    assert [row.not_occurred for row in rows] == sorted(row.not_occurred for row in rows)


def test_a_stance_says_what_it_is(corpus: Store) -> None:
    (rows,) = (p.rows for p in read_entity(corpus, "norland").panels if p.query_name == "stances")
    said = {row.thing.text: "".join(piece.text for piece in row.gist) for row in rows}
    assert said["Norland's backing of the Federal States' resolve"].startswith(
        "supports: the resolve of the"
    )


def test_tenures_reach_from_day_to_day(corpus: Store) -> None:
    found = {one.query_name: one for one in read_entity(corpus, "erika-linde").panels}
    (row,) = found["tenures"].rows
    assert (row.earliest, row.latest) == ("2012-12-26", "2020-09-16")
    assert row.footnotes


def test_a_day_on_which_a_tenure_is_attested_is_not_its_end(corpus: Store) -> None:
    days = {
        slug: row.day
        for slug in ("anton-velkov", "erika-linde", "mara-holt")
        for one in read_entity(corpus, slug).panels
        if one.query_name == "tenures"
        for row in one.rows
    }
    assert days == {
        "anton-velkov": "from 7 May 2012 on",
        "erika-linde": "26 December 2012 – 16 September 2020",
        "mara-holt": "attested 2018",
    }


def test_who_responded_and_how_rests_on_what_says_so(corpus: Store) -> None:
    rows = {
        row.thing.iri.removeprefix(THING): row
        for one in read_entity(corpus, "belport-attack").panels
        if one.query_name == "responses"
        for row in one.rows
    }
    assert {"expulsions-2018", "norland-no-expulsion", "norland-declines-claim"} <= rows.keys()
    assert all(row.footnotes or row.provenance for row in rows.values())


def test_a_row_does_not_repeat_what_the_title_says(corpus: Store) -> None:
    (rows,) = (p.rows for p in read_entity(corpus, "vellin").panels if p.query_name == "events-at")
    roles = {row.thing.text: row.role for row in rows}
    assert roles["announcement of the new approach"] == ""
    assert roles["Linde's visit to Vellin, May 2016"] == "destination of"


def test_the_days_of_an_office_are_not_cited_to_who_names_the_office(corpus: Store) -> None:
    (office,) = (
        p.rows for p in read_entity(corpus, "erika-linde").panels if p.query_name == "tenures"
    )
    (row,) = office
    assert row.footnotes
    assert (row.date_support.footnotes, row.date_support.provenance) == ((), ("background",))
    (tenure,) = (
        p.rows for p in read_entity(corpus, "norland").panels if p.query_name == "officeholders"
    )
    assert tenure[0].date_support.provenance == ("background",)


def test_a_dispute_has_its_names_its_claims_and_its_place(corpus: Store) -> None:
    found = {
        one.query_name: one.rows for one in read_entity(corpus, "amber-islands-dispute").panels
    }
    assert {row.name for row in found["names-of"]} == {"Lower Ambers", "Southern Ambers"}
    claims = {row.thing.iri.rpartition("/")[2]: row.footnotes for row in found["disputes"]}
    assert claims.keys() == {"norland-claim-to-islands", "vostria-claim-to-islands"}


def test_the_parts_of_a_visit_are_its_programme(corpus: Store) -> None:
    visit = read_entity(corpus, "linde-visit-to-vostria-2018")
    (rows,) = (p.rows for p in visit.panels if p.query_name == "parts-of")
    assert [row.day for row in rows][:2] == ["25 May 2018", "26 May 2018"]


def test_a_claim_about_a_thing_has_its_sentences(corpus: Store) -> None:
    claims = read_entity(corpus, "belport-attack").claims
    assert claims
    assert all(one.footnotes for one in claims)
