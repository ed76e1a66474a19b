// What is offered for some words, and how each offer reads.
import { html } from "../elements.js";

/** Return what to offer of what was found: first what is no thing, as a class or a sentence. */
export function offers(found) {
  const references = found.references.map((one) => ({
    ...one,
    kinds: [one.kind === "class" ? "class: a list of all" : one.kind],
    status: "",
    name: one.label,
    pieces: [[one.label, false]],
  }));
  return [...references.slice(0, 2), ...found.results];
}

/** Write an offer as an option of a listbox. */
export function option(item, id) {
  return html("li", { id, role: "option" }, names(item), description(item));
}

function names(item) {
  const lang = item.lang || null;
  if (item.name === item.label) return [html("b", { lang }, marked(item.pieces)), " "];
  const also = html("span", { class: "by", lang: item.name_lang || null }, marked(item.pieces));
  return [html("b", { lang }, item.label), " ", also, " "];
}

function description(item) {
  const kind = [item.status, item.kinds.join(", ")].filter(Boolean).join(" ");
  // Most descriptions begin with the kind.
  const told = item.description.toLowerCase().startsWith(kind.toLowerCase());
  return [html("span", { class: "kind" }, told ? "" : kind), html("small", {}, item.description)];
}

function marked(pieces) {
  return pieces.map(([text, asked]) => (asked ? html("mark", {}, text) : text));
}
