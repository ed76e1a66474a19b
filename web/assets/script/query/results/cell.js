// One term of a result: IRIs as links with their labels, literals with language or datatype.
import { html } from "../../elements.js";
import { link } from "../controls.js";
import { name, words } from "./names.js";

const XSD = "http://www.w3.org/2001/XMLSchema#";
const PLAIN = new Set(["string", "integer", "decimal", "boolean", "date", "gYear", "gYearMonth"].map((kind) => XSD + kind));

/** Return the content of a cell; empty for an unbound variable. */
export function cell(term) {
  if (!term) return [];
  if (term.type === "uri") {
    const { label, name: short, page } = name(term.value);
    return [link(page, label, { title: short })];
  }
  const language = term["xml:lang"];
  const kind = language || (term.datatype && !PLAIN.has(term.datatype) ? term.datatype.split(/[#/]/).at(-1) : "");
  const shown = html("span", { lang: language }, words(term));
  return kind ? [shown, " ", html("span", { class: "tag", title: language ? undefined : term.datatype }, kind)] : [shown];
}
