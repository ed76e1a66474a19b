// Run by tests/web/query/test_scripts.py. The editor suspects only what its grammar cannot read.
import assert from "node:assert/strict";
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { test } from "node:test";

const root = new URL("../../../", import.meta.url);
const grammar = new URL("web/assets/node_modules/codemirror-lang-sparql/dist/index.js", root);
const skip = existsSync(grammar) ? false : "the npm packages are not installed: make assets";

const faults = (parser, text) => {
  const found = [];
  parser.parse(text).iterate({ enter: (node) => { if (node.type.isError) found.push(node.from); } });
  return found;
};

test("the grammar reads every query of ours", { skip }, async () => {
  const { SparqlLanguage } = await import(grammar);
  for (const folder of ["kg/queries", "kg/queries/pages", "ontology/rules", "ontology/checks"]) {
    for (const name of readdirSync(new URL(folder, root)).filter((file) => file.endsWith(".rq"))) {
      const text = readFileSync(new URL(`${folder}/${name}`, root), "utf8");
      assert.deepEqual(faults(SparqlLanguage.parser, text), [], `${folder}/${name}`);
    }
  }
});

test("the grammar finds what is broken", { skip }, async () => {
  const { SparqlLanguage } = await import(grammar);
  for (const text of ["SELEC * {}", "SELECT * { ?s ?p }", "SELECT * { ?s ?p ?o"]) {
    assert.notDeepEqual(faults(SparqlLanguage.parser, text), [], text);
  }
});
