// Rows as a table: sorted by a column, narrowed by words, a hundred at a time, each with its evidence.
import { evidenceOf } from "./evidence.js";
import { make, quiet, term } from "./dom.js";

const PAGE = 100;

export function table(found, fields) {
  const state = { column: -1, down: false, words: "", page: 0 };
  const head = make("tr");
  const body = make("tbody");
  const said = make("p", { class: "by", role: "status" });
  const steps = make("p", { class: "row" });
  const filter = make("input", { type: "search", id: "narrow", placeholder: "words in a row", on: { input: () => { state.words = filter.value; state.page = 0; show(); } } });
  const order = found.rows.map((row, at) => [row, at]);

  function show() {
    const words = state.words.toLowerCase().split(/\s+/).filter(Boolean);
    const kept = order.filter(([row]) => {
      const text = row.map((cell) => (cell ? `${cell.text} ${cell.name ?? ""}` : "")).join(" ").toLowerCase();
      return words.every((word) => text.includes(word));
    });
    if (state.column >= 0) kept.sort(([a, i], [b, j]) => compare(a[state.column], b[state.column], i, j) * (state.down ? -1 : 1));
    const pages = Math.max(1, Math.ceil(kept.length / PAGE));
    state.page = Math.min(state.page, pages - 1);
    body.replaceChildren(...kept.slice(state.page * PAGE, (state.page + 1) * PAGE).flatMap(([row, at]) => line(row, at)));
    said.textContent = kept.length < order.length ? `${kept.length} of ${order.length} rows` : "";
    steps.replaceChildren(...(pages > 1 ? [
      quiet("← before", () => turn(-1), { disabled: state.page === 0 }),
      make("span", {}, `page ${state.page + 1} of ${pages}`),
      quiet("after →", () => turn(1), { disabled: state.page === pages - 1 }),
    ] : []));
  }
  const turn = (by) => { state.page += by; show(); };

  function line(row, at) {
    const told = make("td", { colspan: String(found.columns.length + 1), class: "evidence" });
    const below = make("tr", { hidden: true }, told);
    const open = quiet("why?", async () => {
      const shown = open.getAttribute("aria-expanded") === "true";
      open.setAttribute("aria-expanded", String(!shown));
      below.hidden = shown;
      if (!shown) {
        told.replaceChildren("looking…");
        told.replaceChildren(await evidenceOf(fields, at));
      }
    }, { "aria-expanded": "false", "aria-label": `why? The sentences behind row ${at + 1}`, class: "quiet why" });
    return [make("tr", {}, ...row.map((cell) => make("td", {}, term(cell))), make("td", {}, open)), below];
  }

  head.append(...found.columns.map((name, column) => {
    const press = make("button", { type: "button", class: "sort" }, name);
    const cell = make("th", { scope: "col", "aria-sort": "none" }, press);
    press.addEventListener("click", () => {
      state.down = state.column === column && !state.down;
      state.column = column;
      for (const other of head.children) other.setAttribute("aria-sort", "none");
      cell.setAttribute("aria-sort", state.down ? "descending" : "ascending");
      show();
    });
    return cell;
  }), make("th", { scope: "col" }, "evidence"));
  show();
  return make("div", {},
    make("p", { class: "row narrow-rows" }, make("label", { for: "narrow" }, "Narrow"), filter, said),
    make("div", { class: "scroll", role: "region", "aria-label": "Rows", tabindex: "0" }, make("table", {}, make("thead", {}, head), body)),
    steps);
}

/** Numbers by size, all else by text, what is not there last; rows that are equal keep their order. */
function compare(a, b, i, j) {
  if (!a || !b) return (a ? 0 : 1) - (b ? 0 : 1) || i - j;
  const [x, y] = [Number(a.text), Number(b.text)];
  const found = Number.isNaN(x) || Number.isNaN(y) ? a.text.localeCompare(b.text, "en", { numeric: true }) : x - y;
  return found || i - j;
}
