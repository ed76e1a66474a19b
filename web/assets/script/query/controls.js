// Links and selects in the views of a result.
import { html } from "../elements.js";

/** Make a link to a page of this site or another; only text without an address. */
export function link(address, text, attributes = {}) {
  if (!address) return html("span", attributes, text);
  const outside = /^https?:/.test(address);
  return html("a", { href: address, rel: outside && "external", ...attributes }, text);
}

/** Make a labelled select; `chosen` is called with the selected text. */
export function choice(label, texts, start, chosen) {
  const options = texts.map((text) => html("option", { selected: text === start }, text));
  return html("label", { class: "choice" }, `${label} `, html("select", { onchange: (event) => chosen(event.target.value) }, options));
}
