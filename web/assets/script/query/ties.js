// Rows with two things, or a graph of statements, as a network.
import { make } from "./dom.js";

// A drawing of more says nothing.
const MOST = 400;

export function ties(found) {
  if (found.kind === "graph") return triples(found.turtle).slice(0, MOST);
  const things = found.columns.map((_, column) => column).filter((column) => {
    const cells = found.rows.map((row) => row[column]).filter(Boolean);
    return cells.length > 0 && cells.every((cell) => cell.iri && !cell.iri.includes("/ontology#") && !cell.iri.includes("/source/"));
  });
  const [from, ...others] = things;
  const all = found.rows.flatMap((row) => others.filter((column) => row[from] && row[column])
    .map((column) => ({ from: row[from], to: row[column], label: found.columns[column] })));
  const unique = new Map(all.map((tie) => [`${tie.from.iri} ${tie.label} ${tie.to.iri}`, tie]));
  return [...unique.values()].slice(0, MOST);
}

/** Read the statements between things out of the engine's own Turtle; values are left out. */
export function triples(turtle) {
  const prefixes = Object.fromEntries([...turtle.matchAll(/^@prefix\s+([\w-]*):\s+<([^>]*)>/gm)].map((found) => [found[1], found[2]]));
  const body = turtle.replace(/^@prefix[^\n]*\n/gm, "");
  const tokens = body.match(/<[^>]*>|"(?:[^"\\]|\\.)*"(?:@[\w-]+|\^\^(?:<[^>]*>|[\w-]*:[\w.-]+))?|[;,.](?=\s|$)|[^\s;,]+(?:[.][^\s;,]+)*/g) ?? [];
  const found = [];
  let [subject, predicate, end] = [null, null, null];
  for (const token of tokens) {
    if (token === ".") [subject, predicate] = [null, null];
    else if (token === ";") predicate = null;
    else if (token === ",") end = null;
    else if (!subject) subject = token;
    else if (!predicate) predicate = token;
    else {
      end = token;
      if (isThing(subject) && isThing(end) && predicate !== "a") found.push({ from: node(subject, prefixes), to: node(end, prefixes), label: node(predicate, prefixes).text });
    }
  }
  return found;
}

const isThing = (token) => /^<|^[\w-]*:[^/]/.test(token) && !token.startsWith("_:");

function node(token, prefixes) {
  const short = token.startsWith("<") ? token.slice(1, -1) : token;
  const [, name, local] = /^([\w-]*):(.*)$/.exec(short) ?? [];
  const iri = token.startsWith("<") ? short : (prefixes[name] ?? `${name}:`) + local;
  return { iri, text: decodeURIComponent(iri.split(/[#/]/).pop() || iri).replaceAll("-", " ") };
}

export async function show(found) {
  const { default: cytoscape } = await import("cytoscape");
  const all = ties(found);
  const place = make("div", { class: "graph", role: "img", "aria-label": "The rows as a network; the table lists them" });
  // Drawn once it is in the page and has a size.
  setTimeout(() => drawn(cytoscape, place, all), 0);
  return make("div", {}, make("template", { id: "__________cytoscape_stylesheet" }), place, make("p", { class: "by" }, `${all.length} ties${all.length === MOST ? ", the first of them" : ""}`));
}

function drawn(cytoscape, place, all) {
  const value = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
  const nodes = new Map(all.flatMap((tie) => [[tie.from.iri, tie.from], [tie.to.iri, tie.to]]));
  const graph = cytoscape({
    container: place,
    userZoomingEnabled: false,
    elements: [
      ...[...nodes].map(([id, cell], at) => ({ data: { id, label: cell.text, page: cell.page }, position: { x: 300 * Math.cos((at * 2 * Math.PI) / nodes.size), y: 300 * Math.sin((at * 2 * Math.PI) / nodes.size) } })),
      ...all.map((tie, at) => ({ data: { id: `tie ${at}`, source: tie.from.iri, target: tie.to.iri, label: tie.label } })),
    ],
    style: [
      { selector: "node", style: { label: "data(label)", "background-color": value("--seal"), color: value("--ink"), "font-size": 11, width: 14, height: 14, "text-wrap": "wrap", "text-max-width": 130, "text-valign": "bottom", "text-margin-y": 3 } },
      { selector: "edge", style: { label: "data(label)", color: value("--faint"), "font-size": 9, "line-color": value("--faint"), "target-arrow-color": value("--faint"), "target-arrow-shape": "triangle", "curve-style": "bezier", width: 1, "text-rotation": "autorotate", "text-background-color": value("--sheet"), "text-background-opacity": 0.9 } },
    ],
    layout: { name: "cose", randomize: false, animate: false, nodeRepulsion: () => 20000, idealEdgeLength: () => 100, padding: 24 },
  });
  graph.on("tap", "node", (event) => { if (event.target.data("page")) location.assign(event.target.data("page")); });
  place.graph = graph;
}
