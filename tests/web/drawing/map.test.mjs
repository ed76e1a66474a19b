// Run by tests/web/query/test_scripts.py.
import assert from "node:assert/strict";
import { test } from "node:test";

const scripts = new URL("../../../web/assets/script/map/", import.meta.url);
const { parsed, place, within, written, zoomed } = await import(new URL("view.js", scripts));
const { shown } = await import(new URL("labels.js", scripts));

const layout = { world: [-144, -84, 300, 140], scale: 0.8, deepest: 1 / 400 };

test("a view in the address is read as it was written", () => {
  const view = [-10, -60, 60, 28];
  parsed(written(view, layout), layout).forEach((value, at) => assert.ok(Math.abs(value - view[at]) < 0.01));
  for (const text of [null, "", "1,2", "a,b,c", "1,2,-3"]) assert.equal(parsed(text, layout), null);
});

test("a view stays in the world and is not zoomed beyond its depth", () => {
  assert.deepEqual(within([-500, -500, 60, 28], layout.world), [-144, -84, 60, 28]);
  assert.equal(zoomed([0, 0, 1, 0.5], layout, 0.001, 0.5, 0.5)[2], 0.75);
});

test("a point is placed by shares of the view", () => {
  assert.deepEqual(place([0, 0, 200, 100], { x: 50, y: 25 }), [25, 25]);
});

test("names are shown from their scale on, where the edge does not cut them", () => {
  const named = { points: [{ x: 10, y: 10 }, { x: 99, y: 10 }], labels: [{ point: 0, scale: 2, box: [0, -5, 20, 5] }, { point: 1, scale: 1, box: [0, -5, 20, 5] }] };
  assert.deepEqual(shown(named, [0, 0, 100, 50], 1), [false, false]);
  assert.deepEqual(shown(named, [0, 0, 100, 50], 2), [true, false]);
  assert.deepEqual(shown(named, [20, 0, 100, 50], 2), [false, true]);
});
