// The rows of an answer as things and the links between them.
import { name, words } from "./names.js";

// More than this is no drawing any more.
const MOST = 400;

/** Join what stands in two columns of rows: { nodes, edges, left }; `left` counts the rows left out. */
export function joined(rows, { from, to, relation }) {
  const [nodes, edges] = [new Map(), new Map()];
  let left = 0;
  for (const row of rows) {
    const [start, end] = [row[from], row[to]];
    if (!start || !end || start.type === "literal" || end.type === "literal") continue;
    const fresh = new Set([start, end].filter(({ value }) => !nodes.has(value)));
    if (nodes.size + fresh.size > MOST) {
      left += 1;
      continue;
    }
    for (const term of fresh) nodes.set(term.value, { data: { id: term.value, label: words(term), page: term.type === "uri" ? name(term.value).page : "" } });
    const label = relation && row[relation] ? words(row[relation]) : "";
    const id = `${start.value} ${end.value} ${label}`;
    edges.set(id, { data: { id, source: start.value, target: end.value, label } });
  }
  return { nodes: circled([...nodes.values()]), edges: told([...edges.values()]), left };
}

/** Put things on a circle to begin with: the layout then comes out the same each time. */
function circled(nodes) {
  return nodes.map((node, at) => {
    const turn = (at * 2 * Math.PI) / nodes.length;
    return { ...node, position: { x: 400 * Math.cos(turn), y: 220 * Math.sin(turn) } };
  });
}

/** Leave out the labels of links if all have the same: that says nothing. */
function told(edges) {
  if (new Set(edges.map(({ data }) => data.label)).size > 1) return edges;
  return edges.map(({ data }) => ({ data: { ...data, label: "" } }));
}
