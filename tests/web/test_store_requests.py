"""How often each kind of page asks the store: seldom, and no more for a thing with more to show."""

import pytest
from flask.testing import FlaskClient
from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad

from kg.index.reader import index
from kg.index.statement_keys import statement_key
from kg.model.named_graphs import ENTITIES
from kg.model.prefixes import THING, node
from kg.store.store import Store
from tests.counting import counting_store
from tests.web.conftest import BROWSER
from web import create_app

SIZES = (5, 150)
MEETING = statement_key(
    NamedNode(THING + "gathering-0"), node("dip:attendee"), NamedNode(THING + "norland")
)
# The most requests for a page of a thing, whichever it is.
OF_A_THING = {
    "/page/{}": 30,
    "/id/{}": 1,
    "/page/{}/to/attendee": 4,
    "/page/{}/of/memberOf": 4,
    "/page/{}/panel/events": 12,
    "/data/{}.trig": 8,
    "/data/{}.ttl": 8,
    "/network?focus={}": 6,
    "/network.json?focus={}": 6,
    "/embed/network?focus={}": 6,
    "/timeline?actor={}": 14,
    "/map?place={}": 14,
    "/calendar/{}.ics": 14,
    "/feeds/page/{}.atom": 4,
    "/cite/page/{}": 2,
    "/linkset/page/{}": 2,
    "/same-as?iri=id:{}": 10,
    "/reconcile/preview?id={}": 12,
    "/together/{}/vostria": 24,
    "/ask?who={}": 28,
}
# The most requests for other pages.
OTHERS = {
    **dict.fromkeys(("/", "/about", "/ask", "/sources", "/links", "/reconcile", "/ontology"), 0),
    **dict.fromkeys(("/sparql", "/search", "/healthz", "/void", "/graph/entities"), 0),
    "/class/Event": 14,
    "/class/State?order=degree&format=json": 14,
    "/search?q=n": 14,
    "/suggest?q=n": 14,
    "/timeline": 14,
    "/timeline?format=json": 14,
    "/timeline?format=csv": 14,
    "/map": 14,
    "/map?format=geojson": 14,
    "/network": 6,
    "/calendar.ics": 14,
    "/embed/timeline": 14,
    "/embed/map": 14,
    "/source/norland-vostria-2018": 4,
    "/source/norland-vostria-2018/p1s1": 4,
    f"/statement/{MEETING}": 4,
    "/ask?did=Event": 28,
    "/sparql?query=ASK%20%7B%7D": 1,
}


def grown(corpus: Store, size: int) -> Store:
    """Return the corpus with so many meetings of two states more, each in a place."""
    quads = corpus.quads()
    for number in range(size):
        meeting = NamedNode(f"{THING}gathering-{number}")
        for name, value in (
            ("rdf:type", node("dip:Meeting")),
            ("rdf:type", node("dip:Event")),
            ("rdfs:label", Literal(f"gathering {number}", language="en")),
            ("dip:date", Literal(f"2018-{1 + number % 12:02}", datatype=node("xsd:gYearMonth"))),
            ("dip:attendee", NamedNode(THING + "norland")),
            ("dip:attendee", NamedNode(THING + "vostria")),
            ("dip:participant", NamedNode(THING + "norland")),
            ("dip:location", NamedNode(THING + "vellin")),
        ):
            for graph in (ENTITIES, DefaultGraph()):
                quads.append(Quad(meeting, node(name), value, graph))
    return Store.of(quads, f"grown-{size}", corpus.texts)


class Site:
    """A site, and the requests that each of its pages makes of the store."""

    def __init__(self, store: Store) -> None:
        counted, self._engine = counting_store(store)
        app = create_app({"TESTING": True, "CACHE_BYTES": 0}, store=counted)
        self.client: FlaskClient = app.test_client()
        self.client.environ_base["HTTP_ACCEPT"] = f"{BROWSER},*/*"

        self._warm: set[str] = set()

    def requests(self, path: str) -> int:
        """Count for a page that is not the first of its kind, which reads what all pages share."""
        kind = path.split("/")[1].partition("?")[0]
        if kind not in self._warm:
            self._warm.add(kind)
            self.client.get(path)
        before = self._engine.requests
        assert self.client.get(path).status_code in {200, 303}, path
        return self._engine.requests - before


@pytest.fixture(scope="module", params=SIZES)
def site(request: pytest.FixtureRequest, corpus: Store) -> Site:
    return Site(grown(corpus, request.param))


@pytest.mark.parametrize("path", OTHERS)
def test_other_pages_ask_the_store_a_bounded_number_of_times(site: Site, path: str) -> None:
    assert site.requests(path) <= OTHERS[path]


@pytest.mark.parametrize("path", OF_A_THING)
def test_a_page_of_a_large_thing_asks_no_more_often(site: Site, path: str) -> None:
    for slug in ("norland", "vellin"):
        assert site.requests(path.format(slug)) <= OF_A_THING[path], slug


@pytest.mark.parametrize("site", SIZES[-1:], indirect=True)
def test_every_thing_has_a_page_of_few_requests(site: Site, corpus: Store) -> None:
    iris = (iri for iri in index(corpus).iris_starting_with(THING) if "#" not in iri)
    asked = {iri: site.requests("/page/" + iri.removeprefix(THING)) for iri in iris}
    assert {iri: times for iri, times in asked.items() if times > OF_A_THING["/page/{}"]} == {}
