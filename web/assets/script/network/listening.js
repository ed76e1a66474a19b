// Where the reader acts: in the drawing, the list, the card, the legend, the relations and the tools.
import { html } from "../elements.js";
import { all, back, expand, hide, mute, only, relate } from "./acting.js";
import { choose, leave } from "./choosing.js";
import { looks } from "./looks.js";
import { refresh } from "./showing.js";
import { parameters } from "./state.js";

const CARD = { expand, hide, only };
const TOOLS = {
  in: ({ graph }) => zoom(graph, 1.3),
  out: ({ graph }) => zoom(graph, 1 / 1.3),
  fit: ({ graph }) => graph.fit(graph.elements().not(".gone"), 12),
  all,
};

const find = (selector) => document.querySelector(selector);

/** Let the reader act on a network that is drawn. */
export function listen(view) {
  const { graph, legend } = view;
  inDrawing(view);
  inList(view, find("#nodes"));
  find(".chosen").addEventListener("click", (event) => inCard(view, event));
  for (const row of legend.children) enable(row, (shown) => mute(view, row.dataset.group, shown));
  find(".relations").addEventListener("change", ({ target }) => relate(view, target.value, target.checked));
  find(".tools").addEventListener("click", ({ target }) => TOOLS[target.dataset.act]?.(view));
  find("[data-act=layout]").addEventListener("change", ({ target }) => {
    view.state.layout = target.value;
    refresh(view, true);
  });
  find(".add").addEventListener("submit", (event) => inForm(view, event));
  addEventListener("popstate", () => back(view));
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => graph.style(looks(legend)));
  new ResizeObserver(() => { graph.resize(); }).observe(graph.container());
}

function inDrawing(view) {
  const { graph } = view;
  graph.on("tap", "node", ({ target }) => choose(view, target.id()));
  graph.on("dbltap", "node", ({ target }) => { if (!target.hasClass("focus")) expand(view, target); });
  graph.on("tap", ({ target }) => { if (target === graph) leave(view); });
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
  const [node] = view.graph.nodes(":selected");
  if (act && node) CARD[act](view, node);
  if (to) choose(view, to);
}

/** Go on with what is chosen and one thing more. */
function inForm({ state }, event) {
  event.preventDefault();
  const query = parameters(state);
  query.set("find", find("#add").value);
  location.assign(`/network?${query}`);
}

/** Put a box to tick before the name of a kind. */
function enable(row, act) {
  const box = html("input", { type: "checkbox", onchange: () => act(box.checked) });
  row.replaceChildren(html("label", {}, box, [...row.childNodes], " ", html("span", { class: "count" })));
}

function zoom(graph, factor) {
  graph.zoom({ level: graph.zoom() * factor, renderedPosition: { x: graph.width() / 2, y: graph.height() / 2 } });
}
