// The thing that is chosen: in the drawing, in the list, and told of on a card.
import { html } from "../elements.js";
import { point } from "./drawing.js";
import { link, tongue, uncover } from "./things.js";
import { gettext } from "../texts.js";

// What can be done with a thing, by the names that acting.js knows it by.
const MIDDLE = { only: gettext("Only its neighbours") };
const ACTS = { expand: gettext("Expand"), hide: gettext("Hide"), ...MIDDLE };

const things = document.querySelector("#nodes");
const place = document.querySelector(".chosen");

/** Choose a thing, by its id. */
export function choose(view, id) {
  view.chosen = id;
  point(view.chart, id);
  const box = things.querySelector(`input[value="${CSS.escape(id)}"]`);
  if (box) box.checked = true;
  if (box) uncover(things, box.parentElement);
  tell(view, view.nodes.get(id));
}

/** Choose nothing. */
export function leave(view) {
  view.chosen = null;
  point(view.chart, null);
  for (const box of things.querySelectorAll(":checked")) box.checked = false;
  place.replaceChildren();
}

/** Tell of the chosen thing anew when other things are shown, or leave it if it is not among them. */
export function renew(view) {
  if (view.nodes.has(view.chosen)) choose(view, view.chosen);
  else if (view.chosen) leave(view);
}

/** Lead the keyboard to the list of things. */
export function reach() {
  (things.querySelector(":checked") ?? things.querySelector("input"))?.focus();
}

/** Tell of a thing: its kinds, what can be done with it, what it is tied to. */
function tell(view, node) {
  const acts = Object.entries(view.focus.has(node.id) ? MIDDLE : ACTS);
  const ties = view.data.edges.filter(({ source, target }) => source === node.id || target === node.id);
  const shown = ties.map((edge) => [edge, view.nodes.get(edge.source === node.id ? edge.target : edge.source)]);
  place.replaceChildren(
    html("h3", {}, link(node)),
    html("p", { class: "by" }, node.kinds.join(", ")),
    html("p", {}, acts.map(([act, label]) => html("button", { type: "button", class: "quiet", "data-act": act }, label))),
    html("ul", {}, shown.filter(([, other]) => other).map(([edge, other]) => tie(node, edge, other))),
  );
}

function tie(node, edge, other) {
  return html("li", {}, html("span", { class: "by" }, edge.source === node.id ? edge.label : edge.inverse), " ",
    html("button", { type: "button", class: "to", "data-to": other.id, ...tongue(other) }, other.label));
}
