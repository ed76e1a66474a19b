// Runs on every page: suggestions in search fields, facets closed on a phone, copy buttons, sentences of opened copies.
const COMBOBOX = { role: "combobox", "aria-expanded": "false", "aria-autocomplete": "list" };

// On a phone the facets would push the list itself below the first screen.
if (matchMedia("(max-width: 40rem)").matches) {
  for (const facet of document.querySelectorAll(".facets details")) facet.open = Boolean(facet.querySelector(".drop"));
}
// Not every browser opens what an address leads into.
function open() {
  const at = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  const closed = at?.closest("details:not([open])");
  if (!closed) return;
  closed.open = true;
  at.scrollIntoView();
}
open();
addEventListener("hashchange", open);
// Most pages are read without a search: what suggests names is loaded when a reader enters a field.
for (const field of document.querySelectorAll("[data-suggest]")) for (const [name, value] of Object.entries(COMBOBOX)) field.setAttribute(name, value);
const entered = new WeakSet();
addEventListener("focusin", ({ target }) => {
  if (entered.has(target) || !target.matches("[data-suggest], input[list]")) return;
  entered.add(target);
  // A reader may type before the script is there.
  let typed = false;
  target.addEventListener("input", () => { typed = true; }, { once: true });
  import("./suggest/fields.js").then(({ suggestIn }) => {
    suggestIn(target);
    if (typed) target.dispatchEvent(new Event("input", { bubbles: true }));
  });
});
addEventListener("click", ({ target }) => {
  const button = target.closest("[data-copies]");
  if (button) import("./copying.js").then(({ copyNamed }) => copyNamed(button));
});
// Only readers who have opened a copy of a source load what shows it.
try {
  if (Object.keys(localStorage).some((key) => key.startsWith("copy of "))) import("./copy/show.js").then(({ showCopies }) => showCopies());
} catch {
  // Storage is forbidden: there are no copies.
}
