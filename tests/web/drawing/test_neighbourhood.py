from itertools import pairwise

from kg.index.narrowing import Narrowing
from kg.index.reader import index
from kg.model.prefixes import THING
from kg.network.network import neighbourhood, network_of
from kg.store.store import Store
from web.drawing.neighbourhood import WIDTH, layout


def test_neighbours_stand_on_both_sides_without_touching(built: Store) -> None:
    drawing = layout(neighbourhood(built, "japan"))
    assert len(drawing.marks) == 24
    for side, way in (("end", -1), ("start", 1)):
        column = [mark for mark in drawing.marks if mark.side == side]
        assert len(column) > 8
        assert all((mark.x - WIDTH / 2) * way > 30 for mark in column)
        for above, below in pairwise(column):
            assert below.y - above.y >= 12.5 * (len(above.lines) + len(below.lines)) / 2


def test_everything_is_inside(built: Store) -> None:
    for slugs in (["japan"], ["japan", "russia"], ["vladimir-putin"], ["japan", "russia", "g7"]):
        drawing = layout(network_of(built, slugs))
        things = [*drawing.marks, *drawing.focus]
        assert all(0 < m.x < drawing.width and 0 < m.y < drawing.height for m in things)
        assert all(0 < h.y < drawing.height for h in drawing.headings)


def test_those_of_one_relation_stand_together_below_it(store: Store) -> None:
    drawing = layout(neighbourhood(store, "ruritania"))
    hosted = [mark for mark in drawing.marks if mark.relation == "host of"]
    assert {mark.node.slug for mark in hosted} == {
        "strelsau-meeting",
        "zenda-meeting",
        "abbey-meeting",
    }
    for side in {mark.side for mark in hosted}:
        first, *rest = [mark for mark in hosted if mark.side == side]
        above = [h for h in drawing.headings if h.side == side and h.y < first.y]
        assert max(above, key=lambda h: h.y).text == "host of"
        between = [h for h in drawing.headings if h.side == side and h.y > first.y]
        assert all(h.y > mark.y for h in between for mark in rest)


def test_what_is_not_drawn_is_counted(built: Store) -> None:
    found = neighbourhood(built, "japan")
    drawing = layout(found, most=10)
    assert len(drawing.marks) == 10
    assert drawing.left_out == len(found.nodes) - 11


def test_what_several_share_is_drawn_first_and_stands_between_them(built: Store) -> None:
    found = network_of(built, ["japan", "russia"])
    ends: dict[str, set[str]] = {}
    for t in found.ties:
        ends.setdefault(t.source, set()).add(t.target)
        ends.setdefault(t.target, set()).add(t.source)
    both = {slug for slug, others in ends.items() if {"japan", "russia"} <= others}
    drawing = layout(found, most=40)
    japan, russia = drawing.focus
    assert japan.y < russia.y
    shared = [mark for mark in drawing.marks if mark.node.slug in both]
    assert {mark.node.slug for mark in shared} == both
    own = [m.y for m in drawing.marks if "russia" not in ends[m.node.slug] and m.side == "end"]
    assert max(own) < min(mark.y for mark in shared if mark.side == "end")


def test_an_inferred_tie_is_a_line_of_its_own_kind(store: Store) -> None:
    drawing = layout(neighbourhood(store, "ruritania"))
    supports = [line.support for line in drawing.lines]
    assert (supports.count("inferred"), supports.count("stated")) == (1, 5)


def test_the_drawing_is_the_same_each_time(built: Store) -> None:
    assert layout(neighbourhood(built, "g7")) == layout(neighbourhood(built, "g7"))


def test_the_name_in_the_middle_touches_no_neighbour(built: Store) -> None:
    for iri in index(built).members(Narrowing(), limit=300):
        drawing = layout(neighbourhood(built, iri.removeprefix(THING)))
        [focus] = drawing.focus
        # A bold letter of this size is at most so wide, whatever the font.
        half = max(map(len, focus.lines)) * 7 / 2
        bottom = focus.y + 22 + 12.5 * (len(focus.lines) - 1) + 3
        assert bottom < drawing.height, iri
        for mark in drawing.marks:
            beside = mark.y + 6 < focus.y + 12 or mark.y - 6 > bottom
            assert beside or abs(mark.x - focus.x) - 6 > half, (iri, mark.node.slug)


def test_names_in_the_middle_touch_nothing_else_there(built: Store) -> None:
    slugs = ["japan", "japan-no-expulsion", "abe-putin-meeting-sochi-2016"]
    focus = layout(network_of(built, slugs), most=0).focus
    for above, below in pairwise(focus):
        assert above.y + 22 + 12.5 * (len(above.lines) - 1) + 3 < below.y - 9
