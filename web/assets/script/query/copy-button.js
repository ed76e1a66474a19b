// Buttons that copy a text and announce that they did.
import { html } from "../elements.js";

/** Make a button that copies the result of calling `text`. */
export function copyButton(label, text) {
  const status = html("span", { role: "status", class: "hidden" });
  const button = html("button", {
    type: "button", class: "plain-button",
    onclick: async () => {
      const done = await put(text());
      button.textContent = done ? "Copied" : "Not copied";
      status.textContent = done ? "Copied" : "The browser does not allow copying";
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
