// The network explorer: ties drawn with cytoscape, opened further thing by thing, kept in the address.
import cytoscape from "cytoscape";
import { listen } from "./listening.js";
import { add, load } from "./loading.js";
import { looks } from "./looks.js";
import { refresh } from "./showing.js";
import { read } from "./state.js";

const find = (selector) => document.querySelector(selector);
const stage = find("#graph");
if (stage) start();

async function start() {
  const state = read();
  let found;
  try {
    found = await load(state.focus, state.relations);
  } catch {
    // The drawing and the table that came with the page remain.
    return;
  }
  uncover();
  const legend = find(".legend");
  const graph = cytoscape({ container: stage, style: looks(legend), minZoom: 0.15, maxZoom: 4, boxSelectionEnabled: false });
  const view = { state, graph, legend, relations: new Map() };
  find("#explorer").graph = graph;
  add(view, found);
  listen(view);
  refresh(view);
}

/** Let the explorer take the place of the drawing that came with the page. */
function uncover() {
  find("#still").remove();
  for (const part of [stage, find(".tools"), find(".side")]) part.hidden = false;
  for (const part of [find(".explorer"), find(".relations")]) part.classList.add("live");
  // Before cytoscape's own listener: the page scrolls over the drawing, and only Ctrl and the wheel zoom.
  stage.addEventListener("wheel", (event) => {
    if (!event.ctrlKey && !event.metaKey) event.stopImmediatePropagation();
  }, { capture: true });
}
