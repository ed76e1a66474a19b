// Rows as a table: sorted by any column, filtered by words, a hundred at a time, each with its sources.
import { html } from "../../elements.js";
import { cell } from "./cell.js";
import { columns } from "./columns.js";
import { words } from "./names.js";
import { sourcesButton } from "./sources.js";
import { formatted, gettext } from "../../texts.js";

const PAGE = 100;
// With more rows than this, keyboard users get a link that skips them.
const MANY = 10;
let tables = 0;
const order = new Intl.Collator("en", { numeric: true, sensitivity: "base" });

/** Fill a panel with a table of rows; with the `result` of a query, each row has a button for its sources. */
export function table(panel, names, rows, result = null) {
  const view = {
    names, rows, result, column: null, descending: false, filter: "", page: 0,
    kinds: new Map(columns(names, rows).map(({ name, kind }) => [name, kind])),
    texts: rows.map((row) => names.map((name) => words(row[name])).join("\n").toLowerCase()),
    count: html("span", { class: "count", role: "status" }), body: html("tbody"), pager: html("p", { class: "row pager" }),
  };
  view.heads = names.map((name) => head(name, view.kinds, () => sort(view, name)));
  const after = ways(rows.length);
  const top = html("thead", {}, html("tr", {}, view.heads, result && html("th", { scope: "col", class: "why" }, gettext("Evidence"))));
  panel.append(html("p", { class: "row tools" }, box((filter) => narrow(view, filter)), view.count), after ? skip(after) : "",
    html("div", { class: "scroll", role: "region", "aria-label": gettext("Rows"), tabindex: 0 }, html("table", {}, top, view.body)), view.pager, after ?? "");
  draw(view);
}

function sort(view, name) {
  Object.assign(view, { descending: view.column === name && !view.descending, column: name, page: 0 });
  draw(view);
}

function narrow(view, filter) {
  Object.assign(view, { filter, page: 0 });
  draw(view);
}

function draw(view) {
  const { names, rows, result, kinds } = view;
  const matching = arranged(view);
  const pages = Math.max(1, Math.ceil(matching.length / PAGE));
  view.page = Math.min(view.page, pages - 1);
  const shown = matching.slice(view.page * PAGE, (view.page + 1) * PAGE);
  view.body.replaceChildren(...shown.map((at) => line(names, kinds, rows[at], at, result)));
  view.heads.forEach((th) => th.setAttribute("aria-sort", sorted(th.dataset.name, view)));
  view.count.textContent = countText(matching.length, rows.length);
  view.pager.hidden = pages === 1;
  view.pager.replaceChildren(...steps(view, pages));
}

/** Make the links on from long rows; nothing for short ones. */
function ways(rows) {
  if (rows <= MANY) return null;
  tables += 1;
  return html("p", { class: "row ways", id: `after-rows-${tables}` },
    html("a", { href: "#editor" }, gettext("Back to the query")), html("a", { href: "#examples" }, gettext("Example queries")));
}

function skip({ id }) {
  return html("a", { class: "skip-rows", href: `#${id}` }, gettext("Skip the rows"));
}

function box(narrow) {
  return html("input", {
    type: "search", placeholder: gettext("Filter rows"), "aria-label": gettext("Filter rows by words"),
    oninput: (event) => narrow(event.target.value),
  });
}

function head(name, kinds, sort) {
  const button = html("button", { type: "button", class: "sort", onclick: sort }, name);
  return html("th", { scope: "col", "data-name": name, class: kinds.get(name) === "number" && "number" }, button);
}

function line(names, kinds, row, at, result) {
  const cells = names.map((name) => html("td", { class: kinds.get(name) === "number" && "number" }, cell(row[name])));
  const tr = html("tr", {}, cells);
  if (result) tr.append(html("td", { class: "why" }, sourcesButton(result, row, at, tr, names.length + 1)));
  return tr;
}

function arranged({ rows, texts, kinds, column, descending, filter }) {
  const words = filter.toLowerCase().split(/\s+/).filter(Boolean);
  const matching = [...rows.keys()].filter((at) => words.every((word) => texts[at].includes(word)));
  if (column === null) return matching;
  const compare = kinds.get(column) === "number" ? byNumber : byWords;
  const sign = descending ? -1 : 1;
  return matching.sort((a, b) => {
    const [left, right] = [rows[a][column], rows[b][column]];
    if (!left || !right) return Number(!left) - Number(!right);
    return sign * compare(left, right);
  });
}

function byNumber(a, b) {
  return Number(a.value) - Number(b.value);
}

function byWords(a, b) {
  return order.compare(words(a), words(b));
}

function sorted(name, { column, descending }) {
  if (name !== column) return "none";
  return descending ? "descending" : "ascending";
}

function countText(matching, all) {
  return matching === all ? "" : gettext("%(shown)s of %(total)s rows", { shown: formatted(matching), total: formatted(all) });
}

function steps(view, pages) {
  const turn = (by) => () => { view.page += by; draw(view); };
  return [
    html("button", { type: "button", class: "plain-button", disabled: view.page === 0, onclick: turn(-1) }, gettext("Previous rows")),
    html("span", { class: "count" }, gettext("page %(page)s of %(pages)s", { page: view.page + 1, pages })),
    html("button", { type: "button", class: "plain-button", disabled: view.page === pages - 1, onclick: turn(1) }, gettext("Next rows")),
  ];
}
