// Elements of drawings and of what stands beside them.
const NS = "http://www.w3.org/2000/svg";

/** Make an SVG element with its children. */
export function drawn(tag, attributes = {}, ...children) {
  const element = document.createElementNS(NS, tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  return element;
}

/** Make a button that says more than it shows. */
export function button(name, label, act) {
  const made = document.createElement("button");
  made.type = "button";
  made.textContent = name;
  if (label !== name) made.setAttribute("aria-label", label);
  made.addEventListener("click", act);
  return made;
}

const pen = document.createElement("canvas").getContext("2d");

/** Measure how wide a text is in a font, in pixels. */
export function width(text, font) {
  pen.font = font;
  return pen.measureText(text).width;
}
