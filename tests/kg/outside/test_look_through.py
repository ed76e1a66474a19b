"""What a linked dataset says of a thing, beside what we say, over a loopback server."""

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from pathlib import Path

import pytest

from kg.model.errors import NotFound
from kg.model.languages import in_language
from kg.outside.client import OutsideClient, Patience
from kg.outside.errors import (
    NoSuchRecord,
    OutsideBusy,
    OutsideMalformed,
    OutsideRefused,
    OutsideStatus,
    OutsideTooLarge,
)
from kg.outside.look_through import (
    LookThrough,
    fetched_record,
    linked_records,
    look_through,
    record_image,
)
from kg.outside.record import OutsideRecords
from kg.outside.response_files import ResponseFiles
from kg.store.store import Store
from tests.kg.outside import strelsau
from tests.kg.outside.stand_in import Dataset, Reply, dataset

WIKIDATA = "/wiki/Special:EntityData/Q901.ttl"
TURTLE = {"Content-Type": "text/turtle; charset=utf-8"}


@pytest.fixture(scope="module")
def store() -> Store:
    return strelsau.strelsau()


@pytest.fixture
def server() -> Iterator[Dataset]:
    with dataset() as running:
        yield running


class Looker:
    """Looks through links of one store to one server."""

    def __init__(self, store: Store, server: Dataset, cache: Path) -> None:
        hosts = ("www.wikidata.org", "dbpedia.org", "sws.geonames.org", "id.loc.gov")
        mirrors = dict.fromkeys((*hosts, "commons.wikimedia.org"), server.origin)
        self.client = OutsideClient(cache, mirrors=mirrors, patience=Patience(attempts=1))
        self.records = OutsideRecords(self.client, ResponseFiles(cache, 1_000_000), 60)
        self.store, self.permits = store, 0

    @contextmanager
    def permit(self) -> Iterator[None]:
        self.permits += 1
        yield

    def look(self, dataset_id: str = "wikidata", slug: str = "strelsau") -> LookThrough:
        link = linked_records(self.store, slug, dataset_id)[0]
        record = fetched_record(link, self.records, self.permit)
        image = record_image(self.client, record, self.permit)
        return look_through(self.store, link, record, image)


@pytest.fixture
def looker(store: Store, server: Dataset, tmp_path: Path) -> Looker:
    return Looker(store, server, tmp_path)


def rows(look: LookThrough) -> dict[tuple[str, str], tuple[list[str], list[str], str]]:
    """Return both sides and the agreement by label and language."""
    return {
        (row.label, row.language): (
            [value.text for value in row.ours],
            [
                " / ".join(filter(None, (there.value.text, there.agreement.value, there.note)))
                for there in row.theirs
            ],
            row.agreement.value,
        )
        for row in look.rows
    }


def test_both_sides_stand_beside_each_other(server: Dataset, looker: Looker) -> None:
    server.reply(WIKIDATA, Reply(strelsau.WIKIDATA.encode(), headers=TURTLE))
    assert rows(looker.look()) == {
        # A name that is another name of ours is no disagreement; another spelling is one.
        ("Name", "en"): (["Strelsau"], ["Strelsow / agrees / another name here"], "agrees"),
        ("Name", "ja"): (["ストレルサウ"], ["シュトレルサウ / differs"], "differs"),
        ("Name", "ru"): ([], ["Стрелсау / only there"], "only there"),
        ("Start", ""): (
            ["May 1180"],
            ["9 May 1180 / agrees, more exactly there"],
            "agrees, more exactly there",
        ),
        ("Coordinates", ""): (
            ["49.25° N, 14.5° E"],
            ["49.26° N, 14.49° E / agrees / 1 km apart"],
            "agrees",
        ),
        ("ISO code of two letters", ""): (["RT"], ["RU / differs"], "differs"),
    }


def test_what_is_missing_or_elsewhere_is_said(server: Dataset, looker: Looker) -> None:
    server.reply(WIKIDATA, Reply(strelsau.WITHOUT_LABEL.encode(), headers=TURTLE))
    look = looker.look()
    assert look.description is None
    assert look.image is None
    assert rows(look) == {
        ("Name", "en"): (["Strelsau"], [], "only here"),
        ("Name", "ja"): (["ストレルサウ"], [], "only here"),
        ("Start", ""): (
            ["May 1180"],
            ["1180 / agrees, less exactly there"],
            "agrees, less exactly there",
        ),
        ("Coordinates", ""): (
            ["49.25° N, 14.5° E"],
            ["35.7° N, 139.7° E / differs / 9,135 km apart"],
            "differs",
        ),
        ("ISO code of two letters", ""): (["RT"], [], "only here"),
    }


def test_a_record_of_dbpedia_is_compared(server: Dataset, looker: Looker) -> None:
    server.reply("/data/Strelsau.ttl", Reply(strelsau.DBPEDIA.encode(), headers=TURTLE))
    look = looker.look("dbpedia")
    assert rows(look)["Start", ""][1] == ["10 May 1180 / agrees, more exactly there"]
    assert rows(look)["Coordinates", ""][2] == "agrees"
    assert look.description
    assert look.description.text == "Strelsau is a city."


def test_a_record_of_geonames_is_compared(server: Dataset, looker: Looker) -> None:
    headers = {"Content-Type": "application/rdf+xml;charset=UTF-8"}
    server.reply("/9000001/about.rdf", Reply(strelsau.GEONAMES.encode(), headers=headers))
    look = looker.look("geonames")
    assert rows(look)["Name", ""] == ([], ["Strelsau / agrees"], "agrees")
    assert rows(look)["Coordinates", ""][1:] == (
        ["49.9° N, 14.5° E / differs / 72 km apart"],
        "differs",
    )
    assert look.linked.link.relation_label == "exact match"


def test_a_heading_of_a_library_agrees_in_any_order_and_without_dates(
    server: Dataset, looker: Looker
) -> None:
    headers = {"Content-Type": "text/plain"}
    server.reply(
        "/authorities/names/n90000001.nt", Reply(strelsau.LIBRARY.encode(), headers=headers)
    )
    look = looker.look("lcnaf")
    assert rows(look)["Name", ""][2] == "agrees"
    assert not look.linked.same


def test_the_description_is_in_the_readers_language(server: Dataset, looker: Looker) -> None:
    server.reply(WIKIDATA, Reply(strelsau.WIKIDATA.encode(), headers=TURTLE))
    texts = []
    for language in ("en", "ru", "ja"):
        with in_language(language):
            description = looker.look().description
            texts.append((description.text, description.language) if description else None)
    assert texts == [
        ("capital of <b>Ruritania</b>", "en"),
        ("столица Руритании", "ru"),
        ("capital of <b>Ruritania</b>", "en"),
    ]


def test_a_record_is_asked_for_once_a_day(server: Dataset, looker: Looker) -> None:
    server.reply(WIKIDATA, Reply(strelsau.WIKIDATA.encode(), headers=TURTLE))
    server.reply(_credit_path(), Reply(strelsau.CREDIT))
    first, again = looker.look(), looker.look()
    assert rows(again) == rows(first)
    assert again.record.fetched_at == first.record.fetched_at
    assert again.image == first.image
    assert (looker.permits, len(server.requests)) == (2, 2)


def _credit_path() -> str:
    return (
        "/w/api.php?action=query&format=json&formatversion=2&prop=imageinfo&iiprop=extmetadata"
        "&iiextmetadatafilter=Artist%7CLicenseShortName%7CLicenseUrl"
        "&titles=File%3AStrelsau+castle.jpg"
    )


def test_an_image_comes_with_its_credit(server: Dataset, looker: Looker) -> None:
    server.reply(WIKIDATA, Reply(strelsau.WIKIDATA.encode(), headers=TURTLE))
    server.reply(_credit_path(), Reply(strelsau.CREDIT))
    image = looker.look().image
    assert image
    assert (image.name, image.author, image.licence) == (
        "Strelsau castle.jpg",
        "Rudolf R",
        "CC BY-SA 4.0",
    )
    assert image.page == "https://commons.wikimedia.org/wiki/File:Strelsau_castle.jpg"
    assert image.licence_page == "https://creativecommons.org/licenses/by-sa/4.0"


NO_CREDIT = {
    "not there": Reply(status=404),
    "missing file": Reply(b'{"query": {"pages": [{"title": "File:x", "missing": true}]}}'),
    "no licence": Reply(strelsau.CREDIT.replace(b"LicenseShortName", b"Other")),
    "no JSON": Reply(b"<html>"),
    "nested": Reply(b"[" * 100_000),
}


@pytest.mark.parametrize("kind", NO_CREDIT)
def test_an_image_without_a_licence_is_left_out(server: Dataset, looker: Looker, kind: str) -> None:
    server.reply(WIKIDATA, Reply(strelsau.WIKIDATA.encode(), headers=TURTLE))
    server.reply(_credit_path(), NO_CREDIT[kind])
    look = looker.look()
    assert look.image is None
    assert look.rows


FAILURES = {
    "no such record": (Reply(status=404), NoSuchRecord, r"org has no such record \(HTTP 404"),
    "broken": (Reply(status=500), OutsideStatus, "answers HTTP 500"),
    "web page": (
        Reply(b"<title>Busy</title>", headers={"Content-Type": "text/html"}),
        OutsideMalformed,
        "as text/html, which is not RDF",
    ),
    "malformed": (Reply(b"<a> <b>", headers=TURTLE), OutsideMalformed, "not valid ttl"),
    "of something else": (
        Reply(b'<http://x/> <http://x/> "x" .', headers=TURTLE),
        OutsideMalformed,
        "nothing to compare",
    ),
    "huge": (
        Reply(headers={"Content-Length": "17000000"}),
        OutsideTooLarge,
        "more than 16,000,000",
    ),
    "elsewhere": (
        Reply(status=302, headers={"Location": "http://169.254.169.254/"}),
        OutsideRefused,
        "169.254.169.254 is not asked",
    ),
}


@pytest.mark.parametrize("kind", FAILURES)
def test_a_failure_says_what_it_is(server: Dataset, looker: Looker, kind: str) -> None:
    reply, error, message = FAILURES[kind]
    server.reply(WIKIDATA, reply)
    with pytest.raises(error, match=message):
        looker.look()
    # What failed is asked for again.
    with pytest.raises(error):
        looker.look()
    assert len(server.requests) == 2


def test_without_a_permit_nothing_is_asked(server: Dataset, looker: Looker) -> None:
    def refused() -> AbstractContextManager[None]:
        raise OutsideBusy(5)

    link = linked_records(looker.store, "strelsau", "wikidata")[0]
    with pytest.raises(OutsideBusy):
        fetched_record(link, looker.records, refused)
    server.reply(WIKIDATA, Reply(strelsau.WIKIDATA.encode(), headers=TURTLE))
    record = fetched_record(link, looker.records, nullcontext)
    assert record_image(looker.client, record, refused) is None
    assert len(server.requests) == 1


def test_the_closest_link_comes_first(store: Store) -> None:
    links = linked_records(store, "strelsau", "wikidata")
    assert [(one.link.identifier, one.link.relation_label, one.same) for one in links] == [
        ("Q901", "same as", True),
        ("Q900", "close match", False),
    ]
    assert links[0].link.page == "https://www.wikidata.org/wiki/Q901"


NOT_LINKED = {
    ("strelsau", "freebase"): "no dataset called freebase to look at",
    # It has no records as RDF.
    ("strelsau", "m49"): "no dataset called m49 to look at",
    ("hentzau", "wikidata"): "no link from hentzau to Wikidata",
    ("nowhere", "wikidata"): "no thing called nowhere",
}


@pytest.mark.parametrize(("slug", "name"), NOT_LINKED)
def test_what_is_not_linked_is_not_asked_for(store: Store, slug: str, name: str) -> None:
    with pytest.raises(NotFound, match=NOT_LINKED[slug, name]):
        linked_records(store, slug, name)
