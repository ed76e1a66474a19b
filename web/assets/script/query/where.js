// Rows with a point or polygon (WKT, longitude first) on a map.
import { draw, make, quiet } from "./dom.js";

const POINT = /^(?:<[^>]*>\s*)?POINT\s*\(\s*(-?[\d.]+)\s+(-?[\d.]+)\s*\)$/i;
const POLYGON = /^(?:<[^>]*>\s*)?POLYGON\s*\(\((.+)\)\)$/i;
const WORLD = [-170, -78, 340, 140];

export function points(found) {
  return found.rows.flatMap((row) => row.flatMap((cell) => {
    const shape = cell && !cell.iri ? read(cell.text) : null;
    return shape ? [{ ...shape, row }] : [];
  }));
}

function read(text) {
  const point = POINT.exec(text);
  if (point) return { at: [[Number(point[1]), Number(point[2])]] };
  const ring = POLYGON.exec(text);
  if (!ring) return null;
  const at = ring[1].split(/\)\s*,\s*\(/)[0].split(",").map((pair) => pair.trim().split(/\s+/).map(Number));
  return at.every((pair) => pair.length >= 2 && pair.every(Number.isFinite)) ? { at } : null;
}

export function show(found) {
  const shapes = points(found);
  const all = shapes.flatMap((shape) => shape.at);
  const home = around(all);
  let view = home;
  const revision = document.querySelector("link[rel=stylesheet]").href.split("?")[1];
  const middle = (Math.min(...all.map((p) => p[1])) + Math.max(...all.map((p) => p[1]))) / 2;
  const narrow = Math.cos((middle * Math.PI) / 180);
  const base = draw("g", { transform: `scale(${narrow} 1)`, class: "base" },
    draw("use", { href: `/assets/world.svg?${revision}#land`, class: "land" }), draw("use", { href: `/assets/world.svg?${revision}#borders`, class: "borders" }));
  const marks = shapes.map((shape) => mark(shape, narrow));
  const svg = draw("svg", { class: "map", role: "group", "aria-label": "The rows on a map", tabindex: "0" }, base, ...marks);
  const place = () => {
    const [x, y, width, height] = view;
    svg.setAttribute("viewBox", [x * narrow, y, width * narrow, height].join(" "));
    for (const circle of svg.querySelectorAll("circle")) circle.setAttribute("r", (width * narrow) / (circle.classList.contains("halo") ? 70 : 150));
  };
  const zoom = (factor) => {
    const [width, height] = [Math.min(WORLD[2], view[2] * factor), Math.min(WORLD[3], view[3] * factor)];
    view = [view[0] + (view[2] - width) / 2, view[1] + (view[3] - height) / 2, width, height];
    place();
  };
  const move = (x, y) => { view = [view[0] + view[2] * x, view[1] + view[3] * y, view[2], view[3]]; place(); };
  svg.addEventListener("keydown", (event) => {
    const act = { "+": () => zoom(0.6), "=": () => zoom(0.6), "-": () => zoom(1.6), ArrowLeft: () => move(-0.2, 0), ArrowRight: () => move(0.2, 0), ArrowUp: () => move(0, -0.2), ArrowDown: () => move(0, 0.2) }[event.key];
    if (act) { event.preventDefault(); act(); }
  });
  place();
  return make("div", {}, make("div", { class: "map-tools" },
    quiet("+", () => zoom(0.6), { "aria-label": "Zoom in" }), quiet("−", () => zoom(1.6), { "aria-label": "Zoom out" }), quiet("all rows", () => { view = home; place(); }), quiet("world", () => { view = WORLD; place(); })), svg);
}

function around(all) {
  const [xs, ys] = [all.map((p) => p[0]), all.map((p) => -p[1])];
  const [west, east, north, south] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
  const margin = Math.max(4, (east - west) * 0.12, (south - north) * 0.12);
  return [west - margin, north - margin, east - west + 2 * margin, south - north + 2 * margin];
}

function mark({ at, row }, narrow) {
  const name = row.filter((cell) => cell && !/^(<[^>]*>\s*)?(POINT|POLYGON)/i.test(cell.text)).map((cell) => cell.text).join(", ");
  const page = row.find((cell) => cell?.page)?.page;
  const title = draw("title", {}, name);
  const shape = at.length > 1
    ? [draw("path", { class: "area", d: `M${at.map(([x, y]) => `${x * narrow} ${-y}`).join("L")}Z` })]
    : [draw("circle", { class: "halo", cx: at[0][0] * narrow, cy: -at[0][1] }), draw("circle", { cx: at[0][0] * narrow, cy: -at[0][1] })];
  return page ? draw("a", { href: page, class: "spot", "aria-label": name }, title, ...shape) : draw("g", { class: "spot" }, title, ...shape);
}
