// The queries asked in this browser, kept in it alone.

const KEY = "aide-memoire.queries";
const MOST = 50;

/** Return past queries, the last first: [{ query, at, said }]. */
export function past(storage) {
  try {
    const found = JSON.parse(storage.getItem(KEY) ?? "[]");
    return Array.isArray(found) ? found.filter((one) => typeof one?.query === "string") : [];
  } catch {
    return [];
  }
}

/** Remember a query with what came of it; one asked before moves to the front. */
export function remember(storage, query, at, said) {
  const others = past(storage).filter((one) => one.query !== query);
  keep(storage, [{ query, at, said }, ...others].slice(0, MOST));
}

/** Forget all of them. */
export function forget(storage) {
  keep(storage, []);
}

/** Name a query: its first comment, else its first words. */
export function heading(query) {
  const first = query.trim().split("\n")[0];
  if (first.startsWith("#")) return first.replace(/^#+\s*/, "");
  const words = query.replace(/^\s*(?:PREFIX\s+\S*\s*<[^>]*>\s*|BASE\s*<[^>]*>\s*)*/i, "").split(/\s+/).join(" ");
  return words.length > 90 ? `${words.slice(0, 89)}…` : words;
}

function keep(storage, queries) {
  try {
    storage.setItem(KEY, JSON.stringify(queries));
  } catch {
    // Full or forbidden: a query is then not remembered.
  }
}
