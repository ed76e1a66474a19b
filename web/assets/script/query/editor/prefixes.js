// Prefixes: which a query declares, which it uses without, and where to declare those that the server has.
import { PREFIXED_NAMES, nodes } from "./syntax.js";

/** Read the prefixes that a query declares: a Map from name to namespace. */
export function declared(query) {
  const pairs = nodes(query, new Set(["PrefixDecl"])).flatMap((declaration) => {
    const [name, iri] = [declaration.getChild("Pname_ns"), declaration.getChild("IriRef")];
    return name && iri ? [[query.slice(name.from, name.to - 1), query.slice(iri.from + 1, iri.to - 1)]] : [];
  });
  return new Map(pairs);
}

/** Return the line that declares a prefix and where to insert it, or null if it is declared. */
export function declaration(query, name, namespace) {
  if (declared(query).has(name)) return null;
  const line = `PREFIX ${name}: <${namespace}>`;
  const last = nodes(query, new Set(["PrefixDecl", "BaseDecl"])).findLast((node) => node.getChild("IriRef"));
  if (last) return { from: last.getChild("IriRef").to, insert: `\n${line}` };
  // Below the comments at the top: they introduce the query to its reader.
  const from = /^(?:\s|#.*)*/.exec(query)[0].length;
  return { from, insert: `${line}\n` };
}

/** List the names whose prefix is not declared, each prefix once: { name, from, to }. */
export function undeclared(query) {
  const present = declared(query);
  const absent = new Map();
  for (const { from, to, parent } of nodes(query, PREFIXED_NAMES)) {
    const name = query.slice(from, query.indexOf(":", from));
    if (parent.name !== "PrefixDecl" && !present.has(name) && !absent.has(name)) absent.set(name, { name, from, to });
  }
  return [...absent.values()];
}

/** List the undeclared names whose namespace the server has, each prefix once: { name, from, to }. */
export function missing(query, prefixes) {
  return undeclared(query).filter(({ name }) => Object.hasOwn(prefixes, name));
}

/** Declare them all, as one step that can be undone. */
export function declare(view, prefixes) {
  const query = view.state.doc.toString();
  const places = missing(query, prefixes).map(({ name }) => declaration(query, name, prefixes[name]));
  if (places.length) view.dispatch({ changes: places, userEvent: "input.complete" });
}
