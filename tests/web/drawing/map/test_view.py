import pytest

from kg.lists.places import MapPlace
from kg.terms.display import DisplayValue
from web.drawing.map.view import SHAPE, WORLD, MapView, region_view, world_view


def spot(longitude: float, latitude: float, total: int = 1) -> MapPlace:
    return MapPlace(DisplayValue(""), longitude, latitude, (), total)


def contains(view: MapView, longitude: float, latitude: float) -> bool:
    return (
        0 < view.left_share(longitude) < 100
        and 0 < view.top_share(latitude) < 100
        and view.width <= view.world.width
    )


def test_the_map_starts_where_something_happened() -> None:
    view = world_view([spot(-80, 43), spot(140, 45), spot(0, -50, total=0)])
    assert contains(view, -80, 43)
    assert contains(view, 140, 45)
    assert not contains(view, 0, -50)
    assert view.width < WORLD.width


def test_the_map_keeps_its_shape_and_does_not_leave_the_world() -> None:
    for places in ([spot(179, 80)], [spot(-179, -54)], [spot(30, 60), spot(31, 61)]):
        for view in (world_view(places), region_view(places)):
            world = view.world
            assert abs(view.width / view.height - SHAPE) < 0.01
            assert view.left >= world.left - 0.01
            assert view.left + view.width <= world.left + world.width + 0.01
            assert view.top >= world.top - 0.01
            assert view.top + view.height <= world.top + world.height + 0.01


def test_places_of_which_nothing_is_listed_are_shown_if_there_are_no_others() -> None:
    assert world_view([]) == region_view([]) == WORLD
    assert contains(world_view([spot(30, 60, total=0)]), 30, 60)


def test_a_region_is_shown_true_to_shape_and_the_whole_earth_as_the_world() -> None:
    around = region_view([spot(139.7, 35.7), spot(141.0, 39.7)])
    assert around.scale == pytest.approx(0.79, abs=0.01)
    assert contains(around, 139.7, 35.7)
    assert region_view([spot(-150, 0), spot(150, 0)]) == WORLD


def test_a_smaller_region_is_shown_where_that_is_asked_for() -> None:
    assert region_view([spot(37.6, 55.7)], least=6).height == 6


def test_the_world_is_in_the_shape_of_a_map_at_every_scale() -> None:
    for latitude in (0, 45, 70, 85, -89):
        world = region_view([spot(10, latitude)]).world
        assert abs(world.width / world.height - SHAPE) < 0.01
