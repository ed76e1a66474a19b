// Run by tests/web/query/test_scripts.py.
import assert from "node:assert/strict";
import { test } from "node:test";

const scripts = new URL("../../../web/assets/script/query/", import.meta.url);
const { beside, spread } = await import(new URL("spreading.js", scripts));
const { joined } = await import(new URL("ties.js", scripts));

const iri = (value) => ({ type: "uri", value });
const BOX = { left: 10, top: 20, right: 110, bottom: 70 };
const ROOM = { width: 200, height: 100 };
const dot = (x, y) => ({ x, y, radius: 5 });
const named = (x, y, first = false) => ({ ...dot(x, y), width: 40, height: 10, first });

test("points fill the box, in the order that they had", () => {
  const found = spread([[0, 0], [1, 3], [1000, 1], [2, 2]], BOX);
  assert.deepEqual(found[0], [10, 20]);
  assert.deepEqual([found[2][0], found[1][1]], [110, 70]);
  const across = [0, 1, 3, 2].map((at) => found[at][0]);
  assert.deepEqual(across, [...across].sort((a, b) => a - b));
  assert.ok(found[3][0] > 45, "what is far away leaves the others room");
});

test("a point alone, and points in a row, stand in the middle", () => {
  assert.deepEqual(spread([[7, 7]], BOX), [[60, 45]]);
  assert.deepEqual(spread([[0, 5], [9, 5]], BOX), [[10, 45], [110, 45]]);
  assert.deepEqual(spread([], BOX), []);
});

test("a name stands below its dot, or wherever else there is room", () => {
  const dots = [dot(100, 50)];
  assert.deepEqual(beside([named(100, 50)], dots, ROOM), [[80, 59]]);
  const low = [dot(100, 90)];
  assert.deepEqual(beside([named(100, 90)], low, ROOM), [[80, 71]]);
  const taken = [{ left: 0, top: 55, right: 200, bottom: 100 }, { left: 0, top: 0, right: 200, bottom: 44 }];
  assert.deepEqual(beside([named(100, 50)], dots, { ...ROOM, taken }), [[109, 45]]);
  assert.deepEqual(beside([named(500, 50)], [dot(500, 50)], ROOM), [null]);
});

test("no name covers another, and only the first cover dots", () => {
  const close = [dot(100, 50), dot(104, 52), dot(98, 48)];
  const names = close.map(({ x, y }, at) => named(x, y, at === 0));
  const found = beside(names, close, ROOM);
  assert.ok(found[0]);
  const shown = found.filter(Boolean).map(([left, top]) => ({ left, top, right: left + 40, bottom: top + 10 }));
  for (const [at, a] of shown.entries()) for (const b of shown.slice(at + 1)) {
    assert.ok(a.right <= b.left || b.right <= a.left || a.bottom <= b.top || b.bottom <= a.top);
  }
  const crowded = Array.from({ length: 9 }, (_, at) => dot(80 + 10 * (at % 3), 40 + 10 * Math.floor(at / 3)));
  assert.deepEqual(beside([named(90, 50), named(90, 50, true)], crowded, ROOM).map(Boolean), [false, true]);
});

test("rows are joined as far as they name two things, and what is left out is counted", () => {
  const rows = [{ a: iri("x:1"), b: iri("x:2") }, { a: iri("x:1"), b: { type: "literal", value: "2" } }, { a: iri("x:3") }, { a: iri("x:1"), b: iri("x:1") }];
  const { nodes, edges, left } = joined(rows, { from: "a", to: "b" });
  assert.deepEqual(nodes.map(({ data }) => data.id), ["x:1", "x:2"]);
  assert.deepEqual([edges.length, left], [2, 0]);
  const many = Array.from({ length: 500 }, (_, at) => ({ a: iri("x:0"), b: iri(`x:${at + 1}`) }));
  const most = joined(many, { from: "a", to: "b" });
  assert.deepEqual([most.nodes.length, most.edges.length, most.left], [400, 399, 101]);
});

test("links that are all called the same need no name", () => {
  const rows = (second) => [{ a: iri("x:1"), p: iri("x:p"), b: iri("x:2") }, { a: iri("x:1"), p: iri(second), b: iri("x:3") }];
  const labels = (found) => joined(found, { from: "a", to: "b", relation: "p" }).edges.map(({ data }) => data.label);
  assert.deepEqual(labels(rows("x:p")), ["", ""]);
  assert.deepEqual(labels(rows("x:q")), ["x:p", "x:q"]);
});
