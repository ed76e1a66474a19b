// The editor: CodeMirror in a shadow root, where its styles need no exception from our policy.
import { autocompletion, closeBrackets, closeBracketsKeymap, completionKeymap } from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap } from "@codemirror/commands";
import { bracketMatching, HighlightStyle, indentUnit, syntaxHighlighting, syntaxTree } from "@codemirror/language";
import { linter, lintKeymap, setDiagnostics } from "@codemirror/lint";
import { EditorState, Prec } from "@codemirror/state";
import {
  drawSelection, EditorView, highlightActiveLine, highlightSpecialChars, keymap, lineNumbers,
} from "@codemirror/view";
import { tags } from "@lezer/highlight";
import { sparql } from "codemirror-lang-sparql";
import { completions } from "./complete.js";

const theme = EditorView.theme({
  "&": { color: "var(--ink)", backgroundColor: "var(--sheet)", border: "1px solid var(--faint)", borderRadius: "3px", fontSize: "0.9rem", maxHeight: "34rem" },
  "&.cm-focused": { outline: "3px solid var(--seal)", outlineOffset: "2px" },
  ".cm-scroller": { fontFamily: "var(--mono)", lineHeight: "1.55", minHeight: "12rem", overflow: "auto" },
  ".cm-content": { caretColor: "var(--ink)", padding: "0.6rem 0" },
  ".cm-cursor": { borderLeftColor: "var(--ink)" },
  ".cm-gutters": { backgroundColor: "var(--paper)", color: "var(--faint)", border: "0", borderRight: "1px solid var(--rule)" },
  ".cm-activeLine, .cm-activeLineGutter": { backgroundColor: "color-mix(in srgb, var(--mark) 45%, transparent)" },
  "&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground": { backgroundColor: "color-mix(in srgb, var(--link) 28%, transparent)" },
  ".cm-matchingBracket": { outline: "1px solid var(--faint)", backgroundColor: "transparent" },
  ".cm-tooltip": { backgroundColor: "var(--sheet)", border: "1px solid var(--faint)", color: "var(--ink)", fontFamily: "var(--sans)" },
  ".cm-tooltip-autocomplete ul li[aria-selected]": { backgroundColor: "var(--mark)", color: "var(--ink)" },
  ".cm-tooltip.cm-tooltip-autocomplete > ul": { fontFamily: "var(--sans)", fontSize: "0.88rem", maxHeight: "18rem" },
  ".cm-tooltip.cm-tooltip-autocomplete > ul > li": { padding: "0.25rem 0.6rem" },
  ".cm-completionDetail": { color: "var(--faint)", fontStyle: "normal" },
  ".cm-completionInfo": { maxWidth: "22rem", padding: "0.5rem 0.7rem", fontSize: "0.85rem" },
  ".cm-diagnostic-error": { borderLeftColor: "var(--seal)" },
  // The images of the library's own marks come in data: addresses, which our policy forbids.
  ".cm-lintRange": { backgroundImage: "none !important", textUnderlineOffset: "3px" },
  ".cm-lintRange-error": { textDecoration: "underline wavy var(--seal)", backgroundColor: "var(--fault)" },
  ".cm-lintRange-warning": { textDecoration: "underline dotted var(--claim-rule)" },
});

const colours = HighlightStyle.define([
  { tag: tags.keyword, color: "var(--seal)", fontWeight: "600" },
  { tag: [tags.variableName, tags.annotation], color: "var(--visited)" },
  { tag: [tags.namespace, tags.url, tags.typeName], color: "var(--link)" },
  { tag: [tags.string, tags.integer, tags.float, tags.bool], color: "var(--string)" },
  { tag: tags.comment, color: "var(--faint)", fontStyle: "italic" },
]);

/** Put an editor in the place of a text area; without scripts the area works by itself. */
export function makeEditor(area, run) {
  // What the endpoint has said of a text holds for as long as the text stays as it is.
  const known = { text: null, found: [] };
  const read = (view) => (view.state.doc.toString() === known.text ? known.found : unparsed(view));
  const host = document.createElement("div");
  host.className = "editor";
  host.id = "editor";
  area.hidden = true;
  area.after(host);
  const root = host.attachShadow({ mode: "open" });
  const label = document.querySelector(`label[for=${area.id}]`);
  const state = EditorState.create({
    doc: area.value,
    extensions: [
      lineNumbers(), highlightSpecialChars(), history(), drawSelection(), bracketMatching(),
      closeBrackets(), highlightActiveLine(), sparql(), indentUnit.of("  "), EditorView.lineWrapping,
      syntaxHighlighting(colours), theme,
      autocompletion({ override: [completions], icons: false, maxRenderedOptions: 40 }),
      linter(read, { delay: 600 }),
      Prec.highest(keymap.of([{ key: "Mod-Enter", run: () => { run(); return true; } }])),
      keymap.of([...closeBracketsKeymap, ...completionKeymap, ...lintKeymap, ...historyKeymap, ...defaultKeymap]),
      EditorView.domEventHandlers({ beforeinput: replaceSelected }),
      EditorView.contentAttributes.of({
        "aria-label": `${label?.textContent.trim() ?? "Query"}. Control and Enter asks; Tab goes on.`,
        spellcheck: "false", autocapitalize: "off",
      }),
    ],
  });
  const view = new EditorView({ state, root, parent: root });
  host.view = view;
  label?.addEventListener("click", () => view.focus());
  const at = (line, column) => {
    const found = view.state.doc.line(Math.max(1, Math.min(line, view.state.doc.lines)));
    return Math.min(found.to, found.from + Math.max(0, column - 1));
  };
  return {
    text: () => view.state.doc.toString(),
    focus: () => view.focus(),
    put: (text) => view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: text }, selection: { anchor: 0 } }),
    go: (line, column) => {
      view.dispatch({ selection: { anchor: at(line, column) }, scrollIntoView: true });
      view.focus();
    },
    mark: (fault) => {
      const from = fault?.line ? wordStart(view.state.doc, at(fault.line, fault.column)) : 0;
      known.text = fault?.line ? view.state.doc.toString() : null;
      known.found = [{ from, to: wordEnd(view.state.doc, from), severity: "error", message: fault?.detail ?? "" }];
      view.dispatch(setDiagnostics(view.state, read(view)));
    },
  };
}

/** Type over a selection ourselves: Chromium would keep its look by a style attribute, which our policy forbids. */
function replaceSelected(event, view) {
  if (event.inputType !== "insertText" || !event.data || view.composing || view.state.selection.main.empty) return false;
  event.preventDefault();
  view.dispatch({ ...view.state.replaceSelection(event.data), userEvent: "input.type", scrollIntoView: true });
  return true;
}

/** The engine may point behind the word that it could not read. */
function wordStart(doc, at) {
  if (/\S/.test(doc.sliceString(at, at + 1))) return at;
  const before = doc.sliceString(Math.max(0, at - 80), at).match(/[^\s;,(){}]+\s*$/)?.[0] ?? "";
  return at - before.length;
}

function wordEnd(doc, from) {
  const rest = doc.sliceString(from, Math.min(doc.length, from + 80));
  return Math.min(doc.length, from + Math.max(1, rest.match(/^[^\s;.,(){}]+/)?.[0].length ?? 1));
}

/** Mark the first place that the grammar cannot read; the endpoint has the last word. */
function unparsed(view) {
  const found = [];
  if (!view.state.doc.toString().trim()) return found;
  syntaxTree(view.state).iterate({
    enter: (node) => {
      if (!node.type.isError || found.length) return;
      const from = Math.min(node.from, Math.max(0, view.state.doc.length - 1));
      found.push({ from, to: Math.max(node.to, wordEnd(view.state.doc, from)), severity: "warning", message: "perhaps not SPARQL from here on" });
    },
  });
  return found;
}
