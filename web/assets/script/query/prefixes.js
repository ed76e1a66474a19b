// Prefixes that a query uses and does not declare, as far as we know them.
import { declaration, undeclared } from "./tokens.js";

/** List the names with such a prefix, each prefix once: { name, from, to }. */
export function missing(query, prefixes) {
  return undeclared(query).filter(({ name }) => Object.hasOwn(prefixes, name));
}

/** Declare them all, as one step that can be undone. */
export function declare(view, prefixes) {
  const query = view.state.doc.toString();
  const places = missing(query, prefixes).map(({ name }) => declaration(query, name, prefixes[name]));
  if (places.length) view.dispatch({ changes: places, userEvent: "input.complete" });
}
