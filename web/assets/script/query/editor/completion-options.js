// The options of completion: how each matches, what its tooltip shows, what it inserts.
import { pickedCompletion } from "@codemirror/autocomplete";
import { html } from "../../elements.js";
import { FUNCTIONS, HEADS, MODIFIERS, PATTERNS } from "./keywords.js";
import { declaration, declared } from "./prefixes.js";
import { gettext, ngettext } from "../../texts.js";

/** The prefix of things. */
export const THINGS = "id";

const LOCAL = /^[\p{L}\p{N}_](?:[\p{L}\p{N}_.-]*[\p{L}\p{N}_-])?$/u;
// Which kinds of terms are likely where; others are offered after them.
const LIKELY = { subject: [], predicate: ["property"], class: ["class"], object: ["concept"] };
// Shorter words occur in too many definitions to tell terms apart.
const TELLING = 4;
// Only these scores sort the list: each label begins with the word, so the editor's own score is equal for all.
const [FIRST, LATER, MEANT] = [30, 10, -60];
const LIKELY_WORD = 70;
const FOUND = 60;

/** Offer a variable. */
export function variable(label) {
  return { label, detail: gettext("variable"), boost: 2 };
}

/** Offer the words of SPARQL in capitals, to those who type small letters too. */
export function words(where, word) {
  const small = word !== "" && word === word.toLowerCase();
  const written = (text, boost) => ({ label: small ? text.toLowerCase() : text, displayLabel: text, apply: text, boost });
  const likely = { start: HEADS, subject: PATTERNS, expression: [...FUNCTIONS, ...MODIFIERS] }[where] ?? [];
  const others = where === "subject" ? MODIFIERS : [];
  return [
    ...likely.map((text) => written(text, LIKELY_WORD)),
    ...others.map((text) => written(text, -1)),
  ];
}

/** Offer terms whose name or label has a word that begins so, then those whose definition has. */
export function labelled({ terms, prefixes }, word, where, after) {
  if (where === "start") return [];
  return terms.flatMap((term) => {
    const [, local] = term.name.split(":");
    const fit = begins(`${local} ${term.label}`, word) ?? (word.length >= TELLING && begins(term.definition, word) !== null ? MEANT : null);
    return fit === null ? [] : [option(term, prefixes, where, after, word, fit, `${term.kind}: ${term.label}`)];
  });
}

/** Offer the terms of a prefix whose name or label has a word that begins so. */
export function ofPrefix({ terms, prefixes }, word, where, after) {
  const [prefix, local] = word.split(":");
  return terms.filter((term) => term.name.startsWith(`${prefix}:`)).flatMap((term) => {
    const fit = begins(`${term.name.slice(prefix.length + 1)} ${term.label}`, local);
    return fit === null ? [] : [option(term, prefixes, where, after, word, fit, term.label)];
  });
}

/** Score how well a text fits a word: it starts with it, or one of its words (or camelCase parts) does; else null. */
function begins(text, word) {
  const sought = word.toLowerCase();
  if (text.toLowerCase().startsWith(sought)) return FIRST;
  const parts = text.replaceAll(/(\p{Ll})(\p{Lu})/gu, "$1 $2").toLowerCase().split(/[^\p{L}\p{N}]+/u);
  return parts.some((part) => part.startsWith(sought)) ? LATER : null;
}

/** Make the option of a term that fits a word with a score; it inserts the prefixed name. */
function option(term, prefixes, where, after, word, fit, detail) {
  const valued = term.of.includes(after);
  const likely = LIKELY[where]?.includes(term.kind) && (valued || !after || !term.of.length);
  return {
    label: `${word} ${term.name}`,
    displayLabel: term.name,
    detail,
    boost: fit + (likely ? 25 : 0) + (valued ? 25 : 0) + Math.min(9, Math.log2(1 + term.uses)),
    info: () => about(term),
    apply: (view, completion, from, to) => insert(view, completion, from, to, term.name, prefixes),
  };
}

function about(term) {
  const uses = ngettext("%(name)s, %(kind)s; used %(num)s time", "%(name)s, %(kind)s; used %(num)s times", term.uses, { name: term.name, kind: gettext(term.kind) });
  return html("div", {}, html("p", {}, term.definition || term.label), html("p", { class: "use" }, uses));
}

/** Offer prefixes to begin a name with. */
export function spaces({ prefixes }, where) {
  if (!["subject", "predicate", "object", "class"].includes(where)) return [];
  return Object.entries(prefixes).map(([name, namespace]) => ({
    label: `${name}:`,
    detail: namespace,
    boost: -5,
    apply: (view, completion, from, to) => insert(view, completion, from, to, `${name}:`, prefixes),
  }));
}

/** Offer namespaces to declare. */
export function namespaces({ prefixes }, query) {
  const present = declared(query);
  return Object.entries(prefixes)
    .filter(([name]) => !present.has(name))
    .map(([name, namespace]) => ({ label: `${name}:`, detail: namespace, apply: `${name}: <${namespace}>` }));
}

/** Return a thing from a name search at a rank; `word` is the typed word, or null for a list of things only. */
export function thing(hit, { prefixes }, word, rank) {
  const local = hit.iri.startsWith(prefixes[THINGS]) ? hit.iri.slice(prefixes[THINGS].length) : "";
  const name = LOCAL.test(local) ? `${THINGS}:${local}` : `<${hit.iri}>`;
  const kinds = hit.kinds.join(", ");
  return {
    label: word === null ? name : `${word} ${hit.label}`,
    displayLabel: hit.label,
    detail: name,
    info: () => html("div", {}, html("p", {}, hit.description || hit.label),
      html("p", { class: "use" }, [kinds, hit.name !== hit.label && gettext("also “%(name)s”", { name: hit.name })].filter(Boolean).join("; "))),
    boost: FOUND - rank,
    apply: (view, completion, from, to) => insert(view, completion, from, to, name, prefixes),
  };
}

/** Insert a name, and declare its prefix if the query does not. */
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
