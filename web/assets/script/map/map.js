// Zoom and move a map that is there without this, name its points, and show what happened at each.
import { html, svg } from "../elements.js";
import { gestures, keys } from "../gestures.js";
import { tools } from "../tools.js";
import { card } from "./card.js";
import { coasts } from "./coasts.js";
import { label } from "./labels.js";
import { near } from "./near.js";
import { close, nearest, size, spots } from "./spots.js";
import { about, asked, keep, within, zoomed } from "./view.js";

const WAIT = 200;

const KEYS = {
  "+": (chart) => zoom(chart, 0.5),
  "=": (chart) => zoom(chart, 0.5),
  "-": (chart) => zoom(chart, 2),
  0: (chart) => look(chart, chart.home),
  ArrowLeft: (chart) => move(chart, -0.15, 0),
  ArrowRight: (chart) => move(chart, 0.15, 0),
  ArrowUp: (chart) => move(chart, 0, -0.15),
  ArrowDown: (chart) => move(chart, 0, 0.15),
  Escape: (chart) => chart.card.close(),
};

const map = document.querySelector("svg.map.world");
if (map) steer(read(map));

/** Return what a map shows and is shown with. */
function read(map) {
  const world = map.dataset.world.split(" ").map(Number);
  const { x, y, width, height } = map.viewBox.baseVal;
  const home = [x, y, width, height];
  const names = svg("g", { class: "labels", "aria-hidden": "true" });
  map.querySelectorAll(".labels").forEach((still) => still.remove());
  map.append(names);
  return {
    map, world, home, names, view: asked(world) ?? home, timer: 0, spots: spots(map),
    islands: near(map), coast: coasts(map), card: card(map.parentElement),
  };
}

function steer(chart) {
  const { map } = chart;
  map.classList.add("live");
  for (const spot of chart.spots) spot.link.addEventListener("click", (event) => press(chart, spot, event));
  map.before(buttons(chart));
  keys(map, KEYS, chart);
  gestures(map, { move: (x, y) => move(chart, x, y), zoom: (...how) => zoom(chart, ...how) });
  new ResizeObserver(() => draw(chart)).observe(map);
}

function draw({ map, view, names, spots, islands, coast }) {
  // Before its style is there it has no size.
  if (!map.clientHeight) return;
  map.setAttribute("viewBox", view.map((value) => Math.round(value * 1000) / 1000).join(" "));
  // Of a map that is not of this shape more is seen than asked for.
  const scale = Math.min(map.clientWidth / view[2], map.clientHeight / view[3]);
  const [wide, high] = [map.clientWidth / scale, map.clientHeight / scale];
  const seen = [view[0] - (wide - view[2]) / 2, view[1] - (high - view[3]) / 2, wide, high];
  size(spots, scale);
  islands(scale);
  coast(scale, seen);
  label(names, spots, seen, scale);
}

function look(chart, wanted) {
  chart.view = within(wanted, chart.world);
  draw(chart);
  clearTimeout(chart.timer);
  chart.timer = setTimeout(keep, WAIT, chart.view);
}

function zoom(chart, factor, x = 0.5, y = 0.5) {
  look(chart, zoomed(chart.view, chart.world, factor, x, y));
}

function move(chart, x, y) {
  const [left, top, width, height] = chart.view;
  look(chart, [left + width * x, top + height * y, width, height]);
}

function press(chart, spot, event) {
  if (event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  // By the keyboard it is the one that has the focus.
  const meant = event.detail ? nearest(chart.map, chart.spots, event) : spot;
  chart.card.open(close(chart.map, chart.spots, meant).map(({ row }) => row), meant.link);
}

function buttons(chart) {
  const areas = [...chart.map.querySelectorAll("a.territory")];
  return tools("map-tools", [
    ["+", "Zoom in", () => zoom(chart, 0.5)],
    ["−", "Zoom out", () => zoom(chart, 2)],
    ["back", "Back to the events", () => look(chart, chart.home)],
    ["world", "Show the whole world", () => look(chart, chart.world)],
  ], areas.length > 0 && territories(chart, areas));
}

function territories(chart, areas) {
  const to = html("select", { "aria-label": "Zoom to a territory" }, new Option("to a territory…", ""));
  to.append(...areas.map((area, at) => new Option(area.querySelector("title").textContent, at)));
  to.addEventListener("change", () => {
    if (!to.value) return;
    chart.card.close(false);
    look(chart, about(areas[to.value].getBBox(), chart.world));
  });
  return to;
}
