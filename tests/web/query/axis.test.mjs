// Run by tests/web/query/test_scripts.py.
import assert from "node:assert/strict";
import { test } from "node:test";

const scripts = new URL("../../../web/assets/script/", import.meta.url);
const { moment, ticks } = await import(new URL("axis.js", scripts));
const { span } = await import(new URL("query/dates.js", scripts));

const names = (from, until, width = 600) => ticks([span(from)[0], span(until)[1]], width, 100).map(([, name]) => name);

test("marks on an axis are within it, and few", () => {
  for (const [from, until] of [["-0044", "2018"], ["1850", "2018"], ["2014-02", "2018-05"], ["2018-03-04", "2018-04-20"], ["2018-04-10", "2018-04-13"], ["2018", "2018"]]) {
    const range = [span(from)[0], span(until)[1]];
    const found = ticks(range, 600, 100);
    assert.ok(found.length >= 1 && found.length <= 7, `${from}: ${found.length}`);
    assert.ok(found.every(([time]) => time >= range[0] && time <= range[1]));
  }
});

test("marks on an axis are round", () => {
  assert.deepEqual(names("1900", "1999"), ["1900", "1920", "1940", "1960", "1980", "2000"]);
  assert.deepEqual(names("-0100", "0199"), ["-100", "-50", "0", "50", "100", "150", "200"]);
  assert.deepEqual(names("2017-11", "2018-05", 400), ["Nov 2017", "Jan 2018", "Mar 2018", "May 2018"]);
});

test("a day has its year where that is new", () => {
  assert.deepEqual(names("2017-12-30", "2018-01-02"), ["30 Dec 2017", "31 Dec", "1 Jan 2018", "2 Jan", "3 Jan"]);
});

test("a span that is none has no marks", () => {
  assert.deepEqual(ticks([NaN, NaN], 600, 100), []);
});

test("months are counted on into other years", () => {
  assert.equal(moment(2018, 12, 1), Date.UTC(2019, 0, 1));
  assert.equal(new Date(moment(50, 0, 1)).getUTCFullYear(), 50);
});
