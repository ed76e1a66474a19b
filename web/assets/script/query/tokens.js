// The text of a query as far as an editor must know it, complete or not: no parser, no editor.
// https://www.w3.org/TR/sparql11-query/#sparqlGrammar

const TOKEN = new RegExp(
  [
    String.raw`(?<comment>#[^\r\n]*)`,
    String.raw`(?<iri><[^<>"{}|^\x60\\\s]*>)`,
    String.raw`(?<string>"""(?:[^"\\]|\\.|"(?!""))*"""|'''(?:[^'\\]|\\.|'(?!''))*'''|"(?:[^"\\\r\n]|\\.)*"|'(?:[^'\\\r\n]|\\.)*')`,
    String.raw`(?<unclosed>"""[^]*(?![^])|'''[^]*(?![^])|["'][^\r\n]*(?![^]))`,
    String.raw`(?<variable>[?$][\p{L}\p{N}_]+)`,
    String.raw`(?<language>@[A-Za-z-]+)`,
    String.raw`(?<name>[\p{L}\p{N}_][\p{L}\p{N}_.-]*:(?:[\p{L}\p{N}_:%.-]*[\p{L}\p{N}_:%-])?|:[\p{L}\p{N}_%-]*)`,
    String.raw`(?<word>[\p{L}\p{N}_][\p{L}\p{N}_-]*)`,
    String.raw`(?<sign>\^\^|&&|\|\||[<>!]=|.)`,
  ].join("|"),
  "gsu",
);
const TYPE = new Set(["a", "rdf:type", "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>"]);
const PATH = new Set(["/", "|", "^"]);
const HEADS = new Set(["select", "ask", "construct", "describe"]);

/** Cut a query into tokens without white space: { kind, text, from }. */
export function tokens(query) {
  const found = [];
  for (const match of query.matchAll(TOKEN)) {
    const [kind] = Object.entries(match.groups).find(([, text]) => text !== undefined);
    if (kind !== "sign" || match[0].trim()) found.push({ kind, text: match[0], from: match.index });
  }
  return found;
}

/** List the variables of a query, each once, as they are first written. */
export function variables(query) {
  const found = tokens(query).filter((token) => token.kind === "variable");
  return [...new Set(found.map((token) => token.text))];
}

/** Read the prefixes that a query declares: a Map from name to namespace. */
export function declared(query) {
  const found = tokens(query).filter((token) => token.kind !== "comment");
  const pairs = found.flatMap((token, at) =>
    token.text.toLowerCase() === "prefix" && found[at + 2]?.kind === "iri" && found[at + 1].text.endsWith(":")
      ? [[found[at + 1].text.slice(0, -1), found[at + 2].text.slice(1, -1)]]
      : [],
  );
  return new Map(pairs);
}

/** Return the line that declares a prefix and where to insert it, or null if it is declared. */
export function declaration(query, name, namespace) {
  if (declared(query).has(name)) return null;
  const found = tokens(query).filter((token) => token.kind !== "comment");
  const last = found.findLastIndex((token, at) => token.kind === "iri" && /^(prefix|base)$/i.test(prologue(found, at)));
  const line = `PREFIX ${name}: <${namespace}>`;
  if (last >= 0) return { from: found[last].from + found[last].text.length, insert: `\n${line}` };
  return { from: found[0]?.from ?? query.length, insert: `${line}\n` };
}

/**
 * Say what may stand at the end of a text that breaks off:
 * "prefix", "start", "subject", "predicate", "object", "class" or "expression"; "" inside a string or comment.
 */
export function place(text) {
  const all = tokens(text);
  const end = all.at(-1);
  if (end && end.kind === "comment" && !/[\r\n]/.test(text.slice(end.from))) return "";
  if (end && end.kind === "unclosed") return "";
  const found = all.filter((token) => token.kind !== "comment");
  if (/^prefix$/i.test(found.at(-1)?.text ?? "")) return "prefix";
  if (!found.some((token) => HEADS.has(token.text.toLowerCase()))) return "start";
  const opened = open(found);
  if (opened.at(-1)?.text === "(") return inValues(found, opened.at(-1).at) ? "object" : "expression";
  if (!opened.length) return "expression";
  return inTriple(found.slice(opened.at(-1).at)).part;
}

/** Name the property whose value may stand at the end of a text that breaks off; "" elsewhere. */
export function predicate(text) {
  const found = tokens(text).filter((token) => token.kind !== "comment");
  const opened = open(found).at(-1);
  if (!opened || opened.text === "(") return "";
  const { part, property } = inTriple(found.slice(opened.at));
  return part === "object" ? property : "";
}

/** List the names whose prefix is not declared, each prefix once: { name, from, to }. */
export function undeclared(query) {
  const had = declared(query);
  const found = tokens(query);
  const names = found.filter(({ kind, text }, at) => kind === "name" && !text.startsWith("_:") && !/^prefix$/i.test(found[at - 1]?.text ?? ""));
  const missing = new Map();
  for (const { text, from } of names) {
    const name = text.slice(0, text.indexOf(":"));
    if (!had.has(name) && !missing.has(name)) missing.set(name, { name, from, to: from + text.length });
  }
  return [...missing.values()];
}

/** Name the keyword that an IRI of the prologue belongs to. */
function prologue(found, at) {
  return found[at - 1]?.text.endsWith(":") ? (found[at - 2]?.text ?? "") : (found[at - 1]?.text ?? "");
}

/** List the brackets that are still open. */
function open(found) {
  const opened = [];
  found.forEach((token, at) => {
    if (token.kind !== "sign") return;
    if ("{([".includes(token.text)) opened.push({ text: token.text, at });
    else if ("})]".includes(token.text)) opened.pop();
  });
  return opened;
}

function inValues(found, at) {
  const words = found.slice(0, at).findLast((token) => token.kind === "word");
  return words?.text.toLowerCase() === "values";
}

/** Count terms since the last full stop, semicolon or bracket: { part, property } of a triple that comes next. */
function inTriple(found) {
  let depth = 0;
  let terms = found[0].text === "[" ? 1 : 0;
  let before = null;
  let property = "";
  for (const token of found.slice(1)) {
    if (")]}".includes(token.text) && token.kind === "sign") {
      depth -= 1;
      if (!depth) terms = token.text === "]" ? terms + 1 : 0;
    } else if ("([{".includes(token.text) && token.kind === "sign") depth += 1;
    else if (depth) continue;
    else if (token.text === ".") terms = 0;
    else if (token.text === ";") terms = 1;
    else if (token.text === ",") terms = 2;
    else if (PATH.has(token.text)) terms = 1;
    else if (token.kind === "sign" || token.kind === "language") continue;
    else if (token.kind === "word" && token.text !== "a" && !/^\d/.test(token.text)) terms = 0;
    else if (terms < 3) terms += 1;
    if (terms === 2 && token.kind !== "sign") property = token.text;
    before = token;
  }
  if (terms < 2) return { part: terms ? "predicate" : "subject", property: "" };
  return { part: before && TYPE.has(before.text) ? "class" : "object", property };
}
