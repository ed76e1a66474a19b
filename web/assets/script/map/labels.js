// Names beside the points of the map, where there is room for them.
import { svg, width as measure } from "../elements.js";

const SIZE = 12;
const FONT = `600 ${SIZE}px system-ui, sans-serif`;
const GAP = 9;
// Points nearer to each other than this, in pixels, are named together.
const NEAR = 9;

/** Name the points that are in sight, the busiest first, each at the side where nothing is in the way. */
export function label(group, spots, view, scale) {
  const [left, top, wide, high] = view;
  const sight = spots.filter(({ x, y }) => x > left && x < left + wide && y > top && y < top + high);
  const taken = sight.filter((spot) => spot.total).map(({ x, y }) => [x * scale - 6, y * scale - 6, x * scale + 6, y * scale + 6]);
  const edges = [left * scale, top * scale, (left + wide) * scale, (top + high) * scale];
  const named = [];
  const names = [];
  for (const spot of [...sight].sort((a, b) => b.total - a.total || b.vague - a.vague)) {
    const place = named.some((other) => near(spot, other, scale)) ? null : free(spot, scale, taken, edges);
    if (!place) continue;
    taken.push(place.box);
    named.push(spot);
    names.push(name(spot, place, scale));
  }
  group.replaceChildren(...names);
}

function name(spot, { x, y }, scale) {
  const place = { x: x / scale, y: y / scale, "font-size": SIZE / scale, "stroke-width": 3 / scale };
  return svg("text", { ...place, class: spot.total ? "busy" : "quiet" }, written(spot));
}

const near = (a, b, scale) => Math.hypot(a.x - b.x, a.y - b.y) * scale < NEAR;

const written = ({ name, total }) => (total ? `${name} (${total})` : name);

function free(spot, scale, taken, [left, top, right, bottom]) {
  const long = measure(written(spot), FONT);
  const [x, y] = [spot.x * scale, spot.y * scale];
  const places = [[x + GAP, y + 4], [x - GAP - long, y + 4], [x - long / 2, y - GAP], [x - long / 2, y + GAP + SIZE - 2]];
  for (const [at, base] of places) {
    const box = [at, base - SIZE + 1, at + long, base + 3];
    const inside = box[0] > left && box[1] > top && box[2] < right && box[3] < bottom;
    if (inside && taken.every((other) => apart(box, other))) return { x: at, y: base, box };
  }
  return null;
}

const apart = (a, b) => a[2] < b[0] || b[2] < a[0] || a[3] < b[1] || b[3] < a[1];
