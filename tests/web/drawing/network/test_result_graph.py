from itertools import combinations, pairwise

import pytest

from kg.network.network import network_of
from kg.store.store import Store
from web.drawing.lines import text_width
from web.drawing.network.layout import FOCUS_SIZE, FORMS, LINE, Form
from web.drawing.network.result_graph import Position, layout_graph, layout_spread
from web.drawing.network.spread import spread

# A hub with 60 leaves, each tenth with five of its own, and a part of its own.
HUB = [(0, leaf) for leaf in range(1, 61)]
LEAVES = [(leaf, 61 + leaf // 2 + n) for leaf in range(10, 61, 10) for n in range(5)]
APART = [(100, 101), (101, 102)]
COUNT = 103


def boxes(positions: list[Position], zoom: float) -> list[tuple[float, float, float, float]]:
    """Return left, top, right and bottom of the labels that are shown at a magnification.

    A letter is taken for 6.6 pixels wide, as in DejaVu Sans at 11 pixels.
    """
    found = []
    for x, y, _, label in positions:
        if label.zoom <= zoom:
            width = max(map(text_width, label.lines)) * 6.6
            left = x * zoom + label.dx - width * {"start": 0, "middle": 0.5, "end": 1}[label.anchor]
            top = y * zoom + label.dy - 9.5
            found.append((left, top, left + width, top + LINE * len(label.lines)))
    return found


@pytest.fixture(params=FORMS.values(), ids=FORMS)
def form(request: pytest.FixtureRequest) -> Form:
    return request.param


@pytest.fixture
def crowd(form: Form) -> list[Position]:
    labels = [f"thing of the number {n}" for n in range(COUNT)]
    return layout_graph(labels, [*HUB, *LEAVES, *APART], form)


def test_nodes_are_inside_and_no_two_at_one_point(crowd: list[Position], form: Form) -> None:
    assert len({(one.x, one.y) for one in crowd}) == COUNT
    assert all(one.size < one.x < form.width - one.size for one in crowd)
    assert all(one.size < one.y < form.height - one.size for one in crowd)


def test_tied_nodes_are_closer_than_others(crowd: list[Position]) -> None:
    def distance(pair: tuple[int, int]) -> float:
        a, b = (crowd[end] for end in pair)
        return float(((a.x - b.x) ** 2 + (a.y - b.y) ** 2) ** 0.5)

    edges = [*HUB, *LEAVES, *APART]
    others = [pair for pair in combinations(range(COUNT), 2) if pair not in edges]
    mean = sum(map(distance, others)) / len(others)
    assert sum(map(distance, edges)) / len(edges) < 0.75 * mean


def test_the_best_connected_nodes_are_largest_and_labelled(crowd: list[Position]) -> None:
    assert crowd[0].size == max(one.size for one in crowd)
    assert crowd[0].label.zoom == 1


@pytest.mark.parametrize("zoom", [1, 1.5, 2, 3.3, 5, 8])
def test_no_label_covers_another_at_any_magnification(crowd: list[Position], zoom: float) -> None:
    for a, b in combinations(boxes(crowd, zoom), 2):
        assert a[2] <= b[0] or b[2] <= a[0] or a[3] <= b[1] or b[3] <= a[1]


def test_more_labels_have_room_the_nearer_one_looks(crowd: list[Position]) -> None:
    counts = [len(boxes(crowd, zoom)) for zoom in (1, 1.5, 2.2, 3.3, 5)]
    assert all(fewer <= more for fewer, more in pairwise(counts))
    assert counts[0] > 5
    assert counts[-1] > 2 * counts[0]


def test_a_spread_is_the_same_each_time(form: Form) -> None:
    assert spread(COUNT, [*HUB, *LEAVES], form) == spread(COUNT, [*LEAVES, *HUB], form)


@pytest.mark.parametrize("edges", [[], [(0, 0)], [(0, 1), (1, 0), (0, 1)]])
def test_few_nodes_and_odd_edges_are_placed(form: Form, edges: list[tuple[int, int]]) -> None:
    for count in (2, 3):
        points = spread(count, edges, form)
        assert len(set(points)) == count
    assert spread(0, [], form) == []
    [(x, y)] = spread(1, [], form)
    assert (0 < x < form.width, 0 < y < form.height) == (True, True)


def test_a_network_is_spread_with_its_focus_labelled(corpus: Store, form: Form) -> None:
    network = network_of(corpus, ["norland", "vostria", "five-powers", "united-isles"])
    layout = layout_spread(network, form=form)
    assert [one.node.slug for one in layout.focus] == list(network.focus)
    assert all(one.label.zoom == 1 and one.size == FOCUS_SIZE for one in layout.focus)
    assert len(layout.nodes) == len(network.nodes)
    few = layout_spread(network, 5, form)
    assert (len(few.neighbours), few.left_out) == (5, len(network.nodes) - 9)
