// The coasts in more detail, square by square, where and when they are shown at a large scale.
import { svg } from "../elements.js";
import { FROM } from "./insets.js";

// Degrees that a square is wide and high: see map/coasts.mjs of the assets.
const SIDE = 30;
// In milliseconds: squares that a reader only passes over are not loaded.
const WAIT = 120;

/** Return what shows or hides them by the scale, for a view (left, top, width, height). */
export function coasts(ground, narrow) {
  const [sheet] = ground.querySelector(".base use").getAttribute("href").split("#");
  const group = svg("g", { visibility: "hidden" });
  ground.querySelector(".base").after(group);
  const layer = { group, narrow, sheet, requested: new Set() };
  let timer = 0;
  return (scale, view) => {
    group.setAttribute("visibility", scale > FROM ? "visible" : "hidden");
    clearTimeout(timer);
    if (scale > FROM) timer = setTimeout(() => squares(view, narrow).forEach(([west, north]) => load(layer, west, north)), WAIT);
  };
}

async function load({ group, narrow, sheet, requested }, west, north) {
  const name = `coast_${west}_${north}.svg`;
  if (requested.has(name)) return;
  requested.add(name);
  const paths = await read(sheet.replace("world.svg", name));
  // Without it the coarse coasts are still there, and it may come the next time.
  if (paths) group.append(square(west, north, narrow, paths));
  else requested.delete(name);
}

/** List the squares of which a part is in a view, by their west and north edges. */
function squares([left, top, wide, high], narrow) {
  const edges = (from, until, least, most) => {
    const starts = [];
    for (let at = Math.max(least, Math.floor(from / SIDE) * SIDE); at < Math.min(until, most); at += SIDE) starts.push(at);
    return starts;
  };
  const wests = edges(left / narrow, (left + wide) / narrow, -180, 180);
  return edges(top, top + high, -90, 90).flatMap((down) => wests.map((west) => [west, -down]));
}

async function read(address) {
  const response = await fetch(address).catch(() => null);
  if (!response?.ok) return null;
  const file = new DOMParser().parseFromString(await response.text(), "image/svg+xml");
  return ["land", "borders"].map((name) => [name, file.querySelector(`#${name} path`).getAttribute("d")]);
}

function square(west, north, narrow, paths) {
  return svg("g", { class: "coast", transform: `scale(${narrow} 1)` },
    svg("rect", { class: "water", x: west, y: -north, width: SIDE, height: SIDE }),
    ...paths.map(([name, d]) => svg("path", { class: name, d, "vector-effect": "non-scaling-stroke" })));
}
