// The results of a query on a timeline: the server lays their dates out, as those of the timeline page.
import { html } from "../../elements.js";
import { timeline as movable } from "../../timeline/timeline.js";
import { choice } from "../controls.js";
import * as endpoint from "../endpoint.js";
import { words } from "./names.js";
import { formatted, gettext } from "../../texts.js";

// As many as the server lays out at a time (web/request/bounds.py).
const ITEMS = 500;

/** Fill a panel with the timeline of rows: by the column `start`, to `end` if there is one, or another of `dates`. */
export async function timeline(panel, rows, { start, end, dates, label }) {
  const place = html("div");
  const draw = (column) => drawn(place, rows, column, column === start ? end : null, label);
  if (dates.length > (end ? 2 : 1)) panel.append(html("p", { class: "row tools" }, choice(gettext("By"), dates, start, draw)));
  panel.append(place);
  await draw(start);
}

async function drawn(place, rows, start, end, label) {
  const items = gathered(rows, start, end, label);
  const sent = items.slice(0, ITEMS).map(({ name, iri, start: from, end: until }) => ({ name, iri, start: from, end: until }));
  const layout = await endpoint.drawing("timeline", { items: sent });
  if (!layout.items) {
    place.replaceChildren(html("p", {}, gettext("No row has a date in this column.")));
    return;
  }
  const drawing = html("div", { class: "drawn" });
  drawing.innerHTML = layout.html;
  place.replaceChildren(drawing, html("p", { class: "by" }, noted(items, sent, layout.items, rows.length), ` ${gettext("The table holds the same in words.")}`));
  movable(drawing, { back: gettext("Show the busiest period") });
}

/** List what is dated; rows that say the same of the same thing are one. */
function gathered(rows, start, end, label) {
  const items = new Map();
  for (const row of rows) {
    const [from, until] = [row[start]?.value, end ? row[end]?.value : undefined];
    if (!from) continue;
    const term = label && row[label];
    const key = JSON.stringify([term, from, until]);
    if (items.has(key)) items.get(key).rows += 1;
    else items.set(key, { name: words(term), iri: term?.type === "uri" ? term.value : "", start: from, end: until ?? "", rows: 1 });
  }
  return [...items.values()].sort((a, b) => a.start.localeCompare(b.start));
}

function noted(items, sent, drawn, rows) {
  const parts = [];
  const dated = items.reduce((sum, item) => sum + item.rows, 0);
  if (sent.length < items.length) parts.push(gettext("The first %(shown)s of %(total)s.", { shown: sent.length, total: formatted(items.length) }));
  if (drawn < sent.length) parts.push(gettext("Dates that cannot be drawn: %(number)s.", { number: formatted(sent.length - drawn) }));
  if (dated > items.length) parts.push(gettext("Rows that say the same here: %(number)s.", { number: formatted(dated - items.length) }));
  if (dated < rows) parts.push(gettext("Rows without a date here: %(number)s.", { number: formatted(rows - dated) }));
  return parts.join(" ");
}
