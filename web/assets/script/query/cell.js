// One term of an answer as it is shown: things by name and linked, literals with what they are.
import { html } from "../elements.js";
import { link } from "./controls.js";
import { name, words } from "./names.js";

const XSD = "http://www.w3.org/2001/XMLSchema#";
const PLAIN = new Set(["string", "integer", "decimal", "boolean", "date", "gYear", "gYearMonth"].map((kind) => XSD + kind));

/** Show a term, or nothing for what is not bound. */
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
