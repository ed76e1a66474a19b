// The buttons over a drawing.
import { html } from "./elements.js";

/** Make a button that says more than it shows. */
export function button(name, label, act) {
  return html("button", { type: "button", "aria-label": label !== name && label, onclick: act }, name);
}

/** Make a row of buttons from what each shows, says and does: [name, label, act]; what is made already stands as it is. */
export function tools(look, buttons, ...more) {
  return html("div", { class: look }, buttons.map((one) => button(...one)), more);
}
