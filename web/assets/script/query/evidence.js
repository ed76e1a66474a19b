// The sentences behind a row, asked of the endpoint when somebody wants to know.
import { make } from "./dom.js";

const BASE = "https://w3id.org/aide-memoire";
let asked = { key: "", answer: null };

export async function evidenceOf(fields, at) {
  const query = new URLSearchParams([...fields, ["evidence", "true"]]);
  const key = query.toString();
  if (asked.key !== key) asked = { key, answer: load(query) };
  try {
    const { evidence } = await asked.answer;
    return shown(evidence?.rows?.[at], evidence);
  } catch (failure) {
    asked = { key: "", answer: null };
    return make("p", {}, `The evidence could not be had: ${failure.message}`);
  }
}

async function load(query) {
  const answer = await fetch("/sparql", {
    method: "POST", body: query, headers: { Accept: "application/sparql-results+json, application/problem+json;q=0.9" },
  });
  const found = await answer.json();
  if (!answer.ok) throw new Error(found.detail);
  return found;
}

function shown(row, whole) {
  if (!row) return make("p", {}, whole?.message ?? "The endpoint names no sentence for this row.");
  const parts = [];
  if (row.sentences?.length) {
    parts.push(make("ul", { class: "plain tight" }, ...row.sentences.map((one) => make("li", {},
      make("a", { href: one.citation.replace(BASE, "") }, place(one)), " of ", make("cite", {}, one.title),
      ...(one.inferred ? [" ", make("span", { class: "mark" }, "through an inference")] : [])))));
  } else parts.push(make("p", {}, "No sentence states this."));
  for (const [name, words] of [["background", "Background, not from a source"], ["unestablished", "Not established"]]) {
    if (row[name]?.length) parts.push(make("p", { class: "by" }, `${words}: ${row[name].map(say).join("; ")}`));
  }
  return make("div", {}, ...parts);
}

const place = (one) => (one.paragraph ? `¶${one.paragraph}, sentence ${one.sentence}` : `${one.part}, sentence ${one.sentence}`);
const say = (part) => {
  const words = typeof part === "string" ? part : part.pattern ?? part.reason ?? JSON.stringify(part);
  return words.replace(`${BASE}/graph/`, "");
};
