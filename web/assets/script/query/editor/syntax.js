// The parse tree of a query, complete or not, from the grammar that also colours the editor.
// Node names are those of https://github.com/aatauil/codemirror-lang-sparql, close to those of
// https://www.w3.org/TR/sparql11-query/#sparqlGrammar
import { SparqlLanguage } from "codemirror-lang-sparql";

/** Prefixed names: with a local part, and with none. */
export const PREFIXED_NAMES = new Set(["Pname_ln", "Pname_ns"]);
/** The keywords that begin a query. */
export const QUERY_FORMS = new Set(["SELECT", "ASK", "CONSTRUCT", "DESCRIBE"]);

/** Parse a query: a Lezer tree, with error nodes where the grammar cannot read the text. */
export function parse(query) {
  return SparqlLanguage.parser.parse(query);
}

/** List the nodes that have one of the names, as written; none from a string that is still open. */
export function nodes(query, names) {
  const tree = parse(query);
  const end = openString(tree, query);
  const matches = [];
  tree.iterate({
    enter: (node) => {
      if (names.has(node.name) && node.from < end) matches.push(node.node);
    },
  });
  return matches;
}

/** List the variables of a query, each once, as they are first written. */
export function variables(query) {
  return [...new Set(nodes(query, new Set(["Var"])).map(({ from, to }) => query.slice(from, to)))];
}

/** Return where a string begins that is still open at the end of a text, or Infinity. */
export function openString(tree, text) {
  // The grammar has no node for an open string. One with a single quote ends with its line, so that only the
  // last line can hold it; one with three begins as an empty string with a third quote behind.
  const line = Math.max(text.lastIndexOf("\n"), text.lastIndexOf("\r")) + 1;
  let start = Infinity;
  tree.iterate({
    enter: ({ name, type, from, to, node }) => {
      const long = name === "String" && to - from === 2 && text[to] === text[from];
      const short = type.isError && !node.firstChild && from >= line && /^["']/.test(text.slice(from, to));
      if (long || short) start = Math.min(start, from);
    },
  });
  return start;
}
