// The page's requests to the server, and the errors that come back.
import { root } from "../root.js";
import { gettext } from "../texts.js";

const ENDPOINT = `${root}/sparql`;
const ROWS = "application/sparql-results+json";
const TURTLE = "text/turtle";
const TRIPLES = "application/n-triples";
// Characters of an address; some proxies refuse longer ones, so the query is posted instead.
const LONGEST = 6000;
const NAMES_AT_ONCE = 1000;

/** An error of the server, with the members of its problem+json. */
export class Problem extends Error {
  constructor(details) {
    super(details.detail);
    this.details = details;
  }
}

/** Send a query; return rows, a truth value or a graph, with the time it took. Throws Problem. */
export async function ask(query, graphs, signal) {
  const start = performance.now();
  const { type, text } = await stoppable([["query", query], ...graphs], `${ROWS}, ${TURTLE};q=0.9`, signal);
  const milliseconds = performance.now() - start;
  const common = { query, graphs, milliseconds, size: text.length };
  if (type.startsWith(TURTLE)) return { ...common, kind: "graph", turtle: text };
  const body = JSON.parse(text);
  if ("boolean" in body) return { ...common, kind: "truth", truth: body.boolean };
  return { ...common, kind: "rows", names: body.head.vars, rows: body.results.bindings };
}

/** Return the server's explanation of an empty result, or null. */
export async function explain({ query, graphs }, signal) {
  const { text } = await stoppable([["query", query], ...graphs, ["explain-empty", "true"]], ROWS, signal);
  return JSON.parse(text).explanation ?? null;
}

/** Run the query again and return its rows with the evidence of each. */
export async function evidence({ query, graphs }) {
  const { text } = await send([["query", query], ...graphs, ["evidence", "true"]], ROWS);
  const body = JSON.parse(text);
  return { rows: body.results.bindings, evidence: body.evidence };
}

/** Return a graph as N-Triples. */
export async function graph({ query, graphs }) {
  return (await send([["query", query], ...graphs], TRIPLES)).text;
}

/** Return the names of IRIs: { iri: { label, name, page } }. */
export async function names(iris) {
  const parts = [];
  for (let at = 0; at < iris.length; at += NAMES_AT_ONCE) parts.push(iris.slice(at, at + NAMES_AT_ONCE));
  const body = await Promise.all(parts.map((part) => json(`${ENDPOINT}/names`, part.map((iri) => ["iri", iri]))));
  return Object.assign({}, ...body);
}

/** Ask where the nodes of a graph are to stand: { labels, edges, form }. */
export function layout(graph) {
  return posted(`${root}/network/layout`, graph);
}

/** Return the query as a program in each language: [{ name, code }]. */
export async function snippets({ query, graphs }) {
  return (await json(`${ENDPOINT}/snippets`, [["query", query], ...graphs])).snippets;
}

/** Return the prefixes and terms that the editor completes. */
export function terms() {
  return json(`${ENDPOINT}/terms`, []);
}

/** Search for things by name. */
export function search(words) {
  return json(`${root}/search`, [["q", words], ["format", "json"], ["limit", "12"]]);
}

/** Have the places of results laid out as a "map", or their dates as a "timeline": { html, … }. */
export function drawing(kind, body) {
  return posted(`${ENDPOINT}/${kind}`, body);
}

async function posted(path, body) {
  const headers = { Accept: "application/json", "Content-Type": "application/json" };
  const response = await fetch(path, { method: "POST", body: JSON.stringify(body), headers });
  return JSON.parse((await received(response)).text);
}

/** Return the address of the query page with a query, or of its results in a format. */
export function address({ query, graphs }, format = "") {
  return `${ENDPOINT}?${new URLSearchParams([["query", query], ...graphs, ...(format ? [["format", format]] : [])])}`;
}

/** Return the address of the rows as a table with labels; `cited` adds the sentences of each. */
export function table({ query }, format, cited) {
  return `${ENDPOINT}/table?${new URLSearchParams([["query", query], ["format", format], ...(cited ? [["evidence", "true"]] : [])])}`;
}

async function json(path, fields) {
  return JSON.parse((await send(fields, "application/json", undefined, path)).text);
}

/** Send a query with a handle; an abort also stops it on the server. */
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
  // The page has the same address: a cached JSON response must not be shown by the Back button.
  const cache = path === ENDPOINT ? "no-store" : "default";
  const answer = await fetch(posted || !fields.length ? path : `${path}?${encoded}`, {
    method: posted ? "POST" : "GET",
    body: posted ? encoded : undefined,
    headers: { Accept: accept, ...headers },
    cache,
    signal,
  });
  return received(answer);
}

/** Return what a response holds; throw what it says went wrong. */
async function received(answer) {
  const text = await answer.text();
  const type = answer.headers.get("Content-Type") ?? "";
  if (answer.ok) return { type, text };
  throw new Problem(type.startsWith("application/problem+json") ? JSON.parse(text) : unknown(answer, text));
}

function unknown(answer, text) {
  return { title: answer.statusText, status: answer.status, detail: text.trim() || gettext("the server answered %(status)s", { status: answer.status }) };
}
