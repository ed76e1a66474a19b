// Run by tests/web/query/test_scripts.py. What completion and the faults read from the parse tree of a query.
import assert from "node:assert/strict";
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { test as run } from "node:test";

const root = new URL("../../../", import.meta.url);
const grammar = new URL("web/assets/node_modules/codemirror-lang-sparql/dist/index.js", root);
const installed = existsSync(grammar);
const load = async (name) => (installed ? import(new URL(`web/assets/script/query/editor/${name}`, root)) : {});
const { expectedAtEnd } = await load("cursor.js");
const { declaration, undeclared } = await load("prefixes.js");
const { variables } = await load("syntax.js");
const test = (name, body) => run(name, { skip: installed ? false : "the npm packages are not installed: make assets" }, body);

test("the part of a query that may come next", () => {
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
    'SELECT * { ?s rdfs:label "a" , "half, ': "",
    "SELECT * { ?s rdfs:label \"it's ": "",
    'SELECT * { ?s rdfs:label """half\na ': "",
    'SELECT * { ?s rdfs:label """half "quoted" ': "",
    'SELECT * { ?s rdfs:label "" , ': "object",
    'SELECT * { ?s rdfs:label "open\n} # a line below\nORDER BY ': "expression",
    "SELECT * { # ?s ": "",
    "SELECT * { # done\n?s ": "predicate",
    "SELECT * {} ORDER BY ": "expression",
    "SELECT * { ?s dip:host ?h ": "subject",
    "SELECT * { ?s (dip:host|": "predicate",
    "SELECT * { ?s a # of what kind?\n": "class",
    "SELECT * { ?s a dip:State FILTER ": "expression",
    "SELECT * { { SELECT ": "expression",
    "CONSTRUCT { ": "subject",
    "CONSTRUCT { ?s a ": "class",
  };
  for (const [text, expected] of Object.entries(cases)) assert.equal(expectedAtEnd(text).part, expected, text);
});

test("the property whose value may come next, on any line", () => {
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
  for (const [text, expected] of Object.entries(cases)) assert.equal(expectedAtEnd(text).property, expected, text);
});

test("names whose prefix is not declared, each prefix once", () => {
  const query = 'PREFIX a: <http://a/> SELECT * { ?s a:b c:d ; c:e "f:g" . _:h a <i:j> } # k:l';
  assert.deepEqual(undeclared(query).map(({ name, from, to }) => [name, query.slice(from, to)]), [["c", "c:d"]]);
});

test("a name includes its inner dots, not the one that ends a triple", () => {
  const names = (query) => undeclared(query).map(({ from, to }) => query.slice(from, to));
  assert.deepEqual(names("SELECT * { ?s ?p id:a.b ."), ["id:a.b"]);
  assert.deepEqual(names("SELECT * { ?s ?p id:a."), ["id:a"]);
});

test("names in a string that is still open are not read", () => {
  assert.deepEqual(undeclared('SELECT * { ?s ?p "see dip:host '), []);
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

test("every named query declares the prefixes it uses", () => {
  for (const name of readdirSync(new URL("kg/queries", root)).filter((file) => file.endsWith(".rq"))) {
    const text = readFileSync(new URL(`kg/queries/${name}`, root), "utf8");
    assert.deepEqual(undeclared(text), [], name);
  }
});
