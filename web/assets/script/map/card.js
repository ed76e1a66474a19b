// A card over the map: what is at a point of it.
import { html } from "../elements.js";
import { gettext } from "../texts.js";

/** Make the card; `open(nodes, opener)` shows what is at a point, and Escape or its button close it. */
export function card(atlas) {
  const box = html("section", { class: "card-at", hidden: true, tabindex: -1, "aria-label": gettext("At this point") });
  const state = { box, opener: null };
  box.addEventListener("keydown", (event) => { if (event.key === "Escape") close(state); });
  atlas.append(box);
  return { open: (nodes, opener) => open(state, nodes, opener), close: (back) => close(state, back) };
}

function open(state, nodes, opener) {
  const { box } = state;
  state.opener?.classList.remove("chosen");
  state.opener = opener;
  opener.classList.add("chosen");
  const shut = html("button", { type: "button", class: "quiet shut", "aria-label": gettext("Close"), onclick: () => close(state) }, "×");
  box.replaceChildren(shut, ...nodes);
  box.hidden = false;
  box.focus({ preventScroll: true });
}

/** Close the card, and go back to what opened it. */
function close(state, back = true) {
  const { box, opener } = state;
  if (box.hidden) return;
  box.hidden = true;
  opener?.classList.remove("chosen");
  if (back) opener?.focus({ preventScroll: true });
  state.opener = null;
}
