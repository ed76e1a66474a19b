// A network drawn: dots and lines by Cytoscape, names over them as text that keeps its size.
import { html } from "../elements.js";
import { naming } from "./naming.js";
import { hear, pointing } from "./pointing.js";
import { spread } from "./spreading.js";

const LAYOUT = {
  name: "cose", animate: false, randomize: false, fit: false,
  idealEdgeLength: () => 55, nodeRepulsion: () => 6000, componentSpacing: 20, nodeOverlap: 20, gravity: 4,
};
// Of more things than this, each is drawn smaller, and so it is where there is less room.
const [CROWD, NARROW] = [60, 600];
// How much of a step nearer goes into room between things, not into their size.
const NEARER = 0.8;
// What stays free around the dots, for names and buttons, in pixels.
const MARGIN = { left: 40, top: 20, right: 75, bottom: 40 };

/** Draw { nodes, edges } in a place: { graph, ranked, turn, pin, zoom, whole, redraw, destroy }. `pinned` is told which thing is held. */
export function drawing(cytoscape, place, { nodes, edges }, pinned) {
  const stage = html("div", { class: "graph", role: "img", "aria-label": `Network of ${nodes.length} things and ${edges.length} links; the table holds the same in words` });
  const over = html("div", { class: "names", "aria-hidden": "true" });
  place.prepend(stage, over);
  // Before Cytoscape's own listener: the page scrolls over the drawing, and only Ctrl and the wheel zoom.
  stage.addEventListener("wheel", (event) => {
    if (!event.ctrlKey && !event.metaKey) event.stopImmediatePropagation();
  }, { capture: true });
  const graph = cytoscape({ container: stage, elements: [...nodes, ...edges], style: looks(stage, nodes.length), minZoom: 0.5, maxZoom: 6 });
  graph.layout(LAYOUT).run();
  const ranked = graph.nodes().sort((a, b) => b.degree() - a.degree());
  const name = naming(graph, over, ranked);
  const arrange = arranging(graph, stage, name);
  const watch = new ResizeObserver(arrange);
  watch.observe(stage);
  graph.on("viewport position", name);
  // What is looked at from nearer gets apart, not larger.
  graph.on("zoom", () => graph.style().update());
  return {
    graph, ranked, ...hear(graph, stage, pointing(graph, name), pinned),
    zoom: (by) => graph.zoom({ level: graph.zoom() * by, renderedPosition: { x: stage.clientWidth / 2, y: stage.clientHeight / 2 } }),
    whole: arrange,
    redraw: () => graph.style(looks(stage, nodes.length)),
    destroy: () => { watch.disconnect(); graph.destroy(); stage.remove(); over.remove(); },
  };
}

/** Return what spreads things over all of the stage, whatever the room that the layout took. */
function arranging(graph, stage, name) {
  const home = graph.nodes().map((node) => [node.position("x"), node.position("y")]);
  return () => {
    const [width, height] = [stage.clientWidth, stage.clientHeight];
    if (!width || !height) return;
    const places = spread(home, { left: MARGIN.left, top: MARGIN.top, right: width - MARGIN.right, bottom: height - MARGIN.bottom });
    graph.resize();
    graph.batch(() => graph.nodes().forEach((node, at) => { node.position({ x: places[at][0], y: places[at][1] }); }));
    graph.viewport({ zoom: 1, pan: { x: 0, y: 0 } });
    name();
  };
}

function looks(stage, count) {
  const own = getComputedStyle(stage);
  const [ink, faint, sheet, seal] = ["--ink", "--faint", "--sheet", "--seal"].map((token) => own.getPropertyValue(token).trim());
  const crowd = count > CROWD;
  const [least, most] = crowd ? (stage.clientWidth < NARROW ? [5, 14] : [7, 20]) : [12, 20];
  const near = (size) => (one) => size / one.cy().zoom() ** NEARER;
  const size = (node) => near(Math.min(most, least + Math.sqrt(node.degree()) * 2 - 2))(node);
  return [
    { selector: "node", style: { width: size, height: size, "background-color": seal } },
    { selector: "node[!page]", style: { "background-color": faint } },
    { selector: "edge", style: { width: near(crowd ? 0.7 : 1.2), "line-color": faint, "target-arrow-color": faint, "target-arrow-shape": crowd ? "none" : "triangle", "arrow-scale": 0.8, "curve-style": "bezier", opacity: crowd ? 0.6 : 1 } },
    { selector: "edge.told", style: { label: "data(label)", "font-family": "system-ui, sans-serif", "font-size": near(11), color: ink, "text-background-color": sheet, "text-background-opacity": 0.85, "text-background-padding": 1 } },
    { selector: ".far", style: { opacity: 0.15 } },
    { selector: "edge.near", style: { opacity: 1, "line-color": seal, "target-arrow-color": seal, "target-arrow-shape": "triangle", width: near(1.4) } },
    { selector: "node.hot", style: { "border-width": 3, "border-color": ink } },
  ];
}
