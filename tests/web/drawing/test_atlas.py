from kg.lists.places import MapPlace
from kg.terms.display import DisplayValue
from web.drawing.atlas import WORLD, view


def spot(longitude: float, latitude: float, total: int = 1) -> MapPlace:
    return MapPlace(DisplayValue(""), longitude, latitude, (), total)


def test_the_map_starts_where_something_happened() -> None:
    left, top, width, height = view([spot(-80, 43), spot(140, 45), spot(0, -50, total=0)])
    assert left < -64 < 112 < left + width
    assert top < -45 < -43 < top + height
    assert width < WORLD[2]


def test_the_map_keeps_its_shape_and_does_not_leave_the_world() -> None:
    for spots in ([spot(179, 80)], [spot(-179, -54)], [spot(30, 60), spot(31, 61)]):
        left, top, width, height = view(spots)
        assert abs(width / height - WORLD[2] / WORLD[3]) < 0.01
        assert left >= WORLD[0]
        assert left + width <= WORLD[0] + WORLD[2] + 0.01
        assert top >= WORLD[1]
        assert top + height <= WORLD[1] + WORLD[3] + 0.01


def test_places_of_which_nothing_is_listed_are_shown_if_there_are_no_others() -> None:
    assert view([]) == WORLD
    left, _, width, _ = view([spot(30, 60, total=0)])
    assert left < 24 < left + width < WORLD[0] + WORLD[2]
