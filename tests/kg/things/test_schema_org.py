import json
from collections.abc import Iterator
from typing import Any

import pytest
from pyoxigraph import Literal, NamedNode, Quad
from rdflib import RDF, Graph, Namespace, URIRef
from rdflib import Literal as Words

from kg.index.reader import index
from kg.index.thing_filter import ThingFilter
from kg.model.named_graphs import with_default_graph
from kg.model.prefixes import SOURCE, THING, node
from kg.store.store import Store
from kg.things.schema_org import describe_as_schema_org

SCHEMA = Namespace("https://schema.org/")
ARTICLE = SOURCE + "norland-vostria-2018"


def described(store: Store, iri: str) -> dict[str, Any]:
    return describe_as_schema_org(store, iri if iri.startswith(SOURCE) else THING + iri)


@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated")
@pytest.mark.parametrize(
    ("iri", "kind"),
    [
        ("norland", "Country"),
        ("anton-velkov", "Person"),
        ("five-powers", "Organization"),
        ("the-envoy", "NewsMediaOrganization"),
        ("harbour-university", "CollegeOrUniversity"),
        ("vellin", "City"),
        ("outer-islands", "Place"),
        ("embassy-of-vostria-in-norhavn", "Embassy"),
        ("linde-premiership", "Role"),
        ("photo-palm-bay-2017", "Photograph"),
        ("isles-hold-vostria-responsible", "Claim"),
        ("belport-attack", "Event"),
        (ARTICLE, "Article"),
    ],
)
def test_a_parser_reads_each_kind_without_fetching(corpus: Store, iri: str, kind: str) -> None:
    found = described(corpus, iri)
    graph = Graph().parse(data=json.dumps(found), format="json-ld")
    here = URIRef(found["@id"])
    assert graph.value(here, RDF.type) == SCHEMA[kind]
    assert graph.value(here, SCHEMA.name) == Words(found["name"])
    assert graph.value(here, SCHEMA.url) == Words(found["@id"])
    assert {str(p) for p in graph.predicates() if p != RDF.type if p not in SCHEMA} == set()


def test_a_country_has_names_links_codes_and_a_point(corpus: Store) -> None:
    norland = described(corpus, "norland")
    assert "ノルランド" in norland["alternateName"]
    assert "http://www.wikidata.org/entity/Q990017" in norland["sameAs"]
    codes = {code["propertyID"]: code["value"] for code in norland["identifier"]}
    assert codes["ISO 3166-1 alpha-2 code"] == "XN"
    assert norland["geo"]["@type"] == "GeoCoordinates"
    assert "memberOf" not in norland  # schema.org has members of organisations, and no such country


def test_an_event_has_its_days_in_their_own_precision(corpus: Store) -> None:
    attack = described(corpus, "belport-attack")
    assert (attack["startDate"], attack["endDate"]) == ("2018-03-04", "2018-03-04")
    meeting = described(corpus, "five-powers-meeting-2018")
    assert (meeting["startDate"], meeting["endDate"]) == ("2018-04-22", "2018-04-24")
    annexation = described(corpus, "annexation-of-tavros")
    assert (annexation["startDate"], annexation["endDate"]) == ("2014-03", "2014-03")
    crisis = described(corpus, "bloc-vostria-crisis")
    assert "endDate" not in crisis
    photograph = described(corpus, "photo-palm-bay-2017")
    assert (photograph["dateCreated"], photograph.get("startDate")) == ("2017-11-10", None)


def test_a_place_is_the_one_stated_not_the_state_around(corpus: Store) -> None:
    place = described(corpus, "winter-games-opening-2014")["location"]
    assert (place["@type"], place["name"]) == ("City", "Vellin")


@pytest.mark.parametrize(
    ("slug", "word", "status"),
    [
        ("celebration-2018", "planned", {"@id": SCHEMA + "EventScheduled"}),
        ("linde-visit-to-vostria-2018", "expected", {"@id": SCHEMA + "EventScheduled"}),
        ("tamar-attack", "alleged", None),
        ("belport-attack", None, None),
    ],
)
def test_what_did_not_simply_occur_says_so(
    corpus: Store, slug: str, word: str | None, status: dict[str, str] | None
) -> None:
    found = described(corpus, slug)
    assert found.get("disambiguatingDescription") == word
    assert found.get("eventStatus") == status


def test_what_is_only_imagined_has_no_kind(corpus: Store) -> None:
    found = corpus.select(
        "SELECT ?event { ?event a <https://w3id.org/aide-memoire/ontology#Prospect> ; "
        "<https://w3id.org/aide-memoire/ontology#prospectStatus> ?status "
        "FILTER(REGEX(STR(?status), '#(proposed|hypothetical|refused)$')) }"
    )
    assert found
    for row in found:
        assert describe_as_schema_org(corpus, row["event"].value)["@type"] == "Thing"  # type: ignore[union-attr]


def test_what_a_claim_says_is_not_said(corpus: Store) -> None:
    contents = [g for g in corpus.graphs() if g.value.endswith("/content")]
    assert contents
    for claim in (g.value.removesuffix("/content") for g in contents):
        slug = claim.rsplit("/", 1)[1]
        assert set(described(corpus, slug)) <= {
            *("@context", "@id", "@type", "url", "name", "alternateName"),
            *("description", "disambiguatingDescription", "about", "author", "sameAs"),
        }
    assert "participant" not in json.dumps(described(corpus, "vostria"))


def test_what_only_rules_add_is_not_said(store: Store) -> None:
    assert describe_as_schema_org(store, THING + "river-flood").get("participant") is None


def test_a_claim_is_by_the_bodies_and_people_who_make_it(corpus: Store) -> None:
    author = described(corpus, "isles-hold-vostria-responsible")["author"]
    assert author["name"] == "Government of the United Isles"


def test_no_value_is_empty(corpus: Store) -> None:
    def values(found: Any) -> Iterator[Any]:
        inside = found.values() if isinstance(found, dict) else found
        for value in inside if isinstance(found, dict | list) else ():
            yield value
            yield from values(value)

    known = [*index(corpus).members(ThingFilter(), limit=-1), ARTICLE]
    assert all(
        value not in ("", None, [], {})
        for iri in known
        for value in values(describe_as_schema_org(corpus, iri))
    )


def test_a_source_has_its_author_publisher_and_date(corpus: Store) -> None:
    found = described(corpus, ARTICLE)
    assert found["author"][0]["name"] == "Mara Holt"
    assert found["publisher"][0]["@type"] == "NewsMediaOrganization"
    assert (found["datePublished"], found["inLanguage"]) == ("2018-05-02", ["en"])
    assert "dateModified" not in found


def test_a_source_of_no_kind_that_schema_org_knows_is_a_work(store: Store) -> None:
    assert described(store, SOURCE + "gazette-1894")["@type"] == "CreativeWork"


def test_at_most_twenty_values_are_given(tiny: list[Quad]) -> None:
    here, names = (
        NamedNode(THING + "ruritania"),
        NamedNode("https://w3id.org/aide-memoire/graph/entities"),
    )
    more = [
        Quad(here, node("skos:altLabel"), Literal(f"name {number}"), names) for number in range(100)
    ]
    assert (
        len(described(Store.of(with_default_graph([*tiny, *more])), "ruritania")["alternateName"])
        == 20
    )


def test_properties_stand_between_what_schema_org_has_them_for(corpus: Store) -> None:
    velkov = described(corpus, "anton-velkov")
    assert "startDate" not in velkov
    meeting = described(corpus, "linde-velkov-meeting-palm-bay-2017")
    assert {who["name"] for who in meeting["attendee"]} == {"Erika Linde", "Anton Velkov"}
    photograph = described(corpus, "photo-palm-bay-2017")
    assert photograph["author"]["name"] == "Leo Brandt"
    for iri in index(corpus).members(ThingFilter(), limit=-1):
        found = describe_as_schema_org(corpus, iri)
        assert "participant" not in found
        if found["@type"] == "Thing":
            assert not {"startDate", "location", "author", "memberOf"} & found.keys()
