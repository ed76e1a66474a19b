"""A timeline laid out: the drawing, its JSON and its scripts have the same positions."""

import json
import re
import subprocess
from itertools import combinations
from time import process_time

import pytest
from flask.testing import FlaskClient

from kg.model.prefixes import ROOT
from kg.store.store import Store
from tests.web.query.test_scripts import node
from web import create_app
from web.drawing.timeline.axis import axis_step, axis_ticks
from web.drawing.timeline.lanes import GAP, TimelineItem
from web.drawing.timeline.layout import WIDTH, TimelineLayout, timeline_layout
from web.drawing.timeline.spans import Span
from web.drawing.timeline.window import level_at, window_bars

SCRIPT = """
const root = process.argv[1];
const { bars, levelAt } = await import(`${root}/window.js`);
const { ticks } = await import(`${root}/axis.js`);
let text = "";
for await (const part of process.stdin) text += part;
const { layout, spans, width } = JSON.parse(text);
console.log(JSON.stringify(spans.map((span) => {
  const level = levelAt(layout.levels, width / (span[1] - span[0]));
  return {
    bars: bars(layout.items, level, span, width)
      .map((bar) => [bar.left, bar.right, bar.lane, bar.at, bar.room]),
    ticks: ticks(span, level.step),
  };
})));
"""


@pytest.fixture(scope="module")
def site(corpus: Store) -> FlaskClient:
    client = create_app({"TESTING": True}, corpus).test_client()
    client.environ_base["HTTP_ACCEPT"] = "text/html"
    return client


def items(number: int) -> list[TimelineItem]:
    return [
        TimelineItem(
            f"event number {n} of some days",
            f"/page/{n}",
            "",
            n * 37 % 4000,
            n * 37 % 4000 + (1, 30, 2000)[n % 3],
            early=n % 11 == 0,
            open=n % 5 == 0,
            lasts=n % 25 == 0,
        )
        for n in range(number)
    ]


def layout_of(number: int) -> TimelineLayout:
    layout = timeline_layout(items(number))
    assert layout
    return layout


@pytest.mark.parametrize("query", ["", "from=2018-04-01&until=2018-04-30", "actor=norland"])
def test_the_drawing_and_the_json_have_the_same_positions(site: FlaskClient, query: str) -> None:
    page = site.get(f"/timeline?{query}").text
    found = re.search(r'class="layout">(.*?)</script>', page)
    assert found
    layout = json.loads(found[1])
    start, end = layout["chosen"] or layout["start"]
    drawn = re.findall(r"<title>(.*?): [^<]*</title><rect x=\"([\d.]+)\" y=\"(\d+)\"", page)
    assert len(drawn) > 5
    seen = [i for i in layout["items"] if i["start"] < end and (i["lasts"] or i["end"] > start)]
    assert len(seen) == len(drawn)
    for (_, x, _), item in zip(drawn, seen, strict=True):
        expected = max(0, (item["start"] - start) / (end - start) * WIDTH)
        assert float(x) == pytest.approx(expected, abs=0.01)


def test_bars_have_the_colour_of_their_kind_and_a_legend_names_it(site: FlaskClient) -> None:
    page = site.get("/timeline").text
    drawing = page[page.index('<svg class="stretch"') : page.index('<svg class="overview"')]
    legend = re.search(r'<ul class="legend".*?</ul>', page, re.DOTALL)
    assert legend
    drawn = set(re.findall(r'<a href="[^"]*" class="[^"]*kind kind-(\w+)"', drawing))
    assert {"Event", "Abstention"} <= drawn <= set(re.findall(r"kind kind-(\w+)", legend[0]))


def test_scripts_place_bars_and_dates_where_the_server_does() -> None:
    layout = layout_of(80)
    spans = [layout.extent, layout.start, Span(-3, 40), Span(900, 1500.5), Span(2000, 2004)]
    told = json.dumps({"layout": layout.as_json(), "spans": spans, "width": 700})
    folder = ROOT / "web" / "assets" / "script" / "timeline"
    command = [node(), "--input-type=module", "-e", SCRIPT, str(folder)]
    done = subprocess.run(command, input=told, capture_output=True, text=True, check=True)
    for span, found in zip(spans, json.loads(done.stdout), strict=True):
        level = level_at(layout.levels, 700 / span.length)
        bars = window_bars(layout.items, level, span, 700)
        assert len(bars) == len(found["bars"]) > 0
        for bar, placed in zip(bars, found["bars"], strict=True):
            own = [bar.left, bar.right, bar.lane, bar.at, bar.room]
            assert placed == pytest.approx(own, abs=0.01)
        ticks = axis_ticks(*span, axis_step(level.scale, 96))
        assert [[tick.day, tick.text] for tick in ticks] == found["ticks"]


def test_nothing_runs_into_another_in_its_lane_at_any_scale() -> None:
    layout = layout_of(80)
    for level in layout.levels:
        boxes: dict[int, list[tuple[float, float]]] = {}
        for item, lane, side in zip(layout.items, level.lanes, level.sides, strict=True):
            left = (item.start - layout.extent.start) * level.scale
            right = max((item.end - layout.extent.start) * level.scale, left + 8)
            name = item.name_width
            start = left - name * (side == "b")
            end = layout.extent.length * level.scale if item.lasts else right + name * (side == "a")
            boxes.setdefault(lane, []).append((start, end))
        for lane in boxes.values():
            for (a, b), (c, d) in combinations(lane, 2):
                assert b + GAP <= c + 0.1 or d + GAP <= a + 0.1


def test_a_long_timeline_is_laid_out_in_bounded_time() -> None:
    start = process_time()
    assert layout_of(500).as_json()
    assert process_time() - start < 4


def test_a_timeline_needs_two_items() -> None:
    assert timeline_layout(items(1)) is None
    assert timeline_layout(items(1), least=1)
    assert timeline_layout([], least=1) is None


def test_it_starts_where_most_is_or_at_the_days_of_the_list() -> None:
    layout = layout_of(80)
    assert layout.shown == layout.start
    assert layout.extent.start <= layout.start.start < layout.start.end <= layout.extent.end
    chosen = timeline_layout(items(80), 100.0, 200.0)
    assert chosen
    assert chosen.shown == Span(100, 200)
