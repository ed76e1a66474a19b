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
ARTICLE = SOURCE + "japan-russia-2018"


def described(store: Store, iri: str) -> dict[str, Any]:
    return describe_as_schema_org(store, iri if iri.startswith(SOURCE) else THING + iri)


@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated")
@pytest.mark.parametrize(
    ("iri", "kind"),
    [
        ("japan", "Country"),
        ("vladimir-putin", "Person"),
        ("g7", "Organization"),
        ("the-diplomat", "NewsMediaOrganization"),
        ("temple-university-japan", "CollegeOrUniversity"),
        ("sochi", "City"),
        ("kuril-islands", "Place"),
        ("embassy-of-russia-in-tokyo", "Embassy"),
        ("abe-premiership", "Role"),
        ("photo-da-nang-2017", "Photograph"),
        ("uk-holds-russia-responsible", "Claim"),
        ("skripal-attack", "Event"),
        (ARTICLE, "Article"),
    ],
)
def test_a_parser_reads_each_kind_without_fetching(built: Store, iri: str, kind: str) -> None:
    found = described(built, iri)
    graph = Graph().parse(data=json.dumps(found), format="json-ld")
    here = URIRef(found["@id"])
    assert graph.value(here, RDF.type) == SCHEMA[kind]
    assert graph.value(here, SCHEMA.name) == Words(found["name"])
    assert graph.value(here, SCHEMA.url) == Words(found["@id"])
    assert {str(p) for p in graph.predicates() if p != RDF.type if p not in SCHEMA} == set()


def test_a_country_has_names_links_codes_and_a_point(built: Store) -> None:
    japan = described(built, "japan")
    assert "日本" in japan["alternateName"]
    assert "http://www.wikidata.org/entity/Q17" in japan["sameAs"]
    codes = {code["propertyID"]: code["value"] for code in japan["identifier"]}
    assert codes["ISO 3166-1 alpha-2 code"] == "JP"
    assert japan["geo"]["@type"] == "GeoCoordinates"
    assert "memberOf" not in japan  # schema.org has members of organisations, and no such country


def test_an_event_has_its_days_in_their_own_precision(built: Store) -> None:
    attack = described(built, "skripal-attack")
    assert (attack["startDate"], attack["endDate"]) == ("2018-03-04", "2018-03-04")
    meeting = described(built, "g7-foreign-ministers-meeting-2018")
    assert (meeting["startDate"], meeting["endDate"]) == ("2018-04-22", "2018-04-24")
    annexation = described(built, "annexation-of-crimea")
    assert (annexation["startDate"], annexation["endDate"]) == ("2014-03", "2014-03")
    crisis = described(built, "east-west-crisis")
    assert "endDate" not in crisis
    photograph = described(built, "photo-da-nang-2017")
    assert (photograph["dateCreated"], photograph.get("startDate")) == ("2017-11-10", None)


def test_a_place_is_the_one_stated_not_the_state_around(built: Store) -> None:
    place = described(built, "sochi-opening-ceremony-2014")["location"]
    assert (place["@type"], place["name"]) == ("City", "Sochi")


@pytest.mark.parametrize(
    ("slug", "word", "status"),
    [
        ("year-of-japan-russia-celebration", "expected", {"@id": SCHEMA + "EventScheduled"}),
        ("abe-visit-to-russia-2018", "expected", {"@id": SCHEMA + "EventScheduled"}),
        ("eastern-ghouta-attack", "alleged", None),
        ("skripal-attack", None, None),
    ],
)
def test_what_did_not_simply_occur_says_so(
    built: Store, slug: str, word: str | None, status: dict[str, str] | None
) -> None:
    found = described(built, slug)
    assert found.get("disambiguatingDescription") == word
    assert found.get("eventStatus") == status


def test_what_is_only_imagined_has_no_kind(built: Store) -> None:
    found = built.select(
        "SELECT ?event { ?event a <https://w3id.org/aide-memoire/ontology#Prospect> ; "
        "<https://w3id.org/aide-memoire/ontology#prospectStatus> ?status "
        "FILTER(REGEX(STR(?status), '#(proposed|hypothetical|refused)$')) }"
    )
    assert found
    for row in found:
        assert describe_as_schema_org(built, row["event"].value)["@type"] == "Thing"  # type: ignore[union-attr]


def test_what_a_claim_says_is_not_said(built: Store) -> None:
    contents = [g for g in built.graphs() if g.value.endswith("/content")]
    assert contents
    for claim in (g.value.removesuffix("/content") for g in contents):
        slug = claim.rsplit("/", 1)[1]
        assert set(described(built, slug)) <= {
            *("@context", "@id", "@type", "url", "name", "alternateName"),
            *("description", "disambiguatingDescription", "about", "author", "sameAs"),
        }
    assert "participant" not in json.dumps(described(built, "russia"))


def test_what_only_rules_add_is_not_said(store: Store) -> None:
    assert describe_as_schema_org(store, THING + "river-flood").get("participant") is None


def test_a_claim_is_by_the_bodies_and_people_who_make_it(built: Store) -> None:
    author = described(built, "uk-holds-russia-responsible")["author"]
    assert author["name"] == "Government of the United Kingdom"


def test_no_value_is_empty(built: Store) -> None:
    def values(found: Any) -> Iterator[Any]:
        inside = found.values() if isinstance(found, dict) else found
        for value in inside if isinstance(found, dict | list) else ():
            yield value
            yield from values(value)

    known = [*index(built).members(ThingFilter(), limit=-1), ARTICLE]
    assert all(
        value not in ("", None, [], {})
        for iri in known
        for value in values(describe_as_schema_org(built, iri))
    )


def test_a_source_has_its_author_publisher_and_date(built: Store) -> None:
    found = described(built, ARTICLE)
    assert found["author"][0]["name"] == "James D. J. Brown"
    assert found["publisher"][0]["@type"] == "NewsMediaOrganization"
    assert (found["datePublished"], found["inLanguage"]) == ("2018", ["en"])
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


def test_properties_stand_between_what_schema_org_has_them_for(built: Store) -> None:
    putin = described(built, "vladimir-putin")
    assert "startDate" not in putin
    meeting = described(built, "abe-putin-meeting-da-nang-2017")
    assert {who["name"] for who in meeting["attendee"]} == {"Shinzo Abe", "Vladimir Putin"}
    photograph = described(built, "photo-da-nang-2017")
    assert photograph["author"]["name"] == "Mikhail Klimentyev"
    for iri in index(built).members(ThingFilter(), limit=-1):
        found = describe_as_schema_org(built, iri)
        assert "participant" not in found
        if found["@type"] == "Thing":
            assert not {"startDate", "location", "author", "memberOf"} & found.keys()
