// The network of an answer: its graph, laid out by the server and drawn as the network of any page is.
import { html, svg } from "../../elements.js";
import { draw, drawing, point } from "../../network/drawing.js";
import { hear } from "../../network/pointing.js";
import { movable } from "../../network/view.js";
import { choice, link, zoomButtons } from "../controls.js";
import * as endpoint from "../endpoint.js";
import { degrees, joined, merged, numbered } from "./ties.js";
import { formatted, gettext, ngettext, withElements } from "../../texts.js";

const [LEADING, MOST_LINKS, NARROW] = [12, 24, 600];
const HINT = gettext("Choose a dot, or a thing by its name, to see what it is linked to. A larger drawing has more names; the table holds every link in words.");

/** Fill a panel with the network of rows between two columns. */
export async function network(panel, rows, ends) {
  const view = { rows, ends: { ...ends }, form: "", pinned: null, status: html("p", { class: "by", role: "status" }, HINT), below: html("div"), things: html("select") };
  const canvas = html("div", { class: "canvas" });
  view.chart = drawing(canvas, gettext("Network of the answer; the table holds the same in words"), () => svg("circle", { class: "shape", r: 1 }));
  const acts = movable(view.chart);
  canvas.append(zoomButtons(acts));
  view.whole = acts.whole;
  view.things.addEventListener("change", () => pin(view, view.things.value || null));
  hear(view.chart, () => view.pinned, { chosen: (id, event) => open(view, id, event) });
  panel.append(tools(view, ends), canvas, view.status, view.below);
  new ResizeObserver(() => { if (canvas.clientWidth && form(canvas) !== view.form) show(view, canvas); }).observe(canvas);
  view.show = () => show(view, canvas);
}

const form = (canvas) => (canvas.clientWidth < NARROW ? "narrow" : "wide");

/** Have the server lay out the rows between the columns chosen, and draw them. */
async function show(view, canvas) {
  const { chart } = view;
  const moving = Boolean(chart.layout);
  view.form = form(canvas);
  view.graph = joined(view.rows, view.ends);
  const { graph } = view;
  try {
    const placed = await endpoint.layout(numbered(graph, view.form));
    if (graph !== view.graph) return;
    const nodes = graph.nodes.map((node, at) => ({ ...node, ...placed.nodes[at] }));
    draw(chart, { ...placed, name: "spread", headings: [], lines: merged(graph.lines) }, nodes, moving);
    view.whole();
    view.pinned = null;
    view.degrees = degrees(graph);
    view.things.replaceChildren(html("option", { value: "" }, gettext("a thing")), ...named(graph.nodes));
    view.status.replaceChildren(HINT);
    view.below.replaceChildren(...leading(view));
  } catch (problem) {
    view.status.replaceChildren(gettext("The network cannot be drawn: %(reason)s", { reason: problem.message }));
  }
}

function tools(view, ends) {
  const turn = (end) => (column) => { view.ends[end] = column; view.show(); };
  const columns = ends.columns?.length > 2 ? [choice(gettext("From"), ends.columns, ends.from, turn("from")), choice(gettext("to"), ends.columns, ends.to, turn("to"))] : [];
  return html("p", { class: "row tools" }, columns, html("label", { class: "choice" }, `${gettext("Point out")} `, view.things));
}

/** Hold a thing pointed out, and say what it is linked to; nothing for null. */
function pin(view, id) {
  view.pinned = id;
  point(view.chart, id);
  view.things.value = id ?? "";
  view.status.replaceChildren(...(id === null ? [HINT] : about(view.graph, id)));
}

/** Open the page of a thing; a finger first learns what a dot is, and opens it by the line below. */
function open(view, id, { pointerType }) {
  const page = view.chart.nodes.get(id)?.node.page;
  if (pointerType === "touch" || !page) pin(view, id);
  else location.assign(page);
}

function named(nodes) {
  const sorted = [...nodes].sort((a, b) => a.label.localeCompare(b.label, "en"));
  return sorted.map(({ id, label }) => html("option", { value: id }, label));
}

function about({ nodes, lines }, id) {
  const by = new Map(nodes.map((node) => [node.id, node]));
  const ends = lines.filter(({ source, target }) => source === id || target === id).map(({ source, target, label }) => {
    const other = by.get(source === id ? target : source);
    return [link(other.page, other.label), label && ` (${label})`];
  });
  const more = ends.length > MOST_LINKS ? ` ${gettext("and %(count)s more", { count: formatted(ends.length - MOST_LINKS) })}` : "";
  const node = by.get(id);
  const text = ngettext("%(thing)s has %(num)s link: %(ends)s", "%(thing)s has %(num)s links: %(ends)s", ends.length);
  const listed = ends.slice(0, MOST_LINKS).flatMap((end, at) => [at ? gettext(", ") : "", end]);
  return withElements(text, { thing: link(node.page, node.label), ends: [listed, more] }).flat(4);
}

function leading(view) {
  const { graph: { nodes, left }, degrees: count, chart } = view;
  const back = () => point(chart, view.pinned);
  const items = [...nodes].sort((a, b) => count.get(b.id) - count.get(a.id)).slice(0, LEADING).map(({ id, label, page }) => {
    const seen = { onfocus: () => point(chart, id), onblur: back, onpointerenter: () => point(chart, id), onpointerleave: back };
    return html("li", {}, link(page, label, seen), ` ${count.get(id)}`);
  });
  const most = nodes.length > LEADING ? gettext("The %(shown)s with the most links, of %(total)s:", { shown: LEADING, total: nodes.length }) : gettext("With the most links:");
  return [
    left ? html("p", { class: "by" }, gettext("The first %(shown)s things; rows left out: %(left)s.", { shown: nodes.length, left: formatted(left) })) : "",
    html("p", { class: "by" }, most), html("ul", { class: "inline" }, items),
  ];
}
