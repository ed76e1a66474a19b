// Queries to start from: the examples, which a search box filters, and the visitor's history.
import { html } from "../elements.js";
import { forget, heading, past } from "./history.js";
import { tabs } from "./tabs.js";
import { gettext, language } from "../texts.js";

/** Turn the list of examples into tabs; `open(query)` is called with a chosen one. Returns a function that redraws the history. */
export function examples(section, open) {
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
  section.append(tabs(gettext("Examples and history"), [
    { name: gettext("Examples"), make: (panel) => panel.append(...filtered(list)) },
    { name: gettext("Your queries"), make: (panel) => { panel.append(earlier); draw(); } },
  ]));
  return draw;
}

/** Return the title of the example with this query text, or the empty string. */
export function titleOf(section, query) {
  const link = [...section.querySelectorAll("ol.questions a")].find((link) => queryOf(link).trim() === query.trim());
  return link?.textContent ?? "";
}

function queryOf(link) {
  return new URL(link.href).searchParams.get("query").replaceAll("\r\n", "\n");
}

function filtered(list) {
  const items = [...list.children];
  const count = html("p", { class: "by", role: "status" });
  const box = html("input", { type: "search", placeholder: gettext("Filter examples"), "aria-label": gettext("Filter examples by words"), oninput: () => {
    const words = box.value.toLowerCase().split(/\s+/).filter(Boolean);
    for (const item of items) item.hidden = !words.every((word) => item.textContent.toLowerCase().includes(word));
    const left = items.filter((item) => !item.hidden).length;
    count.textContent = words.length ? gettext("%(shown)s of %(total)s", { shown: left, total: items.length }) : "";
  } });
  return [html("p", { class: "filter" }, box), count, list];
}

function before(open, draw) {
  const entries = past(localStorage);
  if (!entries.length) return [html("p", { class: "by" }, gettext("Queries that you run are listed here, stored in this browser only."))];
  const items = entries.map(({ query, at, said }) => html("li", {},
    html("button", { type: "button", class: "again", onclick: () => open(query) }, heading(query)),
    html("span", { class: "by" }, [when(at), said].filter(Boolean).join(" · "))));
  const clear = html("button", { type: "button", class: "plain-button", onclick: () => { forget(localStorage); draw(); } }, gettext("Clear history"));
  return [html("ol", { class: "past" }, items), html("p", {}, clear)];
}

function when(at) {
  return at ? new Intl.DateTimeFormat(language === "en" ? "en-GB" : language, { day: "numeric", month: "short", hour: "2-digit", minute: "2-digit" }).format(new Date(at)) : "";
}
