// N-Triples as rows, in the terms of SPARQL results in JSON. https://www.w3.org/TR/n-triples/

const LINE = /^\s*(<[^>]*>|_:\S+)\s+<([^>]*)>\s+(.*?)\s*\.\s*$/;
const LITERAL = /^"((?:[^"\\]|\\.)*)"(?:@([A-Za-z0-9-]+)|\^\^<([^>]*)>)?$/s;
const ESCAPE = /\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|(.))/g;
const ESCAPED = { t: "\t", n: "\n", r: "\r", b: "\b", f: "\f" };

/** Read N-Triples: rows of subject, property and value; a line that holds no plain triple is left out. */
export function triples(text) {
  return text.split("\n").flatMap((line) => {
    const match = LINE.exec(line);
    const value = match && term(match[3]);
    return value ? [{ subject: term(match[1]), property: { type: "uri", value: plain(match[2]) }, value }] : [];
  });
}

function term(text) {
  if (text.startsWith("_:")) return { type: "bnode", value: text.slice(2) };
  if (text.startsWith("<") && !text.startsWith("<<")) return { type: "uri", value: plain(text.slice(1, -1)) };
  const match = LITERAL.exec(text);
  if (!match) return null;
  const literal = { type: "literal", value: plain(match[1]) };
  if (match[2]) literal["xml:lang"] = match[2];
  if (match[3]) literal.datatype = plain(match[3]);
  return literal;
}

function plain(text) {
  return text.replace(ESCAPE, (_, short, long, character) =>
    character ? (ESCAPED[character] ?? character) : String.fromCodePoint(parseInt(short ?? long, 16)),
  );
}
