// Elements made in one call. Styles are set through CSSOM: the policy of the site forbids style="".

const SVG = "http://www.w3.org/2000/svg";

/** Make an HTML element; attributes that are false or missing are left out, "on…" are listeners. */
export function html(name, attributes = {}, ...children) {
  return filled(document.createElement(name), attributes, children);
}

/** Make an SVG element, as `html` does. */
export function svg(name, attributes = {}, ...children) {
  return filled(document.createElementNS(SVG, name), attributes, children);
}

/** Make a link to a page here or elsewhere; without an address it is only text. */
export function link(address, text, attributes = {}) {
  if (!address) return html("span", attributes, text);
  const outside = /^https?:/.test(address);
  return html("a", { href: address, rel: outside && "external", ...attributes }, text);
}

function filled(element, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === false || value === undefined || value === null) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

/** Make a labelled choice among texts, which tells `chosen` of the one taken. */
export function choice(label, texts, start, chosen) {
  const options = texts.map((text) => html("option", { selected: text === start }, text));
  return html("label", { class: "choice" }, `${label} `, html("select", { onchange: (event) => chosen(event.target.value) }, options));
}
