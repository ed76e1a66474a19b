// What there is to start from: the questions with a box that filters them, and the queries of before.
import { html } from "../elements.js";
import { forget, heading, past } from "./past.js";
import { tabs } from "./tabs.js";

/** Turn the list of questions into a shelf; `open(query)` is told of the one chosen. Returns `refresh`. */
export function shelf(section, open) {
  const list = section.querySelector("ol");
  const earlier = html("div");
  const draw = () => earlier.replaceChildren(...before(open, draw));
  section.querySelector("h2").classList.add("hidden");
  list.addEventListener("click", (event) => {
    const chosen = event.target.closest("a");
    if (!chosen || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    open(queryOf(chosen));
  });
  section.append(tabs("Examples and history", [
    { name: "Examples", make: (panel) => panel.append(...filtered(list)) },
    { name: "Your queries", make: (panel) => { panel.append(earlier); draw(); } },
  ]));
  return draw;
}

/** Return the title of the question of ours that a query is, or nothing. */
export function titleOf(section, query) {
  const link = [...section.querySelectorAll("ol.questions a")].find((one) => queryOf(one).trim() === query.trim());
  return link?.textContent ?? "";
}

function queryOf(link) {
  return new URL(link.href).searchParams.get("query").replaceAll("\r\n", "\n");
}

function filtered(list) {
  const items = [...list.children];
  const count = html("p", { class: "by", role: "status" });
  const box = html("input", { type: "search", placeholder: "Filter examples", "aria-label": "Filter examples by words", oninput: () => {
    const wanted = box.value.toLowerCase().split(/\s+/).filter(Boolean);
    for (const item of items) item.hidden = !wanted.every((word) => item.textContent.toLowerCase().includes(word));
    const left = items.filter((item) => !item.hidden).length;
    count.textContent = wanted.length ? `${left} of ${items.length}` : "";
  } });
  return [html("p", { class: "filter" }, box), count, list];
}

function before(open, draw) {
  const found = past(localStorage);
  if (!found.length) return [html("p", { class: "by" }, "Queries that you run are listed here, stored in this browser only.")];
  const items = found.map(({ query, at, said }) => html("li", {},
    html("button", { type: "button", class: "again", onclick: () => open(query) }, heading(query)),
    html("span", { class: "by" }, [when(at), said].filter(Boolean).join(" · "))));
  const clear = html("button", { type: "button", class: "plain-button", onclick: () => { forget(localStorage); draw(); } }, "Clear history");
  return [html("ol", { class: "past" }, items), html("p", {}, clear)];
}

function when(at) {
  return at ? new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short", hour: "2-digit", minute: "2-digit" }).format(new Date(at)) : "";
}
