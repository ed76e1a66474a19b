// The things of the drawing as a list, for the keyboard and for who cannot see the drawing.
import { html } from "../elements.js";

/** Link to a thing, with what it is if it has not occurred. */
export function link(node) {
  const anchor = html("a", { href: node.page, ...tongue(node) }, node.label);
  return node.status ? [anchor, " ", html("span", { class: "mark" }, node.status)] : [anchor];
}

/** Say in which language the name of a thing is, if in another than the page. */
export function tongue(node) {
  return { lang: node.lang || null };
}

/** Fill the list of things, those in the middle first, keeping the one that is chosen. */
export function list({ nodes, focus, legend }) {
  const place = document.querySelector("#nodes");
  const chosen = place.querySelector(":checked")?.value;
  const focused = place.contains(document.activeElement);
  const last = (node) => (focus.has(node.id) ? 0 : 1);
  const sorted = [...nodes.values()].sort((a, b) => last(a) - last(b) || a.label.localeCompare(b.label));
  place.replaceChildren(...sorted.map((node) => row(node, legend, focus.has(node.id), node.id === chosen)));
  if (focused) place.querySelector(":checked")?.focus();
  document.querySelector(".side .count").textContent = sorted.length;
}

function row(node, legend, middle, chosen) {
  const sample = legend.querySelector(`[data-group="${node.group}"] svg`).cloneNode(true);
  sample.firstElementChild.classList.toggle("open", Boolean(node.status));
  const look = `kind kind-${node.group || "other"}${middle ? " middle" : ""}`;
  const box = html("input", { type: "radio", name: "node", value: node.id });
  box.checked = chosen;
  return html("label", { class: look, ...tongue(node) }, box, sample, node.label);
}

/** Scroll a list to one of its rows, and nothing but the list. */
export function uncover(place, row) {
  const hidden = row.offsetTop < place.scrollTop || row.offsetTop + row.offsetHeight > place.scrollTop + place.clientHeight;
  if (hidden) place.scrollTop = row.offsetTop - place.clientHeight / 3;
}
