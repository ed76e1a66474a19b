// Buttons that change the size of a drawing.
import { html } from "../elements.js";

/** Make the buttons: `larger`, `smaller` and `whole` are what they do. */
export function zoomButtons({ larger, smaller, whole }) {
  return html("div", { class: "zoom" }, button("+", "Larger", larger), button("−", "Smaller", smaller), button("⤢", "All of it", whole));
}

function button(text, label, act) {
  return html("button", { type: "button", "aria-label": label, title: label, onclick: act }, text);
}
