// Buttons that copy, and say that they have.
import { html } from "../elements.js";

/** Make a button that copies the text which `text` returns. */
export function copyButton(label, text) {
  const said = html("span", { role: "status", class: "hidden" });
  const button = html("button", {
    type: "button", class: "plain-button",
    onclick: async () => {
      const done = await put(text());
      button.textContent = done ? "Copied" : "Not copied";
      said.textContent = done ? "Copied" : "The browser does not allow copying";
      setTimeout(() => { button.textContent = label; said.textContent = ""; }, 2000);
    },
  }, label);
  return html("span", { class: "copy" }, button, said);
}

async function put(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}
