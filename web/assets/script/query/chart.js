// Rows of one name and one number as bars.
import { make, term } from "./dom.js";

const MOST = 60;

function columns(found) {
  if (found.kind !== "rows" || found.rows.length < 2) return null;
  const numeric = found.columns.findIndex((_, column) => {
    const cells = found.rows.map((row) => row[column]);
    return cells.every((cell) => cell && !cell.iri && cell.text !== "" && Number.isFinite(Number(cell.text))) && !found.rows.every((row) => /^\d{4}$/.test(row[column].text));
  });
  const named = found.columns.findIndex((_, column) => column !== numeric && found.rows.every((row) => row[column]));
  return numeric < 0 || named < 0 ? null : { numeric, named };
}

export const chart = {
  fits: (found) => columns(found) !== null,
  show(found) {
    const { numeric, named } = columns(found);
    const rows = found.rows.map((row) => [row[named], Number(row[numeric].text)]).slice(0, MOST);
    const most = Math.max(...rows.map(([, number]) => Math.abs(number)), 1e-9);
    return make("div", {},
      make("div", { class: "bars" }, ...rows.flatMap(([cell, number]) => [
        make("p", { class: "bar-name" }, term(cell)),
        make("p", { class: "bar-line" }, make("progress", { max: String(most), value: String(Math.abs(number)), "aria-label": cell.text }), ` ${number.toLocaleString("en-GB")}`),
      ])),
      ...(found.rows.length > MOST ? [make("p", { class: "by" }, `The first ${MOST} of ${found.rows.length} rows.`)] : []));
  },
};
