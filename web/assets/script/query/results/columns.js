// The kinds of values in the columns of a result, and the views that fit them. Pure: no DOM, no requests.

const XSD = "http://www.w3.org/2001/XMLSchema#";
const WKT = "http://www.opengis.net/ont/geosparql#wktLiteral";
const NUMBERS = new Set(
  ["integer", "decimal", "double", "float", "int", "long", "short", "byte", "nonNegativeInteger", "positiveInteger", "nonPositiveInteger", "negativeInteger", "unsignedInt", "unsignedLong", "unsignedShort", "unsignedByte"].map((name) => XSD + name),
);
const DATES = new Set(["date", "dateTime", "dateTimeStamp", "gYear", "gYearMonth"].map((name) => XSD + name));
const SHAPE = /^\s*(?:<[^>]*>\s*)?(?:MULTI)?(?:POINT|POLYGON)\s*\(/i;
// Names of columns that together hold the start and the end of a period.
const STARTS = /^(?:earliest|from|start|begin|not_?before|since|first)/i;
const ENDS = /^(?:latest|until|to$|end|not_?after|till|last)/i;
// Names of a column that relates two others.
const RELATIONS = /^(?:p|prop|property|predicate|relation|link)$/i;

/** Return the kind of a term: "iri", "number", "date", "wkt", "text", or "other" for blank nodes and triples. */
export function kind(term) {
  if (term.type === "uri") return "iri";
  if (term.type === "bnode" || term.type === "triple") return "other";
  if (term.datatype === WKT || (!term.datatype && SHAPE.test(term.value))) return "wkt";
  if (NUMBERS.has(term.datatype)) return Number.isFinite(Number(term.value)) ? "number" : "text";
  return DATES.has(term.datatype) ? "date" : "text";
}

/** Return { name, kind, filled } for each column; the kind is "mixed" if there are several, `filled` counts values. */
export function columns(names, rows) {
  return names.map((name) => {
    const bound = rows.filter((row) => row[name]).map((row) => kind(row[name]));
    const kinds = new Set(bound);
    return { name, kind: kinds.size > 1 ? "mixed" : (bound[0] ?? "empty"), filled: bound.length };
  });
}

/** Return the views that fit a result, each with the columns that it uses: { map, timeline, network, chart }. */
export function views(names, rows) {
  const held = columns(names, rows);
  const of = (...kinds) => held.filter((column) => kinds.includes(column.kind)).map((column) => column.name);
  const labels = of("iri", "text");
  const [shapes, dates, numbers, iris] = [of("wkt"), of("date"), of("number"), of("iri")];
  const fitting = {};
  if (shapes.length) fitting.map = { shape: shapes[0], label: labels[0] };
  if (dates.length) fitting.timeline = { ...span(dates), dates, label: labels[0] };
  if (iris.length > 1) fitting.network = ends(iris);
  // A year in numbers may name the other numbers.
  const label = [...labels, ...of("date", "mixed"), ...numbers.slice(0, 1)][0];
  const drawn = numbers.filter((name) => name !== label);
  if (drawn.length && rows.length > 1) fitting.chart = { numbers: drawn, label };
  return fitting;
}

function span(dates) {
  const start = dates.find((name) => STARTS.test(name));
  const end = dates.find((name) => ENDS.test(name));
  return start && end ? { start, end } : { start: dates[0], end: null };
}

function ends(iris) {
  const relation = iris.length > 2 ? iris.slice(1).find((name) => RELATIONS.test(name)) : undefined;
  const [from, to] = iris.filter((name) => name !== relation);
  return { from, to, relation, columns: iris };
}
