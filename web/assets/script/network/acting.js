// What the reader does to the network: a thing opened further or hidden, kinds and relations narrowed, a step back.
import { choose, leave, reach } from "./choosing.js";
import { add, load } from "./loading.js";
import { refresh } from "./showing.js";
import { parameters, read } from "./state.js";

/** Say in a line what came of an act. */
function say(words) {
  document.querySelector(".said").textContent = words;
}

/** Put a thing into the middle, with what it is tied to. */
export async function expand(view, node) {
  const { state, graph } = view;
  say(`Loading what ${node.data("label")} is tied to…`);
  try {
    // All of them, so that a tie between two is counted once; it comes first, as only so many are answered.
    const found = await load([node.id(), ...state.focus], state.relations);
    const before = graph.nodes().length;
    add(view, found);
    state.focus.push(node.id());
    state.only = "";
    refresh(view, true);
    choose(view, node.id());
    say(`${graph.nodes().length - before} things more`);
  } catch (failure) {
    say(`Nothing could be loaded: ${failure.message}`);
  }
}

/** Leave a thing out. */
export function hide(view, node) {
  view.state.hidden.add(node.id());
  if (view.state.only === node.id()) view.state.only = "";
  leave(view);
  refresh(view, true);
  say(`${node.data("label")} is hidden`);
  reach();
}

/** Show a thing's neighbours alone. */
export function only(view, node) {
  view.state.only = node.id();
  refresh(view, true);
  choose(view, node.id());
}

/** Show again all that was left out. */
export function all(view) {
  view.state.hidden.clear();
  view.state.muted.clear();
  view.state.only = "";
  refresh(view, true);
  reach();
}

/** Show things of a kind, or do not. */
export function mute(view, group, shown) {
  view.state.muted[shown ? "delete" : "add"](group);
  refresh(view, true);
}

/** Show ties by a relation, or do not. */
export async function relate(view, name, shown) {
  view.state.relations[shown ? "add" : "delete"](name);
  try {
    add(view, await load(view.state.focus, view.state.relations));
  } catch (failure) {
    say(`Only what was loaded before is shown: ${failure.message}`);
  }
  refresh(view, true);
  say(document.querySelector("#ties").textContent);
}

/** Show what the address says, once the reader went back or forward. */
export async function back(view) {
  const { state, graph, relations } = view;
  const wanted = read();
  if (`${parameters(wanted)}` === `${parameters(state)}`) return;
  try {
    const found = await load(wanted.focus, wanted.relations);
    Object.assign(state, wanted);
    graph.elements().remove();
    relations.clear();
    add(view, found);
    refresh(view);
    say("");
  } catch (failure) {
    say(`Nothing could be loaded: ${failure.message}`);
  }
}
