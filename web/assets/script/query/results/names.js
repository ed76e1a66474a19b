// What IRIs are called on this site, asked for once each.
import * as endpoint from "../endpoint.js";

// Beyond so many, IRIs are shown as they are.
const MOST = 20_000;

const known = new Map();

/** Learn the names of the IRIs in rows; without the server's help they stay as they are. */
export async function learn(rows) {
  const fresh = new Set();
  for (const row of rows) {
    for (const term of Object.values(row)) if (term.type === "uri" && !known.has(term.value)) fresh.add(term.value);
    if (fresh.size >= MOST) break;
  }
  const found = fresh.size ? await endpoint.names([...fresh]).catch(() => ({})) : {};
  for (const [iri, name] of Object.entries(found)) known.set(iri, name);
}

/** Return the label, short name and page of an IRI. */
export function name(iri) {
  return known.get(iri) ?? { label: iri, name: iri, page: /^https?:/.test(iri) ? iri : "" };
}

/** Write a term in words, for a label or to sort and filter by. */
export function words(term) {
  if (!term) return "";
  if (term.type === "uri") return name(term.value).label;
  if (term.type === "bnode") return `_:${term.value}`;
  return typeof term.value === "string" ? term.value : JSON.stringify(term.value);
}
