import pytest

from kg.language import reading
from kg.prefixes import THING
from kg.read.lead import lead, lead_text
from kg.store import Store


@pytest.mark.parametrize(
    ("slug", "says"),
    [
        ("skripal-attack", "Chemical attack, 4 March 2018, in United Kingdom; "),
        ("kuril-islands-dispute", "between Japan and Russia, since 1945."),
        ("eastern-ghouta-attack", "Alleged chemical attack, 7 April 2018, in Eastern Ghouta."),
        ("shinzo-abe", "Prime Minister of Japan."),
        ("japan-no-expulsion", "Abstention: Japan did not take part in expulsion of Russian"),
        ("isolation-makes-russia-cooperate", "Forecast (only in a claim)."),
    ],
)
def test_a_sentence_says_what_a_thing_is(built: Store, slug: str, says: str) -> None:
    assert says in lead_text(built, THING + slug)


def test_what_a_part_needs_and_is_not_there_leaves_the_part_out(built: Store) -> None:
    assert lead_text(built, THING + "ukraine") == "State."


def test_things_in_it_are_links_in_the_readers_language(built: Store) -> None:
    with reading("ja"):
        names = {piece.iri: piece.text for piece in lead(built, THING + "kuril-islands-dispute")}
    assert names[THING + "japan"] == "日本"


def test_what_is_not_there_has_none(built: Store) -> None:
    assert lead(built, THING + "nothing") == ()
