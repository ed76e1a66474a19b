// Run by tests/web/query/test_scripts.py. The scripts of a network against a document that only remembers.
import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { test } from "node:test";

const scripts = new URL("../../../web/assets/script/network/", import.meta.url);

class Element {
  constructor(name) {
    Object.assign(this, { name, attributes: {}, children: [], dataset: {} });
    const classes = () => new Set((this.attributes.class ?? "").split(" ").filter(Boolean));
    const write = (set) => { this.attributes.class = [...set].join(" "); };
    this.classList = {
      contains: (one) => classes().has(one),
      toggle: (one, on) => { const set = classes(); set[on ? "add" : "delete"](one); write(set); },
    };
  }

  setAttribute(name, value) { this.attributes[name] = String(value); }

  append(...children) { this.children.push(...children); }

  prepend(...children) { this.children.unshift(...children); }

  replaceChildren(...children) { this.children = children; }
}

globalThis.document = { createElementNS: (_, name) => new Element(name), createElement: (name) => new Element(name) };
globalThis.cancelAnimationFrame = () => {};
const frames = [];
globalThis.requestAnimationFrame = (step) => frames.push(step);

const { draw, drag, drawing, names, point } = await import(new URL("drawing.js", scripts));
const { copy, parameters, read } = await import(new URL("state.js", scripts));

const label = (text, zoom = 1) => ({ rows: [[text, 4]], anchor: "start", dx: 10, zoom });
const node = (id, x, y, zoom) => ({ id, label: id, x, y, size: 5.5, name: label(id, zoom), look: "kind" });
const NODES = [node("a", 10, 20), node("b", 110, 70), node("c", 33.3, 44.4, 2.2)];
const LAYOUT = { name: "spread", width: 200, height: 100, headings: [{ text: "host of", x: 5, y: 6, anchor: "end" }], lines: [{ source: "a", target: "b", support: "stated", directed: true, label: "host" }] };

function drawn(nodes = NODES, layout = LAYOUT) {
  const chart = drawing(new Element("div"), "A network", () => new Element("circle"));
  draw(chart, layout, nodes);
  return chart;
}

const places = (chart) => [...chart.nodes.values()].map(({ group }) => group.attributes.transform);
const named = (chart) => [...chart.nodes].filter(([, { text }]) => !text.classList.contains("off")).map(([id]) => id);

test("nodes, edges and headings stand exactly where the server says", () => {
  const chart = drawn();
  assert.deepEqual(places(chart), ["translate(10 20)", "translate(110 70)", "translate(33.3 44.4)"]);
  assert.equal(chart.lines[0].path.attributes.points, "10,20 60,45 110,70");
  const [{ attributes }] = chart.layers.headings.children;
  assert.deepEqual([attributes.x, attributes.y, attributes.class], ["5", "6", "relation end"]);
});

test("nodes travel from where they were to where the next layout has them, and new ones are there at once", () => {
  const chart = drawn();
  const next = [node("a", 50, 60), node("d", 7, 8)];
  draw(chart, { ...LAYOUT, lines: [] }, next, true);
  assert.notDeepEqual(places(chart), ["translate(50 60)", "translate(7 8)"]);
  frames.pop()(performance.now() + 10_000);
  assert.deepEqual(places(chart), ["translate(50 60)", "translate(7 8)"]);
});

test("a node that is dragged takes its edges along", () => {
  const chart = drawn();
  drag(chart, "a", 5, -5);
  assert.equal(places(chart)[0], "translate(15 15)");
  assert.equal(chart.lines[0].path.attributes.points, "15,15 62.5,42.5 110,70");
});

test("names appear with the magnification that gives them room", () => {
  const chart = drawn();
  assert.deepEqual(named(chart), ["a", "b"]);
  chart.zoom = 2.2;
  names(chart);
  assert.deepEqual(named(chart), ["a", "b", "c"]);
});

test("what is pointed out has its name, its neighbours theirs, and all else is far", () => {
  const chart = drawn();
  point(chart, "c");
  assert.deepEqual(named(chart), ["c"]);
  point(chart, "a");
  assert.deepEqual(named(chart), ["a", "b"]);
  const of = (mark) => [...chart.nodes].filter(([, { group }]) => group.classList.contains(mark)).map(([id]) => id);
  assert.deepEqual([of("hot"), of("near"), of("far")], [["a"], ["a", "b"], ["c"]]);
  assert.equal(chart.lines[0].path.attributes["marker-mid"], "url(#arrow-near)");
  point(chart, null);
  assert.deepEqual([of("hot"), of("near"), of("far")], [[], [], []]);
});

test("choices are read from an address and written to it, and a copy is apart from them", () => {
  const address = "focus=japan&focus=g7&relation=host&hide=x&without=Event&only=g7&layout=spread";
  const state = read(`?${address}`);
  assert.equal(`${parameters(state)}`, address);
  const other = copy(state);
  other.focus.push("y");
  other.hidden.add("z");
  assert.equal(`${parameters(state)}`, address);
  assert.equal(`${parameters(read("?focus=japan&layout=circle"))}`, "focus=japan");
});

test("no script lays anything out: positions come from the server alone", () => {
  const files = readdirSync(scripts);
  assert.ok(!files.includes("layouts.js"));
  for (const folder of ["network/", "query/"]) {
    const from = new URL(`../${folder}`, scripts);
    for (const file of readdirSync(from).filter((name) => /network|drawing|view|ties/.test(name))) {
      const text = readFileSync(new URL(file, from), "utf8");
      assert.doesNotMatch(text, /Math\.(sin|cos|sqrt|random|PI)|force|repuls|cose|columns\(/i, file);
    }
  }
  const { dependencies } = JSON.parse(readFileSync(new URL("../../package.json", scripts), "utf8"));
  assert.ok(!("cytoscape" in dependencies));
});
