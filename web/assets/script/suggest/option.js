// The suggestions for a text, and each as an option of the list.
import { html } from "../elements.js";
import { gettext } from "../texts.js";

/** Return the suggestions in order: at most two classes, terms or sentences, then things. */
export function suggestions(results) {
  const references = results.references.map((reference) => ({
    ...reference,
    kinds: [reference.kind === "class" ? gettext("class: a list of all") : reference.kind],
    status: "",
    name: reference.label,
    pieces: [[reference.label, false]],
  }));
  return [...references.slice(0, 2), ...results.results];
}

/** Make an option of a listbox. */
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
  const repeated = item.description.toLowerCase().startsWith(kind.toLowerCase());
  return [html("span", { class: "kind" }, repeated ? "" : kind), html("small", {}, item.description)];
}

function marked(pieces) {
  return pieces.map(([text, matched]) => (matched ? html("mark", {}, text) : text));
}
