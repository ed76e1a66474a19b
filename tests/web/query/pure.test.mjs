// Run by tests/web/query/test_scripts.py.
import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { test } from "node:test";

const root = new URL("../../../", import.meta.url);
const scripts = new URL("web/assets/script/query/", root);
const { declaration, declared, place, predicate, tokens, undeclared, variables } = await import(new URL("tokens.js", scripts));
const { columns, views } = await import(new URL("columns.js", scripts));
const { triples } = await import(new URL("triples.js", scripts));

const XSD = "http://www.w3.org/2001/XMLSchema#";
const iri = (value) => ({ type: "uri", value });
const literal = (value, type) => ({ type: "literal", value, ...(type && { datatype: XSD + type }) });

test("place says what may come next", () => {
  const cases = {
    "": "start",
    "PREFIX ": "prefix",
    "PREFIX dip: <http://x#>\n": "start",
    "SELECT ": "expression",
    "SELECT * { ": "subject",
    "SELECT * { ?s ": "predicate",
    "SELECT * { ?s a ": "class",
    "SELECT * { ?s rdf:type ": "class",
    "SELECT * { ?s a dip:State, ": "object",
    "SELECT * { ?s dip:host ": "object",
    "SELECT * { ?s dip:host/": "predicate",
    "SELECT * { ?s ^": "predicate",
    "SELECT * { ?s a dip:State ; ": "predicate",
    "SELECT * { ?s a dip:State . ": "subject",
    "SELECT * { ?s a dip:State FILTER(": "expression",
    "SELECT * { ?s a dip:State FILTER(?s > 3) ": "subject",
    "SELECT * { ?s dip:a [ ": "predicate",
    "SELECT * { ?s dip:a [ a dip:B ] ; ": "predicate",
    "SELECT * { VALUES ?s { ": "subject",
    "SELECT * { VALUES (?s) { (": "object",
    "SELECT * { OPTIONAL { ?s ": "predicate",
    'SELECT * { ?s rdfs:label "half a na': "",
    "SELECT * { # ?s ": "",
    "SELECT * { # done\n?s ": "predicate",
    "SELECT * {} ORDER BY ": "expression",
  };
  for (const [text, expected] of Object.entries(cases)) assert.equal(place(text), expected, text);
});

test("the property whose value comes next is known, of whatever line it is", () => {
  const cases = {
    "SELECT * { ?s dip:host ": "dip:host",
    "SELECT * { ?s dip:host ?h ; dip:certainty ": "dip:certainty",
    "SELECT * { ?s dip:host ?h ; dip:certainty dip:likely, ": "dip:certainty",
    "SELECT * { ?s dip:a/dip:b ": "dip:b",
    "SELECT * { ?s dip:a [ dip:b ": "dip:b",
    "SELECT * { ?s dip:host ?h . ": "",
    "SELECT * { ?s ": "",
    "SELECT * { ?s dip:a ?b FILTER(?b = ": "",
    "": "",
  };
  for (const [text, expected] of Object.entries(cases)) assert.equal(predicate(text), expected, text);
});

test("names whose prefix is not declared are found, each prefix once", () => {
  const query = 'PREFIX a: <http://a/> SELECT * { ?s a:b c:d ; c:e "f:g" . _:h a <i:j> } # k:l';
  assert.deepEqual(undeclared(query).map(({ name, from, to }) => [name, query.slice(from, to)]), [["c", "c:d"]]);
});

test("a name keeps its dots inside and leaves the one that ends a triple", () => {
  assert.deepEqual(tokens("id:a.b .").map((token) => token.text), ["id:a.b", "."]);
  assert.deepEqual(tokens("id:a.").map((token) => token.text), ["id:a", "."]);
});

test("variables are listed once, none from strings or comments", () => {
  assert.deepEqual(variables('SELECT ?a $b { ?a ?p "?no" } # ?never'), ["?a", "$b", "?p"]);
});

test("a missing prefix goes below the others, or before the query", () => {
  const applied = (query) => {
    const { from, insert } = declaration(query, "id", "http://x/");
    return query.slice(0, from) + insert + query.slice(from);
  };
  assert.equal(applied("PREFIX a: <b>\n\nSELECT * {}"), "PREFIX a: <b>\nPREFIX id: <http://x/>\n\nSELECT * {}");
  assert.equal(applied("# Who?\nASK {}"), "# Who?\nPREFIX id: <http://x/>\nASK {}");
  assert.equal(applied("BASE <b>\nASK {}"), "BASE <b>\nPREFIX id: <http://x/>\nASK {}");
  assert.equal(applied("SELECT * { <a> <b> <c> }"), "PREFIX id: <http://x/>\nSELECT * { <a> <b> <c> }");
  assert.equal(applied(""), "PREFIX id: <http://x/>\n");
  assert.equal(declaration("prefix id: <http://y/>", "id", "http://x/"), null);
});

test("every question of ours declares what it uses", () => {
  for (const name of readdirSync(new URL("kg/queries", root)).filter((file) => file.endsWith(".rq"))) {
    const text = readFileSync(new URL(`kg/queries/${name}`, root), "utf8");
    const used = tokens(text).filter((token) => token.kind === "name" && !token.text.endsWith(":"));
    for (const { text: term } of used) assert.ok(declared(text).has(term.split(":")[0]), `${name}: ${term}`);
  }
});

test("columns are told apart, and a mixed one is no number", () => {
  const rows = [
    { a: iri("x:a"), n: literal("1", "integer"), m: literal("1", "integer"), d: literal("1945", "gYear") },
    { a: iri("x:b"), n: literal("2.5", "decimal"), m: literal("one"), d: literal("2018-04-13", "date") },
  ];
  const kinds = columns(["a", "n", "m", "d", "e"], rows).map((column) => column.kind);
  assert.deepEqual(kinds, ["iri", "number", "mixed", "date", "empty"]);
});

test("views are offered only where the columns allow", () => {
  const row = { s: iri("x:a"), p: iri("x:p"), o: iri("x:b"), n: literal("3", "integer"), w: literal("POINT(1 2)") };
  const found = (...names) => Object.keys(views(names, [row, row])).sort();
  assert.deepEqual(found("s"), []);
  assert.deepEqual(found("n"), []);
  assert.deepEqual(found("s", "n"), ["chart"]);
  const years = [2017, 2018].map((year) => ({ year: literal(String(year), "integer"), n: literal("3", "integer") }));
  assert.deepEqual(views(["year", "n"], years).chart, { numbers: ["n"], label: "year" });
  assert.equal(views(["n"], years).chart, undefined);
  assert.deepEqual(found("s", "w"), ["map"]);
  assert.deepEqual(found("s", "o"), ["network"]);
  assert.deepEqual(views(["s", "n"], [row]), {});
  const { from, to, relation } = views(["s", "p", "o"], [row]).network;
  assert.deepEqual([from, relation, to], ["s", "p", "o"]);
});

test("two dates make a span if their names say so", () => {
  const date = (name) => [name, literal("2018-01-01", "date")];
  const of = (...names) => views(names, [Object.fromEntries(names.map(date))]).timeline;
  assert.deepEqual([of("earliest", "latest").start, of("earliest", "latest").end], ["earliest", "latest"]);
  assert.equal(of("date", "attackDate").end, null);
});

test("triples are read with their escapes", () => {
  const [first, second] = triples('<a:a> <a:b> "x \\"y\\" \\u00e9\\n"@en .\n_:n <a:b> "1"^^<a:int> .\n\n# no\n<a:a> <a:b> <<( <a:a> <a:b> <a:c> )>> .\n');
  assert.deepEqual(first.value, { type: "literal", value: 'x "y" é\n', "xml:lang": "en" });
  assert.deepEqual(second, { subject: { type: "bnode", value: "n" }, property: iri("a:b"), value: { type: "literal", value: "1", datatype: "a:int" } });
});
