// Links and choices among what an answer holds.
import { html } from "../elements.js";

/** Make a link to a page here or elsewhere; without an address it is only text. */
export function link(address, text, attributes = {}) {
  if (!address) return html("span", attributes, text);
  const outside = /^https?:/.test(address);
  return html("a", { href: address, rel: outside && "external", ...attributes }, text);
}

/** Make a labelled choice among texts, which tells `chosen` of the one taken. */
export function choice(label, texts, start, chosen) {
  const options = texts.map((text) => html("option", { selected: text === start }, text));
  return html("label", { class: "choice" }, `${label} `, html("select", { onchange: (event) => chosen(event.target.value) }, options));
}
