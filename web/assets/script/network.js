// The network explorer: ties drawn with cytoscape, opened further thing by thing, kept in the URL.
import cytoscape from "cytoscape";

const explorer = document.getElementById("explorer");
if (explorer) start(explorer);

// Each shape with the sign that stands for it in the legend.
const SIGNS = { ellipse: "●", "round-rectangle": "■", diamond: "◆", triangle: "▲", star: "★", vee: "▼", hexagon: "⬢", pentagon: "⬟" };
const SHAPES = Object.keys(SIGNS);
const COLOURS = ["--seal", "--link", "--claim-rule", "--visited", "--faint"];

async function start(explorer) {
  const parameters = new URLSearchParams(location.search);
  const state = {
    focus: parameters.getAll("focus"),
    relations: new Set(parameters.getAll("relation")),
    hidden: new Set(parameters.getAll("hide")),
    muted: new Set(parameters.getAll("without")),
    groups: [],
  };
  const found = await load(state.focus);
  explorer.hidden = false;
  document.getElementById("still")?.remove();
  const graph = cytoscape({
    container: document.getElementById("graph"),
    style: looks(),
    minZoom: 0.2,
    maxZoom: 3,
  });
  // The page scrolls over the drawing; Ctrl and the wheel zoom it.
  graph.userZoomingEnabled(false);
  graph.container().addEventListener("wheel", (event) => {
    if (!event.ctrlKey && !event.metaKey) return;
    event.preventDefault();
    zoom(graph, event.deltaY < 0 ? 1.2 : 0.8);
  }, { passive: false });
  explorer.graph = graph;
  add(graph, state, found);
  wire(explorer, graph, state);
  refresh(graph, state);
  arrange(graph);
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => graph.style(looks()));
}

async function load(focus) {
  const query = new URLSearchParams(focus.map((slug) => ["focus", slug]));
  const answer = await fetch(`/network.json?${query}`);
  if (!answer.ok) throw new Error(`${answer.status} for the network of ${focus.join(", ")}`);
  return answer.json();
}

function add(graph, state, found) {
  for (const node of found.nodes) {
    if (!state.groups.includes(node.group)) state.groups.push(node.group);
    if (!graph.getElementById(node.id).length) graph.add({ group: "nodes", data: node });
  }
  for (const slug of found.focus) graph.getElementById(slug).addClass("focus");
  for (const edge of found.edges) {
    const id = `${edge.source} ${edge.property} ${edge.target}`;
    if (!graph.getElementById(id).length) graph.add({ group: "edges", data: { id, ...edge } });
  }
  for (const node of graph.nodes()) {
    const at = state.groups.indexOf(node.data("group"));
    node.data({ shape: SHAPES[at % SHAPES.length], tone: COLOURS[at % COLOURS.length] });
  }
}

function looks() {
  const value = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
  const [ink, faint, sheet] = ["--ink", "--faint", "--sheet"].map(value);
  return [
    { selector: "node", style: {
      label: "data(label)", shape: "data(shape)", "background-color": (node) => value(node.data("tone") ?? "--faint"),
      width: 18, height: 18, color: ink, "font-size": 12, "text-wrap": "wrap", "text-max-width": 130,
      "text-valign": "bottom", "text-margin-y": 4, "font-family": "system-ui, sans-serif",
      "text-background-color": sheet, "text-background-opacity": 0.8, "text-background-padding": 1,
    } },
    { selector: "node.focus", style: { width: 30, height: 30, "font-size": 14, "font-weight": 600 } },
    { selector: "edge", style: {
      width: 1.2, "line-color": faint, "target-arrow-color": faint, "target-arrow-shape": "triangle", "arrow-scale": 0.8,
      "curve-style": "bezier",
    } },
    { selector: "edge[!stated]", style: { "line-style": "dashed" } },
    { selector: "node:selected", style: { "border-width": 3, "border-color": ink } },
    { selector: "edge.near", style: { label: "data(label)", "font-size": 9, color: ink, "text-rotation": "autorotate", width: 2.2, "text-background-color": sheet, "text-background-opacity": 0.9 } },
    { selector: ".gone", style: { display: "none" } },
  ];
}

function arrange(graph) {
  const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
  const seen = graph.elements().not(".gone");
  // The same network is always drawn the same: things start on a circle, in their order.
  const nodes = seen.nodes();
  nodes.forEach((node, at) => {
    const angle = (2 * Math.PI * at) / nodes.length;
    const far = node.hasClass("focus") ? 60 : 320;
    node.position({ x: far * Math.cos(angle), y: far * Math.sin(angle) });
  });
  seen.layout({
    name: "cose", randomize: false, animate: false, nodeRepulsion: () => 24000, idealEdgeLength: () => 110,
    gravity: 0.6, numIter: 800, nodeDimensionsIncludeLabels: true, fit: true, padding: 24,
  }).run();
  // The drawing is wider than it is high, and so are names.
  const { width, height } = graph.container().getBoundingClientRect();
  nodes.forEach((node) => { node.position("x", node.position("x") * Math.max(1, width / height) * 1.1); });
  graph.fit(seen, 24);
  if (!still) graph.animate({ fit: { eles: seen, padding: 24 } }, { duration: 200 });
}

function zoom(graph, factor) {
  const box = graph.container().getBoundingClientRect();
  graph.zoom({ level: graph.zoom() * factor, renderedPosition: { x: box.width / 2, y: box.height / 2 } });
}

/** Show what the choices leave, in the drawing, the list, the table and the address. */
function refresh(graph, state) {
  const boxes = [...document.querySelectorAll(".relations input[type=checkbox]")];
  const some = state.relations.size > 0;
  for (const box of boxes) box.checked = !some || state.relations.has(box.value);
  graph.edges().forEach((edge) => { edge.toggleClass("gone", some && !state.relations.has(edge.data("property"))); });
  graph.nodes().forEach((node) => {
    const tied = node.hasClass("focus") || node.connectedEdges().not(".gone").length > 0;
    node.toggleClass("gone", !tied || state.hidden.has(node.id()) || (state.muted.has(node.data("group")) && !node.hasClass("focus")));
  });
  list(graph);
  legend(graph, state);
  table(graph);
  const query = new URLSearchParams([
    ...state.focus.map((slug) => ["focus", slug]),
    ...[...state.relations].map((name) => ["relation", name]),
    ...[...state.hidden].map((slug) => ["hide", slug]),
    ...[...state.muted].map((group) => ["without", group]),
  ]);
  history.replaceState(null, "", `/network?${query}`);
}

function list(graph) {
  const select = document.getElementById("node");
  const chosen = select.value;
  const nodes = graph.nodes().not(".gone").sort((a, b) => a.data("label").localeCompare(b.data("label")));
  select.replaceChildren(...nodes.map((node) => new Option(node.data("label"), node.id(), false, node.id() === chosen)));
}

function legend(graph, state) {
  const groups = state.groups.filter((group) => graph.nodes().some((node) => node.data("group") === group));
  document.querySelector(".legend").replaceChildren(...groups.map((group) => {
    const row = document.createElement("li");
    const press = document.createElement("button");
    const node = graph.nodes().filter((found) => found.data("group") === group)[0];
    press.type = "button";
    press.setAttribute("aria-pressed", String(!state.muted.has(group)));
    const sign = document.createElement("span");
    sign.textContent = SIGNS[node.data("shape")];
    sign.setAttribute("aria-hidden", "true");
    sign.style.color = `var(${node.data("tone")})`;
    press.append(sign, ` ${group ? spell(group) : "other"}`);
    press.addEventListener("click", () => {
      if (!state.muted.delete(group)) state.muted.add(group);
      refresh(graph, state);
    });
    row.append(press);
    return row;
  }));
}

const spell = (name) => name.replace(/(?<=[a-z])(?=[A-Z])/g, " ").toLowerCase();

function table(graph) {
  const body = document.querySelector("#table tbody");
  const edges = graph.edges().not(".gone").filter((edge) => !edge.source().hasClass("gone") && !edge.target().hasClass("gone"));
  body.replaceChildren(...edges.map((edge) => {
    const row = document.createElement("tr");
    row.append(cell(link(edge.source())), cell(edge.data("label"), edge.data("stated") ? "" : "inferred"), cell(link(edge.target())));
    return row;
  }));
  document.getElementById("ties").textContent = `${edges.length} ties`;
}

function cell(content, mark = "") {
  const made = document.createElement("td");
  made.append(content);
  if (mark) {
    const sign = document.createElement("span");
    sign.className = "mark";
    sign.textContent = mark;
    made.append(" ", sign);
  }
  return made;
}

function link(node) {
  const made = document.createElement("a");
  made.href = node.data("page");
  made.textContent = node.data("label");
  return made;
}

function wire(explorer, graph, state) {
  const select = document.getElementById("node");
  const tell = (words) => { explorer.querySelector(".said").textContent = words; };
  const choose = (id) => {
    graph.elements().unselect();
    graph.edges().removeClass("near");
    const node = graph.getElementById(id);
    node.select();
    node.connectedEdges().addClass("near");
    select.value = id;
    panel(explorer.querySelector(".chosen"), node, actions);
  };
  const actions = {
    expand: async (node) => {
      tell(`opening ${node.data("label")}…`);
      try {
        const before = graph.nodes().length;
        add(graph, state, await load([node.id()]));
        state.focus.push(node.id());
        refresh(graph, state);
        arrange(graph);
        choose(node.id());
        tell(`${graph.nodes().length - before} things more`);
      } catch (failure) {
        tell(`not opened: ${failure.message}`);
      }
    },
    hide: (node) => {
      state.hidden.add(node.id());
      refresh(graph, state);
      explorer.querySelector(".chosen").replaceChildren();
      select.focus();
    },
    only: (node) => {
      const kept = node.closedNeighborhood().nodes();
      graph.nodes().difference(kept).forEach((other) => { state.hidden.add(other.id()); });
      refresh(graph, state);
      graph.fit(graph.elements().not(".gone"), 24);
    },
    all: () => {
      state.hidden.clear();
      state.muted.clear();
      refresh(graph, state);
      arrange(graph);
    },
  };
  graph.on("tap", "node", (event) => choose(event.target.id()));
  select.addEventListener("change", () => choose(select.value));
  select.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && select.value) actions.expand(graph.getElementById(select.value));
  });
  for (const box of document.querySelectorAll(".relations input[type=checkbox]")) {
    box.addEventListener("change", () => {
      const boxes = [...document.querySelectorAll(".relations input[type=checkbox]")];
      const on = boxes.filter((other) => other.checked).map((other) => other.value);
      state.relations = new Set(on.length === boxes.length ? [] : on);
      refresh(graph, state);
    });
  }
  explorer.querySelector(".tools").addEventListener("click", async (event) => {
    const act = event.target.dataset?.act;
    if (act === "in") zoom(graph, 1.3);
    if (act === "out") zoom(graph, 0.77);
    if (act === "fit") graph.fit(graph.elements().not(".gone"), 24);
    if (act === "arrange") arrange(graph);
    if (act === "link") {
      await navigator.clipboard.writeText(location.href);
      tell("link copied");
    }
  });
}

function panel(place, node, actions) {
  const heading = document.createElement("h3");
  const kinds = document.createElement("p");
  heading.append(link(node));
  kinds.className = "by";
  kinds.textContent = [node.data("status"), node.data("kinds")].filter(Boolean).join(" ");
  place.replaceChildren(heading, kinds, ...[
    ["expand", "open its ties"],
    ["only", "only its neighbours"],
    ["hide", "hide"],
    ["all", "show all again"],
  ].map(([name, label]) => {
    const press = document.createElement("button");
    press.type = "button";
    press.className = "quiet";
    press.textContent = label;
    press.addEventListener("click", () => actions[name](node));
    return press;
  }));
}
