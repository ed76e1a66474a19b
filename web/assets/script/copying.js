// Copy the text of an element to the clipboard, and say so on the button that was pressed.
import { html } from "./elements.js";
import { gettext } from "./texts.js";

const SHOWN = 2000; // milliseconds

/** Copy what a button names; where the browser forbids it, select it for the reader to copy. */
export async function copyNamed(button) {
  const element = document.getElementById(button.dataset.copies);
  try {
    await navigator.clipboard.writeText(element.textContent.trim());
  } catch {
    // Pages that are not served over TLS have no clipboard.
    getSelection().selectAllChildren(element);
    return;
  }
  const before = button.textContent;
  const done = gettext("Copied");
  if (before === done) return;
  const status = html("span", { role: "status", class: "hidden" });
  button.after(status);
  status.textContent = button.textContent = done;
  setTimeout(() => {
    button.textContent = before;
    status.remove();
  }, SHOWN);
}
