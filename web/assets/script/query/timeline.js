// Rows along an axis of time: a list in the order of days, each with a bar as long as what its date says.
import { ticks } from "../axis.js";
import { html } from "../elements.js";
import { cell } from "./cell.js";
import { choice } from "./controls.js";
import { span } from "./dates.js";

const MOST = 500;
const EDGE = 0.02;
// What one date on the axis takes, in pixels, and what the names beside it take where there is room.
const MARK = 110;
const NAMES = 340;
const NARROW = 640;

/** Fill a panel with the timeline of rows. */
export function timeline(panel, rows, { start, end, dates, label }) {
  const list = html("div");
  const room = () => panel.clientWidth - (panel.clientWidth > NARROW ? NAMES : 0);
  const draw = (column) => list.replaceChildren(...drawn(rows, column, column === start ? end : null, label, room()));
  if (dates.length > (end ? 2 : 1)) panel.append(html("p", { class: "row tools" }, choice("By", dates, start, draw)));
  panel.append(list);
  draw(start);
}

/** List what is dated in the order of time; rows that say the same of the same thing are one. */
function dated(rows, start, end, label) {
  const found = new Map();
  for (const row of rows) {
    const from = row[start] && span(row[start].value);
    const to = end && row[end] ? span(row[end].value) : from;
    const key = JSON.stringify([label && row[label], row[start], end && row[end]]);
    if (!from || !to) continue;
    if (found.has(key)) found.get(key).rows += 1;
    else found.set(key, { row, rows: 1, from: from[0], to: Math.max(to[1], from[1]) });
  }
  return [...found.values()].sort((a, b) => a.from - b.from || a.to - b.to);
}

function drawn(rows, start, end, label, width) {
  const events = dated(rows, start, end, label);
  if (!events.length) return [html("p", {}, "No row has a date in this column.")];
  const range = around(events);
  const share = (at) => (at - range[0]) / (range[1] - range[0]);
  const shown = events.slice(0, MOST);
  return [
    html("div", { class: "timeline" }, axis(range, share, width),
      html("ol", {}, shown.map(({ row, from, to }) => html("li", {},
        html("div", { class: "event" }, html("span", { class: "day" }, said(row, start, end)), " ", label ? cell(row[label]) : []),
        html("div", { class: "track", "aria-hidden": "true" }, placed(html("i"), share(from), share(to) - share(from))))))),
    html("p", { class: "by" }, note(events, shown.length, rows.length)),
  ];
}

/** Return the span of all events, with some room at either end. */
function around(events) {
  const [first, last] = [events[0].from, Math.max(...events.map(({ to }) => to))];
  const margin = Math.max((last - first) * EDGE, 60 * 60 * 1000);
  return [first - margin, last + margin];
}

function axis(range, share, width) {
  // The last would not have its room.
  const marks = ticks(range, width, MARK).filter(([time]) => share(time) < 1 - MARK / width);
  return html("div", { class: "axis", "aria-hidden": "true" },
    html("div", { class: "track" }, marks.map(([time, name]) => placed(html("span", {}, name), share(time)))));
}

function placed(element, left, width = null) {
  element.style.left = percent(left);
  if (width !== null) element.style.width = percent(width);
  return element;
}

function percent(share) {
  return `${(share * 100).toFixed(2)}%`;
}

function said(row, start, end) {
  const [from, to] = [row[start].value, end ? row[end]?.value : undefined];
  return to && to !== from ? `${from} – ${to}` : from;
}

function note(events, shown, rows) {
  const parts = [];
  const told = events.reduce((sum, event) => sum + event.rows, 0);
  if (shown < events.length) parts.push(`The first ${shown} of ${events.length.toLocaleString("en")}.`);
  if (told > events.length) parts.push(`Rows that say the same here: ${(told - events.length).toLocaleString("en")}.`);
  if (told < rows) parts.push(`Rows without a date here: ${(rows - told).toLocaleString("en")}.`);
  return parts.join(" ");
}
