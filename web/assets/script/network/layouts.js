// Where things stand. Nothing starts at random: the same network is always drawn the same.
import { width as measure } from "../elements.js";

const NARROW = 600;
// In a narrow drawing a name has two lines of this width; the list has it whole.
const ROOM = 100;
const FONT = "12px system-ui, sans-serif";
const [LOW, HIGH] = [380, 1100];
// Of the two columns: how far they are from the middle and bow out, the room of a name, and of a row.
const SLIM = { reach: 54, bulge: 6, room: 112, step: 36 };
const BROAD = { reach: 110, bulge: 70, room: 250, step: 30 };

/** Arrange what is shown; `layout` is sides or spread. */
export function arrange(graph, layout, moving) {
  const shown = graph.elements().not(".gone");
  const nodes = shown.nodes();
  if (!nodes.length) return;
  nodes.removeData("side room");
  const narrow = graph.width() < NARROW;
  const name = (node) => (narrow && !node.hasClass("focus") ? cut(node.data("label")) : node.data("label"));
  nodes.forEach((node) => { node.data({ name: name(node), own: narrow ? 92 : 150 }); });
  if (layout === "sides") {
    const places = sides(graph, nodes);
    shown.layout({ name: "preset", positions: (node) => places.get(node.id()), fit: false, animate: false }).run();
  } else spread(shown, nodes);
  fit(graph, layout);
  show(graph, moving);
}

/** Cut a name to two lines. */
function cut(label) {
  const lines = [""];
  for (const word of label.split(" ")) {
    const longer = `${lines.at(-1)} ${word}`.trim();
    if (!lines.at(-1) || measure(longer, FONT) < ROOM) lines[lines.length - 1] = longer;
    else if (lines.length < 2) lines.push(word);
    else return `${lines.join("\n")}…`;
  }
  return lines.join("\n");
}

/** Let two columns have the height that they need: on a telephone no more than leaves room to scroll. */
function fit(graph, layout) {
  const box = graph.elements().not(".gone").boundingBox();
  const scale = Math.min(1, (graph.width() - 24) / box.w);
  const most = matchMedia("(hover: hover) and (pointer: fine)").matches ? HIGH : 0.7 * innerHeight;
  const height = Math.min(most, Math.max(LOW, box.h * scale + 40));
  graph.container().style.height = layout === "sides" ? `${Math.round(height)}px` : "";
  graph.resize();
}

/** Bring everything into view, but never so small that it cannot be read: then the middle of it. */
function show(graph, moving = false) {
  const shown = graph.elements().not(".gone");
  const box = shown.boundingBox();
  const least = graph.width() < NARROW ? within(0.7, (graph.width() - 8) / box.w, 0.8) : 0.6;
  const fits = Math.min((graph.width() - 24) / box.w, (graph.height() - 24) / box.h, 1.4);
  const zoom = Math.max(fits, least);
  const focus = shown.nodes(".focus");
  const at = fits >= least ? box : (focus.nonempty() ? focus : shown).boundingBox();
  const middle = { x: (at.x1 + at.x2) / 2, y: (at.y1 + at.y2) / 2 };
  const pan = { x: graph.width() / 2 - zoom * middle.x, y: graph.height() / 2 - zoom * middle.y };
  if (fits < least && box.w * zoom <= graph.width()) pan.x = graph.width() / 2 - zoom * (box.x1 + box.x2) / 2;
  graph.stop();
  if (moving) graph.animate({ zoom, pan, duration: 200 });
  else graph.viewport({ zoom, pan });
}

const within = (least, value, most) => Math.max(least, Math.min(value, most));

/** Put neighbours on either side of the middle, together by relation, as without script. */
function sides(graph, nodes) {
  const form = graph.width() < NARROW ? SLIM : BROAD;
  const focus = nodes.filter(".focus");
  const columns = halved(neighbours(nodes, focus));
  const height = Math.max(columns[0].length, columns[1].length, 4 * focus.length) * form.step;
  const places = new Map();
  columns.forEach((rows, side) => rows.forEach((node, row) => {
    node.data({ side: side ? "start" : "end", room: form.room });
    const y = (row + 0.5 - rows.length / 2) * form.step;
    places.set(node.id(), { x: (side ? 1 : -1) * bowed(y, height, form), y });
  }));
  focus.forEach((node, at) => { places.set(node.id(), { x: 0, y: ((at + 0.5) / focus.length - 0.5) * height }); });
  return places;
}

/** Say how far from the middle a place of a column is: farthest at half its height. */
function bowed(y, height, { reach, bulge }) {
  return reach + bulge * Math.sqrt(Math.max(0, 1 - (2 * y / height) ** 2));
}

/** Share what is at the same height evenly among two columns, with what has the same relation together. */
function halved(found) {
  const bands = new Map();
  for (const [node, at, relation] of found) {
    if (!bands.has(at)) bands.set(at, new Map());
    const band = bands.get(at);
    band.set(relation, [...(band.get(relation) ?? []), node]);
  }
  const columns = [[], []];
  for (const at of [...bands.keys()].sort((a, b) => a - b)) {
    const rows = [...bands.get(at).values()].flat();
    const half = Math.ceil(rows.length / 2);
    columns[0].push(...rows.slice(0, half));
    columns[1].push(...rows.slice(half));
  }
  return columns;
}

/** List what is not in the middle with the mean place there of what it is tied to, and by which relation. */
function neighbours(nodes, focus) {
  const order = new Map(focus.map((node, at) => [node.id(), at]));
  return nodes.not(".focus").map((node) => {
    const ties = node.connectedEdges().not(".gone").filter((edge) => order.has(edge.source().id()) || order.has(edge.target().id()));
    const ends = new Set(ties.map((edge) => order.get((edge.source().same(node) ? edge.target() : edge.source()).id())));
    const mean = ends.size ? [...ends].reduce((sum, at) => sum + at, 0) / ends.size : 0;
    const tie = ties[0];
    return [node, mean, tie ? `${tie.data("property")} ${tie.source().same(node)}` : ""];
  });
}

/** Let ties pull together and things push apart, starting from a circle; what is higher than wide is turned. */
function spread(shown, nodes) {
  nodes.forEach((node, at) => {
    const angle = 2 * Math.PI * at / nodes.length;
    const far = node.hasClass("focus") ? 60 : 320;
    node.position({ x: far * Math.cos(angle), y: far * Math.sin(angle) });
  });
  shown.layout({
    name: "cose", randomize: false, animate: false, fit: false, nodeRepulsion: () => 40000, idealEdgeLength: () => 120,
    gravity: 0.4, numIter: 1000, nodeDimensionsIncludeLabels: true,
  }).run();
  const box = nodes.boundingBox({ includeLabels: false });
  if (box.h > box.w) nodes.positions((node) => ({ x: node.position("y") * 1.2, y: node.position("x") }));
}
