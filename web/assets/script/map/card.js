// What happened at a point of the map, beside it: the lines of the list below.
import { html } from "../elements.js";

/** Make the card; `open(rows, opener)` shows places, and Escape or its button close it. */
export function card(place) {
  const box = html("section", { class: "card-at", hidden: true, tabindex: -1, "aria-label": "At this point" });
  const shown = { box, opener: null };
  box.addEventListener("keydown", (event) => { if (event.key === "Escape") close(shown); });
  place.append(box);
  return { open: (rows, opener) => open(shown, rows, opener), close: (back) => close(shown, back) };
}

function open(shown, rows, opener) {
  const { box } = shown;
  shown.opener?.classList.remove("chosen");
  shown.opener = opener;
  opener.classList.add("chosen");
  const shut = html("button", { type: "button", class: "quiet shut", "aria-label": "Close", onclick: () => close(shown) }, "×");
  box.replaceChildren(shut, ...written(rows));
  box.hidden = false;
  box.focus({ preventScroll: true });
}

/** Close the card, and go back to what opened it. */
function close(shown, back = true) {
  const { box, opener } = shown;
  if (box.hidden) return;
  box.hidden = true;
  opener?.classList.remove("chosen");
  if (back) opener?.focus({ preventScroll: true });
  shown.opener = null;
}

/** Write what happened at some places, at the first of them first; what happened at several stands once, below all. */
function written(rows) {
  const order = ([{ rows: own }]) => (own[0] === rows[0] ? 0 : rows.length) + own.length;
  const told = grouped(rows).sort((a, b) => order(a) - order(b)).flatMap((same) => [
    title(same[0].rows), html("ul", { class: "plain tight" }, copies(same.map(({ item }) => item))), ...more(same[0].rows),
  ]);
  const quiet = rows.filter((row) => !row.cells[2]).flatMap((row) => [title([row]), html("p", { class: "by" }, "No events are listed here.")]);
  return [...told, ...quiet];
}

/** Put together what happened at the same places: lists of { item, rows }. */
function grouped(rows) {
  const found = new Map();
  for (const row of rows) {
    for (const item of row.cells[2]?.querySelectorAll("li") ?? []) {
      const { href } = item.querySelector("a");
      if (found.has(href)) found.get(href).rows.push(row);
      else found.set(href, { item, rows: [row] });
    }
  }
  const groups = {};
  for (const one of found.values()) (groups[one.rows.map((row) => row.id).join(" ")] ??= []).push(one);
  return Object.values(groups);
}

function title(rows) {
  return html("h2", {}, rows.map((row, at) => [at ? ", " : "", copies(row.querySelector("th").children)]));
}

/** What one place alone has may be only the first of it. */
const more = (rows) => (rows.length === 1 ? copies(rows[0].querySelectorAll("a.more")) : []);

const copies = (nodes) => [...nodes].map((node) => node.cloneNode(true));
