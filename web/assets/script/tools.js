// Buttons over a drawing, such as those that zoom.
import { html } from "./elements.js";

/** Make a button with a label for screen readers that is longer than its text. */
export function button(name, label, act) {
  return html("button", { type: "button", "aria-label": label !== name && label, onclick: act }, name);
}

/** Make a row of buttons from [text, label, handler]; `more` are elements to add as they are. */
export function tools(look, buttons, ...more) {
  return html("div", { class: look }, buttons.map((parts) => button(...parts)), more);
}
