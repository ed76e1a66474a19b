from typing import Any

import pytest
from flask.testing import FlaskClient

from kg.model.prefixes import SOURCE, THING
from kg.store.store import Store
from web import create_app

GAZETTE = f"{SOURCE}gazette-1894/"


def thing(client: FlaskClient, slug: str, page: int = 1) -> dict[str, Any]:
    return client.get(f"/thing/{slug}.json", query_string={"page": page}).json or {}


def said(record: dict[str, Any]) -> set[tuple[str, str, str]]:
    """Return the statements of a record as (subject, property, kind), by local name."""
    return {
        (
            statement["subject"]["iri"].removeprefix(THING),
            statement["property"]["iri"].partition("#")[2],
            statement["kind"],
        )
        for statement in record["statements"]
    }


def test_it_names_the_thing_in_every_language_and_the_build(client: FlaskClient) -> None:
    record = thing(client, "ruritania")
    assert (record["iri"], record["page"], record["build"]) == (
        f"{THING}ruritania",
        "/page/ruritania",
        "test",
    )
    assert {(name["text"], name["lang"]) for name in record["names"]} == {
        ("Ruritania", "en"),
        ("ルリタニア", "ja"),
        ("Руритания", "ru"),
        ("Kingdom of Ruritania", "en"),
    }
    assert [kind["label"] for kind in record["classes"]] == ["state"]
    assert record["description"] == "Kingdom in the hills."
    assert record["links"][0]["iri"].endswith("Q1191384")


def test_each_statement_has_its_kind_and_sentences(client: FlaskClient) -> None:
    record = thing(client, "ruritania")
    assert {
        ("ruritania", "population", "background"),
        ("ruritania", "neighbourOf", "stated"),
        ("strelsau-meeting", "host", "stated"),
        ("river-flood", "participant", "inferred"),
    } <= said(record)
    host = next(s for s in record["statements"] if s["subject"]["iri"] == f"{THING}zenda-meeting")
    assert (host["subject"]["status"], host["sentences"]) == ("planned", [f"{GAZETTE}p2s1"])
    population = next(s["value"] for s in record["statements"] if "datatype" in s["value"])
    assert (population["value"], population["datatype"].rpartition("#")[2]) == ("120000", "integer")


def test_the_sentences_cited_come_with_source_and_place(client: FlaskClient) -> None:
    record = thing(client, "ruritania")
    cited = {iri for entry in record["statements"] + record["says"] for iri in entry["sentences"]}
    assert [s["iri"] for s in record["sentences"]] == sorted(cited)
    first = record["sentences"][0]
    assert (first["title"], first["place"], first["issued"]) == (
        "Gazette 1894",
        "¶1, sentence 1",
        "1894",
    )
    assert (first["page"], first["original"]) == ("/source/gazette-1894/p1s1", None)


def test_claims_stand_apart(client: FlaskClient) -> None:
    record = thing(client, "sylvania")
    (claim,) = record["says"]
    assert [agent["label"] for agent in claim["claimants"]] == ["Ruritania"]
    assert [(s["property"]["label"], s["kind"]) for s in claim["content"]] == [
        ("responsible party", "claimed")
    ]
    assert claim["sentences"] == [f"{GAZETTE}p2s1"]
    assert not {row for row in said(record) if row[1] == "responsibleParty"}
    assert [s["kind"] for s in thing(client, "dam-claim")["content"]] == ["claimed"]


def test_an_inferred_statement_cites_what_it_follows_from(corpus: Store) -> None:
    client = create_app({"TESTING": True}, corpus).test_client()
    record = thing(client, "winter-games-opening-2014")
    inferred = [s for s in record["statements"] if s["kind"] == "inferred"]
    assert any(statement["sentences"] for statement in inferred)
    disputed = thing(client, "ferry-talks-2018")["statements"]
    assert [s["property"]["label"] for s in disputed if s["disagreement"]] == ["date"]


def test_pages_have_every_statement_once_and_the_last_leads_nowhere(built: Store) -> None:
    client = create_app({"TESTING": True}, built).test_client()
    address, statements, claims, total = "/thing/russia.json", [], [], {}
    while address:
        answer = client.get(address)
        record = answer.json or {}
        assert len(answer.data) < 100_000
        statements += [str((s["subject"], s["property"], s["value"])) for s in record["statements"]]
        claims += [claim["iri"] for claim in record["says"]]
        address, total = record["next"], record["total"]
    assert len(set(statements)) == len(statements) == total["statements"] > 50
    assert len(set(claims)) == len(claims) == total["says"] > 0


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/thing/nobody.json", 404),
        ("/thing/ruritania.json?page=2", 404),
        ("/thing/ruritania.json?page=x", 400),
        ("/thing/ruritania.json?colour=red", 400),
    ],
)
def test_what_is_not_there_is_a_problem(client: FlaskClient, address: str, status: int) -> None:
    answer = client.get(address)
    assert (answer.status_code, answer.mimetype) == (status, "application/problem+json")


def test_names_are_in_the_readers_language(client: FlaskClient) -> None:
    answer = client.get("/thing/ruritania.json", headers={"Accept-Language": "ja"})
    assert (answer.json or {})["label"] == "ルリタニア"
