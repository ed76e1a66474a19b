// The network explorer: ties drawn with cytoscape, opened further thing by thing, kept in the address.
import cytoscape from "cytoscape";
import { complete } from "./complete.js";
import { arrange } from "./layouts.js";
import { add, count, load } from "./loading.js";
import { looks } from "./looks.js";
import { keep, parameters, read } from "./state.js";
import { card, list, make, middle, question, table, together, uncover } from "./words.js";

const WIDE = 3;
// So many ties of a thing can have their names beside them; the table has all.
const TOLD = 24;

const find = (selector) => document.querySelector(selector);
const stage = find("#graph");
complete(find("#add"));
if (stage) start();

async function start() {
  const state = read();
  const relations = new Map();
  let found;
  try {
    found = await load(state.focus, state.relations);
  } catch {
    // The drawing and the table that came with the page remain.
    return;
  }
  stage.hidden = false;
  find("#still").remove();
  for (const part of [find(".tools"), find(".side")]) part.hidden = false;
  find(".explorer").classList.add("live");
  find(".relations").classList.add("live");
  const legend = find(".legend");
  // Before cytoscape's own listener: the page scrolls over the drawing, and only Ctrl and the wheel zoom.
  stage.addEventListener("wheel", (event) => {
    if (!event.ctrlKey && !event.metaKey) event.stopImmediatePropagation();
  }, { capture: true });
  const graph = cytoscape({ container: stage, style: looks(legend), minZoom: 0.15, maxZoom: 4, boxSelectionEnabled: false });
  find("#explorer").graph = graph;
  const view = { state, relations, graph, legend };
  add(view, found);
  for (const relation of found.relations) count(relations, relation);
  wire(view);
  refresh(view);
}

/** Show what the choices leave: in the drawing, the lists, the table and the address. */
function refresh(view, moving = false) {
  const { state, graph } = view;
  const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
  graph.batch(() => {
    const asked = (edge) => !state.relations.size || edge.data("relations").some((name) => state.relations.has(name));
    graph.edges().forEach((edge) => { edge.toggleClass("gone", !asked(edge)); });
    const only = graph.getElementById(state.only);
    const near = only.nonempty() ? only.closedNeighborhood().nodes() : graph.nodes();
    const off = (node) => !near.contains(node) || state.hidden.has(node.id()) || state.muted.has(node.data("group"));
    graph.nodes().forEach((node) => { node.toggleClass("gone", off(node) && !node.hasClass("focus")); });
    graph.edges().not(".gone").forEach((edge) => { edge.toggleClass("gone", edge.connectedNodes(".gone").nonempty()); });
    const tied = (node) => node.hasClass("focus") || node.connectedEdges().not(".gone").nonempty();
    graph.nodes().not(".gone").forEach((node) => { node.toggleClass("gone", !tied(node)); });
  });
  const layout = state.layout || (state.focus.length > WIDE ? "spread" : "sides");
  find("[data-act=layout]").value = layout;
  find("[data-act=all]").hidden = !(state.hidden.size || state.muted.size || state.only);
  arrange(graph, layout, moving && !still);
  list(find("#nodes"), graph, view.legend);
  together(graph, find(".shared"));
  table(graph);
  kinds(view);
  ties(view);
  middle(graph, state, (other) => `/network?${parameters(other)}`);
  question(find("#question"), state, view.relations);
  keep(state, moving);
  view.renew?.();
}

/** Let each kind of thing in the legend be shown or not. */
function kinds({ legend, state, graph }) {
  for (const row of legend.children) {
    const group = row.dataset.group;
    const number = graph.nodes().filter((node) => node.data("group") === group).length;
    row.hidden = !number;
    row.querySelector("input").checked = !state.muted.has(group);
    row.querySelector(".count").textContent = number;
  }
}

/** Offer the relations of all that was loaded. */
function ties({ relations, state }) {
  const fieldset = find(".relations fieldset");
  for (const relation of relations.values()) {
    let box = fieldset.querySelector(`input[value="${CSS.escape(relation.name)}"]`);
    if (!box) {
      box = make("input", { type: "checkbox", name: "relation", value: relation.name });
      const wider = relation.wider ? [" ", make("span", { class: "by" }, "and narrower")] : [];
      fieldset.append(make("label", {}, box, ` ${relation.label}`, ...wider, " ", make("span", { class: "count" })));
    }
    box.checked = state.relations.has(relation.name);
    box.parentElement.querySelector(".count").textContent = `${relation.count}${relation.more ? "+" : ""}`;
  }
  find(".relations summary .count").textContent = relations.size;
}

function wire(view) {
  const { state, graph, legend } = view;
  const things = find("#nodes");
  const reach = () => (things.querySelector(":checked") ?? things.querySelector("input"))?.focus();
  const place = find(".chosen");
  const tell = (words) => { find(".said").textContent = words; };

  const choose = (id) => {
    graph.elements().unselect().removeClass("near told");
    const node = graph.getElementById(id);
    node.select();
    const edges = node.connectedEdges().addClass("near");
    edges.toggleClass("told", edges.not(".gone").length <= TOLD);
    const box = things.querySelector(`input[value="${CSS.escape(id)}"]`);
    if (box) box.checked = true;
    if (box) uncover(things, box.parentElement);
    card(place, node, actions, choose);
  };
  const leave = () => {
    graph.elements().unselect().removeClass("near told");
    for (const box of things.querySelectorAll(":checked")) box.checked = false;
    card(place, null);
  };
  view.renew = () => {
    const [node] = graph.nodes(":selected");
    if (node?.hasClass("gone")) leave();
    else if (node) card(place, node, actions, choose);
  };
  const actions = (node) => ({
    ...(node.hasClass("focus") ? {} : { "Expand": () => expand(node), "Hide": () => hide(node) }),
    "Only its neighbours": () => {
      state.only = node.id();
      refresh(view, true);
      choose(node.id());
    },
  });
  const hide = (node) => {
    state.hidden.add(node.id());
    if (state.only === node.id()) state.only = "";
    leave();
    refresh(view, true);
    tell(`${node.data("label")} is hidden`);
    reach();
  };
  const expand = async (node) => {
    tell(`Loading what ${node.data("label")} is tied to…`);
    try {
      const found = await load([node.id()], state.relations);
      const before = graph.nodes().length;
      add(view, found);
      for (const relation of found.relations) count(view.relations, relation);
      state.focus.push(node.id());
      state.only = "";
      refresh(view, true);
      choose(node.id());
      tell(`${graph.nodes().length - before} things more`);
    } catch (failure) {
      tell(`Nothing could be loaded: ${failure.message}`);
    }
  };

  graph.on("tap", "node", (event) => choose(event.target.id()));
  graph.on("dbltap", "node", (event) => { if (!event.target.hasClass("focus")) expand(event.target); });
  graph.on("tap", (event) => { if (event.target === graph) leave(); });
  things.addEventListener("change", ({ target }) => choose(target.value));
  things.addEventListener("keydown", (event) => {
    if (event.key !== "Enter") return;
    choose(event.target.value);
    place.querySelector("button")?.focus();
    event.preventDefault();
  });
  for (const row of legend.children) enable(row, (shown) => {
    state.muted[shown ? "delete" : "add"](row.dataset.group);
    refresh(view, true);
  });
  find(".relations").addEventListener("change", async (event) => {
    state.relations[event.target.checked ? "add" : "delete"](event.target.value);
    try {
      add(view, await load(state.focus, state.relations));
    } catch (failure) {
      tell(`Only what was loaded before is shown: ${failure.message}`);
    }
    refresh(view, true);
    tell(`${find("#ties").textContent}`);
  });
  find(".tools").addEventListener("click", ({ target }) => {
    const act = target.dataset.act;
    if (act === "in") zoom(graph, 1.3);
    if (act === "out") zoom(graph, 1 / 1.3);
    if (act === "fit") graph.fit(graph.elements().not(".gone"), 12);
    if (act === "all") {
      state.hidden.clear();
      state.muted.clear();
      state.only = "";
      refresh(view, true);
      reach();
    }
  });
  find("[data-act=layout]").addEventListener("change", ({ target }) => {
    state.layout = target.value;
    refresh(view, true);
  });
  find(".add").addEventListener("submit", (event) => {
    event.preventDefault();
    const query = parameters(state);
    query.set("find", find("#add").value);
    location.assign(`/network?${query}`);
  });
  addEventListener("popstate", () => back(view, tell));
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => graph.style(looks(legend)));
  new ResizeObserver(() => { graph.resize(); }).observe(stage);
}

/** Show what the address says, once the reader went back or forward. */
async function back(view, tell) {
  const { state, graph, relations } = view;
  const wanted = read();
  if (`${parameters(wanted)}` === `${parameters(state)}`) return;
  try {
    const found = await load(wanted.focus, wanted.relations);
    Object.assign(state, wanted);
    graph.elements().remove();
    relations.clear();
    add(view, found);
    for (const relation of found.relations) count(relations, relation);
    refresh(view);
    tell("");
  } catch (failure) {
    tell(`Nothing could be loaded: ${failure.message}`);
  }
}

/** Put a box to tick before the name of a kind. */
function enable(row, act) {
  const box = make("input", { type: "checkbox" });
  const label = make("label", {}, box, ...row.childNodes, " ", make("span", { class: "count" }));
  box.addEventListener("change", () => act(box.checked));
  row.replaceChildren(label);
}

function zoom(graph, factor) {
  graph.zoom({ level: graph.zoom() * factor, renderedPosition: { x: graph.width() / 2, y: graph.height() / 2 } });
}
