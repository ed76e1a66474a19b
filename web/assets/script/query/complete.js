// Completion: prefixes, our classes and properties, variables, keywords, and things by name.
const KEYWORDS = [
  "SELECT", "DISTINCT", "CONSTRUCT", "ASK", "DESCRIBE", "WHERE", "FROM", "NAMED", "GRAPH", "OPTIONAL", "UNION", "MINUS", "FILTER",
  "EXISTS", "NOT EXISTS", "BIND", "AS", "VALUES", "ORDER BY", "ASC", "DESC", "GROUP BY", "HAVING", "LIMIT", "OFFSET", "PREFIX",
  "COUNT", "SUM", "MIN", "MAX", "AVG", "SAMPLE", "GROUP_CONCAT", "STR", "LANG", "LANGMATCHES", "DATATYPE", "BOUND", "REGEX",
  "CONTAINS", "STRSTARTS", "STRENDS", "LCASE", "UCASE", "YEAR", "MONTH", "DAY", "COALESCE", "IF", "IN", "NOT IN",
];

let known = null;

/** The words of the graph, asked for once. */
function lexicon() {
  known ??= fetch("/sparql/terms").then((answer) => answer.json()).catch(() => {
    known = null;
    return { prefixes: {}, terms: [] };
  });
  return known;
}

export async function completions(context) {
  const variable = context.matchBefore(/[?$]\w*/);
  if (variable) return { from: variable.from, options: variables(context, variable.text), validFor: /^[?$]\w*$/ };
  const word = context.matchBefore(/[\w-]*:?[\w-]*/);
  if (!word || (word.from === word.to && !context.explicit) || inText(context, word.from)) return null;
  const { prefixes, terms } = await lexicon();
  if (context.aborted) return null;
  if (/PREFIX\s+[\w-]*:?$/i.test(lineBefore(context))) return declared(word, prefixes);
  if (word.text.startsWith("id:")) return things(context, word, word.text.slice(3), prefixes);
  const options = [
    ...terms.map((term) => termOption(term, prefixes)),
    ...(word.text.includes(":") ? [] : KEYWORDS.map((label) => ({ label, type: "keyword", boost: -20 }))),
    ...Object.keys(prefixes).map((label) => ({ label: `${label}:`, type: "namespace", boost: -30, apply: withPrefix(label, `${label}:`, prefixes) })),
  ];
  // A word that names no term may be the name of a thing.
  const named = context.explicit && word.text.length > 2 && !word.text.includes(":")
    ? (await things(context, word, word.text, prefixes))?.options ?? [] : [];
  return { from: word.from, options: [...named, ...options], validFor: named.length ? undefined : /^[\w-]*:?[\w-]*$/ };
}

const lineBefore = (context) => context.state.doc.lineAt(context.pos).text.slice(0, context.pos - context.state.doc.lineAt(context.pos).from);

function inText(context, from) {
  const before = context.state.doc.lineAt(from).text.slice(0, from - context.state.doc.lineAt(from).from);
  const bare = before.replace(/<[^>]*>/g, "");
  return bare.includes("#") || bare.includes("<http") || (bare.match(/(?<!\\)"/g)?.length ?? 0) % 2 === 1;
}

function variables(context, own) {
  const names = new Set(context.state.doc.toString().match(/[?$]\w+/g) ?? []);
  names.delete(own);
  return [...names].map((label) => ({ label, type: "variable" }));
}

function declared(word, prefixes) {
  return {
    from: word.from,
    options: Object.entries(prefixes).map(([name, space]) => ({ label: `${name}:`, apply: `${name}: <${space}>`, detail: space, type: "namespace" })),
  };
}

/** A term is found by its name or by its label, and brings its prefix along. */
function termOption(term, prefixes) {
  const prefix = term.name.split(":")[0];
  return {
    label: term.name,
    displayLabel: term.name,
    detail: `${term.label} · ${term.kind}`,
    info: term.definition || undefined,
    type: term.kind,
    boost: Math.min(20, Math.log2(1 + term.uses)),
    apply: withPrefix(prefix, term.name, prefixes),
  };
}

async function things(context, word, asked, prefixes) {
  if (!asked) return { from: word.from, options: [] };
  const stop = new AbortController();
  context.addEventListener("abort", () => stop.abort(), { onDocChange: true });
  try {
    const query = new URLSearchParams({ q: asked.replaceAll("-", " "), format: "json", limit: "12" });
    const answer = await fetch(`/search?${query}`, { signal: stop.signal });
    const { results } = await answer.json();
    return {
      from: word.from,
      filter: false,
      options: results.map((item, at) => {
        const name = `id:${item.iri.slice(prefixes.id.length)}`;
        return {
          label: name, displayLabel: item.label, detail: name, info: item.description || undefined,
          type: "thing", boost: 99 - at, apply: withPrefix("id", name, prefixes),
        };
      }),
    };
  } catch {
    return null;
  }
}

/** Insert a name, and declare its prefix at the top if the query does not. */
function withPrefix(prefix, name, prefixes) {
  return (view, _, from, to) => {
    const text = view.state.doc.toString();
    const changes = [{ from, to, insert: name }];
    if (prefixes[prefix] && !new RegExp(`PREFIX\\s+${prefix}:`, "i").test(text)) {
      const lead = text.match(/^(?:\s*#[^\n]*\n)*/)?.[0].length ?? 0;
      const line = `PREFIX ${prefix}: <${prefixes[prefix]}>\n`;
      changes.unshift({ from: Math.min(lead, from), insert: line });
      view.dispatch({ changes, selection: { anchor: from + line.length + name.length } });
    } else {
      view.dispatch({ changes, selection: { anchor: from + name.length } });
    }
  };
}
