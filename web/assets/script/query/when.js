// Rows with a date on a line of time, in their order.
import { make, term } from "./dom.js";

const DATE = /^-?\d{4}(-\d{2}(-\d{2}(T.*)?)?)?$/;
// A bare number of four digits is a date only if its column says so.
const TYPED = /date|gYear/i;

export function moments(found) {
  const column = dated(found);
  if (column < 0) return [];
  return found.rows.filter((row) => row[column]).map((row) => ({ at: row[column].text, row, column })).sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
}

function dated(found) {
  return found.columns.findIndex((name, column) => {
    const cells = found.rows.map((row) => row[column]).filter(Boolean);
    if (!cells.length || !cells.every((cell) => !cell.iri && DATE.test(cell.text))) return false;
    return cells.some((cell) => cell.text.length > 4) || TYPED.test(cells[0].datatype ?? "") || /year|date|day|from|until/i.test(name);
  });
}

export function show(found) {
  const all = moments(found);
  return make("ol", { class: "moments" }, ...all.map(({ at, row, column }) => make("li", {},
    make("p", { class: "when" }, make("time", { datetime: at }, written(at))),
    make("p", { class: "what" }, ...row.flatMap((cell, number) => (cell && number !== column ? [term(cell), " "] : []))))));
}

function written(at) {
  const [year, month, day] = at.split("T")[0].split("-").map(Number);
  const form = { timeZone: "UTC", year: "numeric", ...(month ? { month: "long" } : {}), ...(day ? { day: "numeric" } : {}) };
  return new Date(Date.UTC(year, (month || 1) - 1, day || 1)).toLocaleDateString("en-GB", form);
}
