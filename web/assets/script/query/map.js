// Points and areas on a map of the world, drawn as SVG. Degrees are scaled so that shapes keep their form.
import { html, svg } from "../elements.js";
import { link } from "./controls.js";
import { name, words } from "./names.js";
import { written } from "./placenames.js";
import { box, shape } from "./wkt.js";
import { zoomButtons } from "./zoom.js";

const STEP = 1.5;
const PAN = 0.2;
const NAMED = 40;
const WORLD = { x: -180, y: -90, width: 360, height: 180 };

/** Fill a panel with the map of rows; `revision` is that of the drawing of the world. */
export function map(panel, rows, { shape: column, label }, revision) {
  const places = gathered(rows, column, label);
  if (!places.length) {
    panel.append(html("p", {}, "No value of this column is a point or polygon in degrees."));
    return;
  }
  const { here, tell } = telling();
  const sheet = spread(places, revision, tell);
  const draw = () => redraw(sheet);
  const acts = movements(sheet.view, sheet.whole, draw);
  keys(sheet.chart, acts);
  drag(sheet.chart, sheet.view, draw);
  panel.append(
    html("div", { class: "canvas" }, sheet.chart, zoomButtons({ larger: () => acts.zoom(1 / STEP), smaller: () => acts.zoom(STEP), whole: acts.reset })),
    here, html("p", { class: "by" }, said(places, rows.length), " The table holds the same in words. Map: Natural Earth."),
  );
  new ResizeObserver(draw).observe(sheet.chart);
}

/** Make the drawing of places, and the view of it that has them all. */
function spread(places, revision, tell) {
  const home = box(places.flatMap(({ points, rings }) => [...points, ...rings.flat()]));
  const scale = Math.cos(((home.y + home.height / 2) * Math.PI) / 180);
  const whole = { ...home, x: home.x * scale, width: home.width * scale };
  const drawn = svg("g");
  const label = `Map of ${counted(places)}; arrow keys move it, plus and minus change its size`;
  const chart = svg("svg", { class: "map moved", role: "group", tabindex: 0, "aria-label": label }, ground(scale, revision), drawn);
  return { places, scale, tell, chart, drawn, whole, view: { ...whole } };
}

function redraw({ places, scale, tell, chart, drawn, view }) {
  const size = chart.getBoundingClientRect();
  const unit = Math.max(view.width / (size.width || 800), view.height / (size.height || 450));
  chart.setAttribute("viewBox", [view.x, view.y, view.width, view.height].join(" "));
  chart.style.setProperty("--pixel", `${unit}px`);
  const held = drawn.contains(document.activeElement);
  drawn.replaceChildren(...marks(places, scale, unit, view, tell));
  if (held) chart.focus();
}

/** Make the line that tells what things are at a place. */
function telling() {
  const here = html("p", { role: "status" });
  const tell = (named) => here.replaceChildren(html("b", {}, `${named.length} here: `), ...named.flatMap(({ text, page }, at) => [at ? ", " : "", link(page, text)]));
  return { here, tell };
}

function ground(scale, revision) {
  const file = `/assets/world.svg?v=${revision}`;
  return svg("g", { class: "base", transform: `scale(${scale} 1)` },
    svg("use", { href: `${file}#land`, class: "land" }), svg("use", { href: `${file}#borders`, class: "borders" }));
}

/** Return what moves the view and changes its size: { zoom, move, reset }. */
function movements(view, whole, draw) {
  return {
    zoom(by) {
      const width = Math.min(WORLD.width, Math.max(0.5, view.width * by));
      const ratio = width / view.width;
      const [x, y] = [view.x + (view.width * (1 - ratio)) / 2, view.y + (view.height * (1 - ratio)) / 2];
      Object.assign(view, { x, y, width, height: view.height * ratio });
      draw();
    },
    move(right, down) {
      view.x += right * view.width;
      view.y += down * view.height;
      draw();
    },
    reset() {
      Object.assign(view, whole);
      draw();
    },
  };
}

function counted(places) {
  return `${places.length.toLocaleString("en")} place${places.length === 1 ? "" : "s"}`;
}

function said(places, rows) {
  const shown = places.reduce((sum, place) => sum + place.rows, 0);
  return `${counted(places)}${shown < rows ? `; rows without one: ${(rows - shown).toLocaleString("en")}` : ""}.`;
}

/** Put rows at the same place together. */
function gathered(rows, column, label) {
  const found = new Map();
  for (const row of rows) {
    const text = row[column]?.value;
    const known = text !== undefined && (found.get(text) ?? shape(text));
    if (!known) continue;
    const place = found.get(text) ?? { ...known, things: new Map(), rows: 0 };
    place.rows += 1;
    const term = label && row[label];
    if (term) place.things.set(term.value, { text: words(term), page: term.type === "uri" ? name(term.value).page : "" });
    found.set(text, place);
  }
  return [...found.values()];
}

function marks(places, scale, unit, view, tell) {
  const taken = [];
  const named = places.length <= NAMED;
  return places.map((place) => {
    const things = [...place.things.values()];
    const [x, y] = drawnAt(place.points[0] ?? middle(place.rings[0]), scale);
    const text = named && things.length ? written(titled(things), x, y, unit, view, taken) : null;
    const title = svg("title", {}, things.map((one) => one.text).join(", ") || "a place");
    return spot(things, tell, [title, area(place, scale), dots(place, scale, unit * (things.length > 1 ? 7 : 5)), text]);
  });
}

function titled(things) {
  return things.length > 1 ? `${things[0].text} and ${things.length - 1} more` : things[0].text;
}

function area({ rings }, scale) {
  if (!rings.length) return null;
  const d = rings.map((ring) => `M${ring.map((position) => drawnAt(position, scale).join(",")).join("L")}Z`).join("");
  return svg("path", { class: "area", d, "fill-rule": "evenodd" });
}

function dots({ points }, scale, r) {
  return points.map((position) => drawnAt(position, scale)).map(([cx, cy]) => svg("circle", { cx, cy, r }));
}

function drawnAt([x, y], scale) {
  return [x * scale, -y];
}

/** Make a place a link to the one thing that is there, or a button that tells of all that are; their title names them. */
function spot(named, tell, parts) {
  if (named.length > 1) {
    const act = () => tell(named);
    const keyed = (event) => { if (["Enter", " "].includes(event.key)) { event.preventDefault(); act(); } };
    return svg("g", { class: "spot", role: "button", tabindex: 0, onclick: act, onkeydown: keyed }, parts);
  }
  return named[0]?.page ? svg("a", { href: named[0].page, class: "spot" }, parts) : svg("g", { class: "spot" }, parts);
}

function middle(ring) {
  const sum = ring.reduce(([x, y], [dx, dy]) => [x + dx, y + dy], [0, 0]);
  return [sum[0] / ring.length, sum[1] / ring.length];
}

function keys(chart, { zoom, move, reset }) {
  const acts = {
    "+": () => zoom(1 / STEP), "=": () => zoom(1 / STEP), "-": () => zoom(STEP), 0: reset,
    ArrowLeft: () => move(-PAN, 0), ArrowRight: () => move(PAN, 0), ArrowUp: () => move(0, -PAN), ArrowDown: () => move(0, PAN),
  };
  chart.addEventListener("keydown", (event) => {
    if (!acts[event.key] || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    acts[event.key]();
  });
}

function drag(chart, view, draw) {
  let last = null;
  chart.addEventListener("pointerdown", (event) => {
    if (event.target.closest("a, [role=button]") || event.pointerType === "touch") return;
    last = event;
    chart.setPointerCapture(event.pointerId);
  });
  chart.addEventListener("pointermove", (event) => {
    if (!last) return;
    const { width, height } = chart.getBoundingClientRect();
    const unit = Math.max(view.width / width, view.height / height);
    view.x -= (event.clientX - last.clientX) * unit;
    view.y -= (event.clientY - last.clientY) * unit;
    last = event;
    draw();
  });
  for (const end of ["pointerup", "pointercancel"]) chart.addEventListener(end, () => { last = null; });
}
