// Links, selects and buttons of the query page.
import { html } from "../elements.js";
import { gettext } from "../texts.js";

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

/** Make a button that copies the result of calling `text`. */
export function copyButton(label, text) {
  const status = html("span", { role: "status", class: "hidden" });
  const button = html("button", {
    type: "button", class: "plain-button",
    onclick: async () => {
      const done = await put(text());
      button.textContent = done ? gettext("Copied") : gettext("Not copied");
      status.textContent = done ? gettext("Copied") : gettext("The browser does not allow copying");
      setTimeout(() => { button.textContent = label; status.textContent = ""; }, 2000);
    },
  }, label);
  return html("span", { class: "copy" }, button, status);
}

async function put(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}

/** Make the buttons that change the size of a drawing; each argument is called when its button is pressed. */
export function zoomButtons({ larger, smaller, whole }) {
  return html("div", { class: "zoom" }, zoomButton("+", gettext("Larger"), larger), zoomButton("−", gettext("Smaller"), smaller), zoomButton("⤢", gettext("All of it"), whole));
}

function zoomButton(text, label, act) {
  return html("button", { type: "button", "aria-label": label, title: label, onclick: act }, text);
}
