// Makes a map movable that the server has drawn: its points and names follow the view, a point opens a card.
import { html, width as measure } from "../elements.js";
import { gestures, keys } from "../gestures.js";
import { tools } from "../tools.js";
import { card } from "./card.js";
import { coasts } from "./coasts.js";
import { insets } from "./insets.js";
import { shown } from "./labels.js";
import { cluster, nearest } from "./points.js";
import { about, place, within, zoomed } from "./view.js";
import { gettext } from "../texts.js";

const KEYS = {
  "+": (chart) => zoom(chart, 0.5),
  "=": (chart) => zoom(chart, 0.5),
  "-": (chart) => zoom(chart, 2),
  0: (chart) => look(chart, chart.layout.view),
  ArrowLeft: (chart) => move(chart, -0.15, 0),
  ArrowRight: (chart) => move(chart, 0.15, 0),
  ArrowUp: (chart) => move(chart, 0, -0.15),
  ArrowDown: (chart) => move(chart, 0, 0.15),
  Escape: (chart) => chart.card.close(),
};

/**
 * Make the map in a frame movable. `contents(points)` writes what is at some of its points, `back` names the button
 * that shows the first view again; `start(layout)` may return another view to start from, `keep(view, layout)` keep each.
 */
export function map(frame, { contents, back, start = () => null, keep = () => {} }) {
  const layout = JSON.parse(frame.querySelector("script.layout").textContent);
  const chart = { frame, layout, contents, keep, view: start(layout) ?? layout.view, ...parts(frame, layout) };
  chart.drawing.classList.add("live");
  chart.drawing.setAttribute("tabindex", 0);
  for (const point of chart.points) point.link.addEventListener("click", (event) => press(chart, point, event));
  frame.before(buttons(chart, back));
  keys(frame, KEYS, chart);
  gestures(frame, { move: (x, y) => move(chart, x, y), zoom: (...how) => zoom(chart, ...how) });
  new ResizeObserver(() => draw(chart)).observe(frame);
}

/** Return the elements of a map, in the order of its layout. */
function parts(frame, layout) {
  const [drawing, ground] = [frame.querySelector("svg.map"), frame.querySelector(".ground")];
  return {
    drawing, ground,
    points: [...frame.querySelectorAll(".point")].map((element, at) => ({ ...layout.points[at], element, link: element.querySelector("a") })),
    labels: [...frame.querySelectorAll(".label")],
    insets: insets(ground, layout.scale), coasts: coasts(ground, layout.scale), card: card(frame.parentElement),
  };
}

function draw(chart) {
  const { drawing, ground, view, points, labels, layout } = chart;
  // Before its style is there it has no size.
  if (!drawing.clientWidth) return;
  ground.setAttribute("viewBox", view.map((value) => Math.round(value * 1000) / 1000).join(" "));
  for (const { element, ...point } of points) put(element, place(view, point));
  labels.forEach((element, at) => put(element, place(view, layout.points[layout.labels[at].point])));
  chart.wider ??= wider(labels, layout);
  const scale = drawing.clientWidth / view[2];
  // Where letters are wider than the layout expects, names have room from a larger scale on.
  const visible = shown(layout, seen(chart), scale / chart.wider);
  labels.forEach((element, at) => element.classList.toggle("crowded", !visible[at]));
  chart.insets(scale);
  chart.coasts(scale, seen(chart));
}

function put(element, [x, y]) {
  element.setAttribute("x", `${x.toFixed(3)}%`);
  element.setAttribute("y", `${y.toFixed(3)}%`);
}

/** Return how many times wider than the layout expects the names are in the reader's font; at least once. */
function wider(labels, layout) {
  const times = labels.map((element, at) => {
    const text = element.querySelector("text");
    const { font } = getComputedStyle(text);
    const [left, , right] = layout.labels[at].box;
    return Math.max(...[...text.children].map((line) => measure(line.textContent, font))) / (right - left);
  });
  return Math.max(1, ...times);
}

/** Return the view that the frame shows: on a telephone it is higher than the drawing. */
function seen({ frame, drawing, view: [left, top, wide, high] }) {
  const share = frame.clientHeight / drawing.clientHeight;
  return [left, top - (high * (share - 1)) / 2, wide, high * share];
}

function look(chart, view) {
  chart.view = within(view, chart.layout.world);
  draw(chart);
  chart.keep(chart.view, chart.layout);
}

/** Zoom around a place, as shares of the frame. */
function zoom(chart, factor, x = 0.5, y = 0.5) {
  const [[, top, , high], [, first, , tall]] = [chart.view, seen(chart)];
  look(chart, zoomed(chart.view, chart.layout, factor, x, (first + y * tall - top) / high));
}

/** Move by shares of the frame. */
function move(chart, x, y) {
  const [left, top, width, height] = chart.view;
  look(chart, [left + width * x, top + seen(chart)[3] * y, width, height]);
}

function press(chart, point, event) {
  if (event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  const { drawing, view: [left, top, wide, high], points } = chart;
  const box = drawing.getBoundingClientRect();
  const at = { x: left + ((event.clientX - box.x) / box.width) * wide, y: top + ((event.clientY - box.y) / box.height) * high };
  // By the keyboard it is the one that has the focus.
  const pressed = event.detail ? nearest(points, at) : point;
  chart.card.open(chart.contents(cluster(points, pressed, box.width / wide)), pressed.link);
}

function buttons(chart, back) {
  const areas = [...chart.ground.querySelectorAll("a.territory")];
  return tools("map-tools", [
    ["+", gettext("Zoom in"), () => zoom(chart, 0.5)],
    ["−", gettext("Zoom out"), () => zoom(chart, 2)],
    [gettext("back"), back, () => look(chart, chart.layout.view)],
    [gettext("world"), gettext("Show the whole world"), () => look(chart, chart.layout.world)],
  ], areas.length > 0 && territories(chart, areas));
}

function territories(chart, areas) {
  const choice = html("select", { "aria-label": gettext("Zoom to a territory") }, new Option(gettext("to a territory…"), ""));
  choice.append(...areas.map((area, at) => new Option(area.querySelector("title").textContent, at)));
  choice.addEventListener("change", () => {
    if (!choice.value) return;
    chart.card.close(false);
    look(chart, about(areas[choice.value].getBBox(), chart.layout.world));
  });
  return choice;
}
