from kg.lists.places import thing_places
from kg.model.prefixes import THING
from kg.store.store import Store


def test_an_event_is_where_it_is_and_not_in_the_middle_of_the_country_around(corpus: Store) -> None:
    spots = thing_places(corpus, THING + "celebration-2018")
    assert [spot.place.text for spot in spots] == ["Great Theatre"]
    assert [spot.place.text for spot in thing_places(corpus, THING + "vellin")] == ["Vellin"]
