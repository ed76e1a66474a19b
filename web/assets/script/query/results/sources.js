// The sentences that a row is taken from, shown below it on demand. One request brings the evidence of all rows.
import { html } from "../../elements.js";
import { link } from "../controls.js";
import * as endpoint from "../endpoint.js";
import { learn, name } from "./names.js";
import { gettext } from "../../texts.js";

const requests = new WeakMap();

/** Make the button of a row that opens and closes its sources. */
export function sourcesButton(result, row, at, line, width) {
  const id = `sources-${at}`;
  let shown = null;
  const button = html("button", {
    type: "button", class: "plain-button", "aria-expanded": "false", "aria-label": gettext("Sources of row %(number)s", { number: at + 1 }),
    onclick: async () => {
      if (shown) {
        shown.remove();
        shown = null;
        button.setAttribute("aria-expanded", "false");
        button.removeAttribute("aria-controls");
        return;
      }
      const cell = html("td", { colspan: width, "aria-live": "polite" }, html("p", { class: "by" }, gettext("Looking up the sentences…")));
      shown = html("tr", { class: "sources-of", id }, cell);
      line.after(shown);
      button.setAttribute("aria-expanded", "true");
      button.setAttribute("aria-controls", id);
      cell.replaceChildren(html("div", {}, await evidenceOf(result, row)));
    },
  }, gettext("Sources"));
  return button;
}

async function evidenceOf(result, row) {
  try {
    if (!requests.has(result)) requests.set(result, fetchEvidence(result));
    const { of, unestablished } = await requests.get(result);
    const evidence = of.get(JSON.stringify(row));
    if (!evidence) return [html("p", {}, gettext("This row is missing when the query runs again, so no sources can be shown for it."))];
    return listing(evidence, unestablished);
  } catch (problem) {
    requests.delete(result);
    return [html("p", {}, gettext("The sources cannot be shown: %(reason)s", { reason: problem.message }))];
  }
}

async function fetchEvidence(result) {
  const { rows, evidence } = await endpoint.evidence(result);
  const of = new Map(rows.map((row, at) => [JSON.stringify(row), evidence.rows[at]]));
  const iris = evidence.rows.flatMap((row) => [...row.background, ...row.sentences.flatMap(({ citation, source }) => [citation, source])]);
  await learn([...new Set(iris)].map((value) => ({ iri: { type: "uri", value } })));
  return { of, unestablished: evidence.unestablished };
}

function listing({ sentences, background, unestablished }, ofAll) {
  const parts = sentences.length
    ? [html("ul", { class: "cites" }, sentences.map(sentence))]
    : [html("p", {}, gettext("No sentence is cited for this row."))];
  if (background.length) {
    const linked = background.flatMap((iri, at) => [at ? ", " : "", link(name(iri).page, name(iri).label)]);
    parts.push(html("p", { class: "by" }, `${gettext("Also from:")} `, linked));
  }
  const missing = [...unestablished, ...ofAll];
  if (missing.length) {
    parts.push(html("p", { class: "by" }, gettext("Not established:")),
      html("ul", { class: "cites by" }, missing.map(({ pattern, reason }) => html("li", {}, html("code", {}, pattern), ` – ${reason}`))));
  }
  return parts;
}

function sentence({ citation, title, part, paragraph, sentence: number, inferred }) {
  const place = paragraph === null ? (part ?? "sentence") : `paragraph ${paragraph}`;
  const text = number === null ? place : `${place}, sentence ${number}`;
  return html("li", {},
    link(name(citation).page, text.slice(0, 1).toUpperCase() + text.slice(1)),
    title && [" of ", html("cite", {}, title)],
    inferred && [" ", html("span", { class: "mark" }, gettext("inferred from it"))]);
}
