// Small makers of elements; text is always text.
export function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name === "on") for (const [event, act] of Object.entries(value)) element.addEventListener(event, act);
    else if (value === true) element.setAttribute(name, "");
    else if (value !== false && value != null) element.setAttribute(name, value);
  }
  element.append(...children);
  return element;
}

export function draw(tag, attributes = {}, ...children) {
  const element = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  return element;
}

/** A term of a row: a link if it has a page, else its text with its language or datatype. */
export function term(cell) {
  if (!cell) return "";
  if (cell.page) {
    const ours = cell.page.startsWith("/");
    return make("a", { href: cell.page, title: cell.name || cell.iri, rel: ours ? null : "external" }, cell.text);
  }
  const tag = cell.language || cell.datatype;
  return tag ? make("span", {}, cell.text, " ", make("span", { class: "tag" }, tag)) : cell.text;
}

export const quiet = (label, act, more = {}) =>
  make("button", { type: "button", class: "quiet", ...more, on: { click: act } }, label);
