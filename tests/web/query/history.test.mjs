// Run by tests/web/query/test_scripts.py.
import assert from "node:assert/strict";
import { test } from "node:test";

const scripts = new URL("../../../web/assets/script/query/", import.meta.url);
const { forget, heading, past, remember } = await import(new URL("history.js", scripts));

const storage = (kept = {}) => ({
  getItem: (key) => kept[key] ?? null,
  setItem: (key, value) => { kept[key] = value; },
});

test("queries are kept, the last first, each once, fifty of them", () => {
  const store = storage();
  for (let at = 0; at < 60; at += 1) remember(store, `ASK { ${at} }`, at, "Yes");
  remember(store, "ASK { 30 }", 60, "No");
  const found = past(store);
  assert.equal(found.length, 50);
  assert.deepEqual(found[0], { query: "ASK { 30 }", at: 60, said: "No" });
  assert.equal(found.filter(({ query }) => query === "ASK { 30 }").length, 1);
  forget(store);
  assert.deepEqual(past(store), []);
});

test("what is kept by others, or not at all, does no harm", () => {
  assert.deepEqual(past(storage({ "aide-memoire.queries": "{" })), []);
  assert.deepEqual(past(storage({ "aide-memoire.queries": '[1, null, {"query": 3}]' })), []);
  const full = { getItem: () => null, setItem: () => { throw new Error("full"); } };
  assert.doesNotThrow(() => remember(full, "ASK {}", 0, ""));
});

test("a query is named by its comment, else by its words", () => {
  assert.equal(heading("# Who met whom?\nSELECT * {}"), "Who met whom?");
  assert.equal(heading("PREFIX a: <b>\nprefix c: <d>\nSELECT *\n{ }"), "SELECT * { }");
  assert.ok(heading(`SELECT ${"?x ".repeat(80)}`).length <= 90);
});
