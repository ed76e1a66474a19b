// What the choices leave: the drawing and the list from JSON, the words from the page that the server writes.
import { renew } from "./choosing.js";
import { draw } from "./drawing.js";
import { list } from "./things.js";
import { whole } from "./view.js";

// The least height of columns, and the most where a mouse scrolls the page beside them, in pixels.
const [LOW, HIGH] = [240, 1100];
// What the page says in words: each part is replaced by that of the page for the new choices.
const WORDS = ["h1", ".around", ".shared", ".relations summary", ".relations fieldset", ".relations .row", ".ties"];

const find = (selector) => document.querySelector(selector);

/** Show a network that the server has laid out, with the page in words if the choices changed. */
export function show(view, data, page = null) {
  const { chart, legend } = view;
  const moving = Boolean(view.data) && !matchMedia("(prefers-reduced-motion: reduce)").matches;
  const focus = new Set(data.focus);
  const nodes = data.nodes.filter((node) => "x" in node).map((node) => ({ ...node, look: look(node, focus) }));
  Object.assign(view, { data, nodes: new Map(nodes.map((node) => [node.id, node])), focus });
  fit(chart.picture.parentElement, data.layout);
  draw(chart, { ...data.layout, lines: labelled(data) }, nodes, moving);
  whole(chart);
  list(view);
  kinds(legend, view);
  find("[data-act=layout]").value = data.layout.name;
  find("[data-act=all]").hidden = !(view.state.hidden.size || view.state.muted.size || view.state.only);
  if (page) swap(page);
  for (const box of document.querySelectorAll(".relations input[type=checkbox]")) box.checked = view.state.relations.has(box.value);
  renew(view);
}

function look({ id, group }, focus) {
  return `kind kind-${group || "other"}${focus.has(id) ? " focus" : ""}`;
}

/** Label a line by the ties that it stands for; without a choice columns have their relations above them. */
function labelled({ edges, layout }) {
  return layout.lines.map((line) => {
    const ties = edges.filter(({ source, target }) => [line.source, line.target].every((end) => end === source || end === target));
    return { ...line, label: [...new Set(ties.map(({ label }) => label))].join(", ") };
  });
}

/** Give the drawing the height that it needs: on a telephone no more than leaves room to scroll. */
function fit(stage, layout) {
  const most = matchMedia("(hover: hover) and (pointer: fine)").matches ? HIGH : 0.7 * innerHeight;
  const needed = layout.height * Math.min(1.25, stage.clientWidth / layout.width);
  stage.style.height = `${Math.round(Math.min(most, Math.max(LOW, needed)))}px`;
}

/** Let each kind of thing in the legend be shown or not. */
function kinds(legend, { data, state }) {
  for (const row of legend.children) {
    const { group } = row.dataset;
    row.hidden = !data.groups[group];
    row.querySelector("input").checked = !state.muted.has(group);
    row.querySelector(".count").textContent = data.groups[group] ?? 0;
  }
}

/** Put the words of another page in the place of those of this one; the keyboard stays where it is. */
function swap(page) {
  document.title = page.title;
  const { activeElement: focused } = document;
  const open = find(".rest")?.open;
  for (const selector of WORDS) {
    const [old, fresh] = [find(selector), page.querySelector(selector)];
    if (old && fresh) old.replaceWith(fresh);
  }
  if (open && find(".rest")) find(".rest").open = true;
  if (!focused.isConnected && focused.value) find(`.relations input[value="${CSS.escape(focused.value)}"]`)?.focus();
}
