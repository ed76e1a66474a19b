// What happened at some points of the map page: copied from its table of places.
import { html } from "../elements.js";
import { gettext } from "../texts.js";

/** Write what happened at some places, at the first of them first; what happened at several stands once, below all. */
export function written(rows) {
  const order = ([{ rows: at }]) => (at[0] === rows[0] ? 0 : rows.length) + at.length;
  const groups = grouped(rows).sort((a, b) => order(a) - order(b)).flatMap((same) => [
    title(same[0].rows), html("ul", { class: "plain tight" }, copies(same.map(({ item }) => item))), ...more(same[0].rows),
  ]);
  const quiet = rows.filter((row) => !row.cells[2]).flatMap((row) => [title([row]), html("p", { class: "by" }, gettext("No events are listed here."))]);
  return [...groups, ...quiet];
}

/** Put together what happened at the same places: lists of { item, rows }. */
function grouped(rows) {
  const events = new Map();
  for (const row of rows) {
    for (const item of row.cells[2]?.querySelectorAll("li") ?? []) {
      const { href } = item.querySelector("a");
      if (events.has(href)) events.get(href).rows.push(row);
      else events.set(href, { item, rows: [row] });
    }
  }
  const groups = {};
  for (const event of events.values()) (groups[event.rows.map((row) => row.id).join(" ")] ??= []).push(event);
  return Object.values(groups);
}

function title(rows) {
  return html("h2", {}, rows.map((row, at) => [at ? ", " : "", copies(row.querySelector("th").children)]));
}

/** A place alone may have more than its row lists: the link to the rest. */
const more = (rows) => (rows.length === 1 ? copies(rows[0].querySelectorAll("a.more")) : []);

const copies = (nodes) => [...nodes].map((node) => node.cloneNode(true));
