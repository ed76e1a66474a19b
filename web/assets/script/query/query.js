// The query page: the form becomes an editor, and results replace each other without loading a page.
import { html } from "../elements.js";
import { editor, write } from "./editor/editor.js";
import * as faults from "./editor/faults.js";
import { declare, missing } from "./editor/prefixes.js";
import * as endpoint from "./endpoint.js";
import { examples, titleOf } from "./examples.js";
import { remember } from "./history.js";
import { summaryText, show, showProblem } from "./results/result.js";
import { gettext } from "../texts.js";

const desk = document.querySelector(".desk");
const form = desk.querySelector("form.query");
const section = desk.querySelector(".answer");
const gallery = desk.querySelector(".gallery");
const save = desk.querySelector("form.save");
const heading = document.querySelector("h1");
const back = document.querySelector(".back");
// The query that the page was loaded with, and the title that the server gave it.
const first = { query: form.elements.query.value, title: document.title.split(" · ")[0] };
const state = { running: null, timer: 0, address: location.pathname + location.search, shown: !new URLSearchParams(location.search).get("query")?.trim() };

// Milliseconds before Cancel appears and gettext("Running…") is announced: fast results should not flash either.
const [TICK, ANNOUNCED] = [200, 1000];
const FAILED = gettext("Failed");
const apple = /Mac|iPhone|iPad/.test(navigator.platform);
const key = apple ? "⌘" : "Ctrl";
const help = gettext("%(key)s+Enter runs the query. Ctrl+Space completes. Escape, then Tab leaves the editor.", { key });
const terms = endpoint.terms().catch(() => ({ prefixes: {}, terms: [] }));
const label = form.querySelector("label[for=query]");
const view = editor(form.elements.query, { label: label.textContent.trim(), help, run: () => run(), terms });
const button = form.querySelector("button");
const cancel = html("button", { type: "button", class: "plain-button", hidden: true, onclick: () => state.running?.abort() }, gettext("Cancel"));
const status = html("span", { class: "by", role: "status" });
const clock = html("span", { class: "by", "aria-hidden": "true" });
const refresh = examples(gallery, (query) => { write(view, query); run(true); });

desk.classList.remove("answered");
section.tabIndex = -1;
label.addEventListener("click", () => view.focus());
form.querySelector(".row").replaceChildren(button, cancel, status, clock,
  html("a", { href: "#examples", class: "to-shelf" }, gettext("Example queries")), html("span", { class: "by keys" }, help));
section.addEventListener("click", (event) => {
  if (!event.target.closest("a[href='#editor']")) return;
  event.preventDefault();
  view.focus();
  form.scrollIntoView({ block: "nearest" });
});
form.addEventListener("submit", (event) => { event.preventDefault(); run(); });
save?.addEventListener("submit", () => { save.elements.query.value = view.state.doc.toString(); });
window.addEventListener("pagehide", () => state.running?.abort());
window.addEventListener("popstate", () => {
  const query = new URLSearchParams(location.search).get("query");
  // Links to an anchor of the page trigger popstate too.
  if (query === null || state.address === location.pathname + location.search) return;
  write(view, query);
  run();
});
if (new URLSearchParams(location.search).get("query")?.trim()) run();

/** Run the query in the editor and show its results; `fresh` adds an entry to the browser's history. */
async function run(fresh = false) {
  const query = view.state.doc.toString();
  const graphs = [...new FormData(form)].filter(([name]) => name.endsWith("-graph-uri"));
  state.running?.abort();
  const running = new AbortController();
  state.running = running;
  wait(running.signal);
  try {
    const result = await endpoint.ask(query, graphs, running.signal);
    const empty = result.kind === "rows" && !result.rows.length;
    const explanation = empty ? await endpoint.explain(result, running.signal) : null;
    if (running.signal.aborted) return;
    await show(section, result, explanation);
    reveal(fresh);
    faults.clear(view);
    if (explanation?.pattern) faults.showUnmatched(view, explanation.pattern, explanation.message);
    finish(query, graphs, summaryText(result), fresh);
  } catch (problem) {
    if (state.running !== running) return;
    if (running.signal.aborted) return stop(gettext("Stopped."));
    const details = problem instanceof endpoint.Problem ? problem.details : { detail: gettext("The server cannot be reached.") };
    showProblem(section, { ...details, query }, await mending(query));
    reveal(fresh);
    faults.show(view, details);
    finish(query, graphs, FAILED, fresh);
  }
}

/** Return a button that declares the undeclared prefixes of a query, or null if none is known. */
async function mending(query) {
  const { prefixes } = await terms;
  const names = missing(query, prefixes).map(({ name }) => `${name}:`);
  if (!names.length) return null;
  return { label: gettext("Declare %(prefixes)s and run again", { prefixes: new Intl.ListFormat(document.documentElement.lang).format(names) }), act: () => { declare(view, prefixes); run(); } };
}

/** Scroll to the results unless the page has just loaded; after a click on an example, move the focus to them. */
function reveal(fresh) {
  const first = !state.shown;
  state.shown = true;
  if (!first && section.getBoundingClientRect().top > window.innerHeight * 0.7) section.scrollIntoView({ block: "start" });
  if (!first && section.getBoundingClientRect().bottom < 0) section.scrollIntoView({ block: "start" });
  if (fresh && gallery.contains(document.activeElement)) section.focus({ preventScroll: true });
}

function wait(signal) {
  const start = performance.now();
  clearInterval(state.timer);
  section.setAttribute("aria-busy", "true");
  status.textContent = "";
  state.timer = setInterval(() => {
    if (signal.aborted) return;
    const spent = performance.now() - start;
    cancel.hidden = false;
    if (spent > ANNOUNCED) status.textContent = gettext("Running…");
    clock.textContent = `${Math.floor(spent / 1000)} s`;
  }, TICK);
}

function stop(text) {
  clearInterval(state.timer);
  section.removeAttribute("aria-busy");
  if (document.activeElement === cancel) button.focus();
  cancel.hidden = true;
  clock.textContent = "";
  status.textContent = text;
}

function finish(query, graphs, text, fresh) {
  stop(text);
  remember(localStorage, query, Date.now(), text);
  refresh();
  if (save) save.hidden = text === FAILED || graphs.length > 0;
  const title = titleOf(gallery, query) || (query === first.query && first.title !== gettext("Query") ? first.title : "");
  // The link back belongs to the query that the page was loaded with.
  if (back && fresh) back.hidden = query !== first.query;
  heading.textContent = title || gettext("Query the graph");
  document.title = `${title || gettext("Query")} · Aide-Mémoire`;
  const address = endpoint.address({ query, graphs });
  state.address = address;
  if (address === location.pathname + location.search) return;
  if (fresh) history.pushState(null, "", address);
  else history.replaceState(null, "", address);
}
