// Run by tests/web/query/test_scripts.py.
import assert from "node:assert/strict";
import { test } from "node:test";

const scripts = new URL("../../../web/assets/script/timeline/", import.meta.url);
const { ticks } = await import(new URL("axis.js", scripts));
const { dates, within, zoomed } = await import(new URL("span.js", scripts));
const { bars, levelAt } = await import(new URL("window.js", scripts));

const day = (text) => Date.parse(text) / 86_400_000;
const item = (start, end, more = {}) => ({ name: "x", start, end, ...more });
const level = { scale: 1, lanes: [0, 3, 5], sides: "iaa" };

test("dates on an axis lie within it", () => {
  const span = [day("2014-02-03"), day("2018-05-04")];
  const found = ticks(span, ["month", 6]);
  assert.deepEqual(found.map(([, words]) => words), ["Jul 2014", "Jan 2015", "Jul 2015", "Jan 2016", "Jul 2016", "Jan 2017", "Jul 2017", "Jan 2018"]);
  assert.ok(found.every(([time]) => time >= span[0] && time <= span[1]));
});

test("a day has its year where that is new", () => {
  const words = ticks([day("2017-12-30"), day("2018-01-02")], ["day", 1]).map(([, text]) => text);
  assert.deepEqual(words, ["30 Dec 2017", "31 Dec", "1 Jan 2018", "2 Jan"]);
});

test("years before our era are counted on", () => {
  const words = ticks([day("1970-01-01") - 2200 * 365.25, 0], ["month", 12000]).map(([, text]) => text);
  assert.deepEqual(words, ["0", "1000"]);
});

test("bars in sight are cut at the edges and stand in lanes without gaps", () => {
  const items = [item(-50, 500), item(10, 20), item(900, 910)];
  const [long, short, ...rest] = bars(items, level, [0, 100], 100);
  assert.equal(rest.length, 0);
  assert.deepEqual([long.left, long.right, long.before, long.after, long.lane], [0, 100, true, true, 0]);
  assert.deepEqual([short.left, short.right, short.at, short.lane], [10, 20, 26, 1]);
});

test("what goes on is drawn to the edge of any later span", () => {
  const [bar] = bars([item(0, 1, { lasts: true })], level, [500, 600], 100);
  assert.deepEqual([bar.left, bar.right], [0, 100]);
});

test("the level is the last that holds at a scale", () => {
  const levels = [{ scale: 1 }, { scale: 2 }, { scale: 4 }];
  assert.deepEqual([0.5, 1, 3, 99].map((scale) => levelAt(levels, scale).scale), [1, 1, 2, 4]);
});

test("a span stays in all of the time, and its place in zooming", () => {
  assert.deepEqual(within([-10, 10], [0, 100]), [0, 20]);
  assert.deepEqual(zoomed([0, 100], [0, 100], 0.5, 0.5), [25, 75]);
  assert.deepEqual(zoomed([0, 100], [0, 100], 2, 0.5), [0, 100]);
  assert.deepEqual(dates([day("2018-04-01"), day("2018-05-01")]), ["2018-04-01", "2018-04-30"]);
});
