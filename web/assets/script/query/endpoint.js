// What the page asks the server, and how it hears what went wrong.

const ENDPOINT = "/sparql";
const ROWS = "application/sparql-results+json";
const TURTLE = "text/turtle";
const TRIPLES = "application/n-triples";
// Longer addresses are not taken by every proxy between.
const LONGEST = 6000;
const NAMES_AT_ONCE = 1000;

/** What the server says went wrong: the members of its problem+json. */
export class Problem extends Error {
  constructor(told) {
    super(told.detail);
    this.told = told;
  }
}

/** Ask a query: rows, a truth or a graph, with how long it took. A Problem says why not. */
export async function ask(query, graphs, signal) {
  const start = performance.now();
  const { type, text } = await stoppable([["query", query], ...graphs], `${ROWS}, ${TURTLE};q=0.9`, signal);
  const milliseconds = performance.now() - start;
  const asked = { query, graphs, milliseconds, size: text.length };
  if (type.startsWith(TURTLE)) return { ...asked, kind: "graph", turtle: text };
  const found = JSON.parse(text);
  if ("boolean" in found) return { ...asked, kind: "truth", truth: found.boolean };
  return { ...asked, kind: "rows", names: found.head.vars, rows: found.results.bindings };
}

/** Ask why an answer is empty: the `explanation` that the server gives. */
export async function explain({ query, graphs }, signal) {
  const { text } = await stoppable([["query", query], ...graphs, ["explain-empty", "true"]], ROWS, signal);
  return JSON.parse(text).explanation ?? null;
}

/** Ask for the evidence of each row: the answer once more, with its `evidence`. */
export async function evidence({ query, graphs }) {
  const { text } = await send([["query", query], ...graphs, ["evidence", "true"]], ROWS);
  const found = JSON.parse(text);
  return { rows: found.results.bindings, evidence: found.evidence };
}

/** Ask for the triples of a graph, as N-Triples. */
export async function graph({ query, graphs }) {
  return (await send([["query", query], ...graphs], TRIPLES)).text;
}

/** Ask what IRIs are called: { iri: { label, name, page } }. */
export async function names(iris) {
  const parts = [];
  for (let at = 0; at < iris.length; at += NAMES_AT_ONCE) parts.push(iris.slice(at, at + NAMES_AT_ONCE));
  const found = await Promise.all(parts.map((part) => json(`${ENDPOINT}/names`, part.map((iri) => ["iri", iri]))));
  return Object.assign({}, ...found);
}

/** Ask where the nodes of a graph are to stand: { labels, edges, form }. */
export async function layout(graph) {
  const answer = await fetch("/network/layout", { method: "POST", headers: { Accept: "application/json", "Content-Type": "application/json" }, body: JSON.stringify(graph) });
  const text = await answer.text();
  if (answer.ok) return JSON.parse(text);
  throw new Problem(answer.headers.get("Content-Type")?.startsWith("application/problem+json") ? JSON.parse(text) : unknown(answer, text));
}

/** Ask for the query as a program in each language: [{ name, code }]. */
export async function snippets({ query, graphs }) {
  return (await json(`${ENDPOINT}/snippets`, [["query", query], ...graphs])).snippets;
}

/** Ask for prefixes and terms. */
export function terms() {
  return json(`${ENDPOINT}/terms`, []);
}

/** Ask for things by name. */
export function search(words) {
  return json("/search", [["q", words], ["format", "json"], ["limit", "12"]]);
}

/** Return the address that shows a query, or answers it in a format. */
export function address({ query, graphs }, format = "") {
  return `${ENDPOINT}?${new URLSearchParams([["query", query], ...graphs, ...(format ? [["format", format]] : [])])}`;
}

async function json(path, fields) {
  return JSON.parse((await send(fields, "application/json", undefined, path)).text);
}

/** Send a query under a handle: if the signal comes, the server is told to stop as well. */
async function stoppable(fields, accept, signal) {
  const handle = [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  const stop = () => fetch(`${ENDPOINT}/stop`, { method: "POST", body: new URLSearchParams({ handle }), keepalive: true }).catch(() => {});
  signal.addEventListener("abort", stop);
  try {
    return await send(fields, accept, signal, ENDPOINT, { "Query-Handle": handle });
  } finally {
    signal.removeEventListener("abort", stop);
  }
}

async function send(fields, accept, signal, path = ENDPOINT, headers = {}) {
  const encoded = new URLSearchParams(fields);
  const posted = encoded.toString().length > LONGEST;
  // Kept apart from the page itself, which has the same address.
  const cache = path === ENDPOINT ? "no-store" : "default";
  const answer = await fetch(posted || !fields.length ? path : `${path}?${encoded}`, {
    method: posted ? "POST" : "GET",
    body: posted ? encoded : undefined,
    headers: { Accept: accept, ...headers },
    cache,
    signal,
  });
  const text = await answer.text();
  const type = answer.headers.get("Content-Type") ?? "";
  if (answer.ok) return { type, text };
  throw new Problem(type.startsWith("application/problem+json") ? JSON.parse(text) : unknown(answer, text));
}

function unknown(answer, text) {
  return { title: answer.statusText, status: answer.status, detail: text.trim() || `the server answered ${answer.status}` };
}
