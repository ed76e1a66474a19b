// The rows of an answer as a graph: things, and the links between them.
import { name, words } from "./names.js";

// The server lays out no more nodes than this (web/request/bounds.py), nor more edges: further ones are drawn all the same.
const [MOST, LAID_OUT] = [400, 4000];

/** Join what stands in two columns of rows: { nodes, lines, left }; `left` counts the rows left out. */
export function joined(rows, { from, to, relation }) {
  const [nodes, lines] = [new Map(), new Map()];
  let left = 0;
  for (const row of rows) {
    const [start, end] = [row[from], row[to]];
    if (!start || !end || start.type === "literal" || end.type === "literal") continue;
    const fresh = new Set([start, end].filter(({ value }) => !nodes.has(value)));
    if (nodes.size + fresh.size > MOST) {
      left += 1;
      continue;
    }
    for (const term of fresh) nodes.set(term.value, thing(term));
    const label = relation && row[relation] ? words(row[relation]) : "";
    lines.set(`${start.value} ${end.value} ${label}`, { source: start.value, target: end.value, label, directed: true });
  }
  return { nodes: [...nodes.values()], lines: withoutCommonLabel([...lines.values()]), left };
}

function thing(term) {
  const page = term.type === "uri" ? name(term.value).page : "";
  return { id: term.value, label: words(term), page, look: page ? "linked" : "" };
}

/** Leave out the labels of links if all have the same: that says nothing. */
function withoutCommonLabel(lines) {
  if (new Set(lines.map(({ label }) => label)).size > 1) return lines;
  return lines.map((line) => ({ ...line, label: "" }));
}

/** Put the links of a pair together: one line is drawn for all. */
export function merged(lines) {
  const pairs = new Map();
  for (const { source, target, label } of lines) {
    const key = [source, target].sort().join(" ");
    const line = pairs.get(key) ?? { source, target, labels: new Set(), directed: true };
    line.directed &&= line.source === source;
    if (label) line.labels.add(label);
    pairs.set(key, line);
  }
  return [...pairs.values()].map(({ labels, ...line }) => ({ ...line, label: [...labels].join(", ") }));
}

/** Write a graph as the server lays it out: labels of nodes, edges as pairs of their numbers. */
export function numbered({ nodes, lines }, form) {
  const numbers = new Map(nodes.map(({ id }, at) => [id, at]));
  const pairs = new Map(lines.map(({ source, target }) => [`${source} ${target}`, [numbers.get(source), numbers.get(target)]]));
  return { labels: nodes.map(({ label }) => label.slice(0, 1000)), edges: [...pairs.values()].slice(0, LAID_OUT), form };
}

/** Tell by id how many links each node has. */
export function degrees({ nodes, lines }) {
  const counts = new Map(nodes.map(({ id }) => [id, 0]));
  for (const { source, target } of lines) for (const end of new Set([source, target])) counts.set(end, counts.get(end) + 1);
  return counts;
}
