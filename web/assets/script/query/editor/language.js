// SPARQL for the editor: the grammar of codemirror-lang-sparql, coloured with the site's own signs.
import { closeBrackets, closeBracketsKeymap } from "@codemirror/autocomplete";
import { HighlightStyle, LRLanguage, bracketMatching, syntaxHighlighting } from "@codemirror/language";
import { keymap } from "@codemirror/view";
import { styleTags, tags } from "@lezer/highlight";
import { SparqlLanguage } from "codemirror-lang-sparql";

const parser = SparqlLanguage.parser.configure({
  props: [
    styleTags({
      Var: tags.variableName,
      "Pname_ln Pname_ns": tags.propertyName,
      IriRef: tags.url,
      A_predicate: tags.keyword,
      Langtag: tags.annotation,
      "RDFLiteral/Iri/...": tags.typeName,
      "Integer Decimal Double IntegerPositive DecimalPositive DoublePositive": tags.number,
      "IntegerNegative DecimalNegative DoubleNegative": tags.number,
    }),
  ],
});

const language = LRLanguage.define({
  parser,
  languageData: { commentTokens: { line: "#" }, closeBrackets: { brackets: ["(", "[", "{", '"'] } },
});

const style = HighlightStyle.define([
  { tag: tags.keyword, color: "var(--seal)" },
  { tag: tags.bool, color: "var(--seal)" },
  { tag: tags.variableName, color: "var(--code-variable)", whiteSpace: "nowrap" },
  { tag: tags.propertyName, color: "var(--link)" },
  { tag: tags.url, color: "var(--faint)" },
  { tag: [tags.string, tags.annotation], color: "var(--string)" },
  { tag: [tags.number, tags.typeName], color: "var(--string)" },
  { tag: tags.comment, color: "var(--faint)", fontStyle: "italic" },
]);

/** What an editor needs to write SPARQL. */
export const sparql = [
  language,
  syntaxHighlighting(style),
  bracketMatching(),
  closeBrackets(),
  keymap.of(closeBracketsKeymap),
];
