// Run by tests/web/query/test_scripts.py.
import assert from "node:assert/strict";
import { test } from "node:test";

const scripts = new URL("../../../web/assets/script/query/results/", import.meta.url);
const { degrees, joined, merged, numbered } = await import(new URL("ties.js", scripts));

const iri = (value) => ({ type: "uri", value });

test("rows are joined as far as they name two things, and what is left out is counted", () => {
  const rows = [{ a: iri("x:1"), b: iri("x:2") }, { a: iri("x:1"), b: { type: "literal", value: "2" } }, { a: iri("x:3") }, { a: iri("x:1"), b: iri("x:1") }];
  const { nodes, lines, left } = joined(rows, { from: "a", to: "b" });
  assert.deepEqual(nodes.map(({ id }) => id), ["x:1", "x:2"]);
  assert.deepEqual([lines.length, left], [2, 0]);
  const many = Array.from({ length: 500 }, (_, at) => ({ a: iri("x:0"), b: iri(`x:${at + 1}`) }));
  const most = joined(many, { from: "a", to: "b" });
  assert.deepEqual([most.nodes.length, most.lines.length, most.left], [400, 399, 101]);
});

test("links that are all called the same need no name", () => {
  const rows = (second) => [{ a: iri("x:1"), p: iri("x:p"), b: iri("x:2") }, { a: iri("x:1"), p: iri(second), b: iri("x:3") }];
  const labels = (found) => joined(found, { from: "a", to: "b", relation: "p" }).lines.map(({ label }) => label);
  assert.deepEqual(labels(rows("x:p")), ["", ""]);
  assert.deepEqual(labels(rows("x:q")), ["x:p", "x:q"]);
});

test("the links of a pair are one line, with an arrow if they go the same way", () => {
  const line = (source, target, label) => ({ source, target, label, directed: true });
  const [first, second] = merged([line("a", "b", "x"), line("a", "b", "y"), line("c", "a", ""), line("a", "c", "x")]);
  assert.deepEqual(first, { source: "a", target: "b", label: "x, y", directed: true });
  assert.deepEqual(second, { source: "c", target: "a", label: "x", directed: false });
});

test("the server is sent labels and pairs of numbers, within its bounds", () => {
  const nodes = Array.from({ length: 400 }, (_, at) => ({ id: `n${at}`, label: "x".repeat(2000) }));
  const lines = nodes.flatMap(({ id }, at) => nodes.slice(0, at % 30).map((other) => ({ source: id, target: other.id, label: "" })));
  const { labels, edges, form } = numbered({ nodes, lines }, "narrow");
  assert.deepEqual([labels.length, labels[0].length, edges.length, form], [400, 1000, 4000, "narrow"]);
  assert.deepEqual(edges[0], [1, 0]);
  const twice = [{ source: "n0", target: "n1", label: "p" }, { source: "n0", target: "n1", label: "q" }];
  assert.deepEqual(numbered({ nodes: nodes.slice(0, 2), lines: twice }, "wide").edges, [[0, 1]]);
});

test("each node has as many links as lead to it, one to itself once", () => {
  const nodes = ["a", "b", "c"].map((id) => ({ id }));
  const lines = [{ source: "a", target: "b" }, { source: "b", target: "a" }, { source: "a", target: "a" }];
  assert.deepEqual([...degrees({ nodes, lines })], [["a", 3], ["b", 2], ["c", 0]]);
});
