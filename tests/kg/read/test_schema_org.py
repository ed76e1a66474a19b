import json

import pytest
from rdflib import Graph, URIRef

from kg.prefixes import THING
from kg.read.schema_org import SCHEMA, schema_org
from kg.store import Store


@pytest.mark.parametrize(
    ("slug", "kind"),
    [
        ("japan", "Country"),
        ("shinzo-abe", "Person"),
        ("g7", "Organization"),
        ("sochi", "City"),
        ("skripal-attack", "Event"),
        ("uk-holds-russia-responsible", "Claim"),
        ("kuril-islands-dispute", "Thing"),
    ],
)
def test_a_thing_has_schema_orgs_nearest_type(built: Store, slug: str, kind: str) -> None:
    assert schema_org(built, THING + slug)["@type"] == kind


# rdflib's own JSON-LD parser still makes a class that rdflib deprecates.
@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated")
def test_it_is_json_ld_that_others_read(built: Store) -> None:
    text = json.dumps(schema_org(built, THING + "skripal-attack"))
    graph = Graph().parse(data=text, format="json-ld")
    event = URIRef(THING + "skripal-attack")
    assert str(graph.value(event, URIRef(SCHEMA + "startDate"))) == "2018-03-04"
    place = graph.value(event, URIRef(SCHEMA + "location"))
    assert place == URIRef(THING + "united-kingdom")


def test_what_only_a_claim_says_is_not_in_it(built: Store) -> None:
    assert "russia" not in json.dumps(schema_org(built, THING + "skripal-attack")).replace(
        "Russia's", ""
    )
