"""Links are checked against datasets on loopback: what answers how gets which verdict."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from kg.link_check.run_notes import RunNotes
from kg.link_check.tree_check import NOTES, check_tree, read_link_report
from kg.model.errors import KGError
from kg.model.source_texts import LINK_CHECK_FILE
from kg.outside.client import OutsideClient, Patience
from kg.outside.errors import NoNetwork
from kg.pipeline.inputs.checked_links import CheckedLink, LinkReport
from kg.store.store import Store
from tests.kg.link_check.other_datasets import (
    OtherDatasets,
    client_of,
    other_datasets,
    write_links,
)
from tests.kg.outside.stand_in import Reply, trickle

ALL = ("wikidata", "dbpedia", "geonames", "viaf", "opensanctions")
DAY = "2026-11-28"
MODIFIED = 'schema:dateModified "2026-11-01T00:00:00Z"^^xsd:dateTime'


@pytest.fixture
def server() -> Iterator[OtherDatasets]:
    with other_datasets() as running:
        yield running


@pytest.fixture
def check(tmp_path: Path, corpus: Store, server: OtherDatasets) -> Any:
    def run(*datasets: str, client: OutsideClient | None = None, day: str = DAY) -> LinkReport:
        asked = client or client_of(server.origin)
        folder = tmp_path / "notes"
        return check_tree(tmp_path, corpus, asked, folder, datasets or ALL, day)

    return run


def by_slug(report: LinkReport) -> dict[str, CheckedLink]:
    return {link.subject.rpartition("/")[2]: link for link in report.links}


def test_many_items_are_asked_for_in_one_query(
    tmp_path: Path, check: Any, server: OtherDatasets
) -> None:
    write_links(
        tmp_path,
        "wikidata",
        "id:norland|owl:sameAs|wd:Q1",
        "id:vostria|owl:sameAs|wd:Q2",
        "id:erika-linde|owl:sameAs|wd:Q3",
    )
    server.hold(f"""
        wd:Q1 {MODIFIED} ; rdfs:label "Norland"@de , "Norland"@mul ; wdt:P31 wd:Q99 .
        wd:Q99 wdt:P279 wd:Q3624078 .
        wd:Q2 {MODIFIED} ; rdfs:label "Empire"@en ; skos:altLabel "Вострия"@ru ; wdt:P31 wd:Q7275 .
        wd:Q3 {MODIFIED} ; rdfs:label "Erika Lindé"@en ; wdt:P31 wd:Q5
    """)
    report = check()
    assert report.counts["fine"] == 3
    assert {link.compared for link in report.links} == {"status label kind"}
    assert server.asked() == ["/sparql"]


def test_a_merged_item_has_moved_to_the_other(
    tmp_path: Path, check: Any, server: OtherDatasets
) -> None:
    write_links(tmp_path, "wikidata", "id:norland|owl:sameAs|wd:Q1")
    server.hold("wd:Q1 owl:sameAs wd:Q11")
    link = by_slug(check())["norland"]
    assert (link.verdict, link.moved_to) == ("moved", "http://www.wikidata.org/entity/Q11")


def test_a_redirect_of_dbpedia_has_moved(tmp_path: Path, check: Any, server: OtherDatasets) -> None:
    write_links(tmp_path, "dbpedia", "id:norland|owl:sameAs|http://dbpedia.org/resource/Norland")
    server.hold("""
        dbr:Norland dbo:wikiPageID 1 ; rdfs:label "Norland"@en ;
            dbo:wikiPageRedirects dbr:Kingdom_of_Norland
    """)
    link = by_slug(check())["norland"]
    assert (link.verdict, link.moved_to) == (
        "moved",
        "http://dbpedia.org/resource/Kingdom_of_Norland",
    )


def test_what_no_query_finds_is_dead_only_if_its_address_says_so(
    tmp_path: Path, check: Any, server: OtherDatasets
) -> None:
    write_links(
        tmp_path,
        "wikidata",
        "id:norland|owl:sameAs|wd:Q1",
        "id:vostria|owl:sameAs|wd:Q2",
        "id:gallia|owl:sameAs|wd:Q3",
    )
    server.reply("/wiki/Special:EntityData/Q2.ttl", Reply(b"", 410))
    server.record("/wiki/Special:EntityData/Q3.ttl", 'wd:Q3 rdfs:label "Gallia"@en')
    links = by_slug(check())
    verdicts = {slug: (link.verdict, link.status) for slug, link in links.items()}
    assert verdicts == {
        "norland": ("dead", "404"),
        "vostria": ("dead", "410"),
        "gallia": ("fine", "200"),
    }


def test_another_name_is_doubtful_unless_the_link_says_only_that_it_is_close(
    tmp_path: Path, check: Any, server: OtherDatasets
) -> None:
    write_links(
        tmp_path,
        "wikidata",
        "id:norland|owl:sameAs|wd:Q1|Norland|Norland",
        "id:vostria|skos:closeMatch|wd:Q1",
        "id:gallia|owl:sameAs|wd:Q1|Gallia|Republic of Sylvania",
    )
    server.hold(f'wd:Q1 {MODIFIED} ; rdfs:label "Republic of Sylvania"@en')
    links = by_slug(check())
    assert {slug: link.verdict for slug, link in links.items()} == {
        "norland": "doubtful",
        "vostria": "fine",
        "gallia": "fine",
    }
    assert links["norland"].reason == "it is called “Republic of Sylvania” there"
    assert links["vostria"].compared == "status"


def test_another_kind_is_doubtful(tmp_path: Path, check: Any, server: OtherDatasets) -> None:
    write_links(
        tmp_path,
        "wikidata",
        "id:erika-linde|owl:sameAs|wd:Q1",
        "id:norland|owl:sameAs|wd:Q2",
        "id:vostria|owl:sameAs|wd:Q3",
    )
    server.hold(f"""
        wd:Q1 {MODIFIED} ; rdfs:label "Erika Linde"@en ; wdt:P31 wd:Q515 .
        wd:Q2 {MODIFIED} ; rdfs:label "Norland"@en ; wdt:P31 wd:Q515 , wd:Q3624078 .
        wd:Q3 {MODIFIED} ; rdfs:label "Vostria"@en ; wdt:P31 wd:Q11424
    """)
    links = by_slug(check())
    assert links["erika-linde"].verdict == "doubtful"
    assert links["erika-linde"].reason == "it is of the kind City there, which no Person can be"
    assert links["norland"].verdict == "fine"
    assert (links["vostria"].verdict, links["vostria"].compared) == ("fine", "status label")


def test_a_page_of_several_meanings_is_doubtful_whatever_it_is_called(
    tmp_path: Path, check: Any, server: OtherDatasets
) -> None:
    dbr = "http://dbpedia.org/resource/"
    write_links(tmp_path, "wikidata", "id:norland|owl:sameAs|wd:Q1", "id:vostria|owl:sameAs|wd:Q2")
    write_links(tmp_path, "dbpedia", f"id:gallia|owl:sameAs|{dbr}Gallia")
    server.hold(f"""
        wd:Q1 {MODIFIED} ; rdfs:label "Norland"@en ; wdt:P31 wd:Q4167410 .
        dbr:Gallia dbo:wikiPageID 1 ; rdfs:label "Gallia"@en ;
            dbo:wikiPageDisambiguates dbr:Gallia_Prima , dbr:Gallia_Secunda
    """)
    server.record(
        "/wiki/Special:EntityData/Q2.ttl", 'wd:Q2 rdfs:label "Vostria"@en ; wdt:P31 wd:Q4167410'
    )
    links = by_slug(check()).values()
    verdicts = {(link.verdict, link.reason) for link in links}
    assert (len(links), verdicts) == (
        3,
        {("doubtful", "it only lists things of this name there")},
    )


def test_a_deprecated_authority_has_moved_or_is_doubtful(
    tmp_path: Path, check: Any, server: OtherDatasets
) -> None:
    names = "http://id.loc.gov/authorities/names/"
    write_links(
        tmp_path,
        "lcnaf",
        f"id:erika-linde|owl:sameAs|{names}n99000017",
        f"id:mara-holt|owl:sameAs|{names}n99000018",
    )
    mads = "PREFIX mads: <http://www.loc.gov/mads/rdf/v1#>"
    label = 'mads:authoritativeLabel "Linde, Erika, 1962-"'
    deprecated = "a mads:DeprecatedAuthority"
    server.record(
        "/authorities/names/n99000017.nt",
        f"{mads} <{names}n99000017> {deprecated} ; mads:useInstead <{names}n99000027>",
    )
    server.record("/authorities/names/n99000018.nt", f"{mads} <{names}n99000018> {deprecated}")
    links = by_slug(check("lcnaf"))
    assert links["erika-linde"].moved_to == f"{names}n99000027"
    assert links["mara-holt"].reason == "the record is deprecated there"
    server.record("/authorities/names/n99000017.nt", f"{mads} <{names}n99000017> {label}")
    link = by_slug(check("lcnaf"))["erika-linde"]
    assert (link.verdict, link.compared) == ("fine", "status label")


def test_records_are_asked_for_one_by_one_and_redirects_followed(
    tmp_path: Path, check: Any, server: OtherDatasets
) -> None:
    write_links(
        tmp_path,
        "geonames",
        "id:norland|owl:sameAs|gn:9900017/",
        "id:vostria|owl:sameAs|gn:9900018/",
        "id:gallia|owl:sameAs|gn:9900019/",
    )
    gn = "PREFIX gn: <http://www.geonames.org/ontology#>"
    feature = "<https://sws.geonames.org/{}/> gn:name {}"
    names = '"Norlandia" ; gn:alternateName "ノルランド"@ja'
    server.record("/9900017/about.rdf", f"{gn} {feature.format(9900017, names)}")
    moved = Reply(b"", 301, {"Location": "https://sws.geonames.org/9900028/about.rdf"})
    server.reply("/9900018/about.rdf", moved)
    server.record("/9900028/about.rdf", f"{gn} {feature.format(9900028, chr(34) + 'V' + chr(34))}")
    server.record(
        "/9900019/about.rdf", f"{gn} {feature.format(9900019, chr(34) + 'Pol' + chr(34))}"
    )
    links = by_slug(check())
    assert links["norland"].verdict == "fine"
    assert links["vostria"].moved_to == "https://sws.geonames.org/9900028/"
    assert links["gallia"].reason == "it is called “Pol” there"


def test_a_redirect_to_the_same_record_is_no_move(
    tmp_path: Path, check: Any, server: OtherDatasets
) -> None:
    write_links(tmp_path, "geonames", "id:norland|owl:sameAs|gn:9900017/")
    body = '<https://sws.geonames.org/9900017/> rdfs:label "Norland"'
    slash = Reply(b"", 303, {"Location": "https://sws.geonames.org/9900017/about.rdf?v=2"})
    server.reply("/9900017/about.rdf", slash)
    server.record("/9900017/about.rdf?v=2", body)
    assert check().counts["fine"] == 1


def test_without_records_in_rdf_a_page_is_asked_for_its_head(
    tmp_path: Path, check: Any, server: OtherDatasets
) -> None:
    viaf = "id:{}|owl:sameAs|http://viaf.org/viaf/{}".format
    rows = [viaf(slug, 990017 + n) for n, slug in enumerate(("norland", "vostria", "gallia"))]
    write_links(tmp_path, "viaf", *rows)
    server.reply("/viaf/990017/", Reply(b"a page"))
    server.reply("/viaf/990018/", Reply(b"", 301, {"Location": "/viaf/990028/"}))
    server.reply("/viaf/990028/", Reply(b"a page"))
    server.reply("/viaf/990019/", Reply(b"", 405), Reply(b"a page"))
    links = by_slug(check())
    assert links["norland"].compared == "status"
    assert links["vostria"].moved_to == "http://viaf.org/viaf/990028"
    assert links["gallia"].verdict == "fine"
    assert server.asked("GET") == ["/viaf/990019/"]


def test_a_redirect_to_what_is_no_record_is_doubtful(
    tmp_path: Path, check: Any, server: OtherDatasets
) -> None:
    write_links(
        tmp_path,
        "viaf",
        "id:norland|owl:sameAs|http://viaf.org/viaf/990017",
        "id:vostria|owl:sameAs|http://viaf.org/viaf/990018",
    )
    server.reply("/viaf/990017/", Reply(b"", 302, {"Location": "https://viaf.org/"}))
    server.reply("/", Reply(b"welcome"))
    server.reply("/viaf/990018/", Reply(b"", 301, {"Location": "https://example.org/sold"}))
    links = by_slug(check())
    assert links["norland"].verdict == links["vostria"].verdict == "doubtful"
    assert "leads to https://viaf.org/, which is no record" in links["norland"].reason
    assert "leads to https://example.org/sold" in links["vostria"].reason
    assert not [path for path in server.asked() if "sold" in path]


@pytest.mark.parametrize("status", [401, 403, 500, 503])
def test_a_server_in_trouble_says_nothing_about_a_link(
    tmp_path: Path, check: Any, server: OtherDatasets, status: int
) -> None:
    write_links(tmp_path, "geonames", "id:norland|owl:sameAs|gn:9900017/")
    server.reply("/9900017/about.rdf", Reply(b"", status))
    link = by_slug(check())["norland"]
    assert (link.verdict, link.status) == ("unreachable", str(status))
    assert f"answers HTTP {status}" in link.reason


def test_too_many_requests_are_waited_for(
    tmp_path: Path, check: Any, server: OtherDatasets
) -> None:
    write_links(tmp_path, "geonames", "id:norland|owl:sameAs|gn:9900017/")
    body = '<https://sws.geonames.org/9900017/> rdfs:label "Norland"'
    server.record("/9900017/about.rdf", body, Reply(b"", 429, {"Retry-After": "7"}))
    slept: list[float] = []
    report = check(client=client_of(server.origin, sleep=slept.append))
    assert report.counts["fine"] == 1
    assert slept == [7.0]


def test_what_does_not_answer_in_time_is_unreachable(
    tmp_path: Path, check: Any, server: OtherDatasets
) -> None:
    write_links(tmp_path, "geonames", "id:norland|owl:sameAs|gn:9900017/")
    server.reply("/9900017/about.rdf", Reply(pieces=trickle(server)))
    patience = Patience(seconds=0.3, attempts=1)
    link = by_slug(check(client=client_of(server.origin, patience=patience)))["norland"]
    assert (link.verdict, link.reason) == (
        "unreachable",
        "sws.geonames.org did not answer within 0.3 s",
    )


@pytest.mark.parametrize(
    ("body", "media", "wrong"),
    [
        (b"<html>", "text/html", "sends text/html where RDF is expected"),
        (
            b"<a> <b>",
            "text/turtle",
            "sends a record that cannot be read: it is not valid ttl (line 1",
        ),
    ],
)
def test_what_is_no_record_is_no_answer(
    tmp_path: Path, check: Any, server: OtherDatasets, body: bytes, media: str, wrong: str
) -> None:
    write_links(tmp_path, "geonames", "id:norland|owl:sameAs|gn:9900017/")
    server.reply("/9900017/about.rdf", Reply(body, headers={"Content-Type": media}))
    link = by_slug(check())["norland"]
    assert link.verdict == "unreachable"
    assert wrong in link.reason


def test_a_dataset_that_fails_again_and_again_is_left_alone(
    tmp_path: Path, check: Any, server: OtherDatasets
) -> None:
    slugs = ("norland", "vostria", "gallia", "helvia", "tavria", "sahran")
    rows = [f"id:{slug}|owl:sameAs|gn:990001{n}/" for n, slug in enumerate(slugs)]
    write_links(tmp_path, "geonames", *rows)
    for n in range(len(slugs)):
        server.reply(f"/990001{n}/about.rdf", Reply(b"", 403))
    links = by_slug(check())
    assert {link.verdict for link in links.values()} == {"unreachable"}
    assert len(server.requests) == 3
    assert "it was not asked, as GeoNames failed before" in links["sahran"].reason


def test_a_query_that_fails_leaves_its_links_unreachable(
    tmp_path: Path, check: Any, server: OtherDatasets
) -> None:
    write_links(tmp_path, "wikidata", "id:norland|owl:sameAs|wd:Q1", "id:gallia|owl:sameAs|wd:Q2")
    server.reply("/sparql", Reply(b"", 500))
    assert check().counts["unreachable"] == 2
    assert set(server.asked()) == {"/sparql"}


@pytest.mark.parametrize(
    ("body", "media", "wrong"),
    [
        (b"<p>Busy</p>", "text/html", "sends text/html where Turtle is expected"),
        (b"<rdf:RDF/>", "application/rdf+xml", "where Turtle is expected"),
        (b"<a> <b>", "text/turtle", "sends broken RDF (Parser error at line 1"),
    ],
)
def test_an_answer_that_is_no_turtle_says_nothing_about_links(
    tmp_path: Path, check: Any, server: OtherDatasets, body: bytes, media: str, wrong: str
) -> None:
    write_links(tmp_path, "wikidata", "id:norland|owl:sameAs|wd:Q1")
    server.reply("/sparql", Reply(body, headers={"Content-Type": media}))
    link = by_slug(check())["norland"]
    assert link.verdict == "unreachable"
    assert wrong in link.reason
    assert server.asked() == ["/sparql"]


def test_what_did_not_answer_keeps_the_last_verdict_that_rests_on_an_answer(
    tmp_path: Path, check: Any, server: OtherDatasets
) -> None:
    write_links(tmp_path, "geonames", "id:norland|owl:sameAs|gn:9900017/")
    server.record("/9900017/about.rdf", '<https://sws.geonames.org/9900017/> rdfs:label "Norland"')
    check()
    server.reply("/9900017/about.rdf", Reply(b"", 500))
    for day in ("2026-12-28", "2027-01-28"):
        link = by_slug(check(day=day))["norland"]
        assert (link.verdict, link.day) == ("unreachable", day)
        assert (link.before, link.before_day) == ("fine", DAY)


def test_rejected_links_reasons_and_codes_without_addresses_are_not_checked(
    tmp_path: Path, check: Any, server: OtherDatasets
) -> None:
    write_links(
        tmp_path,
        "wikidata",
        "id:norland|owl:sameAs|wd:Q1|||Not",
        "id:gallia|skos:exactMatch|https://w3id.org/sssom/NoTermFound",
        "id:vostria|skos:exactMatch|http://data.un.org/codes/sdg/geoArea/392",
    )
    assert check().links == ()
    assert server.requests == []


def test_a_check_of_one_dataset_keeps_what_is_known_of_the_others(
    tmp_path: Path, check: Any, server: OtherDatasets
) -> None:
    write_links(tmp_path, "wikidata", "id:norland|owl:sameAs|wd:Q1", "id:gallia|owl:sameAs|wd:Q2")
    write_links(tmp_path, "viaf", "id:norland|owl:sameAs|http://viaf.org/viaf/990017")
    check()
    write_links(tmp_path, "wikidata", "id:norland|owl:sameAs|wd:Q1")
    server.reply("/viaf/990017/", Reply(b"a page"))
    report = check("viaf", day="2026-12-01")
    rows = {(link.dataset, link.verdict, link.day) for link in report.links}
    assert rows == {("wikidata", "dead", DAY), ("viaf", "fine", "2026-12-01")}
    assert report.day == "2026-12-01"
    assert read_link_report(tmp_path) == report


def test_without_a_network_nothing_changes_and_one_line_says_so(
    tmp_path: Path, check: Any, server: OtherDatasets
) -> None:
    write_links(tmp_path, "wikidata", "id:norland|owl:sameAs|wd:Q1")
    write_links(tmp_path, "geonames", "id:norland|owl:sameAs|gn:9900017/")

    def resolve(host: str, port: int) -> list[str]:
        raise OSError("no such host")

    with pytest.raises(NoNetwork) as raised:
        check(client=OutsideClient(None, resolve=resolve, sleep=lambda _: None))
    assert str(raised.value).startswith("query.wikidata.org cannot be reached")
    assert len(str(raised.value).splitlines()) == 1
    assert not (tmp_path / LINK_CHECK_FILE).exists()
    assert not (tmp_path / "notes" / NOTES).exists()


def test_two_checks_do_not_run_at_once(tmp_path: Path, check: Any, server: OtherDatasets) -> None:
    write_links(tmp_path, "wikidata", "id:norland|owl:sameAs|wd:Q1")
    with RunNotes(tmp_path / "notes" / NOTES).alone(), pytest.raises(KGError, match="under way"):
        check()
    assert server.requests == []
