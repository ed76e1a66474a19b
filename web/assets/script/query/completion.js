// What may come next: prefixes, terms with what they mean, words of SPARQL, variables, things by name.
import { autocompletion, pickedCompletion } from "@codemirror/autocomplete";
import * as endpoint from "./endpoint.js";
import { html } from "./dom.js";
import { declaration, declared, place, variables } from "./tokens.js";
import { FUNCTIONS, HEADS, MODIFIERS, PATTERNS } from "./words.js";

const WORD = /[?$]?[\p{L}\p{N}_-]*(?::[\p{L}\p{N}_.-]*)?$/u;
const LOCAL = /^[\p{L}\p{N}_](?:[\p{L}\p{N}_.-]*[\p{L}\p{N}_-])?$/u;
// Fewer letters are hardly a name, where a term may stand as well.
const LETTERS = 3;
const THINGS = "id";

// Which kinds of terms are likely where; others are offered after them.
const LIKELY = { subject: [], predicate: ["property"], class: ["class"], object: ["concept"] };

/** Complete SPARQL, with the terms that `terms` promises: { prefixes, terms }. */
export function completion(terms) {
  return autocompletion({
    override: [(context) => offered(context, terms), (context) => things(context, terms)],
    icons: false,
    activateOnTypingDelay: 150,
    maxRenderedOptions: 60,
  });
}

async function offered(context, terms) {
  const { word, from, where } = here(context);
  if (!where || (!word && !context.explicit)) return null;
  const known = await terms;
  const query = context.state.doc.toString();
  if (where === "prefix") return { from, options: namespaces(known, query), validFor: /^[\w-]*$/ };
  if (/^[?$]/.test(word)) return { from, options: named(query, word), validFor: /^[?$][\p{L}\p{N}_]*$/u };
  const options = word.includes(":")
    ? ofPrefix(known, word.split(":")[0], where)
    : [...named(query, word), ...words(where, word), ...labelled(known, where), ...spaces(known, where)];
  return { from, options, validFor: /^[\p{L}\p{N}_.:-]*$/u };
}

/** Offer things whose names hold the word: after `id:` while somebody types, anywhere when asked to. */
async function things(context, terms) {
  const { word, from, where } = here(context);
  if (!where || where === "prefix" || where === "start" || /^[?$]/.test(word)) return null;
  const [prefix, local] = word.includes(":") ? word.split(":") : [null, word];
  const asked = (local ?? "").replaceAll(/[-_.]+/g, " ").trim();
  const wanted = prefix === null ? context.explicit && asked.length >= LETTERS : prefix === THINGS && asked !== "";
  if (!wanted) return null;
  await new Promise((resolve) => setTimeout(resolve, context.explicit ? 0 : 150));
  if (context.aborted) return null;
  const [known, found] = await Promise.all([terms, endpoint.search(asked)]).catch(() => [null, null]);
  if (!found || context.aborted) return null;
  const options = found.results.map((hit, rank) => thing(hit, known, found.results.length - rank));
  return { from, options, filter: false };
}

function here(context) {
  const line = context.state.doc.lineAt(context.pos);
  const word = WORD.exec(line.text.slice(0, context.pos - line.from))[0];
  const from = context.pos - word.length;
  return { word, from, where: place(context.state.doc.sliceString(0, from)) };
}

function named(query, word) {
  const sign = word.startsWith("$") ? "$" : "?";
  return variables(query)
    .map((name) => sign + name.slice(1))
    .filter((name) => name !== word)
    .map((label) => ({ label, detail: "variable", boost: 2 }));
}

/** Offer the words of SPARQL in capitals, to those who type small letters too. */
function words(where, word) {
  const small = word !== "" && word === word.toLowerCase();
  const written = (text, boost) => ({ label: small ? text.toLowerCase() : text, displayLabel: text, apply: text, boost });
  const likely = { start: HEADS, subject: PATTERNS, expression: [...FUNCTIONS, ...MODIFIERS] }[where] ?? [];
  const others = where === "subject" ? MODIFIERS : [];
  return [
    ...likely.map((text) => written(text, 15)),
    ...others.map((text) => written(text, -1)),
  ];
}

function labelled({ terms, prefixes }, where) {
  if (where === "start") return [];
  return terms.map((term) => option(term, prefixes, where, `${term.name.split(":")[1]} ${term.label}`));
}

function ofPrefix({ terms, prefixes }, prefix, where) {
  return terms
    .filter((term) => term.name.startsWith(`${prefix}:`))
    .map((term) => option(term, prefixes, where, term.name));
}

/** One term, found by the label given and written by its name. */
function option(term, prefixes, where, label) {
  const likely = LIKELY[where]?.includes(term.kind) ?? false;
  return {
    label,
    displayLabel: term.name,
    detail: label === term.name ? term.label : `${term.kind}: ${term.label}`,
    boost: (likely ? 20 : 0) + Math.min(9, Math.log2(1 + term.uses)),
    info: () => about(term),
    apply: (view, completion, from, to) => insert(view, completion, from, to, term.name, prefixes),
  };
}

function about(term) {
  const uses = `${term.name}, ${term.kind}; used ${term.uses.toLocaleString("en")} times`;
  return html("div", {}, html("p", {}, term.definition || term.label), html("p", { class: "use" }, uses));
}

function spaces({ prefixes }, where) {
  if (!["subject", "predicate", "object", "class"].includes(where)) return [];
  return Object.entries(prefixes).map(([name, namespace]) => ({
    label: `${name}:`,
    detail: namespace,
    boost: -5,
    apply: (view, completion, from, to) => insert(view, completion, from, to, `${name}:`, prefixes),
  }));
}

function namespaces({ prefixes }, query) {
  const had = declared(query);
  return Object.entries(prefixes)
    .filter(([name]) => !had.has(name))
    .map(([name, namespace]) => ({ label: `${name}:`, detail: namespace, apply: `${name}: <${namespace}>` }));
}

function thing(hit, { prefixes }, rank) {
  const local = hit.iri.startsWith(prefixes[THINGS]) ? hit.iri.slice(prefixes[THINGS].length) : "";
  const name = LOCAL.test(local) ? `${THINGS}:${local}` : `<${hit.iri}>`;
  const kinds = hit.kinds.join(", ");
  return {
    label: name,
    displayLabel: hit.label,
    detail: name,
    info: () => html("div", {}, html("p", {}, hit.description || hit.label),
      html("p", { class: "use" }, [kinds, hit.name !== hit.label && `also “${hit.name}”`].filter(Boolean).join("; "))),
    boost: rank,
    apply: (view, completion, from, to) => insert(view, completion, from, to, name, prefixes),
  };
}

/** Write a name, and the line that declares its prefix if the query has none. */
function insert(view, completion, from, to, name, prefixes) {
  const changes = [{ from, to, insert: name }];
  const prefix = name.startsWith("<") ? "" : name.split(":")[0];
  const missing = prefix && declaration(view.state.doc.toString(), prefix, prefixes[prefix]);
  if (missing && missing.from <= from) changes.unshift(missing);
  const shift = changes.length > 1 ? missing.insert.length : 0;
  view.dispatch({
    changes,
    selection: { anchor: from + shift + name.length },
    annotations: pickedCompletion.of(completion),
    userEvent: "input.complete",
    scrollIntoView: true,
  });
}
