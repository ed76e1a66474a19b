// Turn a search field into a combobox that suggests names (WAI-ARIA 1.2); without scripts it is a plain form.
import { html } from "../elements.js";
import { searchNames } from "./name-search.js";
import { option, suggestions } from "./option.js";
import { gettext } from "../texts.js";

/** List names below a field while the visitor types, and open the page of the chosen one. */
export function suggest(field) {
  const list = html("ul", { id: `${field.id}-names`, role: "listbox", "aria-label": gettext("Names"), hidden: true });
  const box = { field, list, items: [], at: -1 };
  box.cancel = searchNames(field, (results) => (results ? show(box, suggestions(results)) : close(box)));
  // The field stays where it is in the page, as a reader may be writing in it.
  field.after(list);
  field.setAttribute("aria-controls", list.id);
  field.addEventListener("keydown", (event) => press(box, event));
  field.addEventListener("blur", () => close(box));
  // Pressing a name must not move the focus: `blur` would close the list before `click` arrives.
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
  box.cancel();
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
  // Down reopens the list; while it is closed the other keys edit the text.
  const handled = { ArrowDown: box.items.length > 0, ArrowUp: shown, Escape: shown, Enter: shown && box.at >= 0 };
  if (!handled[event.key]) return;
  event.preventDefault();
  KEYS[event.key](box);
}
