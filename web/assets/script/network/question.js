// The question behind the page, about what is shown now.

const THING = "https://w3id.org/aide-memoire/id/";
const TERM = "https://w3id.org/aide-memoire/ontology#";

/** Let a link to the question ask it about what is chosen. */
export function question(anchor, state, relations) {
  const query = new URL(anchor.href).searchParams.get("query");
  const where = query.replace(/\}\s*VALUES [^]*$/, "").replace(/^ {2}FILTER(\(\?other NOT IN| NOT EXISTS).*\n/gm, "");
  const asked = `${where}${without(state)}}\n${values(state, relations)}\n`;
  anchor.href = `/sparql?${new URLSearchParams({ query: asked })}`;
}

function without({ hidden, muted }) {
  const things = [...hidden].map((slug) => `<${THING}${slug}>`).join(", ");
  const kinds = [...muted].filter(Boolean).map((group) => `  FILTER NOT EXISTS { ?other a <${TERM}${group}> }\n`);
  return [things && `  FILTER(?other NOT IN (${things}))\n`, ...kinds].join("");
}

function values(state, relations) {
  const things = state.focus.map((slug) => `<${THING}${slug}>`);
  const chosen = [...state.relations].filter((name) => relations.has(name)).map((name) => `<${relations.get(name).iri}>`);
  if (!chosen.length) return `VALUES ?thing { ${things.join(" ")} }`;
  const rows = things.flatMap((thing) => chosen.map((iri) => `(${thing} ${iri})`));
  return `VALUES (?thing ?property) { ${rows.join(" ")} }`;
}
