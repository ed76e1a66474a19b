from itertools import combinations

import pytest

from kg.lists.places import MapPlace
from kg.model.prefixes import THING
from kg.terms.display import DisplayValue
from web.drawing.atlas import WORLD
from web.drawing.labels import WIDTHS, Labels, labels


def spot(name: str, longitude: float, latitude: float, total: int = 0) -> MapPlace:
    return MapPlace(DisplayValue(name, THING + name), longitude, latitude, (), total)


def names(found: Labels) -> list[str]:
    return [" ".join(label.lines) for label in found.names]


def test_there_are_names_for_each_width_of_the_map() -> None:
    found = labels(WORLD, [spot("Sochi", 39.7, 43.6, 6)], [])
    assert [one.width for one in found] == list(WIDTHS)
    assert all(names(one) == ["Sochi (6)"] for one in found)
    assert [one.size for one in found] == sorted(one.size for one in found)


def test_what_comes_first_has_the_room() -> None:
    crowd = [spot(f"City {n}", 30 + n / 2, 45 + n, n) for n in range(1, 12)]
    islands = spot("Islands", 32, 50)
    without, first = (labels(WORLD, [*crowd, islands], ahead)[0] for ahead in ([], [islands]))
    assert names(first)[0] == "Islands"
    assert names(without)[0] == "City 11 (11)"
    assert len(names(without)) < len(crowd)


def test_points_at_the_same_place_have_one_name() -> None:
    [wide, *_] = labels(WORLD, [spot("Theatre", 37.6, 55.7, 2), spot("City", 37.6, 55.7, 1)], [])
    assert names(wide) == ["Theatre (2)"]


@pytest.mark.parametrize("longitude", [-179.0, 0.0, 179.0])
def test_names_stay_on_the_map(longitude: float) -> None:
    place = spot("A name that is long enough for two lines", longitude, 10, 1)
    for found in labels(WORLD, [place], []):
        [label] = found.names
        long = max(map(len, label.lines)) * found.size * 0.65
        share = {"start": 0.0, "middle": 0.5, "end": 1.0}[label.anchor]
        left = label.x - long * share
        assert WORLD[0] <= left < left + long <= WORLD[0] + WORLD[2]


def test_names_are_apart() -> None:
    spots = [spot(f"Place {n}", n * 7 % 120, n * 11 % 60, n % 3) for n in range(60)]
    for found in labels(WORLD, spots, []):
        assert len(found.names) > 3
        for one, other in combinations(found.names, 2):
            near = abs(one.y - other.y) < found.size * 0.9 and one.anchor == other.anchor
            assert not near or abs(one.x - other.x) > found.size * 4
