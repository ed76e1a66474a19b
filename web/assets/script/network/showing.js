// What the choices leave: in the drawing, the lists, the table and the address.
import { html } from "../elements.js";
import { renew } from "./choosing.js";
import { arrange } from "./layouts.js";
import { middle, together } from "./middle.js";
import { question } from "./question.js";
import { keep } from "./state.js";
import { list, table } from "./words.js";

// Around more things than this their relations are no order any more.
const SIDES = 3;

const find = (selector) => document.querySelector(selector);

/** Show what the choices leave; `moving` is for a step of the reader's. */
export function refresh(view, moving = false) {
  const { state, graph, legend, relations } = view;
  graph.batch(() => narrow(graph, state));
  draw(graph, state, moving);
  list(find("#nodes"), graph, legend);
  together(graph, find(".shared"));
  table(graph);
  kinds(view);
  ties(view);
  middle(graph, state);
  question(find("#question"), state, relations);
  keep(state, moving);
  renew(view);
}

/** Leave out what is not chosen, and then what nothing ties to the rest. */
function narrow(graph, state) {
  const asked = (edge) => !state.relations.size || edge.data("relations").some((name) => state.relations.has(name));
  graph.edges().forEach((edge) => { edge.toggleClass("gone", !asked(edge)); });
  const only = graph.getElementById(state.only);
  const near = only.nonempty() ? only.closedNeighborhood().nodes() : graph.nodes();
  const off = (node) => !near.contains(node) || state.hidden.has(node.id()) || state.muted.has(node.data("group"));
  graph.nodes().forEach((node) => { node.toggleClass("gone", off(node) && !node.hasClass("focus")); });
  graph.edges().not(".gone").forEach((edge) => { edge.toggleClass("gone", edge.connectedNodes(".gone").nonempty()); });
  const tied = (node) => node.hasClass("focus") || node.connectedEdges().not(".gone").nonempty();
  graph.nodes().not(".gone").forEach((node) => { node.toggleClass("gone", !tied(node)); });
}

function draw(graph, state, moving) {
  const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
  const layout = state.layout || (state.focus.length > SIDES ? "spread" : "sides");
  find("[data-act=layout]").value = layout;
  find("[data-act=all]").hidden = !(state.hidden.size || state.muted.size || state.only);
  arrange(graph, layout, moving && !still);
}

/** Let each kind of thing in the legend be shown or not. */
function kinds({ legend, state, graph }) {
  for (const row of legend.children) {
    const { group } = row.dataset;
    const number = graph.nodes().filter((node) => node.data("group") === group).length;
    row.hidden = !number;
    row.querySelector("input").checked = !state.muted.has(group);
    row.querySelector(".count").textContent = number;
  }
}

/** Offer the relations of all that was loaded. */
function ties({ relations, state }) {
  const fieldset = find(".relations fieldset");
  for (const relation of relations.values()) {
    const known = fieldset.querySelector(`input[value="${CSS.escape(relation.name)}"]`);
    const box = known ?? offer(fieldset, relation);
    box.checked = state.relations.has(relation.name);
    box.parentElement.querySelector(".count").textContent = `${relation.count}${relation.more ? "+" : ""}`;
  }
  find(".relations summary .count").textContent = relations.size;
}

function offer(fieldset, { name, label, wider }) {
  const box = html("input", { type: "checkbox", name: "relation", value: name });
  const narrower = wider ? [" ", html("span", { class: "by" }, "and narrower")] : [];
  fieldset.append(html("label", {}, box, ` ${label}`, narrower, " ", html("span", { class: "count" })));
  return box;
}
