// Asks a query with Comunica. Standard input: JSON with `engine` (a package), `query`, `sources`
// and `redirect` (canonical base, local base). Standard output: SPARQL results in JSON, then a
// line of JSON with the URLs that were requested.
import { text } from 'node:stream/consumers';

const { engine: name, query, sources, redirect: [canonical, local], lenient = false } =
  JSON.parse(await text(process.stdin));
const { QueryEngine } = await import(name);
const requested = new Set();

// What the redirect of w3id.org does for clients of a public server. Nothing else leaves.
const redirect = {
  async getProxy({ input, init }) {
    const url = typeof input === 'string' ? input : input.url;
    requested.add(url);
    // An endpoint that a document read by https names is asked by https: here nothing ends TLS.
    const plain = url.replace(/^https:(?=\/\/127\.0\.0\.1:)/, 'http:');
    const target = plain.startsWith(canonical) ? local + plain.slice(canonical.length) : plain;
    if (new URL(target).hostname !== '127.0.0.1') throw new Error(`${url} is not on this machine`);
    return { init, input: typeof input === 'string' ? target : new Request(target, input) };
  },
};

const engine = new QueryEngine();
const answer = await engine.query(query, { sources, lenient, httpProxyHandler: redirect });
const { data } = await engine.resultToString(answer, 'application/sparql-results+json');
const results = await text(data);
process.stdout.write(`${JSON.stringify({ results: JSON.parse(results), requested: [...requested] })}\n`);
