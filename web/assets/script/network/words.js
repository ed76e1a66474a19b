// The drawing in words: the list of things and the table of ties.
import { html } from "../elements.js";

/** Link to a thing, with what it is if it has not occurred. */
export function link(node) {
  const made = html("a", { href: node.data("page"), ...tongue(node) }, node.data("label"));
  return node.data("status") ? [made, " ", html("span", { class: "mark" }, node.data("status"))] : [made];
}

/** Say in which language the name of a thing is, if in another than the page. */
export function tongue(node) {
  return { lang: node.data("lang") || null };
}

/** Fill the list of things, those in the middle first, keeping the one that is chosen. */
export function list(place, graph, legend) {
  const chosen = place.querySelector(":checked")?.value;
  const held = place.contains(document.activeElement);
  const last = (node) => (node.hasClass("focus") ? 0 : 1);
  const nodes = graph.nodes().not(".gone").sort((a, b) => last(a) - last(b) || a.data("label").localeCompare(b.data("label")));
  place.replaceChildren(...nodes.map((node) => row(node, legend, node.id() === chosen)));
  if (held) place.querySelector(":checked")?.focus();
  document.querySelector(".side .count").textContent = nodes.length;
}

function row(node, legend, chosen) {
  const group = node.data("group");
  const shape = legend.querySelector(`[data-group="${group}"] svg`).cloneNode(true);
  shape.firstElementChild.classList.toggle("open", Boolean(node.data("status")));
  const look = `kind kind-${group || "other"}${node.hasClass("focus") ? " middle" : ""}`;
  const box = html("input", { type: "radio", name: "node", value: node.id() });
  box.checked = chosen;
  return html("label", { class: look, ...tongue(node) }, box, shape, node.data("label"));
}

/** Scroll a list to one of its rows, and nothing but the list. */
export function uncover(list, row) {
  const hidden = row.offsetTop < list.scrollTop || row.offsetTop + row.offsetHeight > list.scrollTop + list.clientHeight;
  if (hidden) list.scrollTop = row.offsetTop - list.clientHeight / 3;
}

/** Fill the table of ties and the number over it. */
export function table(graph) {
  const ties = seen(graph.edges());
  document.querySelector("#table tbody").replaceChildren(...ties.map((edge) => html("tr", {},
    html("td", {}, link(edge.source())),
    html("td", {}, edge.data("about") ? html("a", { href: edge.data("about") }, edge.data("label")) : edge.data("label")),
    html("td", {}, link(edge.target())),
    html("td", {}, edge.data("support")),
  )));
  document.querySelector("#ties .total").textContent = ties.length;
}

/** Keep the ties that are drawn between things that are. */
export function seen(edges) {
  return edges.filter((edge) => edge.visible() && edge.source().visible() && edge.target().visible());
}
