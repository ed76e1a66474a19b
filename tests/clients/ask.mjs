// Asks queries with Comunica. Standard input: on each line JSON with `engine` (a package), `query`,
// `sources` and `redirect` (canonical base, local base). Standard output: for each a line of JSON,
// with SPARQL results and the URLs that were requested, or with what went wrong as `error`.
import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';

for await (const line of createInterface({ input: process.stdin })) {
  const answer = await ask(JSON.parse(line)).catch((error) => ({ error: error.stack }));
  process.stdout.write(`${JSON.stringify(answer)}\n`);
}

async function ask({ engine: name, query, sources, redirect, lenient = false }) {
  const { QueryEngine } = await import(name);
  const requested = new Set();
  // A new engine has nothing in its caches.
  const engine = new QueryEngine();
  const httpProxyHandler = redirecting(redirect, requested);
  const answer = await engine.query(query, { sources, lenient, httpProxyHandler });
  const { data } = await engine.resultToString(answer, 'application/sparql-results+json');
  return { results: JSON.parse(await text(data)), requested: [...requested] };
}

// What the redirect of w3id.org does for clients of a public server. Nothing else leaves.
function redirecting([canonical, local], requested) {
  return {
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
}
