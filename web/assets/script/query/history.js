// The queries run in this browser, stored only there.

const KEY = "aide-memoire.queries";
const MOST = 50;

/** Return past queries, the latest first: [{ query, at, said }]; `said` is the stored summary of the result. */
export function past(storage) {
  try {
    const stored = JSON.parse(storage.getItem(KEY) ?? "[]");
    return Array.isArray(stored) ? stored.filter((entry) => typeof entry?.query === "string") : [];
  } catch {
    return [];
  }
}

/** Store a query with a summary of its result; a query run before moves to the front. */
export function remember(storage, query, at, summary) {
  const others = past(storage).filter((entry) => entry.query !== query);
  store(storage, [{ query, at, said: summary }, ...others].slice(0, MOST));
}

/** Forget all of them. */
export function forget(storage) {
  store(storage, []);
}

/** Name a query: its first comment, else its first words. */
export function heading(query) {
  const first = query.trim().split("\n")[0];
  if (first.startsWith("#")) return first.replace(/^#+\s*/, "");
  const words = query.replace(/^\s*(?:PREFIX\s+\S*\s*<[^>]*>\s*|BASE\s*<[^>]*>\s*)*/i, "").split(/\s+/).join(" ");
  return words.length > 90 ? `${words.slice(0, 89)}…` : words;
}

function store(storage, queries) {
  try {
    storage.setItem(KEY, JSON.stringify(queries));
  } catch {
    // Storage is full or forbidden: the page works without history.
  }
}
