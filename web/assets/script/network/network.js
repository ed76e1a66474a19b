// The network explorer: the drawing that came with the page, made movable and opened further thing by thing.
import { drawing } from "./drawing.js";
import { listen } from "./listening.js";
import { load } from "./loading.js";
import { show } from "./showing.js";
import { read } from "./state.js";
import { movable } from "./view.js";

// A narrower drawing has the form of a telephone.
const NARROW = 600;

const find = (selector) => document.querySelector(selector);
const stage = find("#graph");
if (stage) start();

async function start() {
  const explorer = find("#explorer");
  explorer.classList.add("live");
  const form = () => (find(".stage").clientWidth < NARROW ? "narrow" : "wide");
  const state = read();
  let data;
  try {
    data = await load(state, form());
  } catch {
    // The drawing and the table that came with the page remain.
    explorer.classList.remove("live");
    return;
  }
  uncover();
  const legend = find(".legend");
  const chart = drawing(stage, stage.dataset.label, (node) => shape(legend, node));
  const view = { state, chart, legend, form, chosen: null, data: null, acts: movable(chart) };
  listen(view);
  show(view, data);
}

/** Let the explorer take the place of the drawing that came with the page. */
function uncover() {
  find("#still").remove();
  for (const part of [stage, find(".tools"), find(".side")]) part.hidden = false;
  find(".relations").classList.add("live");
}

/** Make the shape of a node as the legend has it. */
function shape(legend, { group, status }) {
  const copy = legend.querySelector(`[data-group="${group}"] .shape`).cloneNode();
  copy.classList.toggle("open", Boolean(status));
  if (copy.tagName === "circle") copy.setAttribute("r", 0.9);
  return copy;
}
