// The editor in the site's colours: its variables reach into the shadow root, light and dark.
import { EditorView } from "@codemirror/view";

const NARROW = "@media (max-width: 40rem)";

export const theme = EditorView.theme({
  "&": { color: "var(--ink)", backgroundColor: "var(--sheet)", font: ".85rem/1.6 var(--mono)", height: "100%" },
  "&.cm-focused": { outline: "3px solid var(--seal)", outlineOffset: "1px" },
  ".cm-scroller": { font: "inherit", overflow: "auto" },
  ".cm-content": { padding: ".7rem 0", caretColor: "var(--ink)" },
  ".cm-line": { padding: "0 .9rem 0 .5rem" },
  ".cm-cursor": { borderLeftColor: "var(--ink)", borderLeftWidth: "2px" },
  "&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground": {
    background: "color-mix(in srgb, var(--link) 26%, transparent)",
  },
  ".cm-gutters": { color: "var(--faint)", backgroundColor: "transparent", border: "0", borderRight: "1px solid var(--rule)" },
  ".cm-activeLine": { backgroundColor: "color-mix(in srgb, var(--mark) 45%, transparent)" },
  ".cm-activeLineGutter": { backgroundColor: "transparent", color: "var(--ink)" },
  "&.cm-focused .cm-matchingBracket": { backgroundColor: "var(--mark)", outline: "1px solid var(--claim-rule)" },
  "&.cm-focused .cm-nonmatchingBracket": { backgroundColor: "var(--fault)" },
  ".cm-lintRange-error": { backgroundImage: "none", backgroundColor: "var(--fault)", borderBottom: "2px solid var(--seal)" },
  ".cm-lintRange-warning": { backgroundImage: "none", borderBottom: "2px dotted var(--claim-rule)" },
  ".cm-lintPoint:after": { borderBottomColor: "var(--seal)" },
  ".cm-lint-marker": { width: ".7em", height: ".7em", content: "none", borderRadius: "50%", margin: ".45em .1em" },
  ".cm-lint-marker-error": { background: "var(--seal)" },
  ".cm-lint-marker-warning": { background: "none", border: "2px solid var(--claim-rule)" },
  ".cm-tooltip": {
    color: "var(--ink)", backgroundColor: "var(--sheet)", border: "1px solid var(--faint)", borderRadius: "3px",
    boxShadow: "0 .3rem 1rem rgb(0 0 0 / .18)", maxWidth: "min(34rem, 92vw)",
  },
  ".cm-diagnostic": { font: ".88rem/1.45 var(--sans)", borderLeft: "5px solid var(--seal)", padding: ".4rem .7rem" },
  ".cm-diagnostic-warning": { borderLeftColor: "var(--claim-rule)" },
  ".cm-diagnosticAction": {
    font: "inherit", color: "var(--paper)", backgroundColor: "var(--ink)", border: "0", borderRadius: "3px", padding: ".2rem .6rem", margin: "0 0 0 .6rem",
  },
  ".cm-tooltip.cm-tooltip-autocomplete > ul": { font: ".84rem/1.5 var(--mono)", maxHeight: "none" },
  ".cm-tooltip.cm-tooltip-autocomplete > ul > li": { padding: ".2rem .6rem", display: "flex", gap: "1rem", alignItems: "baseline" },
  ".cm-tooltip-autocomplete ul li[aria-selected], .cm-tooltip-autocomplete-disabled ul li[aria-selected]": {
    background: "var(--ink)", color: "var(--paper)",
  },
  ".cm-completionLabel": { overflow: "hidden", textOverflow: "ellipsis" },
  ".cm-completionMatchedText": { textDecoration: "underline", textUnderlineOffset: ".2em" },
  ".cm-completionDetail": { font: ".8rem var(--sans)", fontStyle: "normal", marginLeft: "auto", opacity: ".85", overflow: "hidden", textOverflow: "ellipsis" },
  ".cm-completionInfo": { font: ".88rem/1.45 var(--serif)", padding: ".6rem .8rem", maxWidth: "22rem" },
  ".cm-completionInfo p": { margin: "0 0 .3rem" },
  ".cm-completionInfo .use": { font: ".78rem var(--sans)", color: "var(--faint)", margin: "0" },
  ".cm-panels": { backgroundColor: "var(--mark)", color: "var(--ink)", font: ".85rem var(--sans)" },
  ".cm-placeholder": { color: "var(--faint)" },
  [NARROW]: { ".cm-gutters": { display: "none" } },
});
