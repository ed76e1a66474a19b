// Run by tests/web/query/test_scripts.py.
import assert from "node:assert/strict";
import { test } from "node:test";

const root = new URL("../../../", import.meta.url);
const scripts = new URL("web/assets/script/query/results/", root);
const { columns, views } = await import(new URL("columns.js", scripts));
const { triples } = await import(new URL("triples.js", scripts));

const XSD = "http://www.w3.org/2001/XMLSchema#";
const iri = (value) => ({ type: "uri", value });
const literal = (value, type) => ({ type: "literal", value, ...(type && { datatype: XSD + type }) });

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
