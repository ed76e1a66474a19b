// What the server knows of the ties around things, and its way into the drawing.

/** Ask for the ties around some things, by some relations or all. */
export async function load(focus, relations = []) {
  const query = new URLSearchParams([...focus.map((slug) => ["focus", slug]), ...[...relations].map((name) => ["relation", name])]);
  const answer = await fetch(`/network.json?${query}`);
  if (!answer.ok) throw new Error(`the server answered ${answer.status}`);
  return answer.json();
}

/** Add to the drawing what is not in it yet; how many ties there are by each relation is as the server counts. */
export function add({ graph, relations }, found) {
  const fresh = (id) => graph.getElementById(id).empty();
  graph.add(found.nodes.filter((node) => fresh(node.id)).map((data) => ({ group: "nodes", data: { name: data.label, ...data } })));
  const edges = found.edges.map((edge) => ({ id: `${edge.source} ${edge.property} ${edge.target}`, ...edge }));
  graph.add(edges.filter((edge) => fresh(edge.id)).map((data) => ({ group: "edges", data })));
  for (const slug of found.focus) graph.getElementById(slug).addClass("focus");
  for (const relation of found.relations) relations.set(relation.name, relation);
}
