// What is wrong with a query, marked where it is: as the server says, and as the grammar suspects.
import { syntaxTree } from "@codemirror/language";
import { lintGutter, linter, setDiagnostics } from "@codemirror/lint";
import { StateEffect, StateField } from "@codemirror/state";
import { declare, missing } from "./prefixes.js";
import { gettext } from "../../texts.js";

// What SPARQL 1.1 does not have and the server may still know: the grammar cannot judge it.
const NEWER = /<<|>>|\{\||\bLATERAL\b|@[a-z]+--/i;
const DELAY = 900;
const LONGEST = 200;
const WORD = /^(?:[?$]?[\p{L}\p{N}_](?:[\p{L}\p{N}_:.-]*[\p{L}\p{N}_:-])?|\S)/u;
const LAST = /([?$]?[\p{L}\p{N}_:.-]*[\p{L}\p{N}_:-]|\S)\s*$/u;

const judge = StateEffect.define();
/** The server's faults of a text: they hold until the text changes. */
const verdict = StateField.define({
  create: () => ({ text: "", marks: [] }),
  update: (current, transaction) =>
    transaction.effects.reduce((last, effect) => (effect.is(judge) ? effect.value : last), current),
});

/** Mark the server's faults, else what the grammar suspects once nobody has typed for a while; `terms` is a promise of { prefixes }. */
export function marking(terms) {
  return [verdict, linter(async (view) => marks(view.state, (await terms).prefixes), { delay: DELAY }), lintGutter()];
}

/** Take the marks away: the server has understood the query. */
export function clear(view) {
  setMarks(view, []);
}

/** Mark what the server says is wrong, and put the cursor there. */
export function show(view, { line, column, detail }) {
  if (!line) return setMarks(view, []);
  const place = range(view.state.doc, line, column);
  // What the engine sees only at the end, the grammar may see where it is.
  const fault = atEnd(view.state.doc, place) ? unread(view.state) : null;
  const earlier = fault && fault.from < place.from ? [{ ...fault, severity: "error", message: bare(describe(view.state, fault)) }] : [];
  setMarks(view, [...earlier, { ...place, severity: "error", message: bare(detail) }]);
  view.dispatch({ selection: { anchor: (earlier[0] ?? place).from }, scrollIntoView: true });
}

/** Mark the pattern to which nothing matches, if the query has it in these words. */
export function showUnmatched(view, pattern, message) {
  const words = pattern.split(" ").map(patternOf);
  const text = view.state.doc.toString();
  const match = [words, words.slice(1)].map((part) => new RegExp(part.join("\\s+")).exec(text)).find(Boolean);
  if (!match) return;
  setMarks(view, [{ from: match.index, to: match.index + match[0].length, severity: "warning", message }]);
}

/** Say what is wrong as a sentence, without the place that stands beside it. */
export function bare(detail) {
  const text = detail.replace(/^line \d+(?:, column \d+)?: /, "");
  const first = text.slice(0, 1).toUpperCase() + text.slice(1);
  return /[.?!”]$/.test(first) ? first : `${first}.`;
}

function setMarks(view, marks) {
  const effects = judge.of({ text: view.state.doc.toString(), marks });
  view.dispatch({ effects });
  view.dispatch(setDiagnostics(view.state, marks));
}

function marks(state, prefixes) {
  const last = state.field(verdict);
  if (state.doc.toString() === last.text) return last.marks;
  return [...suspected(state), ...undeclaredPrefixes(state, prefixes)];
}

function atEnd(doc, { to }) {
  return !doc.sliceString(to).trim();
}

/** Warn of prefixes that are not declared, and offer to declare them. */
function undeclaredPrefixes(state, prefixes) {
  return missing(state.doc.toString(), prefixes).filter((place) => !beingTyped(state, place)).map(({ name, from, to }) => ({
    from, to, severity: "warning", message: gettext("The prefix %(prefix)s is not declared.", { prefix: `${name}:` }),
    actions: [{ name: gettext("Declare %(prefix)s", { prefix: `${name}:` }), apply: (view) => declare(view, prefixes) }],
  }));
}

/** Tell whether somebody is writing there: what they write is not finished. */
function beingTyped(state, { from, to }) {
  const cursor = state.selection.main.head;
  return cursor >= from - 1 && cursor <= to + 1;
}

/** Write a term of a pattern as a search for it; people write rdf:type as "a". */
function patternOf(term) {
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
  const fault = unread(state);
  return fault && !beingTyped(state, fault) ? [{ ...fault, severity: "warning", message: bare(describe(state, fault)) }] : [];
}

/** Find the first place that the grammar cannot read. */
function unread(state) {
  const text = state.doc.toString();
  if (!text.trim() || NEWER.test(text)) return null;
  let fault = null;
  syntaxTree(state).iterate({
    enter(node) {
      if (node.type.isError && !fault) fault = { from: node.from, to: Math.max(node.to, node.from) };
    },
  });
  return fault;
}

function describe(state, { from, to }) {
  const text = state.doc.sliceString(from, to).split("\n")[0];
  return text ? gettext("“%(text)s” is not expected here", { text }) : gettext("something is missing here");
}
