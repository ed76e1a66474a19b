// A number of each row as a bar: the largest first, or by years and days where those name the bars.
import { html, svg } from "../../elements.js";
import { choice } from "../controls.js";
import { cell } from "./cell.js";
import { kind } from "./columns.js";
import { formatted, gettext } from "../../texts.js";

const MOST = 100;

/** Fill a panel with the bars of rows. */
export function chart(panel, rows, { numbers, label }) {
  const list = html("div");
  const draw = (column) => list.replaceChildren(...drawn(rows, column, label));
  if (numbers.length > 1) panel.append(html("p", { class: "row tools" }, choice(gettext("Show"), numbers, numbers[0], draw)));
  panel.append(list);
  draw(numbers[0]);
}

function ordered(label, found) {
  const kinds = new Set(found.map(({ row }) => row[label] && kind(row[label])));
  if (kinds.size === 1 && kinds.has("number")) return (a, b) => Number(a.row[label].value) - Number(b.row[label].value);
  if (kinds.size === 1 && kinds.has("date")) return (a, b) => a.row[label].value.localeCompare(b.row[label].value);
  return (a, b) => b.number - a.number;
}

function drawn(rows, column, label) {
  const found = rows.filter((row) => row[column]).map((row) => ({ row, number: Number(row[column].value) }));
  found.sort(ordered(label, found));
  const least = Math.min(0, ...found.map(({ number }) => number));
  const most = Math.max(0, ...found.map(({ number }) => number));
  const share = (number) => (most === least ? 0 : (number / (most - least)) * 100);
  const shown = found.slice(0, MOST);
  const bar = (number) => svg("svg", { class: "bar", "aria-hidden": "true" },
    svg("rect", { x: `${share(Math.min(number, 0) - least)}%`, width: `${Math.abs(share(number))}%`, height: "100%" }));
  return [
    html("ol", { class: "bars", "aria-label": gettext("%(values)s by %(names)s", { values: column, names: label }) }, shown.map(({ row, number }) =>
      html("li", {}, html("span", { class: "what" }, cell(row[label])), bar(number), html("span", { class: "amount" }, formatted(number))))),
    shown.length < found.length ? html("p", { class: "by" }, gettext("The first %(shown)s of %(total)s rows.", { shown: MOST, total: formatted(found.length) })) : "",
  ];
}
