from collections import defaultdict
from itertools import pairwise

import pytest

from kg.index.reader import index
from kg.index.thing_filter import ThingFilter
from kg.model.prefixes import THING
from kg.network.network import neighbourhood, network_of
from kg.store.store import Store
from web.drawing.network.layout import FORMS, LINE, Form, NetworkLayout, PlacedNode
from web.drawing.network.neighbourhood import layout_by_relation


def column(layout: NetworkLayout, anchor: str) -> list[PlacedNode]:
    return [one for one in layout.neighbours if one.label.anchor == anchor]


def lines(node: PlacedNode) -> int:
    return len(node.label.lines)


@pytest.mark.parametrize("form", FORMS.values(), ids=FORMS)
def test_neighbours_stand_on_both_sides_without_touching(corpus: Store, form: Form) -> None:
    layout = layout_by_relation(neighbourhood(corpus, "norland"), form=form)
    assert len(layout.neighbours) == 24
    for anchor, side in (("end", -1), ("start", 1)):
        nodes = column(layout, anchor)
        assert len(nodes) > 8
        assert all((one.x - form.width / 2) * side > 30 for one in nodes)
        for above, below in pairwise(nodes):
            assert below.y - above.y >= LINE * (lines(above) + lines(below)) / 2


@pytest.mark.parametrize("form", FORMS.values(), ids=FORMS)
def test_everything_is_inside(corpus: Store, form: Form) -> None:
    for slugs in (
        ["norland"],
        ["norland", "vostria"],
        ["anton-velkov"],
        ["norland", "vostria", "five-powers"],
    ):
        layout = layout_by_relation(network_of(corpus, slugs), form=form)
        assert all(0 < n.x < layout.width and 0 < n.y < layout.height for n in layout.nodes)
        assert all(0 < r.y < layout.height for r in layout.relations)


def test_those_of_one_relation_stand_together_below_it(store: Store) -> None:
    layout = layout_by_relation(neighbourhood(store, "ruritania"))
    hosted = [one for one in layout.neighbours if one.relation == "host of"]
    assert {one.node.slug for one in hosted} == {
        "strelsau-meeting",
        "zenda-meeting",
        "abbey-meeting",
    }
    for anchor in ("start", "end"):
        nodes = [one for one in hosted if one in column(layout, anchor)]
        if not nodes:
            continue
        relations = [r for r in layout.relations if r.anchor == anchor]
        above = [r for r in relations if r.y < nodes[0].y]
        assert max(above, key=lambda r: r.y).text == "host of"
        below = [r for r in relations if r.y > nodes[0].y]
        assert all(r.y > one.y for r in below for one in nodes[1:])


def test_lines_of_one_relation_part_at_one_place_short_of_its_nodes(corpus: Store) -> None:
    layout = layout_by_relation(neighbourhood(corpus, "norland"))
    focus, groups = layout.focus[0], defaultdict(list)
    for one in layout.neighbours:
        groups[one.relation, one.x > focus.x].append(one)
    assert any(len(group) > 1 for group in groups.values())
    for group in groups.values():
        (trunk,) = {one.trunk for one in group}
        if len(group) == 1:
            assert trunk is None
            continue
        assert trunk is not None
        assert abs(trunk[0] - focus.x) < min(abs(one.x - focus.x) for one in group)
        assert min(one.y for one in group) <= trunk[1] <= max(one.y for one in group)
        assert all(e.by == trunk for e in layout.edges if e.start in group or e.end in group)


def test_what_is_not_drawn_is_counted(corpus: Store) -> None:
    network = neighbourhood(corpus, "norland")
    layout = layout_by_relation(network, most=10)
    assert len(layout.neighbours) == 10
    assert layout.left_out == len(network.nodes) - 11


def test_what_several_share_is_drawn_first_and_stands_between_them(corpus: Store) -> None:
    network = network_of(corpus, ["norland", "vostria"])
    ends: dict[str, set[str]] = {}
    for t in network.ties:
        ends.setdefault(t.source, set()).add(t.target)
        ends.setdefault(t.target, set()).add(t.source)
    both = {slug for slug, others in ends.items() if {"norland", "vostria"} <= others}
    layout = layout_by_relation(network, most=40)
    norland, vostria = layout.focus
    assert norland.y < vostria.y
    shared = [one for one in layout.neighbours if one.node.slug in both]
    assert {one.node.slug for one in shared} == both
    left = column(layout, "end")
    of_norland = [one.y for one in left if "vostria" not in ends[one.node.slug]]
    assert max(of_norland) < min(one.y for one in left if one in shared)


def test_an_inferred_tie_is_a_line_of_its_own_kind(store: Store) -> None:
    layout = layout_by_relation(neighbourhood(store, "ruritania"))
    supports = [edge.support for edge in layout.edges]
    assert (supports.count("inferred"), supports.count("stated")) == (1, 5)
    assert all(edge.directed for edge in layout.edges)


def test_the_layout_is_the_same_each_time(corpus: Store) -> None:
    first, second = (layout_by_relation(neighbourhood(corpus, "five-powers")) for _ in range(2))
    assert first == second


def test_the_label_of_the_focus_touches_no_neighbour(corpus: Store) -> None:
    for iri in index(corpus).members(ThingFilter(), limit=300):
        layout = layout_by_relation(neighbourhood(corpus, iri.removeprefix(THING)))
        [focus] = layout.focus
        # A bold letter of this size is at most so wide, whatever the font.
        half = max(map(len, focus.label.lines)) * 7 / 2
        bottom = focus.y + focus.label.rows[-1][1] + 3
        assert bottom < layout.height, iri
        for one in layout.neighbours:
            beside = one.y + 6 < focus.y + 12 or one.y - 6 > bottom
            assert beside or abs(one.x - focus.x) - 6 > half, (iri, one.node.slug)


def test_labels_of_the_focus_touch_nothing_else_there(corpus: Store) -> None:
    slugs = ["norland", "norland-no-expulsion", "linde-velkov-meeting-vellin-2016"]
    focus = layout_by_relation(network_of(corpus, slugs), most=0).focus
    for above, below in pairwise(focus):
        assert above.y + above.label.rows[-1][1] + 3 < below.y - 9
