// What the reader does to the network: each step is laid out by the server, and can be taken back.
import { choose, leave, reach } from "./choosing.js";
import { load, page } from "./loading.js";
import { show } from "./showing.js";
import { copy, keep, parameters, read } from "./state.js";
import { gettext, ngettext } from "../texts.js";

/** Say in a line what came of an act. */
function announce(text) {
  document.querySelector(".status").textContent = text;
}

/** Put a thing into the middle, with what it is tied to. */
export async function expand(view, id) {
  announce(gettext("Loading what %(thing)s is tied to…", { thing: view.nodes.get(id).label }));
  const before = view.nodes.size;
  const change = (state) => { state.focus.push(id); state.only = ""; };
  if (!await step(view, change)) return;
  choose(view, id);
  announce(ngettext("%(num)s more thing", "%(num)s more things", view.nodes.size - before));
}

/** Leave a thing out. */
export async function hide(view, id) {
  const { label } = view.nodes.get(id);
  const change = (state) => { state.hidden.add(id); if (state.only === id) state.only = ""; };
  if (!await step(view, change)) return;
  leave(view);
  announce(gettext("%(thing)s is hidden", { thing: label }));
  reach();
}

/** Show a thing's neighbours alone. */
export async function only(view, id) {
  if (await step(view, (state) => { state.only = id; })) choose(view, id);
}

/** Show again all that was left out. */
export async function all(view) {
  if (await step(view, (state) => Object.assign(state, { hidden: new Set(), muted: new Set(), only: "" }))) reach();
}

/** Show things of a kind, or do not. */
export function mute(view, group, shown) {
  return step(view, ({ muted }) => muted[shown ? "delete" : "add"](group));
}

/** Show ties by a relation, or do not. */
export async function relate(view, name, shown) {
  const change = ({ relations }) => relations[shown ? "add" : "delete"](name);
  if (await step(view, change)) announce(document.querySelector("#ties").textContent);
}

/** Arrange the drawing by relation, or by what is shared. */
export function arrange(view, layout) {
  return step(view, (state) => { state.layout = layout; });
}

/** Draw the same for a narrower or a wider screen. */
export function reform(view) {
  return step(view, () => {}, false);
}

/** Show what the address says, once the reader went back or forward. */
export function back(view) {
  const wanted = read();
  if (`${parameters(wanted)}` === `${parameters(view.state)}`) return;
  return step(view, (state) => Object.assign(state, wanted), false);
}

/** Show what a change makes of the choices, unless another step is taken meanwhile; return whether it did. */
async function step(view, change, remembered = true) {
  const state = copy(view.state);
  change(state);
  view.step?.abort();
  view.step = new AbortController();
  const { signal } = view.step;
  try {
    const [data, words] = await Promise.all([load(state, view.form(), signal), page(state, signal)]);
    view.state = state;
    announce("");
    show(view, data, words);
    if (remembered) keep(state);
    return true;
  } catch (failure) {
    if (signal.aborted) return false;
    show(view, view.data);
    announce(gettext("Nothing could be loaded: %(reason)s", { reason: failure.message }));
    return false;
  }
}
