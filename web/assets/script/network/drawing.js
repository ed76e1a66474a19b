// A network drawn as SVG at the positions that the server sends: see web/drawing. Here they only move.
import { svg } from "../elements.js";

// Milliseconds that nodes take to their next positions.
const MOVE = 250;
// With more edges than this, and in columns, arrows are drawn at the edges of the node that is pointed out alone.
const ARROWS = 60;
// So many edges of a node have their labels, and all edges of a graph with no more than the second.
const [LABELS, FEW] = [24, 12];

/** Make an empty drawing in a place; `shape(node)` makes the form of a node, half as wide as 1. */
export function drawing(place, label, shape) {
  const layers = Object.fromEntries(["edges", "headings", "nodes", "labels"].map((name) => [name, svg("g", { class: name })]));
  const sheet = svg("g", {}, ...Object.values(layers));
  const markers = ["arrow", "arrow-near"].map(marker);
  const picture = svg("svg", { class: "network live", role: "img", "aria-label": label }, svg("defs", {}, markers), sheet);
  place.prepend(picture);
  return { picture, sheet, layers, markers, shape, layout: null, nodes: new Map(), lines: [], frame: 0, pointed: null };
}

/** Draw a layout: { name, width, height, lines, headings } with nodes { id, x, y, size, name, look }. */
export function draw(chart, layout, nodes, moving = false) {
  const before = chart.nodes;
  const parts = nodes.map((node) => [node.id, part(chart, node, moving ? before.get(node.id) : null)]);
  Object.assign(chart, { layout, nodes: new Map(parts), pointed: null });
  chart.lines = layout.lines.map((line) => edge(chart, line));
  chart.picture.setAttribute("class", `network live ${layout.name}`);
  chart.layers.edges.replaceChildren(...chart.lines.map(({ path }) => path));
  chart.layers.nodes.replaceChildren(...parts.map(([, { group }]) => group));
  chart.layers.headings.replaceChildren(...layout.headings.map(heading));
  point(chart, null);
  travel(chart, moving);
}

function part(chart, node, before) {
  const shape = chart.shape(node);
  shape.setAttribute("transform", `scale(${node.size})`);
  const text = svg("text", { class: node.name.anchor, lang: node.lang || null },
    node.name.rows.map(([line, y]) => svg("tspan", { x: node.name.dx, y }, line)));
  const title = svg("title", {}, node.status ? `${node.label} (${node.status})` : node.label);
  const group = svg("g", { class: `node ${node.look}`, "data-id": node.id }, title, svg("g", { class: "glyph" }, shape, text));
  const at = before ? { x: before.x, y: before.y } : { x: node.x, y: node.y };
  return { node, group, text, ...at };
}

function edge({ nodes }, line) {
  const path = svg("polyline", { class: `edge ${line.support ?? ""}` });
  return { line, path, start: nodes.get(line.source), end: nodes.get(line.target) };
}

function heading({ text, x, y, anchor }) {
  return svg("text", { class: `relation ${anchor}`, x, y }, text);
}

function marker(id) {
  return svg("marker", { id, viewBox: "0 0 8 8", refX: 4, refY: 4, orient: "auto", markerUnits: "userSpaceOnUse" }, svg("path", { d: "M0 0 8 4 0 8z" }));
}

/** Let nodes go to where the layout has them. */
function travel(chart, moving) {
  cancelAnimationFrame(chart.frame);
  const starts = [...chart.nodes.values()].map((one) => ({ one, x: one.x, y: one.y }));
  const from = performance.now();
  const step = (now) => {
    const share = moving ? Math.min(1, (now - from) / MOVE) : 1;
    for (const { one, x, y } of starts) put(one, x + (one.node.x - x) * share, y + (one.node.y - y) * share);
    join(chart);
    if (share < 1) chart.frame = requestAnimationFrame(step);
  };
  step(from);
}

/** Move one node by hand, in units of the drawing. */
export function drag(chart, id, x, y) {
  const one = chart.nodes.get(id);
  put(one, one.x + x, one.y + y);
  join(chart);
}

function put(one, x, y) {
  Object.assign(one, { x, y });
  one.group.setAttribute("transform", `translate(${x} ${y})`);
}

/** Lead edges and their labels to where the nodes are now. */
function join({ lines }) {
  for (const { line, path, start, end, label } of lines) {
    const [x, y] = line.by ?? [(start.x + end.x) / 2, (start.y + end.y) / 2];
    path.setAttribute("points", `${start.x},${start.y} ${x},${y} ${end.x},${end.y}`);
    label?.setAttribute("transform", `translate(${x} ${y})`);
  }
}

/** Point out a node with its edges and neighbours; nothing for null. */
export function point(chart, id) {
  const { nodes, lines, layers } = chart;
  const arrows = chart.layout.name === "spread";
  const near = new Set(id === null ? [] : [id]);
  const edges = lines.filter(({ line }) => id !== null && [line.source, line.target].includes(id));
  for (const { line } of edges) near.add(line.source).add(line.target);
  for (const [key, { group }] of nodes) setClasses(group, { hot: key === id, near: near.has(key), far: id !== null && !near.has(key) });
  for (const one of lines) {
    const close = edges.includes(one);
    setClasses(one.path, { near: close, far: id !== null && !close });
    const arrow = one.line.directed && (close || (arrows && lines.length <= ARROWS));
    one.path.setAttribute("marker-mid", arrow ? `url(#${close ? "arrow-near" : "arrow"})` : "none");
    one.label = null;
  }
  chart.pointed = id;
  const labelled = id === null ? lines : edges;
  layers.labels.replaceChildren(...(labelled.length <= (id === null ? FEW : LABELS) && (arrows || id !== null) ? labelled.filter(({ line }) => line.label).map(named) : []));
  join(chart);
  names(chart);
}

function named(one) {
  one.label = svg("g", { class: "tie" }, svg("g", { class: "glyph" }, svg("text", { class: "middle", y: -4 }, one.line.label)));
  return one.label;
}

function setClasses(element, classes) {
  for (const [name, on] of Object.entries(classes)) element.classList.toggle(name, on);
}

/** Show the names that have room at this magnification, of the node pointed out and its neighbours if there is one. */
export function names({ nodes, pointed, zoom = 1 }) {
  for (const [id, { node, group, text }] of nodes) {
    const room = node.name.zoom <= zoom + 0.001;
    text.classList.toggle("off", id !== pointed && !(room && (pointed === null || group.classList.contains("near"))));
  }
}
