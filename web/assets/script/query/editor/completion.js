// What may come next, where the cursor stands: prefixes, terms, words of SPARQL, variables, things by name.
import { autocompletion } from "@codemirror/autocomplete";
import * as endpoint from "../endpoint.js";
import { THINGS, labelled, namespaces, ofPrefix, spaces, thing, variable, words } from "./completion-options.js";
import { expectedAtEnd } from "./cursor.js";
import { variables } from "./syntax.js";

const WORD = /[?$]?[\p{L}\p{N}_-]*(?::[\p{L}\p{N}_.-]*)?$/u;
// Fewer letters are hardly a name, where a term may stand as well.
const LETTERS = 3;
const WAIT = 150;
// What is told of an option stands beside the list if there is so much room, else below it.
const BESIDE = 240;
const WIDEST = 380;

/** Complete SPARQL, with the terms that `terms` promises: { prefixes, terms }. */
export function completion(terms) {
  return autocompletion({
    override: [(context) => offered(context, terms), (context) => things(context, terms)],
    icons: false,
    activateOnTypingDelay: WAIT,
    // As many as are seen at once: a list that scrolls would have to take the focus from the text.
    maxRenderedOptions: 10,
    positionInfo,
  });
}

async function offered(context, terms) {
  const { word, from, where, after } = here(context);
  if (!where || (!word && !context.explicit)) return null;
  const known = await terms;
  const query = context.state.doc.toString();
  if (where === "prefix") return { from, options: namespaces(known, query) };
  if (/^[?$]/.test(word)) return { from, options: named(query, word), validFor: /^[?$][\p{L}\p{N}_]*$/u };
  if (word.includes(":")) return { from, options: ofPrefix(known, word, where, after) };
  return { from, options: [...named(query, word), ...words(where, word), ...labelled(known, word, where, after), ...spaces(known, where)] };
}

/** Offer things whose names hold the word, wherever a thing may stand. */
async function things(context, terms) {
  const { word, from, where } = here(context);
  const [prefix, local] = word.includes(":") ? word.split(":") : [null, word];
  const asked = (local ?? "").replaceAll(/[-_.]+/g, " ").trim();
  if (!wanted(where, word, prefix, asked, context.explicit)) return null;
  await new Promise((resolve) => setTimeout(resolve, context.explicit ? 0 : WAIT));
  if (context.aborted) return null;
  const [known, found] = await Promise.all([terms, endpoint.search(asked)]).catch(() => [null, null]);
  if (!found || context.aborted) return null;
  // Asked for by name, they come as the search has ordered them; else among all that fits the word.
  const alone = prefix === THINGS || context.explicit;
  if (found.near && !alone) return null;
  const options = found.results.map((hit, rank) => thing(hit, known, alone ? null : word, rank));
  return { from, options, filter: !alone };
}

function wanted(where, word, prefix, asked, explicit) {
  if (["", "prefix", "start"].includes(where) || /^[?$]/.test(word)) return false;
  if (prefix !== null) return prefix === THINGS && asked !== "";
  return asked.length >= LETTERS && (explicit || where === "object" || where === "subject");
}

function here(context) {
  const line = context.state.doc.lineAt(context.pos);
  const word = WORD.exec(line.text.slice(0, context.pos - line.from))[0];
  const from = context.pos - word.length;
  // Only what stands before: a bracket that closes behind the cursor would hide where the text breaks off.
  const { part, property } = expectedAtEnd(context.state.doc.sliceString(0, from));
  return { word, from, where: part, after: property };
}

function named(query, word) {
  const sign = word.startsWith("$") ? "$" : "?";
  return variables(query).map((name) => sign + name.slice(1)).filter((name) => name !== word).map(variable);
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
