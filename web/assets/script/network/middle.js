// What is in the middle, in words: its names, and what ties several things there together.
import { html } from "../elements.js";
import { parameters } from "./state.js";
import { link, seen } from "./words.js";

/** Name what is in the middle, in the heading and as a list. */
export function middle(graph, state) {
  const nodes = state.focus.map((slug) => graph.getElementById(slug)).filter((node) => node.nonempty());
  const names = new Intl.ListFormat("en-GB", { type: "conjunction" }).format(nodes.map((node) => node.data("label")));
  document.querySelector("h1").textContent = `Around ${names}`;
  document.title = `Network around ${names} · Aide-Mémoire`;
  document.querySelector(".around").replaceChildren(...nodes.map((node) => html("li", {}, link(node), drop(node, state))));
}

/** Link to the network without a thing; there is none without the last. */
function drop(node, state) {
  const rest = { ...state, focus: state.focus.filter((slug) => slug !== node.id()) };
  if (!rest.focus.length) return null;
  return [" ", html("a", { class: "drop", href: `/network?${parameters(rest)}`, "aria-label": `leave out ${node.data("label")}` }, "×")];
}

/** Say what ties the things in the middle together: ties among them, and what they share. */
export function together(graph, place) {
  const ties = seen(graph.edges());
  const rows = [...direct(ties), ...shared(graph, ties)];
  place.hidden = graph.nodes(".focus").length < 2;
  place.querySelector("ul").replaceChildren(...rows);
  place.querySelector(".none").hidden = rows.length > 0;
  const way = place.querySelector(".between");
  if (way) way.hidden = rows.length > 0 || !between(graph, way.dataset.between.split(" "));
}

function direct(ties) {
  const among = ties.filter((edge) => inside(edge.source()) && inside(edge.target()));
  return among.map((edge) => html("li", {}, link(edge.source()), " ", by(edge.data("label")), " ", link(edge.target())));
}

function shared(graph, ties) {
  const found = graph.nodes().not(".gone").not(".focus").map((node) => held(node, ties));
  const several = found.filter(({ ends }) => ends > 1).sort((a, b) => b.ends - a.ends);
  return several.map(({ node, parts }) => html("li", {}, link(node),
    parts.map(([label, end], at) => [at ? "; " : ": ", by(label), " ", link(end)])));
}

/** Tell by what a thing is tied to how many in the middle. */
function held(node, ties) {
  const own = ties.filter((edge) => (edge.source().same(node) && inside(edge.target())) || (edge.target().same(node) && inside(edge.source())));
  const parts = own.map((edge) => (edge.source().same(node) ? [edge.data("label"), edge.target()] : [edge.data("inverse"), edge.source()]));
  return { node, parts, ends: new Set(parts.map(([, end]) => end.id())).size };
}

/** Tell whether these two, and nothing else, are in the middle. */
function between(graph, slugs) {
  const ends = graph.nodes(".focus").map((node) => node.id());
  return ends.length === 2 && slugs.every((slug) => ends.includes(slug));
}

const inside = (node) => node.hasClass("focus");

const by = (label) => html("span", { class: "by" }, label);
