from itertools import combinations

import pytest

from kg.lists.places import MapPlace
from kg.model.prefixes import THING
from kg.terms.display import DisplayValue
from web.drawing.map.labels import WIDTHS, Box, Label, map_labels
from web.drawing.map.view import WORLD


def spot(name: str, longitude: float, latitude: float, total: int = 0) -> MapPlace:
    return MapPlace(DisplayValue(name, THING + name), longitude, latitude, (), total)


def names(labels: list[Label], scale: float = 1e6) -> list[str]:
    return [" ".join(label.lines) for label in labels if label.scale <= scale]


def placed(label: Label, scale: float) -> Box:
    """Return what a name takes on the map of the world at a scale."""
    x, y = (
        WORLD.x(label.place.longitude) - WORLD.left,
        WORLD.y(label.place.latitude) - WORLD.top,
    )
    left, top, right, bottom = label.box
    return Box(x * scale + left, y * scale + top, x * scale + right, y * scale + bottom)


def apart(one: Box, other: Box) -> bool:
    across = one.right <= other.left + 0.1 or other.right <= one.left + 0.1
    return across or one.bottom <= other.top + 0.1 or other.bottom <= one.top + 0.1


def test_a_place_alone_is_named_at_every_width() -> None:
    [label] = map_labels(WORLD, [spot("Sochi", 39.7, 43.6, 6)])
    assert label.lines == ("Sochi (6)",)
    assert label.width == min(WIDTHS)


def test_what_comes_first_has_the_room() -> None:
    crowd = [spot(f"City {n}", 30 + n / 2, 45 + n, n) for n in range(1, 12)]
    islands = spot("Islands", 32, 50)
    scale = WIDTHS[0] / WORLD.width
    without, first = (map_labels(WORLD, [*crowd, islands], ahead) for ahead in ([], [islands]))
    assert names(first, scale)[0] == "Islands"
    assert names(without, scale)[0] == "City 11 (11)"
    assert "Islands" not in names(without, scale)
    assert len(names(without, scale)) < len(names(without)) == len(crowd) + 1


def test_points_at_the_same_place_have_one_name() -> None:
    named = map_labels(WORLD, [spot("Theatre", 37.6, 55.7, 2), spot("City", 37.6, 55.7, 1)])
    assert names(named) == ["Theatre (2)"]


def test_points_that_lie_close_have_two_names_from_a_larger_scale_on() -> None:
    named = map_labels(WORLD, [spot("Theatre", 37.6, 55.7, 2), spot("City", 37.7, 55.7, 1)])
    assert names(named, 20) == ["Theatre (2)"]
    assert names(named, 200) == ["Theatre (2)", "City (1)"]


@pytest.mark.parametrize("longitude", [-179.0, 0.0, 179.0])
def test_names_stay_on_the_map(longitude: float) -> None:
    place = spot("A name that is long enough for two lines", longitude, 10, 1)
    [label] = map_labels(WORLD, [place])
    assert label.width == min(WIDTHS)
    for width in WIDTHS:
        box = placed(label, width / WORLD.width)
        assert 0 <= box.left < box.right <= width


@pytest.mark.parametrize("scale", [1.0, 1.3, 2.3, 4.0, 17.0, 120.0, 900.0])
def test_names_are_apart_and_off_busy_points_at_every_scale(scale: float) -> None:
    spots = [spot(f"Place {n}", n * 7 % 120, n * 11 % 60, n % 3) for n in range(60)]
    shown = [label for label in map_labels(WORLD, spots) if label.scale <= scale]
    assert len(shown) >= 3
    boxes = [placed(label, scale) for label in shown]
    assert all(apart(one, other) for one, other in combinations(boxes, 2))
    for place in spots:
        if place.total:
            x = (WORLD.x(place.longitude) - WORLD.left) * scale
            y = (WORLD.y(place.latitude) - WORLD.top) * scale
            assert all(apart(box, Box(x - 5, y - 5, x + 5, y + 5)) for box in boxes)


def test_more_names_have_room_the_larger_the_map_is() -> None:
    spots = [spot(f"Place {n}", n * 7 % 120, n * 11 % 60, n % 3) for n in range(60)]
    named = map_labels(WORLD, spots)
    counts = [len(names(named, width / WORLD.width)) for width in (*WIDTHS, 20_000)]
    assert counts == sorted(counts)
    assert counts[-1] > counts[0]
