"""What pages show of links, recounted from the tables in kg/links."""

import csv
import re
from collections import defaultdict
from functools import cache

import pytest
from flask.testing import FlaskClient

from kg.model.outside_datasets import outside_datasets
from kg.model.prefixes import ROOT, expand
from kg.store.store import Store
from web import create_app

NO_TERM = "sssom:NoTermFound"
TABLES = sorted((ROOT / "kg" / "links").glob("*.sssom.tsv"))


@cache
def table(dataset: str) -> list[dict[str, str]]:
    """Read the rows of a table about things, without those of rejected mappings."""
    lines = (ROOT / f"kg/links/{dataset}.sssom.tsv").read_text(encoding="utf-8").splitlines()
    rows = csv.DictReader(
        (line for line in lines if not line.startswith("#")),
        delimiter="\t",
        quoting=csv.QUOTE_NONE,
    )
    things = (row for row in rows if row["subject_id"].startswith("id:"))
    return [row for row in things if row.get("predicate_modifier") != "Not"]


@pytest.fixture(scope="module")
def site(built: Store) -> FlaskClient:
    client = create_app({"TESTING": True}, store=built).test_client()
    client.environ_base["HTTP_ACCEPT"] = "text/html"
    return client


def shown(site: FlaskClient, thing: str) -> dict[str, str]:
    """Return what the page of a thing shows of each dataset."""
    page = site.get(f"/page/{thing.removeprefix('id:')}").text
    section = re.search(r'<section aria-labelledby="elsewhere">.*?</section>', page, re.DOTALL)
    parts = re.split("<dt>(.*?)</dt>", section[0] if section else "", flags=re.DOTALL)[1:]
    return dict(zip(parts[::2], parts[1::2], strict=True))


def test_at_least_ninety_things_have_a_wikidata_link_or_a_reason_on_their_page(
    site: FlaskClient,
) -> None:
    records: dict[str, set[str]] = defaultdict(set)
    for row in table("wikidata"):
        records[row["subject_id"]].add(row["object_id"])
    assert len(records) >= 90
    for thing, expected in records.items():
        part = shown(site, thing).get("Wikidata", "")
        addresses = {f"wd:{q}" for q in re.findall(r'"https://www.wikidata.org/wiki/(Q\d+)"', part)}
        assert addresses == expected - {NO_TERM}, thing
        assert ("No link known: " in part) == (NO_TERM in expected), thing


def test_the_overview_has_the_numbers_of_the_tables(site: FlaskClient) -> None:
    page = site.get("/links").text
    body = page.partition("<tbody>")[2].partition("</tbody>")[0]
    counted = {}
    for row in body.split("</tr>"):
        cells = re.findall(r"<t[hd].*?>(.*?)</t[hd]>", row, re.DOTALL)
        if cells:
            name, *numbers = (re.sub("<.*?>", "", cell) for cell in cells[:4])
            links = sum(map(int, re.findall(r": (\d+)", numbers[1])))
            counted[name] = (int(numbers[0]), links, int(numbers[2]))
    assert counted == {
        outside_datasets()[name].name: (
            len({row["subject_id"] for row in table(name) if row["object_id"] != NO_TERM}),
            sum(row["object_id"] != NO_TERM for row in table(name)),
            sum(row["object_id"] == NO_TERM for row in table(name)),
        )
        for name in (path.name.partition(".")[0] for path in TABLES)
    }


def test_every_record_that_is_the_same_finds_its_thing(site: FlaskClient) -> None:
    rows = [row for path in TABLES for row in table(path.name.partition(".")[0])]
    same = [row for row in rows if row["predicate_id"] in {"owl:sameAs", "skos:exactMatch"}]
    things: dict[str, set[str]] = defaultdict(set)
    for row in same:
        if row["object_id"] != NO_TERM:
            record = row["object_id"]
            iri = record if record.startswith("http") else expand(record)
            things[iri].add(expand(row["subject_id"]))
    assert len(things) > 200
    for iri, expected in things.items():
        answer = site.get("/same-as", query_string={"iri": iri, "format": "json"}).json
        assert {result["iri"] for result in answer["results"]} >= expected, iri
