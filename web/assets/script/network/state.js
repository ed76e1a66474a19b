// What the reader has chosen, kept in the address so that it can be passed on.
import { root } from "../root.js";

/** Read the choices from the address. */
export function read(search = location.search) {
  const parameters = new URLSearchParams(search);
  const set = (name) => new Set(parameters.getAll(name));
  return {
    focus: [...set("focus")],
    relations: set("relation"),
    hidden: set("hide"),
    muted: set("without"),
    only: parameters.get("only") ?? "",
    layout: ["sides", "spread"].find((name) => name === parameters.get("layout")) ?? "",
  };
}

/** Copy the choices, so that a change of them can be given up. */
export function copy(state) {
  return { ...state, focus: [...state.focus], relations: new Set(state.relations), hidden: new Set(state.hidden), muted: new Set(state.muted) };
}

/** Write the choices as the parameters of an address; what is not chosen is left out. */
export function parameters(state) {
  return new URLSearchParams([
    ...state.focus.map((slug) => ["focus", slug]),
    ...[...state.relations].map((name) => ["relation", name]),
    ...[...state.hidden].map((slug) => ["hide", slug]),
    ...[...state.muted].map((group) => ["without", group]),
    ...(state.only ? [["only", state.only]] : []),
    ...(state.layout ? [["layout", state.layout]] : []),
  ]);
}

/** Keep the choices in the address, so that the step can be taken back. */
export function keep(state) {
  const address = `${root}/network?${parameters(state)}`;
  if (address !== location.pathname + location.search) history.pushState(null, "", address);
}
