// An answer: what it is, and the views that its columns allow, as tabs (WAI-ARIA).
import { chart } from "./chart.js";
import { make } from "./dom.js";
import { table } from "./table.js";
import { ties } from "./ties.js";
import { moments } from "./when.js";
import { points } from "./where.js";

// What each view needs to find in an answer, and how it is shown.
const VIEWS = [
  ["Table", (found) => found.kind === "rows", table],
  ["Map", (found) => points(found).length > 0, (found) => import("./where.js").then((view) => view.show(found))],
  ["Timeline", (found) => moments(found).length > 0, (found) => import("./when.js").then((view) => view.show(found))],
  ["Network", (found) => ties(found).length > 0, (found) => import("./ties.js").then((view) => view.show(found))],
  ["Chart", (found) => chart.fits(found), (found) => chart.show(found)],
];

const FORMATS = { rows: ["json", "xml", "csv", "tsv"], truth: ["json", "xml", "csv", "tsv"], graph: ["ttl", "nt", "rdf", "jsonld"] };
const NAMES = { json: "JSON", xml: "XML", csv: "CSV", tsv: "TSV", ttl: "Turtle", nt: "N-Triples", rdf: "RDF/XML", jsonld: "JSON-LD" };

export function showAnswer(place, found, fields) {
  const links = FORMATS[found.kind].map((name) => {
    const query = new URLSearchParams([...fields, ["format", name]]);
    return make("a", { href: `/sparql?${query}`, download: `answer.${name}` }, NAMES[name]);
  });
  const count = found.kind === "rows" ? `${found.total.toLocaleString("en-GB")} row${found.total === 1 ? "" : "s"}` : found.kind === "graph" ? "A graph" : "";
  const summary = make("p", { class: "summary" }, count, make("span", { class: "by" }, ` ${found.milliseconds} ms in the engine`), " · ", make("b", {}, "take it as"), " ",
    ...links.flatMap((link, at) => (at ? [" · ", link] : [link])));
  const parts = [make("h2", { class: "hidden" }, "Answer"), summary];
  if (found.kind === "truth") parts.push(make("p", { class: "truth" }, found.truth ? "Yes" : "No"));
  if (found.kind === "rows" && !found.rows.length) parts.push(empty(found));
  if (found.rows.length < found.total) parts.push(make("p", { class: "warning" }, `Here are the first ${found.rows.length.toLocaleString("en-GB")}; the formats above hold all of them.`));
  const offered = found.kind === "rows" && !found.rows.length ? [] : VIEWS.filter(([, fits]) => fits(found));
  const listing = found.kind === "graph" ? [["Turtle", null, () => make("pre", { class: "listing", tabindex: "0" }, found.turtle)]] : [];
  const views = [...listing, ...offered];
  if (views.length) parts.push(tabs(views, found, fields));
  place.replaceChildren(...parts);
}

export function showFault(place, fault, go) {
  const box = make("div", { class: "wrong", role: "alert" }, make("h2", {}, "The query was not answered"), make("p", {}, sentence(fault.detail ?? "the server did not say why")));
  if (fault.line) {
    const where = make("button", { type: "button", class: "quiet", on: { click: () => go(fault.line, fault.column) } }, `Go to line ${fault.line}, column ${fault.column}`);
    box.append(...(fault.excerpt ? [make("pre", { class: "listing" }, fault.excerpt)] : []), make("p", {}, where));
  }
  if (fault.suggestions) box.append(make("p", {}, `Perhaps: ${fault.suggestions.join(", ")}`));
  place.replaceChildren(box);
}

const sentence = (words) => words[0].toUpperCase() + words.slice(1);

function empty(found) {
  const hints = found.hints.map((hint) => make("li", {}, sentence(hint) + (hint.endsWith("?") ? "" : ".")));
  return make("div", { class: "empty" }, make("p", {}, "No row matches."), ...(hints.length ? [make("ul", {}, ...hints)] : []));
}

function tabs(views, found, fields) {
  const panel = make("div", { role: "tabpanel", id: "view", tabindex: "-1" });
  const buttons = views.map(([name], at) => make("button", {
    type: "button", role: "tab", id: `view-${name.toLowerCase()}`, "aria-controls": "view", "aria-selected": String(at === 0), tabindex: at ? "-1" : "0",
  }, name));
  const open = async (at) => {
    buttons.forEach((button, number) => {
      button.setAttribute("aria-selected", String(number === at));
      button.tabIndex = number === at ? 0 : -1;
    });
    panel.setAttribute("aria-labelledby", buttons[at].id);
    try {
      panel.replaceChildren(await views[at][2](found, fields));
      panel.dispatchEvent(new Event("shown"));
    } catch (failure) {
      panel.replaceChildren(make("p", { class: "warning" }, `This view could not be drawn: ${failure.message}`));
    }
  };
  buttons.forEach((button, at) => {
    button.addEventListener("click", () => open(at));
    button.addEventListener("keydown", (event) => {
      const to = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: buttons.length - 1 }[event.key];
      if (to === undefined) return;
      event.preventDefault();
      const next = (to + buttons.length) % buttons.length;
      buttons[next].focus();
      open(next);
    });
  });
  open(0);
  const list = make("div", { role: "tablist", "aria-label": "Views of the answer", class: "tabs" }, ...buttons);
  return make("div", { class: "views" }, ...(buttons.length > 1 ? [list] : []), panel);
}
