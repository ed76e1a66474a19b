// What is wrong with a query, marked where it is: as the server says, and as the grammar suspects.
import { syntaxTree } from "@codemirror/language";
import { lintGutter, linter, setDiagnostics } from "@codemirror/lint";
import { StateEffect, StateField } from "@codemirror/state";

// What SPARQL 1.1 does not have and the server may still know: the grammar cannot judge it.
const NEWER = /<<|>>|\{\||\bLATERAL\b|@[a-z]+--/i;
const DELAY = 900;
const LONGEST = 200;
const WORD = /^(?:[?$]?[\p{L}\p{N}_](?:[\p{L}\p{N}_:.-]*[\p{L}\p{N}_:-])?|\S)/u;
const LAST = /([?$]?[\p{L}\p{N}_:.-]*[\p{L}\p{N}_:-]|\S)\s*$/u;

const judge = StateEffect.define();
/** What the server has said of a text: it holds for as long as the text stays as it is. */
const verdict = StateField.define({
  create: () => ({ text: "", marks: [] }),
  update: (known, transaction) =>
    transaction.effects.reduce((last, effect) => (effect.is(judge) ? effect.value : last), known),
});

/** Mark what the server has found, else what the grammar cannot read once nobody has typed for a while. */
export const marking = [verdict, linter((view) => marks(view.state), { delay: DELAY }), lintGutter()];

/** Take the marks away: the server has understood the query. */
export function clear(view) {
  say(view, []);
}

/** Mark what the server says is wrong, and put the cursor there. */
export function show(view, { line, column, detail }) {
  if (!line) return say(view, []);
  const place = range(view.state.doc, line, column);
  say(view, [{ ...place, severity: "error", message: bare(detail) }]);
  view.dispatch({ selection: { anchor: place.from }, scrollIntoView: true });
}

/** Mark the pattern to which nothing matches, if the query has it in these words. */
export function showUnmatched(view, pattern, message) {
  const words = pattern.split(" ").map(spelt);
  const text = view.state.doc.toString();
  const found = [words, words.slice(1)].map((part) => new RegExp(part.join("\\s+")).exec(text)).find(Boolean);
  if (!found) return;
  say(view, [{ from: found.index, to: found.index + found[0].length, severity: "warning", message }]);
}

/** Say what is wrong as a sentence, without the place that stands beside it. */
export function bare(detail) {
  const text = detail.replace(/^line \d+(?:, column \d+)?: /, "");
  const first = text.slice(0, 1).toUpperCase() + text.slice(1);
  return /[.?!”]$/.test(first) ? first : `${first}.`;
}

function say(view, found) {
  const effects = judge.of({ text: view.state.doc.toString(), marks: found });
  view.dispatch({ effects });
  view.dispatch(setDiagnostics(view.state, found));
}

function marks(state) {
  const known = state.field(verdict);
  return state.doc.toString() === known.text ? known.marks : suspected(state);
}

/** Write a term of a pattern as a search for it; people write rdf:type as "a". */
function spelt(term) {
  const literally = term.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
  return term === "rdf:type" ? "(?:a|rdf:type)" : literally;
}

function range(doc, number, column) {
  const line = doc.line(Math.min(number, doc.lines));
  const past = number > doc.lines;
  // The server counts characters, the editor UTF-16 units.
  const before = [...line.text].slice(0, Math.max(0, (column ?? 1) - 1)).join("");
  const at = past ? line.to : Math.min(line.from + before.length, line.to);
  const word = WORD.exec(doc.sliceString(at, at + LONGEST));
  if (word) return { from: at, to: at + word[0].length };
  // The engine may point behind the word that it could not read, and that may be in the line before.
  const last = LAST.exec(doc.sliceString(Math.max(0, at - LONGEST), at));
  if (!last) return { from: at, to: at };
  const from = at - last[0].length;
  return { from, to: from + last[1].length };
}

function suspected(state) {
  const text = state.doc.toString();
  if (!text.trim() || NEWER.test(text)) return [];
  const cursor = state.selection.main.head;
  let fault = null;
  syntaxTree(state).iterate({
    enter(node) {
      if (node.type.isError && !fault) fault = { from: node.from, to: Math.max(node.to, node.from) };
    },
  });
  // Where somebody is writing, a query is never finished.
  if (!fault || (cursor >= fault.from - 1 && cursor <= fault.to + 1)) return [];
  const unread = text.slice(fault.from, fault.to).split("\n")[0];
  const message = unread ? `“${unread}” is not expected here` : "something is missing here";
  return [{ ...fault, severity: "warning", message: bare(message) }];
}
