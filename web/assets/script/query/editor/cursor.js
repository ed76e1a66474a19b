// What may stand at the end of a query that breaks off: completion asks for it with the text before the word.
import { QUERY_FORMS, openString, parse } from "./syntax.js";

const TYPE = new Set(["a", "rdf:type", "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>"]);
const VERB = /^Verb(?:Path|Simple)?$/;
const TERMS = new Set(["Pname_ln", "Pname_ns", "IriRef", "A_predicate", "Var"]);
// By the innermost node in which the text breaks off; an expression may stand in any other.
const PARTS = {
  GroupGraphPattern: "subject",
  ConstructTemplate: "subject",
  InlineDataOneVar: "subject",
  TriplesSameSubject: "predicate",
  TriplesSameSubjectPath: "predicate",
  Path: "predicate",
  PropertyListNotEmpty: "predicate",
  PropertyListPathNotEmpty: "predicate",
  BlankNodePropertyList: "predicate",
  BlankNodePropertyListPath: "predicate",
  ObjectList: "object",
  ObjectListPath: "object",
  InlineDataFull: "object",
  Filter: "expression",
  Bind: "expression",
  SubSelect: "expression",
};

/**
 * Return what may stand at the end of a text: { part, property }.
 * `part` is "prefix", "start", "subject", "predicate", "object", "class" or "expression"; "" inside a string or
 * comment. `property` is the predicate, as written, whose object may stand there; "" elsewhere.
 */
export function expectedAtEnd(text) {
  const { tree, stop, last, comment, form } = readEnd(text);
  if (comment || openString(tree, text) < Infinity) return { part: "", property: "" };
  if (last?.name === "PREFIX") return { part: "prefix", property: "" };
  if (!form) return { part: "start", property: "" };
  // A semicolon may end a property list, so the tree has no error inside the list.
  if (last.name === ";" && /^PropertyList/.test(last.parent.name)) return { part: "predicate", property: "" };
  return expectedIn(stop, text);
}

/** Read the end of a tree: the error there, the last token, whether a comment is open, whether a query has begun. */
function readEnd(text) {
  const tree = parse(text);
  const end = { tree, stop: null, last: null, comment: false, form: false };
  tree.iterate({
    enter: (node) => {
      const { name, from, to } = node;
      if (QUERY_FORMS.has(name)) end.form = true;
      if (name === "Comment") end.comment = to === text.length && !/[\r\n]$/.test(text);
      // Only the first error at the end is where the parser stopped: it then closes what is around.
      else if (node.type.isError && from === text.length) end.stop ??= node.node;
      else if (!node.type.isError && from < to) end.last = node.node;
    },
  });
  return end;
}

function expectedIn(stop, text) {
  const part = partIn(stop);
  if (part !== "object") return { part, property: "" };
  const property = propertyBefore(stop, text);
  return TYPE.has(property) && followsVerb(stop) ? { part: "class", property: "" } : { part, property };
}

function partIn(stop) {
  if (stop && followsVerb(stop)) return "object";
  let node = stop;
  while (node && !PARTS[node.name]) node = node.parent;
  return PARTS[node?.name] ?? "expression";
}

function followsVerb(node) {
  let before = node.prevSibling;
  while (before?.name === "Comment") before = before.prevSibling;
  return VERB.test(before?.name ?? "");
}

/** Return the property of the innermost list of objects; of a path, its last step. */
function propertyBefore(stop, text) {
  for (let node = stop; node; node = node.prevSibling ?? node.parent) {
    if (VERB.test(node.name)) return lastTerm(node, text);
  }
  return "";
}

function lastTerm(verb, text) {
  let term = "";
  verb.cursor().iterate(({ name, from, to }) => {
    if (TERMS.has(name)) term = text.slice(from, to);
  });
  return term;
}
