// Names while typing: a search field becomes a combobox (WAI-ARIA 1.2); without it, a plain form.
import { html } from "../elements.js";
import { asking } from "./asking.js";
import { offers, option } from "./option.js";

const COMBOBOX = { role: "combobox", "aria-expanded": "false", "aria-autocomplete": "list" };

/** Offer names below a field while one is typed, and go to the one chosen. */
export function suggest(field) {
  const list = html("ul", { id: `${field.id}-names`, role: "listbox", "aria-label": "Names", hidden: true });
  const box = { field, list, items: [], at: -1 };
  box.withdraw = asking(field, (found) => (found ? show(box, offers(found)) : close(box)));
  const frame = html("span", { class: "suggest" });
  field.replaceWith(frame);
  frame.append(field, list);
  for (const [name, value] of Object.entries({ ...COMBOBOX, "aria-controls": list.id })) field.setAttribute(name, value);
  field.addEventListener("keydown", (event) => press(box, event));
  field.addEventListener("blur", () => close(box));
  // A press on a name must not take the focus, or the list would be gone before it is let go.
  list.addEventListener("mousedown", (event) => event.preventDefault());
  list.addEventListener("click", (event) => follow(box, [...list.children].indexOf(event.target.closest("li"))));
}

function show(box, items) {
  box.items = items;
  box.list.replaceChildren(...items.map((item, number) => option(item, `${box.list.id}-${number}`)));
  open(box, items.length > 0);
  choose(box, -1);
}

function open(box, shown) {
  box.list.hidden = !shown;
  box.field.setAttribute("aria-expanded", String(shown));
}

function close(box) {
  box.withdraw();
  open(box, false);
  choose(box, -1);
}

function choose(box, at) {
  box.at = at;
  [...box.list.children].forEach((row, number) => row.setAttribute("aria-selected", String(number === at)));
  const row = box.list.children[at];
  if (!row) return box.field.removeAttribute("aria-activedescendant");
  box.field.setAttribute("aria-activedescendant", row.id);
  row.scrollIntoView({ block: "nearest" });
}

function follow(box, at) {
  if (box.items[at]) location.assign(box.items[at].page);
}

const KEYS = {
  ArrowDown(box) {
    open(box, true);
    choose(box, (box.at + 1) % box.items.length);
  },
  ArrowUp: (box) => choose(box, (box.at <= 0 ? box.items.length : box.at) - 1),
  Escape: close,
  Enter: (box) => follow(box, box.at),
};

function press(box, event) {
  const shown = !box.list.hidden;
  // Down opens the list again; the other keys are the field's own while there is nothing to choose.
  const ours = { ArrowDown: box.items.length > 0, ArrowUp: shown, Escape: shown, Enter: shown && box.at >= 0 };
  if (!ours[event.key]) return;
  event.preventDefault();
  KEYS[event.key](box);
}
