// Things and what joins them, as a graph to move about in. Cytoscape comes only when this is opened.
import { choice, html, link } from "./dom.js";
import { name, words } from "./names.js";
import { zoomButtons } from "./zoom.js";

const MOST = 400;
const STEP = 1.3;
const LEADING = 12;
const CROWD = 25;
// Of more, only the names of the leading ones can be read at once; the others come as one looks closer.
const THRONG = 60;
const WIDEST = 2.5;
const LAYOUT = {
  name: "cose", animate: false, randomize: false, nodeDimensionsIncludeLabels: true, padding: 24,
  idealEdgeLength: () => 55, nodeRepulsion: () => 6000, componentSpacing: 20, nodeOverlap: 20, gravity: 4,
};

/** Fill a panel with the network of rows between two columns. */
export async function network(panel, rows, ends) {
  const canvas = html("div", { class: "graph", role: "img" });
  const below = html("div");
  const state = { ...ends };
  let shown = null;
  const { default: cytoscape } = await library(panel);
  const draw = () => {
    const { nodes, edges, left } = joined(rows, state);
    shown?.destroy();
    canvas.setAttribute("aria-label", `Network of ${nodes.length} things and ${edges.length} links; the table holds the same in words`);
    shown = cytoscape({ container: canvas, elements: [...nodes, ...edges], style: style(canvas, nodes.length), minZoom: 0.1, maxZoom: 4,
      userZoomingEnabled: false,
      layout: LAYOUT });
    if (nodes.length > THRONG) leaders(shown).addClass("leading");
    widen(shown, canvas);
    shown.on("tap", "node", (event) => { const { page } = event.target.data(); if (page) location.assign(page); });
    below.replaceChildren(...leading(shown, left));
  };
  const zoom = (by) => shown.zoom({ level: shown.zoom() * by, renderedPosition: { x: canvas.clientWidth / 2, y: canvas.clientHeight / 2 } });
  if (ends.columns?.length > 2) {
    panel.append(html("p", { class: "row tools" },
      choice("From", ends.columns, ends.from, (column) => { state.from = column; draw(); }),
      choice("to", ends.columns, ends.to, (column) => { state.to = column; draw(); })));
  }
  panel.append(html("div", { class: "canvas" }, canvas,
    zoomButtons({ larger: () => zoom(STEP), smaller: () => zoom(1 / STEP), whole: () => shown.fit(undefined, 24) })), below);
  draw();
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => shown.style(style(canvas, shown.nodes().length)));
}

async function library(panel) {
  // Cytoscape writes its one rule into the page unless this is there; ours is in query.css.
  const marker = "__________cytoscape_stylesheet";
  if (!document.getElementById(marker)) document.head.append(html("template", { id: marker }));
  const waiting = html("p", { class: "by" }, "Drawing…");
  panel.append(waiting);
  const found = await import("cytoscape");
  waiting.remove();
  return found;
}

function joined(rows, { from, to, relation }) {
  const [nodes, edges] = [new Map(), new Map()];
  let left = 0;
  for (const row of rows) {
    const [start, end] = [row[from], row[to]];
    if (!start || !end || start.type === "literal" || end.type === "literal") continue;
    const fresh = [start, end].filter(({ value }) => !nodes.has(value));
    if (nodes.size + fresh.length > MOST) {
      left += 1;
      continue;
    }
    for (const term of fresh) {
      const page = term.type === "uri" ? name(term.value).page : "";
      nodes.set(term.value, { data: { id: term.value, label: words(term), page } });
    }
    const label = relation && row[relation] ? words(row[relation]) : "";
    const id = `${start.value} ${end.value} ${label}`;
    edges.set(id, { data: { id, source: start.value, target: end.value, label } });
  }
  const list = [...nodes.values()];
  // On a circle to begin with: the layout then comes out the same each time.
  list.forEach((node, at) => {
    const turn = (at * 2 * Math.PI) / list.length;
    node.position = { x: 400 * Math.cos(turn), y: 220 * Math.sin(turn) };
  });
  const links = [...edges.values()];
  // One label on all of them says nothing.
  if (new Set(links.map(({ data }) => data.label)).size === 1) links.forEach(({ data }) => { data.label = ""; });
  return { nodes: list, edges: links, left };
}

/** Use the whole width: the layout draws a round, or a tall, whatever the room. */
function widen(shown, canvas) {
  const { w, h } = shown.elements().boundingBox({ includeLabels: false });
  const room = (canvas.clientWidth / canvas.clientHeight) * (h / w);
  const by = Math.min(WIDEST, Math.max(1, room));
  shown.nodes().positions((node) => ({ x: node.position("x") * by, y: node.position("y") }));
  shown.fit(undefined, 24);
}

function leaders(shown) {
  return shown.nodes().sort((a, b) => b.degree() - a.degree()).slice(0, LEADING);
}

function leading(shown, left) {
  const items = leaders(shown).map((node) => html("li", {}, link(node.data("page"), node.data("label")), ` ${node.degree()}`));
  return [
    left ? html("p", { class: "by" }, `The first ${MOST} things; ${left.toLocaleString("en")} rows are left out.`) : "",
    html("p", { class: "by" }, "With the most links:"), html("ul", { class: "inline" }, items),
  ];
}

function style(canvas, count) {
  const own = getComputedStyle(canvas);
  // The more there is, the smaller it is drawn: names must stay large enough to be read.
  const size = count > CROWD ? 19 : 12;
  const colour = (token) => own.getPropertyValue(token).trim();
  const font = { "font-family": "system-ui, sans-serif", color: colour("--ink"), "min-zoomed-font-size": count > THRONG ? 8 : 0 };
  const halo = { "text-outline-color": colour("--sheet"), "text-outline-width": 2 };
  return [
    { selector: "node", style: { ...font, ...halo, label: "data(label)", "font-size": size, width: size, height: size, "background-color": colour("--seal"), "text-wrap": "wrap", "text-max-width": size * 10, "text-valign": "bottom", "text-margin-y": 4 } },
    { selector: "node.leading", style: { "font-size": size * 3, "text-max-width": size * 24, width: size * 2, height: size * 2, "text-outline-width": 6, "z-index": 2 } },
    { selector: "node[!page]", style: { "background-color": colour("--faint") } },
    { selector: "edge", style: { ...font, ...halo, label: "data(label)", "font-size": size * 0.8, color: colour("--faint"), width: 1.2, "line-color": colour("--faint"), "target-arrow-color": colour("--faint"), "target-arrow-shape": "triangle", "curve-style": "bezier" } },
  ];
}
