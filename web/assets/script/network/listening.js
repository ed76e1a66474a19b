// Where the reader acts: in the drawing, the list, the card, the legend, the relations and the tools.
import { html } from "../elements.js";
import { root } from "../root.js";
import { all, arrange, back, expand, hide, mute, only, reform, relate } from "./acting.js";
import { choose, leave } from "./choosing.js";
import { hear } from "./pointing.js";
import { parameters } from "./state.js";

const CARD = { expand, hide, only };

const find = (selector) => document.querySelector(selector);

/** Let the reader act on a network that is drawn. */
export function listen(view) {
  const { legend, acts } = view;
  const tools = { in: acts.larger, out: acts.smaller, fit: acts.whole, all: () => all(view) };
  hear(view.chart, () => view.chosen ?? null, {
    chosen: (id) => (id === null ? leave(view) : choose(view, id)),
    opened: (id) => { if (!view.focus.has(id)) expand(view, id); },
  });
  inList(view, find("#nodes"));
  find(".chosen").addEventListener("click", (event) => inCard(view, event));
  for (const row of legend.children) enable(row, (shown) => mute(view, row.dataset.group, shown));
  find(".relations").addEventListener("change", ({ target }) => relate(view, target.value, target.checked));
  find(".tools").addEventListener("click", ({ target }) => tools[target.dataset.act]?.());
  find("[data-act=layout]").addEventListener("change", ({ target }) => arrange(view, target.value));
  find(".add").addEventListener("submit", (event) => inForm(view, event));
  addEventListener("popstate", () => back(view));
  inForms(view);
}

/** Lay out anew once the drawing becomes too narrow for its form, or wide enough for another. */
function inForms(view) {
  let form = view.form();
  new ResizeObserver(() => {
    if (view.form() === form) return;
    form = view.form();
    reform(view);
  }).observe(find(".stage"));
}

function inList(view, things) {
  things.addEventListener("change", ({ target }) => choose(view, target.value));
  things.addEventListener("keydown", (event) => {
    if (event.key !== "Enter") return;
    choose(view, event.target.value);
    find(".chosen button")?.focus();
    event.preventDefault();
  });
}

/** Do with the chosen thing what a button says, or choose the other end of a tie. */
function inCard(view, { target }) {
  const { act, to } = target.dataset;
  if (act && view.chosen) CARD[act](view, view.chosen);
  if (to) choose(view, to);
}

/** Go on with what is chosen and one thing more. */
function inForm({ state }, event) {
  event.preventDefault();
  const query = parameters(state);
  query.set("find", find("#add").value);
  location.assign(`${root}/network?${query}`);
}

/** Put a box to tick before the name of a kind. */
function enable(row, act) {
  const box = html("input", { type: "checkbox", onchange: () => act(box.checked) });
  row.replaceChildren(html("label", {}, box, [...row.childNodes], " ", html("span", { class: "count" })));
}
