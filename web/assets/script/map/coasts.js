// The coasts in more detail, square by square, where and when one looks from near.
import { svg } from "../elements.js";
import { FROM } from "./near.js";

// Degrees that a square is wide and high: see map/coasts.mjs of the assets.
const SIDE = 30;
const WAIT = 120;

/** Return what shows or hides them by the scale, for a view (left, top, width, height). */
export function coasts(map) {
  const narrow = Number(map.dataset.scale);
  const [sheet] = map.querySelector(".base use").getAttribute("href").split("#");
  const group = svg("g", { visibility: "hidden" });
  map.querySelector(".base").after(group);
  const laid = { group, narrow, sheet, asked: new Set() };
  let timer = 0;
  return (scale, view) => {
    group.setAttribute("visibility", scale > FROM ? "visible" : "hidden");
    clearTimeout(timer);
    if (scale > FROM) timer = setTimeout(() => inSight(view, narrow).forEach(([west, north]) => lay(laid, west, north)), WAIT);
  };
}

async function lay({ group, narrow, sheet, asked }, west, north) {
  const name = `coast_${west}_${north}.svg`;
  if (asked.has(name)) return;
  asked.add(name);
  const paths = await read(sheet.replace("world.svg", name));
  // Without it the coarse coasts are still there, and it may come the next time.
  if (paths) group.append(square(west, north, narrow, paths));
  else asked.delete(name);
}

/** List the squares of which a part is in sight, by their west and north edges. */
function inSight([left, top, wide, high], narrow) {
  const edges = (from, until, least, most) => {
    const found = [];
    for (let at = Math.max(least, Math.floor(from / SIDE) * SIDE); at < Math.min(until, most); at += SIDE) found.push(at);
    return found;
  };
  const wests = edges(left / narrow, (left + wide) / narrow, -180, 180);
  return edges(top, top + high, -90, 90).flatMap((down) => wests.map((west) => [west, -down]));
}

async function read(address) {
  const answer = await fetch(address).catch(() => null);
  if (!answer?.ok) return null;
  const file = new DOMParser().parseFromString(await answer.text(), "image/svg+xml");
  return ["land", "borders"].map((name) => [name, file.querySelector(`#${name} path`).getAttribute("d")]);
}

function square(west, north, narrow, paths) {
  return svg("g", { class: "coast", transform: `scale(${narrow} 1)` },
    svg("rect", { class: "water", x: west, y: -north, width: SIDE, height: SIDE }),
    ...paths.map(([name, d]) => svg("path", { class: name, d, "vector-effect": "non-scaling-stroke" })));
}
