// The editor over the form's text area, in a shadow root: there its styles are adopted, not injected.
import { acceptCompletion, completionKeymap } from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap, indentWithTab } from "@codemirror/commands";
import { indentUnit } from "@codemirror/language";
import { lintKeymap } from "@codemirror/lint";
import { EditorState, Prec } from "@codemirror/state";
import {
  EditorView, drawSelection, highlightActiveLine, highlightActiveLineGutter, keymap, lineNumbers, tooltips,
} from "@codemirror/view";
import { html } from "../../elements.js";
import { completion } from "./completion.js";
import { marking } from "./faults.js";
import { sparql } from "./language.js";
import { theme } from "./theme.js";

/** Put an editor in place of a text area, which keeps the text for the form; `run` is Ctrl+Enter. */
export function editor(area, { label, help, run, terms }) {
  const host = html("div", { class: "editor", id: "editor" });
  area.before(host);
  const root = host.attachShadow({ mode: "open" });
  const attributes = { "aria-label": label, "aria-description": help, tabindex: "0", spellcheck: "false", autocapitalize: "off" };
  const copyToArea = EditorView.updateListener.of((update) => {
    if (update.docChanged) area.value = update.state.doc.toString();
  });
  const extensions = [runKeys(run), sparqlEditing(terms), usualKeys, theme, tabLeaves, EditorView.contentAttributes.of(attributes), copyToArea];
  const view = new EditorView({ root, parent: root, state: EditorState.create({ doc: area.value, extensions }) });
  area.hidden = true;
  // For the tests, which write into it.
  host.view = view;
  return view;
}

// The first keymap that handles a key wins: ours, then those of the SPARQL extensions, then the defaults.
function runKeys(run) {
  return keymap.of([{ key: "Mod-Enter", run: () => (run(), true), preventDefault: true }, { key: "Tab", run: acceptCompletion }]);
}

const usualKeys = keymap.of([...completionKeymap, ...defaultKeymap, ...historyKeymap, ...lintKeymap, indentWithTab]);

function sparqlEditing(terms) {
  return [
    lineNumbers(), highlightActiveLine(), highlightActiveLineGutter(), drawSelection(), history(),
    EditorView.lineWrapping,
    indentUnit.of("  "),
    sparql, marking(terms), completion(terms),
    tooltips({ position: "fixed" }),
  ];
}

/** Replace the text, as one step that can be undone. */
export function write(view, text) {
  if (text === view.state.doc.toString()) return;
  view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: text }, selection: { anchor: 0 } });
}

// Escape, then Tab leaves, however long it takes (WCAG 2.1.2), and whatever else Escape closes; once somebody
// goes on writing, or comes back, Tab indents again.
const tabLeaves = Prec.highest(EditorView.domEventHandlers({
  keydown(event, view) {
    if (event.key === "Escape") view.setTabFocusMode(true);
    else if (!["Tab", "Shift"].includes(event.key)) view.setTabFocusMode(false);
    return false;
  },
  beforeinput: replaceSelection,
  blur(_, view) {
    view.setTabFocusMode(false);
    return false;
  },
}));

/** Type over a selection ourselves: Chromium would keep its look by a style attribute, which the policy forbids. */
function replaceSelection(event, view) {
  if (event.inputType !== "insertText" || !event.data || view.composing || view.state.selection.main.empty) return false;
  event.preventDefault();
  view.dispatch(view.state.replaceSelection(event.data), { userEvent: "input.type", scrollIntoView: true });
  return true;
}
