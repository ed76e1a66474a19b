"""The page about the last check of links, and its data."""

import csv
import shutil
from html.parser import HTMLParser
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from kg.model.named_graphs import with_default_graph
from kg.model.source_texts import LINK_CHECK_FILE, SourceTexts
from kg.pipeline.inputs.checked_links import COLUMNS, CheckedLink, format_link_report
from kg.pipeline.load import load
from kg.store.store import Store
from web import create_app

SAME, WD = "http://www.w3.org/2002/07/owl#sameAs", "http://www.wikidata.org/entity/"
DAY = "2026-11-28"


def row(slug: str, target: str, verdict: str, **fields: str) -> CheckedLink:
    subject = f"https://w3id.org/aide-memoire/id/{slug}"
    return CheckedLink("wikidata", subject, SAME, target, verdict=verdict, day=DAY, **fields)


ROWS = [
    row("norland", WD + "Q990017", "dead", status="404", reason="no such record"),
    row("vostria", WD + "Q990018", "moved", moved_to=WD + "Q990099", compared="status"),
    row("united-isles", WD + "Q990019", "doubtful", reason="it is called “<b>Atoll” there"),
    row(
        "erika-linde",
        WD + "Q990020",
        "unreachable",
        reason="timed out",
        before="fine",
        before_day="2026-10-01",
    ),
    row("five-powers", WD + "Q990021", "fine", compared="status label kind"),
    row("gallia", WD + "Q1", "dead", reason="mended since"),
]


def client_of(tree: Path, report: str = "") -> FlaskClient:
    texts = SourceTexts.of_tree(tree).files
    carried = SourceTexts({**texts, LINK_CHECK_FILE: report} if report else texts)
    store = Store.of(with_default_graph(load(tree).quads), texts=carried)
    return create_app({"REVISION": "test"}, store=store).test_client()


@pytest.fixture(scope="module")
def client(corpus_tree: Path) -> FlaskClient:
    return client_of(corpus_tree, format_link_report(DAY, ROWS))


class Cells(HTMLParser):
    """The texts of the cells of each row of each table, by the heading before it."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tables: dict[str, list[list[str]]] = {}
        self.tag = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tag = tag if tag in {"h2", "td", "th"} else self.tag
        if tag == "h2":
            self.tables[str(dict(attrs).get("id"))] = []
        rows = next(reversed(self.tables.values()), [])
        if tag == "tr":
            rows.append([])
        if tag in {"td", "th"}:
            rows[-1].append("")

    def handle_endtag(self, tag: str) -> None:
        self.tag = "" if tag == self.tag else self.tag

    def handle_data(self, data: str) -> None:
        if self.tag in {"td", "th"}:
            next(reversed(self.tables.values()))[-1][-1] += data


def test_without_a_check_the_page_says_so(corpus_tree: Path) -> None:
    client = client_of(corpus_tree)
    page = client.get("/links/check").text
    assert "No check has been made yet." in page
    assert "<table" not in page
    assert client.get("/links/check?format=json").json == {
        "checked": None,
        "counts": {},
        "links": [],
    }


def test_each_verdict_but_fine_has_a_table(client: FlaskClient) -> None:
    tables = Cells(client.get("/links/check").text).tables
    rows = {verdict: table[1:] for verdict, table in tables.items() if table}
    assert rows == {
        "dead": [["Norland", "same as", "Wikidata Q990017", "HTTP 404", DAY]],
        "moved": [["Vostria", "same as", "Wikidata Q990018", "Q990099", DAY]],
        "doubtful": [
            ["United Isles", "same as", "Wikidata Q990019", "it is called “<b>Atoll” there", DAY]
        ],
        "unreachable": [
            [
                "Erika Linde",
                "same as",
                "Wikidata Q990020",
                "timed out; it was fine on 2026-10-01",
                DAY,
            ]
        ],
    }


def test_the_page_counts_what_is_still_linked_and_what_is_not_in_the_check(
    client: FlaskClient,
) -> None:
    page = " ".join(client.get("/links/check").text.split())
    assert (
        f'Checked on <time datetime="{DAY}">{DAY}</time>: of 5 links, 1 is dead, 1 has moved'
        in page
    )
    # Those to DBpedia and GeoNames: the corpus links Norland to both.
    assert "2 links are newer than the check" in page


def test_the_thing_and_the_record_are_links(client: FlaskClient) -> None:
    page = client.get("/links/check").text
    assert '<a href="/page/norland">Norland</a>' in page
    assert 'href="https://www.wikidata.org/wiki/Q990017" rel="external"' in page
    assert f'href="{WD}Q990099"' in page


def test_a_long_table_is_cut_and_says_so(corpus_tree: Path, tmp_path: Path) -> None:
    shutil.copytree(corpus_tree, tmp_path, dirs_exist_ok=True)
    table = tmp_path / "kg" / "links" / "wikidata.sssom.tsv"
    text = table.read_text("utf-8")
    line = next(line for line in text.splitlines() if line.startswith("id:norland"))
    numbers = range(800_000, 800_510)
    more = [line.replace("wd:Q990017", f"wd:Q{number}") for number in numbers]
    table.write_text(text + "".join(f"{each}\n" for each in more), "utf-8")
    rows = [row("norland", f"{WD}Q{number}", "dead", status="410") for number in numbers]
    page = client_of(tmp_path, format_link_report(DAY, rows)).get("/links/check").text
    assert len(Cells(page).tables["dead"]) == 1 + 500
    assert "10 more are in the data to download." in page


def test_programs_get_all_rows(client: FlaskClient) -> None:
    data = client.get("/links/check?format=json").json
    assert data is not None
    assert (data["checked"], data["counts"]["fine"], len(data["links"])) == (DAY, 1, 5)
    assert data["links"][0]["target"] == WD + "Q990017"
    response = client.get("/links/check", headers={"Accept": "text/csv"})
    rows = list(csv.reader(response.text.splitlines()))
    assert tuple(rows[0]) == COLUMNS
    assert [each[6] for each in rows[1:]] == ["dead", "moved", "doubtful", "unreachable", "fine"]


def test_a_format_that_is_not_offered_is_refused(client: FlaskClient) -> None:
    assert client.get("/links/check?format=ttl").status_code == 406


def test_the_page_of_a_thing_marks_a_link_that_did_not_hold(
    client: FlaskClient, corpus_tree: Path
) -> None:
    mark = f'href="/links/check#moved">moved when checked on {DAY}</a>'
    assert mark in client.get("/page/vostria").text
    assert "when checked on" not in client.get("/page/erika-linde").text
    assert "when checked on" not in client.get("/page/five-powers").text
    assert "when checked on" not in client_of(corpus_tree).get("/page/vostria").text
