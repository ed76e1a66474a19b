import re

import pytest
from pyoxigraph import Literal, NamedNode, Quad

from kg.index.reader import index
from kg.index.thing_filter import ThingFilter
from kg.model.languages import in_language
from kg.model.prefixes import GRAPH, THING, node
from kg.store.store import Store
from kg.terms.vocabulary import read_vocabulary
from kg.things.lead import gists, lead, lead_sentence


@pytest.mark.parametrize(
    ("slug", "says"),
    [
        ("belport-attack", " in the United Isles, 4 March 2018."),
        ("amber-islands-dispute", "between Norland and Vostria, since 1945."),
        ("tamar-attack", "Alleged chemical attack in the Tamar Valley, 7 April 2018."),
        ("erika-linde", "Prime Minister of Norland, in office 26 December 2012 – "),
        ("norland-no-expulsion", "Abstention: Norland took no part in the expulsion of Vostrian"),
        ("norland-lacks-autonomy", "Assessment, mentioned only in the author's view that"),
    ],
)
def test_a_sentence_says_what_a_thing_is(corpus: Store, slug: str, says: str) -> None:
    assert says in lead_sentence(corpus, THING + slug)


def test_what_a_part_needs_and_is_not_there_leaves_the_part_out(corpus: Store) -> None:
    assert lead_sentence(corpus, THING + "long-war") == "War; part of it: the end of the Long War."


def test_of_alternatives_the_first_that_is_there_is_taken(corpus: Store) -> None:
    assert (
        lead_sentence(corpus, THING + "tavria")
        == "State, lost territory in the annexation of Tavros."
    )
    assert lead_sentence(corpus, THING + "ivo-drasin").startswith("Former double agent, ")


def test_a_whole_is_not_named_beside_its_part_nor_a_name_twice(corpus: Store) -> None:
    assert " by Erika Linde to Vellin, May 2016;" in lead_sentence(
        corpus, THING + "linde-visit-to-vellin-2016"
    )
    islands = lead_sentence(corpus, THING + "outer-islands")
    assert "part of it: the Amber Islands" in islands
    assert "Kesk" not in islands
    assert lead_sentence(corpus, THING + "mara-holt").count("Harbour University") == 1


def test_every_thing_has_a_sentence_that_says_more_than_its_class(corpus: Store) -> None:
    iris = index(corpus).members(ThingFilter(), limit=1000)
    bare = {iri for iri in iris if " " not in lead_sentence(corpus, iri)}
    assert len(iris) > 100
    assert bare == set()


def test_beside_a_name_stands_what_a_stance_is_and_towards_what(corpus: Store) -> None:
    iri, claim = THING + "norland-declines-claim", THING + "isles-hold-vostria-responsible"
    assert "".join(piece.text for piece in gists(corpus, [iri], THING + "norland")[0]).startswith(
        "declines to endorse: the claim of the United Isles"
    )
    assert [piece.text for piece in gists(corpus, [iri], claim)[0]] == ["declines to endorse"]
    assert gists(corpus, [THING + "belport-attack"], claim)[0] == ()


def test_things_in_it_are_links_in_the_readers_language(corpus: Store) -> None:
    with in_language("ja"):
        names = {piece.iri: piece.text for piece in lead(corpus, THING + "amber-islands-dispute")}
    assert names[THING + "norland"] == "ノルランド"


def test_what_is_not_there_has_none(corpus: Store) -> None:
    assert lead(corpus, THING + "nothing") == ()


def test_a_name_takes_its_article_in_english_only(corpus: Store) -> None:
    assert "in the United Isles" in lead_sentence(corpus, THING + "belport-attack")
    with in_language("ru"):
        said = lead_sentence(corpus, THING + "belport-attack")
    assert "место: Соединённые Острова;" in said


def test_classes_above_each_other_in_a_circle_have_no_pattern(tiny: list[Quad]) -> None:
    ontology, state = NamedNode(GRAPH + "ontology"), node("dip:State")
    above = [(node("dip:Agent"), node("dip:Person")), (node("dip:Person"), node("dip:Agent"))]
    circle = [Quad(one, node("rdfs:subClassOf"), other, ontology) for one, other in above]
    pattern = Quad(state, node("dip:lead"), Literal("{kind} of hills."), ontology)
    store = Store.of([*tiny, *circle, pattern])
    assert lead_sentence(store, THING + "ruritania") == "State of hills."
    assert lead_sentence(store, THING + "rassendyll") == "Person."


def test_few_sentences_only_repeat_the_name(built: Store) -> None:
    iris = index(built).members(ThingFilter(), limit=10_000)
    names = read_vocabulary(built)
    new = {iri: _words(lead_sentence(built, iri)) - _words(names.label(iri)) for iri in iris}
    assert len([iri for iri, words in new.items() if len(words) <= 1]) < len(iris) * 0.06


def _words(text: str) -> set[str]:
    # By their beginnings: "ally" and "allies" are one word here.
    small = {"a", "an", "and", "at", "by", "event", "from", "in", "of", "on", "part", "the", "to"}
    return {word[:5] for word in re.findall(r"\w+", text.lower()) if word not in small}
