// The results of a query: their number and time, downloads, and a tab for each view that fits.
// A new view is a module with a function (panel, rows, columns), listed in `ofRows`; `columns.js` decides when it fits.
import { html } from "../../elements.js";
import { root } from "../../root.js";
import { copyButton, link } from "../controls.js";
import { bare } from "../editor/faults.js";
import * as endpoint from "../endpoint.js";
import { tabs } from "../tabs.js";
import { chart } from "./chart.js";
import { columns, views } from "./columns.js";
import { map } from "./map.js";
import { learn } from "./names.js";
import { network } from "./network.js";
import { table } from "./table.js";
import { timeline } from "./timeline.js";
import { triples } from "./triples.js";
import { gettext, ngettext, withElements } from "../../texts.js";

const ROWS = { json: "JSON", xml: "XML", csv: "CSV", tsv: "TSV" };
// Characters of Turtle: browsers take seconds to lay out more, and to parse its triples.
const LONGEST = 300_000;
const TABLES = { csv: "CSV", xlsx: "XLSX" };
// Rows for which the server looks up evidence: MAX_ROWS of kg.endpoint.evidence.
const MOST_CITED = 1000;
const GRAPH = { ttl: "Turtle", nt: "N-Triples", rdf: "RDF/XML", jsonld: "JSON-LD", trig: "TriG", nq: "N-Quads" };

/** Show a result in a section; `explanation` says why it is empty, if it is. */
export async function show(section, result, explanation) {
  if (result.kind === "rows") await learn(result.rows);
  if (result.kind === "graph" && result.turtle.length < LONGEST) result.triples = triples(await endpoint.graph(result));
  section.replaceChildren(html("h2", { class: "hidden" }, gettext("Results")), summary(result), programs(result), ...[body(result, explanation)].flat().filter(Boolean));
}

/** Show an error; `mending` is the label and handler of a button that corrects the query, if there is one. */
export function showProblem(section, { title, detail, line, column, query, suggestions = [] }, mending = null) {
  const place = line ? html("p", { class: "by" }, column ? gettext("Line %(line)s, column %(column)s", { line, column }) : gettext("Line %(line)s", { line })) : null;
  const similar = suggestions.length ? html("p", {}, gettext("Similar names: %(names)s", { names: suggestions.join(", ") })) : null;
  // Without braces it is no SPARQL, but may be a question.
  const plain = query && !query.includes("{") ? html("p", {}, link(`${root}/ask?${new URLSearchParams({ q: query.slice(0, 200) })}`, "Ask this in plain words")) : null;
  section.replaceChildren(html("div", { class: "wrong", role: "alert" },
    html("h2", {}, gettext("The query failed")), html("p", {}, bare(detail || title)), plain, place, similar,
    mending && html("p", {}, html("button", { type: "button", onclick: mending.act }, mending.label))));
}

/** Summarise a result in a few words: gettext("Yes"), "3 rows". */
export function summaryText(result) {
  if (result.kind === "truth") return result.truth ? gettext("Yes") : gettext("No");
  if (result.kind === "rows") return ngettext("%(num)s row", "%(num)s rows", result.rows.length);
  return result.triples ? ngettext("%(num)s triple", "%(num)s triples", result.triples.length) : gettext("A large graph");
}

function summary(result) {
  const formats = Object.entries(result.kind === "graph" ? GRAPH : ROWS);
  const links = formats.flatMap(([format, name], at) => [at ? " · " : "", link(endpoint.address(result, format), name, { download: `answer.${format}` })]);
  return html("p", { class: "summary row" },
    html("span", {}, html("strong", {}, summaryText(result)), html("span", { class: "by" }, ` ${time(result.milliseconds)}`)),
    html("span", {}, html("b", {}, `${gettext("Download")} `), links),
    result.kind === "rows" && !result.graphs.length && tables(result),
    copyButton(gettext("Copy link"), () => new URL(endpoint.address(result), location.href).href));
}

/** Offer the rows as tables with labels, and with the sentences of each where the server looks them up. */
function tables(result) {
  const cited = result.rows.length <= MOST_CITED;
  const links = Object.entries(TABLES).flatMap(([format, name], at) => [at ? " · " : "", link(endpoint.table(result, format, cited), name, { download: `answer.${format}` })]);
  return html("span", {}, html("b", {}, `${cited ? gettext("with labels and sentences") : gettext("with labels")} `), links);
}

function time(milliseconds) {
  return milliseconds < 1000 ? gettext("in %(time)s ms", { time: Math.round(milliseconds) }) : gettext("in %(time)s s", { time: (milliseconds / 1000).toFixed(1) });
}

/** Offer the query as a program, written by the server when this is first opened. */
function programs(result) {
  const details = html("details", { class: "programs" }, html("summary", {}, gettext("Use in a program")));
  details.addEventListener("toggle", async () => {
    try {
      const snippets = await endpoint.snippets(result);
      const parts = snippets.map(({ name, code }) => ({ name, make: (panel) => panel.append(
        html("pre", { class: "listing", tabindex: 0 }, code), html("p", {}, copyButton(gettext("Copy %(language)s code", { language: name }), () => code))) }));
      details.append(tabs(gettext("Languages"), parts));
    } catch (problem) {
      details.append(html("p", {}, problem.message));
    }
  }, { once: true });
  return details;
}

function body(result, explanation) {
  if (result.kind === "truth") return html("p", { class: "truth" }, summaryText(result));
  if (result.kind === "graph") return result.triples?.length === 0 ? nothing() : ofGraph(result);
  return result.rows.length ? ofRows(result) : empty(explanation);
}

function ofRows(result) {
  const { names, rows } = result;
  const allowed = views(names, rows);
  const parts = [{ name: gettext("Table"), make: (panel) => table(panel, names, rows, result) }];
  if (allowed.map) parts.push({ name: gettext("Map"), make: (panel) => laid(panel, map(panel, rows, allowed.map)) });
  if (allowed.timeline) parts.push({ name: gettext("Timeline"), make: (panel) => laid(panel, timeline(panel, rows, allowed.timeline)) });
  if (allowed.network) parts.push({ name: gettext("Network"), make: (panel) => network(panel, rows, allowed.network) });
  if (allowed.chart) parts.push({ name: gettext("Chart"), make: (panel) => chart(panel, rows, allowed.chart) });
  return [unfilled(names, rows), tabs(gettext("Views of the results"), parts)];
}

/** Wait for what the server lays out, and say so if it does not. */
function laid(panel, drawing) {
  drawing.catch((problem) => panel.append(html("p", { role: "alert" }, problem.message)));
}

/** Name the columns without values: most often the pattern spells the variable differently. */
function unfilled(names, rows) {
  const empty = columns(names, rows).filter(({ filled }) => !filled).map(({ name }) => `?${name}`);
  return empty.length ? html("p", { class: "by" }, gettext("No row has a value for %(variables)s.", { variables: empty.join(", ") })) : null;
}

function ofGraph(result) {
  const rows = async () => {
    const statements = result.triples ?? triples(await endpoint.graph(result));
    await learn(statements);
    return statements;
  };
  let pending = null;
  const read = (panel, use) => (pending ??= rows()).then(use).catch((problem) => panel.append(html("p", {}, problem.message)));
  const names = ["subject", "property", "value"];
  const ends = { from: "subject", to: "value", relation: "property" };
  return tabs(gettext("Views of the results"), [
    { name: "Turtle", make: (panel) => panel.append(...listing(result.turtle)) },
    { name: gettext("Table"), make: (panel) => read(panel, (statements) => table(panel, names, statements)) },
    { name: gettext("Network"), make: (panel) => read(panel, (statements) => network(panel, statements, ends)) },
  ]);
}

function listing(turtle) {
  const complete = turtle.length < LONGEST;
  const shown = complete ? turtle : turtle.slice(0, turtle.lastIndexOf("\n", LONGEST));
  return [
    html("p", {}, copyButton(gettext("Copy Turtle"), () => turtle), !complete && html("span", { class: "by" }, ` ${gettext("Only the beginning is shown; copies and downloads are complete.")}`)),
    html("pre", { class: "listing", tabindex: 0 }, shown),
  ];
}

function nothing() {
  return html("div", { class: "empty" }, html("h2", {}, gettext("No triples")),
    html("p", {}, gettext("Nothing in the graph matches the pattern. Write it as SELECT * to see which part has no match.")));
}

function empty(explanation) {
  const { message, pattern, hints = [] } = explanation ?? {};
  return html("div", { class: "empty" },
    html("h2", {}, gettext("No results")),
    message && html("p", {}, bare(message)),
    pattern && !message?.includes(pattern) && html("p", {}, html("b", {}, `${gettext("The pattern without a match:")} `), html("code", {}, pattern)),
    hints.length > 0 && html("ul", {}, hints.map((hint) => html("li", {}, bare(hint)))),
    html("p", { class: "by" }, ofNames()));
}

function ofNames() {
  const text = gettext("Names are %(label)s, most of them in English (%(example)s). Every term is listed here: %(ontology)s.");
  const ontology = html("a", { href: `${root}/ontology` }, gettext("Ontology"));
  return withElements(text, { label: html("code", {}, "rdfs:label"), example: html("code", {}, '"Japan"@en'), ontology });
}
