// What may come next, where the cursor stands: prefixes, terms, words of SPARQL, variables, things by name.
import { autocompletion } from "@codemirror/autocomplete";
import * as endpoint from "../endpoint.js";
import { THINGS, labelled, namespaces, ofPrefix, spaces, thing, variable, words } from "./completion-options.js";
import { expectedAtEnd } from "./cursor.js";
import { variables } from "./syntax.js";

const WORD = /[?$]?[\p{L}\p{N}_-]*(?::[\p{L}\p{N}_.-]*)?$/u;
// Fewer letters match too many things to list them beside terms.
const LETTERS = 3;
const WAIT = 150;
// The tooltip of an option stands beside the list if there is so much room (pixels), else below it.
const BESIDE = 240;
const WIDEST = 380;

/** Complete SPARQL, with the terms that `terms` promises: { prefixes, terms }. */
export function completion(terms) {
  return autocompletion({
    override: [(context) => fromVocabulary(context, terms), (context) => fromSearch(context, terms)],
    icons: false,
    activateOnTypingDelay: WAIT,
    // As many as are seen at once: a list that scrolls would have to take the focus from the text.
    maxRenderedOptions: 10,
    positionInfo,
  });
}

async function fromVocabulary(context, terms) {
  const { word, from, where, after } = atCursor(context);
  if (!where || (!word && !context.explicit)) return null;
  const vocabulary = await terms;
  const query = context.state.doc.toString();
  if (where === "prefix") return { from, options: namespaces(vocabulary, query) };
  if (/^[?$]/.test(word)) return { from, options: variableOptions(query, word), validFor: /^[?$][\p{L}\p{N}_]*$/u };
  if (word.includes(":")) return { from, options: ofPrefix(vocabulary, word, where, after) };
  return { from, options: [...variableOptions(query, word), ...words(where, word), ...labelled(vocabulary, word, where, after), ...spaces(vocabulary, where)] };
}

/** Offer things whose names hold the word, wherever a thing may stand. */
async function fromSearch(context, terms) {
  const { word, from, where } = atCursor(context);
  const [prefix, local] = word.includes(":") ? word.split(":") : [null, word];
  const name = (local ?? "").replaceAll(/[-_.]+/g, " ").trim();
  if (!searches(where, word, prefix, name, context.explicit)) return null;
  await new Promise((resolve) => setTimeout(resolve, context.explicit ? 0 : WAIT));
  if (context.aborted) return null;
  const [vocabulary, matches] = await Promise.all([terms, endpoint.search(name)]).catch(() => [null, null]);
  if (!matches || context.aborted) return null;
  // Searched by name, things keep the order of the search; else they mix with the terms that match the word.
  const thingsOnly = prefix === THINGS || context.explicit;
  if (matches.near && !thingsOnly) return null;
  const options = matches.results.map((hit, rank) => thing(hit, vocabulary, thingsOnly ? null : word, rank));
  return { from, options, filter: !thingsOnly };
}

function searches(where, word, prefix, name, explicit) {
  if (["", "prefix", "start"].includes(where) || /^[?$]/.test(word)) return false;
  if (prefix !== null) return prefix === THINGS && name !== "";
  return name.length >= LETTERS && (explicit || where === "object" || where === "subject");
}

function atCursor(context) {
  const line = context.state.doc.lineAt(context.pos);
  const word = WORD.exec(line.text.slice(0, context.pos - line.from))[0];
  const from = context.pos - word.length;
  // Only what stands before: a bracket that closes behind the cursor would hide where the text breaks off.
  const { part, property } = expectedAtEnd(context.state.doc.sliceString(0, from));
  return { word, from, where: part, after: property };
}

function variableOptions(query, word) {
  const first = word.startsWith("$") ? "$" : "?";
  return variables(query).map((name) => first + name.slice(1)).filter((name) => name !== word).map(variable);
}

function positionInfo(view, list, option, info, space) {
  const [left, right] = [list.left - space.left, space.right - list.right];
  const room = Math.max(left, right);
  const height = info.bottom - info.top;
  if (room >= BESIDE) {
    const top = Math.max(space.top, Math.min(option.top, space.bottom - height)) - list.top;
    return { style: `top: ${top}px; max-width: ${Math.min(WIDEST, room)}px`, class: `cm-completionInfo-${right >= left ? "right" : "left"}` };
  }
  const under = space.bottom - list.bottom >= height || list.top < height;
  const edge = under ? `top: ${list.bottom - list.top}px` : `bottom: ${list.bottom - list.top}px`;
  return { style: `${edge}; left: 0; max-width: ${Math.min(WIDEST, list.right - list.left)}px`, class: "" };
}
