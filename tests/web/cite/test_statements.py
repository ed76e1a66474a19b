import html5lib
import pytest
from flask.testing import FlaskClient
from pyoxigraph import Literal, NamedNode, RdfFormat, parse

from kg.index.statement_keys import statement_key
from kg.model.named_graphs import INFERRED
from kg.model.prefixes import SOURCE, STATEMENT, THING, node
from kg.store.store import Store
from web import create_app

HOST = statement_key(
    NamedNode(THING + "strelsau-meeting"), node("dip:host"), NamedNode(THING + "ruritania")
)
CLAIMED = statement_key(
    NamedNode(THING + "river-flood"), node("dip:responsibleParty"), NamedNode(THING + "sylvania")
)


def test_a_page_says_what_is_stated_and_by_which_sentence(browser: FlaskClient) -> None:
    page = browser.get(f"/statement/{HOST}").text
    assert "<h1>Meeting at Strelsau – host – Ruritania</h1>" in page
    assert "Stated by a source" in page
    assert '<li id="note-1"><a href="/source/gazette-1894/p1s1">' in page


def test_a_page_says_that_what_is_claimed_is_no_fact(browser: FlaskClient) -> None:
    page = browser.get(f"/statement/{CLAIMED}").text
    assert "Not a fact of this graph" in page
    assert 'claimed by <a href="/page/ruritania">Ruritania</a>' in page


def test_json_has_the_evidence(client: FlaskClient) -> None:
    record = client.get(f"/statement/{HOST}.json").json
    assert record == client.get(f"/statement/{HOST}?format=json").json
    assert record
    assert (record["key"], record["kind"], record["iri"]) == (HOST, "stated", STATEMENT + HOST)
    assert record["subject"]["iri"] == THING + "strelsau-meeting"
    assert record["value"]["label"] == "Ruritania"
    assert [one["iri"] for one in record["sentences"]] == [SOURCE + "gazette-1894/p1s1"]
    claimed = client.get(f"/statement/{CLAIMED}.json").json
    assert claimed
    assert claimed["kind"] == "claimed"
    assert claimed["claims"][0]["claimants"][0]["label"] == "Ruritania"


def test_rdf_describes_the_statement_and_asserts_it_only_where_it_stands(
    client: FlaskClient,
) -> None:
    described = client.get(f"/statement/{CLAIMED}?format=nt").data
    triples = [quad.triple for quad in parse(described, format=RdfFormat.N_TRIPLES)]
    about = NamedNode(STATEMENT + CLAIMED)
    assert {triple.subject for triple in triples} == {about}
    quads = list(parse(client.get(f"/statement/{CLAIMED}?format=nq").data, RdfFormat.N_QUADS))
    assert [q.graph_name.value for q in quads if q.subject != about] == [  # type: ignore[union-attr]
        "https://w3id.org/aide-memoire/claim/dam-claim/content"
    ]


def test_the_query_behind_it_finds_its_graphs(client: FlaskClient) -> None:
    page = html5lib.parse(
        client.get(f"/statement/{HOST}", headers={"Accept": "text/html"}).text,
        namespaceHTMLElements=False,
    )
    link = next(a for a in page.iter("a") if a.text == "See the query")
    answer = client.get(link.get("href") + "&format=json").json
    assert answer
    graphs = [row["graph"]["value"] for row in answer["results"]["bindings"]]
    assert graphs == [SOURCE + "gazette-1894/p1s1"]


def test_a_key_of_no_build_is_said_to_be_none(client: FlaskClient) -> None:
    answer = client.get("/statement/0123456789abcdef")
    assert answer.status_code == 404
    assert answer.json
    assert "in this build, nor in a former one" in answer.json["detail"]
    assert client.get("/statement/japan").json["detail"].endswith("0-9 and a-f")  # type: ignore[index]


def test_every_kind_has_a_page(corpus: Store) -> None:
    site = create_app({"TESTING": True}, corpus).test_client()
    texts = set()
    wanted = [q for q in corpus.quads() if isinstance(q.graph_name, NamedNode)]
    about = [q for q in wanted if q.subject.value.startswith(THING)]  # type: ignore[union-attr]
    inferred = [q for q in about if q.graph_name == INFERRED][:40]
    for quad in [*about[::40], *inferred]:
        answer = site.get(
            f"/statement/{statement_key(*quad.triple)}", headers={"Accept": "text/html"}
        )
        assert answer.status_code == 200
        texts.add(answer.text.partition('<p class="lead">')[2].partition("</p>")[0])
    assert len(texts) >= 4


def test_a_literal_value_is_shown_as_people_write_it(browser: FlaskClient) -> None:
    day = Literal("1894-05", datatype=node("xsd:gYearMonth"))
    key = statement_key(NamedNode(THING + "strelsau-meeting"), node("dip:date"), day)
    assert "Meeting at Strelsau – date – May 1894" in browser.get(f"/statement/{key}").text


@pytest.mark.parametrize("name", ["ttl", "rdf", "jsonld", "trig"])
def test_every_format_is_sent(client: FlaskClient, name: str) -> None:
    assert client.get(f"/statement/{HOST}?format={name}").status_code == 200
