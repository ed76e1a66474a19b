// What the reader has chosen, kept in the address so that it can be passed on.

export function read() {
  const given = new URLSearchParams(location.search);
  const set = (name) => new Set(given.getAll(name));
  return {
    focus: [...set("focus")],
    relations: set("relation"),
    hidden: set("hide"),
    muted: set("without"),
    only: given.get("only") ?? "",
    layout: ["sides", "spread"].find((name) => name === given.get("layout")) ?? "",
  };
}

/** Write a choice as the parameters of an address; what is not chosen is left out. */
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

/** Keep what is chosen in the address; after a step of the reader's, so that it can be taken back. */
export function keep(state, step) {
  const address = `/network?${parameters(state)}`;
  if (address === location.pathname + location.search) return;
  history[step ? "pushState" : "replaceState"](null, "", address);
}
