// Things and what joins them, as a graph to move about in. Cytoscape comes only when this is opened.
import { html } from "../elements.js";
import { choice, link } from "./controls.js";
import { drawing } from "./drawing.js";
import { joined } from "./ties.js";
import { zoomButtons } from "./zoom.js";

const STEP = 1.3;
const [LEADING, TOLD] = [12, 24];
const HINT = "Choose a dot, or a thing by its name, to see what it is linked to. A larger drawing has more names; the table holds every link in words.";

/** Fill a panel with the network of rows between two columns. */
export async function network(panel, rows, ends) {
  const canvas = html("div", { class: "canvas" }, zoomButtons({ larger: () => drawn.zoom(STEP), smaller: () => drawn.zoom(1 / STEP), whole: () => drawn.whole() }));
  const [told, below, things] = [html("p", { class: "by", role: "status" }, HINT), html("div"), html("select")];
  const state = { ...ends };
  let drawn = null;
  const { default: cytoscape } = await library(panel);
  const say = (id) => {
    things.value = id ?? "";
    told.replaceChildren(...about(id === null ? null : drawn.graph.getElementById(id)));
  };
  const draw = () => {
    const found = joined(rows, state);
    drawn?.destroy();
    drawn = drawing(cytoscape, canvas, found, say);
    things.replaceChildren(html("option", { value: "" }, "a thing"), ...named(found.nodes));
    told.replaceChildren(HINT);
    below.replaceChildren(...leading(drawn, found));
  };
  things.addEventListener("change", () => { drawn.pin(things.value || null); });
  panel.append(tools(ends, state, draw, things), canvas, told, below);
  draw();
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => drawn.redraw());
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

function tools(ends, state, draw, things) {
  const turn = (end) => (column) => { state[end] = column; draw(); };
  const columns = ends.columns?.length > 2 ? [choice("From", ends.columns, ends.from, turn("from")), choice("to", ends.columns, ends.to, turn("to"))] : [];
  return html("p", { class: "row tools" }, columns, html("label", { class: "choice" }, "Point out ", things));
}

function named(nodes) {
  const sorted = [...nodes].sort((a, b) => a.data.label.localeCompare(b.data.label, "en"));
  return sorted.map(({ data }) => html("option", { value: data.id }, data.label));
}

function about(node) {
  if (!node?.nonempty()) return [HINT];
  const ends = node.connectedEdges().map((edge) => {
    const other = edge.source().same(node) ? edge.target() : edge.source();
    return [link(other.data("page"), other.data("label")), edge.data("label") && ` (${edge.data("label")})`];
  });
  const more = ends.length > TOLD ? `, and ${ends.length - TOLD} more` : "";
  return [link(node.data("page"), node.data("label")), ` has ${links(ends.length)}: `, ends.slice(0, TOLD).flatMap((end, at) => [at ? ", " : "", end]), more].flat(3);
}

function links(number) {
  return `${number.toLocaleString("en")} link${number === 1 ? "" : "s"}`;
}

function leading(drawn, { nodes, left }) {
  const items = drawn.ranked.slice(0, LEADING).map((node) => {
    const seen = { onfocus: () => drawn.turn(node.id()), onblur: () => drawn.turn(null), onpointerenter: () => drawn.turn(node.id()), onpointerleave: () => drawn.turn(null) };
    return html("li", {}, link(node.data("page"), node.data("label"), seen), ` ${node.degree()}`);
  });
  const most = nodes.length > LEADING ? `The ${LEADING} with the most links, of ${nodes.length}:` : "With the most links:";
  return [
    left ? html("p", { class: "by" }, `The first ${nodes.length} things; rows left out: ${left.toLocaleString("en")}.`) : "",
    html("p", { class: "by" }, most), html("ul", { class: "inline" }, items),
  ];
}
