// The thing that is chosen: in the drawing, in the list, and told of on a card.
import { html } from "../elements.js";
import { link, seen, tongue, uncover } from "./words.js";

// So many ties of a thing can have their names beside them; the table has all.
const TOLD = 24;
// What can be done with a thing, by the names that acting.js knows it by.
const MIDDLE = { only: "Only its neighbours" };
const ACTS = { expand: "Expand", hide: "Hide", ...MIDDLE };

const things = document.querySelector("#nodes");
const place = document.querySelector(".chosen");

/** Choose a thing, by its id. */
export function choose({ graph }, id) {
  clear(graph);
  const node = graph.getElementById(id);
  node.select();
  const edges = node.connectedEdges().addClass("near");
  edges.toggleClass("told", edges.not(".gone").length <= TOLD);
  const box = things.querySelector(`input[value="${CSS.escape(id)}"]`);
  if (box) box.checked = true;
  if (box) uncover(things, box.parentElement);
  tell(node);
}

/** Choose nothing. */
export function leave({ graph }) {
  clear(graph);
  for (const box of things.querySelectorAll(":checked")) box.checked = false;
  place.replaceChildren();
}

/** Tell of the chosen thing anew when other things are shown, or leave it if it is not among them. */
export function renew(view) {
  const [node] = view.graph.nodes(":selected");
  if (node?.hasClass("gone")) leave(view);
  else if (node) tell(node);
}

/** Lead the keyboard to the list of things. */
export function reach() {
  (things.querySelector(":checked") ?? things.querySelector("input"))?.focus();
}

function clear(graph) {
  graph.elements().unselect().removeClass("near told");
}

/** Tell of a thing: its kinds, what can be done with it, what it is tied to. */
function tell(node) {
  const acts = Object.entries(node.hasClass("focus") ? MIDDLE : ACTS);
  place.replaceChildren(
    html("h3", {}, link(node)),
    html("p", { class: "by" }, node.data("kinds").join(", ")),
    html("p", {}, acts.map(([act, label]) => html("button", { type: "button", class: "quiet", "data-act": act }, label))),
    html("ul", {}, seen(node.connectedEdges()).map((edge) => tie(node, edge))),
  );
}

function tie(node, edge) {
  const out = edge.source().same(node);
  const other = out ? edge.target() : edge.source();
  return html("li", {}, html("span", { class: "by" }, out ? edge.data("label") : edge.data("inverse")), " ",
    html("button", { type: "button", class: "to", "data-to": other.id(), ...tongue(other) }, other.data("label")));
}
