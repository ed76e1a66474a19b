import pytest
from pyoxigraph import Literal, NamedNode, Quad

from kg.index.reader import index
from kg.index.thing_filter import ThingFilter
from kg.model.languages import in_language
from kg.model.prefixes import GRAPH, THING, node
from kg.store.store import Store
from kg.things.lead import gist, lead, lead_sentence


@pytest.mark.parametrize(
    ("slug", "says"),
    [
        ("skripal-attack", " in the United Kingdom, 4 March 2018."),
        ("kuril-islands-dispute", "between Japan and Russia, attested 1945."),
        ("eastern-ghouta-attack", "Alleged chemical attack in Eastern Ghouta, 7 April 2018."),
        ("shinzo-abe", "Prime Minister of Japan, in office 26 December 2012 – "),
        ("japan-no-expulsion", "Abstention: Japan took no part in the expulsion of Russian"),
        ("isolation-makes-russia-cooperate", "Forecast, mentioned only in the author's view that"),
    ],
)
def test_a_sentence_says_what_a_thing_is(built: Store, slug: str, says: str) -> None:
    assert says in lead_sentence(built, THING + slug)


def test_what_a_part_needs_and_is_not_there_leaves_the_part_out(built: Store) -> None:
    assert lead_sentence(built, THING + "cold-war").startswith("Conflict, held up in")


def test_of_alternatives_the_first_that_is_there_is_taken(built: Store) -> None:
    assert (
        lead_sentence(built, THING + "ukraine")
        == "State, lost territory in the annexation of Crimea."
    )
    assert lead_sentence(built, THING + "sergei-skripal").startswith("Former double agent, ")


def test_a_whole_is_not_named_beside_its_part_nor_a_name_twice(built: Store) -> None:
    assert " by Shinzo Abe to Sochi, May 2016;" in lead_sentence(
        built, THING + "abe-visit-to-sochi-2016"
    )
    islands = lead_sentence(built, THING + "kuril-islands")
    assert "part of it: the Southern Kurils" in islands
    assert "Kunashir" not in islands
    assert lead_sentence(built, THING + "james-d-j-brown").count("Temple University") == 1


def test_every_thing_has_a_sentence_that_says_more_than_its_class(built: Store) -> None:
    iris = index(built).members(ThingFilter(), limit=1000)
    bare = {iri for iri in iris if " " not in lead_sentence(built, iri)}
    assert len(iris) > 200
    assert bare == set()


def test_beside_a_name_stands_what_a_stance_is_and_towards_what(built: Store) -> None:
    iri, claim = THING + "japan-declines-uk-claim", THING + "accusation-of-russia-by-japan"
    assert "".join(piece.text for piece in gist(built, iri, THING + "japan")).startswith(
        "refuses: the accusation of Russia"
    )
    assert [piece.text for piece in gist(built, iri, claim)] == ["refuses"]
    assert gist(built, THING + "skripal-attack", claim) == ()


def test_things_in_it_are_links_in_the_readers_language(built: Store) -> None:
    with in_language("ja"):
        names = {piece.iri: piece.text for piece in lead(built, THING + "kuril-islands-dispute")}
    assert names[THING + "japan"] == "日本"


def test_what_is_not_there_has_none(built: Store) -> None:
    assert lead(built, THING + "nothing") == ()


def test_a_name_takes_its_article_in_english_only(built: Store) -> None:
    assert "in the United Kingdom" in lead_sentence(built, THING + "skripal-attack")
    with in_language("ru"):
        said = lead_sentence(built, THING + "skripal-attack")
    assert " in Великобритания" in said


def test_classes_above_each_other_in_a_circle_have_no_pattern(tiny: list[Quad]) -> None:
    ontology, state = NamedNode(GRAPH + "ontology"), node("dip:State")
    above = [(node("dip:Agent"), node("dip:Person")), (node("dip:Person"), node("dip:Agent"))]
    circle = [Quad(one, node("rdfs:subClassOf"), other, ontology) for one, other in above]
    pattern = Quad(state, node("dip:lead"), Literal("{kind} of hills."), ontology)
    store = Store.of([*tiny, *circle, pattern])
    assert lead_sentence(store, THING + "ruritania") == "State of hills."
    assert lead_sentence(store, THING + "rassendyll") == "Person."
